"""Rows in quarantine that tell of a single event or value, so that they go along with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.sources.errors import MappingError
from klantbeeld.sources.mappings import Mapping as SourceMapping
from klantbeeld.sources.marks import Marks
from klantbeeld.sources.models import Quarantined

# What a source calls a single thing by.
EVENT_NUMBERS = frozenset(
    {"order_number", "quote_number", "case_number", "event_id", "message_id",
     "subscription_number", "file_name"}
)  # fmt: skip


def about_event(
    sources: Sequence[int], keys: Collection[str], texts: Collection[str], records: Sequence[int]
) -> list[int]:
    """Rows of these sources (ids) with one of the numbers in its column.

    And rows about these records with one of the texts: another's complaint may say the same.
    """
    held = Quarantined.objects.filter(delivery__source__in=list(sources))
    wanted, said, marks = set(keys), [t for t in texts if t], Marks(records)
    found = []
    for row in held.select_related("delivery").iterator(chunk_size=500):
        cells = {**row.values, **row.mended}
        roles = roles_of(row.delivery.mapping, row.table)
        numbers = {str(v).strip() for c, v in cells.items() if roles.get(c) in EVENT_NUMBERS}
        whole = json.dumps([row.values, row.mended], ensure_ascii=False)
        says = any(json.dumps(t, ensure_ascii=False)[1:-1] in whole for t in said)
        if numbers & wanted or (says and (marks.fits(row.values) or marks.fits(row.mended))):
            found.append(row.pk)
    return found


def about_value(records: Sequence[int], tells: Callable[[str], bool]) -> list[int]:
    """Rows about these records of which the cells as one text tell a value."""
    marks = Marks(records)
    if not marks:
        return []
    found = []
    for row in Quarantined.objects.iterator(chunk_size=500):
        about = marks.fits(row.values) or marks.fits(row.mended)
        if about and tells(" ".join(_cells(row.values, row.mended))):
            found.append(row.pk)
    return found


def _cells(*rows: Mapping[str, Any]) -> list[str]:
    return [str(v) for row in rows for v in row.values() if v not in (None, "")]


@lru_cache(maxsize=64)
def roles_of(mapping: str, table: str) -> Mapping[str, str]:
    """Column as delivered to its role, of one table of a delivery's mapping."""
    try:
        tables = SourceMapping.load(mapping).tables if mapping else ()
    except MappingError:
        return {}
    return next((t.roles() for t in tables if t.table == table), {})


def marks_of(rows: Sequence[int]) -> list[tuple[int, int, Mapping[str, Any]]]:
    """Source (id), hash and cells of these rows: how quarantine knows them again."""
    held = Quarantined.objects.filter(pk__in=list(rows))
    return list(held.values_list("delivery__source", "hash", "values"))


def forget(rows: Sequence[int]) -> int:
    """Delete these rows; how many."""
    return bulk.delete(Quarantined, "id", rows)
