"""Learning a model from unlabelled data: frequencies, u, EM in sessions per key kind, priors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .compare import COMPARISONS, Comparison, compare
from .held_out import with_names_bar
from .key_kinds import KEY_KINDS
from .labels import (
    TOLD,
    TOLD_SAME,
    blended,
    is_labelled,
    moved_totals,
    spoken_for,
    with_judged,
)
from .learning import (
    FEWEST_IN_SESSION,
    FEWEST_PAIRS,
    FEWEST_ROWS,
    PRIOR_ROUNDS,
    ROUNDS,
    START_PAIRS,
    START_RANDOM,
    as_table,
    members,
    random_pairs,
    smoothed,
    spread,
    value_frequencies,
)
from .model import HOUSEHOLD, SAME, UNRELATED, Parameters
from .review import review_bound
from .score import score
from .values import hashes, mixed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Counts = dict[str, Floats]

# A base in which household pairs are rarer than this share of same pairs holds single people.
_FEW_FAMILIES = 0.05
# Blocking rules whose pairs are learnt from, each with its own comparisons left out.
_SESSIONS = ("email", "phone", "address", "name", "surname_birth", "birth_postcode", "national")
# Rules that bring members of a household together as well as copies of one person.
_OPEN_KINDS = (
    "email", "phone", "address", "street", "surname_postcode", "surname_birthplace",
    "surname_region", "rare_surname", "rare_postcode",
)  # fmt: skip
# Another member of the household is drawn from the population in these; not learnt.
_FIXED_HOUSEHOLD = ("first_name", "birth_date", "gender", "middle_names", "national_id")
# Too seldom compared to be learnt.
_FIXED = ("number", "login", "loyalty", "iban", "document")
# What the copies of one person are to a larger part than this is not believed: comparison, levels
# (from, to), most, and what is held instead (the starting values where None). In public and
# invented sets of all kinds birth dates contradict each other in up to one pair of fourteen, first
# names and addresses in up to one of four, mailboxes and numbers in up to one of three. Where more
# do of what looks like copies, people who look alike were taken for one: father and son of one
# name, twins, neighbours, namesakes. Then it is not learnt how often that is mistaken: it tells
# people apart, but for slips of the pen.
_IMPLAUSIBLE: tuple[tuple[str, slice, float, tuple[float, ...] | None], ...] = (
    ("birth_date", slice(0, 2), 0.15, (0.0005, 0.0002, 0.008, 0.01, 0.03, 0.9513)),
    ("first_name", slice(0, 1), 0.25, (0.0005, 0.01, 0.06, 0.06, 0.8695)),
    ("email", slice(0, 1), 0.7, None),
    ("phone", slice(0, 1), 0.7, None),
    ("address", slice(0, 1), 0.7, None),
    ("address", slice(3, 4), 0.4, None),
)
# Of the others so much of that, once one is not believed.
_IN_DOUBT = 0.5
_LOOK_ALIKES = "many who look alike differ in it, which keeps them apart"


def fit(
    values: pl.DataFrame,
    rows: Ints,
    pairs: pl.DataFrame,
    levels: pl.DataFrame,
    start: Parameters,
    seed: int = 0,
) -> Parameters:
    """Person parameters learnt from candidate pairs; `start` itself where the data is too small.

    `rows` are the distinct rows of `values` in canonical order (see `link.canonical_order`), so
    that the random pairs do not depend on the order in which rows came. `pairs` and `levels` from
    `candidate_pairs` and `compare`, these perhaps with labels (see `labels.labelled`).
    """
    if len(rows) < FEWEST_ROWS or len(pairs) < FEWEST_PAIRS:
        return start
    frequencies = {
        comparison.name: value_frequencies(hashes(values, comparison.frequency)[rows])
        for comparison in COMPARISONS["person"]
        if comparison.frequency
    }
    odds = _unrelated_odds(values, rows, start, seed)
    has_houses = bool(np.mean(hashes(values, "house")[rows] != 0) > 0.5)
    odds, notes = _learn_apart(odds, pairs, levels, has_houses)
    fitted = replace(
        start,
        odds=as_table(odds),
        frequencies=frequencies,
        records=len(rows),
        thresholds=start.thresholds.learnt(),
        is_fitted=True,
        notes=tuple(notes),
    )
    fitted = with_names_bar(_learn_priors(fitted, pairs, levels), pairs, levels)
    return _with_review_bound(fitted, levels)


def _with_review_bound(fitted: Parameters, levels: pl.DataFrame) -> Parameters:
    bounds = fitted.thresholds
    some = levels[spread(np.arange(len(levels)))]
    weight = score(some, fitted)["weight"].to_numpy().astype(np.float64)
    review = review_bound(weight, bounds.same)
    return replace(fitted, thresholds=replace(bounds, review=review))


def _unrelated_odds(
    values: pl.DataFrame, rows: Ints, start: Parameters, seed: int
) -> dict[str, Floats]:
    """u of every level: random pairs for the lower ones, sum of squared shares for the highest."""
    levels = compare(*random_pairs(values, rows, seed))
    odds = {}
    for comparison in COMPARISONS["person"]:
        table = np.array(start.odds[comparison.name])
        if comparison.name not in _FIXED:
            level = levels[comparison.name].to_numpy()
            counts = np.bincount(level[level >= 0], minlength=table.shape[1])
            table[UNRELATED] = smoothed(counts, table[UNRELATED], START_RANDOM)
            chance = _chance_equal(values, rows, comparison)
            if chance is not None:
                table[UNRELATED, -1] = 0.0
                table[UNRELATED] *= (1 - chance) / table[UNRELATED].sum()
                table[UNRELATED, -1] = chance
        odds[comparison.name] = table
    _population_household(odds)
    return odds


# Where one column decides the highest level, the chance of it follows from the values' shares.
_DECIDING = {
    "first_name": ("first",),
    "surname": ("surname",),
    "birth_date": ("birth",),
    "email": ("email",),
    "address": ("postcode", "house"),
    "national_id": ("national",),
    "birth_place": ("birthplace",),
    "profession": ("profession",),
    "locality": ("locality",),
}


def _chance_equal(values: pl.DataFrame, rows: Ints, comparison: Comparison) -> float | None:
    """The exact chance that two different rows share the value; None where several decide."""
    columns = _DECIDING.get(comparison.name)
    if not columns:
        return None
    parts = [hashes(values, name)[rows] for name in columns]
    known = np.logical_and.reduce([part != 0 for part in parts])
    hashed = mixed(*(part[known] for part in parts))
    if len(hashed) < 2:
        return None
    counts = np.unique(hashed, return_counts=True)[1].astype(np.float64)
    chance = float((counts * (counts - 1)).sum() / (len(hashed) * (len(hashed) - 1)))
    return max(chance, float(len(hashed) ** -1.5))


def _population_household(odds: dict[str, Floats]) -> None:
    """Another member's first name and birth date are the population's; twins excepted."""
    alone = ("first_name", 0.0), ("middle_names", 0.0), ("national_id", 0.0)
    for name, highest in (*alone, ("birth_date", 0.005)):
        rows = odds[name]
        rows[HOUSEHOLD] = rows[UNRELATED]
        rows[HOUSEHOLD, -1] = max(highest, rows[UNRELATED, -1])
        rows[HOUSEHOLD] /= rows[HOUSEHOLD].sum()


def _learn_apart(
    start: dict[str, Floats], pairs: pl.DataFrame, levels: pl.DataFrame, has_houses: bool
) -> tuple[dict[str, Floats], list[str]]:
    """As `_learn_sessions`, and anew as long as people who look alike were taken for one."""
    held: dict[str, Floats] = {}
    while True:
        odds, notes = _learn_sessions({**start, **held}, pairs, levels, frozenset(held))
        more = {}
        for name, which, most, row in _IMPLAUSIBLE:
            if name in held or (name == "address" and not has_houses):
                continue
            if odds[name][SAME, which].sum() > most * (_IN_DOUBT if held else 1.0):
                more[name] = start[name].copy()
                more[name][SAME] = start[name][SAME] if row is None else row
        if not more:
            return odds, notes + [f"{name}: {_LOOK_ALIKES}" for name in held]
        held |= more


def _learn_sessions(
    start: dict[str, Floats],
    pairs: pl.DataFrame,
    levels: pl.DataFrame,
    held: frozenset[str] = frozenset(),
) -> tuple[dict[str, Floats], list[str]]:
    """m and household odds from EM on each rule's pairs, expected counts added up over rules.

    What is `held` stays as it starts.
    """
    places = {kind.name: place for place, kind in enumerate(KEY_KINDS)}
    gathered = {name: np.zeros_like(rows) for name, rows in start.items()}
    notes: list[str] = []
    rules = pairs["rules"].to_numpy()
    for name in _SESSIONS:
        at = np.flatnonzero(rules & np.uint64(1 << places[name]))
        if len(at) < FEWEST_IN_SESSION:
            continue
        chosen = levels[with_judged(spread(at), at, levels)]
        counts, share = _session(chosen, start, KEY_KINDS[places[name]].uses, held)
        notes.append(f"session {name}: {len(at)} pairs, {share:.3f} same")
        for comparison, expected in counts.items():
            gathered[comparison] += expected * (len(at) / len(chosen))
    odds = {}
    for name, expected in gathered.items():
        if name in held:
            odds[name] = start[name]
            continue
        odds[name], note = _learnt_rows(name, start[name], expected, is_labelled(levels))
        notes += note
    return odds, notes


def _learnt_rows(
    name: str, rows: Floats, expected: Floats, is_judged: bool
) -> tuple[Floats, list[str]]:
    """Starting rows moved by expected counts; kept when a class came out the wrong way round."""
    learnt = rows.copy()
    if name in _FIXED:
        return rows, []
    learnt[SAME] = smoothed(expected[SAME], rows[SAME], START_PAIRS)
    if name not in _FIXED_HOUSEHOLD or is_judged:
        learnt[HOUSEHOLD] = smoothed(expected[HOUSEHOLD], rows[HOUSEHOLD], START_PAIRS)
    if learnt[SAME, -1] <= 2 * rows[UNRELATED, -1] and name != "gender":
        return rows, [f"{name}: the classes came out reversed, starting values kept"]
    return learnt, []


def _session(
    levels: pl.DataFrame, start: dict[str, Floats], used: tuple[str, ...], held: frozenset[str]
) -> tuple[Counts, float]:
    """Expected level counts (3 x levels) per comparison not used, and the share of 'same'."""
    names = [c.name for c in COMPARISONS["person"] if c.name not in used and c.name not in _FIXED]
    told = [pl.col(name).sum() for name in (TOLD, TOLD_SAME) if name in levels.columns]
    patterns = levels.group_by(names).agg(pl.len().alias("_count"), *told).sort(names)
    said = [patterns[name].to_numpy() for name in (TOLD, TOLD_SAME) if name in patterns.columns]
    weights = patterns["_count"].to_numpy().astype(np.float64)
    graded = {name: patterns[name].to_numpy().astype(np.intp) for name in names}
    rows = {name: start[name].copy() for name in names}
    # Without the first name a household cannot be told from a match: two classes only.
    shares = np.array([0.4, 0.0, 0.6] if "first_name" in used else [0.4, 0.3, 0.3])
    counts: Counts = {}
    for _ in range(ROUNDS):
        chances = members(graded, rows, shares)
        chances = blended(chances, weights, *said) if said else chances
        member = chances * weights[:, None]
        counts = {name: _level_counts(graded[name], member, rows[name].shape[1]) for name in names}
        if said:
            heard = member * spoken_for(weights, said[0])[:, None]
            _judged_household(counts, graded, heard, start)
        before, shares = shares, member.sum(axis=0) / weights.sum()
        for name in names:
            if name not in held:
                rows[name] = _moved(name, start[name], counts[name], bool(said))
        if np.abs(shares - before).max() < 1e-5:
            break
    return counts, float(shares[SAME])


def _judged_household(
    counts: Counts, graded: dict[str, npt.NDArray[np.intp]], heard: Floats, start: Counts
) -> None:
    """What is not learnt of another member is the population's, but where people judged.

    heard: expected pairs per pattern and class that judgements speak for.
    """
    for name in set(_FIXED_HOUSEHOLD) & set(counts):
        whole = counts[name][HOUSEHOLD].sum()
        own = _level_counts(graded[name], heard, start[name].shape[1])[HOUSEHOLD]
        counts[name][HOUSEHOLD] = own + max(whole - own.sum(), 0.0) * start[name][HOUSEHOLD]


def _moved(name: str, start: Floats, counts: Floats, is_judged: bool) -> Floats:
    rows = start.copy()
    rows[SAME] = smoothed(counts[SAME], start[SAME], START_PAIRS)
    if name not in _FIXED_HOUSEHOLD or is_judged:
        rows[HOUSEHOLD] = smoothed(counts[HOUSEHOLD], start[HOUSEHOLD], START_PAIRS)
    return rows


def _level_counts(level: npt.NDArray[np.intp], member: Floats, size: int) -> Floats:
    """Expected count of every level per class, missing left out."""
    known = level >= 0
    return np.array(
        [np.bincount(level[known], weights=member[known, c], minlength=size) for c in range(3)]
    )


def _learn_priors(fitted: Parameters, pairs: pl.DataFrame, levels: pl.DataFrame) -> Parameters:
    """Numbers of same and household pairs: fixed point of the sums of their probabilities."""
    every = np.arange(len(levels))
    at = with_judged(spread(every), every, levels)
    chosen, whole = levels[at], len(levels) / max(1, len(at))
    tells = _tells_families(pairs[at], chosen)
    # Without addresses families cannot be seen, which does not mean that there are none.
    has_addresses = bool(np.mean(chosen["address"].to_numpy() >= 0) > 0.5)
    for _ in range(PRIOR_ROUNDS):
        scores = score(chosen, fitted)
        by_pair = (scores[name].to_numpy().astype(np.float64) for name in ("p_same", "p_household"))
        same, household = (probability for probability in by_pair)
        share = float(household[tells].sum() / max(same[tells].sum(), 1.0))
        more_same, more_homes = moved_totals(chosen, same, household)
        total = (float(same.sum()) + more_same) * whole
        homes = min((float(household.sum()) + more_homes) * whole, share * total)
        fitted = replace(
            fitted,
            same_pairs=round(max(1.0, total), 3),
            household_pairs=round(max(1.0, homes), 3),
            has_families=not has_addresses or share > _FEW_FAMILIES,
        )
    return fitted


def _tells_families(pairs: pl.DataFrame, levels: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Pairs that tell how many households there are to a match; all where too few do.

    Those that met whatever their first names and birth dates, of which both are known: without
    them a household cannot be told from a poor copy of one person.
    """
    places = {kind.name: place for place, kind in enumerate(KEY_KINDS)}
    open_kinds = sum(1 << places[name] for name in _OPEN_KINDS)
    tells: npt.NDArray[np.bool_] = (pairs["rules"].to_numpy() & np.uint64(open_kinds)) != 0
    for name in ("first_name", "birth_date"):
        tells &= levels[name].to_numpy() >= 0
    return tells if tells.sum() >= FEWEST_IN_SESSION else np.ones(len(levels), dtype=bool)
