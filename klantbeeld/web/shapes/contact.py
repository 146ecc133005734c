"""May we contact this customer: the page about it, the company's own settings, and people's own
pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from klantbeeld.web.shapes.card import Lamp
from klantbeeld.web.shapes.common import Tone

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ContactQuery:
    """What is asked: for which purpose, on which day (None: today), about what."""

    purpose: str = "marketing"
    day: date | None = None
    brand: str = ""
    topic: str = ""
    offered: str = ""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One statement of the ledger: what was said, how, and what proves it."""

    at: date
    channel: str
    state: str
    tone: Tone
    icon: str
    scope: str
    how: str
    proof: str
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteChoice:
    """Something recorded beside consent: what it is, whether it holds, since when, by whom."""

    key: str
    label: str
    help: str
    value: bool | None = None
    day: date | None = None
    by: str = ""
    has_day: bool = False


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail about consent, and what became of it."""

    at: datetime
    text: str
    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """Verdict per channel, the ledger up to the day asked about, and what can be entered.

    `problems` maps a field of the entry form to a sentence, `typed` what was typed in it.
    """

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    query: ContactQuery
    day: date
    is_past: bool
    lamps: tuple[Lamp, ...]
    lines: tuple[SaidLine, ...]
    purposes: tuple[Choice, ...]
    offers: tuple[Choice, ...]
    may_write: bool
    has_mail: bool
    channels: tuple[Choice, ...] = ()
    states: tuple[Choice, ...] = ()
    methods: tuple[Choice, ...] = ()
    asked_purposes: tuple[Choice, ...] = ()
    texts: tuple[Choice, ...] = ()
    forms: tuple[Choice, ...] = ()
    preference: tuple[str, str] = ("", "")
    imported_preference: str = ""
    brands: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[NoteChoice, ...] = ()
    mails: tuple[MailLine, ...] = ()
    own_page: str = ""


@dataclass(frozen=True, slots=True)
class SourceObtained:
    """How the addresses of a source came in, as far as anybody said."""

    key: str
    name: str
    through: str
    way_out: str


@dataclass(frozen=True, slots=True)
class ContactSettings:
    """What the company says of itself as a sender."""

    sender: str
    senders: tuple[Choice, ...]
    country: str
    countries: tuple[Choice, ...]
    days: int
    name: str
    way_out: str
    alike: str
    brands: str
    topics: str
    weighed: tuple[tuple[str, str, str], ...]
    sources: tuple[SourceObtained, ...]
    ways: tuple[Choice, ...]
    yes_no: tuple[Choice, ...]
    has_mail: bool
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What somebody sees who comes by a link in a message: no name, no address of anybody.

    `state` says what there is to see: ask, done, over or gone.
    """

    kind: Literal["confirm", "out", "preferences"]
    state: Literal["ask", "done", "over", "gone"]
    company: str
    words: str = ""
    about: str = ""
    channels: tuple[tuple[str, str, bool], ...] = ()
    offered: tuple[Choice, ...] = ()
    forms: tuple[Choice, ...] = ()
    preference: tuple[str, str] = ("", "")
    topics: tuple[tuple[str, str, bool], ...] = ()
