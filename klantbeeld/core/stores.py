"""What core keeps of a customer: records, their versions and audited values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import AuditEntry, AuditValue, Customer, Record, RecordVersion
from klantbeeld.core.registry import PersonalColumns, Store


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Records with source and current values, and every earlier version."""
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
    }  # fmt: skip


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the records with their versions and audited values; audit entries stay."""
    entries = bulk.rows_where(
        "SELECT id FROM core_auditentry WHERE subject_type = 'record' AND", "subject_id", records
    )
    counts = {
        AuditValue._meta.db_table: bulk.delete(AuditValue, "entry_id", [e[0] for e in entries]),
        RecordVersion._meta.db_table: bulk.delete(RecordVersion, "record_id", records),
    }
    changes.note("record", records)
    Customer.objects.filter(anchor__in=records).update(anchor=None)
    counts[Record._meta.db_table] = bulk.delete(Record, "id", records)
    return counts


STORE = Store(room="core", order=90, export=export, erase=erase)

COLUMNS = (
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
    PersonalColumns(AuditValue._meta.db_table, frozenset({"values"}), frozenset({"salt"})),
)
