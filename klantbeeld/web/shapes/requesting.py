"""Requests of customers: the register, one request, and the bundle that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.web.shapes.common import Flag, Link
from klantbeeld.web.shapes.matching import Choice


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request: `name` is "" and `href` empty when its customer was erased."""

    public_id: str
    kind: str
    name: str
    card: str
    received: date
    by: str
    due: date
    left: str
    flag: Flag
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class RequestsView:
    """The register: those to be answered, the earliest due first, and those that were."""

    open: tuple[RequestRow, ...]
    closed: tuple[RequestRow, ...]
    kinds: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class CustomerRequestsView:
    """What one customer asked for, and the form for a new request."""

    public_id: str
    name: str
    rows: tuple[RequestRow, ...]
    kinds: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    today: date


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document of the bundle; `is_asked` when somebody has to decide about it."""

    key: str
    name: str
    verdict: str
    tone: str
    is_given: bool
    is_asked: bool
    href: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request with what can be done; `sections` is empty when there is no bundle for it.

    `steps` are what is still to be done, (text, is done) each.
    """

    row: RequestRow
    note: str
    answer: str
    extension: str
    identity: str
    identities: tuple[Choice, ...]
    steps: tuple[tuple[str, bool], ...]
    is_open: bool
    may_extend: bool
    extended_due: date
    customer: str = ""
    sections: tuple[tuple[str, int], ...] = ()
    masked: int = 0
    papers: tuple[PaperRow, ...] = ()
    has_bundle: bool = False
    # What is done about it on another screen: what that does, where, and what became of it.
    act: Link | None = None
    act_text: str = ""
    is_ready: bool = False
    done: Link | None = None
