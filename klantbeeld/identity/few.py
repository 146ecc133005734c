"""The match of a few records that hang together, without setting up columns: the same answer.

For a live record and the handful that it touches. Where people judged, `matching.match` is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.identity import attaching_few, core, matching
from klantbeeld.identity.core.cluster import cluster, evidence, loose_components
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.pairwise import is_tied, scored_pairs
from klantbeeld.identity.core.plain import (
    Plain,
    content_key,
    hash_of,
    is_somebody,
    keys_of,
    packed_one,
    plain,
)
from klantbeeld.identity.core.review import SMALLEST_WITH_BRIDGES
from klantbeeld.identity.core.score import prior_bits, reweighted
from klantbeeld.identity.core.shared import without_ambiguous
from klantbeeld.identity.doubts import SCHEMA as DOUBTS
from klantbeeld.identity.doubts import doubts_in
from klantbeeld.identity.matching import InForce, Matched
from klantbeeld.identity.nearby import home_of, identifying

# Of so many records all pairs are compared.
MOST = 60
Columns = dict[str, npt.NDArray[Any]]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Row:
    record: int
    said: Plain
    key: int


@dataclass(frozen=True)
class _Found:
    """Of rows of one kind: their scored pairs (places among them), customers and households."""

    pairs: Columns
    customers: list[int]
    households: list[int]


def matched(frame: pl.DataFrame, deciding: InForce) -> Matched | None:
    """As `matching.match` without figures, or None where that has to be asked."""
    if len(frame) > MOST or matching.judgements_of(frame["record"].to_list()):
        return None
    rows = [_row(told) for told in frame.iter_rows(named=True)]
    unique = deciding.unique_sources()
    weak = attaching_few.sort_out([row.said for row in rows], deciding.model)
    apart = {*weak.firms, *weak.people}
    cluster, household = [-1] * len(rows), [0] * len(rows)
    links, doubts = [], [pl.DataFrame(schema=DOUBTS)]
    for kind in matching.KINDS:
        places = [at for at, r in enumerate(rows) if r.said.kind == kind and at not in apart]
        own = [rows[at] for at in places]
        if own:
            found = _linked(own, (deciding, unique), kind)
            for at, customer, home in zip(places, found.customers, found.households, strict=True):
                cluster[at] = places[customer]
                household[at] = 0 if home < 0 else own[home].record
            links += list(_links(own, found, deciding.model, kind))
            doubts.append(_doubts(own, found, deciding.model.kinds[kind].thresholds))
    parts = (attaching_few.attach(part, weak.keys, cluster) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, (cluster, household), sources, unique)
    gone = [(rows[row].record, rows[to].record, order) for row, to, order in held]
    links += matching.attachments(gone, deciding.model).rows() if gone else []
    groups = list(zip([row.record for row in rows], cluster, household, strict=True))
    return _as_matched(rows, groups, links, doubts, deciding.model)


def _row(told: dict[str, Any]) -> _Row:
    said = plain(told)
    return _Row(told["record"], said, content_key(said))


def _as_matched(
    rows: Sequence[_Row],
    groups: list[tuple[int, int, int]],
    links: list[tuple[Any, ...]],
    doubts: list[pl.DataFrame],
    model: core.Model,
) -> Matched:
    keys = dict.fromkeys(
        (key, row.record, kind) for row in rows for key, kind in identifying(row.said, model)
    )
    said = [(row.record, text) for row in rows if (text := packed_one(row.said)) is not None]
    return Matched(
        tuple(row.record for row in rows),
        _frame(groups, {"record": pl.Int64, "cluster": pl.Int64, "household": pl.Int64}),
        _frame(links, matching.LINKS),
        _frame(list(keys), {"hash": pl.Int64, "record": pl.Int64, "kind": pl.Int64}),
        pl.concat(doubts),
        _frame(said, {"record": pl.Int64, "said": pl.String}),
    )


def _frame(rows: Sequence[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def _linked(own: Sequence[_Row], decides: tuple[InForce, frozenset[str]], kind: str) -> _Found:
    """As `core.link`; the sources that hold everybody once stand beside what decides."""
    deciding, unique = decides
    order, stands = _canonical(own, unique)
    rows = [order[stands.index(place)] for place in range(max(stands) + 1)]
    model = deciding.model
    parameters = model.kinds[kind]
    said = [model.stopped[kind].taken_out(own[at].said) for at in rows]
    pairs = _pairs([own[at].said for at in rows], said, model, kind)
    labels = np.arange(len(rows))
    if len(pairs["left"]):
        weight = pairs["weight"].astype(np.float64)
        if kind == core.PERSON:
            held = without_ambiguous(pairs, pairs, weight, parameters.thresholds)
            if held is not weight:
                pairs |= reweighted(pairs, held)
                weight = pairs["weight"].astype(np.float64)
        said_of = evidence(pairs, prior_bits(parameters), parameters.thresholds.same)
        told = pairs | {"evidence": said_of}
        separate = _separate(
            said, [own[at].said for at in rows], pairs, (unique, deciding.rules.differing)
        )
        labels = cluster(len(rows), told, weight, parameters.thresholds, (), separate).labels
    smallest = [
        min(at for at, s in zip(order, stands, strict=True) if s == place)
        for place in range(len(rows))
    ]
    return _by_row(own, (order, labels[stands], smallest), pairs, parameters.thresholds)


def _canonical(own: Sequence[_Row], unique: frozenset[str]) -> tuple[list[int], list[int]]:
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


def _pairs(whole: Sequence[Plain], said: Sequence[Plain], model: core.Model, kind: str) -> Columns:
    """The scored pairs that share a key, and those inside a loose component of more than two."""
    stopped, size = model.stopped_keys, len(said)
    keys = [{k for k in keys_of(one, model.key_kinds) if k[1] not in stopped} for one in whole]
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    met = {(a, b) for a, b in every if not keys[a].isdisjoint(keys[b])}
    pairs = _scored(sorted(met), said, model, kind)
    if not met or size < 3:
        return pairs
    weight = pairs["weight"].astype(np.float64)
    label = loose_components(size, pairs, weight, model.kinds[kind].thresholds)
    large = np.bincount(label, minlength=size)[label] > 2
    more = [(a, b) for a, b in every if label[a] == label[b] and large[a] and (a, b) not in met]
    return _scored(sorted(met) + more, said, model, kind) if more else pairs


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
    own: Sequence[_Row],
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
    own: Sequence[_Row], found: _Found, model: core.Model, kind: str
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


def _doubts(own: Sequence[_Row], found: _Found, bounds: core.Thresholds) -> pl.DataFrame:
    pairs, customers = found.pairs, np.array(found.customers)
    if len(pairs["left"]):
        is_apart = customers[pairs["left"]] != customers[pairs["right"]]
        is_asked = is_apart & (pairs["weight"] >= min(bounds.review, bounds.same))
        if is_asked.any() or np.bincount(customers).max() >= SMALLEST_WITH_BRIDGES:
            ends = {side: pairs[side].astype(np.uint32) for side in ("left", "right")}
            told = pl.DataFrame(ends | {"weight": pairs["weight"]})
            links = core.Links(told, customers, np.array(found.households), ())
            return doubts_in(links, np.array([row.record for row in own]), bounds, ())
    return pl.DataFrame(schema=DOUBTS)


def _households(
    said: Sequence[Plain], customers: list[int], pairs: Columns, bounds: core.Thresholds
) -> list[int]:
    """As `core.households`."""
    homes = [home_of(one) for one in said]
    current = _are_current(said, customers, homes)
    label = list(customers)

    def join(one: int, other: int) -> None:
        low, high = sorted((label[one], label[other]))
        label[:] = [low if held == high else held for held in label]

    if len(pairs["left"]):
        for at in np.flatnonzero(pairs["p_household"] >= bounds.household).tolist():
            one, other = int(pairs["left"][at]), int(pairs["right"][at])
            if current[one] and current[other]:
                join(one, other)
    met: dict[tuple[Any, str], int] = {}
    for row, home in enumerate(homes):
        if home and current[row]:
            for name in {said[row].part, said[row].other_part} - {""}:
                join(row, met.setdefault((home, name), row))
    sizes: dict[int, set[int]] = {}
    for held, customer in zip(label, customers, strict=True):
        sizes.setdefault(held, set()).add(customer)
    return [held if len(sizes[held]) > 1 else -1 for held in label]


def _are_current(
    said: Sequence[Plain], customers: list[int], homes: Sequence[tuple[str, ...] | None]
) -> list[bool]:
    """Whether each row's address is that of its customer's latest update."""
    latest: dict[int, str] = {}
    for one, customer, home in zip(said, customers, homes, strict=True):
        if home and one.updated:
            latest[customer] = max(one.updated, latest.get(customer, ""))
    return [
        home is None or latest.get(customer, one.updated) == one.updated
        for one, customer, home in zip(said, customers, homes, strict=True)
    ]
