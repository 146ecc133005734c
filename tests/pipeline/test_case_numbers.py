"""Complaints that tell their own number and that of an order: the card shows their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import Record
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline import panels, reads
from klantbeeld.timeline.rules import number_in
from klantbeeld.web.filled import entries
from tests.records import actor

Bring = Callable[..., ImportReport]

# One order gave two complaints, and one complaint was never given a number.
ROWS = """Klachtnr;Klantnr;E-mailadres;Datum melding;Oorzaak;Omschrijving;Ordernummer;Status;Datum afgehandeld
K-2023-0101;10017;fien@example.com;05-12-2023;levering te laat;Waar blijft mijn fiets;200090;afgehandeld;21-12-2023
K-2023-0102;10017;fien@example.com;18-12-2023;levering beschadigd;Het zadel is kapot;200090;open;
K-2023-0103;10018;bas@example.com;19-12-2023;levering te laat;Nog steeds niets;200245;open;
;10017;fien@example.com;20-12-2023;verkeerde factuur;Dit klopt niet;200090;open;
"""


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("K-2023-0101", "K-2023-0101"),
        ("SD5012#closed", "SD5012"),
        ("200090#2", "200090"),
        ("200090#2#closed", "200090"),
        ("1234567890123", "1234567890123"),
        ("-7262718293847561029", ""),
        ("7262718293847561029#3", ""),
    ],
)
def test_a_key_is_a_number_when_the_source_gave_it(key: str, number: str) -> None:
    assert number_in(key) == number


def test_complaints_are_shown_by_their_own_number(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "klachten.csv"
    path.write_text(ROWS, encoding="utf-8")
    report = bring(path)
    assert [t.holds for t in report.tables] == ["cases"]
    held = Membership.objects.filter(record__key__contains="10017")
    records = list(held.values_list("record_id", flat=True))
    sales = actor("sales")
    numbers = {case.subject: case.number for case in reads.cases(sales, records)}
    assert numbers == {
        "levering te laat": "K-2023-0101", "levering beschadigd": "K-2023-0102",
        "verkeerde factuur": "",
    }  # fmt: skip
    context = panels.cases(sales, records)
    assert context is not None
    titles = sorted(row.title for row in context["rows"])
    assert [title.rpartition(" ")[2] for title in titles[1:]] == ["K-2023-0101", "K-2023-0102"]
    assert "·" not in titles[0]
    shown = [entries.shown("x", e) for e in reads.history(sales, records).entries]
    details = " | ".join(entry.detail for entry in shown)
    assert "K-2023-0101" in details and "K-2023-0102" in details
    assert "200090" not in details


BY_ORDER = """source: klachten
tables:
  - table: klachten
    holds: cases
    key: Ordernummer
    columns:
      Klantnr: {role: customer_number}
      Datum melding: {role: opened_at, format: dmy}
      Oorzaak: {role: cause}
      Ordernummer: {role: order_number}
"""


@pytest.mark.parametrize("has_own", [True, False])
def test_the_number_of_the_order_is_not_that_of_the_complaint(
    bring: Bring, tmp_path: Path, has_own: bool
) -> None:
    """Also when the mapping says that rows are known by it; their own number is not lost then."""
    path = tmp_path / "klachten.csv"
    path.write_text(ROWS, encoding="utf-8")
    own = "      Klachtnr: {role: case_number}\n" if has_own else ""
    bring(path, mapping=Mapping.load(BY_ORDER + own))
    held = Membership.objects.filter(record__key__contains="10018")
    records = list(held.values_list("record_id", flat=True))
    expected = "K-2023-0103" if has_own else ""
    sales = actor("sales")
    (case,) = reads.cases(sales, records)
    (entry,) = reads.history(sales, records).entries
    assert (case.number, entry.number) == (expected, expected)


def test_the_number_of_a_row_is_nobody(bring: Callable[..., ImportReport], tmp_path: Path) -> None:
    """A complaints list that numbers its rows tells of as many people as it names."""
    path = tmp_path / "klachten.csv"
    rows = [f"{n};0{n}-03-2026;klager{n % 2}@example.nl;levering;te laat" for n in range(1, 7)]
    path.write_text("Volgnr;Ontvangen;E-mail melder;Soort klacht;Klacht\n" + "\n".join(rows))
    bring(path)
    keys = Record.objects.order_by("key").values_list("key", flat=True)
    assert list(keys) == ["email:klager0@example.nl", "email:klager1@example.nl"]
