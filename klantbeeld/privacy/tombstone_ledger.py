"""The copy of the tombstones outside the database: a backup put back forgets who was erased.

One JSON object a line, appended and brought to the disk before the database knows of it, in the
home's folder `erasures` or where KLANTBEELD_LEDGER says. Hashes only, and receipts: it tells nobody
who was erased, and it never is part of a backup.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klantbeeld.core import erasing, lasting

FILE = "ledger.jsonl"


class LedgerUnreadable(RuntimeError):
    """The ledger was made with another lasting key, or is no ledger; the text says what to do."""


def path() -> Path:
    """The file."""
    given = os.environ.get("KLANTBEELD_LEDGER")
    return Path(given) if given else erasing.folder() / FILE


def has_ledger() -> bool:
    """Whether anybody was ever erased here, as far as the ledger goes."""
    return path().exists()


def append(lines: Iterable[Mapping[str, Any]]) -> None:
    """Add lines and return once they are on the disk."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = _marks()[0]
    text = "".join(json.dumps({**line, "of": mark}) + "\n" for line in lines)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        if file.tell() and not _ends_in_newline(target):
            file.write(b"\n")
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_in_newline(target: Path) -> bool:
    with target.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _marks() -> list[str]:
    """What tells the installation's keys from others, and not what they are; the newest first."""
    return [key.hex()[:16] for key in lasting.keys("ledger")]


def lines() -> Iterator[dict[str, Any]]:
    """Every whole line; what a crash left half written is passed over.

    Raises `LedgerUnreadable` when the ledger belongs to another key: then nobody who was erased
    would be known again.
    """
    if not path().exists():
        return
    marks = _marks()
    for text in path().read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if line.get("of") not in marks:
            raise LedgerUnreadable(
                f"{path()} was written with another lasting key, so nobody who was erased can be "
                "known again: bring back the lasting.key that belongs to it."
            )
        yield line


@dataclass(frozen=True, slots=True)
class Remembered:
    """A tombstone: of which kind of identifier, since when, and by which erasure."""

    kind: str
    at: int
    number: str = ""


def tombstones() -> dict[bytes, Remembered]:
    """Hash to the latest tombstone with it."""
    held: dict[bytes, Remembered] = {}
    for line in lines():
        if line.get("t") == "tombstone":
            digest = base64.b64decode(line["hash"])
            one = Remembered(line["kind"], line["at"], line.get("number", ""))
            if digest not in held or held[digest].at < one.at:
                held[digest] = one
    return held


def receipts() -> dict[str, dict[str, Any]]:
    """Number to what was written down of an erasure that is done."""
    return {line["number"]: line for line in lines() if line.get("t") == "done"}


def tombstone_line(digest: bytes, kind: str, at: int, number: str) -> dict[str, Any]:
    """A tombstone as a line."""
    hash_ = base64.b64encode(digest).decode()
    return {"t": "tombstone", "hash": hash_, "kind": kind, "at": at, "number": number}
