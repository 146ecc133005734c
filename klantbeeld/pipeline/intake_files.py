"""The folder of an intake: the files as they came, and their tables laid down to be looked at.

Reading a workbook is most of the work of looking at it, so it is read once: the trial run, a second
one after mending, and the loading all start from the tables as they were laid down.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import polars as pl
from django.conf import settings

from klantbeeld.core import sealing
from klantbeeld.pipeline.mended import put_cells
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.naming import Names
from klantbeeld.pipeline.plan import (
    OPENED,
    Plan,
    bytes_for,
    make_plan,
    relate,
    saved_mapping,
    staging_folder,
)
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.staging import APART, Staged
from klantbeeld.privacy.tables import Sighting
from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.tables import Mapping as ColumnsMapping
from klantbeeld.sources.tables import Reject, tables_in

# In bytes, of which file systems take 255.
NAME_LENGTH = 200
TABLES = "tables.json"
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Kept:
    """One table as it was laid down: enough to open it again."""

    source: str
    path: str
    name: str
    columns: tuple[str, ...]
    rows: int
    parts: int
    rejects: tuple[tuple[int, str, str], ...]
    fingerprint: str
    has_bytes: bool
    special: tuple[Sighting, ...] = ()


def folder_of(token: str) -> Path:
    """The folder of an intake."""
    return Path(settings.HOME) / "intake" / token


def new_token() -> str:
    """A name for a folder that nobody can guess."""
    return token_hex(12)


def keep_file(token: str, number: int, name: str, pieces: Iterable[bytes]) -> int:
    """Write one file down in pieces, sealed; returns its size in bytes."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    plain = plain.encode("utf-8", "replace")[-NAME_LENGTH:].decode("utf-8", "ignore")
    folder = folder_of(token) / "files" / str(number)
    folder.mkdir(parents=True)
    return sealing.seal_file(folder / (plain.lstrip(".") or "file"), pieces)


def files_of(token: str) -> list[Path]:
    """The files as they came, in order, each sealed."""
    folders = sorted((folder_of(token) / "files").iterdir(), key=lambda f: int(f.name))
    return [path for folder in folders for path in sorted(folder.iterdir())]


def opened_files(token: str, folder: Path) -> list[Path]:
    """The files as they came, in order, opened in a staging folder: they go with that."""
    opened = []
    for path in files_of(token):
        target = folder / OPENED / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(sealing.opened_file(path))
        opened.append(target)
    return opened


def staged_parts(token: str) -> list[Path]:
    """The tables as they were laid down, in parts."""
    return sorted(folder_of(token).glob("staged/*/*.parquet"))


def rows_of(token: str) -> Iterator[pl.LazyFrame]:
    """The rows of an intake: as they were laid down, else of the files as they came.

    What is opened for that is overwritten when the iterator is closed.
    """
    folder = folder_of(token)
    if (folder / TABLES).exists():
        yield from map(pl.scan_parquet, staged_parts(token))
    elif (folder / "files").exists():
        # Not read yet; or half, by somebody who is at it.
        with staging_folder() as opened:
            yield from _rows_in(_those_that_open(token, opened))


def _those_that_open(token: str, folder: Path) -> list[Path]:
    """None when the key is gone or the files are: then nobody reads them any more."""
    try:
        return opened_files(token, folder)
    except (sealing.CannotOpen, FileNotFoundError):
        return []


def _rows_in(files: Sequence[Path]) -> Iterator[pl.LazyFrame]:
    """Of each table what stands beside its rows, each text as a row, and its rows."""
    ignored: list[UnreadableFile] = []
    for path in files:
        # What a reader stumbles over it stumbles over for the worker too: it is never laid down.
        with suppress(Exception):
            for table in tables_in(path, ignored.append):
                with suppress(Exception):
                    yield from (frame.lazy() for frame in table.frames())
                    rejects = (reject.raw for reject in table.rejects())
                    yield pl.LazyFrame({"": [" ; ".join((table.name, *table.columns)), *rejects]})


def lay_down(token: str, progress: Progress, held: Sequence[Mapping[str, Any]] = ()) -> Plan:
    """Read, recognise and lay down all files of an intake; what an earlier try left goes first.

    held: what is known of the files, in order: the kinds of the numbers that were `masked` in a
    name.
    """
    staged, told = folder_of(token) / "staged", folder_of(token) / TABLES
    told.unlink(missing_ok=True)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    with staging_folder() as folder:
        opened = opened_files(token, folder)
        masked = {path: file.get("masked", ()) for path, file in zip(opened, held, strict=False)}
        plan = make_plan(opened, staged, progress=progress, names=Names(masked))
    kept = [_kept(found, n in plan.bytes_of) for n, found in enumerate(plan.found)]
    fresh = told.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(k) for k in kept]), encoding="utf-8")
    # At once: an erasure that looks meanwhile takes the tables for laid down when this is there.
    fresh.replace(told)
    return plan


def _kept(found: Found, has_bytes: bool) -> Kept:
    staged = found.staged
    rejects = tuple((r.row, r.raw, r.reason) for r in staged.rejects)
    return Kept(
        found.source, found.path, found.name, staged.columns, staged.rows, staged.parts, rejects,
        staged.fingerprint, has_bytes, staged.special,
    )  # fmt: skip


def tables_of(token: str) -> list[Kept]:
    """The tables as they were laid down, in order; none when the folder is gone."""
    path = folder_of(token) / TABLES
    if not path.exists():
        return []
    return [
        Kept(
            **{**held, "columns": tuple(held["columns"]),
               "rejects": tuple(tuple(r) for r in held["rejects"]),
               "special": tuple(_sighting(s) for s in held.get("special", ()))}
        )
        for held in json.loads(path.read_text(encoding="utf-8"))
    ]  # fmt: skip


def _sighting(told: dict[str, Any]) -> Sighting:
    return Sighting(**{**told, "rows": tuple((first, last) for first, last in told["rows"])})


def staged_of(token: str, number: int, kept: Kept) -> Staged:
    """One table as it was laid down."""
    folder = folder_of(token) / "staged" / str(number)
    apart = folder / APART / "sealed"
    return Staged(
        folder, kept.columns, kept.rows, kept.parts, tuple(Reject(*r) for r in kept.rejects),
        kept.fingerprint, kept.special, apart if apart.exists() else None,
    )  # fmt: skip


def plan_of(intake: Intake, folder: Path) -> Plan:
    """The plan that an import of these tables makes, by the intake's own mappings and cells.

    `folder` takes what stands differently from how it was laid down. Raises FileNotFoundError
    when the files are gone, as they are after a backup was put back.
    """
    plan = Plan()
    kept = tables_of(intake.token)
    if len(kept) != len(intake.mappings):
        raise FileNotFoundError(f"The files of intake {intake.pk} are gone.")
    for number, (table, text) in enumerate(zip(kept, intake.mappings, strict=True)):
        (mapping,) = ColumnsMapping.load(text).tables
        staged = staged_of(intake.token, number, table)
        found = Found(table.source, table.path, table.name, staged, mapping)
        put_cells(found, _cells(intake, number), folder / f"cells-{number}")
        plan.found.append(found)
        known = plan.mappings.get(table.source) or saved_mapping(table.source)
        plan.mappings[table.source] = (known or ColumnsMapping(table.source)).with_table(mapping)
    if any(table.has_bytes for table in kept):
        plan.bytes_of = dict(_bytes_of(opened_files(intake.token, folder), kept))
    relate(plan, folder)
    return plan


def _cells(intake: Intake, number: int) -> dict[int, dict[str, str]]:
    return {int(row): cells for row, cells in intake.edits.get(str(number), {}).items()}


def _bytes_of(
    files: Sequence[Path], kept: Sequence[Kept]
) -> Iterator[tuple[int, Callable[[int, str], bytes]]]:
    """Letters and attachments are read out of the files themselves, when they are wanted."""
    places = {(t.path, t.name): n for n, t in enumerate(kept) if t.has_bytes}
    ignored: list[UnreadableFile] = []
    names = Names()
    for path in files:
        for named in names.tables(path, ignored.append):
            table = named.table
            place, given = places.get((table.path, table.name)), bytes_for(table)
            if place is not None and given is not None:
                yield place, given


def folders_before(moment: float) -> list[str]:
    """The tokens of folders in which nothing was put since `moment` (seconds since 1970)."""
    base = folder_of("")
    found = base.iterdir() if base.is_dir() else ()
    return [folder.name for folder in found if folder.stat().st_mtime < moment]


def remove(token: str) -> None:
    """Overwrite and remove everything of an intake: it holds personal data."""
    folder = folder_of(token)
    for path in folder.rglob("*"):
        if path.is_file():
            sealing.overwrite(path)
    shutil.rmtree(folder, ignore_errors=True)
