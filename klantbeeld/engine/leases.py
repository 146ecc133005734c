"""Leases: how a writer knows that no reader can still hold an old partition file.

A reader of a lazy frame opens its files only when the frame is collected, maybe in another
process and long after a refresh. So it leaves a locked file `readers/<generation>-<token>`
for as long as it may read that generation. The lock is the operating system's: a reader that
crashed holds nothing.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from klantbeeld.engine.files import Lock
from klantbeeld.engine.manifest import Manifest

FOLDER = "readers"
TRIES = 100


class Lease:
    """A reader's claim on the files of one generation of a table; `release` may be repeated."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock

    def release(self) -> None:
        self._lock.release(remove=True)


def take(table_folder: Path, read: Callable[[], Manifest]) -> tuple[Lease, Manifest]:
    """The current manifest, as `read` gives it, and a lease on the files of that state.

    The manifest is read again once the lease is visible: a writer that swapped in between
    may have looked for leases before this one was there. The lease itself is looked up again
    too: a sweeper may have taken it for a dead one before it was locked.
    """
    folder = table_folder / FOLDER
    folder.mkdir(exist_ok=True)
    for _ in range(TRIES):
        generation = read().generation
        lock = Lock(folder / f"{generation}-{secrets.token_hex(8)}")
        if not lock.acquire():
            continue
        try:
            manifest = read()
            if lock.path.exists() and manifest.generation == generation:
                return Lease(lock), manifest
        except BaseException:
            lock.release(remove=True)
            raise
        lock.release(remove=True)
    raise TimeoutError(f"{table_folder.name}: its copy changes faster than it can be read")


def held_generations(table_folder: Path) -> list[int]:
    """Generations that a living reader holds, oldest first; leases of the dead are removed."""
    held = []
    for path in (table_folder / FOLDER).glob("*-*"):
        lock = Lock(path)
        if lock.acquire():
            lock.release(remove=True)
        elif path.exists():
            held.append(int(path.name.split("-")[0]))
    return sorted(held)
