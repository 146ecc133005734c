"""Cutting off the beginning of the log when its term is over, so that what stays still verifies.

A cut is made at an anchor. What was cut is closed by a signed block: the number and hash of its
last entry, of the last change in it, and the signature of the block before. The chain goes on from
there; without a block that fits, a log that does not begin at its first entry was tampered with.
Anchors stay: one that was noted outside can always be found again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction

from klantbeeld.core import anchors, audit, leases, ledger
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.ledger import GENESIS, Book
from klantbeeld.core.models import AuditAnchor, AuditEntry, AuditValue

# So many entries at most go at a time: who wants to write waits no longer than that.
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the log begins: after entry `seq`; `source` is the last change that went with it."""

    seq: int = 0
    at: int = 0
    hash: str = GENESIS
    source: int = 0
    source_hash: str = GENESIS
    signature: str = ""

    def signed_text(self, before: str) -> bytes:
        """What the block signs; it never reads as an anchor."""
        told = ["cut", self.seq, self.at, self.hash, self.source, self.source_hash, before]
        return json.dumps(told).encode()


def blocks(held: Book) -> list[Cut]:
    """The closing blocks of all cuts, the oldest first."""
    columns = '"seq", "at", "hash", "source", "source_hash", "signature"'
    return [Cut(*row) for row in held.ask(f'SELECT {columns} FROM {{p}}cut ORDER BY "seq"')]


def latest(held: Book) -> Cut:
    """Where the log begins now."""
    found = blocks(held)
    return found[-1] if found else Cut()


def cut(actor: Actor, before: int) -> int:
    """Cut off what was signed before a moment (µs UTC); returns how many entries went.

    Raises `leases.LeaseTaken` while the log is signed or a backup is made.
    """
    held, gone = ledger.book(), 0
    with leases.held(anchors.LEASE):
        first = latest(held).seq
        while (last := _next(held, before)) is not None:
            gone += _cut_at(held, *last)
    if gone:
        told = {"after": first, "until": first + gone, "before": before}
        audit.record(actor, "cut_log", ("house", 0), told)
    return gone


def over(before: int) -> int:
    """How many entries `cut` would cut off now."""
    held = ledger.book()
    known = latest(held).seq
    last = AuditAnchor.objects.filter(seq__gt=known, at__lt=before).order_by("-seq").first()
    return last.seq - known if last else 0


def _next(held: Book, before: int) -> tuple[int, str] | None:
    """The anchor to cut at next, one that a number of entries stand before; None when done."""
    known = latest(held).seq
    found = AuditAnchor.objects.filter(seq__gt=known, at__lt=before)
    far = found.filter(seq__lte=known + AT_ONCE).order_by("-seq").values_list("seq", "hash")
    return far.first() or found.order_by("seq").values_list("seq", "hash").first()


def _cut_at(held: Book, seq: int, hash_: str) -> int:
    known = latest(held)
    rows = held.ask(
        'SELECT "source", "commitment" FROM {p}entry WHERE "seq" <= %s AND "source" > 0'
        ' ORDER BY "seq" DESC LIMIT 1',
        [seq],
    )
    source, source_hash = rows[0] if rows else (known.source, known.source_hash)
    made = Cut(seq, now_us(), hash_, source, source_hash)
    signature = anchors.sign(made.signed_text(known.signature))
    with transaction.atomic():
        # First what the block covers: after a crash the block alone would hide that it is there.
        # The last one stays, without its values: the next change hangs on it.
        AuditEntry.objects.filter(pk__lt=source).delete()
        AuditValue.objects.filter(entry=source).delete()
        with held.writing():
            held.ask(
                "INSERT INTO {p}cut VALUES (%s, %s, %s, %s, %s, %s)",
                [seq, made.at, hash_, source, source_hash, signature],
            )
            held.ask('DELETE FROM {p}subject WHERE "seq" <= %s', [seq])
            held.ask('DELETE FROM {p}entry WHERE "seq" <= %s', [seq])
    return seq - known.seq
