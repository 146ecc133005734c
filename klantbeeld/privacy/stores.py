"""What the privacy room keeps of a customer: the consent ledger.

Tombstones stay: they are keyed hashes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.privacy import rights_stores
from klantbeeld.privacy.models import ConsentEntry, Tombstone

_EXPORTED = (
    "record_id", "at", "channel", "purpose", "topic", "brand", "state", "method", "evidence",
)  # fmt: skip


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Every statement about contact, in the order in which they were made."""
    entries = ConsentEntry.objects.filter(record__in=records).order_by("at", "pk")
    return {
        "consents": [dict(entry) for entry in entries.values(*_EXPORTED)],
        **rights_stores.export(records),
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the statements of these records."""
    changes.note("consent", records)
    return {
        ConsentEntry._meta.db_table: bulk.delete(ConsentEntry, "record_id", records),
        **rights_stores.erase(records),
    }


STORE = Store(room="privacy", order=40, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        ConsentEntry._meta.db_table,
        frozenset({"evidence"}),
        frozenset({"channel", "purpose", "topic", "brand", "state", "method"}),
    ),
    *rights_stores.COLUMNS,
    PersonalColumns(Tombstone._meta.db_table, frozenset(), frozenset({"hash", "kind"})),
)

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
