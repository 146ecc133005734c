"""Word documents: the tables in them, or the letter that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.grid import Grid, grid_table
from klantbeeld.sources.readers.letters import letter_in, opened_docx
from klantbeeld.sources.readers.table import Note, Table

_LETTER = re.compile(
    r"^\s*(?:geachte|beste|hallo|dear|l\.s\.|hoogachtend|met (?:vriendelijke|hartelijke) groet"
    r"|yours (?:sincerely|faithfully)|kind regards)",
    re.IGNORECASE | re.MULTILINE,
)


def is_letter(content: Content) -> bool:
    """A document is a letter when it greets somebody, or holds no table of rows."""
    return bool(_LETTER.search(letter_in(content, "docx").text)) or not _grids(content)


def docx_tables(content: Content) -> Iterator[Table]:
    """A table for each table of the document with at least two columns and two rows."""
    grids = _grids(content)
    for number, rows in enumerate(grids, start=1):
        name = content.stem if len(grids) == 1 else f"{content.stem} {number}"
        grid = Grid(name, content.shown, partial(iter, rows))
        table = grid_table(grid, {"format": "docx", "notes": list[Note]()})
        if table is not None:
            yield table


def _grids(content: Content) -> list[list[list[str]]]:
    found = []
    for table in opened_docx(content).tables:
        rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        if len(rows) >= 2 and max(map(len, rows)) >= 2:
            found.append(rows)
    return found
