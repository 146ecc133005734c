"""Who came back with a backup: records that the ledger's tombstones say were erased before.

A record whose own key was erased is theirs. One that shares an identifier may be somebody else's:
addresses and numbers change hands. So it goes along when it belongs to the same customer as a
record that is theirs, or when two kinds of identifiers agree; else it is counted and left.
What was recorded after the erasure stays: somebody may come back as a new customer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.privacy import tombstone_ledger, tombstones
from klantbeeld.privacy.erasing import identifiers_in
from klantbeeld.privacy.models import Erasure
from klantbeeld.privacy.tombstone_ledger import Remembered

OwnersOf = Callable[[Sequence[int]], Mapping[int, int]]


@dataclass
class Returned:
    """Records to erase again, by the number of the erasure they belong to; and doubtful ones."""

    by_erasure: dict[str, list[int]] = field(default_factory=dict)
    doubtful: int = 0


def bring_up_to_date() -> int:
    """Have the database know every tombstone and finished erasure of the ledger; how many new."""
    ledger = tombstone_ledger.tombstones()
    fresh = tombstones.put({h: (one.kind, one.at) for h, one in ledger.items()})
    for number, line in tombstone_ledger.receipts().items():
        _put_receipt(number, line)
    return fresh


def _put_receipt(number: str, line: Mapping[str, object]) -> None:
    """An erasure that the ledger calls done is done, whatever the backup knew of it."""
    receipt = line["receipt"]
    assert isinstance(receipt, dict)
    held, _ = Erasure.objects.get_or_create(
        number=number,
        defaults={
            "kind": receipt["kind"], "reason": receipt["reason"],
            "asked_by": receipt["asked"]["by"], "asked_at": receipt["asked"]["at"],
        },
    )  # fmt: skip
    if held.state != Erasure.DONE:
        held.state, held.receipt = Erasure.DONE, receipt
        held.decided_by, held.decided_at = receipt["decided"]["by"], receipt["decided"]["at"]
        held.exception, held.kept_until = receipt["decided"]["alone"], receipt["kept_until"]
        held.signature, held.done_at = str(line["signature"]), receipt["done_at"]
        held.subject = 0
        held.save()


def erased_at(number: str) -> int:
    """When what the ledger remembers of this erasure was erased (µs UTC)."""
    ledger = tombstone_ledger.tombstones().values()
    return max((one.at for one in ledger if one.number == number), default=0)


def is_behind() -> bool:
    """Whether the ledger knows of erasures that the database does not: it is an older one."""
    ledger = set(tombstone_ledger.tombstones())
    return bool(ledger) and len(ledger) > tombstones.known_among(ledger)


def find(owners_of: OwnersOf) -> Returned:
    """Every record of somebody whom the ledger remembers as erased.

    `owners_of` gives of records whose they are (record to customer).
    """
    ledger = tombstone_ledger.tombstones()
    if not ledger:
        return Returned()
    sure: dict[int, str] = {}
    maybe: dict[int, tuple[str, int]] = {}
    for record, pairs, created_at in _known_by():
        met = _met(pairs, created_at, ledger)
        if "key" in met:
            sure[record] = met["key"]
        elif met:
            maybe[record] = (next(iter(met.values())), len(met))
    return _sorted_out(sure, maybe, owners_of([*sure, *maybe]))


def was_erased_since(born: int, source: str, key: str, data: Mapping[str, Any]) -> bool:
    """Whether the person of a record was erased after `born` (µs UTC), as the database knows."""
    pairs = [("key", f"{source}:{key}"), *identifiers_in(source, data)]
    moments = tombstones.moments_of(h for pair in pairs for h in tombstones.keyed_hashes(*pair))
    return any(at > born for at in moments)


def _met(
    pairs: list[tuple[str, str]], created_at: int, ledger: Mapping[bytes, Remembered]
) -> dict[str, str]:
    """Kind of identifier to the erasure that it was erased with."""
    met: dict[str, str] = {}
    keys = tombstones.hashing_keys()
    for kind, value in pairs:
        for digest in tombstones.keyed_hashes(kind, value, keys):
            one = ledger.get(digest)
            if one is not None and created_at < one.at:
                met[kind] = one.number
    return met


def _known_by() -> Iterator[tuple[int, list[tuple[str, str]], int]]:
    """Each record with what it is known by, and when it first came."""
    data = bulk.json_text("r.data")
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, s.key, r.key, r.created_at, {data} FROM core_record r"
            " JOIN core_source s ON s.id = r.source_id"
        )
        while rows := cursor.fetchmany(bulk.FETCH_ROWS):
            for record, source, key, created_at, text in rows:
                pairs = [("key", f"{source}:{key}"), *identifiers_in(source, json.loads(text))]
                yield record, pairs, created_at


def _sorted_out(
    sure: dict[int, str], maybe: dict[int, tuple[str, int]], owners: Mapping[int, int]
) -> Returned:
    theirs = {owners[record]: number for record, number in sure.items() if record in owners}
    found = Returned()
    grouped: dict[str, list[int]] = defaultdict(list)
    for record, number in sure.items():
        grouped[number].append(record)
    for record, (number, kinds) in maybe.items():
        if owners.get(record) in theirs:
            grouped[theirs[owners[record]]].append(record)
        elif kinds > 1:
            grouped[number].append(record)
        else:
            found.doubtful += 1
    found.by_erasure = {number: sorted(records) for number, records in grouped.items()}
    return found
