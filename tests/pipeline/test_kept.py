"""Columns that are kept as they are: fields of the register, with a label, a type and a category."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.rules import ROLES, may
from klantbeeld.core import fields
from klantbeeld.core.models import CustomField, Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.actions import erase_customer, export_customer
from klantbeeld.pipeline.kept import field_for, type_of
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.privacy.actions import export_records
from klantbeeld.profiles.reads import card_for
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline.models import Interaction
from klantbeeld.timeline.reads import entry, history
from tests.house.canaries import found_in_tables
from tests.pipeline.conftest import ACTOR
from tests.records import actor

Bring = Callable[..., ImportReport]

ROWS = """Klantnr;Naam;Maat van de fiets;Tweede adres;Leenfiets;Volgende beurt;Zegt
K1;Fien Zandloper;53;fien.oud@example.com;ja;01-05-2027;kwaakzegel
K2;Bas Korenwolf;57;bas.oud@example.com;nee;13-06-2027;iets
"""
MAPPING = """source: fietsen
tables:
  - table: klanten
    holds: customers
    unmapped: keep
    columns:
      Klantnr: {role: customer_number}
      Naam: {role: full_name}
"""


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["ja", "nee"], "yes_no"),
        (["J", "N"], "yes_no"),
        (["53", "57", "1.200"], "number"),
        (["01-05-2027", "13-06-2027"], "date"),
        (["rood", "53", "01-05-2027"], "text"),
        ([], "text"),
        ([True, False], "yes_no"),
        ([1.5, 2.0], "number"),
        ([date(2027, 5, 1)], "date"),
    ],
)
def test_the_type_follows_from_the_values(values: list[object], kind: str) -> None:
    series = pl.Series(values) if values else pl.Series(values, dtype=pl.String)
    assert type_of(series) == kind


def test_what_says_whom_it_is_about_is_as_personal_as_the_built_in_field() -> None:
    mail = field_for("oud", "Oud", pl.Series(["a@example.com", "b@example.com"]), "descriptive")
    known = fields.built_in()["email"]
    assert (mail.category, mail.nature) == (known.category, known.nature)
    bsn = field_for("nr", "Nr", pl.Series(["111222333", "123456782"]), "descriptive")
    assert bsn.category.startswith("user.government_id")
    assert bsn.type == "text"
    size = field_for("maat", "Maat", pl.Series(["53", "57"]), "descriptive")
    assert (size.category, size.basis, size.type) == ("user", "unknown", "number")


@pytest.fixture
def kept(bring: Bring, tmp_path: Path) -> int:
    """Two customers with kept columns; the customer of the first."""
    path = tmp_path / "klanten.csv"
    path.write_text(ROWS, encoding="utf-8")
    report = bring(path, mapping=Mapping.load(MAPPING))
    assert report.counts["rows_stored"] == 2
    return Membership.objects.filter(record__key="K1").values_list("customer", flat=True).get()


def test_the_card_says_it_under_the_heading_of_the_file(kept: int) -> None:
    lines = {
        line.label: line
        for line in card_for(actor("service"), to_public("customer", kept)).identity
    }
    assert lines["Maat van de fiets"].type == "number"
    assert str(lines["Maat van de fiets"].value) == "53"
    assert lines["Leenfiets"].type == "yes_no"
    assert lines["Volgende beurt"].type == "date"
    assert lines["Tweede adres"].value == "fien.oud@example.com"
    masked = {
        line.label: line
        for line in card_for(actor("analyst"), to_public("customer", kept)).identity
    }
    assert masked["Tweede adres"].is_masked and not masked["Tweede adres"].value
    assert not masked["Maat van de fiets"].is_masked


# Erasing empties the database's log, which cannot be done inside a transaction.
@pytest.mark.django_db(transaction=True)
def test_it_is_exported_and_erased(kept: int) -> None:
    assert "kwaakzegel" in json.dumps(export_customer(ACTOR, kept), default=str)
    assert found_in_tables({("", "kwaakzegel"): "kwaakzegel"})
    erase_customer(ACTOR, kept, alone="Nobody else works here")
    assert not found_in_tables({("", "kwaakzegel"): "kwaakzegel"})


def test_what_people_said_about_a_field_stays(kept: int, bring: Bring, tmp_path: Path) -> None:
    CustomField.objects.filter(key="maat_van_de_fiets").update(label_nl="Framemaat")
    path = tmp_path / "klanten.csv"
    path.write_text(ROWS.replace("57", "58"), encoding="utf-8")
    bring(path, mapping=Mapping.load(MAPPING))
    assert CustomField.objects.get(key="maat_van_de_fiets").label_nl == "Framemaat"
    assert not CustomField.objects.filter(key__in=["naam", "klantnr"]).exists()


def test_kept_columns_of_orders_are_masked_in_the_history(
    kept: int, bring: Bring, tmp_path: Path
) -> None:
    path = tmp_path / "bestellingen.csv"
    path.write_text(
        "Bestelnr;Klantnr;Datum;Bedrag;Post;Inpakken\nB1;K1;01-02-2026;10,00;x@example.com;ja\n",
        encoding="utf-8",
    )
    mapping = """source: fietsen
tables:
  - table: bestellingen
    holds: orders
    columns:
      Bestelnr: {role: order_number}
      Klantnr: {role: customer_number}
      Datum: {role: ordered_at, format: dmy}
      Bedrag: {role: order_amount, decimal: ','}
      Post: {role: keep}
      Inpakken: {role: keep}
"""
    bring(path, mapping=Mapping.load(mapping))
    order = Interaction.objects.get(key="B1")
    assert CustomField.objects.get(key="inpakken").nature == "behavioural"
    records = [order.record_id]
    assert entry(actor("service"), records, order.pk).details["post"] == "x@example.com"
    seen = entry(actor("analyst"), records, order.pk).details
    assert "post" not in seen
    assert seen["inpakken"] == "ja"
    (line,) = [e for e in history(actor("analyst"), records).entries if e.key == "B1"]
    assert "post" not in line.details


def test_kept_columns_of_lines_go_with_their_order(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "regels.csv"
    path.write_text(
        "Bestelnr;Klantnr;Datum;Artikel;Prijs;Kleur;Inpakken\n"
        "B1;K1;01-05-2026;Bel;4,50;rood;ja\n"
        "B1;K1;01-05-2026;Mand;19,95;zwart;ja\n"
        "B2;K1;02-05-2026;Slot;39,95;;\n",
        encoding="utf-8",
    )
    mapping = """source: fietsen
tables:
  - table: regels
    holds: lines
    columns:
      Bestelnr: {role: order_number}
      Klantnr: {role: customer_number}
      Datum: {role: ordered_at, format: dmy}
      Artikel: {role: product_name}
      Prijs: {role: unit_price, decimal: ','}
      Kleur: {role: keep}
      Inpakken: {role: keep}
"""
    bring(path, mapping=Mapping.load(mapping))
    told = {o.key: o.details for o in Interaction.objects.all()}
    assert (told["B1"]["kleur"], told["B1"]["inpakken"]) == ("rood; zwart", "ja")
    assert not {"kleur", "inpakken"} & told["B2"].keys()


@pytest.mark.parametrize("role", ROLES)
def test_no_role_gets_out_what_it_may_not_see(kept: int, role: str) -> None:
    somebody = actor(role).acting_for(ROLES[role].purpose)
    if not may(role, "customers.export"):
        with pytest.raises(NotAllowed):
            export_customer(somebody, kept)
        with pytest.raises(NotAllowed):
            export_records(somebody, kept, [1])
        return
    lines = card_for(somebody, to_public("customer", kept)).identity
    assert lines and not [line.key for line in lines if line.is_masked]
    assert "fien.oud@example.com" in json.dumps(export_customer(somebody, kept), default=str)


CLASHING = """Klantnr;E-mailadres;Email;Key;Maat?;Maat!;Рост;Вес
K1;fien@example.com;ouder@example.com;sleutel;53;54;180;70
"""
CLASHES = """source: klanten
tables:
  - table: klanten
    holds: customers
    unmapped: keep
    columns:
      Klantnr: {role: customer_number}
      E-mailadres: {role: email}
"""


def test_a_kept_column_never_stands_in_for_another(bring: Bring, tmp_path: Path) -> None:
    """Neither for a role of the same name, nor for a kept column that is called much alike."""
    path = tmp_path / "klanten.csv"
    path.write_text(CLASHING, encoding="utf-8")
    bring(path, mapping=Mapping.load(CLASHES))
    (said,) = Record.objects.values_list("data", flat=True)
    assert said["email"] == "fien@example.com"
    assert said["own_email"] == "ouder@example.com"
    assert (said["own_key"], said["maat"], said["maat_2"]) == ("sleutel", "53", "54")
    assert {"180", "70"} <= set(said.values())
    labels = dict(CustomField.objects.values_list("label_nl", "category"))
    assert set(labels) == {"Email", "Key", "Maat?", "Maat!", "Рост", "Вес"}
    assert labels["Email"] == fields.built_in()["email"].category
