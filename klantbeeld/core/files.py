"""The file store: bytes under their SHA-256 in the data folder, each content once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def _path(sha256: str) -> Path:
    return Path(settings.HOME) / "files" / sha256[:2] / sha256


def has(sha256: str) -> bool:
    """Whether the store holds this content."""
    return _path(sha256).is_file()


def keep(content: bytes) -> str:
    """Store bytes, once; returns their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{sha256}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes; raises FileNotFoundError when the store does not hold them."""
    if not has(sha256):
        raise FileNotFoundError("The store does not hold this content.")
    return _path(sha256).read_bytes()


def opened(sha256: str) -> BinaryIO:
    """The same to be read in pieces, and closed."""
    if not has(sha256):
        raise FileNotFoundError("The store does not hold this content.")
    return _path(sha256).open("rb")


def drop(sha256: str) -> None:
    """Overwrite and remove a content that nobody refers to any more."""
    path = _path(sha256)
    if path.is_file():
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
