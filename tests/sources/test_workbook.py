"""Workbooks: typed cells, titles, merged headers, sheets, and what cannot be read."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from klantbeeld.sources.readers import UnreadableFile, tables_in
from klantbeeld.sources.tables import ROW
from tests.sources.files import ole_file, only_table, rows, whole, written


def book(path: Path, fill: Callable[[Any], None]) -> Path:
    made = xlsxwriter.Workbook(str(path))
    fill(made)
    made.close()
    return path


def test_cells_keep_their_types(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        day = made.add_format({"num_format": "dd-mm-yyyy"})
        page = made.add_worksheet("Klanten")
        page.write_row(0, 0, ["Klantnr", "Nummer", "Bedrag", "Sinds", "Ja/nee", "Tekst"])
        page.write_string(1, 0, "00123")
        page.write_row(1, 1, [17850.0, 12.5])
        page.write_datetime(1, 3, dt.datetime(2024, 2, 29), day)
        page.write_boolean(1, 4, True)
        page.write_string(1, 5, '=HYPERLINK("http://example.org")')
        page.write_string(2, 0, "00124")
        page.write_row(2, 1, [17851, 7])
        page.write_string(2, 5, "-1+1")

    table = only_table(book(tmp_path / "k.xlsx", fill))
    frame = whole(table)
    assert frame.schema == {
        ROW: pl.Int64, "Klantnr": pl.String, "Nummer": pl.Int64, "Bedrag": pl.Float64,
        "Sinds": pl.Date, "Ja/nee": pl.Boolean, "Tekst": pl.String,
    }  # fmt: skip
    formula = '=HYPERLINK("http://example.org")'
    assert frame.row(0) == (2, "00123", 17850, 12.5, dt.date(2024, 2, 29), True, formula)
    assert frame.row(1)[3] == 7.0


def test_mixed_columns_become_text_without_noise(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        moment = made.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        page = made.add_worksheet()
        page.write_row(0, 0, ["nr", "datum"])
        page.write_row(1, 0, [17850])
        page.write_datetime(1, 1, dt.datetime(2024, 1, 2, 13, 5), moment)
        page.write_row(2, 0, ["A1", "onbekend"])

    assert rows(only_table(book(tmp_path / "k.xlsx", fill))) == [
        (2, "17850", "2024-01-02 13:05:00"), (3, "A1", "onbekend"),
    ]  # fmt: skip


def test_formulas_give_what_was_worked_out_and_errors_nothing(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        page = made.add_worksheet()
        page.write_row(0, 0, ["nr", "som"])
        page.write_row(1, 0, [1])
        page.write_formula(1, 1, "=A2*2", None, 2)
        page.write_row(2, 0, [2])
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    assert rows(only_table(book(tmp_path / "k.xlsx", fill))) == [(2, 1, 2), (3, 2, None)]


def test_title_merged_header_and_sheets(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        page = made.add_worksheet("Particulier")
        page.merge_range(0, 0, 0, 4, "Klantenlijst vestiging Utrecht")
        page.merge_range(2, 0, 2, 1, "Klant")
        page.merge_range(2, 2, 2, 3, "Toestemming")
        page.merge_range(2, 4, 3, 4, "Opmerking")
        page.write_row(3, 0, ["Nr", "Naam", "Telefoon", "Post"])
        page.write_row(4, 0, [1, "Jan", "ja", "nee", "x"])
        page.write_row(5, 0, ["Totaal", "", "", "", ""])
        made.add_worksheet("Leeg")
        other = made.add_worksheet("Zakelijk")
        other.write_row(0, 0, ["Nr", "Bedrijf"])
        other.write_row(1, 0, [7, "Bakkerij Bos"])

    tables = list(tables_in(book(tmp_path / "crm.xlsx", fill)))
    assert [table.name for table in tables] == ["Particulier", "Zakelijk"]
    first = tables[0]
    assert first.columns == (
        "Klant / Nr", "Klant / Naam", "Toestemming / Telefoon", "Toestemming / Post", "Opmerking",
    )  # fmt: skip
    assert rows(first) == [(5, 1, "Jan", "ja", "nee", "x")]
    assert [reject.reason for reject in first.rejects()] == ["total_row"]
    assert first.details["title"] == ("Klantenlijst vestiging Utrecht",)
    assert "empty_sheets" in [note.code for note in first.notes]


def test_cells_merged_over_rows_hold_in_each(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        page = made.add_worksheet()
        page.write_row(0, 0, ["order", "artikel"])
        page.merge_range(1, 0, 2, 0, "O1")
        page.write(1, 1, "slot")
        page.write(2, 1, "helm")

    table = only_table(book(tmp_path / "k.xlsx", fill))
    assert rows(table) == [(2, "O1", "slot"), (3, "O1", "helm")]


def test_a_table_that_does_not_begin_in_the_corner(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        page = made.add_worksheet()
        page.write_row(4, 2, ["klantnr", "naam"])
        page.write_row(5, 2, [1, "Jan"])

    table = only_table(book(tmp_path / "k.xlsx", fill))
    assert table.columns == ("klantnr", "naam")
    assert rows(table) == [(6, 1, "Jan")]


def test_an_extension_that_lies_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "k.xlsx", lambda made: made.add_worksheet().write_row(0, 0, ["a", "b"]))
    table = only_table(path.rename(tmp_path / "k.csv"))
    assert [note.code for note in table.notes] == ["other_format"]
    text = only_table(written(tmp_path, "t.xls", "id;naam\n1;Jan\n2;Piet\n"))
    assert rows(text) == [(2, "1", "Jan"), (3, "2", "Piet")]
    assert [note.code for note in text.notes] == ["other_format"]


def test_a_web_page_called_xls_is_read(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset='utf-8'></head><body><table><tr><th>id<th>naam<th>plaats</tr>"
        "<tr><td>1<td>Zoë &amp; zn<td rowspan=2>Ede</tr><tr><td>007<td>Jan</tr></table>"
    )
    table = only_table(written(tmp_path, "k.xls", page))
    assert rows(table) == [(2, "1", "Zoë & zn", "Ede"), (3, "007", "Jan", "Ede")]


def test_xml_of_an_older_excel_is_read(tmp_path: Path) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    head = "".join(cell.format(name) for name in ("klantnr", "naam"))
    line = cell.format("007") + '<Cell ss:Index="2"><Data ss:Type="String">Jan</Data></Cell>'
    page = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="K">'
        f"<Table><Row>{head}</Row><Row>{line}</Row></Table></Worksheet></Workbook>"
    )
    table = only_table(written(tmp_path, "k.xls", page))
    assert (table.name, rows(table)) == ("K", [(2, "007", "Jan")])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("geheim.xlsx", ole_file("EncryptedPackage"), "password"),
        ("brief.doc", ole_file("WordDocument"), "unsupported"),
        ("bericht.msg", ole_file("__substg1.0_0037001F"), "unsupported"),
        ("raar.xls", ole_file("Workbook"), "empty"),
        ("ruis.xlsx", random.Random(4).randbytes(4000), "wrong_extension"),
        ("half.xlsx", b"PK\x03\x04" + bytes(500), "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(written(tmp_path, name, content)))
    assert raised.value.code == code
    assert raised.value.path == name


def test_a_workbook_that_unpacks_to_something_monstrous_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "k.xlsx", lambda made: made.add_worksheet().write(0, 0, "a"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image.bin", bytes(300 << 20))
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(path))
    assert raised.value.code == "zip_bomb"


def test_a_workbook_without_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        list(tables_in(book(tmp_path / "leeg.xlsx", lambda made: made.add_worksheet())))
    assert raised.value.code == "empty"
