"""Linking the rows of one kind: the same function for a million rows and for one component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .blocking import idle_kinds
from .cluster import Clustering, Constraints, Judgement, cluster, evidence
from .compare import compare
from .deciding_pairs import in_rows, settled_pairs, weighed_pairs
from .estimate import fit
from .firm_learning import fit_organisations, learnt_before
from .households import households
from .key_kinds import KEY_KINDS, worthwhile
from .keys import candidate_pairs, match_keys, oversized, without_stopped
from .labels import labelled
from .meeting import meet, pairs_of
from .model import Frequencies, Model, Parameters, Thresholds
from .runs import hashes_in_order, runs
from .score import prior_bits
from .values import ORGANISATION, PERSON, hash_text, hashes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Prepared:
    """Rows of one kind made ready: the distinct ones in canonical order, and their candidate pairs.

    order: original row of each row in canonical order; stands_for: for each of those the place of
    its distinct row; rows: original row of each distinct row. pairs and levels are between places
    of distinct rows. In `values` (original rows) what `stop_keys` hold is missing. key_kinds:
    names of the kinds that brought the pairs. learnt: what the levels go by, see `compare`.
    """

    kind: str
    order: Ints
    stands_for: Ints
    rows: Ints
    values: pl.DataFrame
    stop_keys: Ints
    key_kinds: tuple[str, ...]
    pairs: pl.DataFrame
    levels: pl.DataFrame
    learnt: Mapping[str, Frequencies] = field(default_factory=dict)

    def weighed(self) -> Prepared:
        """Without what nobody asks for once the pairs are weighed."""
        nothing = pl.DataFrame()
        return replace(self, values=nothing, pairs=nothing, levels=nothing)

    def place(self, rows: Ints) -> Ints:
        """The distinct row that stands for each original row."""
        back = np.empty(len(self.order), dtype=np.int64)
        back[self.order] = self.stands_for
        return back[rows]


@dataclass(frozen=True)
class Links:
    """What linking gave. Row numbers are those of the values given.

    customers, households: the smallest row of each row's group; households -1 for none. pairs:
    left, right, rules, a level per comparison, weight, class probabilities; between distinct rows
    (one stands for all that say the same). overruled: judgements that contradict later ones.
    """

    pairs: pl.DataFrame
    customers: Ints
    households: Ints
    overruled: tuple[Judgement, ...]


def canonical_order(values: pl.DataFrame) -> Ints:
    """An order that depends on what rows say, not on how they came.

    Of rows that say the same by source and then by which was updated first, not by when exactly.
    """
    key = values["key"].to_numpy()
    order = hashes_in_order(key)
    sizes = runs(key[order])[1]
    if len(sizes) == len(key):
        return order
    tied = np.repeat(sizes > 1, sizes)
    rows = order[tied]
    source = hash_text(values["source"].gather(rows))
    updated = values["updated"].gather(rows).rank("dense").fill_null(0).to_numpy()
    order[tied] = rows[np.lexsort((rows, updated, source, key[rows]))]
    return order


def prepare(
    values: pl.DataFrame,
    kind: str = PERSON,
    constraints: Constraints | None = None,
    model: Model | None = None,
    cut: Sequence[int] = (),
) -> Prepared:
    """Distinct rows, keys, candidate pairs and levels of rows of one kind.

    With a model its key kinds and stop-keys hold; without one the kinds that are worth while at
    this size and, in a large table, bring somebody. `cut`: see `link`.
    """
    order = canonical_order(values)
    is_new = _is_distinct(values, order, constraints or Constraints())
    rows = order[is_new]
    few = len(rows) <= _FEW_ROWS
    shut = np.union1d(model.stops, np.array(cut, dtype=np.int64)) if model and cut else None
    values, stops, kinds, pairs = (_met_few if few else _met)(values, rows, kind, model, shut)
    learnt = model.kinds[kind].frequencies if model else {}
    if model is None and kind == ORGANISATION:
        learnt = learnt_before(values, rows, pairs)
    levels = compare(values, in_rows(pairs, rows), kind, learnt)
    place = np.cumsum(is_new) - 1
    return Prepared(kind, order, place, rows, values, stops, kinds, pairs, levels, learnt)


_Met = tuple[pl.DataFrame, Ints, tuple[str, ...], pl.DataFrame]

# Up to so many rows it is faster to take the keys of all kinds at once.
_FEW_ROWS = 5_000


def _met_few(
    values: pl.DataFrame, rows: Ints, kind: str, model: Model | None, shut: Ints | None
) -> _Met:
    """As `_met`, of few rows."""
    kinds = model.key_kinds if model else worthwhile(len(rows))
    keys = match_keys(values, kinds, rows)
    stops = model.stops if model else np.array(oversized(keys), dtype=np.int64)
    pairs = candidate_pairs(keys, stops if shut is None else shut)
    return without_stopped(values, kind, stops), stops, kinds, pairs


def _met(
    values: pl.DataFrame, rows: Ints, kind: str, model: Model | None, shut: Ints | None
) -> _Met:
    """The values without what stop-keys hold, those keys, the kinds used, candidate pairs.

    shut: the keys under which nobody meets, stop-keys and others; the stop-keys where None.
    """
    kinds = model.key_kinds if model else worthwhile(len(rows))
    known = model.stops if model else None
    stops, blocks = meet(values, rows, kinds, known if shut is None else shut)
    stops = stops if known is None else known
    values = without_stopped(values, kind, stops)
    if model is None and kind == PERSON:
        idle = idle_kinds(values, rows, (stops, blocks), Model.default().kinds[kind], kind)
        kinds = tuple(name for name in kinds if name not in idle)
        blocks = [one for one in blocks if KEY_KINDS[one.place].name not in idle]
    return values, stops, kinds, pairs_of(blocks, len(rows))


def _is_distinct(values: pl.DataFrame, order: Ints, constraints: Constraints) -> Flags:
    """In canonical order: whether each row says something that the one before does not.

    Rows that say the same are one when that says enough to be somebody: two bare 'Jan de Vries'
    are not, and nor are rows that a judgement or a unique source keeps apart.
    """
    key = values["key"].to_numpy()[order]
    is_new = np.ones(len(key), dtype=bool)
    is_new[1:] = key[1:] != key[:-1]
    if is_new.all():
        return is_new
    is_new |= ~somebody(values)[order]
    judged = [j for j in constraints.judgements if j.verdict == "different"]
    if judged:
        is_kept = np.isin(order, [row for j in judged for row in (j.left, j.right)])
        is_new |= is_kept
        is_new[1:] |= is_kept[:-1]
    if constraints.unique_sources:
        is_new |= _is_of(values["source"], constraints.unique_sources)[order]
    return is_new


def _is_of(sources: pl.Series, unique: frozenset[str]) -> Flags:
    flags: Flags = sources.is_in(list(unique)).fill_null(False).to_numpy()
    return flags


def somebody(values: pl.DataFrame) -> Flags:
    """Whether two rows that say exactly this must be one subject."""

    def has(*names: str) -> Flags:
        known: Flags = np.logical_and.reduce([hashes(values, name) != 0 for name in names])
        return known

    placed = has("birth") | has("phone") | has("postcode", "house")
    person = has("email") | has("login") | has("number") | (has("initial", "surname") & placed)
    firm = has("organisation") & (has("postcode") | has("phone") | has("domain"))
    is_firm = (values["kind"] == ORGANISATION).to_numpy()
    return np.where(is_firm, firm | has("kvk") | has("vat"), person)


def learn(
    prepared: Prepared, model: Model, seed: int = 0, constraints: Constraints | None = None
) -> Model:
    """The model with the parameters of one kind learnt, and stop-keys frozen.

    What people judged of persons (by row, as in `link`) moves what is learnt, see `labels`. See
    `estimate.fit` and `firm_learning.fit_organisations`.
    """
    stops = tuple(sorted({*model.stop_keys, *prepared.stop_keys.tolist()}))
    kinds = tuple(name for name in model.key_kinds if name in prepared.key_kinds)
    model = replace(model, stop_keys=stops, key_kinds=kinds)
    start = model.kinds[prepared.kind]
    start = replace(start, frequencies=prepared.learnt)
    levels = prepared.levels
    if prepared.kind == PERSON and constraints:
        said = _placed(constraints.judgements, prepared)
        levels = labelled(levels, prepared.pairs, said, len(prepared.rows))
    known = (prepared.values, prepared.rows, prepared.pairs, levels, start, seed)
    learnt = fit(*known) if prepared.kind == PERSON else fit_organisations(*known)
    return replace(model, kinds={**model.kinds, prepared.kind: learnt})


def link(
    values: pl.DataFrame,
    model: Model,
    constraints: Constraints | None = None,
    kind: str = PERSON,
    cut: Sequence[int] = (),
) -> Links:
    """Pairs, customers and households of rows of one kind under a frozen model.

    Give a whole table, or all rows connected to a changed one over `ties`: as long as those are
    complete, the answer for them is the same. `cut` are hashes of keys that bring nobody together
    because of rows that are not among those given.
    """
    prepared = prepare(values, kind, constraints, model, cut)
    return link_prepared(values, prepared, model.kinds[kind], constraints)


def ties(pairs: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """The pairs whose rows can influence each other's customer or household.

    Rows connected over these (and no others) have to be linked together.
    """
    is_tied = pairs["weight"].to_numpy() >= thresholds.loose
    return pairs.filter(is_tied | (pairs["p_household"].to_numpy() >= thresholds.household))


def link_prepared(
    values: pl.DataFrame,
    prepared: Prepared,
    parameters: Parameters,
    constraints: Constraints | None = None,
) -> Links:
    """As `link`, of rows already prepared."""
    constraints = constraints or Constraints()
    scored = weigh(prepared, parameters, constraints)
    return link_weighed(values, prepared, [scored], parameters, constraints)


def weigh(prepared: Prepared, parameters: Parameters, constraints: Constraints) -> pl.DataFrame:
    """The pairs that decide, for `link_weighed`; see `deciding_pairs.weighed_pairs`."""
    return weighed_pairs(prepared, parameters, _placed(constraints.judgements, prepared))


def link_weighed(
    values: pl.DataFrame,
    prepared: Prepared,
    handed: list[pl.DataFrame],
    parameters: Parameters,
    constraints: Constraints,
) -> Links:
    """As `link`, of pairs already weighed.

    values: at least the columns that `households.READ` names. handed: the pairs alone, which are
    taken out of the list and let go when they have other numbers. `prepared` may be without what
    `Prepared.weighed` leaves out, unless constraints keep sources or identifiers apart.
    """
    judgements = _placed(constraints.judgements, prepared)
    scored = settled_pairs(handed.pop(), parameters, prepared.kind)
    clustering = _clustered(prepared, scored, parameters, constraints, judgements)
    customers = _smallest_row(clustering.labels[prepared.stands_for], prepared.order)
    scored = _renumbered(scored, prepared)
    homes = households(values, customers, scored, parameters.thresholds)
    return Links(scored, customers, homes, _unplaced(clustering.overruled, constraints, judgements))


def _clustered(
    prepared: Prepared,
    scored: pl.DataFrame,
    parameters: Parameters,
    constraints: Constraints,
    judgements: tuple[Judgement, ...],
) -> Clustering:
    told = evidence(scored, prior_bits(parameters), parameters.thresholds.same)
    said = scored.with_columns(pl.Series("evidence", told))
    del told  # as large as the pairs
    separate = _separate(prepared, scored, constraints)
    decides = parameters if prepared.kind == PERSON else parameters.thresholds
    weight = scored["weight"].to_numpy()
    return cluster(len(prepared.rows), said, weight, decides, judgements, separate)


def _placed(judgements: tuple[Judgement, ...], prepared: Prepared) -> tuple[Judgement, ...]:
    if not judgements:
        return ()
    left = prepared.place(np.array([j.left for j in judgements]))
    right = prepared.place(np.array([j.right for j in judgements]))
    return tuple(
        replace(j, left=int(a), right=int(b))
        for j, a, b in zip(judgements, left, right, strict=True)
    )


def _unplaced(
    overruled: tuple[Judgement, ...], constraints: Constraints, placed: tuple[Judgement, ...]
) -> tuple[Judgement, ...]:
    original = dict(zip(map(id, placed), constraints.judgements, strict=True))
    return tuple(original[id(judgement)] for judgement in overruled)


def _separate(prepared: Prepared, scored: pl.DataFrame, constraints: Constraints) -> Flags | None:
    """Pairs that a unique source or differing identifiers keep apart."""
    if not constraints.unique_sources and not constraints.differing:
        return None
    values = prepared.values
    left, right = (prepared.rows[scored[name].to_numpy()] for name in ("left", "right"))
    separate = np.zeros(len(left), dtype=bool)
    if constraints.unique_sources:
        is_unique = _is_of(values["source"], constraints.unique_sources)
        source = hash_text(values["source"])
        separate |= is_unique[left] & (source[left] == source[right])
    for name in constraints.differing:
        hashed = hashes(values, name)
        one, other = hashed[left], hashed[right]
        separate |= (one != 0) & (other != 0) & (one != other)
    return separate


def _smallest_row(label: Ints, order: Ints) -> Ints:
    """Per original row the smallest original row of its group."""
    smallest = np.full(int(label.max()) + 1 if len(label) else 0, len(label), dtype=np.int64)
    np.minimum.at(smallest, label, order)
    result = np.empty(len(label), dtype=np.int64)
    result[order] = smallest[label]
    return result


def _renumbered(scored: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    """The pairs in original row numbers: of rows that say the same the smallest stands."""
    starts = runs(prepared.stands_for)[0]
    stands = np.minimum.reduceat(prepared.order, starts) if len(starts) else prepared.rows
    stands = stands.astype(np.uint32)
    left, right = (stands.take(scored[side].to_numpy()) for side in ("left", "right"))
    ends = {"left": np.minimum(left, right), "right": np.maximum(left, right)}
    renumbered = [pl.Series(name, rows) for name, rows in ends.items()]
    return pl.DataFrame([*renumbered, *scored.get_columns()[2:]])
