"""Grading the names of organisations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .sides import Levels, Sides, graded, jaro_winkler


def organisation(sides: Sides) -> Levels:
    """Other / alike, or half or all of one's words shared / near / equal, legal forms left out."""
    both, equal = sides.both("organisation"), sides.equal("organisation")
    unequal = both & ~equal
    likeness = sides.similar("organisation", unequal, jaro_winkler)
    shared = sides.similar("organisation", unequal, _shared_words)
    near = unequal & ((likeness >= 0.95) | (shared == 1))
    within = sides.similar("organisation", unequal & (shared < 0.5), _words_within)
    return graded(~both, (likeness >= 0.88) | (shared >= 0.5) | (within > 0), near, equal)


def _shared_words(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Share of common words in all words of two names (Jaccard)."""
    words = ((set(one.split()), set(other.split())) for one, other in zip(left, right, strict=True))
    return np.array([len(a & b) / len(a | b) for a, b in words], dtype=np.float32)


def _words_within(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where all words of one name, at least five letters, are in the other."""
    words = ((set(one.split()), set(other.split())) for one, other in zip(left, right, strict=True))
    return np.array(
        [(a <= b or b <= a) and min(sum(map(len, a)), sum(map(len, b))) >= 5 for a, b in words],
        dtype=np.float32,
    )
