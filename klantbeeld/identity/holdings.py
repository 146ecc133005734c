"""Who holds a limited value, and which of those values more people use than their limit allows.

Stored beside the keys of records, under kinds of their own below zero: so the holders of a value
are found again when one more comes, or one goes, also while the value itself is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from klantbeeld.core import bulk
from klantbeeld.identity import core
from klantbeeld.identity.core.limits import LIMITED, TYPES, crowded, held_in

if TYPE_CHECKING:
    from klantbeeld.identity.matching import Matched

Limits = Mapping[str, core.Limit]
Value = tuple[int, int]  # type (place in TYPES) and hash
# Kinds of stored keys: a value somebody holds, and one that is over its limit.
_HOLDS, _SHARED = -1, -101
# The column of a frame that tells what its rows hold, barred or not: 'type:hash:1 …'.
HELD = "held"


def shared_in(raw: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The values (type, hash) over their limit in a frame that has all their holders."""
    held = held_in(raw, limits)
    return crowded(held, lambda rows: core.match_values(raw[rows]), limits)


def shared_of(raw: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The values of these records that are stored as being over their limit."""
    held = held_in(raw, limits).select("type", "hash").unique()
    known = stored(held["hash"].to_list())
    rows = [value for value, (is_shared, _) in known.items() if is_shared]
    return pl.DataFrame(rows, schema={"type": pl.Int64, "hash": pl.Int64}, orient="row")


def stored(hashes: Sequence[int]) -> dict[Value, tuple[bool, set[int]]]:
    """Per stored value whether it is over its limit, and the records that hold it."""
    rows = bulk.rows_where(
        "SELECT hash, kind, record_id FROM identity_matchkey WHERE kind < 0 AND", "hash", hashes
    )
    found: dict[Value, tuple[bool, set[int]]] = {}
    for hash_, kind, record in rows:
        is_shared = kind <= _SHARED
        value = ((_SHARED if is_shared else _HOLDS) - kind, hash_)
        was, records = found.get(value, (False, set()))
        found[value] = (was or is_shared, records | {record})
    return found


def held_before(records: Sequence[int]) -> set[int]:
    """The hashes of the limited values that these records are stored with."""
    return {
        row[0]
        for row in bulk.rows_where(
            "SELECT hash FROM identity_matchkey WHERE kind < 0 AND", "record_id", records
        )
    }


def next_holders(gone: Collection[int]) -> set[int]:
    """Of each value over its limit that these hold, one record of the others who do.

    Matching that one looks at all holders of the value.
    """
    over = bulk.rows_where(
        f"SELECT DISTINCT hash FROM identity_matchkey WHERE kind <= {_SHARED} AND",
        "record_id", sorted(gone),
    )  # fmt: skip
    rows = bulk.rows_where(
        f"SELECT hash, record_id FROM identity_matchkey WHERE kind <= {_SHARED} AND",
        "hash", [row[0] for row in over],
    )  # fmt: skip
    left = {value: record for value, record in sorted(rows, reverse=True) if record not in gone}
    return set(left.values())


def limited(raw: pl.DataFrame, limits: Limits, shared: pl.DataFrame) -> pl.DataFrame:
    """The records without the values that are over their limit; `HELD` tells what they held."""
    if not limits:
        return raw
    held = held_in(raw, limits)
    barred = shared.with_columns(pl.lit(1).alias("barred"))
    told = held.join(barred, on=["type", "hash"], how="left").fill_null(0)
    text = pl.concat_str("type", "hash", "barred", separator=":")
    by_row = told.group_by("row").agg(text.sort().str.join(" ").alias(HELD))
    rows = pl.DataFrame({"row": pl.int_range(len(raw), eager=True)})
    column = rows.join(by_row, on="row", how="left", maintain_order="left")[HELD]
    frame = raw.with_columns(column)
    return _without(frame, shared)


def _without(frame: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    for (place,), values in shared.group_by("type", maintain_order=True):
        name = TYPES[int(str(place))]
        for role in LIMITED[name][0]:
            held = held_in(frame.select(role), [name])
            rows = held.join(values, on=["type", "hash"], how="semi")["row"]
            is_barred = pl.int_range(pl.len()).is_in(rows.implode())
            frame = frame.with_columns(pl.when(~is_barred).then(pl.col(role)).alias(role))
    return frame


def noted(matched: Matched, frame: pl.DataFrame) -> Matched:
    """The match with the values that its records hold among their keys."""
    if HELD not in frame.columns:
        return matched
    parts = (
        frame.select("record", pl.col(HELD).str.split(" "))
        .explode(HELD)
        .drop_nulls()
        .select("record", pl.col(HELD).str.split_exact(":", 2).struct.unnest())
    )
    place, hash_, barred = (pl.col(f"field_{n}").cast(pl.Int64) for n in range(3))
    keys = parts.select(
        hash_.alias("hash"), "record",
        (pl.when(barred == 1).then(_SHARED).otherwise(_HOLDS) - place).alias("kind"),
    ).with_columns(pl.col("kind").cast(pl.Int64))  # fmt: skip
    return replace(matched, keys=pl.concat([matched.keys, keys]))
