"""Consents into the ledger; export and erasure of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery, Record
from klantbeeld.privacy import tombstones
from klantbeeld.privacy.models import ConsentEntry

CONSENT_COLUMNS = (
    "record_id", "at", "channel", "purpose", "topic", "state", "method", "evidence",
)  # fmt: skip


@needs("sources.import")
def note_consents(actor: Actor, delivery: Delivery, frame: pl.DataFrame) -> int:
    """Append statements that differ from the last one of the same record, channel and topic.

    frame: record_id, at (µs UTC), channel, purpose, topic, state, method, evidence. A column
    that says again what it said before adds nothing. Inside a transaction.
    """
    if frame.is_empty():
        return 0
    bulk.ensure_atomic()
    last = _last_states(frame["record_id"].unique().to_list())
    fresh = []
    for row in frame.sort("at", maintain_order=True).select(CONSENT_COLUMNS).iter_rows():
        key = (row[0], row[2], row[3], row[4])
        if last.get(key) != row[5]:
            last[key] = row[5]
            fresh.append(row)
    first = bulk.allocate(ConsentEntry, max(1, len(fresh)))
    bulk.insert(
        ConsentEntry,
        ["id", "delivery_id", *CONSENT_COLUMNS, "brand"],
        [(first + n, delivery.pk, *row, "") for n, row in enumerate(fresh)],
    )
    changes.note("consent", {row[0] for row in fresh})
    return len(fresh)


def _last_states(records: Sequence[int]) -> dict[tuple[int, str, str, str], str]:
    rows = bulk.rows_where(
        "SELECT record_id, channel, purpose, topic, state, at, id FROM privacy_consententry WHERE",
        "record_id", records,
    )  # fmt: skip
    rows.sort(key=lambda r: (r[5], r[6]))
    return {(r[0], r[1], r[2], r[3]): r[4] for r in rows}


@needs("sources.undo")
@transaction.atomic
def take_back(actor: Actor, delivery: Delivery) -> set[int]:
    """Remove the statements that `delivery` brought; returns the records touched."""
    held = ConsentEntry.objects.filter(delivery=delivery)
    records = set(held.values_list("record_id", flat=True))
    held.delete()
    changes.note("consent", records)
    return records


@needs("customers.export")
@transaction.atomic
def export_records(actor: Actor, subject: int, records: Sequence[int]) -> dict[str, Any]:
    """Everything that every room holds about these records of customer `subject`, by section."""
    bundle: dict[str, Any] = {"format": "klantbeeld-export", "version": 1}
    for store in registry.stores():
        for section, rows in store.export(records).items():
            bundle[section] = rows
    audit.record(actor, "export_customer", ("customer", subject), {"records": len(records)})
    return bundle


@needs("customers.erase")
def erase_records(actor: Actor, subject: int, records: Sequence[int]) -> dict[str, int]:
    """Erase these records of customer `subject` from every room; returns counts by table.

    Tombstones come first, so that nothing of it can come in again meanwhile. On SQLite freed
    pages are overwritten (`secure_delete`) and the write-ahead log is emptied.
    """
    with transaction.atomic():
        tombstones.add(_identifiers(records))
        counts: dict[str, int] = {}
        for store in registry.stores():
            for table, count in store.erase(records).items():
                counts[table] = counts.get(table, 0) + count
        audit.record(actor, "erase_customer", ("customer", subject), counts)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return counts


def _identifiers(records: Sequence[int]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for record in Record.objects.filter(pk__in=records).select_related("source"):
        found.append(("key", f"{record.source.key}:{record.key}"))
        found += identifiers_in(record.source.key, record.data)
    return found


def identifiers_in(source: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, value) of the identifiers in a record's data, as the tombstones hold them."""
    found = [(kind, str(data[kind])) for kind in tombstones.KINDS if data.get(kind)]
    if data.get("email_2"):
        found.append(("email", str(data["email_2"])))
    if data.get("customer_number"):
        space = data.get("number_of") or source
        found.append(("key", f"{space}:{data['customer_number']}"))
    return found
