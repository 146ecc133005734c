"""Where the log stands, signed: kept beside it and in the database, and to be noted outside.

Whoever changes the log must then change two places and forge a signature. The worker calls
`settle` every half minute; it also carries over the changes that `core.audit` wrote.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from klantbeeld.core import audit, lasting, leases, ledger, rotating
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.ledger import Book, Look
from klantbeeld.core.models import AuditAnchor, AuditEntry

CARRIED_AT_ONCE = 2_000
LEASE = "audit"


def sign(text: bytes) -> str:
    """The signature of this house, with its newest key, in hexadecimals."""
    return _private().sign(text).hex()


def signed_with(text: bytes, signature: str) -> str | None:
    """The mark of the key with which this house signed just this, None when it did not."""
    for mark in lasting.marks():
        try:
            _private(mark).public_key().verify(bytes.fromhex(signature), text)
        except (InvalidSignature, ValueError):
            continue
        return mark
    return None


def _private(mark: str = "") -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(ledger.key("anchor", mark))


def public_key() -> str:
    """With which anybody can check the signatures, as hex: note it outside this house.

    Of the newest key; the entry of the log that names it vouches for it.
    """
    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def signed_text(seq: int, at: int, hash_: str, before: str) -> bytes:
    """What an anchor signs: its place, moment, hash, and the signature of the anchor before."""
    return json.dumps([seq, at, hash_, before]).encode()


def rotate_key(actor: Actor) -> str:
    """Have a new lasting key make all that is new; returns its mark.

    The log follows at once, or when the worker signs next. Raises ValueError where the keys come
    from the environment.
    """
    lasting.add_key()
    lasting.require()
    audit.record(actor, "rotate_key", ("house", 0), {"key": lasting.marks()[0]})
    with suppress(leases.LeaseTaken):
        settle()
    return lasting.marks()[0]


def settle() -> int:
    """Carry over new changes and sign where the log stands; returns the last entry's number.

    Raises `leases.LeaseTaken` while somebody else does, or a backup is made.
    """
    with leases.held(LEASE):
        return _settle()


def _settle() -> int:
    held = ledger.book()
    carry()
    rotating.follow_newest(held, public_key())
    held.to_disk()
    _put_beside(held)
    rows = held.ask('SELECT "seq", "hash" FROM {p}head WHERE "one" = 1')
    latest = held.ask('SELECT "seq", "signature" FROM {p}anchor ORDER BY "seq" DESC LIMIT 1')
    if not rows or (latest and latest[0][0] >= rows[0][0]):
        return int(rows[0][0]) if rows else 0
    seq, last = rows[0]
    at, before = now_us(), latest[0][1] if latest else ""
    signature = sign(signed_text(seq, at, last, before))
    AuditAnchor.objects.create(seq=seq, at=at, hash=last, signature=signature)
    _put_beside(held)
    return int(seq)


def _put_beside(held: Book) -> None:
    """The last anchor of the database into the log: a crash may have come in between."""
    last = AuditAnchor.objects.order_by("-pk").values_list("seq", "at", "hash", "signature")
    held.many(
        "INSERT INTO {p}anchor VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", list(last[:1])
    )


def carry() -> int:
    """Put the changes that are not in the log yet into it; returns how many."""
    held, total = ledger.book(), 0
    while True:
        after = _last_carried(held)
        found = AuditEntry.objects.filter(pk__gt=after).order_by("pk")[:CARRIED_AT_ONCE]
        looks = [_change(entry) for entry in found]
        ledger.append(looks)
        total += len(looks)
        if len(looks) < CARRIED_AT_ONCE:
            return total


def _last_carried(held: Book) -> int:
    """The last change in the log, or in what was cut off."""
    rows = held.ask(
        'SELECT max("source") FROM (SELECT max("source") AS "source" FROM {p}entry'
        ' UNION ALL SELECT max("source") FROM {p}cut) AS told'
    )
    return int(rows[0][0] or 0)


def _change(entry: AuditEntry) -> Look:
    """A change as an entry of the log: it commits to the whole of what `core.audit` wrote."""
    who = Actor(
        entry.actor, entry.role, entry.purpose, entry.user_id or None, entry.interface,  # type: ignore[arg-type]
        key_id=entry.key_id,
    )  # fmt: skip
    details = {"type": entry.subject_type, "id": entry.subject_id}
    return Look(
        who, "change", entry.action, (), entry.subject_type, details, entry.pk, entry.hash,
        entry.at,
    )  # fmt: skip


def latest() -> dict[str, Any] | None:
    """The last anchor, to be noted outside; None before the first."""
    found = AuditAnchor.objects.order_by("-pk").first()
    if found is None:
        return None
    return {
        "seq": found.seq, "at": found.at, "hash": found.hash, "signature": found.signature,
        "public_key": public_key(),
    }  # fmt: skip
