"""How alike two texts are, and what can be told of that ahead from a number per text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from . import native
from .coded import hash_text

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Signatures = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Metric:
    """A likeness of texts (float32, text by text), with a cheap test that most unlike pairs fail.

    sign: a number per text. may: of the numbers of left and right whether the likeness may be more
    than 0; where it says no, the texts are not looked at. compiled: which one of `native` it is,
    and the least that is asked for; None where it is not among those.
    """

    measure: Callable[[list[str], list[str]], Floats]
    sign: Callable[[pl.Series], Signatures]
    may: Callable[[Signatures, Signatures], Flags]
    compiled: tuple[int, float] | None = None

    def __call__(self, left: list[str], right: list[str]) -> Floats:
        """The likeness, text by text."""
        return self.measure(left, right)


# Bits of a signature: which letters occur an odd number of times (32), the length (6), the first
# three letters (24). Texts that are too long or not plain ASCII have the largest length.
_LENGTH, _START = np.uint64(32), np.uint64(40)
_LONGEST = 63
_AT_ONCE = 100_000


def letters_of(texts: pl.Series) -> Signatures:
    """A signature of the letters of each text; 0 for null."""
    parts = [_letters_of(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)


def _letters_of(texts: pl.Series) -> Signatures:
    size = texts.str.len_bytes().fill_null(0).to_numpy().astype(np.int64)
    is_odd = (size >= _LONGEST) | (texts.str.len_chars().fill_null(0).to_numpy() != size)
    joined = texts.str.join("").item().encode()
    letter = np.frombuffer(joined + b"\0\0\0", dtype=np.uint8)
    start = np.cumsum(size) - size
    signature = np.zeros(len(texts), dtype=np.uint64)
    filled = np.flatnonzero(size)
    if len(filled):
        bit = (letter[:-3] & 31).astype(np.uint32)
        np.left_shift(np.uint32(1), bit, out=bit)
        signature[filled] = np.bitwise_xor.reduceat(bit, start[filled])
    signature |= np.where(is_odd, _LONGEST, size).astype(np.uint64) << _LENGTH
    for place in range(3):
        begin = np.where(size > place, letter[start + place], 0).astype(np.uint64)
        signature |= begin << (_START + np.uint64(8 * place))
    return signature


def _uneven(left: Signatures, right: Signatures) -> npt.NDArray[np.uint8]:
    """Letters that occur more often in one text than in the other, at least."""
    odd: npt.NDArray[np.uint8] = np.bitwise_count((left ^ right).astype(np.uint32))
    return odd


def _lengths(signature: Signatures) -> npt.NDArray[np.intp]:
    return (signature >> _LENGTH & np.uint64(_LONGEST)).astype(np.intp)


def _within(most: int) -> Callable[[Signatures, Signatures], Flags]:
    """Whether so many edits may do: each changes the number of two letters at most."""

    def may(left: Signatures, right: Signatures) -> Flags:
        one, other = _lengths(left), _lengths(right)
        near = (_uneven(left, right) <= 2 * most) & (np.abs(one - other) <= most)
        flags: Flags = near | (one == _LONGEST) | (other == _LONGEST)
        return flags

    return may


# Likeness by Jaro-Winkler under this says nothing: names of strangers often come to two thirds.
LEAST_ALIKE = 0.75
# Held against bounds in single precision, a likeness may be rounded up to one.
_ROUNDED = 1e-6


@cache
def jaro_winkler(least: float) -> Metric:
    """Jaro-Winkler similarity, 0 where it is under the least that is asked for."""

    def measure(left: list[str], right: list[str]) -> Floats:
        bound = least - _ROUNDED
        scorer = JaroWinkler.similarity
        return process.cpdist(left, right, scorer=scorer, score_cutoff=bound, dtype=np.float32)

    def may(left: Signatures, right: Signatures) -> Flags:
        flags: Flags = _likely(least).take(_likeness_place(left, right))
        return flags

    return Metric(measure, letters_of, may, (native.JARO_WINKLER, least - _ROUNDED))


def _likeness_place(left: Signatures, right: Signatures) -> npt.NDArray[np.int32]:
    """Where in `_most_alike` pairs of texts stand."""
    begin = (left ^ right) >> _START
    shared = (begin & np.uint64(0xFF) == 0).astype(np.int32)
    shared += begin & np.uint64(0xFFFF) == 0
    shared += begin == 0
    place = _lengths(left).astype(np.int32)
    for part, size in ((_lengths(right), _LONGEST + 1), (_uneven(left, right), 33), (shared, 4)):
        place *= size
        place += part.astype(np.int32, copy=False)
    return place


@cache
def _likely(least: float) -> Flags:
    """By what `_most_alike` goes by, whether Jaro-Winkler may reach the least."""
    flags: Flags = _most_alike() >= least - 2 * _ROUNDED
    return flags


@cache
def _most_alike() -> Floats:
    """The most that Jaro-Winkler can be: by both lengths, uneven letters and start.

    Flat, the start being the last dimension.

    Letters that are uneven have no partner; with m partners Jaro is at most (m/a + m/b + 1) / 3.
    """
    one, other, uneven, shared = np.ogrid[: _LONGEST + 1, : _LONGEST + 1, :33, :4]
    partners = np.minimum(np.minimum(one, other), (one + other - uneven) // 2)
    least = np.maximum(np.minimum(one, other), 1)
    most = np.maximum(np.maximum(one, other), 1)
    jaro = (partners / least + partners / most + 1) / 3
    prefix = np.where(shared == 3, 4, shared)
    winkler = jaro + 0.1 * prefix * (1 - jaro)
    known = (one < _LONGEST) & (other < _LONGEST)
    most_alike: Floats = np.where(known, winkler, 1).astype(np.float32).ravel()
    return most_alike


def _edits(left: list[str], right: list[str]) -> Floats:
    """Nearness 1 / (1 + edits) by optimal string alignment: 0.5 is one edit, 0 three or more."""
    distance = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    return np.where(distance <= 2, 1 / (1 + distance), 0).astype(np.float32)


def _slip(left: list[str], right: list[str]) -> Floats:
    """1 where texts are at most one edit apart, two swapped letters counting as one."""
    distance = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
    return (distance <= 1).astype(np.float32)


def _long_slip(left: list[str], right: list[str]) -> Floats:
    """As `_slip`, of texts of six letters or more: in shorter ones a letter makes another name."""
    sizes = [min(len(a), len(b)) for a, b in zip(left, right, strict=True)]
    return np.where(np.array(sizes) >= 6, _slip(left, right), 0).astype(np.float32)


def _begins(left: list[str], right: list[str]) -> Floats:
    """1 where one text of at least three letters begins the other."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)) for a, b in pairs],
        dtype=np.float32,
    )


def _begin_alike(left: Signatures, right: Signatures) -> Flags:
    """Of two texts that begin alike only the letters that one has more can be uneven."""
    one, other = _lengths(left), _lengths(right)
    alike = left >> _START == right >> _START
    alike &= _uneven(left, right) <= np.abs(one - other)
    flags: Flags = alike | (one == _LONGEST) | (other == _LONGEST)
    return flags


def _ends(left: list[str], right: list[str]) -> Floats:
    """1 where one number of at least seven digits ends the other, or the last nine are equal."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [
            min(len(a), len(b)) >= 7 and (a.endswith(b) or b.endswith(a) or a[-9:] == b[-9:])
            for a, b in pairs
        ],
        dtype=np.float32,
    )


def _tails(texts: pl.Series) -> Signatures:
    """A signature of the last seven signs of each text."""
    return hash_text(texts.str.slice(-7)).view(np.uint64)


def _holds(left: list[str], right: list[str]) -> Floats:
    """1 where one text holds the other, of three letters at least."""
    pairs = zip(left, right, strict=True)
    held = [min(len(a), len(b)) >= 3 and (a in b or b in a) for a, b in pairs]
    return np.array(held, dtype=np.float32)


def _may_hold(left: Signatures, right: Signatures) -> Flags:
    """Of a text that is part of another only the letters that one has more can be uneven."""
    one, other = _lengths(left), _lengths(right)
    near = _uneven(left, right) <= np.abs(one - other)
    flags: Flags = near | (one == _LONGEST) | (other == _LONGEST)
    return flags


def _parts(left: list[str], right: list[str]) -> Floats:
    """-1 where texts begin alike and then differ: 'cw' and 'ce'."""
    pairs = zip(left, right, strict=True)
    differ = [a[:1] == b[:1] and not (a.startswith(b) or b.startswith(a)) for a, b in pairs]
    return -np.array(differ, dtype=np.float32)


def _may_part(left: Signatures, right: Signatures) -> Flags:
    """Only texts of which the first letter is the same."""
    one, other = _lengths(left), _lengths(right)
    alike = (left ^ right) >> _START & np.uint64(0xFF) == 0
    flags: Flags = alike | (one == _LONGEST) | (other == _LONGEST)
    return flags


edits = Metric(_edits, letters_of, _within(2))
slip = Metric(_slip, letters_of, _within(1), (native.SLIP, 0))
long_slip = Metric(_long_slip, letters_of, _within(1), (native.LONG_SLIP, 0))
begins = Metric(_begins, letters_of, _begin_alike, (native.BEGINS, 0))
ends = Metric(_ends, _tails, np.equal, (native.ENDS, 0))
holds = Metric(_holds, letters_of, _may_hold, (native.HOLDS, 0))
parts = Metric(_parts, letters_of, _may_part, (native.PARTS, 0))
