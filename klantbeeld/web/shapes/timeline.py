"""The history of one customer over all channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from klantbeeld.web.shapes.common import Chip, Flag, Link, Money, Tone, Value

Direction = Literal["in", "out", ""]


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """Which part of the history: one family or all (""), and entries older than `before`.

    `before` is the public id of the last entry already shown; `size` the number wanted.
    """

    family: str = ""
    before: str = ""
    size: int = 60


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One interaction, in one line.

    `day` is the company's calendar day; `at` is None when only the day is known. `family` chooses
    icon and colour (see `looks.FAMILIES`); `tone` overrides the colour when this entry is better
    or worse than its kind. `people` says with whom, `direction` which way. `has_more` when there
    is something to unfold (lines, text, attachments).

    An entry with `parts` stands for several that say little one by one (a newsletter sent, opened
    and clicked; the pages of a visit) and unfolds to them; `public_id` is that of the first part.
    """

    public_id: str
    day: date
    at: datetime | None
    family: str
    title: str
    detail: str = ""
    channel: str = ""
    direction: Direction = ""
    people: tuple[str, ...] = ()
    amount: Money | None = None
    flag: Flag | None = None
    tone: Tone | None = None
    source: str = ""
    has_more: bool = False
    is_upcoming: bool = False
    parts: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of the history: upcoming first (soonest first), then newest first.

    `older` is the public id to pass as `before` for the next page, "" at the end; `shown_day` is
    the day of the last entry of the page before, whose heading is not repeated.
    """

    entries: tuple[TimelineEntry, ...]
    chips: tuple[Chip, ...] = ()
    older: str = ""
    shown_day: date | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A named value of an unfolded entry."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order, as bought."""

    product: str
    quantity: Value
    unit_price: Money | None
    amount: Money | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part, and as what (from, to, handled by)."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """An unfolded entry: everything the source said about it, and where it came from.

    `entry` is its line in the history and `customer` leads back to the card. `body` is plain text
    (mail, note, letter); `attachments` lead to their contents; `record` names the source row;
    `delivery_href` opens the delivery that brought it.
    """

    entry: TimelineEntry
    customer: Link

    details: tuple[Detail, ...] = ()
    lines: tuple[OrderLine, ...] = ()
    people: tuple[Person, ...] = ()
    body: str = ""
    attachments: tuple[Link, ...] = ()
    record: str = ""
    delivery_href: str = ""
    # Where this alone can be erased, for who may.
    erase_href: str = ""
