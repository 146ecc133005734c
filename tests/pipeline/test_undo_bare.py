"""A record that only orders refer to, and what people say of it: before, with and after a delivery
that explains it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR
from tests.pipeline.test_judging import Bring
from tests.records import actor

SERVICE = actor("service")
SALES = actor("sales")
ORDERS = "ordernummer;klantnummer;datum;bedrag\n900;71;2026-01-05;10,00\n901;72;2026-01-06;20,00\n"
FIRMS = """klantnummer;bedrijfsnaam;kvk;postcode;huisnummer;plaats;nieuwsbrief
71;Zadelpennen Groothandel B.V.;12345678;3511AA;4;Utrecht;ja
72;Spaaknippels en Zonen N.V.;87654321;9712CD;8;Groningen;nee
"""


def sent(bring: Bring, place: Path, name: str, text: str) -> int:
    """Bring a file of the source `winkel`; returns the delivery."""
    path = place / f"{name}.csv"
    path.write_text(text, "utf-8")
    return bring(path, source="winkel").deliveries[0]


def undo(delivery: int) -> None:
    actions.undo_delivery(ACTOR, Delivery.objects.get(pk=delivery))


def owner(key: str) -> int:
    return Membership.objects.get(record__source__key="winkel", record__key=key).customer_id


def test_a_note_stays_with_a_number_that_turns_out_an_organisation(
    bring: Bring, tmp_path: Path
) -> None:
    sent(bring, tmp_path, "bestellingen", ORDERS)
    actions.enter_note(SERVICE, owner("71"), "Belt liever")
    before = dump.content()
    entry = Record.objects.get(source__key="desk")
    customers = sent(bring, tmp_path, "klanten", FIRMS)
    assert Record.objects.get(key="71").kind == "organisation"
    assert Membership.objects.get(record=entry).customer_id == owner("71") != owner("72")
    undo(customers)
    dump.assert_same(dump.content(), before)


def test_a_bare_number_may_be_merged_with_an_organisation(bring: Bring, tmp_path: Path) -> None:
    sent(bring, tmp_path, "bestellingen", ORDERS)
    customers = sent(bring, tmp_path, "klanten", FIRMS.rpartition("72;")[0])
    actions.merge(SALES, [owner("71"), owner("72")])
    assert owner("71") == owner("72")
    undo(customers)
    assert owner("71") == owner("72")


@pytest.mark.parametrize("is_first", [True, False])
def test_what_orders_refer_to_is_bare_again(
    bring: Bring, tmp_path: Path, *, is_first: bool
) -> None:
    """The record as the orders alone would have made it: also its moment and its hash."""
    files = {"klanten": FIRMS, "bestellingen": ORDERS}
    if not is_first:
        files = dict(reversed(files.items()))
    brought = {name: sent(bring, tmp_path, name, text) for name, text in files.items()}
    kept = Record.objects.get(key="71").data
    assert kept["organisation_name"] == "Zadelpennen Groothandel B.V."
    undo(brought["klanten"])
    orders = Delivery.objects.get(pk=brought["bestellingen"])
    for record in Record.objects.all():
        assert (record.kind, record.data, record.seq, record.hash) == (
            "unknown", {"customer_number": record.key}, 0, 0
        )  # fmt: skip
        assert record.updated_at == orders.started_at
        assert record.created_at == record.updated_at
    undo(brought["bestellingen"])
    assert not Record.objects.exists()


def test_a_bare_number_is_as_old_as_the_first_that_still_refers_to_it(
    bring: Bring, tmp_path: Path
) -> None:
    first = sent(bring, tmp_path, "bestellingen", ORDERS)
    later = sent(bring, tmp_path, "bestellingen_2", ORDERS.replace("\n90", "\n95"))
    undo(first)
    (record, _) = Record.objects.order_by("key")
    assert record.updated_at == record.created_at == Delivery.objects.get(pk=later).started_at


def test_who_was_taken_apart_stays_apart(bring: Bring, tmp_path: Path) -> None:
    """Said because of what is then undone, and still of two records that others speak of.

    Nobody would have said it without that delivery; it is kept, for it is a person's word.
    """
    told = "klantnummer;voornaam;achternaam;email\n7;Fenna;Proefneus;fenna@example.nl\n"
    first = sent(bring, tmp_path, "klanten", told)
    (tmp_path / "balie.csv").write_text(told, "utf-8")
    bring(tmp_path / "balie.csv", source="balie")
    other = Record.objects.get(source__key="balie")
    assert Membership.objects.get(record=other).customer_id == owner("7")
    actions.split(SALES, owner("7"), [other.pk])
    sent(bring, tmp_path, "klanten", told)
    undo(first)
    assert Record.objects.count() == 2
    assert Membership.objects.get(record=other).customer_id != owner("7")


def test_whose_numbers_a_table_uses_stays_found_out(bring: Bring, tmp_path: Path) -> None:
    """Orders of a shop that knows people by the numbers of another source hang on that source.

    Undone, its customers are bare numbers of that source still: brought again, mended, they are
    those of the orders at once, which a number of the shop's own would never be.
    """
    people = "klantnummer;voornaam;achternaam;email\n" + "".join(
        f"K10{n};Fenna;Proefneus{n};fenna{n}@example.nl\n" for n in range(8)
    )
    orders = "ordernummer;klantnummer;datum;bedrag\n" + "".join(
        f"90{n};K10{n};2026-01-05;10,00\n" for n in range(8)
    )
    for name, text in (("crm", people), ("webshop", orders)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    customers = bring(tmp_path / "crm.csv").deliveries[0]
    bring(tmp_path / "webshop.csv")
    keys = set(Record.objects.values_list("source__key", "seq"))
    assert keys == {("crm", 1)}
    undo(customers)
    assert set(Record.objects.values_list("source__key", "seq")) == {("crm", 0)}
    (tmp_path / "crm.csv").write_text(people.replace("Fenna", "Guus"), "utf-8")
    bring(tmp_path / "crm.csv")
    assert set(Record.objects.values_list("source__key", "seq")) == {("crm", 1)}
    assert Record.objects.count() == 8
