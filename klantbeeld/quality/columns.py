"""Columns of any type as clean text, and work done once per distinct value."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

Work = Callable[[pl.Series], pl.DataFrame]

# Printable ASCII with single inner spaces needs no mending: nearly every value.
_UNTIDY = r"[^\x20-\x7e]|  |^ | $"
_UNTIDY_LINES = r"[^\x20-\x7e\n]|^[ \n]|[ \n]$| \n|\n\n\n"
_INVISIBLE = r"[\p{Cc}\p{Cf}&&[^\t\n\x0b\x0c\r\x85]]"
_INVISIBLE_CONTROLS = r"[\p{Cc}\x{feff}&&[^\t\n\x0b\x0c\r\x85]]"  # joiners make emoji: kept
_SPACE = r"[\s\p{Z}]+"
_DISTINCT_PAYS = 0.5  # below this share of distinct values, work is done per distinct value


def as_text(column: pl.Series) -> pl.Series:
    """Any column as String: 17850.0 becomes '17850', a moment ISO 8601, NaN null."""
    kind = column.dtype
    if kind == pl.String:
        return column
    if kind.is_float():
        return _float_text(column)
    if kind == pl.Binary:
        return column.map_elements(lambda raw: raw.decode("utf-8", "replace"), pl.String)
    if kind == pl.Date:
        return column.dt.strftime("%Y-%m-%d")
    if isinstance(kind, pl.Datetime):
        return _moment_text(column)
    if kind.is_nested() or kind in (pl.Object, pl.Duration):
        return pl.Series(
            column.name, [None if v is None else str(v) for v in column.to_list()], dtype=pl.String
        )
    return column.cast(pl.String, strict=False)


def _float_text(column: pl.Series) -> pl.Series:
    number = column.cast(pl.Float64).fill_nan(None)
    whole = (number == number.floor()) & (number.abs() < 2**53)
    as_whole = number.set(~whole.fill_null(False), None).cast(pl.Int64, strict=False)
    return as_whole.cast(pl.String).zip_with(whole.fill_null(False), number.cast(pl.String))


def _moment_text(column: pl.Series) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        return column.dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
    return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f")


def tidy(text: pl.Series) -> pl.Series:
    """NFC, no control or invisible characters, single spaces, no outer space; '' is null."""
    untidy = text.str.contains(_UNTIDY).fill_null(False)
    if untidy.any():
        mended = (
            text.filter(untidy)
            .str.replace_all(_INVISIBLE, "")
            .str.normalize("NFC")
            .str.replace_all(_SPACE, " ")
            .str.strip_chars(" ")
        )
        text = put(text, untidy.arg_true(), mended)
    return text.set(text.str.len_bytes() == 0, None)


def tidy_lines(text: pl.Series) -> pl.Series:
    """As `tidy` for text of several lines: line ends become \\n, at most one blank line."""
    untidy = text.str.contains(_UNTIDY_LINES).fill_null(False)
    if untidy.any():
        mended = (
            text.filter(untidy)
            .str.replace_all(_INVISIBLE_CONTROLS, "")
            .str.normalize("NFC")
            .str.replace_all(r"\r\n?|[\x0b\x0c\x85\x{2028}\x{2029}]", "\n")
            .str.replace_all(r"[\p{Zs}\t]+\n", "\n")
            .str.replace_all(r"\n{3,}", "\n\n")
            .str.strip_chars()
        )
        text = put(text, untidy.arg_true(), mended)
    return text.set(text.str.len_bytes() == 0, None)


def put(series: pl.Series, places: pl.Series, values: pl.Series) -> pl.Series:
    """A copy of a series with other values at some places (`scatter` itself works in place)."""
    return series.clone().scatter(places, values)


def by_distinct(text: pl.Series, work: Work) -> pl.DataFrame:
    """`work` on the filled values, each distinct one once where that pays; nulls stay null.

    `work` takes a String series without nulls and returns a frame of the same height.
    """
    filled = text.drop_nulls()
    distinct = filled.unique()
    if len(distinct) > _DISTINCT_PAYS * len(text):
        if len(filled) == len(text):
            return work(text)
        seen = text.is_not_null()
        place = pl.select(pl.when(seen).then(seen.cum_sum() - 1)).to_series()
        return at_places(work(filled), place)
    index = pl.DataFrame({"text": distinct}).with_row_index("place")
    place = pl.DataFrame({"text": text}).join(index, on="text", how="left", maintain_order="left")[
        "place"
    ]
    return at_places(work(distinct), place)


def at_places(frame: pl.DataFrame, place: pl.Series) -> pl.DataFrame:
    """Rows of `frame` at `place` (null: a row of nulls)."""
    if frame.height == 0:
        return frame.clear(len(place))
    return frame.select(pl.all().gather(place))


def mapped(text: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """A Python function over a String series, each distinct value once; null stays null."""
    if text.null_count() == len(text):
        return text.cast(pl.String)

    def work(values: pl.Series) -> pl.DataFrame:
        to = [function(value) for value in values.to_list()]
        return pl.DataFrame({"to": pl.Series(to, dtype=pl.String)})

    return by_distinct(text, work)["to"].alias(text.name)


def filled(value: str | None, like: pl.Series) -> pl.Series:
    """A series as long as `like` with one value throughout (a reason code, or null)."""
    return pl.repeat(value, len(like), dtype=pl.String, eager=True)


def lookup(text: pl.Series, table: dict[str, str]) -> pl.Series:
    """Each value's entry in a table, null where it has none."""
    return text.replace_strict(
        list(table), list(table.values()), default=None, return_dtype=pl.String
    )


def fold(text: pl.Series) -> pl.Series:
    """Lower case without accents, only letters and digits, single spaces ('o neill')."""
    low = text.str.to_lowercase()
    strange = low.str.contains(r"[^a-z0-9 ]").fill_null(False)
    if not strange.any():
        return low
    plain = (
        low.filter(strange)
        .str.replace_many(_FOLDED)
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_all(r"['’‘`´.]", "")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )
    return put(low, strange.arg_true(), plain)


_FOLDED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ĳ": "ij",
}
