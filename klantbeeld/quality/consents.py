"""Yes and no in columns about contact; a date means yes, on that day."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.choices import closed_choice
from klantbeeld.quality.columns import by_distinct, filled
from klantbeeld.quality.dates import standard_moments
from klantbeeld.quality.readers import Reader, prepared
from klantbeeld.quality.standard import Options, Standard

LONGEST = 60


def yes_or_no(table: dict[str, str]) -> Reader:
    """Boolean value; parts at (Int64 microseconds UTC), precision, local_day where the column
    has a date. Unknown stays null: it is neither yes nor no."""

    def read(column: pl.Series, options: Options) -> Standard:
        if column.dtype == pl.Boolean:
            return Standard(column, filled(None, column), _no_moments(column))
        if column.dtype.is_temporal():
            return _dated(column, options)
        text, issue = prepared(column, frozenset(), LONGEST)
        frame = by_distinct(text, lambda values: closed_choice(values, table, frozenset()))
        value = frame["value"] == "true"
        own = frame["issue"]
        maybe_date = (own == "unknown_value").fill_null(False) & text.str.contains(r"\d")
        dated = _dated(text.set(~maybe_date.fill_null(False), None), options)
        value = dated.value.zip_with(dated.value.is_not_null(), value)
        own = own.set(dated.value.is_not_null(), None)
        wrong_date = dated.issue.is_not_null() & (dated.issue != "not_a_date")
        own = dated.issue.zip_with(wrong_date.fill_null(False), own)
        return Standard(value, issue.zip_with(issue.is_not_null(), own), dated.parts)

    return read


def _dated(column: pl.Series, options: Options) -> Standard:
    when = standard_moments(column, options)
    yes = pl.repeat(True, len(column), eager=True).set(when.value.is_null(), None)
    return Standard(yes, when.issue, {"at": when.value, **when.parts})


def _no_moments(column: pl.Series) -> dict[str, pl.Series]:
    nothing = filled(None, column)
    return {"at": nothing.cast(pl.Int64), "precision": nothing, "local_day": nothing}
