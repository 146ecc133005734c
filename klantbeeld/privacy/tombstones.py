"""The memory of who was erased: keyed hashes of identifiers, checked on every way in.

HMAC-SHA256 with the lasting key, so that the ledger does not itself tell who was erased. As nobody
knows the plain values any more, hashes stay under the key of their time: each way in asks for all.
"""

from __future__ import annotations

import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from klantbeeld.core import lasting
from klantbeeld.core.clock import now_us
from klantbeeld.privacy import tombstone_ledger
from klantbeeld.privacy.models import Tombstone

# Values that point at one person on their own; a shared landline or an address does not.
KINDS = ("key", "email", "mobile", "iban", "login", "loyalty_number", "social_handle")
# Fields that hold such a value under another name: most lists have one column of telephone numbers.
ALSO = {"email_2": "email", "phone": "mobile"}
# The further values of a cell that holds several, in one text (see `quality.tables`).
FURTHER = {"email.also": "email", "phone.also": "phone", "mobile.also": "mobile"}
BETWEEN = "; "
ASKED = (*KINDS, *ALSO, *FURTHER)
# Numbers of mobile telephones in the neighbourhood; of other countries the field has to say so.
MOBILE = r"^\+(?:316|324|3526|33[67]|447|491[567])\d{7,}$"


def keyed_hashes(kind: str, value: str, keys: Sequence[bytes] = ()) -> list[bytes]:
    """The ledger's hashes of one standard value of one kind, that of the newest key first.

    keys: as `hashing_keys` gives them, where many values are hashed.
    """
    told = f"{kind}\x1f{value}".encode()
    return [hmac.digest(key, told, "sha256") for key in keys or hashing_keys()]


def hashing_keys() -> list[bytes]:
    """The keys of the ledger, the newest first."""
    return lasting.keys("tombstones")


def kind_and_value(name: str, value: str) -> tuple[str, str]:
    """As what a field's value is remembered; of a telephone that is not mobile nothing is ("")."""
    if name == "phone" and not re.match(MOBILE, value):
        return "mobile", ""
    return ALSO.get(name, name), value


def add(values: Iterable[tuple[str, str]], at: int = 0, number: str = "") -> int:
    """Remember (kind, standard value) pairs; returns how many were new.

    `number` is the erasure's. The ledger beside the database has them first. Who is erased a
    second time has the later moment.
    """
    lasting.require()
    moment = at or now_us()
    keys = hashing_keys()[:1]
    hashes = {keyed_hashes(kind, value, keys)[0]: kind for kind, value in values if value}
    tombstone_ledger.append(
        tombstone_ledger.tombstone_line(h, kind, moment, number) for h, kind in hashes.items()
    )
    return put({h: (kind, moment) for h, kind in hashes.items()})


def put(hashes: Mapping[bytes, tuple[str, int]]) -> int:
    """Have the database hold these (hash to kind and moment); returns how many were new."""
    held = dict(_held(list(hashes)))
    for digest, at in held.items():
        if hashes[digest][1] > at:
            Tombstone.objects.filter(hash=digest).update(at=hashes[digest][1])
    fresh = [Tombstone(hash=h, kind=k, at=at) for h, (k, at) in hashes.items() if h not in held]
    Tombstone.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def moments_of(hashes: Iterable[bytes]) -> list[int]:
    """When those of these that the database holds were erased (µs UTC)."""
    return [at for _, at in _held(list(hashes))]


def known_among(hashes: Iterable[bytes]) -> int:
    """How many of these the database holds."""
    return len(_held(list(hashes)))


def last_tombstone() -> int:
    """When somebody was erased last (µs UTC), 0 for never."""
    found = Tombstone.objects.order_by("-at").values_list("at", flat=True).first()
    return int(found or 0)


def is_empty() -> bool:
    """Whether nobody was ever erased, so that nothing needs to be hashed."""
    return not Tombstone.objects.exists()


def suppressed(columns: Mapping[str, pl.Series]) -> pl.Series:
    """For each row whether one of its identifiers belongs to somebody who was erased.

    columns: one of `ASKED` to String column of standard values (nulls allowed), of one length.
    """
    return (erased_at(columns) > 0).alias("suppressed")


def erased_at(columns: Mapping[str, pl.Series]) -> pl.Series:
    """For each row the latest moment (µs UTC) at which an identifier of it was erased, else 0."""
    length = len(next(iter(columns.values())))
    keys = hashing_keys()
    result = pl.Series("erased_at", [0] * length, dtype=pl.Int64)
    for name, column in columns.items():
        distinct = column.drop_nulls().unique().to_list()
        hashes: defaultdict[bytes, list[str]] = defaultdict(list)
        for value in distinct:
            for kind, one in _pairs(name, value):
                for digest in keyed_hashes(kind, one, keys):
                    hashes[digest].append(value)
        # Of a value that stands there under several keys the latest moment.
        latest = sorted(_held(list(hashes)), key=lambda one: one[1])
        found = {value: at for digest, at in latest for value in hashes[digest]}
        if found:
            moments = column.replace_strict(found, default=0, return_dtype=pl.Int64)
            both = pl.DataFrame([result, moments.fill_null(0).alias("here")])
            result = both.select(pl.max_horizontal("erased_at", "here")).to_series()
            result = result.alias("erased_at")
    return result


def _pairs(name: str, value: str) -> Iterator[tuple[str, str]]:
    """As what a cell's value, or each of several, is remembered."""
    for one in value.split(BETWEEN) if name in FURTHER else (value,):
        kind, told = kind_and_value(FURTHER.get(name, name), one)
        if told:
            yield kind, told


def _held(hashes: list[bytes]) -> list[tuple[bytes, int]]:
    lasting.require()
    held: list[tuple[bytes, int]] = []
    for start in range(0, len(hashes), 500):
        part = hashes[start : start + 500]
        rows = Tombstone.objects.filter(hash__in=part).values_list("hash", "at")
        held += [(bytes(h), at) for h, at in rows]
    return held
