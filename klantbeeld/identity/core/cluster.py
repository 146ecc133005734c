"""From scored pairs to clusters: average linkage inside loose components, under constraints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .components import components
from .model import Thresholds
from .runs import counted, runs

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# A table, or its columns as plain arrays.
Pairs = pl.DataFrame | Mapping[str, npt.NDArray[Any]]

# Average linkage needs all pairs of a component: its time grows with the cube of its size.
LARGEST_COMPONENT = 250
# Evidence beyond these says no more about one pair, and must not outvote other pairs: a poor
# copy of a record looks very unlike some of its kin.
SATURATION = 10.0
_LOWEST = -5.0
# What says nothing must not join by itself.
NEUTRAL = -0.1


@dataclass(frozen=True)
class Judgement:
    """A person's word on two rows. Of contradicting ones the latest `at` wins."""

    left: int
    right: int
    verdict: str  # same, different or unsure
    at: int = 0


@dataclass(frozen=True)
class Constraints:
    """What no score may overrule.

    unique_sources: sources that hold every subject once, so two of their rows are two subjects.
    differing: compared columns of `values` whose known, different values mean different subjects.
    judgements: what people decided, by row number.
    """

    unique_sources: frozenset[str] = frozenset()
    differing: frozenset[str] = frozenset()
    judgements: tuple[Judgement, ...] = ()

    def among(self, rows: Ints) -> Constraints:
        """The constraints for a selection of rows, judgements renumbered to places in it."""
        if not self.judgements:
            return self
        place = {int(row): at for at, row in enumerate(rows)}
        mine = tuple(
            replace(judgement, left=place[judgement.left], right=place[judgement.right])
            for judgement in self.judgements
            if judgement.left in place and judgement.right in place
        )
        return replace(self, judgements=mine)


@dataclass(frozen=True)
class Clustering:
    """A cluster label per row (the smallest row number in it), and the judgements not followed."""

    labels: Ints
    overruled: tuple[Judgement, ...] = field(default=())


def loose_components(
    size: int,
    pairs: Pairs,
    weight: Floats,
    thresholds: Thresholds,
    joined: Sequence[Judgement] = (),
) -> Ints:
    """Components over the loose bound; where one grows too large, over a bound raised for it."""
    left, right = _ends(pairs)
    ties = np.array([[j.left, j.right] for j in joined], dtype=np.int64).reshape(-1, 2)
    bound, open_ = thresholds.loose, weight >= thresholds.loose
    while True:
        labels = components(size, np.r_[left[open_], ties[:, 0]], np.r_[right[open_], ties[:, 1]])
        is_large = np.bincount(labels, minlength=size)[labels] > LARGEST_COMPONENT
        if not is_large.any() or bound >= SATURATION:
            return labels
        bound = min(bound + 1.5, SATURATION)
        open_ &= (weight >= bound) | ~is_large[left]


def _ends(pairs: Pairs) -> tuple[Ints, Ints]:
    left, right = (np.asarray(pairs[side]).astype(np.int64) for side in ("left", "right"))
    return left, right


def evidence(scores: Pairs, prior: float, bar: float = 0.0) -> Floats:
    """What pairs say, in bits, about two rows that others already tie together.

    A weight over zero speaks for itself. One under it is mostly the prior (bits): two strangers
    taken at random are not one, which is no news of rows in one component. So without the prior a
    pair that says nothing, or agrees on little, is neutral, and only what differs counts against.
    Neutral is just under the bar at which clusters join: it neither joins nor outvotes what does.
    Where another member of the household is the likelier story, the weight counts whole.
    """
    weight = np.asarray(scores["weight"]).astype(np.float64)
    is_other = np.asarray(scores["p_household"]) > np.asarray(scores["p_unrelated"])
    held = np.where(is_other, weight, np.minimum(weight - prior, bar + NEUTRAL))
    return np.where(weight >= 0, np.where(is_other, weight, np.maximum(weight, held)), held)


def settled(
    judgements: Sequence[Judgement],
) -> tuple[list[Judgement], list[Judgement], list[Judgement]]:
    """(same, different, overruled): walking back from the latest, each is kept if it can be."""
    parent: dict[int, int] = {}
    apart: list[Judgement] = []
    together: list[Judgement] = []
    overruled: list[Judgement] = []

    def root(row: int) -> int:
        while parent.get(row, row) != row:
            row = parent[row]
        return row

    order = sorted(judgements, key=lambda j: (-j.at, j.verdict, j.left, j.right))
    for judgement in order:
        one, other = root(judgement.left), root(judgement.right)
        if judgement.verdict == "different":
            (overruled if one == other else apart).append(judgement)
        elif judgement.verdict == "same":
            is_barred = any({root(j.left), root(j.right)} == {one, other} for j in apart)
            if is_barred and one != other:
                overruled.append(judgement)
            else:
                parent[max(one, other)] = min(one, other)
                together.append(judgement)
    return together, apart, overruled


def cluster(
    size: int,
    pairs: Pairs,
    weight: Floats,
    thresholds: Thresholds | None = None,
    judgements: Sequence[Judgement] = (),
    separate: npt.NDArray[np.bool_] | None = None,
) -> Clustering:
    """Clusters of `size` rows from scored pairs (left, right) with their weight in bits.

    Average linkage of the weights, held between -5 and 10 bits, down to `thresholds.same`, inside
    components over `thresholds.loose`; a pair inside a component that was not scored counts as
    clearly different. Inside them a column `evidence` of `pairs` (see there) goes before the
    weights. `separate` marks pairs that must end up apart. Judgements go before
    everything. Ties fall to the smaller row numbers: give rows in canonical order.
    """
    thresholds = thresholds or Thresholds()
    together, apart, overruled = settled(judgements)
    said = np.asarray(pairs["evidence"]) if "evidence" in pairs else weight
    said = np.clip(said, _LOWEST, SATURATION)
    if separate is not None:
        weight, said = (np.where(separate, -np.inf, bits) for bits in (weight, said))
    label = loose_components(size, pairs, weight, thresholds, together)
    left, right = _ends(pairs)
    inside = label[left] == label[right]
    problem = _Problem(label, left[inside], right[inside], said[inside], together, apart)
    return Clustering(problem.solve(thresholds.same), tuple(overruled))


class _Problem:
    """All components at once in order of their sizes, those of one as a stack of matrices."""

    def __init__(
        self,
        label: Ints,
        left: Ints,
        right: Ints,
        weight: Floats,
        together: Sequence[Judgement],
        apart: Sequence[Judgement],
    ) -> None:
        size = len(label)
        counts = np.bincount(label, minlength=size)[label]
        # Of two rows one weight decides, unless people did.
        least = 2 if together or apart else 3
        is_two = counts[left] < least
        self.twos = left[is_two], right[is_two], weight[is_two]
        some = np.flatnonzero(counts >= least)
        order = some[np.lexsort((label[some], counts[some]))]
        self.order = order
        self.starts, self.sizes = runs(label[order])
        place = np.full(size, -1, dtype=np.int64)
        place[order] = counted(self.sizes)
        self.place, self.together, self.apart = place, together, apart
        component = np.full(size, -1, dtype=np.int64)
        component[order] = np.repeat(np.arange(len(self.starts)), self.sizes)
        self.component = component
        mine = np.flatnonzero(~is_two)
        by_component = mine[np.argsort(component[left[mine]], kind="stable")]
        self.left, self.right = left[by_component], right[by_component]
        self.weight = weight[by_component]
        self.pair_component = component[self.left]

    def solve(self, threshold: float) -> Ints:
        """The cluster label of every row."""
        labels = np.arange(len(self.place))
        left, right, weight = self.twos
        joined = weight >= threshold
        labels[np.maximum(left, right)[joined]] = np.minimum(left, right)[joined]
        is_open = self._solve_agreed(labels, threshold)
        for size in np.flatnonzero(np.bincount(self.sizes[is_open])[2:]) + 2:
            chosen = np.flatnonzero((self.sizes == size) & is_open)
            if size > LARGEST_COMPONENT:
                for one in chosen:
                    self._solve_large(labels, int(one))
                continue
            for part in np.array_split(chosen, max(1, len(chosen) * int(size) ** 2 // 4_000_000)):
                self._solve_stack(labels, part, int(size), threshold)
        return labels

    def _solve_agreed(self, labels: Ints, threshold: float) -> Flags:
        """Solves the components in which all pairs say the same; which are left to solve."""
        if self.together or self.apart or not len(self.left):
            return np.ones(len(self.sizes), dtype=bool)
        begin, pairs = runs(self.pair_component)
        lowest, highest = (f.reduceat(self.weight, begin) for f in (np.minimum, np.maximum))
        is_one = (lowest >= threshold) & (pairs == self.sizes * (self.sizes - 1) // 2)
        rows = self.order[np.repeat(is_one, self.sizes)]
        labels[rows] = np.repeat(self.order[self.starts], self.sizes * is_one)
        return ~is_one & (highest >= threshold)

    def _solve_large(self, labels: Ints, component: int) -> None:
        """Strongest links first, as far as no judged or separate pair would come together.

        Only what no bound could split comes here: all its links are as strong as can be.
        """
        mine = self.pair_component == component
        left, right, weight = self.left[mine], self.right[mine], self.weight[mine]
        barred = [(int(a), int(b)) for a, b in zip(left, right, strict=True)]
        barred = [pair for pair, w in zip(barred, weight, strict=True) if np.isneginf(w)]
        barred += [(j.left, j.right) for j in self.apart if self.component[j.left] == component]
        rows = self.order[self.starts[component] :][: self.sizes[component]]
        labels[rows] = rows
        strong = np.flatnonzero(weight >= SATURATION)
        ties = [(j.left, j.right) for j in self.together if self.component[j.left] == component]
        for a, b in [*ties, *zip(left[strong], right[strong], strict=True)]:
            one, other = labels[a], labels[b]
            if one != other and not any({labels[x], labels[y]} == {one, other} for x, y in barred):
                labels[rows[labels[rows] == max(one, other)]] = min(one, other)

    def _solve_stack(self, labels: Ints, chosen: Ints, size: int, threshold: float) -> None:
        matrix = np.full((len(chosen), size, size), _LOWEST)
        stack = np.full(len(self.starts), -1, dtype=np.int64)
        stack[chosen] = np.arange(len(chosen))
        ends = np.searchsorted(self.pair_component, [chosen[0], chosen[-1] + 1])
        at = stack[self.pair_component[slice(*ends)]]
        mine = ends[0] + np.flatnonzero(at >= 0)
        at = at[at >= 0]
        i, j = self.place[self.left[mine]], self.place[self.right[mine]]
        matrix[at, i, j] = matrix[at, j, i] = self.weight[mine]
        self._judge(matrix, stack)
        group = linked(matrix, threshold)
        rows = self.order[self.starts[chosen][:, None] + np.arange(size)]
        labels[rows] = np.take_along_axis(rows, group, axis=1)

    def _judge(self, matrix: Floats, stack: Ints) -> None:
        """Infinite weights for judged pairs; `linked` merges +inf first."""
        for judgements, value in ((self.apart, -np.inf), (self.together, np.inf)):
            for judgement in judgements:
                one, other = judgement.left, judgement.right
                if self.component[one] < 0:
                    continue
                at = stack[self.component[one]]
                if at >= 0 and self.component[one] == self.component[other] and one != other:
                    i, j = self.place[one], self.place[other]
                    matrix[at, i, j] = matrix[at, j, i] = value


def linked(matrix: Floats, threshold: float) -> Ints:
    """Average linkage of a stack of weight matrices (k, n, n): the group of each row (k, n).

    A group is named by its first row. A pair of -inf never ends up together, one of +inf always
    does (such pairs merge before all others). Overwrites the matrix.
    """
    stack, size = matrix.shape[0], matrix.shape[1]
    matrix[:, np.arange(size), np.arange(size)] = -np.inf
    group = np.tile(np.arange(size), (stack, 1))
    counts = np.ones((stack, size))
    active = np.arange(stack)
    for _ in range(size - 1):
        flat = matrix[active].reshape(len(active), -1)
        best = flat.argmax(axis=1)
        active_best = flat[np.arange(len(active)), best]
        going = active_best >= threshold
        active, best, is_said = active[going], best[going], np.isposinf(active_best[going])
        if not len(active):
            break
        i, j = best // size, best % size
        i, j = np.minimum(i, j), np.maximum(i, j)
        _merge(matrix, counts, active, (i, j), is_said)
        moved = group[active] == j[:, None]
        group[active] = np.where(moved, i[:, None], group[active])
    return group


def _merge(
    matrix: Floats,
    counts: Floats,
    active: Ints,
    ends: tuple[Ints, Ints],
    is_said: npt.NDArray[np.bool_],
) -> None:
    """Row j into row i of every active matrix, weights averaged by the groups' sizes.

    What a person joined differs for a reason that they know: there the stronger weight goes on, so
    that each half keeps whom it held.
    """
    i, j = ends
    ni, nj = counts[active, i][:, None], counts[active, j][:, None]
    one, other = matrix[active, i], matrix[active, j]
    with np.errstate(invalid="ignore"):
        merged = (ni * one + nj * other) / (ni + nj)
    merged[is_said] = np.maximum(one, other)[is_said]
    merged[np.isneginf(one) | np.isneginf(other)] = -np.inf
    merged[np.isposinf(one) | np.isposinf(other)] = np.inf
    matrix[active, i] = merged
    matrix[active, :, i] = merged
    matrix[active, j] = -np.inf
    matrix[active, :, j] = -np.inf
    matrix[active, i, i] = -np.inf
    counts[active, i] += counts[active, j]
