"""From work on distinct clean texts to a reader of whole columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from klantbeeld.quality.columns import as_text, at_places, by_distinct, filled, tidy, tidy_lines
from klantbeeld.quality.countries import standard_countries
from klantbeeld.quality.given_names import GIVEN_NAMES as GIVEN_NAMES
from klantbeeld.quality.placeholders import FORMULA_ERRORS, is_placeholder
from klantbeeld.quality.standard import ISSUE, VALUE, Options, Standard

Reader = Callable[[pl.Series, Options], Standard]
TextWork = Callable[[pl.Series], pl.DataFrame]
CountryWork = Callable[[pl.Series, str | None], pl.DataFrame]


def prepared(column: pl.Series, words: frozenset[str], longest: int) -> tuple[pl.Series, pl.Series]:
    """Tidy text, null where empty or not to be read, and the reason for the latter."""
    text = tidy(as_text(column))
    issue = filled(None, text)
    for reason, wrong in (
        ("placeholder", is_placeholder(text, words)),
        ("formula_error", is_placeholder(text, FORMULA_ERRORS)),
        ("too_long", (text.str.len_bytes() > longest).fill_null(False)),
    ):
        if wrong.any():
            issue = issue.set(wrong, reason)
            text = text.set(wrong, None)
    return text, issue


def of_text(work: TextWork, words: frozenset[str], longest: int) -> Reader:
    """A reader that does `work` on each distinct value."""

    def read(column: pl.Series, options: Options) -> Standard:
        text, issue = prepared(column, words, longest)
        return standard(by_distinct(text, work), issue)

    return read


def of_country(work: CountryWork, words: frozenset[str], longest: int, home: str | None) -> Reader:
    """A reader whose rules differ by country; home: where rows without a country are from."""

    def read(column: pl.Series, options: Options) -> Standard:
        text, issue = prepared(column, words, longest)
        given = options.country
        if not isinstance(given, pl.Series):
            code = _codes(pl.Series([given], dtype=pl.String))[0] or home
            return standard(by_distinct(text, lambda values: work(values, code)), issue)
        return standard(_by_country(text, _codes(given), work, home), issue)

    return read


def _codes(names: pl.Series) -> pl.Series:
    return by_distinct(tidy(as_text(names)), standard_countries)[VALUE]


def _by_country(
    text: pl.Series, codes: pl.Series, work: CountryWork, home: str | None
) -> pl.DataFrame:
    codes = codes.set(text.is_null(), None)
    frames, places = [], []
    for code in codes.unique().to_list():
        mine = codes == code if code else codes.is_null()
        place = mine.arg_true()
        frames.append(by_distinct(text.gather(place), partial(_work_in, work, code or home)))
        places.append(place)
    if not frames:
        return work(text, home)
    together = pl.concat(frames)
    order = pl.concat(places).arg_sort()
    return at_places(together, order)


def _work_in(work: CountryWork, country: str | None, text: pl.Series) -> pl.DataFrame:
    return work(text, country)


def standard(frame: pl.DataFrame, issue: pl.Series) -> Standard:
    """A frame with value, issue and parts, and the reasons found before it was made."""
    own = frame[ISSUE]
    return Standard(
        frame[VALUE],
        issue.zip_with(issue.is_not_null(), own).alias(ISSUE),
        {c: frame[c] for c in frame.columns if c not in (VALUE, ISSUE)},
    )


def plain(words: frozenset[str], longest: int) -> Reader:
    """One line of text."""

    def read(column: pl.Series, options: Options) -> Standard:
        text, issue = prepared(column, words, longest)
        return Standard(text, issue)

    return read


def lines(words: frozenset[str], longest: int) -> Reader:
    """Text of several lines."""

    def read(column: pl.Series, options: Options) -> Standard:
        text = tidy_lines(as_text(column))
        issue = filled(None, text)
        issue = issue.set(is_placeholder(text, words), "placeholder")
        issue = issue.set((text.str.len_bytes() > longest).fill_null(False), "too_long")
        return Standard(text.set(issue.is_not_null(), None), issue)

    return read
