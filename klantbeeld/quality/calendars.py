"""Reading dates and times as people and programs write them. No order is ever guessed per value:
the caller says which of day, month and year comes first."""

from __future__ import annotations

import datetime as dt

import polars as pl

MONTHS = {
    1: "januari jan january janvier januar jänner",
    2: "februari feb february février februar",
    3: "maart mrt mar march mars märz mär",
    4: "april apr avril",
    5: "mei may mai",
    6: "juni jun june juin",
    7: "juli jul july juillet",
    8: "augustus aug august août",
    9: "september sep sept septembre",
    10: "oktober okt october oct octobre",
    11: "november nov novembre",
    12: "december dec décembre dezember dez",
}
_MONTH_NUMBER = {name: number for number, names in MONTHS.items() for name in names.split()}
_MONTH = r"([a-zäéû]{3,9})\.?"
_WEEKDAY = r"(?:[a-z]{2,9}\.?,? )?"

_TIME = (
    r"(?:[t\s,]+(?:om )?(\d{1,2})[:.u](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s*(?:uur|u)?\s*([ap]\.?m\.?)?"
    r"\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_CLOCK = ("hour", "minute", "second", "fraction", "half", "zone")

# Each shape: its pattern on lower-case text, and what its leading groups are.
# "a b c" are three numbers whose meaning the order decides.
SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"^(\d{1,4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?'?(\d{1,4})" + _TIME, ("a", "b", "c")),
    (
        r"^((?:19|20|21)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:t|-|_| )?([01]\d|2[0-4])"
        r":?([0-5]\d)(?::?([0-5]\d))?(?:\.?(\d{3})|\.(\d{1,9}))?(z)?$",
        ("year", "month", "day", "hour", "minute", "second", "thousandths", "fraction", "zone"),
    ),
    (
        r"^"
        + _WEEKDAY
        + r"(\d{1,2})(?:e|de|ste|th|st|nd|rd|\.)?[-/. ]*"
        + _MONTH
        + r"[-/., ]*(\d{4}|'?\d{2})"
        + _TIME,
        ("day", "name", "year"),
    ),
    (
        r"^" + _WEEKDAY + _MONTH + r" (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME,
        ("name", "day", "year"),
    ),
    (r"^(\d{4})[-/. ]" + _MONTH + r"[-/. ](\d{1,2})" + _TIME, ("year", "name", "day")),
    (r"^" + _MONTH + r"[-/. ]*(\d{4}|'?\d{2})$", ("name", "year")),
    (r"^(\d{4})[-/.](\d{1,2})$", ("year", "month")),
    (r"^(\d{1,2})[-/.](\d{4})$", ("month", "year")),
    (r"^(19\d{2}|20\d{2})$", ("year",)),
)

_FIELDS = ("a", "b", "c", "year", "month", "day", "name", *_CLOCK)


def read_shapes(text: pl.Series) -> pl.DataFrame:
    """The pieces of each date text as String columns (`a b c year month day name hour minute
    second fraction half zone`), all null where no shape fits."""
    low = text.str.to_lowercase()
    pieces = pl.DataFrame({"low": low}).with_row_index("row")
    found: list[pl.DataFrame] = []
    for pattern, leading in SHAPES:
        fits = pieces["low"].str.contains(pattern)
        if fits.any():
            found.append(_pieces(pieces.filter(fits), pattern, leading))
            pieces = pieces.filter(~fits)
        if pieces.height == 0:
            break
    rest = pieces.select("row").with_columns(pl.lit(None, pl.String).alias(f) for f in _FIELDS)
    return pl.concat([*found, rest]).sort("row").drop("row")


def _pieces(rows: pl.DataFrame, pattern: str, leading: tuple[str, ...]) -> pl.DataFrame:
    groups = rows.select("row", pl.col("low").str.extract_groups(pattern).alias("g"))
    names = leading if "hour" in leading else (*leading, *_CLOCK)
    wide = groups.unnest("g")
    wide = wide.rename({str(i + 1): name for i, name in enumerate(names) if str(i + 1) in wide})
    if "thousandths" in wide:
        wide = wide.with_columns(pl.coalesce("thousandths", "fraction").alias("fraction"))
    return wide.select(
        "row", *((pl.col(f) if f in wide else pl.lit(None, pl.String).alias(f)) for f in _FIELDS)
    )


YEAR_FIRST_DIGITS = r"^(?:1[5-9]|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$|^0{8}$"


def divided(text: pl.Series, order: str) -> pl.Series:
    """Eight or six digits without separators, divided: 31012024 as 31-01-2024."""
    eight = text.str.contains(r"^\d{8}$")
    if not eight.any() and not text.str.contains(r"^\d{6}$").any():
        return text
    year_first = text.str.contains(YEAR_FIRST_DIGITS)
    if order == "ymd":
        year_first |= eight
    text = text.str.replace(r"^(\d{2})(\d{2})(\d{2})$", "$1-$2-$3")
    last = text.str.replace(r"^(\d{2})(\d{2})(\d{4})$", "$1-$2-$3")
    first = text.str.replace(r"^(\d{4})(\d{2})(\d{2})$", "$1-$2-$3")
    return first.zip_with(year_first, last)


def ordered(pieces: pl.DataFrame, order: str) -> pl.DataFrame:
    """Pieces with `a b c` laid on year, month and day by the order, month names as numbers.

    A year of four digits shows itself, wherever it stands.
    """
    a, b, c = pl.col("a"), pl.col("b"), pl.col("c")
    year_first = (a.str.len_bytes() >= 3) | (pl.lit(order == "ymd") & (c.str.len_bytes() < 3))
    day, month = (b, a) if order == "mdy" else (a, b)
    numbers = pl.col("name").replace_strict(_MONTH_NUMBER, default=0, return_dtype=pl.Int64)
    number = pl.when(pl.col("name").is_not_null()).then(numbers)
    has = a.is_not_null()
    return pieces.with_columns(
        pl.when(has & year_first).then(a).when(has).then(c).otherwise(pl.col("year")).alias("year"),
        pl.when(has & year_first)
        .then(b)
        .when(has)
        .then(month)
        .otherwise(pl.col("month"))
        .cast(pl.Int64)
        .fill_null(number)
        .alias("month"),
        pl.when(has & year_first)
        .then(c)
        .when(has)
        .then(day)
        .otherwise(pl.col("day"))
        .cast(pl.Int64)
        .alias("day"),
    )


def full_year(year: pl.Expr, today: dt.date, ahead: int) -> pl.Expr:
    """'24' becomes 2024 or 1924: the latest year not more than `ahead` years from now."""
    bare = year.str.strip_prefix("'")
    number = bare.cast(pl.Int64)
    limit = today.year + ahead
    this_century = number + limit // 100 * 100
    two = pl.when(this_century > limit).then(this_century - 100).otherwise(this_century)
    return pl.when(bare.str.len_bytes() <= 2).then(two).otherwise(number)


def days_in_month(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """Number of days of a month of the Gregorian calendar."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return (
        pl.when(month == 2)
        .then(28 + leap.cast(pl.Int64))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )


def microseconds_of_day() -> pl.Expr:
    """Microseconds since midnight from the pieces hour, minute, second, fraction and half."""
    hour = pl.col("hour").cast(pl.Int64)
    afternoon = pl.col("half").str.starts_with("p")
    hour = (
        pl.when(pl.col("half").is_null())
        .then(hour)
        .when(afternoon)
        .then(hour % 12 + 12)
        .otherwise(hour % 12)
    )
    fraction = pl.col("fraction").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64)
    seconds = hour * 3600 + pl.col("minute").cast(pl.Int64) * 60
    seconds = seconds + pl.col("second").cast(pl.Int64).fill_null(0)
    return seconds * 1_000_000 + fraction.fill_null(0)


def zone_minutes() -> pl.Expr:
    """Minutes east of UTC of the piece `zone`, null where none is written."""
    zone = pl.col("zone")
    hours = zone.str.slice(1, 2).cast(pl.Int64, strict=False)
    minutes = zone.str.slice(3).str.strip_chars(":").cast(pl.Int64, strict=False).fill_null(0)
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    return (
        pl.when(zone.is_in(["z", "utc", "gmt"]))
        .then(0)
        .when(zone.is_not_null())
        .then(sign * (hours * 60 + minutes))
    )
