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


# The pairs that people are asked about hold this share of what asking about all could find.
_FOUND = 0.9
# Under these bits it is one in nine at most, and just under the bar people are always asked.
_LOWEST_BITS, _HIGHEST_BITS = -3.0, -1.0


def review_bound(weight: npt.NDArray[np.float64], same: float) -> float:
    """From which weight (bits) on a pair that stays apart is worth a person's look.

    weight: of all pairs; same: the bar. Of the pairs that are one and yet stay apart nine in ten
    are found by looking from this bound on: `p` of what is under it adds up to a tenth.
    """
    apart = np.sort(weight[(weight < same) & (weight >= same + _LOWEST_BITS)])
    if not len(apart):
        return same + _LOWEST_BITS
    expected = np.cumsum(1 / (1 + np.exp2(-apart)))
    place = int(np.searchsorted(expected, (1 - _FOUND) * expected[-1]))
    bound = float(apart[min(place, len(apart) - 1)])
    return round(min(max(bound, same + _LOWEST_BITS), same + _HIGHEST_BITS), 1)
