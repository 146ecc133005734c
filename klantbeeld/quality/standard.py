"""What a standardised column is, and the options that steer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

VALUE = "value"
ISSUE = "issue"


@dataclass(frozen=True)
class Options:
    """What a caller may know about a column; whatever is None the column itself decides.

    A column that arrives in chunks must get `order`, `decimal`, `has_times`, `english`,
    `oldest` and `together` from one look at all of it (`options_for`), else chunks may differ.
    """

    order: str | None = None  # of day, month and year in dates: dmy, mdy or ymd
    decimal: str | None = None  # "," or "."
    has_times: bool | None = None  # False: midnight stands for "no time given"
    english: bool | None = None  # True: "Mr" is a salutation, not the Dutch title meester
    country: str | pl.Series | None = None  # name or code, for all rows or per row
    currency: str | pl.Series = "EUR"  # decides how many decimals an amount has
    zone: str = "Europe/Amsterdam"  # of times without a zone, and of local days
    together: bool | None = None  # True: cells may hold a postcode and a place
    oldest: int | None = None  # age in years above which a birth date is taken for an error
    today: dt.date = field(default_factory=lambda: dt.datetime.now(dt.UTC).date())


@dataclass(frozen=True)
class Standard:
    """A column in standard form; all series have the length of the input.

    value: standard form, null where empty or invalid.
    issue: String, reason code where the input was filled but not usable, else null.
    parts: further columns read from the same input, by name (`surname`, `house_number`, ...).
    """

    value: pl.Series
    issue: pl.Series
    parts: Mapping[str, pl.Series] = field(default_factory=dict)

    def frame(self) -> pl.DataFrame:
        """One table with `value`, `issue` and the parts as columns."""
        return pl.DataFrame(
            [
                self.value.alias(VALUE),
                self.issue.alias(ISSUE),
                *(part.alias(name) for name, part in self.parts.items()),
            ]
        )
