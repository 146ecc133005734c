"""What the screen of informing one customer shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.web.shapes.common import Flag
from klantbeeld.web.shapes.registering import PaperView


@dataclass(frozen=True, slots=True)
class InformedRow:
    """One source: since when, by when he is to be told, when and how he was."""

    key: str
    name: str
    since: date
    due: date
    told: date | None
    how: str
    flag: Flag
    is_open: bool


@dataclass(frozen=True, slots=True)
class InformedView:
    """All sources of a customer, the worst first; `ways` are how somebody can be told."""

    public_id: str
    name: str
    rows: tuple[InformedRow, ...]
    ways: tuple[tuple[str, str], ...]
    today: date


@dataclass(frozen=True, slots=True)
class LetterView:
    """What one customer is told, as a letter: to whom, and the notice with his own sources."""

    name: str
    lines: tuple[str, ...]
    email: str
    sender: str
    reply_to: str
    day: str
    paper: PaperView
