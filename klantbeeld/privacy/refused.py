"""What stands above consent: an objection to marketing, and a restriction of all use.

Neither can be recorded yet, so nobody has one; whoever records them answers here, and every
verdict, score and send follows.
"""

from __future__ import annotations

from collections.abc import Sequence


def has_objected(records: Sequence[int], purpose: str, at: int) -> bool:
    """Whether one of these records' people objected to this purpose before `at` (µs UTC)."""
    return False


def is_restricted(records: Sequence[int], at: int) -> bool:
    """Whether the use of one of these records was restricted at `at` (µs UTC)."""
    return False
