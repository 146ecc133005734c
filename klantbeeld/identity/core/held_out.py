"""How sure names alone are, told by the data: by birth dates that were left out of the odds.

Two records of which nothing but the names agrees are one person or namesakes. Where both tell a
birth date, leaving that out gives the odds of a pair that does not, and the dates tell what such
pairs are: copies of one person agree as often as learnt, two people as often as chance has it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .identifiers import NamesAlone
from .key_kinds import KEY_KINDS
from .learning import spread
from .model import SAME, UNRELATED, Parameters
from .score import joint_likelihoods

Floats = npt.NDArray[np.float64]

# What is left out, from which level on it agrees, and the columns of keys that it is in.
_LEFT_OUT, _AGREES, _COLUMN = "birth_date", 3, "birth"
# Where birth dates confirm the odds, names alone join at four to one. Where nothing does, they join
# in a base of single people (a register, an archive) at sixteen to one, and in families never.
FOUR_TO_ONE, SIXTEEN_TO_ONE, NEVER = 2.0, 4.0, 99.0
_LOWEST, _HIGHEST = 1.0, 6.0
# The odds themselves are believed to about a bit (a normal prior on by how much they are off).
_PRIOR_BITS = 1.0
_FEWEST = 50
# Pairs with odds in this range tell; of others it is clear what they are.
_NEAR = (-3.0, 6.0)


def with_names_bar(fitted: Parameters, pairs: pl.DataFrame, levels: pl.DataFrame) -> Parameters:
    """The parameters with the bar for names alone, and a note of why it is there.

    pairs, levels: as in `estimate.fit`, of which those tell that met by a key without the birth
    date.
    """
    bits, agreed = _telling_pairs(fitted, pairs, levels)
    if len(bits) < _FEWEST:
        note = f"names alone: the birth dates of {len(bits)} pairs are too few to tell; they join "
        if fitted.has_families:
            return _with(fitted, NEVER, note + "nobody, for names recur in families")
        return _with(fitted, SIXTEEN_TO_ONE, note + "at sixteen to one")
    off = _offset(bits, agreed, *_chances(fitted))
    bar = float(np.clip(FOUR_TO_ONE + off, _LOWEST, _HIGHEST))
    note = (
        f"names alone: they join at four to one, which by the birth dates of {len(bits)} pairs is"
        f" {FOUR_TO_ONE + off:.1f} bits"
    )
    return _with(fitted, round(bar, 1), note)


def _with(fitted: Parameters, bar: float, note: str) -> Parameters:
    thresholds = replace(fitted.thresholds, names=bar)
    return replace(fitted, thresholds=thresholds, notes=(*fitted.notes, note))


def _chances(fitted: Parameters) -> tuple[float, float]:
    """How often what is left out agrees, of one person and of two unrelated ones."""
    same, unrelated = (fitted.odds[_LEFT_OUT][of] for of in (SAME, UNRELATED))
    return sum(same[_AGREES:]), sum(unrelated[_AGREES:])


def _telling_pairs(
    fitted: Parameters, pairs: pl.DataFrame, levels: pl.DataFrame
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Of pairs with nothing but names: log2 odds without the birth date, and whether it agrees."""
    of_others = sum(
        1 << place
        for place, kind in enumerate(KEY_KINDS)
        if not any(column.startswith(_COLUMN) and column != "birthplace" for column in kind.columns)
    )
    met = (pairs["rules"].to_numpy() & np.uint64(of_others)) != 0
    known = levels[_LEFT_OUT].to_numpy()
    bare = levels.with_columns(pl.lit(-1, pl.Int8).alias(_LEFT_OUT))
    at = np.flatnonzero(met & (known >= 0) & ~NamesAlone.is_more(bare))
    at = spread(at)
    same, household, unrelated = joint_likelihoods(bare[at], fitted, "person")
    bits = same - np.logaddexp2(household, unrelated)
    near = (bits >= _NEAR[0]) & (bits < _NEAR[1])
    return bits[near], known[at][near] >= _AGREES


def _offset(bits: Floats, agreed: npt.NDArray[np.bool_], of_same: float, of_others: float) -> float:
    """By how many bits the odds are too sure: the likeliest under what agrees, to a tenth."""
    offsets = np.arange(-40, 41) / 10
    share = 1 / (1 + np.exp2(offsets[:, None] - bits[None, :]))
    chance = share * of_same + (1 - share) * of_others
    chance = np.clip(np.where(agreed, chance, 1 - chance), 1e-6, 1)
    fit = np.log(chance).sum(axis=1) - 0.5 * (offsets / _PRIOR_BITS) ** 2
    return float(offsets[int(fit.argmax())])
