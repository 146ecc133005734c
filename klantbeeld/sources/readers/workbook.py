"""Workbooks (xlsx, xlsm, xls, xlsb, ods): one table a sheet, cells in their own types.

Formulas give the value that was last worked out; error cells are empty. Text that looks like a
formula is text.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import python_calamine as calamine

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.grid import Cells, Grid, filled_down, grid_table
from klantbeeld.sources.readers.table import Note, Table

_UNPACKED_LIMIT = 8 << 30
_RATIO_LIMIT = 250


def workbook_tables(content: Content) -> Iterator[Table]:
    """A table for each sheet that is not empty; raises `UnreadableFile`."""
    path = content.local()
    check_package(str(path), content.shown)
    book = _opened(str(path), content.shown)
    empty: list[str] = []
    tables = []
    for sheet in book.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        table = _sheet_table(book, sheet, content)
        if table is None:
            empty.append(sheet.name)
        else:
            tables.append(table)
    if not tables:
        raise UnreadableFile(
            content.shown,
            "empty",
            "The workbook has no sheet with cells.",
            "Check whether the export worked.",
        )
    if empty:
        notes = tables[0].details["notes"]
        assert isinstance(notes, list)
        notes.append(Note("empty_sheets", f"Empty sheet(s) skipped: {', '.join(empty)}."))
    yield from tables


def _opened(path: str, shown: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise password_protected(shown) from None
    except Exception as problem:  # calamine's errors have no common class beyond this
        raise damaged(shown, problem) from None


def _sheet_table(
    book: calamine.CalamineWorkbook, sheet: calamine.SheetMetadata, content: Content
) -> Table | None:
    try:
        read = book.get_sheet_by_name(sheet.name)
    except calamine.PasswordError:
        raise password_protected(content.shown) from None
    except Exception as problem:
        raise damaged(content.shown, problem) from None
    if read.start is None:
        return None
    merged = read.merged_cell_ranges or []

    def rows() -> Iterator[Cells]:
        return filled_down(iter(read.iter_rows()), merged)

    notes = []
    if sheet.visible != calamine.SheetVisibleEnum.Visible:
        notes.append(Note("hidden_sheet", "The sheet is hidden in the workbook; it is read."))
    spans = [(first, left, right) for (first, left), (_, right) in merged]
    grid = Grid(sheet.name, content.shown, rows, spans)
    return grid_table(grid, {"format": "workbook", "sheet": sheet.name, "notes": notes})


def check_package(path: str, shown: str) -> None:
    """Refuse an office file that would unpack to something monstrous."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as package:
        unpacked = sum(member.file_size for member in package.infolist())
        packed = sum(member.compress_size for member in package.infolist())
    if unpacked > _UNPACKED_LIMIT or (unpacked > 1 << 28 and unpacked > _RATIO_LIMIT * packed):
        raise UnreadableFile(
            shown,
            "zip_bomb",
            "The file unpacks to far more than its size; it may be made to do harm.",
            "If you trust it, save it as CSV and offer that.",
        )


def password_protected(shown: str) -> UnreadableFile:
    return UnreadableFile(
        shown,
        "password",
        "The file is protected by a password.",
        "Open it, save it without a password, and offer it again.",
    )


def damaged(shown: str, problem: Exception) -> UnreadableFile:
    return UnreadableFile(
        shown,
        "damaged",
        f"The file is damaged or cut off ({type(problem).__name__}).",
        "Open it in the program that made it, save it again, and offer that.",
    )
