"""Taking a customer apart, merging two, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from klantbeeld.web.shapes.card import Lamp
from klantbeeld.web.shapes.common import Link, Value
from klantbeeld.web.shapes.customers import Hit


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """One record of a customer, to be chosen."""

    public_id: str
    source: str
    key: str
    name: str
    summary: str
    at: datetime | None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A customer as it is, or as it would be: what is known, what it comes to, may we contact.

    `facts` are label and value; `records` says in words which records it is made of.
    """

    title: str
    name: str
    kind: Literal["person", "organisation"]
    facts: tuple[tuple[str, Value], ...]
    lamps: tuple[Lamp, ...]
    records: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class SplitView:
    """Records to choose from; `parts` is who keeps what once some are chosen."""

    public_id: str
    name: str
    records: tuple[RecordChoice, ...]
    parts: tuple[Part, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MergeSearch:
    """Finding the other customer; `alike` are those that resemble this one and are kept apart."""

    public_id: str
    name: str
    text: str
    hits: tuple[Hit, ...]
    total: int
    alike: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two customers side by side, and the one they would be; `problem` when they cannot."""

    public_id: str
    other_id: str
    name: str
    parts: tuple[Part, ...]
    together: Part
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was done: whose card to show, and the key to take it back by."""

    public_id: str
    judgement_id: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One thing somebody said, in words; `with_whom` are the other customers it is about."""

    public_id: str
    text: str
    by: str
    at: datetime
    note: str
    is_active: bool
    revoked_at: datetime | None
    with_whom: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementsView:
    """Who said what about a customer, newest first."""

    public_id: str
    name: str
    rows: tuple[JudgementRow, ...]
    may_judge: bool
