"""Erasing a part of a history: what can go by itself, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.web.shapes.erasing import ErasedPart


@dataclass(frozen=True, slots=True)
class PartRow:
    """Something that can go by itself; `href` is "" when it goes with the whole customer only."""

    label: str
    text: str
    detail: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PartsView:
    """What of a customer can be erased by itself."""

    public_id: str
    name: str
    former: tuple[PartRow, ...]
    current: tuple[PartRow, ...]
    papers: tuple[PartRow, ...]
    subscriptions: tuple[PartRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """One part: what it is, what goes with it, who else loses it, who may agree.

    `what` is entry, document, subscription or a field with `value-` before it.
    """

    public_id: str
    name: str
    what: str
    key: str
    label: str
    text: str
    day: date | None
    parts: tuple[ErasedPart, ...]
    others: int
    sources: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    holds: tuple[str, ...]
    approvers: tuple[str, ...]
    asked: str = ""
