"""What the sources room keeps of a customer: rows in quarantine, names of files about them.

Such a row hangs on no record, or it would not lie there. It is about a customer when one of its
cells holds an identifier of the customer, or when surname and postcode both stand in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.sources import file_names
from klantbeeld.sources.models import Quarantined

_IDENTIFIERS = (
    "email", "email_2", "phone", "mobile", "iban", "customer_number", "login", "loyalty_number",
    "social_handle", "kvk", "vat",
)  # fmt: skip
_SHORTEST = 5


class _Marks:
    """What rows about a set of records can be known by."""

    def __init__(self, records: Sequence[int]) -> None:
        self.cells: set[str] = set()
        self.homes: set[tuple[str, str]] = set()
        for data in _said(records):
            for name in _IDENTIFIERS:
                if len(text := _plain(data.get(name))) >= _SHORTEST:
                    self.cells.add(text)
            surname, postcode = _plain(data.get("surname")), _plain(data.get("postcode"))
            if surname and postcode:
                self.homes.add((surname, postcode))

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Whether a quarantined row with these cells is about them."""
        cells = [_plain(v) for v in values.values()]
        if any(mark in cell for cell in cells for mark in self.cells):
            return True
        whole = " ".join(cells)
        return any(surname in whole and postcode in whole for surname, postcode in self.homes)


def _plain(value: Any) -> str:
    """Small letters and digits, with signs of addresses only: '06-97 01' is '069701'."""
    text = "" if value is None else str(value).lower()
    kept = "".join(c for c in text if c.isalnum() or c in "@._")
    # A phone number in any notation is known by its last nine digits.
    digits = "".join(c for c in text if c.isdigit())
    is_phone = len(digits) >= 9 and not any(c.isalpha() or c == "@" for c in text)
    return digits[-9:] if is_phone and len(digits) <= 15 else kept


def _said(records: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """Current and earlier values of records, standard and as delivered."""
    yield from Record.objects.filter(pk__in=records).values_list("data", flat=True)
    versions = RecordVersion.objects.filter(record__in=records)
    for data, raw in versions.values_list("data", "raw"):
        yield data
        yield raw


def _about(records: Sequence[int]) -> list[int]:
    marks = _Marks(records)
    if not marks.cells and not marks.homes:
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
        Delivery._meta.db_table: file_names.forget(records, _said(records)),
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
