"""A delivered table laid down as Parquet parts, so that it can be looked at whole and in blocks.

Reading a file once and laying it down makes the rest simple: a column can be judged over all its
values, and blocks are the same every time. The fingerprint over all parts tells whether a delivery
was begun before, so that a killed import goes on where it was. The parts are removed afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from klantbeeld.core import sealing
from klantbeeld.pipeline.guarding import Guard, opened_originals
from klantbeeld.privacy.tables import Sighting
from klantbeeld.sources.tables import ROW, Reject, Table

PART_ROWS = 50_000
# So many parts are looked at together before the first is laid down.
HELD_PARTS = 4
APART = "apart"
Originals = Mapping[int, list[tuple[str, tuple[str, ...], str, str]]]


@dataclass(frozen=True)
class Staged:
    """One table on disk: `rows` rows in parts of at most `PART_ROWS`, and the rejected rows."""

    folder: Path
    columns: tuple[str, ...]
    rows: int
    parts: int
    rejects: tuple[Reject, ...]
    fingerprint: str
    # What special data was taken out, and the file with what may be kept of it, sealed.
    special: tuple[Sighting, ...] = ()
    apart: Path | None = None

    def originals(self) -> Originals:
        """Row to (column, kinds, treatment, text) of what was taken out and may be kept."""
        return opened_originals(pl.read_parquet(self.apart)) if self.apart else {}

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


def stage(table: Table, folder: Path, guard: Guard) -> Staged:
    """Lay `table` down in `folder`, which is made, without the special data that `guard` finds."""
    folder.mkdir(parents=True)
    rows, parts = 0, 0
    for frame in _guarded(_even(table.frames()), table, guard):
        frame.write_parquet(folder / f"{parts:06d}.parquet", compression="lz4")
        rows, parts = rows + len(frame), parts + 1
    if guard.is_late:
        _clean_again(folder, parts, guard)
    digest = hashlib.sha256("\x1f".join((table.name, *table.columns)).encode())
    for part in range(parts):
        digest.update((folder / f"{part:06d}.parquet").read_bytes())
    rejects = guard.rejects(table.rejects())
    for reject in rejects:
        digest.update(repr(tuple(reject)).encode())
    return Staged(
        folder, table.columns, rows, parts, rejects, digest.hexdigest(), guard.sightings(),
        _laid_apart(folder, guard),
    )  # fmt: skip


def _guarded(frames: Iterator[pl.DataFrame], table: Table, guard: Guard) -> Iterator[pl.DataFrame]:
    """The rows as they may be laid down; decided by the first of them, kept in memory so long."""
    held = list(islice(frames, HELD_PARTS))
    guard.decide(pl.concat(held, how="vertical_relaxed") if held else table.empty())
    yield from map(guard.clean, held)
    yield from (guard.clean(frame, is_later=True) for frame in frames)


def _clean_again(folder: Path, parts: int, guard: Guard) -> None:
    """What a column is turned out later than its first rows were laid down."""
    for part in range(parts):
        path = folder / f"{part:06d}.parquet"
        cleaned = guard.again(pl.read_parquet(path, memory_map=False))
        sealing.overwrite(path)
        cleaned.write_parquet(path, compression="lz4")


def _laid_apart(folder: Path, guard: Guard) -> Path | None:
    originals = guard.originals()
    if originals.is_empty():
        return None
    # In a folder of its own: parts are found by their ending.
    path = folder / APART / "sealed"
    path.parent.mkdir()
    originals.write_parquet(path)
    return path


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
