"""Consents into the ledger, verdicts before sends; export and erasure of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection, transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, bulk, changes, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.privacy import tombstones
from klantbeeld.privacy.company import choose_company, choose_notice
from klantbeeld.privacy.contact_acts import (
    choose_contact,
    confirm,
    decide,
    mark_mail,
    note_contact,
    prefer,
    prefer_own,
    queue_confirmation,
    say,
    waiting,
    withdraw_all,
    withdraw_own,
)
from klantbeeld.privacy.deciding_fields import BadField, describe_field
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.privacy.rights_acts import (
    BadRequest,
    answer_request,
    check_identity,
    extend_request,
    give_documents,
    note_correction,
    note_informed,
    note_told,
    open_request,
    undo_correction,
)
from klantbeeld.privacy.rules import CHANNELS

__all__ = [
    "BadField", "BadRequest", "answer_request", "check_identity", "choose_company",
    "choose_contact", "choose_notice", "confirm", "decide", "describe_field", "erase_records",
    "export_records", "extend_request", "give_documents", "mark_mail", "note_consents",
    "note_contact", "note_correction", "note_informed", "note_reason", "note_told",
    "open_request", "prefer", "prefer_own", "queue_confirmation", "say", "take_back_reasons",
    "undo_correction", "waiting", "withdraw_all", "withdraw_own",
]  # fmt: skip
CONSENT_COLUMNS = (
    "record_id", "at", "channel", "purpose", "topic", "state", "method", "evidence",
)  # fmt: skip


@needs("sources.import")
def note_consents(
    actor: Actor, delivery: Delivery, records: Sequence[int], frame: pl.DataFrame
) -> int:
    """Append what these records, new or changed by `delivery`, say about being contacted.

    frame: record_id, at (µs UTC), channel, purpose, topic, state, method, evidence. What the
    same delivery had them say before it was mended goes. Inside a transaction.
    """
    bulk.ensure_atomic()
    # The plus keeps SQLite from going through all that the delivery brought so far.
    said_before = bulk.rows_where(
        "SELECT id FROM privacy_consententry WHERE +delivery_id = %s AND", "record_id", records,
        params=[delivery.pk],
    )  # fmt: skip
    bulk.delete(ConsentEntry, "id", [row[0] for row in said_before])
    said = (
        frame.sort("at", maintain_order=True).select(CONSENT_COLUMNS).unique(maintain_order=True)
        if len(frame)
        else frame
    )
    first = bulk.allocate(ConsentEntry, max(1, len(said)))
    bulk.insert(
        ConsentEntry,
        ["id", "delivery_id", *CONSENT_COLUMNS, "brand"],
        [(first + n, delivery.pk, *row, "") for n, row in enumerate(said.iter_rows())],
    )
    changes.note("consent", set(said["record_id"]) if len(said) else ())
    return len(said)


@needs("sources.import")
@transaction.atomic
def note_reason(
    actor: Actor, delivery: Delivery, channels: Sequence[str], records: Sequence[int], reason: str
) -> list[int]:
    """Note that these people may be approached over these channels, with somebody's reason why.

    It holds for nobody of whom anything is known already, a refusal least of all; the reason that
    came with another delivery is none of that, for either goes when its own delivery is taken
    back. Returns the records it was noted for.
    """
    wanted = [channel for channel in CHANNELS if channel in channels]
    said = set(
        bulk.rows_where(
            "SELECT record_id, channel FROM privacy_consententry"
            " WHERE NOT (method = %s AND delivery_id <> %s) AND", "record_id", records,
            params=[ConsentEntry.REASONED, delivery.pk],
        )
    )  # fmt: skip
    fresh = [(r, c) for r in records for c in wanted if (r, c) not in said]
    first = bulk.allocate(ConsentEntry, max(1, len(fresh)))
    bulk.insert(
        ConsentEntry,
        ["id", "delivery_id", *CONSENT_COLUMNS, "brand"],
        [
            (first + n, delivery.pk, record, delivery.started_at, channel, "marketing", "",
             ConsentEntry.GRANTED, ConsentEntry.REASONED, reason, "")
            for n, (record, channel) in enumerate(fresh)
        ],
    )  # fmt: skip
    touched = sorted({record for record, _ in fresh})
    changes.note("consent", touched)
    values = {"channels": wanted, "records": len(touched)}
    audit.record(actor, "note_reason", ("delivery", delivery.pk), values)
    return touched


@needs("sources.undo")
@transaction.atomic
def take_back_reasons(actor: Actor, delivery: Delivery) -> list[int]:
    """Take away what `note_reason` noted with this delivery; returns the records it was about."""
    held = ConsentEntry.objects.filter(delivery=delivery, method=ConsentEntry.REASONED)
    touched = sorted(set(held.values_list("record_id", flat=True)))
    held.delete()
    changes.note("consent", touched)
    return touched


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
    """What these records are known by and were before: an older file may still say that."""
    found: list[tuple[str, str]] = []
    sources: dict[int, str] = {}
    for record in Record.objects.filter(pk__in=records).select_related("source"):
        sources[record.pk] = record.source.key
        found.append(("key", f"{record.source.key}:{record.key}"))
        found += _identifiers_in(record.source.key, record.data)
    versions = RecordVersion.objects.filter(record__in=records)
    for owner, data in versions.values_list("record_id", "data"):
        found += _identifiers_in(sources[owner], data)
    return found


def _identifiers_in(source: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, value) of the identifiers in a record's data, as the tombstones hold them."""
    found = [(kind, str(data[kind])) for kind in tombstones.KINDS if data.get(kind)]
    if data.get("email_2"):
        found.append(("email", str(data["email_2"])))
    if data.get("customer_number"):
        space = data.get("number_of") or source
        found.append(("key", f"{space}:{data['customer_number']}"))
    return found
