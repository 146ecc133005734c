"""Records that fit two people equally: a nameless order from a mailbox that a couple shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .identifiers import Levels, OtherMember, contradicts
from .model import Thresholds
from .runs import among, pairs_within, places_in_order, runs

Floats = npt.NDArray[np.float64]

# A record is given to the better of two contradicting people when it fits at least this better.
MARGIN = 4.0


def without_ambiguous(
    pairs: Levels, levels: Levels, weight: Floats, thresholds: Thresholds
) -> Floats:
    """The weights, with those of records that fit two contradicting people held under the bar.

    A record without a first name (or with an initial) that would join two records which are each
    other's household belongs to the one it fits clearly better, and to neither when it fits both.
    """
    first = np.asarray(levels["first_name"])
    weak = np.flatnonzero((weight >= thresholds.same) & ((first == -1) | (first == 2)))
    if not len(weak):
        return weight
    # A pair that has nothing to compare is far under the bar too, and contradicts nothing.
    contrary = (weight <= OtherMember.bits) & contradicts(levels)
    if not contrary.any():
        return weight
    left, right = (np.asarray(pairs[name]).astype(np.int64) for name in ("left", "right"))
    row = np.concatenate([left[weak], right[weak]])
    other = np.concatenate([right[weak], left[weak]])
    # Two others that contradict each other: what has one other, or none of those, is not contested.
    is_contrary = np.zeros(int(right.max()) + 1, dtype=bool)
    is_contrary[left[contrary]] = is_contrary[right[contrary]] = True
    some = np.flatnonzero(is_contrary[other])
    some = some[np.bincount(row[some])[row[some]] > 1] if len(some) else some
    if not len(some):
        return weight
    some = some[places_in_order(row[some], len(is_contrary))]
    row, other, place = row[some], other[some], np.concatenate([weak, weak])[some]
    one, two = pairs_within(*runs(row))
    span = int(right.max()) + 1
    is_met = np.zeros(span, dtype=bool)
    is_met[other] = True
    rival = np.flatnonzero(contrary & is_met[left] & is_met[right])
    rivals = left[rival] * span + right[rival]
    met = np.minimum(other[one], other[two]) * span + np.maximum(other[one], other[two])
    is_contested = among(met, np.sort(rivals))
    one, two = place[one[is_contested]], place[two[is_contested]]
    result = weight.copy()
    for held, against in ((one, two), (two, one)):
        losing = held[weight[held] < weight[against] + MARGIN]
        result[losing] = np.minimum(result[losing], thresholds.same - 1)
    return result
