"""Small shapes that every screen uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Tone = Literal["good", "warn", "bad", "info", "grey", "accent"]
"""What a colour means. Always shown with an icon and a word as well."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share as it is said: 34.0 is 34 %."""

    value: float


Value = str | int | Decimal | Money | Percent | date | datetime | None
"""Anything a cell can hold; moments are aware datetimes in the company's zone."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that deserves attention: colour, icon (a name in the sprite) and words."""

    text: str
    tone: Tone = "grey"
    icon: str = "flag"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A customer group: key (active, inactive, potential, possibly_interested, other), label."""

    key: str
    label: str
    tone: Tone = "grey"
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that counts what it would show; `href` is the same filter as a page."""

    key: str
    label: str
    count: int
    is_on: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Change against the period before, in percent; `is_good` None is neither good nor bad."""

    percent: int
    is_good: bool | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure.

    `value` is the figure, `note` the line under it; `definition`, `as_of` and `source` say what it
    is (shown on hover and focus), `href` opens the rows it is made of. `spark` are equally spaced
    values, oldest first, drawn as a line.
    """

    key: str
    label: str
    value: Value
    note: str = ""
    tone: Tone | None = None
    trend: Trend | None = None
    spark: tuple[int, ...] = ()
    definition: str = ""
    source: str = ""
    as_of: datetime | None = None
    href: str = ""
