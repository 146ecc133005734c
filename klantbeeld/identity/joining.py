"""One new record: only the component that it joins is compared and clustered anew.

Where nobody else meets or parts by its coming, all others stay with whom they are, and what is
stored of their pairs holds. Households run from one to another: they are made anew where the new
one may change any (see `joining_homes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.core import bulk
from klantbeeld.identity import attaching, attaching_few, matching
from klantbeeld.identity.attaching_few import WeakFew
from klantbeeld.identity.closing import COMPONENT, HOUSEHOLDS, WHOLE, Closed
from klantbeeld.identity.core.components import few_components
from klantbeeld.identity.core.weighing import is_tied
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.few import Decided, Found, linked_few, links_few
from klantbeeld.identity.joining_homes import Arrival, Outside, are_kept, homes_among, homes_kept
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.meeting_few import Deciding, scored_few
from klantbeeld.identity.nearby import Row

Columns = dict[str, npt.NDArray[Any]]


def joined(rows: Sequence[Row], found: Closed, force: InForce) -> Decided | int | None:
    """As `few.decided` where nobody spoke of any; None where all have to be looked at anew.

    `HOUSEHOLDS` where those have to be known.
    """
    fresh = [at for at, row in enumerate(rows) if row.record not in found.members]
    if found.near is None or len(fresh) != 1:
        return None
    weak = attaching_few.sort_out(rows, force.model) if found.reach == WHOLE else None
    apart = {*weak.firms, *weak.people} if weak else _attached(rows, found)
    if apart is None or fresh[0] in apart:
        return None
    linked_ = frozenset(range(len(rows))) - apart
    arrival = Arrival(rows, found, force, fresh[0], linked_, force.unique_sources())
    if arrival.bounds.same - 1 < arrival.bounds.loose:
        return None
    mine = _component(arrival)
    outside = _outside(arrival, mine)
    if outside is None:
        return None
    linked = _linked(arrival, mine)
    cluster = _clusters(arrival, mine, linked)
    if not weak and not are_kept(arrival, mine, cluster):
        return None
    homes_of = homes_kept if found.reach == COMPONENT else homes_among
    household = homes_of(arrival, (mine, linked), outside, cluster)
    if household is None:
        return HOUSEHOLDS
    held = _put(arrival, weak, (cluster, household)) if weak else []
    if weak and apart and _are_doubtful(_resized(arrival, set(mine), cluster)):
        return None
    own = [rows[at] for at in mine]
    parts, kind = ((own, linked), (outside.rows, Found(outside.pairs, []))), arrival.row.said.kind
    links = [link for part in parts for link in links_few(*part, force.model, kind)]
    return Decided(
        list(zip([row.record for row in rows], cluster, household, strict=True)),
        links + matching.attachments(held, force.model),
        doubts_few(own, linked.pairs, linked.customers, arrival.bounds),
        frozenset(row.record for row in own),
        frozenset(rows[at].record for at in apart) if weak else frozenset(),
    )


def _attached(rows: Sequence[Row], found: Closed) -> set[int] | None:
    """Which rows are attached to others by what is stored; None where that does not tell.

    What is attached has no links but those that say so, and those with rows that are not weak. The
    new one shares no identifier with anybody, or more would have been looked for.
    """
    stored = [(at, row) for at, row in enumerate(rows) if row.record in found.members]
    weak = {row.record: at for at, row in stored if row.is_weak}
    if not weak:
        return set()
    held: set[int] = set()
    scored: set[int] = set()
    for left, right, _, same, *_ in found.links.values():
        ends = weak.keys() & {left, right}
        if same != attaching.SURE:  # no score is: they are of single precision
            scored |= ends
        elif len(ends) == 1:
            held |= ends
    known = {rows[weak[record]].tells for record in scored}
    # Of records that say the same one stands for all.
    scored |= {r for r in weak.keys() - held if rows[weak[r]].tells in known}
    if held & scored or held | scored != weak.keys():
        return None
    return {weak[record] for record in held}


def _put(
    arrival: Arrival, weak: WeakFew, groups: tuple[list[int], list[int]]
) -> list[tuple[int, int, int]]:
    """Give attached rows their groups, in place; the records of what holds them there."""
    rows = arrival.rows
    parts = (attaching_few.attach(part, weak.keys, groups[0]) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, groups, sources, arrival.unique)
    return [(rows[row].record, rows[to].record, order) for row, to, order in held]


def _linked(arrival: Arrival, mine: Sequence[int]) -> Found:
    """The match of the component, found once."""
    found, own = arrival.found, [arrival.rows[at] for at in mine]
    known = [row.record for row in own]
    if found.linked is None or found.linked[0] != known:
        decides = Deciding(arrival.force, arrival.unique, arrival.rows, {}, is_one=True)
        found.linked = known, linked_few(own, decides, arrival.row.said.kind)
    linked: Found = found.linked[1]
    return linked


def _component(arrival: Arrival) -> list[int]:
    """The rows of the loose component that the new one is in, ascending.

    Stored links tell how the others hang together, and so does a customer: those who are one are in
    one component.
    """
    place = {arrival.rows[at].record: at for at in sorted(arrival.linked)}
    kind, bound = arrival.row.said.kind, arrival.bounds.loose
    ends: list[tuple[int, int]] = []
    for left, right, weight, *_ in arrival.found.links.values():
        if weight >= bound and left in place and right in place:
            ends.append((place[left], place[right]))
    first: dict[int, int] = {}
    for at in place.values():
        if at != arrival.new:
            ends.append((first.setdefault(arrival.customer(at), at), at))
    for record, weight in arrival.found.near or ():
        at = place.get(record, arrival.new)
        if weight >= bound or arrival.rows[at].tells == arrival.row.tells:
            ends.append((arrival.new, at))
    label = few_components(len(arrival.rows), ends)
    return [
        at
        for at in sorted(arrival.linked)
        if label[at] == label[arrival.new] and arrival.rows[at].said.kind == kind
    ]


def _outside(arrival: Arrival, mine: Sequence[int]) -> Outside | None:
    """The tied pairs of the new record with others: households. None where it stands for others.

    Of records that say the same the first stands for all.
    """
    rows, tells = arrival.rows, arrival.row.tells
    first: dict[str | int, int] = {}
    for at in sorted(arrival.linked):
        first.setdefault(rows[at].tells, at)
    is_told_again = len(first) < len(arrival.linked)
    is_alone = sum(rows[at].tells == tells for at in mine) == 1
    if is_told_again and arrival.unique:
        return None
    if not is_alone and first[tells] == arrival.new:
        return None
    if not is_alone:
        return Outside([arrival.row], _NONE)
    inside = {rows[at].record for at in mine}
    standing = {rows[at].record: rows[at] for at in first.values()}
    beside = arrival.found.beside
    for record in sorted(beside):
        if beside[record].tells not in first:
            first[beside[record].tells] = record
            standing[record] = beside[record]
    near = [standing[r] for r, _ in arrival.found.near or () if r in standing and r not in inside]
    return _scored_with(arrival, near)


_NONE: Columns = dict.fromkeys(("left", "right"), np.zeros(0, dtype=np.int64))


def _scored_with(arrival: Arrival, near: Sequence[Row]) -> Outside:
    kind, model = arrival.row.said.kind, arrival.force.model
    rows = sorted([arrival.row, *near], key=lambda row: row.record)
    if not near:
        return Outside(rows, _NONE)
    new = rows.index(arrival.row)
    ends = [(new, at) for at in range(len(rows)) if at != new]
    # In canonical order; which of two that say the same comes first makes no difference.
    ends = [pair if rows[pair[0]].key <= rows[pair[1]].key else pair[::-1] for pair in ends]
    said = [model.stopped[kind].taken_out(row.said) for row in rows]
    sides = np.array(ends, dtype=np.int64)
    pairs = scored_few((sides[:, 0], sides[:, 1]), said, model.kinds[kind], kind)
    kept = is_tied(pairs, arrival.bounds)
    pairs = {name: column[kept] for name, column in pairs.items()}
    low, high = (f(pairs["left"], pairs["right"]) for f in (np.minimum, np.maximum))
    return Outside(rows, pairs | {"left": low, "right": high})


def _clusters(arrival: Arrival, mine: Sequence[int], linked: Found) -> list[int]:
    """The first row of the customer of each that is linked, -1 for others.

    Where not the whole was looked for also of those attached: with whom they were.
    """
    cluster = [-1] * len(arrival.rows)
    inside, first = set(mine), dict[int, int]()
    for at in sorted(arrival.linked - inside):
        cluster[at] = first.setdefault(arrival.customer(at), at)
    for at, customer in zip(mine, linked.customers, strict=True):
        cluster[at] = mine[customer]
    if arrival.found.reach < WHOLE:
        known = {arrival.customer(at): cluster[at] for at in sorted(arrival.linked)}
        for at in sorted(set(range(len(cluster))) - arrival.linked):
            cluster[at] = known.setdefault(arrival.customer(at), at)
    return cluster


def _resized(arrival: Arrival, mine: set[int], cluster: Sequence[int]) -> list[int]:
    """Records of customers that were not looked at, whom attached records left or came to.

    What is doubtful about those may matter more or less than before.
    """
    before = Counter(map(arrival.customer, range(len(arrival.rows))))
    after = Counter(cluster)
    return [
        arrival.rows[at].record
        for at in sorted(arrival.linked - mine)
        if before[arrival.customer(at)] != after[cluster[at]]
    ]


def _are_doubtful(records: Sequence[int]) -> bool:
    """Whether people are to look at any of these records."""
    if not records:
        return False
    within = bulk.members("bigint")
    sides = (
        f"SELECT 1 FROM identity_doubt WHERE {side} IN ({within})"
        for side in ("left_id", "right_id")
    )
    return bool(bulk.rows_of(" UNION ALL ".join(sides), [bulk.packed(records)] * 2))
