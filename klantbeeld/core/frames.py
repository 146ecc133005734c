"""Small things done to whole frames: JSON objects without empty members, occurrence numbers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def json_objects(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Each row's filled `columns` as one JSON object text, in the order of `columns`.

    Null members are left out; an empty row gives ``{}``.
    """
    if not columns:
        return pl.Series("json", ["{}"] * len(frame), dtype=pl.String)
    members = []
    for name in columns:
        encoded = pl.struct(pl.col(name)).struct.json_encode()
        inner = encoded.str.slice(1, encoded.str.len_chars() - 2)
        members.append(pl.when(pl.col(name).is_not_null()).then(inner))
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return frame.select(pl.concat_str(pl.lit("{"), joined, pl.lit("}")).alias("json"))["json"]


def occurrence(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """For each row how many earlier rows have the same values: 0, 1, 2 …"""
    return frame.select(pl.int_range(pl.len()).over(columns).alias("n"))["n"]
