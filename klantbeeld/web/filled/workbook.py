"""Rows as an .xlsx workbook: written row by row, read back in pieces."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO

import xlsxwriter
from django.conf import settings

from klantbeeld.core.money import to_decimal
from klantbeeld.web.shapes import Flag, Money, Percent, Value

PIECE = 64 * 1024
MOST_ROWS = 1_048_575
# What a spreadsheet would take for a formula when a cell is typed over or the file becomes a CSV.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
Cell = Value | Flag


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Generator[bytes]:
    """An .xlsx file in pieces; at most as many rows as a sheet holds, then another sheet."""
    # In the home and under no name: nothing of it is left, whatever happens meanwhile.
    with tempfile.TemporaryFile(dir=str(settings.HOME)) as file:
        _write(file, title, headings, rows)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write(
    file: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "dd-mm-yyyy",
        "tmpdir": str(settings.HOME),
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        heading = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet, place = None, MOST_ROWS + 1
        number = 0
        for row in _with_first(rows):
            if place > MOST_ROWS:
                number += 1
                sheet = book.add_worksheet(title[:28] + (f" {number}" if number > 1 else ""))
                sheet.freeze_panes(1, 1)
                sheet.set_column(0, 0, 32)
                sheet.set_column(1, len(headings) - 1, 16)
                for column, text in enumerate(headings):
                    sheet.write_string(0, column, text, heading)
                place = 1
            if row is None or sheet is None:
                continue
            for column, cell in enumerate(row):
                _put(sheet, place, column, cell, money)
            place += 1


def _with_first(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell] | None]:
    """The rows behind one that makes the sheet, so that an empty list has headings too."""
    yield None
    yield from rows


def _put(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, money: object
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, Money):
        sheet.write_number(row, column, float(to_decimal(cell.minor, cell.currency)), money)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, Flag):
        sheet.write_string(row, column, safe(cell.text))
    elif isinstance(cell, Percent):
        sheet.write_number(row, column, cell.value / 100)
    elif isinstance(cell, str):
        sheet.write_string(row, column, safe(cell))
    else:
        sheet.write_number(row, column, float(cell))


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also after it is saved as CSV."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
