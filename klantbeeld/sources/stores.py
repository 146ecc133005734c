"""What the sources room keeps of a customer: rows in quarantine, names of files about them.

Such a row hangs on no record, or it would not lie there; what it is about is told by `marks`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery, Record
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.sources import file_names
from klantbeeld.sources.marks import Marks, said_by
from klantbeeld.sources.models import Quarantined


def _about(records: Sequence[int]) -> list[int]:
    marks = Marks(records)
    if not marks:
        return []
    columns = ", ".join(bulk.json_text(f'"{c}"') for c in ("values", "mended"))
    found = []
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT id, {columns} FROM {Quarantined._meta.db_table}")
        while rows := cursor.fetchmany(bulk.FETCH_ROWS):
            found += [key for key, *cells in rows if any(marks.fits(c) for c in _objects(cells))]
    return found


def _objects(texts: Iterable[str]) -> list[Mapping[str, Any]]:
    loaded = (json.loads(text) for text in texts)
    return [cells for cells in loaded if isinstance(cells, dict)]


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Rows in quarantine about these records, and the files that they came in."""
    held = Quarantined.objects.filter(pk__in=_about(records)).order_by("pk")
    columns = ("table", "row", "values", "reasons", "mended", "state")
    files = Delivery.objects.filter(pk__in=file_names.deliveries_of(records)).order_by("pk")
    return {
        "quarantined": [dict(row) for row in held.values(*columns)],
        "delivered_in": [dict(row) for row in files.values("source__key", "name", "started_at")],
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the rows in quarantine about these records, and names of files that tell of them."""
    return {
        Quarantined._meta.db_table: bulk.delete(Quarantined, "id", _about(records)),
        Delivery._meta.db_table: file_names.forget(records, said_by(records)),
    }


# Before the timeline's: which files brought something is seen by what they brought.
STORE = Store(room="sources", order=20, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        Quarantined._meta.db_table, frozenset({"values", "mended"}),
        frozenset({"table", "reasons", "state"}),
    ),
)  # fmt: skip

COPIED = (
    CopiedTable(
        "record",
        Record._meta.db_table,
        {
            "id": "Int64", "source_id": "Int64", "kind": "String", "updated_at": "Int64",
            "created_at": "Int64",
        },
        "id",
    ),
)  # fmt: skip
