"""A column of dates or times of any type as moments: wall-clock time, zone and precision."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality import calendars
from klantbeeld.quality.columns import as_text, by_distinct, put, tidy
from klantbeeld.quality.date_orders import date_order
from klantbeeld.quality.placeholders import FORMULA_ERRORS, NOBODY, is_placeholder
from klantbeeld.quality.standard import Options

DAY = 86_400_000_000  # microseconds
LONGEST = 80

_ISO = r"^[12]\d{3}-\d\d-\d\d[ Tt]\d\d:\d\d:\d\d(?:\.\d{1,6})?Z?$"
_ZEROS = r"^(?:0{1,4}[-/. ]0{1,2}[-/. ]0{1,4}\b|00\.00\.|0{6,8}$|0$)"
_EXCEL_EPOCH = 25_569  # 1970-01-01 as an Excel serial number (1900 system)
_EXCEL_FIRST, _EXCEL_LAST = 366, 73_415  # 1901 up to 2100
_YEARS = (1000, 9999)
_FIRST, _LAST = -14_831_769_600_000_000, 7_258_118_400_000_000  # 1500 up to 2200
# What systems write for "no date": 1-1-1, 1753, 1899-12-30/31, 1-1-1900, 1-1-1970, 9999, 2099.
_NO_DATES = (-719_162, -79_257, -25_569, -25_568, -25_567, 0, 2_932_896, 47_481)

SCHEMA = {"local": pl.Int64, "zone": pl.Int64, "precision": pl.String, "issue": pl.String}


def read_moments(column: pl.Series, options: Options, ahead: int) -> pl.DataFrame:
    """Columns `local` (Int64, microseconds on the wall clock since 1970), `zone` (minutes east of
    UTC, null where none is given), `precision` (year month day minute second) and `issue`.

    ahead: how many years from now a two-digit year may lie at most.
    """
    kind = column.dtype
    if kind == pl.Date:
        frame = _native(column.cast(pl.Datetime("us")), None, "day")
    elif isinstance(kind, pl.Datetime):
        zone = None if kind.time_zone is None else 0
        frame = _native(column.cast(pl.Datetime("us", kind.time_zone)), zone, "second")
    else:
        text = tidy(as_text(column))
        order = options.order or date_order(text).order
        frame = by_distinct(text, lambda values: _read_text(values, order, options, ahead))
    return _without_midnights(_flag_no_dates(frame), options.has_times)


def _native(column: pl.Series, zone: int | None, precision: str) -> pl.DataFrame:
    local = column.to_physical().alias("local")
    return pl.DataFrame({"local": local}).select(
        "local",
        pl.when(pl.col("local").is_not_null()).then(pl.lit(zone, pl.Int64)).alias("zone"),
        pl.when(pl.col("local").is_not_null()).then(pl.lit(precision)).alias("precision"),
        pl.lit(None, pl.String).alias("issue"),
    )


def _read_text(text: pl.Series, order: str, options: Options, ahead: int) -> pl.DataFrame:
    quick = text.str.contains(_ISO)
    if quick.all():
        frame = _iso(text)
        quick = frame["local"].is_not_null()
        if quick.all():
            return frame
    rows = pl.int_range(0, len(text), eager=True)
    parts = [_iso(text.filter(quick)).with_columns(rows.filter(quick).alias("row"))]
    parts[0] = parts[0].filter(pl.col("local").is_not_null())
    left = rows.filter(~rows.is_in(parts[0]["row"].implode()))
    values = text.gather(left)
    number = values.str.contains(r"^-?\d{1,19}(?:\.\d+)?$") & ~_is_compact(values)
    parts.append(_numbers(values.filter(number)).with_columns(left.filter(number).alias("row")))
    other = values.filter(~number)
    parts.append(
        _shapes(other, order, options, ahead).with_columns(left.filter(~number).alias("row"))
    )
    return pl.concat(parts).sort("row").drop("row")


def _is_compact(text: pl.Series) -> pl.Series:
    """Digits that are a written date (20240131, 310124, 20240131120000, 1985), not a count."""
    return text.str.contains(
        r"^(?:(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
        r"(?:(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d(?:\d{3})?)?)?"
        r"|\d{8}|\d{6}|(?:19|20)\d{2})$"
    )


def _iso(text: pl.Series) -> pl.DataFrame:
    bare = text.str.slice(0, 10) + " " + text.str.slice(11).str.strip_suffix("Z")
    local = bare.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False)
    utc = text.str.ends_with("Z")
    return pl.DataFrame({"local": local.to_physical(), "utc": utc}).select(
        "local",
        pl.when("utc").then(pl.lit(0, pl.Int64)).alias("zone"),
        pl.lit("second").alias("precision"),
        pl.lit(None, pl.String).alias("issue"),
    )


def _numbers(text: pl.Series) -> pl.DataFrame:
    """Excel serial numbers (wall clock) and seconds, milli-, micro- or nanoseconds since 1970."""
    whole = text.str.extract(r"^(-?\d+)").cast(pl.Int64, strict=False)
    exact = text.cast(pl.Float64, strict=False)
    size, n, x = pl.col("n").abs(), pl.col("n"), pl.col("x")
    serial = x.is_between(_EXCEL_FIRST, _EXCEL_LAST)
    excel = ((x - _EXCEL_EPOCH) * 86_400).round().cast(pl.Int64, strict=False) * 1_000_000
    seconds = (x * 1_000_000).round().cast(pl.Int64, strict=False)
    epoch = (
        pl.when(size < 10**8)
        .then(None)
        .when(size < 10**10)
        .then(seconds)
        .when(size < 10**13)
        .then(n * 1_000)
        .when(size < 10**16)
        .then(n)
        .otherwise(n // 1_000)
    )
    epoch = pl.when(epoch.is_between(_FIRST, _LAST)).then(epoch)
    frame = pl.DataFrame({"n": whole, "x": exact}).select(
        pl.when(serial).then(excel).otherwise(epoch).alias("local"),
        pl.when(~serial & epoch.is_not_null()).then(pl.lit(0, pl.Int64)).alias("zone"),
        pl.when(serial & (x == x.floor()))
        .then(pl.lit("day"))
        .otherwise(pl.lit("second"))
        .alias("precision"),
        (x == 0).alias("zero"),
    )
    return frame.select(
        "local",
        "zone",
        pl.when(pl.col("local").is_not_null()).then("precision"),
        pl.when(pl.col("zero"))
        .then(pl.lit("placeholder"))
        .when(pl.col("local").is_null())
        .then(pl.lit("not_a_date"))
        .alias("issue"),
    )


def _shapes(text: pl.Series, order: str, options: Options, ahead: int) -> pl.DataFrame:
    pieces = calendars.read_shapes(calendars.divided(text, order))
    read = calendars.ordered(pieces, order).with_columns(
        calendars.full_year(pl.col("year"), options.today, ahead).alias("year"),
        calendars.microseconds_of_day().alias("time"),
        calendars.zone_minutes().alias("zone"),
        pl.Series("nothing", is_placeholder(text, NOBODY | {"nat"})),
        pl.Series("error", is_placeholder(text, FORMULA_ERRORS)),
        text.str.contains(_ZEROS).alias("zero"),
    )
    issue, precision = _shape_issue(order), _shape_precision()
    read = read.with_columns(issue.alias("issue"), precision.alias("precision"))
    good = read["issue"].is_null()
    year, month, day = (
        pl.col(c) if c == "year" else pl.col(c).fill_null(1) for c in ("year", "month", "day")
    )
    local = (
        read.filter(good)
        .select(
            pl.date(year, month, day).cast(pl.Int32).cast(pl.Int64) * DAY
            + pl.col("time").fill_null(0)
        )
        .to_series()
    )
    all_local = pl.repeat(None, len(text), dtype=pl.Int64, eager=True)
    return pl.DataFrame(
        {
            "local": put(all_local, good.arg_true(), local),
            "zone": read["zone"].set(~good, None),
            "precision": read["precision"].set(~good, None),
            "issue": read["issue"],
        }
    )


def _shape_issue(order: str) -> pl.Expr:
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    long_month = day > calendars.days_in_month(year, month)
    swapped = (
        month.is_between(13, 31)
        & day.is_between(1, 12)
        & pl.col("a").is_not_null()
        & (pl.col("a").str.len_bytes() <= 2)
        & pl.lit(order != "ymd")
    )
    time = pl.col("time")
    return (
        pl.when(pl.col("error"))
        .then(pl.lit("formula_error"))
        .when(pl.col("nothing") | pl.col("zero"))
        .then(pl.lit("placeholder"))
        .when(year.is_null())
        .then(pl.lit("not_a_date"))
        .when(~year.is_between(*_YEARS) & (year != 1))
        .then(pl.lit("not_a_date"))
        .when(pl.col("name").is_not_null() & (month == 0))
        .then(pl.lit("not_a_date"))
        .when(swapped)
        .then(pl.lit("day_month_swapped"))
        .when(~month.is_between(1, 12) | (day < 1) | long_month)
        .then(pl.lit("impossible_date"))
        .when(
            (time > DAY)
            | (pl.col("minute").cast(pl.Int64) > 59)
            | (pl.col("second").cast(pl.Int64) > 60)
            | (pl.col("zone").abs() > 15 * 60)
        )
        .then(pl.lit("impossible_time"))
    )


def _shape_precision() -> pl.Expr:
    return (
        pl.when(pl.col("second").is_not_null())
        .then(pl.lit("second"))
        .when(pl.col("minute").is_not_null())
        .then(pl.lit("minute"))
        .when(pl.col("day").is_not_null())
        .then(pl.lit("day"))
        .when(pl.col("month").is_not_null())
        .then(pl.lit("month"))
        .otherwise(pl.lit("year"))
    )


def _flag_no_dates(frame: pl.DataFrame) -> pl.DataFrame:
    local = pl.col("local")
    whole_day = pl.col("precision").is_in(["day", "minute", "second"])
    no_date = (local // DAY).is_in(_NO_DATES) & whole_day
    # 1-1-1970 is nobody's "no date" when it carries a time of day that a person or system set.
    no_date &= (local % DAY == 0) | (local < 0) | (local // DAY > 40_000)
    issue = (
        pl.when(pl.col("issue").is_not_null())
        .then("issue")
        .when(no_date)
        .then(pl.lit("placeholder"))
        .when(~local.is_between(_FIRST, _LAST))
        .then(pl.lit("out_of_range"))
    )
    frame = frame.with_columns(issue.alias("issue"))
    usable = pl.col("issue").is_null()
    return frame.with_columns(
        pl.when(usable).then(c).alias(c) for c in ("local", "zone", "precision")
    )


def _without_midnights(frame: pl.DataFrame, has_times: bool | None) -> pl.DataFrame:
    """Midnight throughout a column means that it has dates only."""
    timed = pl.col("precision").is_in(["minute", "second"]) & pl.col("zone").is_null()
    midnight = timed & (pl.col("local") % DAY == 0)
    if has_times is None:
        some, all_midnight = frame.select(
            timed.any().alias("s"), (midnight | ~timed).all().alias("m")
        ).row(0)
        has_times = not (some and all_midnight)
    if has_times:
        return frame
    return frame.with_columns(
        pl.when(midnight).then(pl.lit("day")).otherwise("precision").alias("precision")
    )
