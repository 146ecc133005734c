"""A remark on what happened belongs to what happened; one on a customer belongs to the customer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klantbeeld.core.models import Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import checkup, reads
from klantbeeld.pipeline.actions import erase_customer, export_customer
from klantbeeld.profiles.reads import records_of
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline.models import Interaction, Subscription
from klantbeeld.timeline.reads import entry
from tests.house.canaries import found_in_tables
from tests.pipeline.conftest import ACTOR
from tests.pipeline.test_judging import Bring
from tests.records import actor

SERVICE = actor("service")
CUSTOMERS = """klantnummer;voornaam;achternaam;email;postcode;huisnummer;opmerking
7;Fenna;Proefneus;fenna@example.nl;3511AA;4;houdt van paars
8;Guus;Ploegmaker;guus@example.org;9712CD;12;
"""
ORDERS = """ordernummer;klantnummer;besteldatum;bedrag;opmerking
900;7;2026-01-05;10,00;kwaakzegel bij de buren
901;8;2026-01-06;20,00;
902;7;2026-01-07;30,00;
"""
MAPPING = """
source: winkel
tables:
  - table: {table}
    holds: {holds}
    columns:
      nr: {{role: {number}}}
      klant: {{role: customer_number}}
      op: {{role: {at}}}
      opmerking: {{role: note}}
"""


@pytest.fixture
def shop(bring: Bring, tmp_path: Path) -> Path:
    """Two customers and their orders, in one source."""
    for name, text in (("klanten", CUSTOMERS), ("bestellingen", ORDERS)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, "utf-8")
        bring(path, source="winkel")
    return tmp_path


def customer(key: str) -> int:
    return Membership.objects.get(record__key=key).customer_id


def test_the_remark_on_an_order_is_no_second_record_of_the_customer(shop: Path) -> None:
    assert sorted(Record.objects.values_list("key", flat=True)) == ["7", "8"]
    assert Record.objects.get(key="7").data["note"] == "houdt van paars"
    order = Interaction.objects.get(key="900")
    assert order.details["note"] == "kwaakzegel bij de buren"
    assert order.record.key == "7"
    assert "note" not in Interaction.objects.get(key="902").details


def test_it_is_read_in_the_history(shop: Path) -> None:
    order = Interaction.objects.get(key="900")
    records = records_of(SERVICE, to_public("customer", customer("7")))
    read = entry(SERVICE, records, order.pk)
    assert read.body == "kwaakzegel bij de buren"
    assert read.entry.has_text


# Erasing empties the database's log, which cannot be done inside a transaction.
@pytest.mark.django_db(transaction=True)
def test_it_is_exported_and_erased(shop: Path) -> None:
    fenna = customer("7")
    assert "kwaakzegel" in json.dumps(export_customer(ACTOR, fenna), default=str)
    assert found_in_tables({("", "kwaakzegel"): "kwaakzegel"})
    erase_customer(ACTOR, fenna, alone="Nobody else works here")
    assert not found_in_tables({("", "kwaakzegel"): "kwaakzegel"})


@pytest.mark.parametrize(
    ("holds", "number", "at"),
    [
        ("orders", "order_number", "ordered_at"), ("lines", "order_number", "ordered_at"),
        ("quotes", "quote_number", "quoted_at"), ("cases", "case_number", "opened_at"),
        ("loyalty", "event_id", "event_at"), ("surveys", "event_id", "answered_at"),
        ("subscriptions", "subscription_number", "started_at"),
    ],
)  # fmt: skip
def test_so_it_is_of_whatever_happens(
    bring: Bring, tmp_path: Path, holds: str, number: str, at: str
) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("nr;klant;op;opmerking\n1;7;2026-01-05;let op\n2;7;2026-01-06;\n", "utf-8")
    mapping = MAPPING.format(table="tabel", holds=holds, number=number, at=at)
    bring(path, mapping=Mapping.load(mapping))
    model = Subscription if holds == "subscriptions" else Interaction
    assert [held.details.get("note") for held in model.objects.order_by("key")] == ["let op", None]
    (record,) = Record.objects.all()
    assert (record.key, record.seq) == ("7", 0)


def test_what_orders_tell_of_customers_is_no_double_of_them(bring: Bring, shop: Path) -> None:
    """A record that a table of orders makes beside that of the customers is no entry of its own."""
    path = shop / "offertes.csv"
    path.write_text(
        "offertenummer;klantnummer;offertedatum;bedrag;email\n"
        "1;7;2026-01-05;10,00;fenna@example.nl\n2;8;2026-01-05;10,00;\n", "utf-8",
    )  # fmt: skip
    before = checkup.count(ACTOR)
    bring(path, source="winkel")
    assert Record.objects.get(key="offertes/7").seq == 1
    assert customer("offertes/7") == customer("7")
    found = checkup.count(ACTOR)
    assert (found.doubles, found.sources[0].records) == (0, 2)
    assert found.sources[0].missing == before.sources[0].missing
    administrator = actor("administrator")
    for what in ("doubles", "missing-name", "missing-address"):
        assert reads.checked_rows(administrator, what, 0, 10) == []


def test_customers_that_only_orders_tell_of_are_checked(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "bestellingen.csv"
    path.write_text(
        "ordernummer;klantnummer;besteldatum;bedrag;naam;email\n"
        "1;7;2026-01-05;10,00;Fenna Proefneus;fenna@example.nl\n"
        "2;71;2026-01-06;10,00;Fenna Proefneus;fenna@example.nl\n"
        "3;8;2026-01-06;10,00;Guus Ploegmaker;\n", "utf-8",
    )  # fmt: skip
    bring(path, source="winkel")
    found = checkup.count(ACTOR)
    (source,) = found.sources
    assert (source.records, source.doubles, source.missing["email"]) == (3, 1, 1)
