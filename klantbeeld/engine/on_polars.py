"""The Polars body of every primitive; `on_spark.py` holds the other one, name for name."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from klantbeeld.engine.patterns import Pattern

Frame = nw.LazyFrame[Any]


def scan(paths: Sequence[Path], schema: Mapping[str, pl.DataType]) -> Frame:
    if not paths:
        return nw.from_native(pl.LazyFrame(schema=dict(schema)))
    # No globbing: a folder name may hold brackets.
    return nw.from_native(pl.scan_parquet(list(paths), schema=dict(schema), glob=False))


def collect(frame: Frame) -> pl.DataFrame:
    native: pl.LazyFrame = frame.to_native()
    return native.collect(engine="streaming")


def asof(left: Frame, right: Frame, key: str, at: str, tie: Sequence[str]) -> Frame:
    right_at = f"{at}_right"
    candidates = (
        right.to_native()
        .filter(pl.col(at).is_not_null() & pl.col(key).is_not_null())
        .rename({at: right_at})
        .sort(right_at, *tie)
    )
    ours: pl.LazyFrame = left.to_native()
    joined = ours.sort(at).join_asof(
        candidates,
        left_on=at,
        right_on=right_at,
        by=key,
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    return nw.from_native(joined)


def sequence(
    events: Frame, pattern: Pattern, key: str, order: Sequence[str], kind: str, day: str
) -> Frame:
    is_first = pl.col(kind).is_in(pattern.first)
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    starts = (pl.col(key) != pl.col(key).shift(1)).fill_null(True)
    # One sort, then running "last seen" columns over the whole frame; `group` is the row
    # where the key's own rows begin, so what was seen before it belongs to another key.
    native: pl.LazyFrame = events.to_native()
    rows = native.sort(key, *order).with_columns(
        _row=row,
        _group=pl.when(starts).then(row).forward_fill(),
        _first=_last_seen(is_first, row),
        _first_at=_last_seen(is_first, pl.col(order[0])),
        _first_day=_last_seen(is_first, pl.col(day)),
        _without=_last_seen(pl.col(kind).is_in(pattern.without), row),
    )
    found = rows.filter(
        pl.col(kind).is_in(pattern.then)
        & (pl.col("_first") >= pl.col("_group"))
        & (pl.col(day) - pl.col("_first_day") <= pattern.days)
        & (pl.col("_without").is_null() | (pl.col("_without") <= pl.col("_first")))
    )
    return nw.from_native(
        found.group_by(key).agg(first_at=pl.col("_first_at").min(), then_at=pl.col(order[0]).min())
    )


def _last_seen(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    """The value in the last row above where the condition held."""
    return pl.when(condition).then(value).forward_fill().shift(1)


def ntile(
    frame: Frame, n: int, order_by: Sequence[str], by: Sequence[str], descending: bool, name: str
) -> Frame:
    directions = [False] * len(by) + [descending] * len(order_by)
    unsorted: pl.LazyFrame = frame.to_native()
    native = unsorted.sort(*by, *order_by, descending=directions)
    row: pl.Expr = pl.int_range(pl.len(), dtype=pl.Int64)
    count: pl.Expr = pl.len().cast(pl.Int64)
    if by:
        row, count = row.over(*by), count.over(*by)
    small, larger = count // n, count % n
    # The first `larger` buckets hold one row more than the others.
    in_larger = row < larger * (small + 1)
    bucket = (
        pl.when(in_larger)
        .then(row // (small + 1))
        .otherwise(larger + (row - larger * (small + 1)) // pl.max_horizontal(small, pl.lit(1)))
    )
    return nw.from_native(native.with_columns((bucket + 1).cast(pl.Int32).alias(name)))


def month(frame: Frame, day: str, name: str) -> Frame:
    moment = pl.col(day).cast(pl.Int32).cast(pl.Date)
    since_1970 = (moment.dt.year() - 1970) * 12 + moment.dt.month().cast(pl.Int32) - 1
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.with_columns(since_1970.cast(pl.Int32).alias(name)))
