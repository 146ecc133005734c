"""What two sets of records say of each other: known where any pair of their members knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from . import native
from .compare import COMPARISONS
from .model import HOUSEHOLD, SAME, UNRELATED, Parameters
from .score import rarity
from .values import PERSON

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]
Figures = npt.NDArray[np.float32]
# A table, or its columns as plain arrays.
Pairs = pl.DataFrame | Mapping[str, npt.NDArray[Any]]

# Evidence beyond these says no more about one pair, and must not outvote other pairs: a poor
# copy of a record looks very unlike some of its kin.
LOWEST, SATURATION = -5.0, 10.0
# What a person has one of: two that differ are told by all pairs that know both. Of all else a
# person may have several, in turn or at once, and one that is shared is enough.
ONE_EACH = frozenset(("first_name", "birth_date", "gender"))
INITIAL = 2  # level of first names: says nothing more where whole names are known
# A likelihood is told within so many bits: products of them stay within what a number holds.
_BITS = 40.0
# Of all pairs: their number, evidence, rules; then of each comparison: known, same, household.
_FIXED, _EACH = 3, 3


class Told:
    """What some of the pairs say, side by side: levels, weights, and what both rows share.

    Comparisons that no pair knows are left out: they add nothing.
    """

    def __init__(self, pairs: Pairs, at: Places) -> None:
        at = at.astype(np.intp)  # once, not for every column
        levels = {c.name: np.asarray(pairs[c.name]).take(at) for c in COMPARISONS[PERSON]}
        self.names = [name for name, level in levels.items() if level.max(initial=-1) >= 0]
        self.levels = np.empty((len(at), len(self.names)), dtype=np.int8)
        for place, name in enumerate(self.names):
            self.levels[:, place] = levels[name]
        self.weight = np.asarray(pairs["weight"]).take(at)
        shared = (name for name in self.names if name + "#" in pairs)
        self.shared = {name: np.asarray(pairs[name + "#"]).take(at) for name in shared}


class SetEvidence:
    """What is added up over the pairs between two sets of persons, and what the sums say.

    A comparison of two sets is known where a pair of their members knows it, however many do not:
    one birth date on either side is enough to contradict. Of what a person has one of, the log
    likelihoods are averaged over the pairs that know it. Of what a person may have several of, the
    likelihood ratios are: each record copied its value from one that the other set knows, any of
    them as likely, which is a mixture of their likelihoods. Comparisons and the prior, which counts
    once, make the odds of three classes, as of a pair (`score`); what `identifiers` add to pairs is
    averaged.

    sums: pairs x figures, to be added up; `weigh` takes such sums. `UNSCORED` are the first
    figures of a pair that was not scored, clearly different; the others are 0.
    """

    UNSCORED = (1.0, LOWEST)

    def __init__(self, told: Told, at: Ints, said: Floats, parameters: Parameters) -> None:
        prior = parameters.log_priors
        self._parameters = parameters
        self._prior, self._names = prior - prior[UNRELATED], told.names
        same, household = (np.full(len(at), self._prior[c]) for c in (SAME, HOUSEHOLD))
        blocks = len(told.names) + ("first_name" in told.names)
        self.sums = np.empty((len(at), _FIXED + _EACH * blocks), dtype=np.float32)
        place = _FIXED
        for name, level in zip(
            told.names, told.levels.take(at, axis=0).T.astype(np.intp), strict=True
        ):
            logs, figures = _of_pairs(name, level, told.shared.get(name), at, parameters)
            same += logs[0]
            household += logs[1]
            self.sums[:, place : place + _EACH] = figures
            place += _EACH
            if name == "first_name":
                figures[level == INITIAL] = 0
                self.sums[:, place : place + _EACH] = figures
                place += _EACH
        odds = np.clip(same - np.logaddexp2(household, 0.0), -60, 60)
        self.sums[:, 0], self.sums[:, 1], self.sums[:, 2] = 1, said, told.weight[at] - odds

    def compiled(self) -> native.Sums:
        """The sums as the compiled linkage takes them."""
        return compiled(self._names, self.sums, self._parameters)

    def weigh(self, sums: Figures) -> Floats:
        """Bits for 'one person', from sums over the pairs between two sets (figures x ...).

        Half of it is what the sets say, the other half that or what their pairs say on average,
        whichever is less: where members disagree about what the sets say, it counts for half.
        """
        pairs = np.maximum(sums[0], 1)
        bits = np.clip(self._odds(sums) + sums[2] / pairs, LOWEST, SATURATION)
        weighed: Floats = (bits + np.minimum(bits, sums[1] / pairs)) / 2
        return weighed

    def _odds(self, sums: Figures) -> Floats:
        """log2 odds of 'same', before rules."""
        shape = sums.shape[1:]
        logs = np.stack([np.full(shape, self._prior[c]) for c in (SAME, HOUSEHOLD)])
        ratios = np.ones((2, *shape))
        place = _FIXED
        for name in self._names:
            block = sums[place : place + _EACH]
            place += _EACH
            if name == "first_name":
                block = np.where(sums[place] > 0, sums[place : place + _EACH], block)
                place += _EACH
            if name in ONE_EACH:
                logs += block[1:] / np.maximum(block[0], 1)
            else:
                is_missing = block[0] == 0
                ratios *= (block[1:] + is_missing) / (block[0] + is_missing)
        logs += np.log2(ratios)
        odds: Floats = logs[0] - np.logaddexp2(logs[1], 0.0)
        return odds


def compiled(names: Sequence[str], sums: Figures, parameters: Parameters) -> native.Sums:
    """Sums over comparisons (names) as the compiled linkage takes them."""
    prior = parameters.log_priors - parameters.log_priors[UNRELATED]
    kinds = [
        native.ONE_EACH * (name in ONE_EACH) | native.FIRST_NAME * (name == "first_name")
        for name in names
    ]
    priors = float(prior[SAME]), float(prior[HOUSEHOLD])
    return native.Sums(sums, np.array(kinds, dtype=np.uint8), priors, (LOWEST, SATURATION))


def _of_pairs(
    name: str,
    level: npt.NDArray[np.intp],
    shared: Ints | None,
    at: Ints,
    parameters: Parameters,
) -> tuple[Floats, Figures]:
    """log2 likelihood against that of strangers (same, household: 2 x pairs), and the figures."""
    table = parameters.logs[name]
    by_level = np.ascontiguousarray((table - table[:, UNRELATED:])[:, (SAME, HOUSEHOLD)].T)
    logs: Floats = by_level.take(level + 1, axis=1)
    frequencies = parameters.frequencies.get(name)
    if frequencies is None or shared is None:
        figures = figures_of(name, by_level, np.arange(len(table)) > 0)
        return logs, figures.take(level + 1, axis=0)
    places, bits = rarity({name + "#": shared[at]}, name, frequencies, table)
    logs[0, places] -= bits
    if name != "first_name":  # a family shares no first name, and strangers none that is rare
        logs[1, places] -= bits
    return logs, figures_of(name, logs, level >= 0)


def figures_of(name: str, logs: Floats, known: npt.NDArray[np.bool_]) -> Figures:
    """What a comparison adds to the sums: known, same, household."""
    told = logs if name in ONE_EACH else likelihood_of(logs)
    return np.stack([known, *np.where(known, told, 0)], axis=1).astype(np.float32)


def likelihood_of(logs: Floats) -> Floats:
    """The likelihood ratios that are added up, within bounds."""
    ratios: Floats = np.exp2(np.clip(logs, -_BITS, _BITS))
    return ratios
