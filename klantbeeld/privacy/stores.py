"""What the privacy room keeps of a customer: the consent ledger.

Tombstones stay: they are keyed hashes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.privacy.models import (
    ConsentEntry,
    Disclosure,
    Erasure,
    LegalHold,
    Restriction,
    Tombstone,
    Withheld,
)

_EXPORTED = (
    "record_id", "at", "channel", "purpose", "topic", "brand", "state", "method", "evidence",
)  # fmt: skip


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Every statement about contact, in the order in which they were made."""
    entries = ConsentEntry.objects.filter(record__in=records).order_by("at", "pk")
    limits = Restriction.objects.filter(record__in=records).order_by("pk")
    columns = ("record", "kind", "purpose", "reason", "since", "until", "lifted_at")
    return {
        "consents": [dict(entry) for entry in entries.values(*_EXPORTED)],
        "restrictions": [dict(one) for one in limits.values(*columns)],
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the statements of these records, and what restricted them."""
    changes.note("consent", records)
    return {
        ConsentEntry._meta.db_table: bulk.delete(ConsentEntry, "record_id", records),
        Restriction._meta.db_table: bulk.delete(Restriction, "record", records),
        LegalHold._meta.db_table: bulk.delete(LegalHold, "record", records),
    }


STORE = Store(room="privacy", order=40, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        ConsentEntry._meta.db_table,
        frozenset({"evidence"}),
        frozenset({"channel", "purpose", "topic", "brand", "state", "method"}),
    ),
    PersonalColumns(Tombstone._meta.db_table, frozenset(), frozenset({"hash", "kind"})),
    PersonalColumns(
        Erasure._meta.db_table,
        frozenset({"asked_by", "decided_by"}),
        # Counts, moments and keys of words; the exception is a colleague's, about colleagues.
        frozenset(
            {"number", "kind", "state", "reason", "exception", "counts", "position", "receipt",
             "signature"}
        ),
    ),
    PersonalColumns(Withheld._meta.db_table, frozenset()),
    PersonalColumns(
        Restriction._meta.db_table, frozenset({"by", "lifted_by"}),
        frozenset({"kind", "purpose", "reason"}),
    ),
    PersonalColumns(
        LegalHold._meta.db_table, frozenset({"by", "lifted_by"}), frozenset({"matter"})
    ),
    PersonalColumns(
        Disclosure._meta.db_table, frozenset({"actor"}),
        frozenset({"purpose", "what", "subjects"}),
    ),
)  # fmt: skip

COPIED = (
    CopiedTable(
        "consent",
        ConsentEntry._meta.db_table,
        {
            "id": "Int64", "record_id": "Int64", "at": "Int64", "channel": "String",
            "purpose": "String", "topic": "String", "brand": "String", "state": "String",
            "method": "String",
        },
        "record_id",
    ),
)  # fmt: skip
