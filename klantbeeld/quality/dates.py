"""Dates (ISO text) and times (microseconds UTC) in standard form."""

from __future__ import annotations

import datetime as dt

import polars as pl

from klantbeeld.quality.columns import put
from klantbeeld.quality.moments import DAY, read_moments
from klantbeeld.quality.standard import Options, Standard
from klantbeeld.quality.zones import MINUTE, day_text, to_utc

OLDEST = 120  # years
_FEW = 20  # so many old dates may be slips of the pen
_AHEAD = 20  # years that '44' may lie ahead before it means 1944


def standard_birth_dates(column: pl.Series, options: Options) -> Standard:
    """ISO dates of birth; only whole days count. parts: precision."""
    frame = read_moments(column, options, 0)
    days = _days(frame, options.zone)
    issue = frame["issue"]
    today = (options.today - dt.date(1970, 1, 1)).days
    oldest = options.oldest or usual_oldest(days, today)
    vague = frame["precision"].is_in(["month", "year"]).fill_null(False)
    for reason, wrong in (
        ("incomplete_date", vague),
        ("in_future", days > today),
        ("too_old", days < today - oldest * 365.2425),
    ):
        issue = issue.set(wrong.fill_null(False) & issue.is_null(), reason)
    days = days.set(issue.is_not_null(), None)
    return Standard(
        day_text(days.cast(pl.Int32).cast(pl.Date)), issue, {"precision": frame["precision"]}
    )


def usual_oldest(days: pl.Series, today: int) -> int:
    """The age above which a birth date is an error: none where most of a column is historical."""
    historical = int((days < today - OLDEST * 365.2425).sum())
    most = historical > _FEW and 2 * historical > len(days) - days.null_count()
    return 10_000 if most else OLDEST


def standard_dates(column: pl.Series, options: Options) -> Standard:
    """ISO dates; of a month or year its first day. parts: precision."""
    frame = read_moments(column, options, _AHEAD)
    days = _days(frame, options.zone).cast(pl.Int32).cast(pl.Date)
    return Standard(day_text(days), frame["issue"], {"precision": frame["precision"]})


def standard_moments(column: pl.Series, options: Options) -> Standard:
    """Int64 microseconds UTC. parts: precision, local_day (ISO date in the zone).

    A date without a time is the start of that local day, and keeps it as `local_day`.
    """
    frame = read_moments(column, options, _AHEAD)
    at = _at(frame, options.zone)
    days = _days(frame, options.zone).cast(pl.Int32).cast(pl.Date)
    return Standard(
        at, frame["issue"], {"precision": frame["precision"], "local_day": day_text(days)}
    )


def _at(frame: pl.DataFrame, zone: str) -> pl.Series:
    own = frame["zone"].is_not_null()
    exact = frame["local"] - frame["zone"] * MINUTE
    if own.all():
        return exact.alias("at")
    wall = to_utc(frame["local"].set(own, None), zone)
    return exact.zip_with(own, wall).alias("at")


def _days(frame: pl.DataFrame, zone: str) -> pl.Series:
    """Local days since 1970 (Int64): as written, or in the zone where an offset was written."""
    days = frame["local"] // DAY
    own = frame["zone"].is_not_null()
    if not own.any():
        return days
    exact = (frame["local"] - frame["zone"] * MINUTE).filter(own).cast(pl.Datetime("us"))
    there = exact.dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.date()
    return put(days, own.arg_true(), there.cast(pl.Int32).cast(pl.Int64))
