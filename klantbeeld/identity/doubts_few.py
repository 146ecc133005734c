"""As `doubts`, of few records and without setting up columns."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.identity import core
from klantbeeld.identity.core.review import SMALLEST_WITH_BRIDGES
from klantbeeld.identity.doubts import BRIDGE
from klantbeeld.identity.nearby import Row


def doubts_few(
    own: Sequence[Row],
    pairs: Mapping[str, npt.NDArray[Any]],
    customers: Sequence[int],
    bounds: core.Thresholds,
) -> list[tuple[Any, ...]]:
    """As `doubts.doubts_in`: of two customers one question, and every bridge inside one.

    pairs: left and right as places in `own`, weight; customers: of each of those.
    """
    if not len(pairs["left"]):
        return []
    strong, asked = (pairs["weight"] >= bar for bar in (bounds.same, bounds.review))
    left, right = pairs["left"], pairs["right"]
    ends = list(zip(left[strong].tolist(), right[strong].tolist(), strict=True))
    bridges = _bridges(ends, customers)
    owner = np.array(customers)
    is_asked = (strong | asked) & (owner[left] != owner[right])
    is_asked[np.flatnonzero(strong)[[pair in bridges for pair in ends]]] = True
    chosen = np.flatnonzero(is_asked)
    best: dict[tuple[str, int, int], tuple[Any, ...]] = {}
    told = (column[chosen].tolist() for column in (left, right, pairs["weight"], strong))
    for row, fellow, weight, is_strong in zip(*told, strict=True):
        low, high = sorted((customers[row], customers[fellow]))
        reason = "conflict" if is_strong else "grey"
        if low == high:
            low, high, reason = row, fellow, BRIDGE
        one, other = sorted((own[row].record, own[fellow].record))
        doubt = (one, other, weight, abs(weight - bounds.same), reason)
        key = reason, low, high
        if key not in best or (doubt[3], one, other) < (best[key][3], *best[key][:2]):
            best[key] = doubt
    return list(best.values())


def _bridges(strong: Sequence[tuple[int, int]], customers: Sequence[int]) -> set[tuple[int, int]]:
    """Links inside a customer that no third record supports, see `core.review`."""
    near: dict[int, set[int]] = {}
    for left, right in strong:
        if customers[left] == customers[right]:
            near.setdefault(left, set()).add(right)
            near.setdefault(right, set()).add(left)
    sizes = Counter(customers[row] for row in near)
    return {
        (left, right)
        for left, right in strong
        if left in near and right in near[left]
        and sizes[customers[left]] >= SMALLEST_WITH_BRIDGES
        and min(len(near[left]), len(near[right])) > 1
        and near[left].isdisjoint(near[right])
    }  # fmt: skip


def valued_few(
    doubts: Sequence[tuple[Any, ...]], groups: Sequence[tuple[int, int, int]]
) -> list[tuple[Any, ...]]:
    """As `doubts.valued`; groups: record, cluster, household."""
    owner = {record: cluster for record, cluster, _ in groups}
    sizes = Counter(owner.values())
    found = []
    for left, right, weight, _, reason in doubts:
        one, other = sizes[owner[left]], sizes[owner[right]]
        odds, moved = min(weight, 0.0), float(min(one, other))
        if reason == BRIDGE:
            odds, moved = -weight, one / 2
        gain = round(moved / (1 + math.exp(-odds * math.log(2))), 6)
        found.append((left, right, weight, -gain, reason))
    return found
