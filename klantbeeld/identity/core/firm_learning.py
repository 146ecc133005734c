"""Learning the model of organisations from unlabelled data: frequencies, u, m by EM, priors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .coded import hash_text
from .compare import COMPARISONS, compare
from .firm_levels import FEWEST_PLACES, SPREAD, spread_key
from .firm_words import WHOLE, weighed
from .key_kinds import KEY_KINDS
from .learning import (
    FEWEST_IN_SESSION,
    FEWEST_PAIRS,
    FEWEST_ROWS,
    PRIOR_ROUNDS,
    ROUNDS,
    START_PAIRS,
    START_RANDOM,
    Tables,
    as_table,
    members,
    random_pairs,
    smoothed,
    spread,
    value_frequencies,
)
from .mixing import mixed
from .model import HOUSEHOLD, PLACES, SAME, UNRELATED, WORDS, Frequencies, Parameters
from .score import score
from .values import ORGANISATION, hashes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

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
    names = _name_frequencies(hashes(values, "organisation")[rows], _places(values, rows))
    odds = _unrelated(values, rows, start, seed)
    odds, notes = _learnt(odds, pairs, levels)
    fitted = replace(
        start,
        odds=as_table(odds),
        frequencies={**start.frequencies, "organisation": names},
        records=len(rows),
        thresholds=start.thresholds.learnt(),
        is_fitted=True,
        notes=tuple(notes),
    )
    return _with_priors(fitted, levels)


def learnt_before(values: pl.DataFrame, rows: Ints, pairs: pl.DataFrame) -> dict[str, Frequencies]:
    """What comparing goes by, by its name in the model; nothing where the data is small."""
    if len(rows) < FEWEST_ROWS or len(pairs) < FEWEST_PAIRS:
        return {}
    found = {PLACES: learnt_places(values, rows)}
    return found | {WORDS: learnt_words(values, rows)} if "organisation#" in values else found


def learnt_places(values: pl.DataFrame, rows: Ints) -> Frequencies:
    """At how many places the values stand that several places share; any other at one."""
    place = _places(values, rows)
    keys, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for name in SPREAD:
        key = spread_key(name, hashes(values, name)[rows])
        at = np.flatnonzero((key != 0) & (place != 0))
        held, back, times = np.unique(key[at], return_inverse=True, return_counts=True)
        at = at[times[back] >= FEWEST_PLACES]
        distinct = np.unique(mixed(key[at], place[at]), return_index=True)[1]
        held, times = np.unique(key[at[distinct]], return_counts=True)
        keys.append(held[times >= FEWEST_PLACES])
        counts.append(times[times >= FEWEST_PLACES])
    key, count = np.concatenate(keys), np.concatenate(counts)
    order = np.argsort(key)
    return Frequencies(tuple(key[order].tolist()), tuple(count[order].astype(float).tolist()), 1.0)


def _places(values: pl.DataFrame, rows: Ints) -> Ints:
    """A hash of where each row stands, 0 where that is not known."""
    street, postcode, house = (hashes(values, n)[rows] for n in ("street", "postcode", "house"))
    place = mixed(np.where(postcode != 0, postcode, street), house)
    return np.where((house != 0) & ((postcode != 0) | (street != 0)), place, 0)


def _name_frequencies(name: Ints, place: Ints) -> Frequencies:
    """The share of rows that another organisation of the same name has.

    Rows of one name at one place are one organisation's own, which plain counts take for
    namesakes; half a row stands for the namesake that was not seen. Plain counts where places are
    seldom known.
    """
    if (place != 0).mean() < 0.5:
        return value_frequencies(name)
    known = name != 0
    held, back, times = np.unique(name[known], return_inverse=True, return_counts=True)
    at = np.flatnonzero(place[known])
    distinct = np.unique(mixed(name[known][at], place[known][at]), return_index=True)[1]
    places = np.maximum(np.bincount(back[at[distinct]], minlength=len(held)), 1)
    share = (times * (places - 1) / places + 0.5) / max(1, len(back))
    kept = np.flatnonzero(places > 1)
    kept = np.sort(kept[np.lexsort((held[kept], -share[kept]))[:_KEPT_NAMES]])
    rest = np.delete(share, kept)
    mean = float(rest.mean()) if len(rest) else 1.0
    return Frequencies(tuple(held[kept].tolist()), tuple(share[kept].round(9).tolist()), mean)


_KEPT_NAMES = 20_000


def learnt_words(values: pl.DataFrame, rows: Ints) -> Frequencies:
    """The share of names that hold each word, of words that more than one name in a thousand has.

    Of distinct names: a chain of a hundred shops has one.
    """
    names = values["organisation"].gather(rows).cast(pl.String).unique().drop_nulls()
    words = names.str.split(" ").list.unique().explode()
    found = value_frequencies(hash_text(words))
    shares = np.array(found.shares) * (len(words) / max(1, len(names)))
    kept = np.flatnonzero(weighed(shares) < WHOLE).tolist()
    return Frequencies(
        tuple(found.hashes[at] for at in kept),
        tuple(round(float(shares[at]), 9) for at in kept),
        2.0 ** (-WHOLE / 4),
    )


def _unrelated(values: pl.DataFrame, rows: Ints, start: Parameters, seed: int) -> Tables:
    """The starting tables with u of what is learnt from random pairs of rows."""
    drawn, random = random_pairs(values, rows, seed)
    levels = compare(drawn, random, ORGANISATION, start.frequencies)
    odds = {name: np.array(rows) for name, rows in start.odds.items()}
    for name in _LEARNT:
        counts = _counts(levels[name].to_numpy(), np.ones(len(levels)), odds[name].shape[1])
        odds[name][UNRELATED] = smoothed(counts, odds[name][UNRELATED], START_RANDOM)
    # A branch stands elsewhere: its address is anybody's, but for a few next door.
    odds["address"][HOUSEHOLD] = 0.95 * odds["address"][UNRELATED]
    odds["address"][HOUSEHOLD, -1] += 0.05
    return odds


def _counts(level: npt.NDArray[np.signedinteger[Any]], weights: Floats, size: int) -> Floats:
    known = level >= 0
    counts: Floats = np.bincount(level[known], weights=weights[known], minlength=size).astype(float)
    return counts


def _learnt(start: Tables, pairs: pl.DataFrame, levels: pl.DataFrame) -> tuple[Tables, list[str]]:
    """m from all sessions, each weighing as many pairs as it has."""
    places = {kind.name: place for place, kind in enumerate(KEY_KINDS)}
    gathered = {name: np.zeros(start[name].shape[1]) for name in _LEARNT}
    notes: list[str] = []
    for name in _SESSIONS:
        at = np.flatnonzero(pairs["rules"].to_numpy() >> places[name] & 1)
        if len(at) < FEWEST_IN_SESSION:
            continue
        chosen = levels[spread(at)]
        counts, share, rounds = _session(chosen, start, KEY_KINDS[places[name]].uses)
        state = f"after {rounds} rounds" if rounds < ROUNDS else "not converged"
        notes.append(f"session {name}: {len(at)} pairs, {share:.3f} same, {state}")
        for comparison, expected in counts.items():
            gathered[comparison] += expected * (len(at) / len(chosen))
    odds = dict(start)
    for name, expected in gathered.items():
        learnt = start[name].copy()
        learnt[SAME] = smoothed(expected, start[name][SAME], START_PAIRS)
        if learnt[SAME, -1] > 2 * learnt[UNRELATED, -1]:
            odds[name] = learnt
        else:
            notes.append(f"{name}: the classes came out reversed, starting values kept")
    return odds, notes


def _session(
    levels: pl.DataFrame, start: Tables, used: tuple[str, ...]
) -> tuple[Tables, float, int]:
    """Expected counts of the levels of 'same', its share of the pairs, and the rounds it took."""
    names = [c.name for c in COMPARISONS[ORGANISATION] if c.name not in used]
    patterns = levels.group_by(names).agg(pl.len().alias("_count")).sort(names)
    weights = patterns["_count"].to_numpy().astype(np.float64)
    graded = {name: patterns[name].to_numpy().astype(np.intp) for name in names}
    learnt = [name for name in names if name in _LEARNT]
    tables = {name: start[name].copy() for name in names}
    shares, counts, rounds, change = np.full(3, 1 / 3), dict[str, Floats](), 0, 1.0
    while change >= 1e-5 and rounds < ROUNDS:
        rounds += 1
        member = members(graded, tables, shares) * weights[:, None]
        before, shares = shares, member.sum(axis=0) / weights.sum()
        counts = {n: _counts(graded[n], member[:, SAME], tables[n].shape[1]) for n in learnt}
        for name in learnt:
            tables[name][SAME] = smoothed(counts[name], start[name][SAME], START_PAIRS)
        change = float(np.abs(shares - before).max())
    return counts, float(shares[SAME]), rounds


def _with_priors(fitted: Parameters, levels: pl.DataFrame) -> Parameters:
    """Numbers of same and related pairs: fixed point of the sums of their probabilities."""
    at = spread(np.arange(len(levels)))
    chosen, whole = levels[at], len(levels) / max(1, len(at))
    for _ in range(PRIOR_ROUNDS):
        scores = score(chosen, fitted, ORGANISATION)
        same, related = (float(scores[n].sum()) * whole for n in ("p_same", "p_household"))
        fitted = replace(
            fitted,
            same_pairs=round(max(1.0, same), 3),
            household_pairs=round(max(1.0, related), 3),
        )
    return fitted
