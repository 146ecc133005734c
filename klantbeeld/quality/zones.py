"""Wall-clock time to moments in UTC, the same way every time."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import put

MINUTE = 60_000_000  # microseconds


def to_utc(local: pl.Series, zone: str) -> pl.Series:
    """Int64 wall-clock microseconds to Int64 microseconds UTC.

    The hour that exists twice in autumn is taken as the first one; the hour that spring skips
    is read with the offset before the change (02:30 becomes 03:30), as Python's fold=0 does.
    """
    if local.null_count() == len(local):
        return local.cast(pl.Int64)
    wall = local.cast(pl.Datetime("us"))
    there = _placed(wall, zone)
    skipped = there.is_null() & local.is_not_null()
    at = there.to_physical()
    if skipped.any():
        hour = 60 * MINUTE
        before = _placed((local.filter(skipped) - hour).cast(pl.Datetime("us")), zone)
        at = put(at, skipped.arg_true(), before.to_physical() + hour)
    return at


def _placed(wall: pl.Series, zone: str) -> pl.Series:
    return wall.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")


def day_text(days: pl.Series) -> pl.Series:
    """Dates as ISO text; each distinct day is written once."""
    distinct = days.drop_nulls().unique()
    written = distinct.cast(pl.String)
    return days.replace_strict(distinct, written, default=None, return_dtype=pl.String)
