"""Keys of what must be known again for ever: the log, tombstones, receipts, addresses of pages.

They come from the lasting key and not from the secret key of sessions, so that the secret key can
be replaced (a leak, a colleague who left) while the log still verifies and nobody who was erased
comes back. The database keeps a mark of the lasting key: with another one nothing is hashed.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from klantbeeld.core import choices

FILE = "lasting.key"
SETTING = "lasting-key"


class AnotherKey(RuntimeError):
    """What is kept here was hashed with another lasting key; the text says what to do."""


def key(use: str) -> bytes:
    """The 32 bytes for one use, such as ``tombstones``."""
    return _derived(use, settings.LASTING_KEY)


@lru_cache(maxsize=64)
def _derived(use: str, secret: str) -> bytes:
    return hashlib.sha256(f"{use}/{secret}".encode()).digest()


def mark() -> str:
    """What tells this key from another one, and not what it is."""
    return key("mark").hex()[:16]


def require() -> None:
    """Raise `AnotherKey` unless this is the key that the database knows; the first one stays."""
    known = choices.chosen(SETTING)
    if known is None:
        choices.choose(SETTING, mark())
    elif known != mark():
        raise AnotherKey(
            f"This database was used with another {FILE}: nobody who was erased would be known "
            f"again. Bring back the {FILE} (or KLANTBEELD_LASTING_KEY) that belongs to it."
        )


def follow(home: Path) -> None:
    """Go on with the key of a home that was put back; one of before had the secret key only."""
    kept, former = home / FILE, home / "secret.key"
    held = kept if kept.exists() else former
    # Keys that came from the environment stand in no file.
    if os.environ.get("KLANTBEELD_LASTING_KEY") or not held.exists():
        return
    settings.LASTING_KEY = held.read_text(encoding="utf-8").strip()
