"""What the timeline keeps of a customer: everything that happened, in every version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from klantbeeld.core import bulk, changes, files
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.timeline.keyed import content_columns
from klantbeeld.timeline.models import (
    Document,
    Earlier,
    Interaction,
    Keyed,
    OrderLine,
    Participation,
    Product,
    Seen,
    Subscription,
)

_KEYED: tuple[type[Keyed], ...] = (Interaction, Subscription, Document)
_NOT_EXPORTED = frozenset({"key_hash", "hash", "interaction_key"})


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Interactions with lines and participants, subscriptions, documents, earlier contents."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for model in _KEYED:
        columns = [c for c in content_columns(model) if c not in _NOT_EXPORTED]
        held = model._default_manager.filter(record__in=records).order_by("pk")
        sections[f"{model._meta.model_name}s"] = [dict(row) for row in held.values("id", *columns)]
    own = [row["id"] for row in sections["interactions"]]
    lines = OrderLine.objects.filter(interaction__in=own).order_by("interaction", "number")
    sections["orderlines"] = [
        dict(line)
        for line in lines.values(
            "interaction_id", "number", "product__name", "quantity", "amount_minor"
        )
    ]
    taking = Participation.objects.filter(record__in=records).order_by("pk")
    sections["participations"] = [
        dict(row)
        for row in taking.values(
            "role", "interaction_id", "interaction__at", "interaction__kind",
            "interaction__subject",
        )
    ]  # fmt: skip
    earlier = Earlier.objects.filter(record__in=records).order_by("pk")
    sections["earlier"] = [dict(row) for row in earlier.values("table", "seq", "content")]
    return sections


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete what happened to these records, and their part in what happened to others."""
    own = [
        row[0]
        for row in bulk.rows_where(
            "SELECT id FROM timeline_interaction WHERE", "record_id", records
        )
    ]
    counts = {
        OrderLine._meta.db_table: bulk.delete(OrderLine, "interaction_id", own),
        Participation._meta.db_table: bulk.delete(Participation, "interaction_id", own)
        + bulk.delete(Participation, "record_id", records),
    }
    contents = files_of(records)
    counts[Earlier._meta.db_table] = bulk.delete(Earlier, "record", records)
    for model in _KEYED:
        counts[model._meta.db_table] = bulk.delete(model, "record_id", records)
        changes.note(str(model._meta.model_name), records)
    changes.note("orderline", own)
    # Only once the rows are really gone: a content may belong to a document of somebody else.
    transaction.on_commit(lambda: drop_unreferenced(contents))
    return counts


def files_of(records: Sequence[int]) -> list[str]:
    """The contents (SHA-256) of the documents of these records, in all their versions."""
    contents = set(Document.objects.filter(record__in=records).values_list("sha256", flat=True))
    return sorted(filter(None, contents | _former_contents(record__in=records)))


def drop_unreferenced(contents: Iterable[str]) -> int:
    """Overwrite and remove the file contents (SHA-256) that no document refers to any more.

    Returns how many of them are not there (any more).
    """
    # A document that is only told of has no content.
    asked = sorted(filter(None, contents))
    held = set(Document.objects.filter(sha256__in=asked).values_list("sha256", flat=True))
    held |= _former_contents() if asked else set()
    gone = [sha256 for sha256 in asked if sha256 not in held]
    for sha256 in gone:
        files.drop(sha256)
    return len(gone)


def _former_contents(**conditions: Any) -> set[str]:
    """File contents of former states of documents, which may come back when something is undone."""
    former = Earlier.objects.filter(table=Document._meta.db_table, **conditions)
    return {said["sha256"] for said in former.values_list("content", flat=True)}


STORE = Store(
    room="timeline", order=30, export=export, erase=erase, files=files_of,
    destroy=drop_unreferenced,
)  # fmt: skip

_MARKS = frozenset({"period", "status", "currency"})
COLUMNS = (
    PersonalColumns(
        Interaction._meta.db_table,
        frozenset({"key", "subject", "details", "employee", "origin", "campaign", "code"}),
        frozenset({"precision", "kind", "channel", "direction", "status", "currency"}),
    ),
    PersonalColumns(Participation._meta.db_table, frozenset(), frozenset({"role"})),
    PersonalColumns(OrderLine._meta.db_table, frozenset()),
    PersonalColumns(
        Product._meta.db_table, frozenset(),
        frozenset({"source_key", "key", "name", "category", "brand"}),
    ),
    PersonalColumns(Subscription._meta.db_table, frozenset({"key", "name", "details"}), _MARKS),
    PersonalColumns(
        Document._meta.db_table, frozenset({"key", "name", "text", "sha256"}),
        frozenset({"media_type", "unread"}),
    ),
    PersonalColumns(Earlier._meta.db_table, frozenset({"content"}), frozenset({"table"})),
    PersonalColumns(Seen._meta.db_table, frozenset(), frozenset({"table", "rows"})),
)  # fmt: skip

COPIED = (
    CopiedTable(
        "interaction",
        Interaction._meta.db_table,
        {
            "id": "Int64", "record_id": "Int64", "at": "Int64", "day": "Int32", "kind": "String",
            "channel": "String", "direction": "String", "status": "String",
            "amount_minor": "Int64", "currency": "String", "origin": "String",
            "campaign": "String", "code": "String", "topic": "String",
        },
        "record_id",
        frozenset({"origin", "campaign", "code", "topic"}),
        {"topic": "CASE WHEN kind IN ('newsletter_opened', 'newsletter_clicked')"
                  " THEN details ->> 'topic' END"},
    ),
    CopiedTable(
        "subscription",
        Subscription._meta.db_table,
        {
            "id": "Int64", "record_id": "Int64", "name": "String", "started_day": "Int32",
            "ended_day": "Int32", "period": "String", "amount_minor": "Int64",
            "currency": "String", "status": "String",
        },
        "record_id",
        frozenset({"name"}),
    ),
    # Lines lie in the partition of their order's own key.
    CopiedTable(
        "orderline",
        OrderLine._meta.db_table,
        {
            "id": "Int64", "interaction_id": "Int64", "number": "Int32", "product_id": "Int64",
            "quantity": "Float64", "amount_minor": "Int64",
        },
        "interaction_id",
    ),
)  # fmt: skip
