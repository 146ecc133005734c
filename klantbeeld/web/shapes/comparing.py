"""Two records side by side: what differs, letter by letter, and the sum of why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from klantbeeld.web.shapes.common import Link, Percent, Tone, Value


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value, and whether the other side does not have it."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One thing on both sides, and what the model makes of it in words."""

    label: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    words: str
    tone: Tone
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records and the customer it is of; `facts` are the customer's."""

    record_id: str
    customer_id: str
    name: str
    kind: str
    source: str
    key: str
    at: datetime | None
    records: int
    facts: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the waterfall: where its bar starts and ends, from 0 to 100 of the width.

    `bits` is what it adds, `total` what stands after it.
    """

    label: str
    words: str
    bits: float
    total: float
    start: str
    width: str
    tone: Literal["up", "down", "total", "none"]
    strength: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The sum as bars; `joins` and `asks` are where the bars for joining and asking stand."""

    bars: tuple[Bar, ...]
    joins: str
    asks: str
    zero: str
    weight: float
    bar: float


@dataclass(frozen=True, slots=True)
class RecordOption:
    """A record that can be chosen for one side of the comparison."""

    public_id: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CompareView:
    """Why two records are one customer, or are not."""

    left: Side
    right: Side
    title: str
    verdict: str
    tone: Tone
    because: tuple[str, ...]
    rows: tuple[BesideRow, ...]
    waterfall: Waterfall | None
    chances: tuple[tuple[str, Percent, Tone], ...]
    lefts: tuple[RecordOption, ...] = ()
    rights: tuple[RecordOption, ...] = ()
    may_judge: bool = False

    @property
    def is_one(self) -> bool:
        """Whether both are of one customer."""
        return self.left.customer_id == self.right.customer_id


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """Why pairs wait, to choose from: how many and what it means."""

    key: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The pair that a person is asked about, and how many wait; `pair` is None when none does.

    `today` is how many of those are left of a day's work: of these a judgement changes most.
    `doubt_id` is where skipping goes on from. `household` says that the two are likely to be of
    one house.
    """

    count: int
    reasons: tuple[ReviewReason, ...]
    pair: CompareView | None = None
    doubt_id: str = ""
    reason: str = ""
    why_asked: str = ""
    split: Link | None = None
    today: int = 0


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was said of a pair, to be taken back by."""

    judgement_id: str
    left: str
    right: str
