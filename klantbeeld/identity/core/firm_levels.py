"""Grading the names of organisations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .coded import FEW
from .firm_words import A_WORD, ALL, HALF, Names, shared
from .metrics import jaro_winkler
from .mixing import mixed
from .model import PLACES, WORDS
from .sides import Flags, Hashes, Levels, Sides, graded


def organisation(sides: Sides) -> Levels:
    """Other / a telling word shared / alike / near / equal, legal forms left out.

    Alike is half of the telling words shared or all words of one name in the other. How much a
    word tells follows from the data (see `firm_words`); one with a slip of the pen is the word.
    """
    both, equal = sides.both("organisation"), sides.equal("organisation")
    unequal = both & ~equal
    likeness = sides.similar("organisation", unequal, jaro_winkler(0.88))
    words = _shared_words(sides, unequal)
    near = unequal & ((likeness >= 0.95) | (words == ALL))
    alike = (likeness >= 0.88) | (words >= HALF)
    return graded(~both, words >= A_WORD, alike, near, equal)


# Values that an organisation may have at each of its places, or those of its group.
SPREAD = ("organisation", "kvk", "vat", "iban", "domain", "email", "phone")
# A firm that moved stands at two places, a chain at more.
FEWEST_PLACES = 3


def spread_key(name: str, hashed: Hashes) -> Hashes:
    """The key of values of one column among those that stand at many places; 0 where missing."""
    column = np.full(len(hashed), SPREAD.index(name) + 1, dtype=np.int64)
    return np.where(hashed != 0, mixed(column, hashed), 0)


def branch(sides: Sides) -> Levels:
    """Elsewhere / who knows where / in one place, of two that share what stands at many places.

    A name, a mailbox or a registration that many places have in common tells of one chain, and not
    of one shop. The fourth level is an equal name that is no chain's; missing where they share
    nothing of the kind, or nothing was learnt.
    """
    known = sides.learnt.get(PLACES)
    is_spread = np.zeros(len(sides.of("organisation")[0]), dtype=bool)
    if known is None:
        return np.full(len(is_spread), -1, dtype=np.int8)
    for name in SPREAD:
        shared = np.flatnonzero(sides.equal(name))
        found = known.of(spread_key(name, sides.of(name)[0][shared]))
        is_spread[shared] |= found >= FEWEST_PLACES
    in_postcode = sides.equal("postcode") & (sides.equal("house") | ~sides.both("house"))
    here = in_postcode | (sides.equal("street") & sides.equal("house"))
    told = sides.both("postcode") | (sides.both("street") & sides.both("house"))
    own = sides.equal("organisation") & ~is_spread
    return graded(~is_spread & ~own, ~told & ~here & is_spread, here & is_spread, own)


def _shared_words(sides: Sides, where: Flags) -> npt.NDArray[np.int64]:
    """How much of their words two names share, see `firm_words.shared`; 0 where not asked."""
    found = np.zeros(len(where), dtype=np.int64)
    at = np.flatnonzero(where)
    if len(at) >= FEW:
        words = sides.learnt.get(WORDS)
        names, *ends = sides.made("organisation", at, lambda texts: Names(texts, words))
        left, right = (names.codes[rows].astype(np.int64) for rows in ends)
        pair, place = np.unique(left << 32 | right, return_inverse=True)
        found[at] = names.shared(pair >> 32, pair & 0xFFFFFFFF)[place]
    elif len(at):
        texts = sides.texts("organisation", at)
        found[at] = [shared(a, b, sides.learnt.get(WORDS)) for a, b in zip(*texts, strict=True)]
    return found
