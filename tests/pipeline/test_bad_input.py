"""Bad input: a clear message each time, nothing half written, and no row lost from sight."""

from __future__ import annotations

import errno
import gzip
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from django.db import OperationalError

from klantbeeld.core.models import Delivery, Record
from klantbeeld.pipeline import writing
from klantbeeld.pipeline.errors import DiskFull
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.sources.mappings import ColumnMapping, Mapping, TableMapping
from klantbeeld.sources.models import Quarantined
from klantbeeld.timeline.models import Interaction
from tests.pipeline import dump
from tests.sources.files import ole_file

Bring = Callable[..., ImportReport]
HEAD = "Klantnummer;Voornaam;Achternaam;E-mail;Postcode;Plaats\n"
ROWS = [
    "1001;Anouk;Eekhoornstra;anouk@example.nl;1234 AB;Waterwijk\n",
    "1002;Bram;Fluitsma;bram@example.nl;1234 AC;Waterwijk\n",
    "1003;Carlijn;Grutteman;carlijn@example.nl;1234 AD;Waterwijk\n",
    "1004;Daan;Haverkort;daan@example.nl;1234 AE;Waterwijk\n",
]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def first_names() -> list[str]:
    return sorted(r.data.get("first_name", "") for r in Record.objects.all())


def refused(report: ImportReport, code: str) -> None:
    """The one file was not read, which is said in words; nothing of it is stored."""
    (problem,) = report.unreadable
    assert problem.code == code
    assert len(problem.message) > 15 and len(problem.advice) > 10
    assert report.counts["rows_read"] == 0
    assert not Delivery.objects.exists()
    assert not Record.objects.exists()
    assert not list((Path(writing_home()) / "staging").glob("*/*"))


def writing_home() -> str:
    from django.conf import settings

    return str(settings.HOME)


def test_an_empty_file(bring: Bring, tmp_path: Path) -> None:
    refused(bring(written(tmp_path, "klanten.csv", "")), "empty")


def test_a_wrong_extension(bring: Bring, tmp_path: Path) -> None:
    """What is in it counts: a text table that calls itself a workbook is read, or refused."""
    report = bring(written(tmp_path, "klanten.xlsx", HEAD + "".join(ROWS)))
    if report.unreadable:
        refused(report, report.unreadable[0].code)
    else:
        assert first_names() == ["Anouk", "Bram", "Carlijn", "Daan"]
    picture = written(tmp_path, "foto.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (problem,) = bring(picture).unreadable
    assert problem.path.endswith("foto.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(bring: Bring, tmp_path: Path, encoding: str) -> None:
    text = HEAD + "".join(ROWS) + "1005;Zoë;Überkamp;zoe@example.nl;1234 AF;Waterwijk\n"
    report = bring(written(tmp_path, "klanten.csv", text.encode(encoding)))
    assert not report.unreadable
    assert "Zoë" in first_names()
    assert len(first_names()) == 5


def test_nul_bytes(bring: Bring, tmp_path: Path) -> None:
    text = HEAD + ROWS[0].replace("Anouk", "An\0ouk") + "".join(ROWS[1:])
    report = bring(written(tmp_path, "klanten.csv", text))
    assert not report.unreadable
    assert first_names() == ["Anouk", "Bram", "Carlijn", "Daan"]
    assert "\0" not in str(dump.content())


def test_three_hundred_columns(bring: Bring, tmp_path: Path) -> None:
    more = [f"Kolom {n}" for n in range(294)]
    rows = [r.strip() + ";" + ";".join("x" for _ in more) + "\n" for r in ROWS]
    report = bring(written(tmp_path, "klanten.csv", HEAD.strip() + ";" + ";".join(more) + "\n"
                           + "".join(rows)))  # fmt: skip
    assert first_names() == ["Anouk", "Bram", "Carlijn", "Daan"]
    (table,) = report.tables
    assert len(table.mapped) + len(table.unmapped) == 300
    dump.assert_accounted()


def test_ragged_rows(bring: Bring, tmp_path: Path) -> None:
    ragged = "1009;te;veel;cellen@example.nl;1234 AB;Waterwijk;en;nog;meer\n"
    report = bring(written(tmp_path, "klanten.csv", HEAD + ROWS[0] + ragged + "".join(ROWS[1:])))
    assert first_names() == ["Anouk", "Bram", "Carlijn", "Daan"]
    (row,) = Quarantined.objects.all()
    assert "te;veel" in row.values[""]
    assert row.reasons == {"": "too_many_cells"}
    assert report.counts["rows_quarantined"] == 1
    dump.assert_accounted()


def test_formulas(bring: Bring, tmp_path: Path) -> None:
    """Text that a spreadsheet would run is text here, and stays as it was."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.strip().split(";"))
    for row in ROWS:
        sheet.append(row.strip().split(";"))
    evil = "=cmd|' /C calc'!A0"
    sheet.append(["1005", evil, "Jorritsma", "esmee@example.nl", "1234 AF", "Waterwijk"])
    sheet.cell(6, 2).data_type = "s"
    sheet.append(["1006", "Floris", "=A1&B1", "floris@example.nl", "1234 AG", "Waterwijk"])
    path = tmp_path / "klanten.xlsx"
    book.save(path)
    report = bring(path)
    assert not report.unreadable
    dump.assert_accounted()
    assert report.counts["rows_read"] == 6
    kept = str(dump.content())
    assert "cmd|" in kept
    assert "=A1&B1" not in kept


def test_a_zip_bomb(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "klanten.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("klanten.csv", HEAD + "0" * 300_000_000)
    refused(bring(path), "zip_bomb")


def test_a_gzip_bomb(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "klanten.csv.gz"
    with gzip.open(path, "wb", compresslevel=6) as file:
        for _ in range(300):
            file.write(b"0" * 1_000_000)
    refused(bring(path), "zip_bomb")


def test_a_password(bring: Bring, tmp_path: Path) -> None:
    refused(bring(written(tmp_path, "klanten.xlsx", ole_file("EncryptedPackage"))), "password")


def test_a_header_twice(bring: Bring, tmp_path: Path) -> None:
    text = HEAD + "".join(ROWS[:2]) + HEAD + "".join(ROWS[2:])
    report = bring(written(tmp_path, "klanten.csv", text))
    assert first_names() == ["Anouk", "Bram", "Carlijn", "Daan"]
    assert report.counts["rows_rejected"] == 1
    dump.assert_accounted()


def test_no_header(bring: Bring, tmp_path: Path) -> None:
    """The columns are known by their values."""
    report = bring(written(tmp_path, "klanten.csv", "".join(ROWS)))
    assert not report.unreadable
    dump.assert_accounted()
    assert report.counts["rows_read"] == 4
    kept = str(dump.content()["records"])
    assert "anouk@example.nl" in kept and "daan@example.nl" in kept


FIGURES = "recency;history;spend\n10;142.44;0\n6;142.44;29.99\n10;180.65;0\n"


def test_figures_about_nobody(bring: Bring, tmp_path: Path) -> None:
    """Columns that say nothing about anybody make no customers, whatever the file is called."""
    report = bring(written(tmp_path, "klanten.csv", FIGURES))
    assert [t.holds for t in report.tables] == ["unknown"]
    assert not Record.objects.exists()
    assert report.counts["rows_rejected"] == report.counts["rows_read"] == 3


DATED = (
    "orders",
    "quotes",
    "events",
    "loyalty",
    "messages",
    "cases",
    "surveys",
    "costs",
    "documents",
)


@pytest.mark.parametrize("holds", DATED)
def test_what_happened_at_no_moment(bring: Bring, tmp_path: Path, holds: str) -> None:
    """Somebody may call a table anything: without a column that dates it no row can be placed."""
    columns = (
        ColumnMapping("klant", "customer_number"), ColumnMapping("naam", "file_name"),
        ColumnMapping("bedrag", "cost_amount" if holds == "costs" else "order_amount"),
    )  # fmt: skip
    mapping = Mapping("zonder", (TableMapping("datum", holds, columns),))
    rows = "klant;naam;bedrag\n1001;opzegging.pdf;3,50\n1002;offerte.docx;4,50\n"
    report = bring(written(tmp_path, "datum.csv", rows), mapping=mapping)
    assert report.counts["rows_quarantined"] == report.counts["rows_read"] == 2
    assert all("missing" in held.reasons.values() for held in Quarantined.objects.all())
    assert not Interaction.objects.exists()


def test_a_mapping_that_leaves_every_column_out(bring: Bring, tmp_path: Path) -> None:
    mapping = Mapping("kaal", (TableMapping("cijfers", "customers", ()),))
    report = bring(written(tmp_path, "cijfers.csv", FIGURES), mapping=mapping)
    assert not Record.objects.exists()
    assert report.counts["rows_rejected"] == report.counts["rows_read"] == 3


def test_the_thirty_first_of_february(bring: Bring, tmp_path: Path) -> None:
    """Needed, such a day stops the row; not needed, only the value is left out, and flagged."""
    text = "Klantnummer;Voornaam;Achternaam;Geboortedatum\n"
    text += "1001;Anouk;Eekhoornstra;31-02-1980\n1002;Bram;Fluitsma;28-02-1981\n"
    bring(written(tmp_path, "klanten.csv", text))
    assert first_names() == ["Anouk", "Bram"]
    assert "impossible_date" in str(dump.content()["records"])
    orders = "Bestelnummer;Klantnummer;Besteldatum;Bedrag\n"
    orders += "B1;1001;31-02-2026;10,00\nB2;1002;28-02-2026;12,00\n"
    bring(written(tmp_path, "bestellingen.csv", orders))
    (row,) = Quarantined.objects.all()
    assert row.reasons == {"ordered_at": "impossible_date"}
    assert Interaction.objects.count() == 1


def test_orders_of_which_nothing_says_when(bring: Bring, tmp_path: Path) -> None:
    rows = "".join(f"{n};1001;32-02-2026;10,50\n" for n in range(301, 304))
    path = written(tmp_path, "orders.csv", "Ordernummer;Klantnummer;Besteldatum;Bedrag\n" + rows)
    report = bring(path)
    assert report.counts["rows_quarantined"] == 3
    dump.assert_accounted()
    reasons = Quarantined.objects.values_list("reasons", flat=True)
    assert all(why == {"ordered_at": "missing"} for why in reasons)
    assert not Interaction.objects.exists()


def test_a_cell_of_ten_megabytes(bring: Bring, tmp_path: Path) -> None:
    huge = "x" * 10_000_000
    text = HEAD.strip() + ";Opmerking\n" + ROWS[0].strip() + f";{huge}\n"
    text += "".join(row.strip() + ";kort\n" for row in ROWS[1:])
    report = bring(written(tmp_path, "klanten.csv", text))
    if report.unreadable:
        refused(report, report.unreadable[0].code)
        return
    dump.assert_accounted()
    assert len(first_names()) + Quarantined.objects.count() == 4


class Full:
    """A disk that is full from the nth time on that something is written."""

    def __init__(self, after: int, error: Exception) -> None:
        self.left, self.error = after, error

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise self.error


@pytest.fixture
def many(tmp_path: Path) -> Path:
    rows = [f"{n};Anouk{n};Eekhoornstra;a{n}@example.nl;1234 AB;Waterwijk\n" for n in range(8_000)]
    return written(tmp_path, "klanten.csv", HEAD + "".join(rows))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(writing, "LARGEST", 1_000)
    monkeypatch.setattr(writing, "SMALLEST", 1_000)
    yield


def test_a_full_disk_while_reading(
    bring: Bring, many: Path, monkeypatch: pytest.MonkeyPatch, house: Path
) -> None:
    empty = dump.content()
    full = Full(0, OSError(errno.ENOSPC, "No space left on device"))
    write = pl.DataFrame.write_parquet

    def failing(frame: pl.DataFrame, *arguments: object, **options: object) -> None:
        full()
        write(frame, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(pl.DataFrame, "write_parquet", failing)
        with pytest.raises(DiskFull, match="The disk is full: make room"):
            bring(many)
    assert dump.content() == empty
    assert not [p for p in (house / "staging").rglob("*") if p.is_file()]
    assert bring(many).counts["rows_stored"] == 8_000


@pytest.mark.django_db(transaction=True)
def test_after_a_full_disk_the_import_goes_on(
    many: Path, monkeypatch: pytest.MonkeyPatch, small_chunks: None, settings: object,
    tmp_path: Path,
) -> None:  # fmt: skip
    from klantbeeld.pipeline.actions import import_paths
    from tests.pipeline.conftest import ACTOR

    settings.HOME = tmp_path / "home"
    full = Full(3, OperationalError("database or disk is full"))
    store = getattr(writing, "store_records")  # noqa: B009

    def failing(*arguments: object, **options: object) -> object:
        full()
        return store(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(writing, "store_records", failing)
        with pytest.raises(DiskFull):
            import_paths(ACTOR, [many])
    assert Record.objects.count() == 7_000
    (delivery,) = Delivery.objects.all()
    assert (delivery.state, delivery.rows_stored) == (Delivery.RUNNING, 7_000)
    report = import_paths(ACTOR, [many])
    assert report.counts["rows_stored"] == report.counts["rows_read"] == 8_000
    assert report.customers == 8_000
    assert Delivery.objects.count() == 1
    dump.assert_accounted()


def test_numbers_that_are_none(bring: Bring, tmp_path: Path) -> None:
    """A row with them that cannot be used lies in quarantine as any other does."""
    path = tmp_path / "bestellingen.parquet"
    pl.DataFrame(
        {
            "Bestelnummer": ["B1", "B2", "B3", "B\0 4"],
            "Klantnummer": ["1001", "1002", "1003", "1004"],
            "Besteldatum": ["28-02-2026", "31-02-2026", "01-03-2026", "32-03-2026"],
            "Bedrag": [12.5, float("nan"), float("inf"), 3.0],
        }
    ).write_parquet(path)
    report = bring(path)
    assert (report.counts["rows_stored"], report.counts["rows_quarantined"]) == (1, 3)
    held = {q.row: q.values for q in Quarantined.objects.all()}
    assert "Bedrag" not in held[2]
    assert held[3]["Bedrag"] == "inf"
    assert held[4]["Bestelnummer"] == "B 4"
    dump.assert_accounted()


@pytest.mark.parametrize("name", ["klanten.json", "klanten.jsonl"])
def test_half_a_character(bring: Bring, tmp_path: Path, name: str) -> None:
    """JSON can spell what is no text: NUL, and one half of a pair of surrogates."""
    rows = [
        '{"klantnr": "1001", "naam": "Anouk Eekhoornstra", "email": "anouk@example.nl"}',
        '{"klantnr": "1002", "naam": "Bram Flui\\u0000tsma", "email": "bram@example.nl"}',
        '{"klantnr": "1003", "naam": "Carlijn Grutteman", "email": "c@example.nl", "x": "\\ud83d"}',
    ]
    whole = f"[{','.join(rows)}]" if name.endswith("json") else "\n".join(rows) + "\n"
    report = bring(written(tmp_path, name, whole))
    assert not report.unreadable
    assert first_names() == ["Anouk", "Bram", "Carlijn"]
    assert "Fluitsma" in str(dump.content()) and "\0" not in str(dump.content())
