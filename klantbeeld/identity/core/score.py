"""From levels to log odds and class probabilities: Fellegi-Sunter with three latent classes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import COMPARISONS
from .identifiers import DETERMINISTIC
from .model import HOUSEHOLD, SAME, UNRELATED, Parameters

Floats = npt.NDArray[np.float64]

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
    logs = np.tile(np.log2(parameters.priors()), (len(levels), 1))
    for _, part in likelihoods(levels, parameters, kind):
        logs += part
    weight = np.clip(log_odds(logs), -60, 60)
    for rule in DETERMINISTIC[kind]:
        weight = rule.apply(weight, levels, parameters)
    return pl.DataFrame(_following(weight, *probabilities(logs).T[HOUSEHOLD:]))


def with_weight(scores: pl.DataFrame, weight: Floats) -> pl.DataFrame:
    """The scores under another weight: `p_same` follows it, the rest keeps its proportion."""
    rest = (scores[name].to_numpy().astype(np.float64) for name in ("p_household", "p_unrelated"))
    changed = _following(weight, *rest)
    columns = (changed.get(column.name, column) for column in scores.get_columns())
    return pl.DataFrame(list(columns))


def _following(weight: Floats, household: Floats, unrelated: Floats) -> dict[str, pl.Series]:
    same = 1 / (1 + np.exp2(-weight))
    left_over = (1 - same) / np.maximum(household + unrelated, 1e-300)
    columns = (weight, same, household * left_over, unrelated * left_over)
    return {
        name: pl.Series(name, column.astype(np.float32))
        for name, column in zip(SCORES, columns, strict=True)
    }


def likelihoods(
    levels: pl.DataFrame, parameters: Parameters, kind: str
) -> Iterator[tuple[str, Floats]]:
    """Per comparison the log2 likelihood of each class (pairs x 3); frequencies included.

    Comparisons that are missing in all pairs are left out: they say nothing.
    """
    for comparison in COMPARISONS[kind]:
        level = levels[comparison.name].to_numpy()
        if not (level >= 0).any():
            continue
        odds = np.array(parameters.odds[comparison.name]).T
        table = np.vstack([np.zeros(3), np.log2(np.maximum(odds, 1e-12))])
        part = table[level.astype(np.intp) + 1]
        frequencies = parameters.frequencies.get(comparison.name)
        if frequencies is not None and comparison.name + "#" in levels.columns:
            shared = levels[comparison.name + "#"].to_numpy()
            at = np.flatnonzero(shared)
            usual = float(odds[-1, UNRELATED])
            rarity = np.log2(np.maximum(frequencies.of(shared[at]), 1e-12) / usual)
            part[at, UNRELATED] += rarity
            if comparison.name == "first_name":
                part[at, HOUSEHOLD] += rarity
        yield comparison.name, part


def log_odds(logs: Floats) -> Floats:
    """log2 odds of 'same' against the two other classes, from log2 joint likelihoods (n x 3)."""
    return logs[:, SAME] - np.logaddexp2(logs[:, HOUSEHOLD], logs[:, UNRELATED])


def prior_bits(parameters: Parameters) -> float:
    """log2 odds of 'same' of two rows taken at random."""
    return float(log_odds(np.log2(parameters.priors())[None, :])[0])


def probabilities(logs: Floats) -> Floats:
    """Probability of each class from log2 joint likelihoods (n x 3)."""
    powers = np.exp2(logs - logs.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances
