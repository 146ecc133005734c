"""The data check-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from klantbeeld.web.shapes.common import Fact, Link, Tone


@dataclass(frozen=True, slots=True)
class CheckStep:
    """Something to do, in order of what it brings: what, why, and the rows."""

    title: str
    why: str
    count: int
    tone: Tone
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class CheckCell:
    """A figure of a source; `count` None where the source has no such thing."""

    count: int | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class CheckTable:
    """Sources with figures: a name and `cells` per column of `labels`."""

    key: str
    title: str
    note: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CheckCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class CheckupView:
    """How good the data are: key figures, what to do first, and tables per source."""

    as_of: datetime
    customers: int
    facts: tuple[Fact, ...] = ()
    steps: tuple[CheckStep, ...] = ()
    tables: tuple[CheckTable, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A customer behind a figure: where, what is the matter, and whom it may be the same as."""

    customer: Link
    source: str = ""
    record: str = ""
    problems: tuple[tuple[str, str, str], ...] = ()
    other: Link | None = None


@dataclass(frozen=True, slots=True)
class CheckRowsView:
    """The first rows behind a figure; with `has_more` there are others."""

    title: str
    advice: str
    rows: tuple[CheckRow, ...]
    has_more: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether these are pairs of customers that may be one."""
        return any(row.other for row in self.rows)

    @property
    def has_records(self) -> bool:
        """Whether any row is about what a source says, rather than about customers."""
        return any(row.source or row.record for row in self.rows)
