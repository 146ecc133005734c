"""What people type beside a fact (a reason, a tag, the name of a view), without special data.

Rooms below the one that recognises special data ask here; that room says how when it starts.
"""

from __future__ import annotations

from collections.abc import Callable

Screening = Callable[[str, str], str]
_SCREENING: list[Screening] = []


def set_screening(screening: Screening) -> None:
    """Say how a text under a heading is stored; the room that recognises it says so."""
    _SCREENING[:] = [screening]


def screened(text: str, heading: str = "") -> str:
    """The text as it may be stored."""
    if not text.strip() or not _SCREENING:
        return text
    return _SCREENING[0](text, heading)
