"""Which of day and month comes first: the whole column decides, never one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from klantbeeld.quality import calendars
from klantbeeld.quality.columns import as_text, tidy

_MOST = 200_000  # distinct values looked at; a column has fewer dates than that in practice


@dataclass(frozen=True)
class DateOrder:
    """order: dmy, mdy or ymd. confidence: 0 to 1. evidence: number of distinct values that only
    fit day_first, month_first or year_first, that fit both (ambiguous), that need no order
    (clear: month written out, year of four digits first) or are no dates (other)."""

    order: str
    confidence: float
    evidence: Mapping[str, int]


def date_order(column: pl.Series) -> DateOrder:
    """The order in which a column writes its dates, with what speaks for it.

    Dates 1 to 12 of a month fit both orders; with nothing but those the Dutch order dmy is
    given with confidence 0.5 (am/pm times make it mdy, 0.6).
    """
    if column.dtype.is_temporal():
        return DateOrder("ymd", 1.0, {"clear": len(column) - column.null_count()})
    text = tidy(as_text(column)).drop_nulls().unique().sort().head(_MOST)
    pieces = calendars.read_shapes(calendars.divided(text, _order_of_digits(text)))
    evidence = _evidence(pieces)
    return DateOrder(*_decide(evidence, pieces["half"].is_not_null().any()), evidence)


def _order_of_digits(text: pl.Series) -> str:
    """Whether eight digits without separators start with the year: most of them decide."""
    eight = text.filter(text.str.contains(r"^\d{8}$"))
    year_first = int(eight.str.contains(calendars.YEAR_FIRST_DIGITS).sum())
    return "ymd" if 2 * year_first > len(eight) else "dmy"


def _evidence(pieces: pl.DataFrame) -> dict[str, int]:
    a, b, c = (pl.col(x).cast(pl.Int64) for x in "abc")
    # A four-digit year in front of the digits' own date (19850312) is laid on year by its shape.
    three = pl.col("a").is_not_null()
    four = three & (pl.col("a").str.len_bytes() == 4)
    last4 = pl.col("c").str.len_bytes() == 4
    free = three & ~four
    counts = pieces.select(
        clear=(four | pl.col("name").is_not_null() | (pl.col("year").is_not_null() & ~three)).sum(),
        year_first=(free & ~last4 & ((a > 31) | (a == 0)) & (b <= 12)).sum(),
        day_first=(free & a.is_between(13, 31) & (b <= 12) & (last4 | (c > 31))).sum(),
        month_first=(free & (a <= 12) & b.is_between(13, 31)).sum(),
        day_or_year_first=(free & ~last4 & a.is_between(13, 31) & (b <= 12) & (c <= 31)).sum(),
        ambiguous=(free & a.is_between(1, 12) & (b <= 12)).sum(),
        year_in_front=four.sum(),
        other=(~three & pl.col("year").is_null()).sum(),
    )
    return {name: int(value) for name, value in counts.row(0, named=True).items()}


def _decide(evidence: Mapping[str, int], has_halves: bool) -> tuple[str, float]:
    votes = {
        "dmy": evidence["day_first"],
        "mdy": evidence["month_first"],
        "ymd": evidence["year_first"],
    }
    unsure = evidence["day_or_year_first"]
    votes["ymd" if votes["ymd"] > votes["dmy"] else "dmy"] += unsure
    total = sum(votes.values())
    if total:
        order = max(votes, key=lambda name: votes[name])
        share = votes[order] / total
        # One witness may be a slip of the pen; certainty grows with their number.
        return order, round(share * (1 - 0.2 / votes[order]), 3)
    if evidence["ambiguous"]:
        return ("mdy", 0.6) if has_halves else ("dmy", 0.5)
    if evidence["year_in_front"]:
        return "ymd", 1.0
    return "dmy", 0.9 if evidence["clear"] else 0.5
