"""Grading the names of organisations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .coded import FEW
from .firm_words import A_WORD, ALL, HALF, Names, shared
from .metrics import jaro_winkler
from .sides import Flags, Levels, Sides, graded


def organisation(sides: Sides) -> Levels:
    """Other / a telling word shared / alike / near / equal, legal forms left out.

    Alike is half of the telling words shared or all words of one name in the other. How much a
    word tells follows from the data (see `firm_words`); one with a slip of the pen is the word.
    """
    both, equal = sides.both("organisation"), sides.equal("organisation")
    unequal = both & ~equal
    likeness = sides.similar("organisation", unequal, jaro_winkler)
    words = _shared_words(sides, unequal)
    near = unequal & ((likeness >= 0.95) | (words == ALL))
    alike = (likeness >= 0.88) | (words >= HALF)
    return graded(~both, words >= A_WORD, alike, near, equal)


def _shared_words(sides: Sides, where: Flags) -> npt.NDArray[np.int64]:
    """How much of their words two names share, see `firm_words.shared`; 0 where not asked."""
    found = np.zeros(len(where), dtype=np.int64)
    at = np.flatnonzero(where)
    if len(at) >= FEW:
        names, *ends = sides.made("organisation", at, lambda texts: Names(texts, sides.words))
        left, right = (names.codes[rows].astype(np.int64) for rows in ends)
        pair, place = np.unique(left << 32 | right, return_inverse=True)
        found[at] = names.shared(pair >> 32, pair & 0xFFFFFFFF)[place]
    elif len(at):
        texts = sides.texts("organisation", at)
        found[at] = [shared(a, b, sides.words) for a, b in zip(*texts, strict=True)]
    return found
