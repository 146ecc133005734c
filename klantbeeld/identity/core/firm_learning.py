"""Learning the model of organisations from unlabelled data: frequencies, u, m by EM, priors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import COMPARISONS, compare
from .estimate import value_frequencies
from .key_kinds import KEY_KINDS
from .model import HOUSEHOLD, SAME, UNRELATED, Odds, Parameters
from .score import score
from .values import ORGANISATION, hashes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Tables = dict[str, Floats]

FEWEST_ROWS, FEWEST_PAIRS = 1_000, 500
_FEWEST_IN_SESSION = 200
_MOST_PAIRS = 250_000
_RANDOM_PAIRS = 150_000
_START_PAIRS, _START_RANDOM = 50.0, 2_000.0
_ROUNDS, _PRIOR_ROUNDS = 60, 6

# Key kinds whose pairs are learnt from, each with what it makes agree left out.
_SESSIONS = ("organisation", "organisation_phone", "organisation_address", "domain")
# What is known often enough to be learnt. Registrations keep their starting odds, and so does the
# related class, of which the address is the population's: that is what tells a branch.
_LEARNT = ("organisation", "address", "phone", "email")


def fit_organisations(
    values: pl.DataFrame,
    rows: Ints,
    pairs: pl.DataFrame,
    levels: pl.DataFrame,
    start: Parameters,
    seed: int = 0,
) -> Parameters:
    """Parameters of organisations learnt from candidate pairs; `start` where the data is small.

    Arguments as of `estimate.fit`. Per key kind of `_SESSIONS` the levels of 'same' are estimated
    by expectation maximisation (Dempster, Laird and Rubin, 1977) on counts of patterns, u by random
    pairs; what differs from persons is that the middle class is not learnt.
    """
    if len(rows) < FEWEST_ROWS or len(pairs) < FEWEST_PAIRS:
        return start
    names = value_frequencies(hashes(values, "organisation")[rows])
    odds = _unrelated(values, rows, start, seed)
    odds, notes = _learnt(odds, pairs, levels)
    fitted = replace(
        start,
        odds={name: _as_odds(table) for name, table in odds.items()},
        frequencies={"organisation": names},
        records=len(rows),
        thresholds=start.thresholds.learnt(),
        is_fitted=True,
        notes=tuple(notes),
    )
    return _with_priors(fitted, levels)


def _as_odds(table: Floats) -> tuple[Odds, Odds, Odds]:
    same, related, unrelated = (tuple(round(float(c), 10) for c in row) for row in table)
    return same, related, unrelated


def _unrelated(values: pl.DataFrame, rows: Ints, start: Parameters, seed: int) -> Tables:
    """The starting tables with u of what is learnt from random pairs of rows."""
    random = np.random.default_rng(seed)
    left, right = (rows[random.integers(0, len(rows), _RANDOM_PAIRS)] for _ in range(2))
    kept = left != right
    ends = {"left": left[kept].astype(np.uint32), "right": right[kept].astype(np.uint32)}
    levels = compare(values, pl.DataFrame(ends), ORGANISATION)
    odds = {name: np.array(rows) for name, rows in start.odds.items()}
    for name in _LEARNT:
        counts = _counts(levels[name].to_numpy(), np.ones(len(levels)), odds[name].shape[1])
        odds[name][UNRELATED] = _smoothed(counts, odds[name][UNRELATED], _START_RANDOM)
    # A branch stands elsewhere: its address is anybody's, but for a few next door.
    odds["address"][HOUSEHOLD] = 0.95 * odds["address"][UNRELATED]
    odds["address"][HOUSEHOLD, -1] += 0.05
    return odds


def _counts(level: npt.NDArray[np.int8], weights: Floats, size: int) -> Floats:
    known = level >= 0
    counts: Floats = np.bincount(level[known], weights=weights[known], minlength=size).astype(float)
    return counts


def _smoothed(counts: Floats, start: Floats, weight: float) -> Floats:
    total: Floats = counts + weight * start
    total /= total.sum()
    return total


def _learnt(start: Tables, pairs: pl.DataFrame, levels: pl.DataFrame) -> tuple[Tables, list[str]]:
    """m from all sessions, each weighing as many pairs as it has."""
    places = {kind.name: place for place, kind in enumerate(KEY_KINDS)}
    gathered = {name: np.zeros(start[name].shape[1]) for name in _LEARNT}
    notes: list[str] = []
    for name in _SESSIONS:
        at = np.flatnonzero(pairs["rules"].to_numpy() >> places[name] & 1)
        if len(at) < _FEWEST_IN_SESSION:
            continue
        chosen = levels[_spread(at)]
        counts, share, rounds = _session(chosen, start, KEY_KINDS[places[name]].uses)
        state = f"after {rounds} rounds" if rounds < _ROUNDS else "not converged"
        notes.append(f"session {name}: {len(at)} pairs, {share:.3f} same, {state}")
        for comparison, expected in counts.items():
            gathered[comparison] += expected * (len(at) / len(chosen))
    odds = dict(start)
    for name, expected in gathered.items():
        learnt = start[name].copy()
        learnt[SAME] = _smoothed(expected, start[name][SAME], _START_PAIRS)
        if learnt[SAME, -1] > 2 * learnt[UNRELATED, -1]:
            odds[name] = learnt
        else:
            notes.append(f"{name}: the classes came out reversed, starting values kept")
    return odds, notes


def _spread(at: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """At most `_MOST_PAIRS` of the places, evenly spread."""
    if len(at) <= _MOST_PAIRS:
        return at
    chosen: npt.NDArray[np.intp] = at[np.linspace(0, len(at) - 1, _MOST_PAIRS).astype(int)]
    return chosen


def _session(
    levels: pl.DataFrame, start: Tables, used: tuple[str, ...]
) -> tuple[Tables, float, int]:
    """Expected counts of the levels of 'same', its share of the pairs, and the rounds it took."""
    names = [c.name for c in COMPARISONS[ORGANISATION] if c.name not in used]
    patterns = levels.group_by(names).agg(pl.len().alias("_count")).sort(names)
    weights = patterns["_count"].to_numpy().astype(np.float64)
    graded = {name: patterns[name].to_numpy() for name in names}
    learnt = [name for name in names if name in _LEARNT]
    tables = {name: start[name].copy() for name in names}
    shares, counts, rounds, change = np.full(3, 1 / 3), dict[str, Floats](), 0, 1.0
    while change >= 1e-5 and rounds < _ROUNDS:
        rounds += 1
        member = _members(graded, tables, shares) * weights[:, None]
        before, shares = shares, member.sum(axis=0) / weights.sum()
        counts = {n: _counts(graded[n], member[:, SAME], tables[n].shape[1]) for n in learnt}
        for name in learnt:
            tables[name][SAME] = _smoothed(counts[name], start[name][SAME], _START_PAIRS)
        change = float(np.abs(shares - before).max())
    return counts, float(shares[SAME]), rounds


def _members(graded: dict[str, npt.NDArray[np.int8]], tables: Tables, shares: Floats) -> Floats:
    """Probability of each class per pattern."""
    size = len(next(iter(graded.values())))
    logs = np.tile(np.log(np.maximum(shares, 1e-300)), (size, 1))
    for name, level in graded.items():
        table = np.vstack([np.zeros(3), np.log(np.maximum(tables[name].T, 1e-12))])
        logs += table[level.astype(np.intp) + 1]
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _with_priors(fitted: Parameters, levels: pl.DataFrame) -> Parameters:
    """Numbers of same and related pairs: fixed point of the sums of their probabilities."""
    at = _spread(np.arange(len(levels)))
    chosen, whole = levels[at], len(levels) / max(1, len(at))
    for _ in range(_PRIOR_ROUNDS):
        scores = score(chosen, fitted, ORGANISATION)
        same, related = (float(scores[n].sum()) * whole for n in ("p_same", "p_household"))
        fitted = replace(
            fitted,
            same_pairs=round(max(1.0, same), 3),
            household_pairs=round(max(1.0, related), 3),
        )
    return fitted
