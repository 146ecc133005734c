"""Correcting a customer: the fields as they hold, and the corrections in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.web.shapes.entering import EnterField


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction in force; `told` is when the recipients were told, None when not yet."""

    correction_id: str
    entry_id: str
    fields: str
    reason: str
    by: str
    on: date
    told: date | None


@dataclass(frozen=True, slots=True)
class CorrectView:
    """The form, and what was corrected; `recipients` are to be told of each correction."""

    public_id: str
    name: str
    fields: tuple[EnterField, ...]
    reason: str
    reason_problem: str
    rows: tuple[CorrectionRow, ...]
    recipients: tuple[str, ...]
