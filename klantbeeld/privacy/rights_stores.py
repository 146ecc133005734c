"""What the register of requests and the notes of informing keep of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.registry import PersonalColumns
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest

_REQUEST = (
    "kind", "state", "received_day", "received_by", "identity", "due_day", "extension_reason",
    "note", "answer", "answered_day",
)  # fmt: skip


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """What the customer asked for and was answered, and when he was told himself."""
    asked = RightsRequest.objects.filter(record__in=records).order_by("pk")
    told = Informed.objects.filter(record__in=records).order_by("pk")
    mended = Correction.objects.filter(record__in=records).order_by("pk")
    corrected = ("fields", "reason", "at", "told_day", "undone_at")
    return {
        "corrections": [dict(row) for row in mended.values(*corrected)],
        "requests": [dict(row) for row in asked.values(*_REQUEST)],
        "informed": [dict(row) for row in told.values("source_key", "day", "how", "note")],
    }


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Take away who asked and what was written about it; that a request was answered stays."""
    held = RightsRequest.objects.filter(record__in=records)
    count = held.update(record=0, note="", answer="", extension_reason="", given=[])
    return {
        RightsRequest._meta.db_table: count,
        Informed._meta.db_table: bulk.delete(Informed, "record", records),
        Correction._meta.db_table: bulk.delete(Correction, "record", records),
    }


COLUMNS = (
    PersonalColumns(
        RightsRequest._meta.db_table,
        frozenset({"note", "answer", "extension_reason", "actor"}),
        # `given` holds keys of documents.
        frozenset({"kind", "state", "received_by", "identity", "given", "erasure"}),
    ),
    PersonalColumns(
        Informed._meta.db_table, frozenset({"note", "actor"}), frozenset({"source_key", "how"})
    ),
    PersonalColumns(
        Correction._meta.db_table, frozenset({"reason", "actor"}), frozenset({"fields"})
    ),
)
