"""The audit trail: append-only, chained, with salted commitments beside erasable values.

An entry's commitment is SHA-256(salt || values as canonical JSON); its hash is
SHA-256(previous hash || every other column). Erasing a value removes salt and values: the
commitment can then no longer be tried against guesses, while the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import AuditEntry, AuditValue

GENESIS = "0" * 64
PG_LOCK = 7_351_001
# So many entries are verified at a time.
PART = 500


def _commitment(salt: str, values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((salt + text).encode()).hexdigest()


def _chained(previous: str, entry: AuditEntry) -> str:
    parts = [
        previous, entry.pk, entry.at, entry.actor, entry.role, entry.purpose, entry.interface,
        entry.action, entry.subject_type, entry.subject_id, entry.commitment,
    ]  # fmt: skip
    if entry.user_id or entry.key_id:
        # Entries from before these columns were chained without them.
        parts += [entry.user_id, entry.key_id]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def record(
    actor: Actor, action: str, subject: tuple[str, int], values: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append one entry inside the caller's transaction, so act and entry commit together."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PG_LOCK])
        last = AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first()
        salt = secrets.token_hex(16)
        entry = AuditEntry(
            id=bulk.allocate(AuditEntry, 1), at=now_us(),
            actor=actor.name, role=actor.role, purpose=actor.purpose, interface=actor.interface,
            action=action, subject_type=subject[0], subject_id=subject[1],
            user_id=actor.user_id or 0, key_id=actor.key_id,
            commitment=_commitment(salt, values or {}),
        )  # fmt: skip
        entry.hash = _chained(last or GENESIS, entry)
        entry.save(force_insert=True)
        AuditValue.objects.create(entry=entry, salt=salt, values=dict(values or {}))
    return entry


def first_broken(after: int = 0, previous: str = GENESIS) -> int | None:
    """The id of the first entry whose hash or surviving value does not fit; None when all do.

    The chain goes on from entry `after`, whose hash is `previous`: what was before is cut off.
    """
    first = AuditEntry.objects.filter(pk__lte=after).values_list("pk", "hash").order_by("pk")
    if after and list(first[:2]) != [(after, previous)]:
        return after
    while entries := list(AuditEntry.objects.filter(pk__gt=after).order_by("pk")[:PART]):
        values = {v.entry_id: v for v in AuditValue.objects.filter(entry__in=entries)}
        for entry in entries:
            kept = values.get(entry.pk)
            fits = kept is None or _commitment(kept.salt, kept.values) == entry.commitment
            if not fits or entry.hash != _chained(previous, entry):
                return entry.pk
            previous, after = entry.hash, entry.pk
    return None
