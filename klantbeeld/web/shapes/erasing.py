"""What erasing a customer takes away, and a file that is taken along."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Literal


@dataclass(frozen=True, slots=True)
class ErasedPart:
    """So many of something go."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What goes for good when a customer is erased; `sources` are where it came from.

    `holds` are the cases that keep it; `approvers` who could agree, apart from who looks;
    `asked` the erasure that was asked for already.
    """

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    parts: tuple[ErasedPart, ...]
    sources: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    holds: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    asked: str = ""


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One erasure in the list; `tone` colours its state."""

    public_id: str
    number: str
    state: str
    label: str
    tone: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What became of somebody in one store: how gone, how many, until when, and what to know."""

    store: str
    level: str
    label: str
    tone: str
    count: int
    until: datetime | None = None
    note: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One erasure: what was asked, who may agree, how far it is, and the receipt.

    `verdict` is may, needs_second, needs_exception, or "" when it is not waiting; `customer` and
    `name` are given while it waits. `done` of `steps` are walked; `still` says where the last
    search found something, so that it is done all over.
    """

    row: ErasureRow
    reason: str
    parts: tuple[ErasedPart, ...]
    verdict: str = ""
    approvers: tuple[str, ...] = ()
    customer: str = ""
    name: str = ""
    decided_at: datetime | None = None
    exception: str = ""
    kept_until: datetime | None = None
    done: int = 0
    steps: int = 0
    still: tuple[str, ...] = ()
    lines: tuple[ReceiptLine, ...] = ()
    not_covered: tuple[str, ...] = ()
    signature: str = ""
    is_genuine: bool = False
    # Of a part of a history, while it waits: what it is.
    is_part: bool = False
    part_label: str = ""
    part_text: str = ""
    part_day: date | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the user's own disk: what is large comes in pieces, or is read from a file.

    A file is closed when it is sent.
    """

    name: str
    media_type: str
    content: bytes | IO[bytes] | Generator[bytes]
