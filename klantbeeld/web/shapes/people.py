"""Employees, what each may, their log-ins; who looked at whom, and whom a leak touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from klantbeeld.web.shapes.matching import Choice


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An employee; `reach` and `team` are keys, `is_self` for who looks at the page."""

    public_id: str
    name: str
    email: str
    role: str
    team: str
    reach: str
    is_active: bool
    has_second_step: bool
    must_have_one: bool
    log_ins: int
    is_self: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody used yet."""

    public_id: str
    name: str
    email: str
    role: str
    until: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with how many people are in it."""

    public_id: str
    name: str
    people: int


@dataclass(frozen=True)
class PeopleView:
    """The page of employees, teams and invitations."""

    rows: tuple[PersonRow, ...]
    teams: tuple[TeamRow, ...]
    invitations: tuple[InvitationRow, ...]
    roles: tuple[Choice, ...]
    reaches: tuple[Choice, ...]
    team_choices: tuple[Choice, ...]
    is_required: bool
    days: int


@dataclass(frozen=True, slots=True)
class RightRow:
    """A permission: what it is, its technical name, and a cell (key, words) for each role."""

    label: str
    key: str
    cells: tuple[tuple[str, str], ...]
    purposes: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role: for what it reads, what it does not see, and whether it logs in in two steps."""

    name: str
    purposes: str
    hidden: tuple[str, ...]
    is_two_steps: bool


@dataclass(frozen=True)
class RightsView:
    """Who may what: the declared table, room by room."""

    roles: tuple[RoleRow, ...]
    rooms: tuple[tuple[str, tuple[RightRow, ...]], ...]
    own_role: str


@dataclass(frozen=True, slots=True)
class LogInRow:
    """A log-in on a device."""

    public_id: str
    device: str
    address: str
    begun_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class LookRow:
    """An entry of the log in words, or several of one day that are alike: the last one counts."""

    at: datetime
    who: str
    role: str
    purpose: str
    what: str
    whom: str
    tone: str
    times: int = 1


@dataclass(frozen=True)
class LookedView:
    """Who looked at a customer."""

    public_id: str
    name: str
    rows: tuple[LookRow, ...]


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """Somebody broke the glass."""

    public_id: str
    who: str
    role: str
    reason: str
    at: datetime
    until: datetime
    is_running: bool
    customer: str
    customer_id: str


@dataclass(frozen=True)
class LogView:
    """The log: alarms, whether it is whole, its newest entries, and whose it can be asked."""

    alarms: tuple[AlarmRow, ...]
    findings: tuple[str, ...]
    verified_at: datetime | None
    signed_at: datetime | None
    rows: tuple[LookRow, ...]
    next: int
    accounts: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    asked: Mapping[str, str]
    since: str
    until: str

    @property
    def is_asked(self) -> bool:
        """Whether some entries are asked for, not all."""
        return any(self.asked.values())


@dataclass(frozen=True, slots=True)
class TouchedKind:
    """One way in which customers were touched: what it was, what data that shows, of how many."""

    what: str
    data: str
    customers: int


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A customer that was touched, when and how."""

    public_id: str
    name: str
    first: datetime
    last: datetime
    times: int
    what: str


@dataclass(frozen=True)
class BreachView:
    """Whom an account or key touched, before the file of it is made: counts and the first rows.

    `quarantined` is how many rows in quarantine were shown, which belong to nobody yet.
    """

    name: str
    asked: Mapping[str, str]
    since: date
    until: date
    customers: int
    entries: int
    quarantined: int
    kinds: tuple[TouchedKind, ...]
    rows: tuple[TouchedRow, ...]


@dataclass(frozen=True, slots=True)
class FollowedView:
    """Who follows a customer, and who could."""

    names: tuple[str, ...]
    chosen: str
    choices: tuple[Choice, ...]
    may_choose: bool
