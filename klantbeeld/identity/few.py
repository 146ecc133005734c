"""The match of a few records that hang together, without setting up columns: the same answer.

For a live record and the handful that it touches. Where people judged, `matching.match` is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.identity import attaching_few, core, matching
from klantbeeld.identity.blocks import Key
from klantbeeld.identity.core.cluster import cluster, evidence
from klantbeeld.identity.core.cluster_one import cluster_one
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.plain import Plain, hash_of, is_somebody, plain
from klantbeeld.identity.core.score import prior_bits, reweighted
from klantbeeld.identity.core.shared import without_ambiguous
from klantbeeld.identity.core.weighing import is_tied, with_shared
from klantbeeld.identity.doubts import SCHEMA as DOUBTS
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.homes_few import households_few
from klantbeeld.identity.matching import InForce, Matched
from klantbeeld.identity.meeting_few import Columns, Deciding, Ints, pairs_few, scored_few
from klantbeeld.identity.nearby import Row

# Of so many records all pairs are compared.
MOST = 250


@dataclass(frozen=True)
class Found:
    """Of rows of one kind: their scored pairs (places among them) and customers."""

    pairs: Columns
    customers: list[int]


@dataclass(frozen=True)
class Decided:
    """What matching a closed set of records gave, by record (see `matching.Matched`).

    groups: record, cluster, household. links: as `matching.LINKS`; doubts: as `doubts.SCHEMA`.
    anew, attached: where not all were looked at anew, the records of which every pair among them
    was, and those that are attached rather than linked.
    """

    groups: list[tuple[int, int, int]]
    links: list[tuple[Any, ...]]
    doubts: list[tuple[Any, ...]]
    anew: frozenset[int] | None = None
    attached: frozenset[int] = frozenset()


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


def decided(
    rows: Sequence[Row], deciding: InForce, known: Mapping[Key, bool] | None = None
) -> Decided | None:
    """What is one customer or household of a closed set; None where `matching` has to be asked.

    known: of some keys whether too many share them to bring anybody together.
    """
    if len(rows) > MOST or are_judged([row.record for row in rows]):
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
            found = linked_few(own, Deciding(deciding, unique, rows, dict(known or {})), kind)
            bounds = deciding.model.kinds[kind].thresholds
            homes = [-1] * len(own)
            if kind == core.PERSON:
                said = [row.said for row in own]
                homes = households_few(said, found.customers, found.pairs, bounds)
            for at, customer, home in zip(places, found.customers, homes, strict=True):
                cluster[at] = places[customer]
                household[at] = 0 if home < 0 else own[home].record
            links += list(links_few(own, found, deciding.model, kind))
            doubts += doubts_few(own, found.pairs, found.customers, bounds)
    parts = (attaching_few.attach(part, weak.keys, cluster) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, (cluster, household), sources, unique)
    gone = [(rows[row].record, rows[to].record, order) for row, to, order in held]
    links += matching.attachments(gone, deciding.model)
    groups = list(zip([row.record for row in rows], cluster, household, strict=True))
    return Decided(groups, links, doubts)


def are_judged(records: Sequence[int]) -> bool:
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


def linked_few(own: Sequence[Row], decides: Deciding, kind: str) -> Found:
    """As `core.link`, households left aside."""
    if len(own) == 1:
        none = np.zeros(0, dtype=np.int64)
        return Found({"left": none, "right": none}, [0])
    deciding, unique = decides.force, decides.unique
    order, stands = canonical(own, unique)
    rows = [order[stands.index(place)] for place in range(max(stands) + 1)]
    model = deciding.model
    parameters = model.kinds[kind]
    said = [model.stopped[kind].taken_out(own[at].said) for at in rows]
    if decides.is_one:
        pairs = scored_few(_every_pair(len(rows)), said, parameters, kind)
    else:
        pairs = pairs_few([own[at] for at in rows], said, decides, kind)
    labels = np.arange(len(rows))
    if len(pairs["left"]):
        weight = pairs["weight"].astype(np.float64)
        if kind == core.PERSON:
            held = without_ambiguous(pairs, pairs, weight, parameters.thresholds)
            if held is not weight:
                pairs |= reweighted(pairs, held)
        separate = _separate(
            said, [own[at].said for at in rows], pairs, (unique, deciding.rules.differing)
        )
        labels = _labels(said, pairs, separate, decides, kind)
    smallest = [
        min(at for at, s in zip(order, stands, strict=True) if s == place)
        for place in range(len(rows))
    ]
    return _by_row(len(own), (order, labels[stands], smallest), pairs)


@lru_cache(maxsize=64)
def _every_pair(size: int) -> tuple[Ints, Ints]:
    one, other = np.triu_indices(size, 1)
    one.flags.writeable = other.flags.writeable = False
    return one, other


def _labels(
    said: Sequence[Plain],
    pairs: Columns,
    separate: npt.NDArray[np.bool_] | None,
    decides: Deciding,
    kind: str,
) -> Ints:
    """The smallest row of its cluster per row."""
    parameters = decides.force.model.kinds[kind]
    told = evidence(pairs, prior_bits(parameters), parameters.thresholds.same)

    def shared(pairs: Columns) -> Columns:
        return with_shared(pairs, said, (pairs["left"], pairs["right"]), parameters, kind)

    is_person = kind == core.PERSON
    if decides.is_one and separate is None:
        return cluster_one(len(said), pairs, told, parameters, shared if is_person else None)
    whole = pairs | {"evidence": told}
    if is_person and len(said) > 2:
        whole = shared(whole)
    weight = pairs["weight"].astype(np.float64)
    by = parameters if is_person else parameters.thresholds
    return cluster(len(said), whole, weight, by, (), separate).labels


def canonical(own: Sequence[Row], unique: frozenset[str]) -> tuple[list[int], list[int]]:
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


def _by_row(size: int, placed: tuple[Sequence[int], Ints, Sequence[int]], pairs: Columns) -> Found:
    """By rows: `placed` is those in order, their labels, and the row of each place."""
    order, labels, rows = placed
    first: dict[int, int] = {}
    for at, label in zip(order, labels.tolist(), strict=True):
        first[label] = min(at, first.get(label, at))
    customers = [0] * size
    for at, label in zip(order, labels.tolist(), strict=True):
        customers[at] = first[label]
    one, other = (np.array(rows)[pairs[side]] for side in ("left", "right"))
    return Found(
        pairs | {"left": np.minimum(one, other), "right": np.maximum(one, other)}, customers
    )


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


def links_few(
    own: Sequence[Row], found: Found, model: core.Model, kind: str
) -> Iterator[tuple[Any, ...]]:
    """As `matching.LINKS`: the pairs worth keeping."""
    if not len(found.pairs["left"]):
        return
    at = np.flatnonzero(is_tied(found.pairs, model.kinds[kind].thresholds))
    kept = {name: column[at] for name, column in found.pairs.items()}
    names = tuple(one.name for one in COMPARISONS[kind])
    levels = np.stack([kept[name] for name in names], axis=1)
    scores = (kept[name].tolist() for name in ("left", "right", "weight", "p_same", "p_household"))
    version = model.version
    for row, (left, right, *score) in enumerate(zip(*scores, strict=True)):
        text = _levels_text(names, levels[row].tobytes())
        yield (own[left].record, own[right].record, *score, text, version)


@lru_cache(maxsize=4_096)
def _levels_text(names: tuple[str, ...], levels: bytes) -> str:
    """Comparison to level as JSON, of those that say something (level 0 and up)."""
    graded = dict(zip(names, np.frombuffer(levels, dtype=np.int8).tolist(), strict=True))
    said = {name: level for name, level in graded.items() if level >= 0}
    return json.dumps(said, separators=(",", ":"))
