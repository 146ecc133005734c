"""The folder of an intake: the files as they came, and their tables laid down to be looked at.

Reading a workbook is most of the work of looking at it, so it is read once: the trial run, a second
one after mending, and the loading all start from the tables as they were laid down.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from klantbeeld.pipeline.mended import put_cells
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.plan import Plan, bytes_for, make_plan, relate, saved_mapping
from klantbeeld.pipeline.relations import Found
from klantbeeld.pipeline.staging import Staged
from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.tables import Mapping, Reject, tables_in

# In bytes, of which file systems take 255.
NAME_LENGTH = 200
PIECE = 1 << 20
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


def folder_of(token: str) -> Path:
    """The folder of an intake."""
    return Path(settings.HOME) / "intake" / token


def new_token() -> str:
    """A name for a folder that nobody can guess."""
    return token_hex(12)


def keep_file(token: str, number: int, name: str, pieces: Iterable[bytes]) -> int:
    """Write one file down in pieces; returns its size in bytes."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    plain = plain.encode("utf-8", "replace")[-NAME_LENGTH:].decode("utf-8", "ignore")
    folder = folder_of(token) / "files" / str(number)
    folder.mkdir(parents=True)
    size = 0
    with (folder / (plain.lstrip(".") or "file")).open("wb") as file:
        for piece in pieces:
            size += file.write(piece)
    return size


def files_of(token: str) -> list[Path]:
    """The files as they came, in order."""
    folders = sorted((folder_of(token) / "files").iterdir(), key=lambda f: int(f.name))
    return [path for folder in folders for path in sorted(folder.iterdir())]


def lay_down(token: str, progress: Progress) -> Plan:
    """Read, recognise and lay down all files of an intake; what an earlier try left goes first."""
    staged = folder_of(token) / "staged"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    plan = make_plan(files_of(token), staged, progress=progress)
    kept = [_kept(found, n in plan.bytes_of) for n, found in enumerate(plan.found)]
    text = json.dumps([asdict(k) for k in kept])
    (folder_of(token) / "tables.json").write_text(text, encoding="utf-8")
    return plan


def _kept(found: Found, has_bytes: bool) -> Kept:
    staged = found.staged
    rejects = tuple((r.row, r.raw, r.reason) for r in staged.rejects)
    return Kept(
        found.source, found.path, found.name, staged.columns, staged.rows, staged.parts, rejects,
        staged.fingerprint, has_bytes,
    )  # fmt: skip


def tables_of(token: str) -> list[Kept]:
    """The tables as they were laid down, in order; none when the folder is gone."""
    path = folder_of(token) / "tables.json"
    if not path.exists():
        return []
    return [
        Kept(
            **{**held, "columns": tuple(held["columns"]),
               "rejects": tuple(tuple(r) for r in held["rejects"])}
        )
        for held in json.loads(path.read_text(encoding="utf-8"))
    ]  # fmt: skip


def staged_of(token: str, number: int, kept: Kept) -> Staged:
    """One table as it was laid down."""
    return Staged(
        folder_of(token) / "staged" / str(number), kept.columns, kept.rows, kept.parts,
        tuple(Reject(*r) for r in kept.rejects), kept.fingerprint,
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
        (mapping,) = Mapping.load(text).tables
        staged = staged_of(intake.token, number, table)
        found = Found(table.source, table.path, table.name, staged, mapping)
        put_cells(found, _cells(intake, number), folder / f"cells-{number}")
        plan.found.append(found)
        known = plan.mappings.get(table.source) or saved_mapping(table.source)
        plan.mappings[table.source] = (known or Mapping(table.source)).with_table(mapping)
    if any(table.has_bytes for table in kept):
        plan.bytes_of = dict(_bytes_of(intake.token, kept))
    relate(plan, folder)
    return plan


def _cells(intake: Intake, number: int) -> dict[int, dict[str, str]]:
    return {int(row): cells for row, cells in intake.edits.get(str(number), {}).items()}


def _bytes_of(
    token: str, kept: Sequence[Kept]
) -> Iterator[tuple[int, Callable[[int, str], bytes]]]:
    """Letters and attachments are read out of the files themselves, when they are wanted."""
    places = {(t.path, t.name): n for n, t in enumerate(kept) if t.has_bytes}
    ignored: list[UnreadableFile] = []
    for path in files_of(token):
        for table in tables_in(path, ignored.append):
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
            _overwrite(path)
    shutil.rmtree(folder, ignore_errors=True)


def _overwrite(path: Path) -> None:
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(b"\0" * min(left, PIECE))
        file.flush()
        os.fsync(file.fileno())
