"""Uploads that are too large for memory: never in plain on disk, not for a moment either.

Django would lay them down in its temporary file while the request is read. Here they lie in the
home's own folder, sealed with a key that this process alone holds and forgets with the file, and
without a name: a kill leaves nothing. Where a file must have one (Windows) the next start removes
what nobody can open any more.
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

_LENGTH_BYTES, _NONCE_BYTES = 4, 12


def folder() -> Path:
    """Where uploads lie while they come in."""
    return Path(settings.HOME) / "uploads"


def clear(seconds: float = 0.0) -> int:
    """Remove what killed processes left: files untouched for so long; returns how many."""
    before = time.time() - seconds
    held = [path for path in folder().glob("*") if path.stat().st_mtime <= before]
    for path in held:
        path.unlink(missing_ok=True)
    return len(held)


class SealedSpool:
    """A file that is written in order and read from the start; gone when it is closed."""

    def __init__(self) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        self._path = folder() / secrets.token_hex(12)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(self._path, flags, 0o600), "w+b")
        if os.name != "nt":
            self._path.unlink()  # it has no name: with this process it is gone
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._written = self._read = 0
        self._left = b""

    def write(self, piece: bytes) -> int:
        """Add a piece, sealed."""
        nonce = self._written.to_bytes(_NONCE_BYTES, "big")  # never twice under this file's key
        self._written += 1
        sealed = self._cipher.encrypt(nonce, bytes(piece), None)
        self._file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        return len(piece)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Back to the start; elsewhere there is no going."""
        if place or whence != os.SEEK_SET:
            raise OSError("An upload is read from its start.")
        self._file.seek(0)
        self._read, self._left = 0, b""
        return 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, b"" at the end."""
        found = bytearray(self._left)
        while size < 0 or len(found) < size:
            head = self._file.read(_LENGTH_BYTES)
            if not head:
                break
            sealed = self._file.read(int.from_bytes(head, "big"))
            nonce = self._read.to_bytes(_NONCE_BYTES, "big")
            found += self._cipher.decrypt(nonce, sealed, None)
            self._read += 1
        end = len(found) if size < 0 else size
        self._left = bytes(found[end:])
        return bytes(found[:end])

    @property
    def closed(self) -> bool:
        """Whether it is gone."""
        return self._file.closed

    def close(self) -> None:
        """Close and remove it."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class SealedUploads(FileUploadHandler):
    """Takes every upload that the handlers before it leave, into a `SealedSpool`."""

    file: UploadedFile[Any] | None = None

    def new_file(self, *given: Any, **named: Any) -> None:
        """An upload begins."""
        super().new_file(*given, **named)
        self.file = UploadedFile(
            SealedSpool(), self.file_name, self.content_type, 0, self.charset,  # type: ignore[arg-type]
            self.content_type_extra,
        )  # fmt: skip

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of it."""
        if self.file is not None:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """It is whole."""
        if self.file is not None:
            self.file.seek(0)
            self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """The other side went away."""
        if self.file is not None:
            self.file.close()
