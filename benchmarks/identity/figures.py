"""Figures of quality of one outcome, and how ours relate to those of a peer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from klantbeeld.identity.core.judging import judge, pairs_in

Figures = dict[str, Any]


def quality(labels: pl.Series, truth: pl.Series) -> Figures:
    """The measures of `judge`, to four digits."""
    return {name: round(value, 4) for name, value in judge(labels, truth).items()}


def households(clusters: pl.DataFrame, person: pl.Series, household: pl.Series) -> Figures:
    """How many pairs of one household were merged, and how good the household links are.

    `clusters` has customer and household per row. Rows without truth are left out.
    """
    known = person.is_not_null() & household.is_not_null()
    person, household = person.filter(known), household.filter(known)
    customers, homes = (clusters[name].filter(known) for name in ("customer", "household"))
    between = pairs_in(household) - pairs_in(person, household)
    merged = pairs_in(customers, household) - pairs_in(customers, person, household)
    linked = pairs_in(homes) - pairs_in(homes, person)
    right = pairs_in(homes, household) - pairs_in(homes, household, person)
    return {
        "household_merged": round(merged / max(between, 1), 5),
        "strangers_merged": pairs_in(customers) - pairs_in(customers, household),
        "household_precision": round(right / max(linked, 1), 4),
        "household_reach": round(right / max(between, 1), 4),
    }


def components(size: int, pairs: pl.DataFrame) -> pl.Series:
    """The connected component of each of `size` rows over pairs (left, right)."""
    left, right = (pairs[name].to_numpy() for name in ("left", "right"))
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    return pl.Series(connected_components(graph, directed=False)[1])


def best_threshold(pairs: pl.DataFrame, truth: pl.Series) -> tuple[Figures, float]:
    """Quality of components at the weight that gives the best F1: chosen with the truth.

    Weights (bits) from -10 to 40 in steps of two, then of a half around the best.
    """

    def at(weight: float) -> Figures:
        return quality(components(len(truth), pairs.filter(pl.col("weight") >= weight)), truth)

    tried = {weight: at(weight) for weight in np.arange(-10.0, 41.0, 2.0).tolist()}
    middle = max(tried, key=lambda weight: tried[weight]["f1"])
    for step in (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5):
        tried[middle + step] = at(middle + step)
    best = max(tried, key=lambda weight: tried[weight]["f1"])
    return tried[best], best


def ratios(ours: Figures, peers: list[Figures]) -> Figures:
    """Our errors and CPU beside the peer settings with the best F1."""
    best = max(peers, key=lambda peer: float(peer["f1"]))
    return {
        "against": best["recipe"],
        "error_ratio": round((1 - ours["f1"]) / max(1 - best["f1"], 1e-4), 3),
        "cpu_ratio": round(best["cpu_seconds"] / max(ours["cpu_seconds"], 0.01), 2),
    }


def report(name: str, tool: str, **figures: Any) -> None:
    """One JSON line."""
    line = {"benchmark": "identity", "set": name, "tool": tool, **figures}
    print(json.dumps(line), flush=True)


def written(path: Path) -> Figures:
    """What a process left in a JSON file."""
    figures: Figures = json.loads(path.read_text(encoding="utf-8"))
    return figures
