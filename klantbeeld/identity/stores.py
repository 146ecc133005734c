"""What the identity room keeps of a customer: keys, links, judgements and the partition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.models import Customer
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.identity import waiting
from klantbeeld.identity.core.plain import unpacked
from klantbeeld.identity.models import (
    Compared,
    Doubt,
    Experiment,
    Judgement,
    Link,
    MatchKey,
    Membership,
    Pending,
    StoredModel,
)

_PAIRS: tuple[tuple[type[Link | Judgement], tuple[str, ...]], ...] = (
    (Link, ("left_id", "right_id", "weight", "same", "household", "levels", "model_version")),
    (Judgement, ("left_id", "right_id", "verdict", "actor", "at", "note", "revoked_at", "kind")),
)


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Which records are together, and the evidence and judgements about them."""
    members = Membership.objects.filter(record__in=records).order_by("pk")
    sections: dict[str, list[dict[str, Any]]] = {
        "memberships": [dict(m) for m in members.values("record_id", "customer_id", "household")]
    }
    said = Compared.objects.filter(record__in=records).order_by("pk")
    sections["compared"] = [
        {"record_id": one.record_id} | {k: v for k, v in unpacked(one.said)._asdict().items() if v}
        for one in said
    ]
    for model, columns in _PAIRS:
        found = model._default_manager
        rows = [*found.filter(left__in=records), *found.filter(right__in=records)]
        unique = {row.pk: row for row in rows}
        sections[f"{model._meta.model_name}s"] = [
            {c: getattr(unique[pk], c) for c in columns} for pk in sorted(unique)
        ]
    return sections


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete everything about these records, links with records of others included.

    Customers that are left without records stay as bare keys, so that an old id goes on to
    mean nobody; pairs of others' records are not touched. Whoever was compared with these
    records, or lived with them, waits to be matched without them: a household is called by its
    first record, which may be one of these.
    """
    counts: dict[str, int] = {}
    waiting.note(waiting.left_behind(records), rematch=True)
    for model, _ in _PAIRS:
        table = model._meta.db_table
        counts[table] = bulk.delete(model, "left_id", records) + bulk.delete(
            model, "right_id", records
        )
    counts[Compared._meta.db_table] = bulk.delete(Compared, "record_id", records)
    counts[MatchKey._meta.db_table] = bulk.delete(MatchKey, "record_id", records)
    counts[Pending._meta.db_table] = bulk.delete(Pending, "record", records)
    counts[Doubt._meta.db_table] = bulk.delete(Doubt, "left_id", records) + bulk.delete(
        Doubt, "right_id", records
    )
    counts[Membership._meta.db_table] = bulk.delete(Membership, "record_id", records)
    changes.note("membership", records)
    return counts


STORE = Store(room="identity", order=50, export=export, erase=erase, is_sight=True)

COLUMNS = (
    PersonalColumns(MatchKey._meta.db_table, frozenset()),
    PersonalColumns(Compared._meta.db_table, frozenset({"said"})),
    PersonalColumns(Link._meta.db_table, frozenset(), frozenset({"levels", "model_version"})),
    PersonalColumns(
        Judgement._meta.db_table, frozenset({"actor", "note"}), frozenset({"verdict", "kind"})
    ),
    PersonalColumns(Membership._meta.db_table, frozenset()),
    PersonalColumns(Pending._meta.db_table, frozenset()),
    PersonalColumns(
        StoredModel._meta.db_table, frozenset(), frozenset({"version", "content", "rules"})
    ),
    PersonalColumns(Doubt._meta.db_table, frozenset(), frozenset({"reason"})),
    # Examples and counts hold keys of records and numbers; who tried it is an employee.
    PersonalColumns(
        Experiment._meta.db_table,
        frozenset({"actor", "note"}),
        frozenset(
            {
                "state",
                "learn",
                "rules",
                "content",
                "progress",
                "counts",
                "examples",
                "report",
                "problem",
            }
        ),
    ),
    PersonalColumns(Customer._meta.db_table, frozenset()),
)

COPIED = (
    CopiedTable(
        "membership",
        Membership._meta.db_table,
        {"record_id": "Int64", "customer_id": "Int64", "household": "Int64"},
        "record_id",
    ),
)
