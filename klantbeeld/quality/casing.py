"""Capitals where names have them: shouted and whispered names mended, mixed ones left alone."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from klantbeeld.quality.columns import mapped, put
from klantbeeld.quality.name_words import PREFIX_WORDS
from klantbeeld.quality.words import words

_CASED = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+"
_PLAIN = rf"^{_CASED}(?:[ \-]{_CASED}|-(?:van|de|den|der|ten|ter) (?:(?:de|den|der) )?{_CASED})*$"
_SLIP = r"(?:^|[ \-])Ij"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = words(
    "van de der den het 't 'n 's aan op bij in en ten ter te tot over onder voor om achter of "
    "a/d a/h b/d v/d v.d. o.a. d."
)
_ROMAN = re.compile(r"^(?:ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv)$")


def mended_names(names: pl.Series) -> pl.Series:
    """Proper capitals per name word: 'JANSEN-DE BOER' is 'Jansen-de Boer', 'mcdonald' 'McDonald',
    'ijsbrand' 'IJsbrand'; what mixes capitals itself ('DeVries') stays."""
    return _mend(names, mended_name)


def mended_places(places: pl.Series) -> pl.Series:
    """Proper capitals for streets and towns: "'s-Hertogenbosch", 'Capelle aan den IJssel'."""
    return _mend(places, mended_place)


def _mend(values: pl.Series, mend: object) -> pl.Series:
    odd = (~values.str.contains(_PLAIN) | values.str.contains(_SLIP)).fill_null(False)
    if not odd.any():
        return values
    return put(values, odd.arg_true(), mapped(values.filter(odd), mend))  # type: ignore[arg-type]


@lru_cache(maxsize=65_536)
def mended_name(name: str) -> str:
    """One name, perhaps of several words and hyphens."""
    pieces = re.split(r"([ \-–])", name)
    mended = [_mended_word(w, following=i > 0) for i, w in enumerate(pieces)]
    return "".join(mended)


def _mended_word(word: str, following: bool) -> str:
    if len(word) == 1:
        return word if following else word.upper()
    if following and word.lower() in PREFIX_WORDS and not _is_mixed(word):
        return word.lower()
    if _is_mixed(word):
        return "IJ" + word[2:] if word.startswith("Ij") else word
    return _capital(word.lower())


def _is_mixed(word: str) -> bool:
    return word != word.lower() and word != word.upper()


def _capital(low: str) -> str:
    """A lower-case word with its capital, wherever that stands."""
    if low.startswith("ij"):
        return "IJ" + low[2:]
    short = re.match(r"^([a-z])(['’])(.{2,})$", low)
    if short:
        first = short[1].upper() if short[1] != "t" else short[1]
        return first + short[2] + _capital(short[3])
    if low.startswith("mc") and len(low) > 4:
        return "Mc" + low[2].upper() + low[3:]
    if low[:1] in "'’":
        return low if len(low) < 4 else low[0] + _capital(low[1:])
    return low[:1].upper() + low[1:]


@lru_cache(maxsize=65_536)
def mended_place(place: str) -> str:
    """A street or town; only wholly capital or wholly small ones are mended."""
    if place.lower().startswith(("'s-", "’s-", "`s-")):
        rest = place[3:]
        return "'s-" + (rest if _is_mixed(rest) else _WORD.sub(_place_word, rest))
    letters = [c for c in place if c.isalpha()]
    if len(letters) < 2:
        return place
    if _is_mixed("".join(letters)):
        return re.sub(r"\bIj", "IJ", place)
    return _WORD.sub(_place_word, place.lower().replace("’", "'"))


def _place_word(match: re.Match[str]) -> str:
    low = match[0].lower()
    start, text = match.start(), match.string
    before = text[max(0, start - 1) : start]
    if before.isdigit():
        return low  # 1e, 2de
    if before in ("'", "’") and len(low) == 1:
        return low  # 't, 's
    if start > 0 and low in _SMALL:
        return low
    if _ROMAN.match(low):
        return low.upper()
    if start == 0 and text.startswith(("'t ", "'s ")):
        return low
    return _capital(low)
