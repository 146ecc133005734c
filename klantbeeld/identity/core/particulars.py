"""Grading what only some tables tell of a person: national number, birthplace, further names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .sides import Flags, Levels, Sides, edits, graded, jaro_winkler


def national(sides: Sides) -> Levels:
    """Other / two edits / one edit or two digits swapped / equal.

    A person's own, yet written down by people: a slip of the pen must not make two of one, and a
    number equal by mistake must not make one of two. So it is evidence like any other.
    """
    both, equal = sides.both("national"), sides.equal("national")
    nearness = sides.similar("national", both & ~equal, edits)
    return graded(~both, nearness >= 0.3, nearness >= 0.5, equal)


def alike(name: str) -> Callable[[Sides], Levels]:
    """A comparison of texts: other / nearly the same or one begins the other / equal."""

    def grade(sides: Sides) -> Levels:
        both, equal = sides.both(name), sides.equal(name)
        near = sides.similar(name, both & ~equal, _nearly)
        return graded(~both, near > 0, equal)

    grade.__doc__ = f"Other / near / equal {name}."
    return grade


def _nearly(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where texts are alike by Jaro-Winkler, or the longer one holds the shorter."""
    held = [len(a) > 3 < len(b) and (a in b or b in a) for a, b in zip(left, right, strict=True)]
    near: npt.NDArray[np.bool_] = (jaro_winkler(0.92)(left, right) >= 0.92) | np.array(held)
    return near.astype(np.float32)


def middle(sides: Sides) -> Levels:
    """Further names: other / one word nearly / one word shared."""
    both = sides.both("middle")
    shared = sides.similar("middle", both, _shared_word)
    return graded(~both, shared >= 0.5, shared == 1)


def _shared_word(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where two texts share a word, 0.5 where two of their words are one edit apart."""
    pairs = [(a.split(), b.split()) for a, b in zip(left, right, strict=True)]
    shared = [1.0 if not set(a).isdisjoint(b) else 0.0 for a, b in pairs]
    for at, (a, b) in enumerate(pairs):
        if not shared[at]:
            near = process.cdist(a, b, scorer=OSA.distance, score_cutoff=1)
            shared[at] = 0.5 * bool((near <= 1).any())
    return np.array(shared, dtype=np.float32)


def is_among(sides: Sides, name: str, where: Flags) -> Flags:
    """Where asked and a name is among the other side's further names."""
    if not sides.of("middle")[0].any() and not sides.of("middle")[1].any():
        return np.zeros(len(where), dtype=bool)
    left, right = (where & (known != 0) for known in sides.of(name))
    there = left & (sides.of("middle")[1] != 0)
    back = right & (sides.of("middle")[0] != 0)
    found: Flags = sides.similar(name, there, _is_word_of, "middle") > 0
    found |= sides.similar("middle", back, _holds_word, name) > 0
    return found


def _is_word_of(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    held = [word in text.split() for word, text in zip(left, right, strict=True)]
    return np.array(held, dtype=np.float32)


def _holds_word(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return _is_word_of(right, left)


def is_lone(sides: Sides) -> Flags:
    """Where the only name on one side, taken for a first name, is the other side's surname."""
    (first, other_first), (part, other_part) = sides.of("first"), sides.of("part")
    lone: Flags = (part == 0) & (first != 0) & (first == other_part)
    lone |= (other_part == 0) & (other_first != 0) & (other_first == part)
    return lone


def document(sides: Sides) -> Levels:
    """Other / one edit / a number of one kind of document shared; other kinds are not compared."""
    both, equal = sides.both("documents"), sides.equal("documents")
    likeness = sides.similar("documents", both & ~equal, _shared_number)
    comparable = equal | (likeness > 0)
    return graded(~comparable, likeness == 2, equal | (likeness == 3))


def _shared_number(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """3 where a 'kind:number' is shared, 2 where one is an edit away, 1 where a kind differs."""
    return np.array(list(map(best_number, left, right)), dtype=np.float32)


def best_number(left: str, right: str) -> int:
    ours, theirs = ([part.split(":", 1) for part in text.split()] for text in (left, right))
    met = [(a, b) for kind, a in ours for other, b in theirs if kind == other]
    if any(a == b for a, b in met):
        return 3
    if any(len(a) > 5 and OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in met):
        return 2
    return 1 if met else 0


def other_generation(sides: Sides) -> Flags:
    """Where both sides tell their generation, and not the same: father and son."""
    differ: Flags = sides.both("generation") & ~sides.equal("generation")
    return differ
