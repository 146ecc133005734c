"""What a column is like: how full, how valid, how fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from klantbeeld.quality.moments import DAY
from klantbeeld.quality.standard import Standard


@dataclass(frozen=True)
class Freshness:
    """Ages in whole days; moments in the future count as 0 and in `ahead`."""

    newest: int
    median: int
    oldest: int
    ahead: int


@dataclass(frozen=True)
class Profile:
    """Counts of rows; `distinct` counts standard values. `invalid` maps reason to rows, without
    placeholders; `examples` maps reason to a few original values (personal data: for screens,
    never for logs)."""

    rows: int
    filled: int
    valid: int
    distinct: int
    placeholders: int
    invalid: Mapping[str, int]
    examples: Mapping[str, tuple[str, ...]]
    freshness: Freshness | None


def freshness_of(at: pl.Series, now: int) -> Freshness | None:
    """at: Int64 microseconds UTC; now: the same. Null when nothing is filled."""
    age = (now - at.drop_nulls()) // DAY
    if not len(age):
        return None
    past = age.clip(0)
    newest, median, oldest = (int(x) for x in (past.min(), past.median(), past.max()))  # type: ignore[arg-type]
    return Freshness(newest, median, oldest, int((age < 0).sum()))


def profile_of(original: pl.Series, standard: Standard, now: int, examples: int) -> Profile:
    """Count a column and its standard form, row by row the same."""
    reasons = standard.issue.drop_nulls().value_counts(sort=True).rows()
    counts = {str(reason): int(count) for reason, count in reasons}
    valid = len(standard.value) - standard.value.null_count()
    invalid = {reason: count for reason, count in counts.items() if reason != "placeholder"}
    return Profile(
        rows=len(original),
        filled=valid + sum(counts.values()),
        valid=valid,
        distinct=standard.value.drop_nulls().n_unique(),
        placeholders=counts.get("placeholder", 0),
        invalid=invalid,
        examples={
            reason: _examples(original, standard.issue == reason, examples) for reason in counts
        },
        freshness=_freshness(standard, now),
    )


def _examples(original: pl.Series, mine: pl.Series, count: int) -> tuple[str, ...]:
    found = original.filter(mine.fill_null(False)).unique(maintain_order=True).head(count)
    return tuple(str(value) for value in found.to_list())


def _freshness(standard: Standard, now: int) -> Freshness | None:
    at = standard.parts.get("at", standard.value if "local_day" in standard.parts else None)
    return None if at is None else freshness_of(at, now)
