"""Excel files as people keep them: a merged title, merged groups over the header, then rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | datetime | None


class Workbook:
    """A workbook whose bytes depend on its content only."""

    def __init__(self, path: Path, created: date) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties(
            {"created": datetime.combine(created, time()), "author": "Export"}
        )
        self._day = self._book.add_format({"num_format": "dd-mm-yyyy"})
        self._minute = self._book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        self._bold = self._book.add_format({"bold": True})
        self.sheets: dict[str, Worksheet] = {}

    def sheet(self, name: str) -> Worksheet:
        """Adds a sheet."""
        self.sheets[name] = self._book.add_worksheet(name)
        return self.sheets[name]

    def title(self, sheet: Worksheet, text: str, width: int) -> None:
        """A title in the first row, merged over `width` columns."""
        sheet.merge_range(0, 0, 0, width - 1, text, self._bold)

    def groups(self, sheet: Worksheet, groups: Sequence[tuple[str, int]]) -> None:
        """Captions in the second row, each merged over its number of columns."""
        column = 0
        for caption, width in groups:
            if width > 1:
                sheet.merge_range(1, column, 1, column + width - 1, caption, self._bold)
            else:
                sheet.write_string(1, column, caption, self._bold)
            column += width

    def write(self, sheet: Worksheet, row: int, cells: Sequence[Cell]) -> None:
        """Writes one row (0-based); text stays text, so leading noughts survive."""
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, datetime):
                sheet.write_datetime(row, column, cell, self._minute)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, self._day)
            else:
                sheet.write_number(row, column, cell)

    def close(self) -> None:
        self._book.close()
