"""Periods in words and as keys: '365' days back, '2025', 'all', '2025-3' (a month)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from rapidfuzz.distance import OSA

from klantbeeld.core.clock import date_to_day, day_to_date, today

ALL = "all"
OFFERED = ("30", "90", "182", "365", "730")
_COUNTED = (
    "een|one|a|an twee|two drie|three vier|four vijf|five zes|six zeven|seven acht|eight negen|nine"
    " tien|ten elf|eleven twaalf|twelve"
)
_NUMBERS = {w: n for n, words in enumerate(_COUNTED.split(), 1) for w in words.split("|")}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNITS: dict[str, float] = {
    **dict.fromkeys(_words("dag dagen day days"), 1),
    **dict.fromkeys(_words("week weken weeks"), 7),
    **dict.fromkeys(_words("maand maanden month months"), 365 / 12),
    **dict.fromkeys(_words("kwartaal kwartalen quarter quarters"), 365 / 4),
    **dict.fromkeys(_words("jaar jaren jr year years"), 365),
}
_BEFORE = _words(
    "de het in afgelopen laatste voorbije al sinds meer dan langer gedurende over sedert "
    "the last past for since more than during"
)
_THIS, _LAST = frozenset({"dit", "deze", "this"}), frozenset({"vorig", "vorige", "previous"})
_MONTHS = (
    (
        "januari february|februari maart|march april mei|may juni|june juli|july augustus|august"
        " september oktober|october november december"
    )
    .replace("januari", "januari|january")
    .split()
)
_MONTH = {w: n for n, words in enumerate(_MONTHS, 1) for w in words.split("|")}
_EVER = frozenset({"ooit", "altijd", "ever", "always"})
_FARTHEST = 36_500


def period_in(words: Sequence[str]) -> tuple[str, frozenset[int]]:
    """The key of the period that is named and the places of its words; ("", none) without one."""
    for start, length, key in _candidates(words):
        used = set(range(start, start + length))
        while start - 1 >= 0 and words[start - 1] in _BEFORE:
            start -= 1
            used.add(start)
        return key, frozenset(used)
    return "", frozenset()


def _candidates(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(place, number of words, key) of periods, the longest wording first."""
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            key = _key(tuple(words[start : start + length]))
            if key:
                yield start, length, key


@cache
def _unit(word: str) -> str:
    """A unit in the spelling of the table: `jar` is meant to be `jaar`."""
    near = (u for u in _UNITS if len(u) > 3 and OSA.distance(word, u, score_cutoff=1) <= 1)
    return word if word in _UNITS or len(word) < 3 else next(near, word)


def _key(words: tuple[str, ...]) -> str:
    words = (*words[:-1], _unit(words[-1])) if len(words) > 1 else words
    match words:
        case ("een" | "a", "half" | "halve", unit) if unit in _UNITS:
            return _days(_UNITS[unit] / 2)
        case ("half", "a" | "an", unit) if unit in _UNITS:
            return _days(_UNITS[unit] / 2)
        case ("anderhalf" | "anderhalve", unit) if unit in _UNITS:
            return _days(_UNITS[unit] * 1.5)
        case (number, unit) if unit in _UNITS and (n := _number(number)):
            return _days(n * _UNITS[unit])
        case (which, "jaar" | "year") if which in _THIS | _LAST:
            return str(day_to_date(today()).year - (which in _LAST))
        case (which, "maand" | "month") if which in _THIS | _LAST:
            now = day_to_date(today()).replace(day=1)
            then = (now - timedelta(days=1)) if which in _LAST else now
            return f"{then.year}-{then.month}"
        case ("last" | "afgelopen" | "past" | "laatste", unit) if unit in _UNITS:
            return _days(_UNITS[unit])
        case (month, year) if month in _MONTH and _is_year(year):
            return f"{year}-{_MONTH[month]}"
        case (word,) if word in _EVER:
            return ALL
        case (word,) if _is_year(word):
            return word
    return ""


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 5 else _NUMBERS.get(word, 0)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and 1990 <= int(word) <= 2100


def _days(days: float) -> str:
    return str(min(_FARTHEST, max(1, int(days))))


def is_period(key: str) -> bool:
    """Whether a key names a period."""
    year, _dash, month = key.partition("-")
    if month:
        return _is_year(year) and month.isdecimal() and 1 <= int(month) <= 12
    return key == ALL or (key.isdecimal() and 1 <= int(key) <= _FARTHEST)


def bounds(key: str, last: int) -> tuple[int, int]:
    """First and last day (since 1970, both in it) of a period as seen on day `last`.

    A number below 1990 is days back, as the rest of the house counts: a purchase 365 days ago
    lies within a year.
    """
    year, _dash, month = key.partition("-")
    if key == ALL:
        return 0, last
    if month:
        _weekday, days = calendar.monthrange(int(year), int(month))
        first = date(int(year), int(month), 1)
        return date_to_day(first), date_to_day(first) + days - 1
    if _is_year(key):
        return date_to_day(date(int(key), 1, 1)), date_to_day(date(int(key), 12, 31))
    return last - int(key), last
