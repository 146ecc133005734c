"""Rows out of quarantine are read as the table was that they came in, not by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from klantbeeld.core.models import Record
from klantbeeld.pipeline.actions import retry_rows
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.sources.actions import mend_row
from klantbeeld.sources.models import Quarantined
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR

Bring = Callable[..., ImportReport]
HEAD = "Klantnummer;Naam;E-mail\n"
MANY = "".join(f"{n};Bram Fluitsma{n};bram{n}@example.nl\n" for n in range(1001, 1061))


def test_a_row_that_names_nobody_still_names_nobody(bring: Bring, tmp_path: Path) -> None:
    """Alone it would be known by the one cell that it has, which the table is not known by."""
    path = tmp_path / "klanten.csv"
    path.write_text(HEAD + MANY + ";;geen adres\n", encoding="utf-8")
    bring(path)
    (row,) = Quarantined.objects.all()
    assert row.reasons[""] == "no_subject"
    assert retry_rows(ACTOR, [row]) == {"stored": 0, "quarantined": 1}
    assert Record.objects.count() == 60
    mend_row(ACTOR, row, {"Klantnummer": "2001"})
    assert retry_rows(ACTOR, [row])["stored"] == 1
    assert Record.objects.filter(key="2001").exists()
    dump.assert_accounted()


def test_a_number_that_cannot_be_one_and_nothing_else_is_nobody(
    bring: Bring, tmp_path: Path
) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text("E-mail;Naam\nfien@example.com;Fien Zandloper\ngeen;\nbas@example.com;\n")
    assert bring(path).counts["rows_quarantined"] == 1
    assert Record.objects.count() == 2
