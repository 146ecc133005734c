"""Rows in quarantine that nobody reads, as they are about somebody who is restricted or erased."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from klantbeeld.privacy.tables import hidden_records
from klantbeeld.sources.marks import Marks
from klantbeeld.sources.models import Quarantined


def hidden_rows() -> set[int]:
    """The rows in quarantine about people whom nobody reads: restricted, or being erased."""
    records = hidden_records()
    every = Marks(records) if records else None
    if not every:
        return set()
    each = Marks.of_each(records)
    held = Quarantined.objects.exclude(state=Quarantined.DROPPED).order_by()
    return {
        key
        for key, *rows in held.values_list("pk", "values", "mended").iterator(chunk_size=500)
        if any(_tells(every, row) and any(_tells(one, row) for one in each) for row in rows)
    }


def _tells(marks: Marks, row: Any) -> bool:
    return isinstance(row, dict) and bool(row) and marks.fits(row)


def waiting_rows() -> QuerySet[Quarantined]:
    """The open rows that may be read."""
    held = Quarantined.objects.filter(state=Quarantined.OPEN)
    hidden = hidden_rows()
    return held.exclude(pk__in=hidden) if hidden else held
