"""How matching decides, what it came to, what was tried; and the keys of other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from klantbeeld.web.shapes.common import Tone, Value


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a histogram: place and height in a box of 100 by 100, and what it stands for."""

    x: str
    y: str
    width: str
    height: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A histogram with marks (place, words) on its axis."""

    columns: tuple[Column, ...]
    marks: tuple[tuple[str, str, str], ...] = ()
    ticks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row of a table with a bar: words, figures, and the bar's start and width (0 to 100)."""

    label: str
    note: str
    value: str
    start: str
    width: str
    tone: str = "total"
    more: str = ""


@dataclass(frozen=True, slots=True)
class KindReport:
    """What the model holds for persons or organisations."""

    title: str
    facts: tuple[tuple[str, str, str], ...]
    weights: Plot | None
    keys: tuple[BarRow, ...]
    levels: tuple[BarRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report of a match of everything."""

    at: datetime | None
    version: str
    facts: tuple[tuple[str, Value], ...]
    sizes: tuple[BarRow, ...]
    kinds: tuple[KindReport, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick."""

    key: str
    label: str
    is_chosen: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """How many people may use one value of a kind, as typed: ever when `days` is empty."""

    key: str
    label: str
    persons: str
    days: str


@dataclass(frozen=True, slots=True)
class RulesForm:
    """The rules as they are, to be changed."""

    join_bits: str
    own_join_bits: str
    household: str
    own_household: str
    sources: tuple[Choice, ...]
    differing: tuple[Choice, ...]
    blocked: tuple[Choice, ...]
    blockable: tuple[Choice, ...]
    learn: tuple[Choice, ...]
    said: tuple[int, int]
    limits: tuple[LimitRow, ...] = ()
    priority: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ExperimentRow:
    """Something that was tried."""

    public_id: str
    at: datetime
    by: str
    note: str
    state: str
    tone: Tone
    icon: str
    changed: int | None


@dataclass(frozen=True, slots=True)
class MatchingView:
    """How matching decides, and what may be changed in it."""

    decided: tuple[tuple[str, str], ...]
    form: RulesForm
    experiments: tuple[ExperimentRow, ...]
    report: ReportView | None


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """A record in an example."""

    source: str
    name: str
    summary: str
    customer: str


@dataclass(frozen=True, slots=True)
class Example:
    """Customers as they are and as they would be; `compare` shows the two side by side."""

    title: str
    tone: Tone
    icon: str
    before: tuple[tuple[ExampleRecord, ...], ...]
    after: tuple[tuple[ExampleRecord, ...], ...]
    compare: str = ""


@dataclass(frozen=True, slots=True)
class ExperimentView:
    """What was tried, what it would change, and what may be done with it."""

    head: ExperimentRow
    is_busy: bool
    stage: str
    problem: str
    changes: tuple[str, ...]
    counts: tuple[tuple[str, int, str], ...]
    examples: tuple[Example, ...]
    may: tuple[str, ...]
    report: ReportView | None = None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of another program."""

    public_id: str
    name: str
    prefix: str
    rights: str
    source: str
    by: str
    at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    until: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys of other programs; `secret` is shown once, when it was just made."""

    rows: tuple[KeyRow, ...]
    rights: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    secret: str = ""
