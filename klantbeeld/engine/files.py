"""Durable files and locks that behave the same on Linux, macOS and Windows."""

import hashlib
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

# A variable, so that the type checker reads both branches on either system.
IS_WINDOWS: bool = sys.platform == "win32"
ATTEMPTS = 50
PAUSE_SECONDS = 0.02


def write_durably(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` fill a new file and return only when its bytes are on the disk."""
    with path.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Windows has no such call and needs none."""
    if IS_WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_durably(new: Path, old: Path) -> None:
    """Put `new` in the place of `old` in one step, and make that durable.

    Windows refuses while somebody has `old` open; readers hold it for a moment only, so
    it is tried again for a second before the PermissionError is passed on.
    """
    for attempt in range(ATTEMPTS):
        try:
            new.replace(old)
            break
        except PermissionError:
            if not IS_WINDOWS or attempt == ATTEMPTS - 1:
                raise
            time.sleep(PAUSE_SECONDS)
    sync_folder(old.parent)


def read_bytes(path: Path) -> bytes:
    """The whole file; on Windows tried again while it is being replaced."""
    for _ in range(ATTEMPTS):
        try:
            return path.read_bytes()
        except PermissionError:
            if not IS_WINDOWS:
                raise
            time.sleep(PAUSE_SECONDS)
    return path.read_bytes()


def remove(path: Path) -> bool:
    """Delete a file; False when Windows will not yet because somebody has it open."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if not IS_WINDOWS:
            raise
        return False
    return True


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """An exclusive lock on a file; the operating system lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting; False when another holder has it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self, *, remove: bool = False) -> None:
        """Let go, and delete the file when asked. Does nothing the second time."""
        if self._descriptor is None:
            return
        # POSIX deletes first, so that nobody can lock a file that is about to go;
        # Windows cannot delete an open file.
        if remove and not IS_WINDOWS:
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = None
        if remove and IS_WINDOWS:
            with suppress(PermissionError):
                self.path.unlink(missing_ok=True)
