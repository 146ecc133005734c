"""Who is restricted appears nowhere: generated over every address, command, read and table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import narwhals as nw
import pytest
from django.test import Client

from klantbeeld.core import registry
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.engine import collect, read
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import copying
from klantbeeld.privacy import tables
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.models import Profile
from tests.journeys.company import KLAARTJE
from tests.journeys.test_addresses import MAY, WRITING

LogIn = Callable[[str], Client]
SYSTEM = system_actor()
HIM = "bas.vdheuvel@example.nl"
# What tells of her: address, first name, the numbers of her order, and her public id.
TOLD = (KLAARTJE, "Klaartje", "NL02ABNA0123456789")
# Filled in by hand, by somebody who keeps typing her name: shown back as it was typed.
ECHOED = {("ask", "POST"), ("search", "POST")}


@pytest.fixture
def pair(company: None) -> tuple[int, int]:
    """Her, who will be restricted, and him, who lives with her."""
    hers = Profile.objects.get(data__email=KLAARTJE).pk
    return hers, Profile.objects.get(data__email=HIM).pk


@pytest.fixture
def addresses(pair: tuple[int, int]) -> dict[str, str]:
    """Every address of the screens, about him where it is about somebody."""
    from klantbeeld.core.models import Delivery
    from klantbeeld.sources.models import Quarantined

    hers, his = pair
    here = f"/customers/{to_public('customer', his)}/"
    records = Membership.objects.filter(customer=his).values_list("record_id", flat=True)
    left = to_public("record", records[0])
    right = to_public("record", Membership.objects.filter(customer=hers).first().record_id)
    delivery = f"/sources/{to_public('delivery', Delivery.objects.earliest('pk').pk)}/"
    row = f"/quarantine/{to_public('quarantined', Quarantined.objects.latest('pk').pk)}/"
    return {
        "start": "/", "customers": "/customers/?columns=email", "card": here,
        "customers_export": "/customers/export", "timeline": f"{here}history",
        "search": "/search", "ask": "/ask", "checkup": "/checkup/",
        "checkup_rows": "/checkup/rows?what=doubles", "deliveries": "/sources/",
        "delivery": delivery, "quarantine": "/quarantine/", "mend": row, "goals": "/welcome/goals",
        "erase": f"{here}erase", "erasures": "/erasures/", "split": f"{here}split",
        "merge_search": f"{here}merge", "merge": f"{here}merge/{to_public('customer', hers)}",
        "judgements": f"{here}judgements", "review": "/review/", "matching": "/matching/",
        "keys": "/keys/", "compare": f"/compare/{left}/{right}",
        "compare_search": f"{here}compare", "why_one": f"{here}why",
        "why_not": f"{here}compare/{to_public('customer', hers)}", "enter": "/enter/",
        "enter_doubles": "/enter/doubles", "customer_export": f"{here}export",
        "template": "/templates/customers.xlsx", "sample_progress": "/welcome/progress",
    }  # fmt: skip


def _text(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
    return str(content.decode("utf-8", "replace"))


def _appearances(log_in: LogIn, addresses: dict[str, str], public_id: str) -> list[str]:
    """Method, address and role of every answer that tells of her."""
    found = []
    for role in ("administrator", "service", "marketing"):
        client = log_in(role)
        for name, method in MAY:
            if name not in addresses or (name in WRITING and method == "POST"):
                continue
            data = {"q": "heuvel", "full_name": "K. van den Heuvel", "postcode": "3512 AB"}
            response = getattr(client, method.lower())(
                addresses[name], data if method == "POST" else {}
            )
            text = _text(response)
            # An address that was asked for stands on the page that there is nothing.
            asked = public_id if public_id not in addresses[name] else "\0"
            if any(word in text for word in (*TOLD, asked)):
                found.append(f"{role}: {method} {name}")
    return found


def test_who_is_restricted_appears_nowhere(
    log_in: LogIn, addresses: dict[str, str], pair: tuple[int, int]
) -> None:
    hers, _his = pair
    public_id = to_public("customer", hers)
    before = _appearances(log_in, addresses, public_id)
    seen = {line.split()[-1] for line in before}
    assert {"customers", "search", "customers_export", "card", "merge", "compare"} <= seen
    pipeline.restrict_customer(SYSTEM, hers)
    gone = {k: v for k, v in addresses.items() if k not in BACKGROUND}
    assert _appearances(log_in, gone, public_id) == []
    client = log_in("administrator")
    for path in ("", "history", "export", "judgements", "split", "compare"):
        assert client.get(f"/customers/{public_id}/{path}").status_code in (403, 404, 405)
    pipeline.lift_restriction(SYSTEM, hers)
    assert _appearances(log_in, addresses, public_id) == before


# Rows in quarantine hang on nobody; who mends them has to see what stands in them.
BACKGROUND = frozenset({"quarantine", "mend"})


def test_no_read_of_the_copy_or_of_other_programs_holds_the_restricted(
    pair: tuple[int, int],
) -> None:
    hers, _ = pair
    records = list(Membership.objects.filter(customer=hers).values_list("record_id", flat=True))
    assert _rows_of(hers, records) != {}
    asked = {"email": KLAARTJE, "surname": "Heuvel", "first_name": "Klaartje"}
    program = Actor("webshop", "key:match", interface="api")
    assert hers in {c.customer for c in pipeline.match(program, asked, 5)}
    pipeline.restrict_customer(SYSTEM, hers)
    assert _rows_of(hers, records) == {}
    assert hers not in {c.customer for c in pipeline.match(program, asked, 5)}
    copying.refresh(rebuild=True)
    assert _rows_of(hers, records) == {}
    assert profiles.find(SYSTEM, KLAARTJE).hits == ()
    assert tables.hidden_records() == sorted(records)


def _rows_of(customer: int, records: list[int]) -> dict[str, int]:
    """Table of the copy to how many rows of hers a read gives."""
    found = {}
    for name, table in registry.copied_tables().items():
        column = table.partition_column
        if column not in ("id", "record_id", "customer_id") or name == "orderline":
            continue
        keys = [customer] if column == "customer_id" else records
        with read(copying.store(), name) as held:
            count = len(collect(held.frame.filter(nw.col(column).is_in(keys))))
        if count:
            found[name] = count
    return found


def test_an_objection_holds_for_its_purpose(pair: tuple[int, int]) -> None:
    hers, _ = pair
    records = list(Membership.objects.filter(customer=hers).values_list("record_id", flat=True))
    pipeline.note_objection(SYSTEM, hers)
    assert tables.has_objected(records) and not tables.has_objected(records, "service")
    marketing = Actor("Anna", "marketing", purpose="marketing", interface="web")
    listed = {row.customer for row in profiles.export_rows(marketing, profiles.CustomerQuery())}
    assert hers not in listed and listed
    service = Actor("Anna", "administrator", interface="web")
    assert hers in {row.customer for row in profiles.export_rows(service, profiles.CustomerQuery())}
    pipeline.lift_objection(SYSTEM, hers)
    assert not tables.has_objected(records)


def test_a_legal_hold_keeps_until_it_is_lifted(pair: tuple[int, int]) -> None:
    from klantbeeld.privacy.errors import OnHold

    hers, _ = pair
    pipeline.hold_customer(SYSTEM, hers, "Z-2026-4")
    with pytest.raises(OnHold, match="Z-2026-4"):
        pipeline.erase_customer(SYSTEM, hers, alone="Nobody else works here")
    assert pipeline.lift_hold(SYSTEM, hers, "Z-2026-4")
    assert pipeline.erase_customer(SYSTEM, hers, alone="Nobody else works here").receipt
