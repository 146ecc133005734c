"""Memory that was let go, handed back to the system before the next large step."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

# Of fewer rows there is nothing to speak of.
_WORTH_IT = 100_000


def hand_back(rows: int) -> None:
    """Have glibc hand back what lies free between what is still held; elsewhere nothing happens.

    Polars has a heap of its own, which cannot use what NumPy let go.
    """
    if rows >= _WORTH_IT and (trim := _trim()):
        trim(0)


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
