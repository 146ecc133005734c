"""What a person should look at: grey pairs, bridges, and strong links that were not followed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from .model import Thresholds

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# In smaller clusters a person sees the whole at one glance.
SMALLEST_WITH_BRIDGES = 4


def review(pairs: pl.DataFrame, customers: Ints, thresholds: Thresholds) -> pl.DataFrame:
    """left, right, weight, reason of pairs worth a person's look, the most doubtful first.

    grey: apart, with a weight between the review bound and the threshold. conflict: apart though
    the weight joins them. bridge: together, and no third record supports it, in a cluster of four
    or more. `pairs` and `customers` as in `link.Links`.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    weight = pairs["weight"].to_numpy()
    together = customers[left] == customers[right]
    strong = weight >= thresholds.same
    grey = ~together & ~strong & (weight >= thresholds.review)
    bridge = np.zeros(len(pairs), dtype=bool)
    inside = np.flatnonzero(together & strong)
    bridge[inside] = _unsupported(left[inside], right[inside], customers)
    reason = np.select([grey, ~together & strong, bridge], ["grey", "conflict", "bridge"], "")
    found = pairs.select("left", "right", "weight").with_columns(pl.Series("reason", reason))
    doubt = (pl.col("weight") - thresholds.same).abs()
    return found.filter(pl.col("reason") != "").sort(doubt, "left", "right")


def _unsupported(
    left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32], customers: Ints
) -> Flags:
    """Links whose two rows have no common neighbour, between rows that each have others."""
    if not len(left):
        return np.zeros(0, dtype=bool)
    from scipy.sparse import coo_array  # loading it takes as long as a small table

    size = len(customers)
    one = np.ones(2 * len(left), dtype=np.int32)
    both = (np.r_[left, right].astype(np.int64), np.r_[right, left].astype(np.int64))
    graph = coo_array((one, both), shape=(size, size)).tocsr()
    degree = np.bincount(both[0], minlength=size)
    members = np.bincount(customers[np.unique(both[0])], minlength=size)
    large = members[customers[left]] >= SMALLEST_WITH_BRIDGES
    candidate = np.flatnonzero(large & (degree[left] > 1) & (degree[right] > 1))
    supported = np.zeros(len(left), dtype=bool)
    rows, others = graph[left[candidate]], graph[right[candidate]]
    common = np.asarray(rows.multiply(others).sum(axis=1)).ravel()
    supported[candidate] = common > 0
    result = np.zeros(len(left), dtype=bool)
    result[candidate] = ~supported[candidate]
    return result
