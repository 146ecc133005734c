"""The pairs that decide: those that met, and all others inside a loose component, weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from .cluster import LARGEST_COMPONENT, Judgement, loose_components, settled
from .compare import compare
from .keys import PAIRS
from .model import Parameters
from .runs import counted, nth_pair, places_in_order, runs
from .score import SCORES, score, with_weight
from .shared import without_ambiguous
from .values import PERSON

if TYPE_CHECKING:
    from .link import Prepared

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]


def in_rows(pairs: pl.DataFrame, rows: Ints) -> pl.DataFrame:
    """Pairs of places as pairs of the rows at those places."""
    ends = {side: rows.take(pairs[side].to_numpy()).astype(np.uint32) for side in ("left", "right")}
    return pl.DataFrame(ends)


def weighed_pairs(
    prepared: Prepared, parameters: Parameters, judgements: tuple[Judgement, ...]
) -> pl.DataFrame:
    """left, right, rules, levels and scores of all pairs of distinct rows that decide.

    judgements: of places of distinct rows. The scores are for `settled_pairs` yet.
    """
    scored = _scored(prepared.pairs, prepared.levels, parameters, prepared.kind)
    return _closed(prepared, scored, parameters, judgements)


def settled_pairs(scored: pl.DataFrame, parameters: Parameters, kind: str) -> pl.DataFrame:
    """With what pairs of records that fit two people equally are worth."""
    at, changed = _shared(scored, parameters, kind)
    for column in changed.get_columns() if len(at) else ():  # one at a time, for memory's sake
        scored = scored.with_columns(scored[column.name].scatter(at, column))
    return scored


def _scored(
    pairs: pl.DataFrame, levels: pl.DataFrame, parameters: Parameters, kind: str
) -> pl.DataFrame:
    return pl.concat([pairs, levels, score(levels, parameters, kind)], how="horizontal")


def _closed(
    prepared: Prepared,
    scored: pl.DataFrame,
    parameters: Parameters,
    judgements: tuple[Judgement, ...],
) -> pl.DataFrame:
    """With every pair inside a loose component, also those that share no key."""
    size = len(prepared.rows)
    weight = scored["weight"].to_numpy().astype(np.float64)
    together = settled(judgements)[0]
    label = loose_components(size, scored, weight, parameters.thresholds, together)
    del weight  # as large as the pairs
    low, high = _unscored(label, scored["left"].to_numpy(), scored["right"].to_numpy())
    if not len(low):
        return scored
    ends = {"left": low, "right": high, "rules": np.zeros(len(low))}
    missing = pl.DataFrame([pl.Series(name, ends[name]).cast(PAIRS[name]) for name in PAIRS])
    met = in_rows(missing, prepared.rows)
    levels = compare(prepared.values, met, prepared.kind, prepared.learnt)
    return pl.concat([scored, _scored(missing, levels, parameters, prepared.kind)])


def _unscored(label: Ints, left: Rows, right: Rows) -> tuple[Ints, Ints]:
    """The pairs inside components of three up to the largest that are not among those given."""
    size = np.bincount(label, minlength=len(label)).take(label)
    fits = (size > 2) & (size <= LARGEST_COMPONENT)
    some = np.flatnonzero(fits)
    del size
    order = some[places_in_order(label[some], len(label))]
    starts, sizes = runs(label[order])
    # The pairs (0, 1), (0, 2), (1, 2), (0, 3) … of each component, one component after the other.
    pairs = sizes * (sizes - 1) // 2
    begin, place = np.zeros(len(label), dtype=np.int64), np.zeros(len(label), dtype=np.int32)
    begin[order] = np.repeat(np.cumsum(pairs) - pairs, sizes)
    place[order] = counted(sizes)
    inside = np.flatnonzero(fits.take(left) & (label.take(left) == label.take(right)))
    one, other = left[inside].astype(np.intp), right[inside].astype(np.intp)
    low, high = np.minimum(place[one], place[other]), np.maximum(place[one], place[other])
    is_new = np.ones(pairs.sum(), dtype=bool)
    is_new[begin[one] + high * (high - 1) // 2 + low] = False
    at = np.flatnonzero(is_new)
    component = np.repeat(np.arange(len(pairs)), pairs)[at]
    low, high = nth_pair(at - begin[order[starts[component]]])
    return order[starts[component] + low], order[starts[component] + high]


def _shared(scored: pl.DataFrame, parameters: Parameters, kind: str) -> tuple[Ints, pl.DataFrame]:
    """Pairs of records that fit two people equally, and their scores then."""
    nothing = np.zeros(0, dtype=np.int64)
    if kind != PERSON or not len(scored):
        return nothing, pl.DataFrame()
    weight = scored["weight"].to_numpy().astype(np.float64)
    held = without_ambiguous(scored, scored, weight, parameters.thresholds)
    at = np.flatnonzero(held != weight)
    return at, with_weight(scored.select(list(SCORES))[at], held[at])
