"""The memory of who was erased: keyed hashes of identifiers, checked on every way in.

HMAC-SHA256 with the installation's key, so that the ledger does not itself tell who was erased.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping

import polars as pl
from django.conf import settings

from klantbeeld.core.clock import now_us
from klantbeeld.privacy.models import Tombstone

# Values that point at one person on their own; a shared landline or an address does not.
KINDS = ("key", "email", "mobile", "iban", "login", "loyalty_number", "social_handle")


def _key() -> bytes:
    return hashlib.sha256(b"tombstones/" + settings.SECRET_KEY.encode()).digest()


def keyed_hash(kind: str, value: str) -> bytes:
    """The ledger's hash of one standard value of one kind."""
    return hmac.new(_key(), f"{kind}\x1f{value}".encode(), hashlib.sha256).digest()


def add(values: Iterable[tuple[str, str]]) -> int:
    """Remember (kind, standard value) pairs; returns how many were new."""
    at = now_us()
    hashes = {keyed_hash(kind, value): kind for kind, value in values if value}
    known = Tombstone.objects.filter(hash__in=list(hashes)).values_list("hash", flat=True)
    held = {bytes(h) for h in known}
    fresh = [Tombstone(hash=h, kind=k, at=at) for h, k in hashes.items() if h not in held]
    Tombstone.objects.bulk_create(fresh)
    return len(fresh)


def is_empty() -> bool:
    """Whether nobody was ever erased, so that nothing needs to be hashed."""
    return not Tombstone.objects.exists()


def suppressed(columns: Mapping[str, pl.Series]) -> pl.Series:
    """For each row whether one of its identifiers belongs to somebody who was erased.

    columns: kind to String column of standard values (nulls allowed), all of one length.
    """
    length = len(next(iter(columns.values())))
    result = pl.Series("suppressed", [False] * length)
    for kind, column in columns.items():
        distinct = column.drop_nulls().unique().to_list()
        hashes = {keyed_hash(kind, value): value for value in distinct}
        found = _held(list(hashes))
        if found:
            result = result | column.is_in([hashes[h] for h in found]).fill_null(False)
    return result


def _held(hashes: list[bytes]) -> list[bytes]:
    held: list[bytes] = []
    for start in range(0, len(hashes), 500):
        part = hashes[start : start + 500]
        rows = Tombstone.objects.filter(hash__in=part).values_list("hash", flat=True)
        held += [bytes(h) for h in rows]
    return held
