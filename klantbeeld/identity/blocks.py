"""How many share a key: a block over its cap brings nobody together, in a part as in the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from django.db import connection

from klantbeeld.core import bulk
from klantbeeld.identity import core
from klantbeeld.identity.core.link import somebody
from klantbeeld.identity.core.plain import is_somebody, packed, unpacked

# Records of one block for each that says something of its own.
SAYING_THE_SAME = 3
# (place of the kind, hash).
Key = tuple[int, int]
Asked = tuple[int, int, int]


class NotPacked(LookupError):
    """Of a partner it is not stored what is compared."""


def cap_of(kind: int) -> int:
    """How many distinct records a block of this kind may hold."""
    return core.KEY_KINDS[kind].cap


def holders(asked: Sequence[Asked]) -> dict[Key, list[int]]:
    """The stored records under keys: asked are (kind, hash, how many at most)."""
    found: dict[Key, list[int]] = {}
    if len(asked) > _ASKED_ONE_BY_ONE:
        return _all_under(asked)
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        for key, kind, record in _rows_of(asked[start : start + _ASKED_AT_ONCE]):
            found.setdefault((kind, key), []).append(record)
    return found


def _all_under(asked: Sequence[Asked]) -> dict[Key, list[int]]:
    most = {(kind, key): most for kind, key, most in asked}
    select = "SELECT hash, kind, record_id FROM identity_matchkey WHERE"
    found: dict[Key, list[int]] = {}
    for key, kind, record in bulk.rows_where(select, "hash", sorted({key for _, key in most})):
        if (kind, key) in most:
            found.setdefault((kind, key), []).append(record)
    return {block: records[: most[block]] for block, records in found.items()}


# SQLite puts at most 500 queries together.
_ASKED_AT_ONCE = 256
_ASKED_ONE_BY_ONE = 2_000
_HELD = "SELECT hash, kind, record_id FROM identity_matchkey k WHERE "


def _rows_of(asked: Sequence[Asked]) -> list[tuple[int, int, int]]:
    """hash, kind, record: of every key at most as many as asked, found in the index alone."""
    params: list[Any]
    if not asked:
        return []
    if connection.vendor == "postgresql":
        sql = (
            "SELECT held.* FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[])"
            " AS asked (kind, hash, most) CROSS JOIN LATERAL"
            f" ({_HELD} k.hash = asked.hash AND k.kind = asked.kind LIMIT asked.most) AS held"
        )
        params = [list(column) for column in zip(*asked, strict=True)]
    else:
        # Few lengths, so that a statement is prepared once: that takes longer than running it.
        length = max(4, 1 << (len(asked) - 1).bit_length())
        one = f"SELECT * FROM ({_HELD} hash = %s AND kind = %s LIMIT %s)"
        sql = " UNION ALL ".join([one] * length)
        params = [value for kind, key, most in asked for value in (key, kind, most)]
        params += [0, -1, 0] * (length - len(asked))
    return bulk.rows_of(sql, params)


def most_in(kind: int) -> int:
    """Of so many records in a block it need not be asked what they say: it is over its cap."""
    return SAYING_THE_SAME * cap_of(kind)


def told_by(records: Collection[int]) -> dict[int, str]:
    """What is compared of stored records, packed. Raises `NotPacked`."""
    texts = texts_of(records)
    if len(texts) < len(records):
        raise NotPacked
    return texts


def texts_of(records: Collection[int]) -> dict[int, str]:
    """What is compared of stored records, packed, of those of which it is known."""
    select = "SELECT record_id, said FROM identity_compared WHERE"
    return dict(bulk.rows_where(select, "record_id", sorted(records)))


def within_cap(keys: Iterable[Key], gone: Collection[int], model: core.Model) -> set[int]:
    """Records of blocks (kind, hash) that may be over their cap with `gone`, but not without."""
    stopped = model.stopped_keys
    kinds = range(len(core.KEY_KINDS))
    open_ = [(k, key) for k, key in sorted(keys) if k in kinds and key not in stopped]
    blocks = holders([(kind, key, most_in(kind) + len(gone) + 1) for kind, key in open_])
    again: set[int] = set()
    for (kind, _), records in blocks.items():
        staying = [record for record in records if record not in gone]
        if cap_of(kind) < len(records) and len(staying) <= most_in(kind):
            again.update(staying)
    return again


def overfull(inside: Mapping[Key, Collection[str | int]], own: Collection[int]) -> set[Key]:
    """Which keys too many share to bring anybody together.

    inside: of the keys asked about, what the records of a closed set tell that have them now (see
    `nearby.Row.tells`); `own` are those records. Whoever else is stored under a key counts too.
    """
    found = holders([(kind, key, most_in(kind) + len(own) + 1) for kind, key in sorted(inside)])
    full: set[Key] = set()
    for key, told in inside.items():
        others = [record for record in found.get(key, ()) if record not in own]
        if len(told) + len(others) <= cap_of(key[0]):
            continue
        if len(others) > most_in(key[0]) or (
            len(telling(others, texts_of(others)) | set(told)) > cap_of(key[0])
        ):
            full.add(key)
    return full


def telling(records: Collection[int], texts: Mapping[int, str]) -> set[str | int]:
    """What records tell: all that say the same are one, where that says enough, see `link`."""
    distinct: set[str | int] = {texts.get(r, r) for r in records}
    if len(distinct) == len(records):
        return distinct
    return {texts[r] if r in texts and is_somebody(unpacked(texts[r])) else r for r in records}


def overfull_of(
    values: pl.DataFrame, records: Sequence[int] | None, model: core.Model
) -> list[int]:
    """Hashes of the keys that too many share, ascending.

    values: of all records there are, or of those given, which are a part of them. Records that are
    attached to others rather than linked count as well: so it is known of a key alone.
    """
    if records is None:
        found = (_overfull_kind(values, name, model) for name in model.key_kinds)
        return sorted(key for keys in found for key in keys)
    keys = _open_keys(values, model.key_kinds, model)
    texts, known = packed(values).to_list(), somebody(values).tolist()
    inside: dict[Key, set[str | int]] = {}
    shared: set[Key] = set()
    for row, kind, key in keys.select("row", "kind", "hash").iter_rows():
        text = texts[row]
        told = inside.setdefault((kind, key), set())
        if told:
            shared.add((kind, key))
        told.add(records[row] if text is None or not known[row] else text)
    return sorted(key for _, key in overfull({key: inside[key] for key in shared}, set(records)))


def _open_keys(values: pl.DataFrame, kinds: Sequence[str], model: core.Model) -> pl.DataFrame:
    keys = core.match_keys(values, kinds)
    return keys.filter(~pl.col("hash").is_in(pl.Series(model.stops).implode()))


def _overfull_kind(values: pl.DataFrame, name: str, model: core.Model) -> list[int]:
    """As `overfull_of` all, of one kind of keys: one at a time bounds the memory."""
    keys = _open_keys(values, [name], model)
    cap = next(kind.cap for kind in core.KEY_KINDS if kind.name == name)
    large = keys.filter(pl.len().over("hash") > cap)
    if large.is_empty():
        return []
    rows = large["row"].to_numpy()
    told = np.where(somebody(values), values["key"].to_numpy(), np.arange(len(values)))[rows]
    distinct = large.with_columns(told=told).group_by("hash").agg(pl.col("told").n_unique())
    return distinct.filter(pl.col("told") > cap)["hash"].to_list()
