"""A delivered table laid down as Parquet parts, so that it can be looked at whole and in blocks.

Reading a file once and laying it down makes the rest simple: a column can be judged over all its
values, and blocks are the same every time. The fingerprint over all parts tells whether a delivery
was begun before, so that a killed import goes on where it was. The parts are removed afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from klantbeeld.sources.tables import ROW, Reject, Table

PART_ROWS = 50_000


@dataclass(frozen=True)
class Staged:
    """One table on disk: `rows` rows in parts of at most `PART_ROWS`, and the rejected rows."""

    folder: Path
    columns: tuple[str, ...]
    rows: int
    parts: int
    rejects: tuple[Reject, ...]
    fingerprint: str

    def scan(self) -> pl.LazyFrame:
        """The whole table, lazily, in file order; `ROW` first."""
        if not self.parts:
            return pl.LazyFrame(schema={ROW: pl.Int64} | dict.fromkeys(self.columns, pl.String()))
        return pl.scan_parquet([self._part(n) for n in range(self.parts)], glob=False)

    def block(self, first: int, count: int) -> pl.DataFrame:
        """Parts `first` to `first + count`, as one frame."""
        numbers = range(first, min(first + count, self.parts))
        return pl.concat([pl.read_parquet(self._part(n)) for n in numbers])

    def _part(self, number: int) -> Path:
        return self.folder / f"{number:06d}.parquet"


def stage(table: Table, folder: Path) -> Staged:
    """Lay `table` down in `folder`, which is made."""
    folder.mkdir(parents=True)
    digest = hashlib.sha256("\x1f".join((table.name, *table.columns)).encode())
    rows, parts = 0, 0
    for frame in _even(table.frames()):
        part = folder / f"{parts:06d}.parquet"
        frame.write_parquet(part, compression="lz4")
        digest.update(part.read_bytes())
        rows, parts = rows + len(frame), parts + 1
    rejects = tuple(table.rejects())
    for reject in rejects:
        digest.update(repr(tuple(reject)).encode())
    return Staged(folder, table.columns, rows, parts, rejects, digest.hexdigest())


def _even(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows in frames of `PART_ROWS` (the last may be shorter)."""
    waiting: list[pl.DataFrame] = []
    held = 0
    for frame in frames:
        waiting.append(frame)
        held += len(frame)
        while held >= PART_ROWS:
            whole = pl.concat(waiting, how="vertical_relaxed")
            yield whole[:PART_ROWS]
            rest = whole[PART_ROWS:]
            waiting, held = [rest] if len(rest) else [], len(rest)
    if held:
        yield pl.concat(waiting, how="vertical_relaxed")


def type_names(schema: Mapping[str, pl.DataType]) -> dict[str, str]:
    """The types of the columns that are numbers, dates or moments, by name."""
    return {
        column: f"{dtype.base_type().__name__}/{getattr(dtype, 'time_zone', None) or ''}"
        for column, dtype in schema.items()
        if column != ROW and (dtype.is_numeric() or dtype.is_temporal())
    }


def type_named(name: str) -> pl.DataType:
    """The type with this name (see `type_names`)."""
    kind, _, zone = name.partition("/")
    return pl.Datetime("us", zone or None) if kind == "Datetime" else getattr(pl, kind)()
