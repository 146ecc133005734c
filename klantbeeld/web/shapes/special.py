"""Special data on screen: what was found where, what is done with it, what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Done = Literal["block", "mask", "apart", "allow"]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Special data in one column; `said` is its kind in words, `rows` where it stands.

    `place` is where it stands when that is no column. `number` is the table's place among those
    of an intake; `href` leads to the delivery.
    """

    column: str
    table: str
    kind: str
    said: str
    rows: str
    counted: str
    treatment: Done
    done: str
    why: str
    is_guess: bool
    place: str = ""
    number: int = 0
    source: str = ""
    file: str = ""
    href: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What is done with one kind and by which law; `may_ground`: a recorded law changes it."""

    kind: str
    said: str
    done: str
    treatment: Done
    law: str
    since: str
    may_ground: bool


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A recorded law: `state` holds, ended or withdrawn."""

    public_id: str
    said: str
    source: str
    law: str
    purpose: str
    by: str
    at: datetime
    until: str
    state: Literal["holds", "ended", "withdrawn"]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A column of which somebody said what it is not, or that was found to hold a kind."""

    public_id: str
    source: str
    column: str
    said: str
    is_special: bool
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A sealed original: where it stood, until when it is kept (None: while its ground holds)."""

    public_id: str
    said: str
    source: str
    column: str
    row: int
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A document into which nobody could look: whose it is, and why."""

    name: str
    why: str
    at: datetime
    href: str
    customer: str
    customer_href: str


@dataclass(frozen=True, slots=True)
class SpecialView:
    """The page about special data. `total` originals lie sealed; None for who may not see them."""

    found: tuple[FoundRow, ...]
    rules: tuple[RuleRow, ...]
    grounds: tuple[GroundRow, ...]
    judged: tuple[JudgedRow, ...]
    sources: tuple[tuple[str, str], ...]
    originals: tuple[OriginalRow, ...]
    total: int | None
    may_rule: bool
    checked: str
    # What can be set aside for one source: kind and its words.
    topics: tuple[tuple[str, str], ...] = ()
    # Documents into which nobody could look, the newest, and how many there are.
    unread: tuple[UnreadRow, ...] = ()
    unread_total: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """What somebody typed that is special data: the kinds in words, and the text as it is stored.

    `may_keep`: a ground lets the original be kept apart.
    """

    said: tuple[str, ...]
    text: str
    may_keep: bool
