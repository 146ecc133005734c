"""What learning from unlabelled pairs takes, whatever their kind: counts, classes, how many."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from .model import Frequencies, Odds

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Tables = dict[str, Floats]

# Below these the starting parameters say more than the data (docs/measured.md: small files).
FEWEST_ROWS, FEWEST_PAIRS = 60, 20
FEWEST_IN_SESSION = 30
# Pairs that a session and the priors learn from: of a level that one in a hundred has, a thousand.
MOST_PAIRS = 100_000
# Weight of the starting parameters, in pairs (Dirichlet): they matter where data is thin.
START_PAIRS, START_RANDOM = 50.0, 2_000.0
ROUNDS, PRIOR_ROUNDS = 60, 6

# Of a large table the pairs of some rows, which cost as many texts to read.
_RANDOM_PAIRS, _RANDOM_ROWS = 150_000, 50_000
_KEPT_VALUES = 20_000


def random_pairs(values: pl.DataFrame, rows: Ints, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Some of the rows, and pairs of places in those (UInt32), about `_RANDOM_PAIRS` of them."""
    random = np.random.default_rng(seed)
    some = rows if len(rows) <= _RANDOM_ROWS else random.choice(rows, _RANDOM_ROWS, False)
    left, right = random.integers(0, len(some), (2, _RANDOM_PAIRS), dtype=np.uint32)
    is_pair = left != right
    return values[some], pl.DataFrame({"left": left[is_pair], "right": right[is_pair]})


def value_frequencies(hashed: Ints) -> Frequencies:
    """Shares of the most frequent values; the mean share of the others as `rest`."""
    known = hashed[hashed != 0]
    if not len(known):
        return Frequencies((), (), 1.0)
    found, counts = np.unique(known, return_counts=True)
    kept = np.lexsort((found, -counts))[:_KEPT_VALUES]
    kept = kept[counts[kept] >= 3]
    rest = np.delete(counts, kept)
    mean_rest = float(rest.mean()) if len(rest) else 1.0
    kept = kept[np.argsort(found[kept])]
    shares = counts[kept] / len(known)
    return Frequencies(
        tuple(found[kept].tolist()),
        tuple(shares.round(9).tolist()),
        max(mean_rest, 1.0) / len(known),
    )


def smoothed(counts: Floats | Ints, start: Floats, weight: float) -> Floats:
    """Chances from counts and `weight` pairs of the starting chances."""
    total: Floats = counts + weight * start
    total /= total.sum()
    return total


def spread(at: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """At most `MOST_PAIRS` of the places, evenly spread: pairs come in canonical order."""
    if len(at) <= MOST_PAIRS:
        return at
    chosen: npt.NDArray[np.intp] = at[np.linspace(0, len(at) - 1, MOST_PAIRS).astype(int)]
    return chosen


def members(graded: Mapping[str, npt.NDArray[np.intp]], odds: Tables, shares: Floats) -> Floats:
    """Probability of each class per pattern of levels (E step): patterns x 3."""
    size = len(next(iter(graded.values())))
    logs = np.tile(np.log(np.maximum(shares, 1e-300)), (size, 1))
    for name, level in graded.items():
        table = np.vstack([np.zeros(3), np.log(np.maximum(odds[name].T, 1e-12))])
        logs += table[level + 1]
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def as_table(odds: Tables) -> dict[str, tuple[Odds, Odds, Odds]]:
    """The odds as a model keeps them."""

    def row(chances: Floats) -> Odds:
        return tuple(round(float(chance), 10) for chance in chances)

    return {name: (row(rows[0]), row(rows[1]), row(rows[2])) for name, rows in odds.items()}
