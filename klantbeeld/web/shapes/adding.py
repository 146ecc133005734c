"""Adding data on screen: what was found in the files, what is asked about it, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from klantbeeld.web.shapes.common import Chip, Fact
from klantbeeld.web.shapes.special import FoundRow

Sureness = Literal["sure", "likely", "guess", "none", "chosen"]


@dataclass(frozen=True, slots=True)
class IntakeHead:
    """Which files these are and how far they are; `step` 1 to 5 of the steps on top of the page."""

    public_id: str
    title: str
    state: str
    step: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class AddView:
    """The page to add files on, with the intakes that are not finished."""

    waiting: tuple[IntakeHead, ...]


@dataclass(frozen=True, slots=True)
class ProgressView:
    """What is being done, how much of it is done (None when it cannot be said) and of how much."""

    head: IntakeHead
    stage: str
    done: int
    of: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a select under one heading: (key, words) each."""

    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column: values out of it, what it is taken for, and how sure that is, in words."""

    number: int
    column: str
    samples: tuple[str, ...]
    role: str
    sureness: Sureness
    said: str
    percent: int


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: what it holds, its columns, and a sentence on what it belongs to."""

    number: int
    name: str
    path: str
    holds: str
    rows: int
    recognised: int
    columns: tuple[ColumnRow, ...]
    relation: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell that is wrong; `name` is that of its field in the form."""

    name: str
    table: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read: why, and what to do."""

    path: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """What was recognised, to be confirmed. `is_first_cells`: there may be more wrong cells."""

    head: IntakeHead
    tables: tuple[TableView, ...]
    roles: tuple[Options, ...]
    kinds: tuple[tuple[str, str], ...]
    cells: tuple[CellRow, ...]
    unread: tuple[Unread, ...]
    is_first_cells: bool = False
    problem: str = ""
    special: tuple[FoundRow, ...] = ()

    @property
    def has_rows(self) -> bool:
        """Whether there is anything to load."""
        return any(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class ChannelColumn:
    """The column that says whether people may be approached over a channel ("" for none)."""

    channel: str
    label: str
    chosen: str


@dataclass(frozen=True, slots=True)
class SourceAsked:
    """What is asked about a source; with `known_basis` it was said before.

    Only of sources that list people is asked whether these may be approached.
    """

    number: int
    key: str
    name: str
    people: int
    asks_contact: bool
    columns: tuple[tuple[str, str], ...]
    channels: tuple[ChannelColumn, ...]
    contact: str
    reasoned: tuple[str, ...]
    reason: str
    basis: str
    known_basis: str = ""
    through: str = ""
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class ContactView:
    """May these people be approached, and why may the company hold them."""

    head: IntakeHead
    sources: tuple[SourceAsked, ...]
    bases: tuple[tuple[str, str, str], ...]
    problems: Mapping[str, str]
    ways: tuple[tuple[str, str], ...] = ()
    yes_no: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A row with what it would be: `said` in words, `href` the customer that it would join."""

    table: str
    row: int
    name: str
    place: str
    verdict: str
    said: str
    customer: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows that cannot be used for one reason."""

    said: str
    advice: str
    count: int


@dataclass(frozen=True, slots=True)
class UnusableView:
    """A row that cannot be used: its cells, of which the wrong ones can be typed over."""

    table: str
    row: int
    said: str
    cells: tuple[CellRow, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """What loading would do. `page` rows start at place `first`; `older` is the next place."""

    head: IntakeHead
    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    unusable: tuple[UnusableView, ...]
    chips: tuple[Chip, ...]
    rows: tuple[TrialRow, ...]
    relations: tuple[str, ...]
    total: int
    first: int
    next: int
    previous: int
    verdict: str
    is_partial: bool
    may_load: bool
    special: tuple[FoundRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A customer who stood in the files more than once, or was known already."""

    href: str
    name: str
    sources: int
    records: int


@dataclass(frozen=True, slots=True)
class ResultView:
    """What loading came to.

    `best_href` is the card of whoever spent most, or when nobody bought (`has_buyers` is not set)
    of whom most is known. `doubts` are pairs that were kept apart.
    """

    head: IntakeHead
    sentence: str
    groups: tuple[Chip, ...]
    customers: int
    doubles: int
    quarantined: int
    best_href: str
    has_buyers: bool
    doubts: int
    doubts_href: str
    deliveries: tuple[tuple[str, str], ...]
    may_undo: bool
    may_download: bool
    special: tuple[FoundRow, ...] = ()
    # Rows of behaviour that were left out, as they are older than it is kept.
    past_term: int = 0
    # Documents that were kept without anybody having looked into them.
    documents_unread: int = 0


@dataclass(frozen=True, slots=True)
class DoublesView:
    """The customers of these files who are made of several records."""

    head: IntakeHead
    rows: tuple[BroughtRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FailedView:
    """Why it failed and what to do."""

    head: IntakeHead
    message: str
    advice: str
    may_retry: bool
    unread: tuple[Unread, ...] = ()
