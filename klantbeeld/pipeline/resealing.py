"""Everything that lies sealed, sealed anew with the key that seals now.

Each thing is done whole or not at all and then knows its key, so a run that was killed is gone on
with by running it again: what is done is passed over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, sealing
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.staging import APART
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources.tables import ROW

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Resealed:
    """How many were sealed anew, and how many cannot be: their key is not there."""

    originals: int
    files: int
    lost: int


@needs("special.rule")
def reseal(actor: Actor, progress: Progress = lambda done: None) -> Resealed:
    """Seal originals, files on their way in and what was set apart from them with today's key."""
    originals, lost = privacy.reseal_originals(actor, progress)
    files = 0
    base = Path(settings.HOME) / "intake"
    for folder in sorted(base.iterdir()) if base.is_dir() else ():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.is_relative_to(folder / "again"):
                continue
            done, gone = _resealed(path, folder)
            files, lost = files + done, lost + gone
        shutil.rmtree(folder / "again", ignore_errors=True)
    audit.record(actor, "reseal", ("house", 0), {"originals": originals, "files": files})
    return Resealed(originals, files, lost)


def _resealed(path: Path, folder: Path) -> tuple[int, int]:
    """(done, lost) of one file of an intake."""
    try:
        if path.parent.parent == folder / "files" and not sealing.is_file_current(path):
            sealing.reseal_file(path, folder / "again" / path.parent.name)
            return 1, 0
        if path.parent.name == APART and path.name == "sealed":
            return int(_apart_resealed(path, folder)), 0
    except (FileNotFoundError, sealing.CannotOpen) as error:
        return 0, int(isinstance(error, sealing.CannotOpen))
    return 0, 0


def _apart_resealed(path: Path, folder: Path) -> bool:
    """What was set apart while a table was laid down: a column of sealed texts."""
    held = pl.read_parquet(path, memory_map=False)
    if all(map(sealing.is_current, held["sealed"].to_list())):
        return False
    places = [f"staged:{row}:{column}" for row, column in held.select(ROW, "column").iter_rows()]
    sealed = [
        sealing.seal(sealing.opened(text, place), place)
        for text, place in zip(held["sealed"].to_list(), places, strict=True)
    ]
    fresh = folder / "again" / "apart"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    held.with_columns(pl.Series("sealed", sealed, dtype=pl.Binary)).write_parquet(fresh)
    fresh.replace(path)
    return True
