"""Records that fit two people equally: a nameless order from a mailbox that a couple shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from .identifiers import OtherMember
from .model import Thresholds

Floats = npt.NDArray[np.float64]

# A record is given to the better of two contradicting people when it fits at least this better.
MARGIN = 4.0


def without_ambiguous(
    pairs: pl.DataFrame, levels: pl.DataFrame, weight: Floats, thresholds: Thresholds
) -> Floats:
    """The weights, with those of records that fit two contradicting people held under the bar.

    A record without a first name (or with an initial) that would join two records which are each
    other's household belongs to the one it fits clearly better, and to neither when it fits both.
    """
    first = levels["first_name"].to_numpy()
    weak = (weight >= thresholds.same) & ((first == -1) | (first == 2))
    contrary = weight <= OtherMember.bits
    if not weak.any() or not contrary.any():
        return weight
    ties = _both_ways(pairs, weak, weight)
    rivals = _both_ways(pairs, contrary, weight).select("row", "other")
    contested = (
        ties.join(ties, on="row", suffix="_2")
        .filter(pl.col("other") != pl.col("other_2"))
        .join(rivals, left_on=["other", "other_2"], right_on=["row", "other"])
        .filter(pl.col("weight") < pl.col("weight_2") + MARGIN)
    )
    result = weight.copy()
    held = contested["place"].unique().to_numpy()
    result[held] = np.minimum(result[held], thresholds.same - 1)
    return result


def _both_ways(pairs: pl.DataFrame, where: npt.NDArray[np.bool_], weight: Floats) -> pl.DataFrame:
    """row, other, weight, place (of the pair): every chosen pair seen from either side."""
    place = np.flatnonzero(where)
    left, right = pairs["left"].to_numpy()[place], pairs["right"].to_numpy()[place]
    return pl.DataFrame(
        {
            "row": np.r_[left, right],
            "other": np.r_[right, left],
            "weight": np.r_[weight[place], weight[place]],
            "place": np.r_[place, place],
        }
    )
