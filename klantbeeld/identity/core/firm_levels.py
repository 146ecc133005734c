"""Grading the names of organisations."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from .metrics import jaro_winkler
from .sides import Levels, Sides, graded

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


def organisation(sides: Sides) -> Levels:
    """Other / a telling word shared / alike / near / equal, legal forms left out.

    Alike is half of the telling words shared or all words of one name in the other.
    """
    both, equal = sides.both("organisation"), sides.equal("organisation")
    unequal = both & ~equal
    likeness = sides.similar("organisation", unequal, jaro_winkler)
    shared = sides.similar("organisation", unequal, _shared_words)
    near = unequal & ((likeness >= 0.95) | (shared >= 0.99))
    return graded(~both, shared > 0, (likeness >= 0.88) | (shared >= 0.5), near, equal)


def _shared_words(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Share of common words in all words of two names (Jaccard), usual words counting for less.

    At least a half where all words of one name are in the other, none where only usual words are
    shared; a word written with one slip of the pen is the word.
    """
    return np.array(list(map(overlap, left, right)), dtype=np.float32)


def overlap(left: str, right: str) -> float:
    ours, theirs = set(left.split()), set(right.split())
    common = ours & theirs
    common_there = common | _nearly(theirs - common, ours - common)
    common |= _nearly(ours - common, theirs - common)
    told = _told(common)
    if told < 1:
        return 0.0
    share = told / (told + _told(ours - common) + _told(theirs - common_there))
    within = ours == common or theirs == common_there
    return max(share, 0.5) if within and sum(map(len, common)) >= 5 else share


def _nearly(words: set[str], others: set[str]) -> set[str]:
    """The words that one of the others begins, or that differ from one in a single letter."""
    return {word for word in words if any(_is_variant(word, other) for other in others)}


def _is_variant(word: str, other: str) -> bool:
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


def _told(words: Iterable[str]) -> float:
    """How much words tell: a usual one a quarter."""
    return sum(0.25 if word in _USUAL or len(word) < 3 else 1.0 for word in words)
