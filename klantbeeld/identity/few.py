"""The match of a few records that hang together, without setting up columns: the same answer.

For a live record and the handful that it touches. Where people judged, `matching.match` is asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.identity import attaching_few, core, matching
from klantbeeld.identity.blocks import Key, overfull
from klantbeeld.identity.core.cluster import cluster, evidence, loose_components
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.households import tells_home
from klantbeeld.identity.core.plain import Plain, hash_of, is_somebody, plain
from klantbeeld.identity.core.score import prior_bits, reweighted
from klantbeeld.identity.core.shared import without_ambiguous
from klantbeeld.identity.core.weighing import is_tied, scored_pairs, with_shared
from klantbeeld.identity.doubts import SCHEMA as DOUBTS
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.matching import InForce, Matched
from klantbeeld.identity.nearby import Row, home_hash

# Of so many records all pairs are compared.
MOST = 60
# Of so many they are compared before it is known whether they hang together.
AT_ONCE = 8
Columns = dict[str, npt.NDArray[Any]]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Found:
    """Of rows of one kind: their scored pairs (places among them), customers and households."""

    pairs: Columns
    customers: list[int]
    households: list[int]


@dataclass(frozen=True)
class Decided:
    """What matching a closed set of records gave, by record (see `matching.Matched`).

    groups: record, cluster, household. links: as `matching.LINKS`; doubts: as `doubts.SCHEMA`.
    """

    groups: list[tuple[int, int, int]]
    links: list[tuple[Any, ...]]
    doubts: list[tuple[Any, ...]]


def rows_in(frame: pl.DataFrame) -> list[Row]:
    """The records of `matching.frame_of`."""
    return [Row(told["record"], plain(told)) for told in frame.iter_rows(named=True)]


def matched(frame: pl.DataFrame, deciding: InForce) -> Matched | None:
    """As `matching.match` without figures, or None where that has to be asked."""
    if len(frame) > MOST:
        return None
    rows = rows_in(frame)
    found = decided(rows, deciding)
    return None if found is None else _as_matched(rows, found, deciding.model)


def decided(rows: Sequence[Row], deciding: InForce) -> Decided | None:
    """What is one customer or household of a closed set; None where `matching` has to be asked."""
    if len(rows) > MOST or _are_judged([row.record for row in rows]):
        return None
    unique = deciding.unique_sources()
    weak = attaching_few.sort_out(rows, deciding.model)
    apart = {*weak.firms, *weak.people}
    cluster, household = [-1] * len(rows), [0] * len(rows)
    links: list[tuple[Any, ...]] = []
    doubts: list[tuple[Any, ...]] = []
    for kind in matching.KINDS:
        places = [at for at, r in enumerate(rows) if r.said.kind == kind and at not in apart]
        own = [rows[at] for at in places]
        if own:
            found = _linked(own, (deciding, unique, rows), kind)
            for at, customer, home in zip(places, found.customers, found.households, strict=True):
                cluster[at] = places[customer]
                household[at] = 0 if home < 0 else own[home].record
            links += list(_links(own, found, deciding.model, kind))
            bounds = deciding.model.kinds[kind].thresholds
            doubts += doubts_few(own, found.pairs, found.customers, bounds)
    parts = (attaching_few.attach(part, weak.keys, cluster) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, (cluster, household), sources, unique)
    gone = [(rows[row].record, rows[to].record, order) for row, to, order in held]
    links += matching.attachments(gone, deciding.model)
    groups = list(zip([row.record for row in rows], cluster, household, strict=True))
    return Decided(groups, links, doubts)


def _are_judged(records: Sequence[int]) -> bool:
    """Whether people spoke of any of them."""
    sides = (
        f"SELECT 1 FROM identity_judgement WHERE revoked_at = 0 AND {side} IN"
        f" ({bulk.members('bigint')})"
        for side in ("left_id", "right_id")
    )
    return bool(bulk.rows_of(" UNION ALL ".join(sides), [bulk.packed(records)] * 2))


def _as_matched(rows: Sequence[Row], found: Decided, model: core.Model) -> Matched:
    keys = dict.fromkeys(
        (key, row.record, kind) for row in rows for key, kind in row.stored_keys(model)
    )
    said = [(row.record, row.text) for row in rows if row.text is not None]
    return Matched(
        tuple(row.record for row in rows),
        _frame(found.groups, {"record": pl.Int64, "cluster": pl.Int64, "household": pl.Int64}),
        _frame(found.links, matching.LINKS),
        _frame(list(keys), {"hash": pl.Int64, "record": pl.Int64, "kind": pl.Int64}),
        _frame(found.doubts, DOUBTS),
        _frame(said, {"record": pl.Int64, "said": pl.String}),
    )


def _frame(rows: Sequence[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def _linked(
    own: Sequence[Row], decides: tuple[InForce, frozenset[str], Sequence[Row]], kind: str
) -> _Found:
    """As `core.link`. Beside what decides stand the sources that hold everybody once, and all
    rows of the closed set."""
    deciding, unique, every = decides
    order, stands = _canonical(own, unique)
    rows = [order[stands.index(place)] for place in range(max(stands) + 1)]
    model = deciding.model
    parameters = model.kinds[kind]
    said = [model.stopped[kind].taken_out(own[at].said) for at in rows]
    pairs = _pairs(([own[at] for at in rows], every), said, model, kind)
    labels = np.arange(len(rows))
    if len(pairs["left"]):
        weight = pairs["weight"].astype(np.float64)
        if kind == core.PERSON:
            held = without_ambiguous(pairs, pairs, weight, parameters.thresholds)
            if held is not weight:
                pairs |= reweighted(pairs, held)
                weight = pairs["weight"].astype(np.float64)
        told = pairs | {"evidence": evidence(pairs, prior_bits(parameters))}
        separate = _separate(
            said, [own[at].said for at in rows], pairs, (unique, deciding.rules.differing)
        )
        by = parameters if kind == core.PERSON else parameters.thresholds
        if kind == core.PERSON and len(rows) > 2:
            ends = zip(pairs["left"].tolist(), pairs["right"].tolist(), strict=True)
            told = with_shared(told, [(said[a], said[b]) for a, b in ends], parameters, kind)
        labels = cluster(len(rows), told, weight, by, (), separate).labels
    smallest = [
        min(at for at, s in zip(order, stands, strict=True) if s == place)
        for place in range(len(rows))
    ]
    return _by_row(own, (order, labels[stands], smallest), pairs, parameters.thresholds)


def _canonical(own: Sequence[Row], unique: frozenset[str]) -> tuple[list[int], list[int]]:
    """Rows in canonical order, and for each the place of its distinct row (see `core.link`)."""

    def by(at: int) -> tuple[int, int, str]:
        return (own[at].key, hash_of(own[at].said.source), own[at].said.updated)

    order = sorted(range(len(own)), key=by)
    stands = [0]
    for before, at in pairwise(order):
        said = own[at].said
        is_new = own[before].key != own[at].key or not is_somebody(said) or said.source in unique
        stands.append(stands[-1] + is_new)
    return order, stands


def _pairs(
    told: tuple[Sequence[Row], Sequence[Row]], said: Sequence[Plain], model: core.Model, kind: str
) -> Columns:
    """The scored pairs that share a key, and those inside a loose component of more than two.

    told: the distinct rows of this kind, and all of the closed set.
    """
    own, among = told
    size = len(own)
    keys = [row.open_keys(model) for row in own]
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    met = [(a, b) for a, b in every if not keys[a].isdisjoint(keys[b])]
    if not met:
        return _scored(met, said, model, kind)
    others = sorted(set(every).difference(met)) if size <= AT_ONCE else []
    place = {pair: at for at, pair in enumerate(met + others)}
    pairs = _scored(list(place), said, model, kind)
    first = {name: column[: len(met)] for name, column in pairs.items()}
    bounds = model.kinds[kind].thresholds
    lost = _lost(among, keys, first, (model, bounds))
    weight = first["weight"].astype(np.float64)
    weight[[place[pair] for pair in lost]] = -np.inf
    label = loose_components(size, first, weight, bounds)
    large = (np.bincount(label, minlength=size)[label] > 2).tolist()
    inside = {(a, b) for a, b in every if label[a] == label[b] and large[a]}
    wanted = [pair for pair in met if pair not in lost or pair in inside]
    wanted += sorted(inside.difference(met))
    if further := [pair for pair in wanted if pair not in place]:
        more = _scored(further, said, model, kind)
        place |= {pair: at for at, pair in enumerate(further, start=len(place))}
        pairs = {name: np.concatenate([pairs[name], more[name]]) for name in pairs}
    kept = np.array([place[pair] for pair in wanted], dtype=np.int64)
    return {name: column[kept] for name, column in pairs.items()}


def _lost(
    among: Sequence[Row],
    keys: Sequence[frozenset[Key]],
    pairs: Columns,
    model_bounds: tuple[core.Model, core.Thresholds],
) -> set[tuple[int, int]]:
    """Of the tied pairs those that meet in no block that is within its cap.

    Of each pair one key is asked for at a time: mostly the first one answers.
    """
    model, bounds = model_bounds
    records = {row.record for row in among}
    ends = zip(pairs["left"].tolist(), pairs["right"].tolist(), strict=True)
    tied = {
        (a, b): sorted(keys[a] & keys[b], reverse=True)
        for (a, b), is_near in zip(ends, is_tied(pairs, bounds), strict=True)
        if is_near
    }
    lost: set[tuple[int, int]] = set()
    known: dict[Key, bool] = {}
    held = [(row.open_keys(model), row.tells) for row in among]
    while tied:
        asked = {shared[-1] for shared in tied.values()} - known.keys()
        inside = {key: {tells for theirs, tells in held if key in theirs} for key in asked}
        full = overfull(inside, records)
        known |= {key: key in full for key in asked}
        for pair, shared in list(tied.items()):
            while shared and known.get(shared[-1], False):
                shared.pop()
            if not shared:
                lost.add(pair)
            if not shared or shared[-1] in known:
                del tied[pair]
    return lost


def _scored(
    ends: Sequence[tuple[int, int]], said: Sequence[Plain], model: core.Model, kind: str
) -> Columns:
    sides = np.array(ends, dtype=np.int64).reshape(-1, 2)
    columns: Columns = {"left": sides[:, 0], "right": sides[:, 1]}
    if ends:
        pairs = [(said[a], said[b]) for a, b in ends]
        columns |= scored_pairs(pairs, model.kinds[kind], kind)
    return columns


def _by_row(
    own: Sequence[Row],
    placed: tuple[Sequence[int], Ints, Sequence[int]],
    pairs: Columns,
    bounds: core.Thresholds,
) -> _Found:
    """By rows: `placed` is those in order, their labels, and the row of each place."""
    order, labels, rows = placed
    first: dict[int, int] = {}
    for at, label in zip(order, labels.tolist(), strict=True):
        first[label] = min(at, first.get(label, at))
    customers = [0] * len(own)
    for at, label in zip(order, labels.tolist(), strict=True):
        customers[at] = first[label]
    one, other = (np.array(rows)[pairs[side]] for side in ("left", "right"))
    pairs = pairs | {"left": np.minimum(one, other), "right": np.maximum(one, other)}
    homes = [-1] * len(own)
    if own[0].said.kind == core.PERSON:
        homes = _households([row.said for row in own], customers, pairs, bounds)
    return _Found(pairs, customers, homes)


def _separate(
    said: Sequence[Plain],
    whole: Sequence[Plain],
    pairs: Columns,
    bars: tuple[frozenset[str], Sequence[str]],
) -> npt.NDArray[np.bool_] | None:
    unique, differing = bars
    if not unique and not differing:
        return None
    apart = []
    for a, b in zip(pairs["left"].tolist(), pairs["right"].tolist(), strict=True):
        is_twice = whole[a].source == whole[b].source and whole[a].source in unique
        known = ((getattr(said[a], name), getattr(said[b], name)) for name in differing)
        apart.append(is_twice or any(x and y and x != y for x, y in known))
    return np.array(apart, dtype=bool)


def _links(
    own: Sequence[Row], found: _Found, model: core.Model, kind: str
) -> Iterator[tuple[Any, ...]]:
    """As `matching.LINKS`: the pairs worth keeping."""
    pairs = found.pairs
    names = [one.name for one in COMPARISONS[kind]]
    if not len(pairs["left"]):
        return
    for at in np.flatnonzero(is_tied(pairs, model.kinds[kind].thresholds)).tolist():
        levels = {name: int(pairs[name][at]) for name in names if pairs[name][at] >= 0}
        yield (
            own[pairs["left"][at]].record, own[pairs["right"][at]].record,
            float(pairs["weight"][at]), float(pairs["p_same"][at]),
            float(pairs["p_household"][at]), json.dumps(levels, separators=(",", ":")),
            model.version,
        )  # fmt: skip


def _households(
    said: Sequence[Plain], customers: list[int], pairs: Columns, bounds: core.Thresholds
) -> list[int]:
    """As `core.households`."""
    homes = [home_hash(one) for one in said]
    lives = _lives(said, customers, homes)
    label = list(customers)

    def join(one: int, other: int) -> None:
        low, high = sorted((label[one], label[other]))
        label[:] = [low if held == high else held for held in label]

    if len(pairs["left"]):
        at = np.flatnonzero(pairs["p_household"] >= bounds.household)
        one, other = (pairs[side][at].astype(np.int64) for side in ("left", "right"))
        told = tells_home(np.array(homes), np.array(lives), one, other)
        for a, b in zip(one[told].tolist(), other[told].tolist(), strict=True):
            join(a, b)
    met: dict[tuple[int, str], int] = {}
    for row, home in enumerate(homes):
        if home and home == lives[row]:
            for name in {said[row].part, said[row].other_part} - {""}:
                join(row, met.setdefault((home, name), row))
    sizes: dict[int, set[int]] = {}
    for held, customer in zip(label, customers, strict=True):
        sizes.setdefault(held, set()).add(customer)
    return [held if len(sizes[held]) > 1 else -1 for held in label]


def _lives(said: Sequence[Plain], customers: list[int], homes: Sequence[int]) -> list[int]:
    """As in `core.households`: per row where its customer lives now, 0 where that is not known."""
    latest: dict[int, str] = {}
    for one, customer, home in zip(said, customers, homes, strict=True):
        if home and one.updated:
            latest[customer] = max(one.updated, latest.get(customer, ""))
    told: dict[int, Counter[int]] = {}
    for one, customer, home in zip(said, customers, homes, strict=True):
        if home and latest.get(customer, one.updated) == one.updated:
            told.setdefault(customer, Counter())[home] += 1
    lives = {
        customer: max((count, home) for home, count in counts.items())[1]
        for customer, counts in told.items()
    }
    return [lives.get(customer, 0) for customer in customers]
