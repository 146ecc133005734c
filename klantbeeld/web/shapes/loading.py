"""What was delivered, what happened to it, and what waits in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from klantbeeld.web.shapes.common import Chip, Flag
from klantbeeld.web.shapes.special import FoundRow

DeliveryState = Literal["running", "done", "interrupted", "failed", "undone"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a delivery: sent = stored + unchanged + quarantined + suppressed + rejected."""

    sent: int
    stored: int
    unchanged: int
    quarantined: int
    suppressed: int
    rejected: int

    @property
    def is_balanced(self) -> bool:
        """Whether every row sent is accounted for."""
        parts = self.stored + self.unchanged + self.quarantined + self.suppressed + self.rejected
        return self.sent == parts


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with what it brought; the addresses open its last delivery and its customers."""

    name: str
    records: int
    last_at: datetime | None
    deliveries: int
    flag: Flag | None = None
    last_href: str = ""
    list_href: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery in a list; or `calls` of them, that a program made in one day."""

    public_id: str
    source: str
    files: tuple[str, ...]
    at: datetime
    by: str
    state: DeliveryState
    counts: Counts
    calls: int = 1


@dataclass(frozen=True, slots=True)
class DeliveriesView:
    """Sources, and their deliveries newest first; `older` is the id to pass as `before`."""

    sources: tuple[SourceRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    older: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    """One table of a delivered file: what it was taken for, and what its columns were taken for.

    `columns` pairs each column with its meaning in words.
    """

    path: str
    table: str
    holds: str
    columns: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows that share a reason; `outcome` is what happened to them."""

    reason: str
    advice: str
    count: int
    outcome: Literal["quarantined", "rejected", "suppressed", "past_term"]
    example: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing a delivery takes back; `blocked` says why it cannot be undone.

    `records` it brought first, `versions` are its changes to others, `customers` those whose card
    changes.
    """

    records: int
    versions: int
    interactions: int
    customers: int
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One delivery, whole; `mapping` is the YAML that was used.

    `together` are the latest of the `fellows` that were loaded with it.
    """

    row: DeliveryRow
    files: tuple[DeliveryFile, ...]
    problems: tuple[Problem, ...]
    seconds: float | None
    mapping: str = ""
    undo: UndoPreview | None = None
    message: str = ""
    together: tuple[DeliveryRow, ...] = ()
    special: tuple[FoundRow, ...] = ()
    fellows: int = 0
    # Documents that were kept without anybody having looked into them.
    documents_unread: int = 0


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A row that waits: where it stands, what is wrong, with which value."""

    public_id: str
    source: str
    path: str
    row_number: int
    column: str
    value: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuarantineView:
    """Rows in quarantine, newest delivery first; `reasons` filter them."""

    rows: tuple[QuarantineRow, ...]
    reasons: tuple[Chip, ...]
    total: int
    older: str = ""


@dataclass(frozen=True, slots=True)
class MendField:
    """One column of the row: as delivered, and what is wrong with it, if anything."""

    name: str
    value: str
    meaning: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MendView:
    """A quarantined row to mend; `next_id` is the row to go on with.

    `raw` is the row as it stands in the file when it could not be laid on the columns.
    """

    row: QuarantineRow
    advice: str
    fields: tuple[MendField, ...]
    next_id: str = ""
    left: int = 0
    raw: str = ""
