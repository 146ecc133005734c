"""What limits the use of a customer, and how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.web.shapes.matching import Choice


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit that holds: `act` lifts it, with `value` saying which."""

    kind: str
    label: str
    detail: str
    since: date
    by: str
    until: date | None
    act: str
    value: str
    customer: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class LimitsView:
    """What limits one customer, and the forms; `is_restricted` means that the name is not told."""

    public_id: str
    name: str
    is_restricted: bool
    restrictions: tuple[LimitRow, ...]
    objections: tuple[LimitRow, ...]
    holds: tuple[LimitRow, ...]
    reasons: tuple[Choice, ...]
    purposes: tuple[Choice, ...]
    open_requests: int = 0
    today: date | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """How long a purpose keeps, and what goes when."""

    purpose: str
    label: str
    what: str
    days: int
    register: str
    due: int
    soon: int
    held: int
    is_fixed: bool = False
    problem: str = ""
    # More is due than was counted.
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class WouldRow:
    """What a term that is not stored yet would do: what goes, and how much of it tonight."""

    label: str
    days: int
    due: int
    is_more: bool
    tonight: int
    held: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What is kept as long as the register says, and how much is past that."""

    label: str
    period: str
    due: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """What went for a purpose, when, and who had it go."""

    label: str
    count: int
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class RetentionView:
    """The terms, what went, and whether there is anything to run now."""

    terms: tuple[TermRow, ...]
    runs: tuple[RunRow, ...]
    soon_days: int
    is_due: bool
    kept: tuple[KeptRow, ...] = ()
