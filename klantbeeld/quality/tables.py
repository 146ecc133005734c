"""quality for the other rooms: columns in, standard columns out. Nothing here raises on data."""

from __future__ import annotations

import time
from typing import Any

import polars as pl

from klantbeeld.quality.column_options import options_for
from klantbeeld.quality.columns import fold
from klantbeeld.quality.date_orders import DateOrder, date_order
from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.identifiers import looks_like_bsn
from klantbeeld.quality.names import is_english
from klantbeeld.quality.numbers import DecimalMark, decimal_mark
from klantbeeld.quality.profiles import Freshness, Profile, freshness_of, profile_of
from klantbeeld.quality.reasons import REASONS
from klantbeeld.quality.roles import READERS, reader_of
from klantbeeld.quality.sort_keys import sort_key
from klantbeeld.quality.special.columns import (
    LEGAL,
    ColumnFinding,
    guarded_column,
    guarded_columns,
    names_column,
)
from klantbeeld.quality.special.headings import kind_of_heading, topic_of_heading
from klantbeeld.quality.special.kinds import NUMBERS, TOPICS, Certainty, Kind, Span
from klantbeeld.quality.special.numbers import number_spans
from klantbeeld.quality.special.texts import (
    MASK,
    masked,
    spans_in,
    special_cells,
    special_spans,
    topic_column,
    worth_reading,
)
from klantbeeld.quality.standard import Options, Standard

__all__ = [
    "GIVEN_NAMES",
    "LEGAL",
    "MASK",
    "NUMBERS",
    "READERS",
    "REASONS",
    "TOPICS",
    "Certainty",
    "ColumnFinding",
    "DateOrder",
    "DecimalMark",
    "Freshness",
    "Kind",
    "Options",
    "Profile",
    "Span",
    "Standard",
    "date_order",
    "decimal_mark",
    "fold",
    "freshness",
    "guarded_column",
    "guarded_columns",
    "is_english",
    "kind_of_heading",
    "looks_like_bsn",
    "masked",
    "names_column",
    "number_spans",
    "options_for",
    "profile",
    "sort_key",
    "spans_in",
    "special_cells",
    "special_spans",
    "standardise",
    "topic_column",
    "topic_of_heading",
    "worth_reading",
]


def standardise(column: pl.Series, role: str, **options: Any) -> Standard:
    """A column in the standard form of its role, with the reason where a value is not usable.

    column: any dtype. options: see `Options`. Raises TypeError for an option that does not exist;
    never for data. Rows are independent of each other but for what the options leave to the
    column (`order`, `decimal`, `has_times`, `english`, `oldest`, `together`): see `options_for`.
    """
    return reader_of(role)(column, Options(**options))


def profile(
    column: pl.Series, role: str, *, now: int | None = None, examples: int = 3, **options: Any
) -> Profile:
    """Counts, reasons and freshness of a column under a role. now: microseconds UTC."""
    moment = time.time_ns() // 1_000 if now is None else now
    return profile_of(column, standardise(column, role, **options), moment, examples)


def freshness(at: pl.Series, now: int) -> Freshness | None:
    """Ages in days of moments (Int64 microseconds UTC); null when there are none."""
    return freshness_of(at, now)
