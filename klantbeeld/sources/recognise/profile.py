"""What the values of a column look like, from a sample: shares of shapes, numbers and dates."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from klantbeeld.sources.recognise.dates import DateReading, read_dates
from klantbeeld.sources.recognise.detectors import DETECTORS

LOOKED_AT = 300  # distinct values a detector sees
# What programs write where there is no value.
_NOTHING = frozenset(
    ("", "null", "none", "nan", "n/a", "#n/a", "#n/b", "nvt", "n.v.t.", "\\n", "-")
)


@dataclass(frozen=True)
class Profile:
    """A column of the sample. `values` are up to `LOOKED_AT` distinct texts, trimmed."""

    name: str
    dtype: pl.DataType
    rows: int
    filled: int
    distinct: int
    values: tuple[str, ...]
    counts: Counter[str] = field(repr=False)

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of the values that each detector recognises, and that are dates."""
        found = dict.fromkeys(DETECTORS, 0.0) | {"date": self.dates.share}
        if not self.values:
            return found
        plain = [plain_text(value) for value in self.values]
        for name, detector in DETECTORS.items():
            hits = sum(map(detector, self.values if detector.is_exact else plain))
            found[name] = hits / len(self.values)
        return found

    def share(self, *names: str) -> float:
        return max((self.shares[name] for name in names), default=0.0)

    @cached_property
    def numbers(self) -> list[float]:
        return [n for value in self.values if (n := as_number(value)) is not None]

    @cached_property
    def dates(self) -> DateReading:
        if self.is_typed_date:
            return DateReading(1.0, "ymd", True, self._years(), has_time=self.dtype != pl.Date)
        return read_dates(self.values)

    def _years(self) -> tuple[int, ...]:
        return tuple(int(value[:4]) for value in self.values if value[:4].isdigit())

    @property
    def is_typed_date(self) -> bool:
        return self.dtype == pl.Date or isinstance(self.dtype, pl.Datetime)

    @property
    def is_empty(self) -> bool:
        return not self.values

    @property
    def is_unique(self) -> bool:
        return self.filled > 1 and self.distinct == self.filled

    @property
    def distinct_share(self) -> float:
        return self.distinct / self.filled if self.filled else 0.0

    @cached_property
    def words(self) -> float:
        """The mean number of words in a value."""
        return sum(len(value.split()) for value in self.values) / max(len(self.values), 1)

    @property
    def samples(self) -> tuple[str, ...]:
        return tuple(" ".join(value.split())[:40] for value in self.values[:3])


def profiles(sample: pl.DataFrame, columns: Iterable[str]) -> dict[str, Profile]:
    return {name: _profile(name, sample[name]) for name in columns}


def _profile(name: str, series: pl.Series) -> Profile:
    if isinstance(series.dtype, pl.List | pl.Struct | pl.Binary | pl.Array):
        filled = len(series) - series.null_count()
        return Profile(name, series.dtype, len(series), filled, filled, (), Counter())
    texts = [text for value in series.to_list() if (text := text_value(value)) is not None]
    counts = Counter(texts)
    values = _spread(list(counts), LOOKED_AT)
    return Profile(name, series.dtype, len(series), len(texts), len(counts), values, counts)


def _spread(values: list[str], wanted: int) -> tuple[str, ...]:
    """Up to `wanted` values from all over the list, so that a sorted file is seen whole."""
    step = max(len(values) / wanted, 1)
    return tuple(values[int(at * step)] for at in range(min(wanted, len(values))))


def text_value(value: object) -> str | None:
    """A cell as text for looking at, or None when it says nothing."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    text = str(value).strip()
    return None if text.casefold() in _NOTHING else text


def plain_text(text: str) -> str:
    """Lower case without accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.lower().strip()


def as_number(text: str) -> float | None:
    """'€ 1.234,50' → 1234.5; the last sign followed by one or two digits is the decimal one."""
    bare = text.replace("€", "").replace("EUR", "").replace("$", "").replace("£", "")
    bare = bare.replace(" ", "").replace(" ", "").replace("'", "").rstrip("-%")
    if not bare or not any(letter.isdigit() for letter in bare):
        return None
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma > point:
        bare = (
            bare.replace(".", "").replace(",", ".", 1)
            if bare.count(",") == 1
            else bare.replace(",", "")
        )
    elif bare.count(".") > 1:
        bare = bare.replace(".", "")
    else:
        bare = bare.replace(",", "")
    try:
        return float(bare)
    except ValueError:
        return None
