"""What the privacy room keeps of a customer: the consent ledger, and what hangs on it.

Tombstones stay: they are keyed hashes. So do the texts that people agreed to, which are about
nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from klantbeeld.core import bulk, changes
from klantbeeld.core.registry import CopiedTable, PersonalColumns, Store
from klantbeeld.privacy import rights_stores
from klantbeeld.privacy.models import (
    ConsentEntry,
    ConsentText,
    ContactNote,
    ContactPreference,
    Decision,
    Disclosure,
    Erasure,
    LegalHold,
    Outgoing,
    Restriction,
    Tombstone,
    Withheld,
)

# Model to the section of the export and the columns that are handed out.
_EXPORTED: Mapping[type[models.Model], tuple[str, tuple[str, ...]]] = {
    ConsentEntry: (
        "consents",
        ("record_id", "at", "channel", "purpose", "topic", "brand", "state", "method", "evidence",
         "language", "form", "text_hash", "said_by", "expires_at"),
    ),
    ContactNote: (
        "contact_notes", ("record_id", "at", "kind", "value", "day", "note", "said_by"),
    ),
    ContactPreference: (
        "contact_preferences", ("record_id", "at", "channel", "form", "said_by"),
    ),
    Decision: (
        "decisions",
        ("record_id", "at", "kind", "channel", "purpose", "answer", "reason", "rule", "facts",
         "said_by"),
    ),
    Outgoing: ("mails", ("record_id", "at", "kind", "state", "reason", "changed_at")),
}  # fmt: skip


def export(records: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
    """Every statement about contact, with the words agreed to, notes, verdicts and mails."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, (section, columns) in _EXPORTED.items():
        held = model._default_manager.filter(record__in=records).order_by("at", "pk")
        found[section] = [dict(row) for row in held.values(*columns)]
    hashes = {row["text_hash"] for row in found["consents"] if row["text_hash"]}
    texts = ConsentText.objects.filter(pk__in=hashes).order_by("pk")
    found["consent_texts"] = [dict(row) for row in texts.values("hash", "text", "language")]
    limits = Restriction.objects.filter(record__in=records).order_by("pk")
    columns = ("record", "kind", "purpose", "reason", "since", "until", "lifted_at")
    found["restrictions"] = [dict(one) for one in limits.values(*columns)]
    return {**found, **rights_stores.export(records)}


def erase(records: Sequence[int]) -> Mapping[str, int]:
    """Delete the statements, notes, verdicts and mails of these records, and what limited them."""
    changes.note("consent", records)
    counts = {m._meta.db_table: bulk.delete(m, "record_id", records) for m in _EXPORTED}
    for model in (Restriction, LegalHold):
        counts[model._meta.db_table] = bulk.delete(model, "record", records)
    return {**counts, **rights_stores.erase(records)}


STORE = Store(room="privacy", order=40, export=export, erase=erase)

COLUMNS = (
    PersonalColumns(
        ConsentEntry._meta.db_table,
        frozenset({"evidence", "said_by"}),
        frozenset(
            {"channel", "purpose", "topic", "brand", "state", "method", "language", "form",
             "text_hash"}
        ),
    ),
    PersonalColumns(
        ConsentText._meta.db_table, frozenset(), frozenset({"hash", "text", "language", "channel"})
    ),
    PersonalColumns(
        ContactNote._meta.db_table, frozenset({"note", "said_by"}), frozenset({"kind"})
    ),
    PersonalColumns(
        ContactPreference._meta.db_table, frozenset({"said_by"}), frozenset({"channel", "form"})
    ),
    PersonalColumns(
        Decision._meta.db_table,
        frozenset({"facts", "said_by"}),
        frozenset({"kind", "channel", "purpose", "answer", "reason", "rule"}),
    ),
    PersonalColumns(
        Outgoing._meta.db_table, frozenset(), frozenset({"kind", "state", "reason"})
    ),
    *rights_stores.COLUMNS,
    PersonalColumns(Tombstone._meta.db_table, frozenset(), frozenset({"hash", "kind"})),
    PersonalColumns(
        Erasure._meta.db_table,
        frozenset({"asked_by", "decided_by"}),
        # Counts, moments and keys of words; the exception is a colleague's, about colleagues.
        frozenset(
            {"number", "kind", "state", "reason", "exception", "counts", "position", "receipt",
             "signature", "part"}
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
            "method": "String", "confirms": "Int64", "expires_at": "Int64",
        },
        "record_id",
    ),
)  # fmt: skip
