"""Linkage of stacks of weight matrices: the most alike groups merge first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .sets import Places, SetEvidence

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Merged = Callable[[Ints, Ints, Ints, Ints], Floats]


class Averages:
    """Weights of merged groups: the average over the pairs between them."""

    def __init__(self, matrix: Floats) -> None:
        self._matrix, self._counts = matrix, np.ones(matrix.shape[:2])

    def merged(self, active: Ints, i: Ints, j: Ints, others: Ints) -> Floats:
        """Per active matrix the weights of row i, of which row j becomes part, with the others."""
        counts = self._counts
        ni, nj = counts[active, i][:, None], counts[active, j][:, None]
        counts[active, i] += counts[active, j]
        stack = active[:, None]
        one, other = (self._matrix[stack, end[:, None], others] for end in (i, j))
        with np.errstate(invalid="ignore"):
            averaged = ni * one + nj * other
        averaged /= ni + nj
        return averaged


class Sums:
    """Weights of merged groups: what the pairs between them say together."""

    def __init__(
        self, sets: SetEvidence, at: tuple[Ints, Places, Places], shape: tuple[int, ...]
    ) -> None:
        self._weigh = sets.weigh
        self._sums = np.zeros((*shape, sets.sums.shape[1]), dtype=np.float32)
        self._sums[..., :2] = sets.UNSCORED
        stack, i, j = at
        self._sums[stack, i, j] = self._sums[stack, j, i] = sets.sums

    def merged(self, active: Ints, i: Ints, j: Ints, others: Ints) -> Floats:
        """As `Averages.merged`."""
        stack, i, j = active[:, None], i[:, None], j[:, None]
        both = self._sums[stack, i, others]
        both += self._sums[stack, j, others]
        self._sums[stack, i, others] = self._sums[stack, others, i] = both
        return self._weigh(np.ascontiguousarray(np.moveaxis(both, -1, 0)))


def linked(matrix: Floats, threshold: float, merged: Merged | None = None) -> Ints:
    """Linkage of a stack of weight matrices (k, n, n): the group of each row (k, n).

    The most alike groups merge first; `merged` tells how alike the others are to what two became,
    by default by the average (see `Averages.merged`). A group is named by its first row. A pair of
    -inf never ends up together, one of +inf always does (such pairs merge before all others).
    Overwrites the matrix.
    """
    stack, size = matrix.shape[0], matrix.shape[1]
    merged = merged or Averages(matrix).merged
    matrix[:, np.arange(size), np.arange(size)] = -np.inf
    group = np.tile(np.arange(size), (stack, 1))
    active, alive = np.arange(stack), group.copy()  # alive: the rows that stand for a group
    for left in range(size, 1, -1):
        flat = matrix[active].reshape(len(active), -1)
        best = flat.argmax(axis=1)
        active_best = flat[np.arange(len(active)), best]
        going = active_best >= threshold
        active, best, is_said = active[going], best[going], np.isposinf(active_best[going])
        if not len(active):
            break
        i, j = best // size, best % size
        i, j = np.minimum(i, j), np.maximum(i, j)
        moved = group[active] == j[:, None]
        group[active] = np.where(moved, i[:, None], group[active])
        alive = alive[going]
        others = alive[(alive != i[:, None]) & (alive != j[:, None])].reshape(len(i), left - 2)
        if left > 2:
            _merge(matrix, merged(active, i, j, others), active, (i, j, others), is_said)
        alive = np.column_stack([i, others])
    return group


def _merge(
    matrix: Floats,
    merged: Floats,
    active: Ints,
    rows: tuple[Ints, Ints, Ints],
    is_said: npt.NDArray[np.bool_],
) -> None:
    """Row j into row i of every active matrix: from now on that weighs with others as `merged`.

    What a person joined differs for a reason that they know: there the stronger weight goes on, so
    that each half keeps whom it held.
    """
    i, j, others = rows
    stack, at = active[:, None], i[:, None]
    one, other = matrix[stack, at, others], matrix[stack, j[:, None], others]
    merged[is_said] = np.maximum(one, other)[is_said]
    merged[np.isneginf(one) | np.isneginf(other)] = -np.inf
    merged[np.isposinf(one) | np.isposinf(other)] = np.inf
    matrix[stack, at, others] = matrix[stack, others, at] = merged
    matrix[active, j] = matrix[active, :, j] = -np.inf
