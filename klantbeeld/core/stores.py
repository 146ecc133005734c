"""What core keeps of a customer: records, their versions and audited values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import (
    AuditAnchor,
    AuditEntry,
    AuditValue,
    Change,
    Counter,
    Customer,
    CustomField,
    Delivery,
    HeldIndex,
    Record,
    RecordVersion,
    Setting,
    Source,
)
from klantbeeld.core.registry import PersonalColumns, Store


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Records with source and current values, every earlier version, and audited values."""
    audited = AuditValue.objects.filter(pk__in=_audited(records)).select_related("entry")
    current = Record.objects.filter(pk__in=records).select_related("source").order_by("pk")
    versions = RecordVersion.objects.filter(record__in=records).order_by("record", "seq")
    return {
        "records": [
            {
                "source": r.source.key, "key": r.key, "kind": r.kind,
                "updated_at": r.updated_at, "data": r.data,
            }
            for r in current
        ],
        "record_versions": [
            {
                "record": v.record_id, "seq": v.seq, "at": v.at,
                "data": v.data, "original": v.raw, "issues": v.issues,
            }
            for v in versions
        ],
        "audited": [
            {"at": a.entry.at, "action": a.entry.action, "values": a.values}
            for a in audited.order_by("pk")
        ],
    }  # fmt: skip


def _audited(records: Sequence[int]) -> list[int]:
    """Audit entries about these records, and about customers that one of them is the anchor of."""
    statement = "SELECT id FROM core_auditentry WHERE subject_type = %s AND"
    customers = bulk.rows_where("SELECT id FROM core_customer WHERE", "anchor_id", records)
    found = bulk.rows_where(statement, "subject_id", records, params=["record"])
    found += bulk.rows_where(
        statement, "subject_id", [row[0] for row in customers], params=["customer"]
    )
    return [row[0] for row in found]


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the records with their versions and audited values; audit entries stay."""
    counts = {
        AuditValue._meta.db_table: bulk.delete(AuditValue, "entry_id", _audited(records)),
        RecordVersion._meta.db_table: bulk.delete(RecordVersion, "record_id", records),
    }
    changes.note("record", records)
    Customer.objects.filter(anchor__in=records).update(anchor=None)
    counts[Record._meta.db_table] = bulk.delete(Record, "id", records)
    return counts


STORE = Store(room="core", order=90, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        Source._meta.db_table, frozenset(), frozenset({"key", "name", "basis", "obtained_through"})
    ),
    PersonalColumns(
        Delivery._meta.db_table,
        # A letter is a delivery that may be named after who wrote it: see the room of sources.
        frozenset({"actor", "name"}),
        frozenset({"state", "fingerprint", "mapping", "position", "report"}),
    ),
    PersonalColumns(
        CustomField._meta.db_table,
        frozenset(),
        frozenset(
            {
                "key",
                "label_nl",
                "label_en",
                "type",
                "nature",
                "category",
                "purposes",
                "basis",
                "sensitivity",
            }
        ),
    ),
    PersonalColumns(Counter._meta.db_table, frozenset(), frozenset({"name"})),
    PersonalColumns(
        HeldIndex._meta.db_table, frozenset(), frozenset({"name", "table", "definition"})
    ),
    PersonalColumns(Setting._meta.db_table, frozenset(), frozenset({"key", "value"})),
    PersonalColumns(Change._meta.db_table, frozenset(), frozenset({"table"})),
    PersonalColumns(Record._meta.db_table, frozenset({"key", "data"}), frozenset({"kind"})),
    PersonalColumns(
        RecordVersion._meta.db_table, frozenset({"data", "raw"}), frozenset({"kind", "issues"})
    ),
    PersonalColumns(
        AuditEntry._meta.db_table,
        frozenset({"actor"}),
        frozenset(
            {
                "role",
                "purpose",
                "interface",
                "action",
                "subject_type",
                "commitment",
                "hash",
            }
        ),
    ),
    PersonalColumns(AuditAnchor._meta.db_table, frozenset(), frozenset({"hash", "signature"})),
    PersonalColumns(AuditValue._meta.db_table, frozenset({"values"}), frozenset({"salt"})),
)
