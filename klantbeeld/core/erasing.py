"""The steps of erasing somebody, as rooms hand them in; who walks them lives in `privacy`.

A step is done again when the machine stopped halfway, so it has to mean the same the second time.
What it does to the database commits together with the note that it was done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

# What became of somebody in one store.
Level = Literal["gone", "rewritten", "overwritten_at", "kept_under_law", "not_covered", "told"]


@dataclass
class Work:
    """Who goes, and what must be remembered of them until everything is done.

    `values` are the texts that the search afterwards looks for; `files` names of contents and
    folders that go once their rows are gone, by room; `others` are records that share something
    with theirs; `known_by` are the kind and value of each identifier by which nobody but they are
    known. Kept in a file of its own, overwritten at the end.
    """

    number: str
    at: int
    customers: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    files: dict[str, list[str]] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    known_by: list[tuple[str, str]] = field(default_factory=list)
    # Table to the key hashes of what goes of it, where only a part of a history goes.
    part: dict[str, list[int]] = field(default_factory=dict)

    def save(self) -> None:
        """Write it down, durably, readable by its owner only."""
        path = _path(self.number)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    @classmethod
    def load(cls, number: str) -> Work | None:
        """What was written down; None when it is not there (any more)."""
        try:
            return cls(**json.loads(_path(number).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def forget(self) -> None:
        """Overwrite and remove the file."""
        overwrite(_path(self.number))


def folder() -> Path:
    """Where the ledger of tombstones and unfinished work lie; never part of a backup."""
    return Path(settings.HOME) / "erasures"


def _path(number: str) -> Path:
    return folder() / f"{number}.work"


def overwrite(path: Path) -> None:
    """Write zeros over a file, wait until they are on the disk, and remove it."""
    if not path.is_file():
        return
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(b"\0" * min(left, 1 << 20))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


@dataclass(frozen=True)
class Outcome:
    """What a step came to: counts by store, and how gone it is there.

    `until` is the moment (µs UTC) at which what is left is overwritten, 0 for none; `note` a key
    that the receipt explains in words, with `details` (numbers and dates, no values of people).
    """

    level: Level = "gone"
    counts: Mapping[str, int] = field(default_factory=dict)
    until: int = 0
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ErasureStep:
    """One step, in order; `key` is what the journal and the receipt call it.

    `is_atomic`: what it does and the note that it was done are one transaction. Work on files and
    on whole tables is done outside of one. `is_shared`: for many erasures at once it is done once.
    """

    key: str
    order: int
    act: Callable[[Work], Outcome]
    is_atomic: bool = True
    is_shared: bool = False


_STEPS: dict[str, ErasureStep] = {}


def add_step(step: ErasureStep) -> None:
    """Hand in a step of erasing."""
    _STEPS[step.key] = step


def steps() -> list[ErasureStep]:
    """All steps in order."""
    return sorted(_STEPS.values(), key=lambda s: (s.order, s.key))
