"""Tables out of grids of cells: sheets of a workbook, tables of a web page or a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import polars as pl

from klantbeeld.sources.readers.header import (
    EXTRA_ROW,
    LOOK,
    Header,
    decimal_sign,
    extra_row_reason,
    find_header,
    text_of,
)
from klantbeeld.sources.readers.table import (
    BATCH_ROWS,
    ROW,
    Note,
    RejectRow,
    Table,
    column_names,
    table_of,
)

Cells = Sequence[object]


@dataclass(frozen=True)
class Grid:
    """Cells by row; `rows` may be called again. `merged` is (row, first, last column) from 0."""

    name: str
    shown: str
    rows: Callable[[], Iterator[Cells]]
    merged: Sequence[tuple[int, int, int]] = ()
    first_row: int = 1


def grid_table(grid: Grid, details: dict[str, object]) -> Table | None:
    """The table of a grid, or None when all its cells are empty."""
    head = list(islice(grid.rows(), 2_000))
    header = find_header(head[: LOOK * 2], grid.merged)
    if not header.columns:
        return None
    shapes = _column_types(_data(grid, header, _unheard), len(header.columns))
    columns = header.columns
    if len(shapes) > len(columns):
        columns = column_names([*columns, *[""] * (len(shapes) - len(columns))])
    kept = _kept_columns(header, columns, shapes)
    schema = {columns[at]: shapes[at] or pl.String() for at in kept}
    texts = [cell for row in head for cell in row if isinstance(cell, str)]
    details |= {
        "header_row": None if header.at is None else header.at + grid.first_row,
        "title": header.title,
        "decimal": decimal_sign(texts),
        "notes": [*_given(details), *_notes(header)],
    }

    def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
        rows = 0
        for frame in _frames(_data(grid, header, reject), kept, schema):
            rows += frame.height
            yield frame
        _tell_no_rows(details, rows)

    return table_of(grid.name, grid.shown, tuple(schema), passes, details)


def _given(details: dict[str, object]) -> list[Note]:
    notes = details.get("notes", [])
    assert isinstance(notes, list)
    return notes


def _tell_no_rows(details: dict[str, object], rows: int) -> None:
    notes = [note for note in _given(details) if note.code != "no_rows"]
    if not rows:
        notes.append(Note("no_rows", "There is a line of column names, and no rows."))
    details["notes"] = notes


def _notes(header: Header) -> list[Note]:
    notes = []
    if header.at is None:
        notes.append(Note("no_header", "There is no line of column names; columns are numbered."))
    if header.title:
        notes.append(Note("title_rows", f"{len(header.title)} row(s) above the header skipped."))
    if header.group_at is not None:
        notes.append(
            Note("header_twice_deep", "The header has two rows; they are joined by ' / '.")
        )
    return notes


def _kept_columns(
    header: Header, columns: tuple[str, ...], shapes: list[pl.DataType | None]
) -> list[int]:
    """Columns with a name or with values; a column with neither is only space."""
    kept = []
    for at, (name, shape) in enumerate(zip(columns, shapes, strict=True)):
        is_named = header.at is not None and name != f"kolom {at + 1}"
        if is_named or shape is not None:
            kept.append(at)
    return kept


def _data(grid: Grid, header: Header, reject: RejectRow) -> Iterator[tuple[int, Cells]]:
    """(row number as people count, cells) of the rows below the header that are data."""
    first = header.first_data if header.at is not None else len(header.title)
    # Names without the caption above them: that is how a header stands there once more.
    names = [name.rsplit(" / ", 1)[-1] for name in header.columns] if header.at is not None else []
    for at, row in enumerate(islice(grid.rows(), first, None), start=first):
        if _is_data(row, names, at + grid.first_row, reject):
            yield at + grid.first_row, row


def _is_data(cells: Cells, names: list[str], number: int, reject: RejectRow) -> bool:
    filled = next((cell for cell in cells if cell != "" and cell is not None), None)
    if not isinstance(filled, str):
        return filled is not None
    is_suspect = EXTRA_ROW.match(filled) or (names and filled.casefold() == names[0].casefold())
    if is_suspect and (reason := extra_row_reason(cells, names or [""] * len(cells))):
        reject(number, "\t".join(map(text_of, cells)), reason)
        return False
    return bool(filled.strip()) or any(text_of(cell) for cell in cells)


def _unheard(row: int, raw: str, reason: str) -> None:
    """Rejects of a pass that only looks."""


def _column_types(data: Iterable[tuple[int, Cells]], width: int) -> list[pl.DataType | None]:
    """One type a column, None where it is empty; numbers that are all whole are integers."""
    seen: list[set[type]] = [set() for _ in range(width)]
    for rows in _batches(data):
        wide = max(len(cells) for _, cells in rows)
        seen += [set() for _ in range(wide - len(seen))]
        for at in range(wide):
            column = [cells[at] for _, cells in rows if at < len(cells) and cells[at] != ""]
            seen[at] |= {type(cell) for cell in column if cell is not None}
            if float in seen[at] and any(type(c) is float and not c.is_integer() for c in column):
                seen[at].add(_Fraction)
    return [_data_type(types) for types in seen]


class _Fraction:
    """Marks a column that holds numbers which are not whole."""


def _data_type(types: set[type]) -> pl.DataType | None:
    if not types:
        return None
    if types <= {int, float}:
        return pl.Int64()
    if types <= {int, float, _Fraction}:
        return pl.Float64()
    if types == {dt.date}:
        return pl.Date()
    if types <= {dt.date, dt.datetime}:
        return pl.Datetime("us")
    return pl.Boolean() if types == {bool} else pl.String()


def _batches(data: Iterable[tuple[int, Cells]]) -> Iterator[list[tuple[int, Cells]]]:
    numbered = iter(data)
    while rows := list(islice(numbered, BATCH_ROWS)):
        yield rows


def _frames(
    data: Iterator[tuple[int, Cells]], kept: list[int], schema: dict[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    for rows in _batches(data):
        series = [pl.Series(ROW, [number for number, _ in rows], pl.Int64)]
        for at, (name, dtype) in zip(kept, schema.items(), strict=True):
            cells = [cells[at] if at < len(cells) else None for _, cells in rows]
            series.append(_series(name, cells, dtype))
        yield pl.DataFrame(series)


def _series(name: str, cells: list[object], dtype: pl.DataType) -> pl.Series:
    if dtype == pl.String and set(map(type, cells)) <= {str, type(None)}:
        text = pl.Series(name, cells, pl.String).str.replace_all("\0", "", literal=True)
        return text.set(text.str.strip_chars() == "", None)
    return pl.Series(name, [_typed(cell, dtype) for cell in cells], dtype)


def _typed(cell: object, dtype: pl.DataType) -> object:
    if cell == "" or cell is None:
        return None
    if dtype == pl.String:
        return cell_text(cell)
    if dtype == pl.Int64:
        return int(cell)  # type: ignore[call-overload]
    if dtype == pl.Datetime and not isinstance(cell, dt.datetime):
        assert isinstance(cell, dt.date)
        return dt.datetime.combine(cell, dt.time())
    return cell


def cell_text(cell: object) -> str | None:
    """A typed cell as text: whole numbers without '.0', dates as ISO, true/false, trimmed."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    text = str(cell).replace("\0", "")
    return text if text.strip() else None


def filled_down(
    rows: Iterator[Cells], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Cells]:
    """Rows in which cells merged over several rows hold their value in each of them."""
    spans = {(first, column): last for (first, column), (last, _) in merged if last > first}
    if not spans:
        yield from rows
        return
    running: dict[int, tuple[int, object]] = {}
    for at, row in enumerate(rows):
        starting = {c: last for (first, c), last in spans.items() if first == at}
        if starting or running:
            row = list(row)
            for column, (last, value) in running.items():
                if at <= last and column < len(row) and row[column] == "":
                    row[column] = value
            running = {c: span for c, span in running.items() if span[0] > at}
            running |= {c: (last, row[c]) for c, last in starting.items() if c < len(row)}
        yield row
