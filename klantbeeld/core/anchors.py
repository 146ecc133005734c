"""Where the log stands, signed: kept beside it and in the database, and to be noted outside.

Whoever changes the log must then change two places and forge a signature. The worker calls
`settle` every half minute; it also carries over the changes that `core.audit` wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from klantbeeld.core import audit, bulk, choices, leases, ledger
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.ledger import COLUMNS, GENESIS, Book, Look
from klantbeeld.core.models import AuditAnchor, AuditEntry

CARRIED_AT_ONCE = 2_000
LEASE = "audit"
# So many entries are verified while somebody waits for the page.
VERIFIED_AT_ONCE = 10_000
VERIFIED = "log-verified"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the log that does not fit: what, and at which entry or anchor."""

    code: str
    seq: int

    def __str__(self) -> str:
        return f"{self.code} at {self.seq}"


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(ledger.key("anchor"))


def public_key() -> str:
    """With which anybody can check the signatures, as hex: note it outside this house."""
    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def signed_text(seq: int, at: int, hash_: str, before: str) -> bytes:
    """What an anchor signs: its place, moment, hash, and the signature of the anchor before."""
    return json.dumps([seq, at, hash_, before]).encode()


def settle() -> int:
    """Carry over new changes and sign where the log stands; returns the last entry's number.

    Raises `leases.LeaseTaken` while somebody else does, or a backup is made.
    """
    with leases.held(LEASE):
        return _settle()


def _settle() -> int:
    carry()
    held = ledger.book()
    held.to_disk()
    _put_beside(held)
    rows = held.ask('SELECT "seq", "hash" FROM {p}head WHERE "one" = 1')
    latest = held.ask('SELECT "seq", "signature" FROM {p}anchor ORDER BY "seq" DESC LIMIT 1')
    if not rows or (latest and latest[0][0] >= rows[0][0]):
        return int(rows[0][0]) if rows else 0
    seq, last = rows[0]
    at, before = now_us(), latest[0][1] if latest else ""
    signature = _private().sign(signed_text(seq, at, last, before)).hex()
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
        after = int(held.ask('SELECT coalesce(max("source"), 0) FROM {p}entry')[0][0])
        found = AuditEntry.objects.filter(pk__gt=after).order_by("pk")[:CARRIED_AT_ONCE]
        looks = [_change(entry) for entry in found]
        ledger.append(looks)
        total += len(looks)
        if len(looks) < CARRIED_AT_ONCE:
            return total


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


def findings(noted: dict[str, Any] | None = None) -> list[Finding]:
    """Everything in the log that does not fit; empty when it is whole.

    `noted` is an anchor that was noted outside (see `latest`): the log must still hold it.
    """
    held = ledger.book()
    hashes: dict[int, str] = {}
    found = [*_chain(held, hashes), *_people(held), *_anchors(held, hashes), *_changes(held)]
    broken = audit.first_broken()
    if broken is not None:
        found.append(Finding("change edited", broken))
    if noted and hashes.get(int(noted["seq"])) != noted["hash"]:
        found.append(Finding("noted anchor missing", int(noted["seq"])))
    return found


def verified() -> tuple[int, list[str]]:
    """When the log was verified last and what was found: now where that is quick.

    A long one is verified by the worker every hour (`verify_and_keep`); 0 for never yet.
    """
    rows = ledger.book().ask('SELECT "seq" FROM {p}head WHERE "one" = 1')
    if not rows or rows[0][0] <= VERIFIED_AT_ONCE:
        return now_us(), [str(found) for found in findings()]
    kept = choices.chosen(VERIFIED, {"at": 0, "found": []})
    return int(kept["at"]), list(kept["found"])


def verify_and_keep() -> None:
    """Verify the whole log and keep what was found, to be shown."""
    found = [str(one) for one in findings()]
    choices.choose(VERIFIED, {"at": now_us(), "found": found[:20]})


def _chain(held: Book, hashes: dict[int, str]) -> Iterator[Finding]:
    """Edited, inserted, deleted, reordered and cut off."""
    previous, expected = GENESIS, 1
    names = ", ".join(f'"{name}"' for name in (*COLUMNS, "hash"))
    for *columns, hash_ in held.ask(f'SELECT {names} FROM {{p}}entry ORDER BY "seq"'):
        seq = columns[0]
        if seq != expected:
            yield Finding("entry missing", expected)
        if hash_ != ledger.chained(previous, columns):
            yield Finding("entry does not follow", seq)
        hashes[seq] = previous = hash_
        expected = seq + 1
    head = held.ask('SELECT "seq", "hash", "mac" FROM {p}head WHERE "one" = 1')
    seq, last, mac = head[0] if head else (0, GENESIS, "")
    if (seq, last) != (expected - 1, previous):
        yield Finding("end cut off", expected - 1)
    elif head and mac != ledger.head_mac(seq, last):
        yield Finding("head forged", seq)


def _people(held: Book) -> Iterator[Finding]:
    """Whom the entries are about: as committed to, or taken out by erasing."""
    leaves: dict[int, list[bytes]] = {}
    rows = held.ask('SELECT "seq", "whom", "salt", "leaf" FROM {p}subject ORDER BY "seq", "place"')
    for seq, whom, salt, kept in rows:
        leaves.setdefault(seq, []).append(_bytes(kept))
        if (whom is None) != (salt is None) or (
            whom is not None and ledger.leaf(_bytes(salt), whom) != _bytes(kept)
        ):
            yield Finding("person edited", seq)
    entries = held.ask('SELECT "seq", "subjects", "commitment", "source" FROM {p}entry')
    for seq, count, committed, source in entries:
        told = leaves.pop(seq, [])
        if not source and (len(told) != count or ledger.commitment(told) != committed):
            yield Finding("people do not fit", seq)
    yield from (Finding("people of no entry", seq) for seq in leaves)


def _bytes(value: Any) -> bytes:
    """What stands there, also where somebody put a text in its place."""
    return value.encode() if isinstance(value, str) else bytes(value)


def _anchors(held: Book, hashes: dict[int, str]) -> Iterator[Finding]:
    """Signatures, their order, and that both places hold the same ones."""
    columns = '"seq", "at", "hash", "signature"'
    inside = held.ask(f'SELECT {columns} FROM {{p}}anchor ORDER BY "seq"')
    beside = list(AuditAnchor.objects.order_by("pk").values_list("seq", "at", "hash", "signature"))
    for seq, *_rest in set(inside) ^ set(beside):
        yield Finding("anchor differs", seq)
    public: Ed25519PublicKey = _private().public_key()
    before = ""
    for seq, at, hash_, signature in beside:
        try:
            public.verify(bytes.fromhex(signature), signed_text(seq, at, hash_, before))
        except (InvalidSignature, ValueError):
            yield Finding("anchor forged", seq)
        if hashes.get(seq) != hash_:
            yield Finding("anchor without its entry", seq)
        before = signature


def _changes(held: Book) -> Iterator[Finding]:
    """Every change that was carried over still stands in the database as it was, and all do."""
    rows = held.ask('SELECT "source", "commitment" FROM {p}entry WHERE "source" > 0')
    carried = {int(source): str(committed) for source, committed in rows}
    kept = dict(
        bulk.rows_of("SELECT id, hash FROM core_auditentry WHERE id <= %s", [max(carried or [0])])
    )
    for pk in sorted(carried.keys() | kept.keys()):
        if carried.get(pk) != kept.get(pk):
            yield Finding("change missing or edited", pk)
