"""The match of a few records that hang together, without setting up columns: the same answer.

For a live record and the handful that it touches. Where people judged, `matching.match` is asked.
"""

from __future__ import annotations

import json
from collections import Counter
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
from klantbeeld.identity.blocks import Key, overfull
from klantbeeld.identity.core.cluster import cluster, evidence, loose_components
from klantbeeld.identity.core.compare import COMPARISONS
from klantbeeld.identity.core.components import components
from klantbeeld.identity.core.households import LARGEST_HOUSEHOLD, tells_home
from klantbeeld.identity.core.plain import Plain, hash_of, is_somebody, plain
from klantbeeld.identity.core.score import prior_bits, reweighted
from klantbeeld.identity.core.shared import without_ambiguous
from klantbeeld.identity.core.weighing import is_tied, scored_among, with_shared
from klantbeeld.identity.doubts import SCHEMA as DOUBTS
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.matching import InForce, Matched
from klantbeeld.identity.nearby import Row, home_hash

# Of so many records all pairs are compared.
MOST = 250
# Of so many they are compared before it is known whether they hang together.
AT_ONCE = 8
Columns = dict[str, npt.NDArray[Any]]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


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


def decided(
    rows: Sequence[Row], deciding: InForce, known: Mapping[Key, bool] | None = None
) -> Decided | None:
    """What is one customer or household of a closed set; None where `matching` has to be asked.

    known: of some keys whether too many share them to bring anybody together.
    """
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
            found = _linked(own, _Deciding(deciding, unique, rows, dict(known or {})), kind)
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


@dataclass(frozen=True)
class _Deciding:
    """What decides, and the sources that hold everybody once; all rows of the closed set, and of
    which keys it is known whether too many share them."""

    force: InForce
    unique: frozenset[str]
    every: Sequence[Row]
    full: dict[Key, bool]


def _linked(own: Sequence[Row], decides: _Deciding, kind: str) -> _Found:
    """As `core.link`."""
    deciding, unique = decides.force, decides.unique
    order, stands = _canonical(own, unique)
    rows = [order[stands.index(place)] for place in range(max(stands) + 1)]
    model = deciding.model
    parameters = model.kinds[kind]
    said = [model.stopped[kind].taken_out(own[at].said) for at in rows]
    pairs = _pairs([own[at] for at in rows], said, decides, kind)
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
        by = parameters if kind == core.PERSON else parameters.thresholds
        if kind == core.PERSON and len(rows) > 2:
            told = with_shared(told, said, (pairs["left"], pairs["right"]), parameters, kind)
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


def _pairs(own: Sequence[Row], said: Sequence[Plain], decides: _Deciding, kind: str) -> Columns:
    """The scored pairs that share a key, and those inside a loose component of more than two.

    own: the distinct rows of this kind; said: what is compared of them.
    """
    parameters, size = decides.force.model.kinds[kind], len(own)
    columns, held = _held(own, decides.force.model)
    met = np.triu(_sharing(held), 1)
    left, right = np.triu_indices(size, 1) if size <= AT_ONCE else np.nonzero(met)
    is_met = met[left, right]
    if not is_met.any():
        return {"left": left[is_met], "right": right[is_met]}
    pairs = _scored((left, right), said, parameters, kind)
    bounds = parameters.thresholds
    is_met &= ~_lost((columns, held), pairs, np.flatnonzero(is_met & is_tied(pairs, bounds)),
                     decides, bounds)  # fmt: skip
    weight = np.where(is_met, pairs["weight"].astype(np.float64), -np.inf)
    label = loose_components(size, pairs, weight, bounds)
    large = np.bincount(label, minlength=size)[label] > 2
    kept = is_met | ((label[left] == label[right]) & large[left])
    pairs = {name: column[kept] for name, column in pairs.items()}
    if size > AT_ONCE:
        inside = np.triu((label[:, None] == label) & large, 1) & ~met
        if inside.any():
            one, other = np.nonzero(inside)
            more = _scored((one, other), said, parameters, kind)
            pairs = {name: np.concatenate([pairs[name], more[name]]) for name in pairs}
    return pairs


def _held(own: Sequence[Row], model: core.Model) -> tuple[list[Key], Flags]:
    """The keys that several rows have, and who has which: rows x keys."""
    holders: dict[Key, list[int]] = {}
    for at, row in enumerate(own):
        for key in row.open_keys(model):
            holders.setdefault(key, []).append(at)
    shared = {key: rows for key, rows in holders.items() if len(rows) > 1}
    held = np.zeros((len(own), len(shared)), dtype=bool)
    for place, rows in enumerate(shared.values()):
        held[rows, place] = True
    return list(shared), held


def _sharing(held: Flags) -> Flags:
    """Which rows share any of the columns: rows x rows."""
    rows = len(held)
    width = -(-held.shape[1] // 64) * 8
    # In words of 64 bits: a product of matrices would be given to many threads, which wait.
    words = np.zeros((rows, width), dtype=np.uint8)
    bits = np.packbits(held, axis=1)
    words[:, : bits.shape[1]] = bits
    whole = words.view(np.uint64)
    found: Flags = np.any(whole[:, None, :] & whole[None, :, :], axis=2)
    return found


def _lost(
    keys: tuple[list[Key], Flags],
    pairs: Columns,
    near: Ints,
    decides: _Deciding,
    bounds: core.Thresholds,
) -> Flags:
    """Of the tied pairs (`near`) those that meet in no block that is within its cap.

    It is not asked of a pair inside a component that others hold together: all pairs of those
    count, however they met. The keys that most rows share are asked about first.
    """
    columns, held = keys
    lost = np.zeros(len(pairs["left"]), dtype=bool)
    is_first = len(near) > _SOME
    while len(near):
        state = np.array([_STATE[decides.full.get(key)] for key in columns])
        near = near[_is_open(near, pairs, held & (state == 0), bounds)]
        if is_first:
            by_rows = np.argsort(-held.sum(axis=0) * (state < 0), kind="stable")[:_SOME]
            asked = set(by_rows[state[by_rows] < 0].tolist())
            is_first = False
        else:
            shared = held[pairs["left"][near]] & held[pairs["right"][near]] & (state < 0)
            is_gone = ~shared.any(axis=1)
            lost[near[is_gone]] = True
            near, shared = near[~is_gone], shared[~is_gone]
            asked = set((shared * shared.sum(axis=0)).argmax(axis=1).tolist())
        if len(near):
            _ask({columns[at] for at in asked}, decides)
    return lost


# Whether too many share a key: no, yes, not known.
_STATE = {False: 0, True: 1, None: -1}
# Of more pairs it is asked about so many keys before it is looked at one by one.
_SOME = 8


def _is_open(near: Ints, pairs: Columns, brings: Flags, bounds: core.Thresholds) -> Flags:
    """Which pairs no key is known to bring together, nor those that hold a component together."""
    left, right = pairs["left"], pairs["right"]
    is_met = _sharing(brings)[left[near], right[near]]
    tying = near[is_met & (pairs["weight"][near] >= bounds.loose)]
    label = components(len(brings), left[tying], right[tying])
    is_large = np.bincount(label, minlength=len(brings))[label] > 2
    held: Flags = (label[left[near]] == label[right[near]]) & is_large[left[near]]
    return ~is_met & ~held


def _ask(keys: set[Key], decides: _Deciding) -> None:
    if not keys:
        return
    model = decides.force.model
    inside: dict[Key, set[str | int]] = {key: set() for key in keys}
    for row in decides.every:
        for key in row.open_keys(model) & keys:
            inside[key].add(row.tells)
    full = overfull(inside, {row.record for row in decides.every})
    decides.full.update({key: key in full for key in keys})


def _scored(
    ends: tuple[Ints, Ints], said: Sequence[Plain], parameters: core.Parameters, kind: str
) -> Columns:
    return {"left": ends[0], "right": ends[1]} | scored_among(said, ends, parameters, kind)


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


def _households(
    said: Sequence[Plain], customers: list[int], pairs: Columns, bounds: core.Thresholds
) -> list[int]:
    """As `core.households`."""
    homes = [home_hash(one) for one in said]
    lives = _lives(said, customers, homes)
    left, right = [*customers], [*range(len(said))]
    if len(pairs["left"]):
        at = np.flatnonzero(pairs["p_household"] >= bounds.household)
        one, other = (pairs[side][at].astype(np.int64) for side in ("left", "right"))
        told = tells_home(np.array(homes), np.array(lives), one, other)
        left += one[told].tolist()
        right += other[told].tolist()
    met: dict[tuple[int, str], set[int]] = {}
    for row, home in enumerate(homes):
        if home and home == lives[row]:
            for name in {said[row].part, said[row].other_part} - {""}:
                met.setdefault((home, name), set()).add(customers[row])
    for fellows in met.values():
        if 1 < len(fellows) <= LARGEST_HOUSEHOLD:
            left += [min(fellows)] * len(fellows)
            right += fellows
    label = components(len(said), np.array(left), np.array(right)).tolist()
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
