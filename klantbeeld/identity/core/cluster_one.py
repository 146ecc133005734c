"""The clusters inside one loose component: as `cluster.cluster`, with less set-up.

For a live record and those that it hangs together with. The sums and weights are those of `sets`
and `linkage`, in the same order and to the same digits; a test holds both ways equal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from .cluster import NEUTRAL
from .linkage import linked
from .model import HOUSEHOLD, SAME, Parameters
from .sets import LOWEST, ONE_EACH, SATURATION, Figures, SetEvidence, Told

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[Any]]


def cluster_one(
    size: int,
    pairs: Columns,
    said: Floats,
    parameters: Parameters,
    shared: Callable[[Columns], Columns] | None = None,
) -> Ints:
    """The smallest row of its cluster per row, of rows that hang together.

    pairs: all of them, scored; said: of each its `cluster.evidence`. shared: of persons, adds to
    pairs what both rows share (see `weighing.with_shared`); asked only where sets are weighed.
    """
    same = parameters.thresholds.same
    weight = pairs["weight"].astype(np.float64)
    if same < 0:
        said = np.where(weight >= same, weight, np.minimum(said, same + NEUTRAL))
    said = np.clip(said, LOWEST, SATURATION)
    if said.max() < same:
        return np.arange(size)
    if said.min() >= same:
        return np.zeros(size, dtype=np.int64)
    left, right = pairs["left"], pairs["right"]
    matrix = np.full((size, size), -np.inf)
    matrix[left, right] = matrix[right, left] = said
    if shared is None:
        group: Ints = linked(matrix[None], same)[0]
        return group
    told = Told(shared(pairs), np.arange(len(left)))
    sets = SetEvidence(told, np.arange(len(left)), said, parameters)
    sums = np.zeros((size, size, sets.sums.shape[1]), dtype=np.float32)
    sums[left, right] = sums[right, left] = sets.sums
    return _linked(matrix, sums, same, _Weighing(told.names, parameters))


class _Weighing:
    """`SetEvidence.weigh` of a row of sums, its comparisons side by side."""

    def __init__(self, names: list[str], parameters: Parameters) -> None:
        prior = parameters.log_priors
        self._prior = (prior - prior[-1])[[SAME, HOUSEHOLD]][:, None]
        blocks = [name for name in names for _ in range(1 + (name == "first_name"))]
        self._first = blocks.index("first_name") if "first_name" in blocks else -1
        places = [p for p, name in enumerate(blocks) if p != self._first + 1 or self._first < 0]
        self._ones = [p for p in places if blocks[p] in ONE_EACH]
        self._several = [p for p in places if blocks[p] not in ONE_EACH]

    def weigh(self, sums: Figures) -> Floats:
        """Bits for 'one person' of each set with one (figures x sets)."""
        blocks = sums[3:].reshape(-1, 3, sums.shape[1])
        if self._first >= 0:
            whole = blocks[self._first + 1]
            np.copyto(blocks[self._first], whole, where=whole[0] > 0)
        logs = np.repeat(self._prior, sums.shape[1], axis=1)
        if self._ones:
            own = blocks[self._ones]
            for part in own[:, 1:] / np.maximum(own[:, :1], 1):
                logs += part
        ratios: Floats = np.ones((2, sums.shape[1]))
        if self._several:
            own = blocks[self._several]
            missing = own[:, :1] == 0
            for part in (own[:, 1:] + missing) / (own[:, :1] + missing):
                ratios *= part
        logs += np.log2(ratios)
        pairs = np.maximum(sums[0], 1)
        odds = logs[0] - np.logaddexp2(logs[1], 0.0)
        bits = np.minimum(np.maximum(odds + sums[2] / pairs, LOWEST), SATURATION)
        weighed: Floats = (bits + np.minimum(bits, sums[1] / pairs)) / 2
        return weighed


def _linked(matrix: Floats, sums: Figures, threshold: float, weighing: _Weighing) -> Ints:
    """As `linkage.linked` of one matrix with `linkage.Sums`; overwrites both."""
    size = len(matrix)
    group = list(range(size))
    gone = np.zeros(size, dtype=bool)
    while True:
        best = int(matrix.argmax())
        i, j = divmod(best, size)
        if matrix[i, j] < threshold:
            return np.array(group)
        group = [i if label == j else label for label in group]
        both = sums[i]
        both += sums[j]
        sums[:, i] = both
        gone[j] = True
        row = weighing.weigh(both.T.copy())
        row[gone] = row[i] = -np.inf
        matrix[i] = matrix[:, i] = row
        matrix[j] = matrix[:, j] = -np.inf
