"""One new record: only the component that it joins is compared and clustered anew.

Where nobody else meets or parts by its coming, all others stay with whom they are, and what is
stored of their pairs holds. Households are made anew of all, for they run from one to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.core import bulk
from klantbeeld.identity import attaching_few, core, matching
from klantbeeld.identity.closing import Closed
from klantbeeld.identity.core.components import components
from klantbeeld.identity.core.weighing import is_tied
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.few import Decided, Found, canonical, linked_few, links_few
from klantbeeld.identity.homes_few import households_few
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.meeting_few import Deciding, scored_few
from klantbeeld.identity.nearby import Row

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class _Arrival:
    """A new record among all of the closed set: places in `rows` of the record, and of those that
    are linked rather than attached."""

    rows: Sequence[Row]
    found: Closed
    force: InForce
    new: int
    linked: frozenset[int]

    @property
    def row(self) -> Row:
        """The new record."""
        return self.rows[self.new]

    @property
    def bounds(self) -> core.Thresholds:
        """Of its kind."""
        return self.force.model.kinds[self.row.said.kind].thresholds

    def customer(self, at: int) -> int:
        """The stored customer of a row, 0 for none."""
        return self.found.members.get(self.rows[at].record, (0, 0))[0]


def joined(rows: Sequence[Row], found: Closed, force: InForce) -> Decided | None:
    """As `few.decided` where nobody spoke of any; None where all have to be looked at anew."""
    if found.near is None:
        return None
    weak = attaching_few.sort_out(rows, force.model)
    apart = {*weak.firms, *weak.people}
    fresh = [at for at, row in enumerate(rows) if row.record not in found.members]
    if len(fresh) != 1:
        return None
    new = fresh[0]
    arrival = _Arrival(rows, found, force, new, frozenset(range(len(rows))) - apart)
    if new in apart or arrival.bounds.same - 1 < arrival.bounds.loose:
        return None
    mine = _component(arrival)
    outside = _outside(arrival, mine)
    if outside is None:
        return None
    own, kind = [rows[at] for at in mine], arrival.row.said.kind
    unique = force.unique_sources()
    linked = linked_few(own, Deciding(force, unique, rows, {}, is_one=True), kind)
    cluster = _clusters(arrival, mine, linked)
    household = _homes(arrival, (mine, linked), outside, cluster)
    links = [*links_few(own, linked, force.model, kind)]
    links += links_few(rows, Found(outside, []), force.model, kind)
    parts = (attaching_few.attach(part, weak.keys, cluster) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, (cluster, household), sources, unique)
    resized = _resized(arrival, set(mine), cluster) if apart else []
    if resized and _are_doubtful(resized):
        return None
    gone = [(rows[row].record, rows[to].record, order) for row, to, order in held]
    links += matching.attachments(gone, force.model)
    return Decided(
        list(zip([row.record for row in rows], cluster, household, strict=True)),
        links,
        doubts_few(own, linked.pairs, linked.customers, arrival.bounds),
        frozenset(row.record for row in own),
        frozenset(rows[at].record for at in apart),
    )


def _component(arrival: _Arrival) -> list[int]:
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
    left_ends, right_ends = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    label = components(len(arrival.rows), left_ends, right_ends)
    mine = np.flatnonzero(label == label[arrival.new]).tolist()
    return [at for at in mine if at in arrival.linked and arrival.rows[at].said.kind == kind]


def _outside(arrival: _Arrival, mine: Sequence[int]) -> Columns | None:
    """The tied pairs of the new record with others: households. None where it stands for others.

    Of records that say the same the first stands for all.
    """
    rows, tells = arrival.rows, arrival.row.tells
    first: dict[str | int, int] = {}
    for at in sorted(arrival.linked):
        first.setdefault(rows[at].tells, at)
    is_told_again = len(first) < len(arrival.linked)
    is_alone = sum(rows[at].tells == tells for at in mine) == 1
    if is_told_again and arrival.force.unique_sources():
        return None
    if not is_alone and first[tells] == arrival.new:
        return None
    inside = {rows[at].record for at in mine}
    place = {rows[at].record: at for at in first.values()}
    near = [place[r] for r, _ in arrival.found.near or () if r in place and r not in inside]
    if not is_alone or not near:
        none = np.zeros(0, dtype=np.int64)
        return {"left": none, "right": none}
    ends = [(arrival.new, at) for at in near]
    ends = [pair if _is_in_order(rows, pair) else pair[::-1] for pair in ends]
    kind, model = arrival.row.said.kind, arrival.force.model
    said = [row.said for row in rows]
    for at in {at for pair in ends for at in pair}:
        said[at] = model.stopped[kind].taken_out(said[at])
    sides = np.array(ends, dtype=np.int64)
    pairs = scored_few((sides[:, 0], sides[:, 1]), said, model.kinds[kind], kind)
    kept = is_tied(pairs, arrival.bounds)
    pairs = {name: column[kept] for name, column in pairs.items()}
    low, high = (f(pairs["left"], pairs["right"]) for f in (np.minimum, np.maximum))
    return pairs | {"left": low, "right": high}


def _is_in_order(rows: Sequence[Row], pair: tuple[int, int]) -> bool:
    order, _ = canonical([rows[at] for at in pair], frozenset())
    return order[0] == 0


def _clusters(arrival: _Arrival, mine: Sequence[int], linked: Found) -> list[int]:
    """The first row of the customer of each that is linked, -1 for others."""
    cluster = [-1] * len(arrival.rows)
    inside, first = set(mine), dict[int, int]()
    for at in sorted(arrival.linked - inside):
        cluster[at] = first.setdefault(arrival.customer(at), at)
    for at, customer in zip(mine, linked.customers, strict=True):
        cluster[at] = mine[customer]
    return cluster


def _homes(
    arrival: _Arrival,
    joined_: tuple[Sequence[int], Found],
    outside: Columns,
    cluster: Sequence[int],
) -> list[int]:
    """The household of each that is linked: the first record of it, 0 for none."""
    rows = arrival.rows
    people = [at for at in sorted(arrival.linked) if rows[at].said.kind == core.PERSON]
    household = [0] * len(rows)
    if arrival.row.said.kind != core.PERSON:
        for at in people:
            household[at] = arrival.found.members[rows[at].record][1]
        return household
    place = {at: number for number, at in enumerate(people)}
    told = [(place[a], place[b]) for a, b in _told(arrival, joined_, outside)]
    sides = np.array(told, dtype=np.int64).reshape(-1, 2)
    pairs = {"left": sides[:, 0], "right": sides[:, 1], "p_household": np.ones(len(told))}
    customers = [place[cluster[at]] for at in people]
    homes = households_few([rows[at].said for at in people], customers, pairs, arrival.bounds)
    for at, home in zip(people, homes, strict=True):
        household[at] = 0 if home < 0 else rows[people[home]].record
    return household


def _told(
    arrival: _Arrival, joined_: tuple[Sequence[int], Found], outside: Columns
) -> Iterator[tuple[int, int]]:
    """Pairs of rows that are a household by the model."""
    bound, (mine, linked) = arrival.bounds.household, joined_
    if len(outside["left"]):
        at = np.flatnonzero(outside["p_household"] >= bound)
        yield from zip(outside["left"][at].tolist(), outside["right"][at].tolist(), strict=True)
    if len(linked.pairs["left"]):
        at = np.flatnonzero(linked.pairs["p_household"] >= bound)
        ends = (linked.pairs[side][at].tolist() for side in ("left", "right"))
        yield from ((mine[a], mine[b]) for a, b in zip(*ends, strict=True))
    inside = {arrival.rows[at].record for at in mine}
    place = {arrival.rows[at].record: at for at in arrival.linked}
    for left, right, _, _, home, _ in arrival.found.links.values():
        if (
            home >= bound
            and left in place
            and right in place
            and not inside.issuperset((left, right))
        ):
            yield place[left], place[right]


def _resized(arrival: _Arrival, mine: set[int], cluster: Sequence[int]) -> list[int]:
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
    within = bulk.members("bigint")
    sides = (
        f"SELECT 1 FROM identity_doubt WHERE {side} IN ({within})"
        for side in ("left_id", "right_id")
    )
    return bool(bulk.rows_of(" UNION ALL ".join(sides), [bulk.packed(records)] * 2))
