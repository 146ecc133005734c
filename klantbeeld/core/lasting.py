"""Keys of what must be known again for ever: the log, tombstones, receipts, addresses of pages.

They come from the lasting keys and not from the secret key of sessions, so that the secret key can
be replaced (a leak, a colleague who left) while the log still verifies and nobody who was erased
comes back. A lasting key can be followed by another: the newest makes what is new, the others stay
for what was made with them. They stand one a line, the newest first. The database keeps marks of
its keys: without one of them nothing is hashed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from klantbeeld.core import choices

FILE = "lasting.key"
SETTING = "lasting-key"
VARIABLE = "KLANTBEELD_LASTING_KEY"
MARK = 16


class AnotherKey(RuntimeError):
    """What is kept here was hashed with another lasting key; the text says what to do."""


def key(use: str, mark: str = "") -> bytes:
    """The 32 bytes for one use, such as ``tombstones``: of the newest key, or of one by its mark.

    Raises `AnotherKey` for a mark of no key here.
    """
    held = _keys()
    if not mark:
        return _derived(use, held[0])
    for secret in held:
        if _mark(secret) == mark:
            return _derived(use, secret)
    raise AnotherKey(_ADVICE)


def keys(use: str) -> list[bytes]:
    """The same of every key, the newest first."""
    return [_derived(use, secret) for secret in _keys()]


def marks() -> list[str]:
    """What tells the keys apart, and not what they are; the newest first."""
    return [_mark(secret) for secret in _keys()]


def first() -> str:
    """The key of the beginning, under which public ids stay what they are."""
    return _keys()[-1]


@lru_cache(maxsize=256)
def _derived(use: str, secret: str) -> bytes:
    return hashlib.sha256(f"{use}/{secret}".encode()).digest()


def _mark(secret: str) -> str:
    return _derived("mark", secret).hex()[:MARK]


def _keys() -> tuple[str, ...]:
    path = Path(settings.HOME) / FILE
    if os.environ.get(VARIABLE) or not path.exists():
        return _parsed(settings.LASTING_KEY)
    # Read again when the file changed: a process that runs on follows at once.
    return _kept(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _kept(path: str, changed: int) -> tuple[str, ...]:
    return _parsed(Path(path).read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _parsed(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


_ADVICE = (
    f"This database was used with another {FILE}: nobody who was erased would be known "
    f"again. Bring back the {FILE} (or {VARIABLE}) that belongs to it."
)


def require() -> None:
    """Raise `AnotherKey` unless every key that the database knows is here; new ones are noted."""
    known, held = choices.chosen(SETTING), marks()
    # One mark, from before there could be several.
    told = [known] if isinstance(known, str) else list(known or ())
    if not set(told) <= set(held):
        raise AnotherKey(_ADVICE)
    if told != held:
        choices.choose(SETTING, held)


def add_key() -> None:
    """Put a new key before those of the file: what is new is made with it from now on.

    Raises ValueError where the keys come from the environment.
    """
    if os.environ.get(VARIABLE):
        raise ValueError(
            f"The keys stand in {VARIABLE}: put a new one there, on a line of its own before the "
            "others, and start again."
        )
    _write(Path(settings.HOME), [secrets.token_urlsafe(64), *_keys()])


def _write(home: Path, held: Sequence[str]) -> None:
    target = home / FILE
    fresh = target.with_name(f"{FILE}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(held))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)
    _kept.cache_clear()


def held_in(home: Path) -> list[str]:
    """The keys in the file of a home, the newest first; none when there is no file."""
    path = home / FILE
    return list(_parsed(path.read_text(encoding="utf-8"))) if path.exists() else []


def follow(home: Path, before: Sequence[str] = ()) -> None:
    """Go on with the keys of a home that was put back; one of before had the secret key only.

    `before` are the keys that the home had until now: a backup from before a new key does not
    take that away, or what was erased since would not be known.
    """
    # Keys that came from the environment stand in no file.
    if os.environ.get(VARIABLE):
        return
    former = home / "secret.key"
    if not (home / FILE).exists() and not former.exists():
        return
    found = held_in(home) or list(_parsed(former.read_text(encoding="utf-8")))
    if found[0] in before:
        found = list(before)
    _write(home, found)
    settings.LASTING_KEY = "\n".join(found)
