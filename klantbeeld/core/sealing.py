"""What nobody may read by chance is sealed: AES-GCM of the library `cryptography`.

The key stands outside the database: in ``KLANTBEELD_SEALING_KEY``, else in the file
`sealing.key` of the home, made when it is first needed. Both may hold several keys, one a line
(hexadecimal, 256 bits); the first one seals, each of them opens what it sealed.

A sealed text is: four bytes that name the key, twelve bytes of nonce (random, never twice), the
ciphertext with its tag. It is bound to a place: elsewhere it does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NAME_BYTES, NONCE_BYTES = 32, 4, 12
PIECE = 1 << 20
_LENGTH_BYTES = 4


class CannotOpen(ValueError):
    """What was sealed does not open: its key is gone, or it was changed or moved."""


def seal(plain: bytes, place: str) -> bytes:
    """`plain` as only a holder of the key can read it, and only at `place`."""
    name, key = _keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    return name + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def opened(sealed: bytes, place: str) -> bytes:
    """What was sealed for `place`. Raises `CannotOpen`."""
    name, rest = sealed[:NAME_BYTES], sealed[NAME_BYTES:]
    key = dict(_keys()).get(bytes(name))
    if key is None:
        raise CannotOpen("The key that this was sealed with is not there.")
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
    except InvalidTag as error:
        raise CannotOpen("This was sealed for another place, or was changed.") from error


def mark_of(text: str) -> int:
    """A keyed hash (HMAC-SHA-256) of a text as a signed 64-bit number: equal texts, equal marks."""
    digest = hmac.new(_keys()[0][1], text.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def seal_file(path: Path, pieces: Iterable[bytes]) -> int:
    """Write pieces of any size down sealed; returns how many bytes they were."""
    size = number = 0
    waiting = bytearray()
    with path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            waiting += piece
            while len(waiting) > PIECE:
                _write(file, bytes(waiting[:PIECE]), f"{path.name}/{number}")
                del waiting[:PIECE]
                number += 1
        # The last piece says so, or a file could be cut short unseen.
        _write(file, bytes(waiting), f"{path.name}/{number}/last")
    return size


def _write(file: BinaryIO, piece: bytes, place: str) -> None:
    sealed = seal(piece, place)
    file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big"))
    file.write(sealed)


def opened_file(path: Path) -> Iterator[bytes]:
    """What `seal_file` wrote, in pieces. Raises `CannotOpen`."""
    with path.open("rb") as file:
        head, number = file.read(_LENGTH_BYTES), 0
        while head:
            sealed = file.read(int.from_bytes(head, "big"))
            head = file.read(_LENGTH_BYTES)
            yield opened(sealed, f"{path.name}/{number}" + ("" if head else "/last"))
            number += 1


def overwrite(path: Path) -> None:
    """Zeros over a file that is going to be removed."""
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(b"\0" * min(left, PIECE))
        file.flush()
        os.fsync(file.fileno())


def _keys() -> list[tuple[bytes, bytes]]:
    """(name, key) of each key; the first one seals."""
    given = os.environ.get("KLANTBEELD_SEALING_KEY", "")
    return _parsed(given) if given else _kept(str(Path(settings.HOME) / "sealing.key"))


@lru_cache(maxsize=8)
def _kept(path: str) -> list[tuple[bytes, bytes]]:
    file = Path(path)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        candidate = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as made:
            made.write(secrets.token_hex(KEY_BYTES))
        try:
            # Of two processes starting at once one wins; both read the winner's key.
            os.link(candidate, file)
        except OSError:
            if not file.exists():
                candidate.replace(file)
        candidate.unlink(missing_ok=True)
    return _parsed(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _parsed(text: str) -> list[tuple[bytes, bytes]]:
    keys = [bytes.fromhex(line) for line in text.split()]
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"A sealing key has {KEY_BYTES * 2} hexadecimal digits, one key a line.")
    return [(hashlib.sha256(key).digest()[:NAME_BYTES], key) for key in keys]
