"""What every reader hands out: a table of a delivered file, its rejected rows and its notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

# No file has a column of this name: it holds a sign that is in no heading.
ROW = "\x1frow"
BATCH_ROWS = 50_000
# A rejected line is kept whole up to here, so that it can be mended; an unclosed quote may have
# swallowed gigabytes, of which nobody mends more than this.
RAW_LIMIT = 64_000


class Reject(NamedTuple):
    """A row that cannot be laid on the columns: its number, its text, and the reason code."""

    row: int
    raw: str
    reason: str


class Note(NamedTuple):
    """Something the reader noticed and the user should know; `message` holds no values."""

    code: str
    message: str


REJECT_REASONS: Mapping[str, str] = {
    "too_few_cells": "the row has fewer cells than the header",
    "too_many_cells": "the row has more cells than the header",
    "unclosed_quote": "a quotation mark is opened and not closed",
    "cell_too_long": "a cell is longer than one million characters",
    "repeated_header": "the header stands here once more",
    "total_row": "a row of totals, not a row of data",
    "footer_row": "a remark of the program that made the file, not a row of data",
    "invalid_json": "the line is not valid JSON",
    "not_an_object": "the line is JSON but not an object with named fields",
    "invalid_card": "the contact card is not closed or holds nothing",
    "invalid_message": "the message cannot be read",
}


@dataclass(frozen=True)
class Table:
    """One table inside one delivered file.

    `frames()` may be called again and again; each frame has `ROW` Int64 (1-based line or row
    in the file) and then `columns`, String for text formats and natural dtypes otherwise, with
    the same schema in every frame. `rejects()` is complete after a whole pass; it makes one when
    there was none. `details` tells how the file was understood (encoding, delimiter, header_row,
    decimal, notes …); counts in it are those of the latest pass.
    """

    name: str
    path: str
    columns: tuple[str, ...]
    frames: Callable[[], Iterator[pl.DataFrame]]
    details: Mapping[str, object] = field(default_factory=dict)
    rejects: Callable[[], list[Reject]] = list

    @property
    def notes(self) -> list[Note]:
        found = self.details.get("notes", ())
        return [note for note in found if isinstance(note, Note)] if isinstance(found, list) else []

    def sample(self, rows: int = 2_000) -> pl.DataFrame:
        """The first `rows` rows, `ROW` included."""
        taken: list[pl.DataFrame] = []
        for frame in self.frames():
            taken.append(frame.head(rows - sum(part.height for part in taken)))
            if sum(part.height for part in taken) >= rows:
                break
        return pl.concat(taken) if taken else self.empty()

    def empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema={ROW: pl.Int64} | dict.fromkeys(self.columns, pl.String()))


def column_names(raw: Iterable[object]) -> tuple[str, ...]:
    """Usable names out of header cells: trimmed, never empty, never twice ('Naam', 'Naam (2)')."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(raw, start=1):
        base = " ".join(str(cell if cell is not None else "").split()) or f"kolom {position}"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


RejectRow = Callable[[int, str, str], None]


def without_nuls(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without the character NUL in its texts, which no database keeps."""
    return frame.with_columns(pl.col(pl.String).str.replace_all("\0", "", literal=True))


def table_of(
    name: str,
    path: str,
    columns: tuple[str, ...],
    passes: Callable[[RejectRow], Iterator[pl.DataFrame]],
    details: Mapping[str, object],
) -> Table:
    """A `Table` over `passes`: one call is one pass, which tells its rejects to what it is given.

    Every pass has a list of its own, so a sample taken in between disturbs nothing.
    """
    complete: list[list[Reject]] = []

    def frames() -> Iterator[pl.DataFrame]:
        found: list[Reject] = []

        def reject(row: int, raw: str, reason: str) -> None:
            text = raw if len(raw) <= RAW_LIMIT else raw[:RAW_LIMIT] + "…"
            found.append(Reject(row, text, reason))

        yield from passes(reject)
        complete[:] = [sorted(found)]

    def rejects() -> list[Reject]:
        if not complete:
            for _ in frames():
                pass
        return list(complete[0])

    return Table(name, path, columns, frames, details, rejects)
