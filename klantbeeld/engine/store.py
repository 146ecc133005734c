"""The columnar copy: a folder per table, partition files and a manifest that is swapped whole.

The database is the truth; everything here may be thrown away and rebuilt. At any moment,
also after a power cut, a table is in its old or in its new state:

1. new partition files are written under names never used before, and reach the disk;
2. the new manifest is written beside the old one, reaches the disk and takes its place in
   one step (`os.replace`): this is the moment of change;
3. files that only older states used are removed when no reader's lease can want them.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from klantbeeld.engine import files, leases
from klantbeeld.engine.errors import NoCopy, RebuildNeeded, SchemaError, StoreBusy
from klantbeeld.engine.leases import Lease
from klantbeeld.engine.manifest import (
    DTYPES,
    PARTITIONS,
    Manifest,
    Partition,
    Schema,
    Watermark,
    decode,
    encode,
    schema_names,
)

MANIFEST = "manifest.json"
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")

Partitions = Mapping[int, Iterable[pl.DataFrame]]


@dataclass(frozen=True)
class Snapshot:
    """One state of a table and the lease that keeps its files; release it when done."""

    manifest: Manifest
    folder: Path
    lease: Lease

    @property
    def paths(self) -> list[Path]:
        return [self.folder / p.file for _, p in sorted(self.manifest.partitions.items())]


class Store:
    """The copies of all tables under `folder`; any number of processes may read, one refreshes."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).absolute()

    def tables(self) -> list[str]:
        """Names of the tables that have a copy, sorted."""
        return sorted(path.parent.name for path in self.folder.glob(f"*/{MANIFEST}"))

    def watermark(self, table: str) -> Watermark:
        """Up to where the copy of `table` follows the database; raises RebuildNeeded."""
        return self.manifest(table).watermark

    def manifest(self, table: str) -> Manifest:
        """The current state of `table`; raises NoCopy or RebuildNeeded."""
        folder = self._folder(table)
        try:
            data = files.read_bytes(folder / MANIFEST)
        except FileNotFoundError as error:
            raise NoCopy(table) from error
        return decode(table, data)

    def snapshot(self, table: str) -> Snapshot:
        """The current state of `table` with a lease on its files; raises RebuildNeeded."""
        folder = self._folder(table)
        self.manifest(table)  # no folder for leases is made where there is no copy
        lease, manifest = leases.take(folder, lambda: self.manifest(table))
        try:
            for partition in manifest.partitions.values():
                _check_size(table, folder / partition.file, partition)
        except BaseException:
            lease.release()
            raise
        return Snapshot(manifest, folder, lease)

    def refresh(
        self, table: str, partitions: Partitions, schema: Schema, watermark: Watermark
    ) -> Manifest:
        """Replace the named partitions and move the watermark, all in one step.

        `partitions`: number (0 to 63) -> frames with the columns of `schema`, together all rows
        of that partition; one partition is in memory at a time. Partitions not named stay. The
        first refresh, one with another schema, and one with a lower position than the copy
        has (a restored database) must name all 64; else RebuildNeeded. Raises SchemaError when
        a frame does not fit, StoreBusy when another process is refreshing the table; in every
        case of failure the old state stands.
        """
        names = schema_names(schema)
        folder = self._folder(table)
        _check_numbers(partitions)
        with self._writing(table):
            old = self._replaceable(table, set(partitions), names, watermark)
            fresh = _write(folder, partitions, names)
            kept = {n: p for n, p in old.partitions.items() if n not in partitions} if old else {}
            generation = old.generation + 1 if old else 1
            manifest = Manifest(
                table, generation, names, watermark, kept | fresh, _retired(folder, old, kept)
            )
            self._swap(folder, manifest)
            _sweep(folder, manifest)
        return manifest

    def drop(self, table: str) -> int:
        """Forget the copy of `table`; returns how many files living readers still hold.

        Raises StoreBusy when another process is refreshing the table.
        """
        folder = self._folder(table)
        if not folder.exists():
            return 0
        with self._writing(table):
            if not files.remove(folder / MANIFEST):
                raise StoreBusy(table)
            files.sync_folder(folder)
            return _sweep(folder, None)

    def sweep(self, table: str) -> int:
        """Remove what no reader can want any more; returns how many old files are still held.

        Every refresh sweeps. Call it to be sure that the bytes of erased rows are gone.
        """
        folder = self._folder(table)
        if not folder.exists():
            return 0
        with self._writing(table):
            try:
                manifest: Manifest | None = self.manifest(table)
            except NoCopy:
                manifest = None
            return _sweep(folder, manifest)

    def verify(self, table: str | None = None) -> dict[str, Watermark]:
        """Read every byte of one table or all; table -> watermark, or RebuildNeeded."""
        checked = {}
        for name in [table] if table else self.tables():
            snapshot = self.snapshot(name)
            try:
                for partition in snapshot.manifest.partitions.values():
                    _check_content(snapshot, partition)
            finally:
                snapshot.lease.release()
            checked[name] = snapshot.manifest.watermark
        return checked

    def _folder(self, table: str) -> Path:
        if not _TABLE_NAME.fullmatch(table):
            raise ValueError(f"'{table}' is not a table name: a-z, 0-9 and _ after a letter")
        return self.folder / table

    @contextmanager
    def _writing(self, table: str) -> Iterator[None]:
        folder = self._folder(table)
        folder.mkdir(parents=True, exist_ok=True)
        lock = files.Lock(folder / "writer.lock")
        if not lock.acquire():
            raise StoreBusy(table)
        try:
            yield
        finally:
            lock.release()

    def _replaceable(
        self, table: str, numbers: set[int], names: Mapping[str, str], watermark: Watermark
    ) -> Manifest | None:
        """The state that a refresh builds on, or RebuildNeeded when it may not build on it."""
        is_whole = len(numbers) == PARTITIONS
        try:
            old = self.manifest(table)
        except RebuildNeeded:
            if is_whole:
                return None
            raise
        if is_whole:
            return old
        if old.schema != names:
            raise RebuildNeeded(table, "its columns have changed")
        if watermark.position < old.watermark.position:
            raise RebuildNeeded(
                table,
                f"it follows the change log to {old.watermark.position}, "
                f"the database only to {watermark.position}",
            )
        return old

    def _swap(self, folder: Path, manifest: Manifest) -> None:
        new = folder / f"{MANIFEST}.new"
        data = encode(manifest)
        files.write_durably(new, lambda file: file.write(data))
        files.replace_durably(new, folder / MANIFEST)


def _check_numbers(partitions: Partitions) -> None:
    wrong = [number for number in partitions if not 0 <= number < PARTITIONS]
    if wrong:
        raise ValueError(
            f"Partition {wrong[0]} does not exist: they run from 0 to {PARTITIONS - 1}"
        )


def _write(folder: Path, partitions: Partitions, names: Mapping[str, str]) -> dict[int, Partition]:
    """Write the files of the named partitions; they belong to nothing until the swap."""
    written: dict[int, Partition] = {}
    new: list[Path] = []
    try:
        for number, frames in partitions.items():
            data = _rows(frames, names)
            if not data.height:
                continue
            path = folder / f"{number:02}-{secrets.token_hex(8)}.parquet"
            new.append(path)
            files.write_durably(path, partial(data.write_parquet, statistics=True))
            size, digest = path.stat().st_size, files.checksum(path)
            written[number] = Partition(path.name, data.height, size, digest)
    except BaseException:
        for path in new:
            files.remove(path)
        raise
    files.sync_folder(folder)
    return written


def _rows(frames: Iterable[pl.DataFrame], names: Mapping[str, str]) -> pl.DataFrame:
    """All frames as one with exactly the columns of the schema."""
    schema = {name: DTYPES[dtype] for name, dtype in names.items()}
    fitted = [_fit(frame, schema) for frame in frames]
    return pl.concat(fitted) if fitted else pl.DataFrame(schema=schema)


def _fit(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    missing = [name for name in schema if name not in frame.columns]
    if missing:
        raise SchemaError(f"A frame lacks column '{missing[0]}'")
    frame = frame.select(list(schema))
    for name, dtype in schema.items():
        found = frame.schema[name]
        # A column of nothing but nulls has no type of its own; integers may only widen or
        # narrow without loss, which a strict cast sees to.
        if not (found == dtype or found == pl.Null or (found.is_integer() and dtype.is_integer())):
            raise SchemaError(f"Column '{name}' came as {found}, its schema says {dtype}")
    try:
        return frame.cast(pl.Schema(schema))
    except pl.exceptions.InvalidOperationError:
        # Polars' own text quotes the values, and those may be personal.
        raise SchemaError("A whole number does not fit the type its schema gives it") from None


def _retired(folder: Path, old: Manifest | None, kept: Mapping[int, Partition]) -> dict[str, int]:
    """Files of older states that still exist -> the generation that no longer needed them."""
    if old is None:
        return {}
    before = {name: at for name, at in old.retired.items() if (folder / name).exists()}
    gone = {p.file: old.generation + 1 for n, p in old.partitions.items() if n not in kept}
    return before | gone


def _sweep(folder: Path, manifest: Manifest | None) -> int:
    """Remove the files that neither the state nor a living reader can want; how many stay.

    A file that neither the manifest's partitions nor its retired list name was left by a
    crash or a drop; it goes as soon as nobody reads at all.
    """
    held = leases.held_generations(folder)
    current = {p.file for p in manifest.partitions.values()} if manifest else set()
    retired = manifest.retired if manifest else {}
    stays = 0
    for path in folder.glob("*.parquet"):
        if path.name in current:
            continue
        is_held = bool(held) and held[0] < retired.get(path.name, held[0] + 1)
        if is_held or not files.remove(path):
            stays += 1
    files.sync_folder(folder)
    return stays


def _check_size(table: str, path: Path, partition: Partition) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise RebuildNeeded(table, f"its file {path.name} is missing") from error
    if size != partition.bytes:
        raise RebuildNeeded(
            table, f"its file {path.name} has {size} bytes instead of {partition.bytes}"
        )


def _check_content(snapshot: Snapshot, partition: Partition) -> None:
    path = snapshot.folder / partition.file
    if files.checksum(path) != partition.sha256:
        raise RebuildNeeded(snapshot.manifest.table, f"its file {path.name} is damaged")
    lazy = pl.scan_parquet(path, glob=False)
    rows = lazy.select(pl.len()).collect().item()
    if rows != partition.rows or lazy.collect_schema() != snapshot.manifest.polars_schema():
        raise RebuildNeeded(
            snapshot.manifest.table, f"its file {path.name} is not what its manifest says"
        )
