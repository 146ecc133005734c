"""Numbers and amounts of money in Dutch and English notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from klantbeeld.quality.columns import as_text, by_distinct, filled, lookup, tidy
from klantbeeld.quality.placeholders import FORMULA_ERRORS, NOTHING, is_placeholder
from klantbeeld.quality.standard import Options, Standard

LONGEST = 60

# ISO 4217: currencies whose amounts are not divided in hundred.
_DECIMALS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "XAF": 0,
    "XOF": 0,
    "PYG": 0,
    "UGX": 0,
    "BHD": 3,
    "KWD": 3,
    "JOD": 3,
    "OMR": 3,
    "TND": 3,
    "IQD": 3,
    "LYD": 3,
}
SIGNS = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "$": "USD",
    "usd": "USD",
    "us$": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "chf": "CHF",
    "sek": "SEK",
    "dkk": "DKK",
    "nok": "NOK",
    "pln": "PLN",
    "zł": "PLN",
    "ƒ": "NLG",
    "nlg": "NLG",
    "fl": "NLG",
    "hfl": "NLG",
    "cad": "CAD",
    "aud": "AUD",
    "czk": "CZK",
    "huf": "HUF",
}
_CURRENCY = (
    r"(?:us\$|[€$£¥ƒ]|zł|\b(?:eur|euro|usd|gbp|jpy|chf|sek|dkk|nok|pln|nlg|h?fl|cad|aud|czk|huf)\b)"
    r"\.?"
)
_GROUPED_DIGITS = r"^(?:\d+|\d*[.,]\d+|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d*)?|\d+[.,])$"
_NUMBER_AMONG_WORDS = r"(?i)^\D{0,20}?(-?\d[\d.,]*)\s*[a-z%/ ]{0,12}\.?$"
# Minus before, or behind as accountants write; "5,-" is no minus but "no cents".
_NEGATIVE = r"^\s*\(.*\)\s*$|^\s*[-−–]|\d[-−]\s*$"
_LARGEST = 10**15  # minor units: fits 64 bits with room to add


@dataclass(frozen=True)
class DecimalMark:
    """mark: ',' or '.'. confidence 0 to 1. evidence: distinct values that only fit a comma, only
    a point, either (thousands or three decimals), and that have no mark at all."""

    mark: str
    confidence: float
    evidence: Mapping[str, int]


def decimal_mark(column: pl.Series) -> DecimalMark:
    """The decimal mark of a column of amounts; the whole column decides about '1.234'."""
    if column.dtype.is_numeric():
        return DecimalMark(".", 1.0, {"numbers": len(column) - column.null_count()})
    text = tidy(as_text(column)).drop_nulls().unique()
    bare = text.str.replace_all(r"[^\d.,]", "")
    comma = bare.str.contains(r"^[\d.]*,(?:\d{1,2}|\d{4,})?$|\..*,|\..*\..*\d")
    point = bare.str.contains(r"^[\d,]*\.(?:\d{1,2}|\d{4,})?$|,.*\.|,.*,.*\d")
    either = bare.str.contains(r"^\d{1,3}[.,]\d{3}$") & ~comma & ~point
    counts = {
        "comma": int((comma & ~point).sum()),
        "point": int((point & ~comma).sum()),
        "either": int(either.sum()),
        "none": int(bare.str.contains(r"^\d+$").sum()),
    }
    comma_votes, point_votes = counts["comma"], counts["point"]
    total = comma_votes + point_votes
    if not total:
        return DecimalMark(",", 0.5 if counts["either"] else 0.9, counts)
    mark, votes = (",", comma_votes) if comma_votes >= point_votes else (".", point_votes)
    return DecimalMark(mark, round(votes / total * (1 - 0.2 / votes), 3), counts)


def standard_amounts(column: pl.Series, options: Options) -> Standard:
    """Int64 minor units (12,50 euro is 1250). parts: currency where the value names one.

    A third decimal is rounded half away from zero. Numeric columns hold whole units (12.5).
    """
    decimals = _decimals(column, options.currency)
    if column.dtype.is_numeric() and not column.dtype.is_decimal():
        exact = column.cast(pl.Float64).fill_nan(None)
        minor, issue = _in_range(_rounded(exact * 10.0**decimals), exact)
        return Standard(minor, issue, {"currency": filled(None, column)})
    frame = _read(column, options)
    named = frame["currency"]
    if named.is_not_null().any():
        own = _decimals(column, named)
        decimals = own.zip_with(named.is_not_null(), decimals)
    minor = _minor(frame, decimals)
    too_large = minor.is_null() & frame["digits"].is_not_null()
    issue = frame["issue"].set(too_large, "out_of_range")
    return Standard(minor, issue, {"currency": named})


def standard_numbers(column: pl.Series, options: Options) -> Standard:
    """Float64 numbers."""
    if column.dtype.is_numeric():
        value = column.cast(pl.Float64).fill_nan(None)
        endless = value.is_infinite().fill_null(False)
        return Standard(value.set(endless, None), filled(None, column).set(endless, "out_of_range"))
    frame = _read(column, options)
    text = frame["digits"] + "." + frame["fraction"].fill_null("0")
    value = text.cast(pl.Float64, strict=False)
    value = (-value).zip_with(frame["negative"].fill_null(False), value)
    return Standard(value, frame["issue"])


def standard_whole_numbers(column: pl.Series, options: Options, low: int, high: int) -> Standard:
    """Int64 whole numbers from low up to high; words around the number ('34 jaar') may be there."""
    if not column.dtype.is_numeric():
        column = as_text(column).str.replace(_NUMBER_AMONG_WORDS, "$1")
    number = standard_numbers(column, options)
    value, issue = number.value, number.issue
    broken = ((value != value.floor()) & issue.is_null()).fill_null(False)
    issue = issue.set(broken, "not_a_whole_number")
    outside = (~value.is_between(low, high) & issue.is_null()).fill_null(False)
    issue = issue.set(outside, "out_of_range")
    return Standard(value.set(issue.is_not_null(), None).cast(pl.Int64), issue)


def _read(column: pl.Series, options: Options) -> pl.DataFrame:
    """digits, fraction (String), negative, currency and issue of each written number."""
    text = tidy(as_text(column))
    own = "." if column.dtype.is_numeric() else options.decimal
    comma = (own or decimal_mark(text).mark) == ","
    return by_distinct(text, lambda values: _read_text(values, comma))


def _read_text(text: pl.Series, comma: bool) -> pl.DataFrame:
    low = text.str.to_lowercase()
    sign = low.str.extract(r"(us\$|[€$£¥ƒ]|[a-zł]{2,4})\.?")
    bare = low.str.replace(_CURRENCY, "")
    negative = bare.str.contains(_NEGATIVE)
    bare = bare.str.replace(r"[,.](?:-{1,2}|=)\s*$", "").str.replace_all(r"[\s'’()+_−–-]", "")
    numeric = bare.str.contains(_GROUPED_DIGITS)
    numeric &= low.str.contains(r"^[^\d]*\d[\d.,\s'’_]*[^\d]*$")
    numeric &= ~low.str.contains(r"\d\s*[-−–]\s*\d")
    whole, fraction = _split(bare.set(~numeric, None), comma)
    issue = filled(None, text).set(~numeric, "not_a_number")
    for reason, wrong in (
        ("scientific_notation", low.str.contains(r"^-?\d(?:[.,]\d+)?e[+-]?\d{1,2}$")),
        ("placeholder", is_placeholder(text, NOTHING)),
        ("formula_error", is_placeholder(text, FORMULA_ERRORS)),
    ):
        issue = issue.set(wrong, reason)
    return pl.DataFrame(
        {
            "digits": whole,
            "fraction": fraction,
            "negative": negative,
            "currency": lookup(sign, SIGNS),
            "issue": issue,
        }
    )


def _split(bare: pl.Series, comma: bool) -> tuple[pl.Series, pl.Series]:
    """Digits before and after the decimal mark; a lone mark before three digits is decided by the
    column, two kinds of marks or a repeated one decide themselves."""
    last = bare.str.extract(r"([.,])[^.,]*$")
    tail = bare.str.extract(r"[.,](\d*)$")
    both = bare.str.contains(r"\..*,|,.*\.")
    repeated = bare.str.contains(r"\..*\.|,.*,") & ~both
    mark = "," if comma else "."
    grouped = bare.str.contains(r"^[1-9]\d{0,2}[.,]\d{3}$")
    lone_thousands = (last != mark) & grouped
    thousands = (repeated | (lone_thousands & ~both)).fill_null(False)
    fraction = tail.set(thousands, None)
    whole = bare.str.replace(r"[.,]\d*$", "").zip_with(fraction.is_not_null(), bare)
    whole = whole.str.replace_all(r"[.,]", "")
    whole = whole.set(whole.str.len_bytes() == 0, "0")
    return whole, fraction.set(fraction.str.len_bytes() == 0, None)


def _minor(frame: pl.DataFrame, decimals: pl.Series) -> pl.Series:
    padded = pl.col("fraction").fill_null("").str.pad_end(4, "0")
    places = pl.col("decimals")
    units = pl.col("digits").cast(pl.Int64, strict=False)
    units = pl.when(units <= _LARGEST).then(units)
    scale = pl.lit(10, pl.Int64).pow(places)
    cents = padded.str.slice(0, places).cast(pl.Int64, strict=False).fill_null(0)
    up = padded.str.slice(places, 1).cast(pl.Int64, strict=False).fill_null(0) >= 5
    total = units * scale + cents + up.cast(pl.Int64)
    total = pl.when(total <= _LARGEST).then(total)
    return (
        frame.with_columns(decimals.alias("decimals"))
        .select(pl.when("negative").then(-total).otherwise(total).alias("minor"))
        .to_series()
    )


def _decimals(column: pl.Series, currency: str | pl.Series) -> pl.Series:
    if isinstance(currency, str):
        return pl.repeat(
            _DECIMALS.get(currency.upper(), 2), len(column), dtype=pl.Int64, eager=True
        )
    return currency.str.to_uppercase().replace_strict(_DECIMALS, default=2, return_dtype=pl.Int64)


def _rounded(exact: pl.Series) -> pl.Series:
    # 1.005 in binary is a hair below: a millionth of a cent restores what was typed.
    nudged = exact.abs() + 0.5 + 1e-6
    size = nudged.floor()
    return (-size).zip_with((exact < 0).fill_null(False), size)


def _in_range(minor: pl.Series, exact: pl.Series) -> tuple[pl.Series, pl.Series]:
    good = (minor.abs() <= _LARGEST).fill_null(False)
    issue = filled(None, exact).set(exact.is_not_null() & ~good, "out_of_range")
    return minor.set(~good, None).cast(pl.Int64), issue
