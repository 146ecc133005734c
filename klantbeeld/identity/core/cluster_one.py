"""The clusters inside one loose component: as `cluster.cluster`, with less set-up.

For a live record and those that it hangs together with. The sums and weights are those of `sets`
and `linkage`, in the same order and to the same digits; a test holds both ways equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import native
from .cluster import NEUTRAL
from .compare import COMPARISONS
from .linkage import linked
from .model import HOUSEHOLD, SAME, UNRELATED, Parameters
from .score import rarity
from .sets import (
    INITIAL,
    LOWEST,
    ONE_EACH,
    SATURATION,
    Figures,
    compiled,
    figures_of,
    likelihood_of,
)
from .values import PERSON

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
    if native.library():
        ends = np.array([size]), np.array([len(left)])
        sums = shared and compiled(*_sums(shared(pairs), said, parameters), parameters)
        return native.linked(ends, (left, right, said), (LOWEST, same), sums)
    matrix = np.full((size, size), -np.inf)
    matrix[left, right] = matrix[right, left] = said
    if shared is None:
        group: Ints = linked(matrix[None], same)[0]
        return group
    names, told = _sums(shared(pairs), said, parameters)
    added = np.zeros((size, size, told.shape[1]), dtype=np.float32)
    added[left, right] = added[right, left] = told
    return _linked(matrix, added, same, _Weighing(names, parameters))


@dataclass(frozen=True)
class _Tables:
    """What a pair adds to the sums by the level of each comparison, one below the other.

    starts: by comparison where its levels begin, from -1 on. logs: log2 likelihood against that of
    strangers (same, household). figures: known, same, household (see `SetEvidence`).
    """

    parameters: Parameters
    starts: dict[str, int]
    logs: Floats
    figures: Figures

    @classmethod
    def of(cls, parameters: Parameters) -> _Tables:
        starts: dict[str, int] = {}
        logs: list[Floats] = []
        for name in _NAMES:
            starts[name] = sum(map(len, logs)) + 1
            table = parameters.logs[name]
            logs.append((table - table[:, UNRELATED:])[:, (SAME, HOUSEHOLD)])
        figures = [
            figures_of(name, table.T, np.arange(len(table)) > 0)
            for name, table in zip(_NAMES, logs, strict=True)
        ]
        return cls(parameters, starts, np.concatenate(logs), np.concatenate(figures))


_NAMES = tuple(one.name for one in COMPARISONS[PERSON])
_KEPT: dict[int, _Tables] = {}


def _tables_of(parameters: Parameters) -> _Tables:
    """Kept of the last few: they are asked for with every arrival."""
    kept = _KEPT.get(id(parameters))
    if kept is None or kept.parameters is not parameters:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[id(parameters)] = _Tables.of(parameters)
    return kept


_MOST_KEPT = 4


def _sums(pairs: Columns, said: Floats, parameters: Parameters) -> tuple[list[str], Figures]:
    """As `Told.names` and `SetEvidence.sums` of all these pairs."""
    tables = _tables_of(parameters)
    whole = np.array([pairs[name] for name in _NAMES])
    heard = np.flatnonzero(whole.max(axis=1) >= 0).tolist()
    names, level = [_NAMES[at] for at in heard], whole[heard]
    rows = level + np.array([[tables.starts[name]] for name in names])
    logs = np.empty((1 + len(names), len(said), 2))
    prior = parameters.log_priors
    logs[0] = (prior - prior[UNRELATED])[[SAME, HOUSEHOLD]]
    logs[1:] = tables.logs[rows]
    figures = tables.figures[rows]
    for place, name in enumerate(names):
        if name in parameters.frequencies and name + "#" in pairs:
            at, bits = rarity(pairs, name, parameters.frequencies[name], parameters.logs[name])
            own = logs[1 + place]
            own[at, 0] -= bits
            if name != "first_name":  # see `SetEvidence`
                own[at, 1] -= bits
            told = own[at] if name in ONE_EACH else likelihood_of(own[at])
            figures[place, at, 1:] = np.where(level[place, at, None] >= 0, told, 0)
    same, household = np.add.reduce(logs, axis=0).T
    blocks = [place for place, name in enumerate(names) for _ in range(1 + (name == "first_name"))]
    sums = np.empty((len(said), 3 + 3 * len(blocks)), dtype=np.float32)
    sums[:, 0], sums[:, 1] = 1, said
    sums[:, 2] = pairs["weight"] - np.clip(same - np.logaddexp2(household, 0.0), -60, 60)
    sums[:, 3:] = figures[blocks].transpose(1, 0, 2).reshape(len(said), -1)
    if "first_name" in names:
        first = names.index("first_name")
        sums[level[first] == INITIAL, 6 + 3 * first : 9 + 3 * first] = 0
    return names, sums


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
        logs = self._prior + np.zeros(sums.shape[1])
        if self._ones:
            own = blocks[self._ones]
            for part in own[:, 1:] / np.maximum(own[:, :1], 1):
                logs += part
        ratios: Floats = np.ones((2, sums.shape[1]))
        if self._several:
            own = blocks[self._several]
            missing = own[:, :1] == 0
            np.multiply.reduce((own[:, 1:] + missing) / (own[:, :1] + missing), axis=0, out=ratios)
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
        if gone.sum() == size - 1:
            return np.array(group)
        row = weighing.weigh(both.T.copy())
        row[gone] = row[i] = -np.inf
        matrix[i] = matrix[:, i] = row
        matrix[j] = matrix[:, j] = -np.inf
