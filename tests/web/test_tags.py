"""Filters that give shapes their form."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from klantbeeld.web.shapes import (
    Chip,
    Column,
    CustomersQuery,
    Money,
    Percent,
    TimelineEntry,
)
from klantbeeld.web.templatetags import klantbeeld as tags


@pytest.fixture(autouse=True)
def dutch() -> object:
    with override("nl"):
        yield


def entry(day: date, is_upcoming: bool = False) -> TimelineEntry:
    return TimelineEntry(day.isoformat(), day, None, "mail", "", is_upcoming=is_upcoming)


def test_every_kind_of_value_is_shown() -> None:
    values = (None, "", "tekst", 1_234, Decimal("1.50"), Money(5), Percent(3), True)
    shown = [tags.shown(value).replace("\xa0", " ") for value in values]
    assert shown == ["–", "–", "tekst", "1.234", "1,5", "€ 0,05", "3 %", "ja"]


def test_key_figures_lose_their_cents_only_when_large() -> None:
    assert tags.headline(Money(9_99)).replace("\xa0", " ") == "€ 9,99"
    assert tags.headline(Money(123_499)).replace("\xa0", " ") == "€ 1.235"


def test_days_are_grouped_with_what_comes_first() -> None:
    today = timezone.localtime().date()
    last_week = today - timedelta(days=7)
    soon = [entry(today + timedelta(days=n), is_upcoming=True) for n in (1, 9)]
    runs = list(tags.days([*soon, entry(today), entry(today), entry(last_week)]))
    assert [(heading.split(",")[0], len(run)) for heading, run in runs][:2] == [
        ("Komt nog", 2),
        ("Vandaag", 2),
    ]
    assert len(runs) == 3


def test_a_page_goes_on_in_the_last_day_of_the_page_before() -> None:
    today = timezone.localtime().date()
    runs = list(tags.days([entry(today), entry(today - timedelta(days=3))], today))
    assert runs[0][0] == ""
    assert runs[1][0] != ""


def test_shares_fill_the_bar() -> None:
    chips = [Chip("a", "A", 3), Chip("b", "B", 1)]
    assert [(x, width) for _, x, width, _ in tags.shares(chips)] == [
        ("0.00", "75.00"),
        ("75.00", "25.00"),
    ]
    assert tags.shares([Chip("a", "A", 0)])[0][2] == "0.00"


def test_spark_of_equal_values_is_a_flat_line() -> None:
    assert tags.spark_path((5, 5)) == "M0.0 22.0 L100.0 22.0"
    assert tags.spark_path((0, 10)) == "M0.0 22.0 L100.0 2.0"
    assert tags.spark_path((7,)) == "M0.0 22.0"


def test_a_heading_sorts_figures_largest_first_and_turns_when_clicked_again() -> None:
    name, revenue = Column("name", "Naam"), Column("revenue", "Omzet", is_number=True)
    assert tags.sort_key(revenue, "") == "-revenue"
    assert tags.sort_key(revenue, "-revenue") == "revenue"
    assert tags.sort_key(revenue, "revenue") == "-revenue"
    assert tags.sort_key(name, "") == "name"
    assert tags.sort_state(name, "-name") == "descending"


def test_a_list_query_is_safe_in_an_attribute() -> None:
    query = CustomersQuery(group="active", filters={"kind": '"><script>'}, sort="-revenue")
    made = tags.list_query(query, after="000")
    assert made.startswith("?group=active&amp;sort=-revenue&amp;f_kind=")
    assert made.endswith("&amp;after=000")
    assert '"' not in made
    assert "<" not in made


def test_long_addresses_may_break_after_the_at() -> None:
    assert tags.breakable("a<b@example.nl") == "a&lt;b@<wbr>example.nl"
