"""What the words of organisations' names tell: how rare each is, and how much two names share.

A word weighs what sharing it tells, in quarters of a bit: whole numbers, so that a pair gets the
same answer alone and among millions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .coded import Coded, hash_list, hash_text
from .metrics import begins, letters_of, slip
from .model import Frequencies

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer[Any]]

# A word that one name in a thousand has, or fewer, tells all that a word can.
WHOLE = 40
_USUAL_WEIGHT = WHOLE // 4
# Words that so many organisations have in their names that sharing them tells little, before the
# data has told how rare each word is.
_USUAL = frozenset((
    "group", "groep", "holdings", "international", "worldwide", "global", "services", "service",
    "diensten", "solutions", "systems", "consulting", "consultancy", "partners", "trading",
    "export", "exports", "import", "imports", "nederland", "netherlands", "deutschland", "europe",
    "europa", "usa", "american", "national", "centre", "center", "centrum", "school",
    "association", "institute", "university", "college", "public", "city", "the", "and", "bureau",
    "bedrijf", "handel", "handelsonderneming", "techniek", "bouw", "transport", "advies",
    "administratie", "praktijk", "winkel", "shop", "store", "restaurant", "hotel", "cafe",
    "bakkerij", "slagerij", "garage",
))  # fmt: skip
_SHORTEST = 3

# What two names share: nothing telling, a telling word, half of them or all of one name, all.
NOTHING, A_WORD, HALF, ALL = 0, 1, 2, 3


def weighed(shares: npt.NDArray[np.float64]) -> Ints:
    """What sharing a word tells that such a share of names has."""
    bits = -4 * np.log2(np.clip(shares, 1e-9, 1.0))
    weights: Ints = np.minimum(np.rint(bits), WHOLE).astype(np.int64)
    return weights


def weights_of(words: list[str], known: Frequencies | None) -> Ints:
    """What each word tells: by the data where it was learnt, else by a list of usual words."""
    if known is None:
        usual = [word in _USUAL for word in words]
        weights = np.where(usual, _USUAL_WEIGHT, WHOLE)
    else:
        weights = weighed(known.of(hash_list(list(words))))
    is_short = np.array([len(word) < _SHORTEST for word in words], dtype=bool)
    short: Ints = np.where(is_short, np.minimum(weights, _USUAL_WEIGHT), weights)
    return short


def shared(left: str, right: str, known: Frequencies | None = None) -> int:
    """How much two names share, from NOTHING to ALL; the same for right and left."""
    ours, theirs = dict.fromkeys(left.split()), dict.fromkeys(right.split())
    words = list(ours | theirs)
    weight = dict(zip(words, weights_of(words, known).tolist(), strict=True))
    here = [word for word in ours if word in theirs or _has_variant(word, theirs, ours)]
    there = [word for word in theirs if word in ours or _has_variant(word, ours, theirs)]
    one, other = (sum(weight[word] for word in found) for found in (here, there))
    rest = sum(weight[word] for word in (*ours, *theirs)) - one - other
    within = [(len(here), len(ours), _letters(here)), (len(there), len(theirs), _letters(there))]
    is_within = any(found == all_ and size >= 5 for found, all_, size in within)
    return _graded(min(one, other), rest, is_within, min(len(here), len(there)) > 1)


def _graded(told: int, rest: int, is_within: bool, are_several: bool) -> int:
    if told < WHOLE:  # two usual words that are all of a name tell as much as a rare one
        return HALF if is_within and are_several and 2 * told >= WHOLE else NOTHING
    if told >= 99 * rest:
        return ALL
    return HALF if is_within or told >= rest else A_WORD


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))


def _has_variant(word: str, others: Iterable[str], own: Iterable[str]) -> bool:
    return any(_is_variant(word, other) for other in others if other not in own)


def _is_variant(word: str, other: str) -> bool:
    """Whether one word begins the other, or differs from it in a single letter."""
    if min(len(word), len(other)) < 4:
        return False
    if word.startswith(other) or other.startswith(word):
        return True
    if word[0] != other[0] or abs(len(word) - len(other)) > 1 or min(len(word), len(other)) < 5:
        return False
    return _one_letter(word, other)


def _one_letter(word: str, other: str) -> bool:
    """Whether two words of nearly one length differ in one letter, or one that is left out."""
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if at is None:
        return True
    return word[at + 1 :] in (other[at + 1 :], other[at:]) or word[at:] == other[at + 1 :]


class Names:
    """Names by their words: what is done to a word is done once for all names that have it."""

    def __init__(self, column: pl.Series, known: Frequencies | None) -> None:
        coded = Coded.of(column)
        self.codes = coded.codes  # the name of each row
        split = coded.texts.str.split(" ").list.unique(maintain_order=True)
        self._count = split.list.len().fill_null(0).to_numpy().astype(np.int64)
        self._start = np.cumsum(self._count) - self._count
        words = Coded.of(split.filter(pl.Series(self._count > 0)).explode())
        self._word = words.codes  # of all names, one behind the other
        self._texts = words.texts.fill_null("")
        self._weight = weights_of(self._texts.to_list(), known)
        self._length = self._texts.str.len_chars().to_numpy().astype(np.int64)
        self._first = hash_text(self._texts.str.slice(0, 1))
        self._sign = letters_of(self._texts)

    def shared(self, left: Codes, right: Codes) -> Ints:
        """How much the names of pairs share, from NOTHING to ALL: as `shared`, by their codes."""
        sides = (_Slots(self, left), _Slots(self, right))
        one, other = _meetings(*sides)
        is_equal = sides[0].word[one] == sides[1].word[other]
        sides[0].is_met[one[is_equal]] = sides[1].is_met[other[is_equal]] = True
        is_open = ~(sides[0].is_met[one] | sides[1].is_met[other])
        one, other = one[is_open], other[is_open]
        is_near = self._are_variants(sides[0].word[one], sides[1].word[other])
        sides[0].is_met[one[is_near]] = sides[1].is_met[other[is_near]] = True
        told, all_told, is_within, met = zip(*(side.told(self) for side in sides), strict=True)
        rest = all_told[0] + all_told[1] - told[0] - told[1]
        least = np.minimum(*told)
        is_within = is_within[0] | is_within[1]
        few = is_within & (np.minimum(*met) > 1) & (2 * least >= WHOLE)
        tests = [least < WHOLE, least >= 99 * rest, is_within | (least >= rest)]
        grade = np.select(tests, [np.where(few, HALF, NOTHING), ALL, HALF], A_WORD)
        return grade.astype(np.int64)

    def _are_variants(self, one: Codes, other: Codes) -> Flags:
        """As `_is_variant`, word by word: texts are looked at where all else allows it."""
        shorter = np.minimum(self._length[one], self._length[other])
        at = np.flatnonzero((shorter >= 4) & (self._first[one] == self._first[other]))
        signs = self._sign[one[at]], self._sign[other[at]]
        at = at[slip.may(*signs) | begins.may(*signs)]
        pair = one[at].astype(np.int64) * len(self._texts) + other[at]
        distinct, place = np.unique(pair, return_inverse=True)
        texts = (self._texts.gather(distinct // len(self._texts)).to_list(),
                 self._texts.gather(distinct % len(self._texts)).to_list())  # fmt: skip
        found = np.zeros(len(one), dtype=bool)
        found[at] = np.array(list(map(_is_variant, *texts)), dtype=bool)[place]
        return found


class _Slots:
    """The words of one side of pairs, one behind the other: `word`, and which are `is_met`."""

    def __init__(self, names: Names, codes: Codes) -> None:
        self.count = names._count[codes]
        self.start = np.cumsum(self.count) - self.count
        first = np.repeat(names._start[codes] - self.start, self.count)
        self.word = names._word[first + np.arange(len(first))]
        self.is_met = np.zeros(len(first), dtype=bool)

    def told(self, names: Names) -> tuple[Ints, Ints, Flags, Ints]:
        """Per pair what the words met tell, what all do, if all are met, and how many are."""
        pair = np.repeat(np.arange(len(self.count)), self.count)
        met, size = self.is_met, len(self.count)
        weight, length = names._weight[self.word], names._length[self.word]
        told, letters = (np.bincount(pair, part * met, size) for part in (weight, length))
        number = np.bincount(pair, met, size).astype(np.int64)
        is_within = number == self.count
        whole = np.bincount(pair, weight, size).astype(np.int64)
        return told.astype(np.int64), whole, is_within & (letters >= 5), number


def _meetings(left: _Slots, right: _Slots) -> tuple[Ints, Ints]:
    """Every word of the left name with every word of the right one, pair by pair."""
    met = left.count * right.count
    place = np.arange(met.sum()) - np.repeat(np.cumsum(met) - met, met)
    width = np.repeat(right.count, met)
    one = np.repeat(left.start, met) + place // np.maximum(width, 1)
    other = np.repeat(right.start, met) + place % np.maximum(width, 1)
    return one, other
