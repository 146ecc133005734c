"""Dates in a column, and the order of day and month that its values together give away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_SPLIT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T,]+\d{1,2}[:.]\d{2}.*)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(1[89]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_COMPACT_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19\d\d|20\d\d)")
_MONTH = r"(jan|feb|mrt|maart|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
_DAY_NAMED = re.compile(rf"(?:\w+,? )?(\d{{1,2}})[ -]{_MONTH}[ -,]+(\d{{4}}|\d{{2}})\b.*", re.I)
_NAMED_DAY = re.compile(rf"{_MONTH} (\d{{1,2}}),? (\d{{4}})\b.*", re.I)
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True)
class DateReading:
    """`share` of the values that are dates; `order` dmy, mdy or ymd, None where there is none.

    `is_decided` tells whether a value can only be read in this order; `years` of the values.
    """

    share: float
    order: str | None = None
    is_decided: bool = False
    years: tuple[int, ...] = ()
    has_time: bool = False
    conflicts: int = 0

    @property
    def middle(self) -> float:
        return median(self.years) if self.years else 0.0

    @property
    def span(self) -> int:
        """Years between the second lowest and the second highest, of enough values."""
        if len(self.years) < 4:
            return max(self.years, default=0) - min(self.years, default=0)
        ordered = sorted(self.years)
        return ordered[-2] - ordered[1]


def read_dates(values: Sequence[str]) -> DateReading:
    """The dates among the values; the whole column decides between day and month first."""
    years: list[int] = []
    first_high = second_high = split = year_first = clocks = 0
    for value in values:
        clocks += bool(_CLOCK.search(value))
        if match := _SPLIT.fullmatch(value):
            first, second = int(match.group(1)), int(match.group(2))
            if not (0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12):
                continue
            split += 1
            first_high += first > 12
            second_high += second > 12
            years.append(_whole_year(match.group(3)))
        elif (year := _year_of(value)) is not None:
            year_first += not _DAY_NAMED.fullmatch(value)
            years.append(year)
    total = len(years)
    if not total:
        return DateReading(0.0)
    share = total / len(values)
    has_time = clocks > 0.5 * total
    if split < total - split:
        order = "ymd" if year_first else "dmy"
        return DateReading(share, order, True, tuple(years), has_time)
    order = "mdy" if second_high > first_high else "dmy"
    is_decided = bool(first_high or second_high)
    conflicts = min(first_high, second_high)
    return DateReading(share, order, is_decided, tuple(years), has_time, conflicts)


def _whole_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= 40 else 1900 + year


def _year_of(value: str) -> int | None:
    """The year of a date that can be read in one way only."""
    if match := _ISO.fullmatch(value) or _COMPACT.fullmatch(value):
        is_date = 0 < int(match.group(2)) <= 12 and 0 < int(match.group(3)) <= 31
        return int(match.group(1)) if is_date else None
    if match := _COMPACT_DAY.fullmatch(value):
        return int(match.group(3))
    if match := _DAY_NAMED.fullmatch(value):
        return _whole_year(match.group(3))
    if match := _NAMED_DAY.fullmatch(value):
        return int(match.group(3))
    return None
