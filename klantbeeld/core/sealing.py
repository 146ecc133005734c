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


def is_current(sealed: bytes) -> bool:
    """Whether what was sealed was sealed with the key that seals now."""
    return bytes(sealed[:NAME_BYTES]) == _keys()[0][0]


def is_file_current(path: Path) -> bool:
    """The same of a file that `seal_file` wrote."""
    with path.open("rb") as file:
        return is_current(file.read(_LENGTH_BYTES + NAME_BYTES)[_LENGTH_BYTES:])


def reseal_file(path: Path, beside: Path) -> None:
    """Seal a file anew with the key that seals now, all of it or nothing.

    beside: a folder on the same disk; what an earlier try left there is overwritten.
    """
    beside.mkdir(parents=True, exist_ok=True)
    fresh = beside / path.name  # of the same name, to which every piece is bound
    seal_file(fresh, opened_file(path))
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(path)


def add_key() -> None:
    """Put a new key before those of the file: it seals from now on, the others still open.

    Raises ValueError where the keys come from the environment.
    """
    path = _key_file("put a new one first there")
    _keys()
    lines = [secrets.token_hex(KEY_BYTES), *path.read_text(encoding="utf-8").split()]
    _write_keys(path, lines)


def drop_old_keys() -> int:
    """Leave the key that seals now alone in the file; returns how many went.

    Raises ValueError where the keys come from the environment.
    """
    path = _key_file("take the old ones out there")
    first, *old = path.read_text(encoding="utf-8").split()
    _write_keys(path, [first])
    return len(old)


def _key_file(otherwise: str) -> Path:
    if os.environ.get("KLANTBEELD_SEALING_KEY", ""):
        raise ValueError(f"The keys stand in KLANTBEELD_SEALING_KEY: {otherwise}.")
    return Path(settings.HOME) / "sealing.key"


def _write_keys(path: Path, keys: list[str]) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _kept.cache_clear()


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
    if given:
        return _parsed(given)
    path = Path(settings.HOME) / "sealing.key"
    if not path.exists():
        _make_key(path)
    # Read again when the file changed: a process that runs on seals with the new key too.
    return _kept(str(path), path.stat().st_mtime_ns)


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    candidate = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as made:
        made.write(secrets.token_hex(KEY_BYTES))
    try:
        # Of two processes starting at once one wins; both read the winner's key.
        os.link(candidate, path)
    except OSError:
        if not path.exists():
            candidate.replace(path)
    candidate.unlink(missing_ok=True)


@lru_cache(maxsize=8)
def _kept(path: str, changed: int) -> list[tuple[bytes, bytes]]:
    """The keys of a file as it stood when it was last changed (ns)."""
    return _parsed(Path(path).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _parsed(text: str) -> list[tuple[bytes, bytes]]:
    keys = [bytes.fromhex(line) for line in text.split()]
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"A sealing key has {KEY_BYTES * 2} hexadecimal digits, one key a line.")
    return [(hashlib.sha256(key).digest()[:NAME_BYTES], key) for key in keys]
