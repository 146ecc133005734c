"""From levels to log odds and class probabilities: Fellegi-Sunter with three latent classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .coded import FEW
from .compare import COMPARISONS
from .identifiers import DETERMINISTIC, Levels, Rule
from .model import HOUSEHOLD, SAME, UNRELATED, Frequencies, Parameters

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

SCORES = {
    "weight": pl.Float32,
    "p_same": pl.Float32,
    "p_household": pl.Float32,
    "p_unrelated": pl.Float32,
}


def score(levels: pl.DataFrame, parameters: Parameters, kind: str = "person") -> pl.DataFrame:
    """Weight (bits: log2 odds of 'same' against the rest) and class probabilities per pair.

    The likelihoods of Fellegi and Sunter (1969) with the levels independent within each of three
    classes; a missing comparison says nothing. A common value counts for less (Winkler, 2000):
    equal first names multiply the household's and the unrelated likelihood by share / u, equal
    surnames only the unrelated one, for a family shares its surname. Then the rules of
    `identifiers` that hold whatever the odds.
    """
    return pl.DataFrame(scores(levels, parameters, kind))


def scores(levels: Levels, parameters: Parameters, kind: str) -> dict[str, Singles]:
    """As `score`, also of levels that are plain arrays."""
    size = len(levels[COMPARISONS[kind][0].name])
    if size <= _IN_CACHE:
        return _scores(levels, parameters, kind)
    names = levels.columns if isinstance(levels, pl.DataFrame) else levels
    columns = {name: np.asarray(levels[name]) for name in names}
    parts = []
    for start in range(0, size, _IN_CACHE):
        some = {name: column[start : start + _IN_CACHE] for name, column in columns.items()}
        parts.append(_scores(some, parameters, kind))
    return {name: np.concatenate([part[name] for part in parts]) for name in SCORES}


# Pairs scored at once: what is computed of more does not fit into a processor's cache.
_IN_CACHE = 1 << 15


def _scores(levels: Levels, parameters: Parameters, kind: str) -> dict[str, Singles]:
    return weighed(
        joint_likelihoods(levels, parameters, kind), levels, parameters, DETERMINISTIC[kind]
    )


def weighed(
    joint: Sequence[Floats], levels: Levels, parameters: Parameters, rules: Sequence[Rule]
) -> dict[str, Singles]:
    """The scores of pairs by their joint likelihoods and rules on their levels."""
    same, household, unrelated = joint
    weight = np.clip(same - np.logaddexp2(household, unrelated), -60, 60)
    for rule in rules:
        weight = rule.apply(weight, levels, parameters)
    share = 1 / (1 + np.exp2(np.clip(unrelated - household, -500, 500)))
    return following(weight, share, 1 - share)


# Levels of a group of comparisons are looked up together: at most so many combinations.
_COMBINATIONS = 20_000


def joint_likelihoods(levels: Levels, parameters: Parameters, kind: str) -> list[Floats]:
    """Per class the log2 joint likelihood with the prior; a class without prior is left out.

    Comparisons are added up in groups, and the groups to the prior, always in one order: so a pair
    gets the same weight alone and among millions.
    """
    size = len(levels[COMPARISONS[kind][0].name])
    joint = [np.full(size, log) for log in parameters.log_priors]
    tables = {c.name: parameters.logs[c.name] for c in COMPARISONS[kind]}
    for group in groups({name: len(table) for name, table in tables.items()}):
        for total, part in zip(joint, _group(levels, group, tables), strict=True):
            total += part
    for name, table in tables.items():
        frequencies = parameters.frequencies.get(name)
        if frequencies is not None and name + "#" in levels:
            at, bits = rarity(levels, name, frequencies, table)
            joint[UNRELATED][at] += bits
            if name == "first_name":
                joint[HOUSEHOLD][at] += bits
    return joint


def groups(sizes: Mapping[str, int]) -> list[list[str]]:
    """Comparisons in the groups that are added up together, by how many levels they have."""
    found: list[list[str]] = []
    product = _COMBINATIONS
    for name, size in sizes.items():
        if product * size > _COMBINATIONS:
            found.append([])
            product = 1
        found[-1].append(name)
        product *= size
    return found


def _group(
    levels: Levels, group: list[str], tables: Mapping[str, Floats]
) -> Sequence[Floats] | Floats:
    """Sum of the log2 likelihoods of some comparisons: 3 x pairs."""
    graded = [np.asarray(levels[name]) for name in group]
    if len(graded[0]) < FEW:
        few: Floats = tables[group[0]][graded[0] + 1]
        for name, level in zip(group[1:], graded[1:], strict=True):
            few = few + tables[name][level + 1]
        return few.T
    # What nobody tells adds nothing.
    told = [at for at, level in enumerate(graded) if level.max() >= 0] or [0]
    first, *others = told
    whole, code = tables[group[first]], graded[first].astype(np.intp) + 1
    for table, level in ((tables[group[at]], graded[at]) for at in others):
        whole = (whole[:, None, :] + table[None, :, :]).reshape(-1, 3)
        code *= len(table)
        code += level
        code += 1
    return [of_class.take(code) for of_class in whole.T.copy()]


def rarity(
    levels: Levels, name: str, frequencies: Frequencies, table: Floats
) -> tuple[npt.NDArray[np.intp], Floats]:
    """Pairs that share a value, and how much rarer it is than usual, in bits."""
    shared = np.asarray(levels[name + "#"])
    at = np.flatnonzero(shared)
    share = np.maximum(frequencies.of(shared[at]), 1e-12)
    return at, np.log2(share) - table[-1, UNRELATED]


def with_weight(scores: pl.DataFrame, weight: Floats) -> pl.DataFrame:
    """The scores under another weight: `p_same` follows it, the rest keeps its proportion."""
    changed = reweighted({name: scores[name].to_numpy() for name in SCORES}, weight)
    columns = (
        pl.Series(column.name, changed[column.name]) if column.name in changed else column
        for column in scores.get_columns()
    )
    return pl.DataFrame(list(columns))


def reweighted(scores: Mapping[str, npt.NDArray[Any]], weight: Floats) -> dict[str, Singles]:
    """As `with_weight`, of plain arrays: the four columns of `SCORES`.

    Pairs whose weight stays keep their scores to the last digit, whoever is changed beside them.
    """
    rest = (scores[name].astype(np.float64) for name in ("p_household", "p_unrelated"))
    stays = weight.astype(np.float32) == scores["weight"]
    changed = following(weight, *rest)
    return {name: np.where(stays, scores[name], column) for name, column in changed.items()}


def following(weight: Floats, household: Floats, unrelated: Floats) -> dict[str, Singles]:
    """The four columns of `SCORES` of weights: the rest divided as the other two are."""
    same = 1 / (1 + np.exp2(-weight))
    left_over = (1 - same) / np.maximum(household + unrelated, 1e-300)
    columns = (weight, same, household * left_over, unrelated * left_over)
    return {name: column.astype(np.float32) for name, column in zip(SCORES, columns, strict=True)}


def likelihoods(
    levels: pl.DataFrame, parameters: Parameters, kind: str
) -> Iterator[tuple[str, Floats]]:
    """Per comparison the log2 likelihood of each class (pairs x 3); frequencies included."""
    for comparison in COMPARISONS[kind]:
        table = parameters.logs[comparison.name]
        part = table[levels[comparison.name].to_numpy().astype(np.intp) + 1]
        frequencies = parameters.frequencies.get(comparison.name)
        if frequencies is not None and comparison.name + "#" in levels.columns:
            at, bits = rarity(levels, comparison.name, frequencies, table)
            part[at, UNRELATED] += bits
            if comparison.name == "first_name":
                part[at, HOUSEHOLD] += bits
        yield comparison.name, part


def log_odds(logs: Floats) -> Floats:
    """log2 odds of 'same' against the two other classes, from log2 joint likelihoods (n x 3)."""
    return logs[:, SAME] - np.logaddexp2(logs[:, HOUSEHOLD], logs[:, UNRELATED])


def prior_bits(parameters: Parameters) -> float:
    """log2 odds of 'same' of two rows taken at random."""
    return float(log_odds(parameters.log_priors[None, :])[0])


def probabilities(logs: Floats) -> Floats:
    """Probability of each class from log2 joint likelihoods (n x 3)."""
    powers = np.exp2(logs - logs.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances
