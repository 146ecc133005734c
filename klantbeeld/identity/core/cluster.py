"""From scored pairs to clusters: linkage inside loose components, under constraints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from . import native
from .components import components
from .limits import Limit
from .linkage import Sums, linked
from .model import Parameters, Thresholds
from .runs import counted, places_in_order, runs
from .sets import LOWEST, SATURATION, Pairs, Places, SetEvidence, Told

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

# Linkage needs all pairs of a component: its time grows with the cube of its size.
LARGEST_COMPONENT = 250
# What says nothing must not join by itself.
NEUTRAL = -0.1
# Pairs linked at once by the compiled linkage: bounds the memory for what they say.
_AT_ONCE = 50_000
# Elements of matrices taken at once: bounds the memory, more so where each holds many figures.
_MOST, _MOST_TOLD = 4_000_000, 20_000


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
    limits: per type of identifier (`limits.LIMITED`) how many people may use one value; what more
    people use joins nobody. blocked: per type values that say nothing, as people write them.
    priority: the identifiers that join by themselves, strongest first (`identifiers.JOINING`); one
    that is left out does not. Empty: as usual.
    """

    unique_sources: frozenset[str] = frozenset()
    differing: frozenset[str] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    blocked: Mapping[str, Collection[str]] = field(default_factory=dict)
    priority: tuple[str, ...] = ()

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
    weight: Floats | Singles,
    thresholds: Thresholds,
    joined: Sequence[Judgement] = (),
) -> Ints:
    """Components over the loose bound; where one grows too large, over a bound raised for it."""
    ties = np.array([[j.left, j.right] for j in joined], dtype=np.int64).reshape(-1, 2)
    bound, open_ = thresholds.loose, np.flatnonzero(weight >= thresholds.loose)
    left, right = _ends(pairs, open_)
    while True:
        labels = components(size, np.r_[left, ties[:, 0]], np.r_[right, ties[:, 1]])
        is_large = np.bincount(labels, minlength=size)[labels] > LARGEST_COMPONENT
        if not is_large.any() or bound >= SATURATION:
            return labels
        bound = min(bound + 1.5, SATURATION)
        stays = (weight[open_] >= bound) | ~is_large[left]
        open_, left, right = open_[stays], left[stays], right[stays]


def _ends(pairs: Pairs, at: Places) -> tuple[Ints, Ints]:
    left, right = (np.asarray(pairs[side]).take(at).astype(np.int64) for side in ("left", "right"))
    return left, right


def _is_inside(label: Ints, pairs: Pairs) -> Flags:
    left, right = (label.take(np.asarray(pairs[side])) for side in ("left", "right"))
    inside: Flags = left == right
    return inside


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
    weight: Floats | Singles,
    decides: Thresholds | Parameters | None = None,
    judgements: Sequence[Judgement] = (),
    separate: npt.NDArray[np.bool_] | None = None,
) -> Clustering:
    """Clusters of `size` rows from scored pairs (left, right) with their weight in bits.

    Average linkage of the weights, held between -5 and 10 bits, down to `Thresholds.same`, inside
    components over `Thresholds.loose`; a pair inside a component that was not scored counts as
    clearly different. Inside them a column `evidence` of `pairs` (see there) goes before the
    weights. Where the parameters of a model of persons decide, and `pairs` has the levels of every
    comparison, sets of rows are weighed by what they say together (`sets`). `separate` marks pairs
    that must end up apart. Judgements go before everything. Ties fall to the smaller row numbers:
    give rows in canonical order.
    """
    bounds = decides.thresholds if isinstance(decides, Parameters) else decides or Thresholds()
    together, apart, overruled = settled(judgements)
    if separate is not None:
        weight = np.where(separate, -np.inf, weight)
    label = loose_components(size, pairs, weight, bounds, together)
    inside = np.flatnonzero(_is_inside(label, pairs))
    weight = weight[inside].astype(np.float64)
    said = np.asarray(pairs["evidence"])[inside] if "evidence" in pairs else weight
    if bounds.same < 0:  # what says nothing must not join under any bar
        kept_under = np.minimum(said, bounds.same + NEUTRAL)
        said = np.where(weight >= bounds.same, weight, kept_under)
    said = np.clip(said, LOWEST, SATURATION)
    said[np.isneginf(weight)] = -np.inf
    del weight
    problem = _Problem(label, pairs, (inside, said), together, apart)
    del label, said, inside  # as large as rows and pairs
    if isinstance(decides, Parameters):
        problem.told_by(pairs, decides)
    return Clustering(problem.solve(bounds.same), tuple(overruled))


class _Problem:
    """All components at once in order of their sizes, those of one as a stack of matrices."""

    def __init__(
        self,
        label: Ints,
        pairs: Pairs,
        said: tuple[Ints, Floats],
        together: Sequence[Judgement],
        apart: Sequence[Judgement],
    ) -> None:
        size = len(label)
        counts = np.bincount(label, minlength=size)[label]
        at, weight = said
        # Of two rows one weight decides, unless people did.
        least = 2 if together or apart else 3
        left = np.asarray(pairs["left"]).take(at).astype(np.intp)
        is_two = counts[left] < least
        self.twos = *_ends(pairs, at[is_two]), weight[is_two]
        some = np.flatnonzero(counts >= least)
        most = size * (int(counts.max(initial=0)) + 1)
        order = some[places_in_order(counts[some] * size + label[some], most)]
        self.order = order
        self.starts, self.sizes = runs(label[order])
        place = np.full(size, -1, dtype=np.int32)
        place[order] = counted(self.sizes)
        self.place, self.together, self.apart = place, together, apart
        component = np.full(size, -1, dtype=np.int32)
        component[order] = np.repeat(np.arange(len(self.starts)), self.sizes)
        self.component = component
        mine = np.flatnonzero(~is_two)
        mine = mine[places_in_order(component[left[mine]].astype(np.int64), size)]
        self.at = at[mine].astype(np.int32)
        self.left, self.right = (side.astype(np.int32) for side in _ends(pairs, self.at))
        self.weight = weight[mine]
        self.pair_component = component[self.left]
        self.pair_counts = np.bincount(self.pair_component, minlength=len(self.starts))
        self.pair_starts = np.cumsum(self.pair_counts) - self.pair_counts
        self.told: Told | None = None
        self.parameters: Parameters | None = None
        self.is_told = np.zeros(len(self.starts), dtype=bool)

    def told_by(self, pairs: Pairs, parameters: Parameters) -> None:
        """Have sets of rows weighed by what the pairs say.

        Not where there is nothing to weigh: two rows, no pair that joins, or all as strong as can
        be.
        """
        self.parameters = parameters
        bounds = (parameters.thresholds.same, SATURATION)
        joining, sure = (
            np.bincount(self.pair_component[self.weight >= bound], minlength=len(self.sizes))
            for bound in bounds
        )
        is_sure = sure == self.sizes * (self.sizes - 1) // 2
        self.is_told = (self.sizes > 2) & (joining > 0) & ~is_sure
        self.told = Told(pairs, self.at)

    def solve(self, threshold: float) -> Ints:
        """The cluster label of every row."""
        labels = np.arange(len(self.place))
        left, right, weight = self.twos
        joined = weight >= threshold
        labels[np.maximum(left, right)[joined]] = np.minimum(left, right)[joined]
        is_open = self._solve_agreed(labels, threshold)
        if native.library():
            is_open &= ~self._solve_compiled(labels, is_open, threshold)
            if not is_open.any():
                return labels
        for size in np.flatnonzero(np.bincount(self.sizes[is_open])[2:]) + 2:
            chosen = np.flatnonzero((self.sizes == size) & is_open)
            if size > LARGEST_COMPONENT:
                for one in chosen:
                    self._solve_large(labels, int(one))
                continue
            is_told = self.is_told[chosen]
            for mine, most in ((chosen[~is_told], _MOST), (chosen[is_told], _MOST_TOLD)):
                if len(mine):
                    parts = min(len(mine), 1 + len(mine) * int(size) ** 2 // most)
                    for part in np.array_split(mine, parts):
                        self._solve_stack(labels, part, int(size), threshold)
        return labels

    def _solve_agreed(self, labels: Ints, threshold: float) -> Flags:
        """Solves the components in which all pairs say the same; which are left to solve."""
        if self.together or self.apart or not len(self.left):
            return np.ones(len(self.sizes), dtype=bool)
        begin, pairs = runs(self.pair_component)
        lowest, highest = (f.reduceat(self.weight, begin) for f in (np.minimum, np.maximum))
        is_one: Flags = (lowest >= threshold) & (pairs == self.sizes * (self.sizes - 1) // 2)
        rows = self.order[np.repeat(is_one, self.sizes)]
        labels[rows] = np.repeat(self.order[self.starts], self.sizes * is_one)
        is_open: Flags = ~is_one & (highest >= threshold)
        return is_open

    def _solve_compiled(self, labels: Ints, is_open: Flags, threshold: float) -> Flags:
        """Solves what the compiled linkage can, which knows no judgements; tells which it did."""
        mine = is_open & (self.sizes <= LARGEST_COMPONENT)
        judged = [row for j in (*self.together, *self.apart) for row in (j.left, j.right)]
        own = self.component[judged]
        mine[own[own >= 0]] = False
        for chosen in (np.flatnonzero(mine & ~self.is_told), np.flatnonzero(mine & self.is_told)):
            if len(chosen):
                whole = np.cumsum(self.pair_counts[chosen])
                cuts = np.searchsorted(whole, np.arange(_AT_ONCE, whole[-1], _AT_ONCE))
                for part in filter(len, np.split(chosen, cuts)):
                    self._link(labels, part, threshold)
        return mine

    def _link(self, labels: Ints, chosen: Ints, threshold: float) -> None:
        mine, sizes = self._pairs_of(chosen), self.sizes[chosen]
        weight, sums = self.weight[mine], None
        if self.told and self.parameters and self.is_told[chosen[0]]:
            said = np.maximum(weight, LOWEST)
            sums = SetEvidence(self.told, mine, said, self.parameters).compiled()
        places = self.place[self.left[mine]], self.place[self.right[mine]]
        counts = sizes, self.pair_counts[chosen]
        group = native.linked(counts, (*places, weight), (LOWEST, threshold), sums)
        starts = np.repeat(self.starts[chosen], sizes)
        labels[self.order[starts + counted(sizes)]] = self.order[starts + group]

    def _pairs_of(self, chosen: Ints) -> Ints:
        """The places of all pairs of some components, one component after the other."""
        pairs = self.pair_counts[chosen]
        return np.repeat(self.pair_starts[chosen], pairs) + counted(pairs)

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
        matrix = np.full((len(chosen), size, size), LOWEST)
        pairs = self.pair_counts[chosen]
        at = np.repeat(np.arange(len(chosen)), pairs)
        mine = self._pairs_of(chosen)
        i, j = self.place[self.left[mine]], self.place[self.right[mine]]
        matrix[at, i, j] = matrix[at, j, i] = self.weight[mine]
        if self.together or self.apart:
            self._judge(matrix, chosen)
        if self.told and self.parameters and self.is_told[chosen[0]]:
            said = np.maximum(self.weight[mine], LOWEST)
            sets = SetEvidence(self.told, mine, said, self.parameters)
            group = linked(matrix, threshold, Sums(sets, (at, i, j), matrix.shape).merged)
        else:
            group = linked(matrix, threshold)
        rows = self.order[self.starts[chosen][:, None] + np.arange(size)]
        labels[rows] = np.take_along_axis(rows, group, axis=1)

    def _judge(self, matrix: Floats, chosen: Ints) -> None:
        """Infinite weights for judged pairs; `linked` merges +inf first."""
        stack = np.full(len(self.starts), -1, dtype=np.int64)
        stack[chosen] = np.arange(len(chosen))
        for judgements, value in ((self.apart, -np.inf), (self.together, np.inf)):
            for judgement in judgements:
                one, other = judgement.left, judgement.right
                if self.component[one] < 0:
                    continue
                at = stack[self.component[one]]
                if at >= 0 and self.component[one] == self.component[other] and one != other:
                    i, j = self.place[one], self.place[other]
                    matrix[at, i, j] = matrix[at, j, i] = value
