"""The start page: what all customers come to, and the lists that each figure leads to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from klantbeeld.core.models import Delivery
from klantbeeld.pipeline.actions import settle
from klantbeeld.pipeline.reads import totals
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.profiles.models import Profile
from klantbeeld.web.filled import customer_list
from klantbeeld.web.filled.today import start
from klantbeeld.web.shapes import CustomersQuery, Money
from tests.pipeline import folder
from tests.pipeline.conftest import ACTOR
from tests.records import actor

Bring = Callable[..., ImportReport]
SUMS = ("revenue_minor", "revenue_12m_minor", "interactions", "open_complaints")


@pytest.fixture
def filled(bring: Bring, tmp_path: Path) -> ImportReport:
    return bring(folder.write(tmp_path / "exports"))


def listed(href: str) -> int:
    """How many customers stand in the list that an address opens."""
    asked = dict(parse_qsl(urlsplit(href).query))
    chosen = {k.removeprefix("f_"): v for k, v in asked.items() if k.startswith("f_")}
    query = CustomersQuery(asked.get("group", ""), chosen, asked.get("sort", ""))
    return customer_list.customers(ACTOR, query).matching


def test_totals_are_a_plain_recount(filled: ImportReport) -> None:
    found = totals(actor("readonly"))
    assert found is not None
    assert found.customers == filled.customers > 1
    sums = Profile.objects.aggregate(**{name: Sum(name) for name in SUMS})
    assert {name: getattr(found, name) for name in SUMS} == sums
    assert found.revenue_minor > 0


@pytest.mark.django_db(transaction=True)
def test_every_figure_leads_to_the_customers_it_counts(filled: ImportReport) -> None:
    Profile.objects.filter(orders__gt=0).update(open_complaints=2)
    everybody = Profile.objects.all()
    everybody.update(kind="organisation", consents="guuu")
    from klantbeeld.core import changes

    changes.note("profile", list(everybody.values_list("pk", flat=True)))
    settle(ACTOR)
    shown = start(actor("sales"))
    facts = {fact.key: fact for fact in shown.totals}
    assert set(facts) == {
        "customers", "revenue_12m", "revenue", "interactions", "complaints", "organisations",
        "bought", "mail",
    }  # fmt: skip
    for key in ("customers", "organisations", "bought", "mail"):
        assert listed(facts[key].href) == facts[key].value, key
    complaining = Profile.objects.filter(open_complaints__gt=0)
    assert listed(facts["complaints"].href) == complaining.count() > 0
    assert facts["complaints"].value == sum(p.open_complaints for p in complaining)
    assert isinstance(facts["revenue"].value, Money)
    assert listed(facts["revenue"].href) == len(everybody)
    assert [chip.key for chip in shown.groups] == [
        "active", "inactive", "potential", "possibly_interested", "other",
    ]  # fmt: skip
    assert all(listed(chip.href) == chip.count for chip in shown.groups)
    assert len(shown.deliveries) == min(8, Delivery.objects.count())


def test_nothing_is_counted_for_a_page_view(filled: ImportReport) -> None:
    start(ACTOR)
    with CaptureQueriesContext(connection) as asked:
        start(ACTOR)
    sql = [query["sql"] for query in asked.captured_queries]
    assert sql
    for table in ("profiles_profile", "timeline_interaction", "core_record"):
        # Whether there is one at all may be asked: that looks at one row.
        assert not [s for s in sql if table in s and not s.endswith("LIMIT 1")], table


def test_without_a_copy_there_are_customers_and_no_sums(
    filled: ImportReport, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "elsewhere"
    assert totals(ACTOR) is None
    assert [fact.key for fact in start(ACTOR).totals] == ["customers"]
