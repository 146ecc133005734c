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
from klantbeeld.identity import attaching, attaching_few, core, matching
from klantbeeld.identity.attaching_few import WeakFew
from klantbeeld.identity.closing import Closed
from klantbeeld.identity.core.components import components
from klantbeeld.identity.core.households import LARGEST_HOUSEHOLD
from klantbeeld.identity.core.weighing import is_tied
from klantbeeld.identity.doubts_few import doubts_few
from klantbeeld.identity.few import Decided, Found, canonical, linked_few, links_few
from klantbeeld.identity.homes_few import households_few, lives
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.meeting_few import Deciding, scored_few
from klantbeeld.identity.nearby import Row, home_hash, shares_home

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
    fresh = [at for at, row in enumerate(rows) if row.record not in found.members]
    if found.near is None or len(fresh) != 1:
        return None
    weak = attaching_few.sort_out(rows, force.model) if found.beside is None else None
    apart = {*weak.firms, *weak.people} if weak else _attached(rows, found)
    if apart is None or fresh[0] in apart:
        return None
    arrival = _Arrival(rows, found, force, fresh[0], frozenset(range(len(rows))) - apart)
    if arrival.bounds.same - 1 < arrival.bounds.loose:
        return None
    mine = _component(arrival)
    outside = _outside(arrival, mine)
    if outside is None:
        return None
    linked = _linked(arrival, mine)
    cluster = _clusters(arrival, mine, linked)
    homes_of = _homes if weak else _homes_kept
    household = homes_of(arrival, (mine, linked), outside, cluster)
    if household is None:
        return None
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

    What is attached has no links but those that say so, and those with rows that are not weak.
    """
    weak = {row.record: at for at, row in enumerate(rows) if row.is_weak}
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
    if held & scored or held | scored != weak.keys():
        return None
    return {weak[record] for record in held}


def _put(
    arrival: _Arrival, weak: WeakFew, groups: tuple[list[int], list[int]]
) -> list[tuple[int, int, int]]:
    """Give attached rows their groups, in place; the records of what holds them there."""
    rows = arrival.rows
    parts = (attaching_few.attach(part, weak.keys, groups[0]) for part in (weak.firms, weak.people))
    sources = [row.said.source for row in rows]
    held = matching.put(parts, groups, sources, arrival.force.unique_sources())
    return [(rows[row].record, rows[to].record, order) for row, to, order in held]


def _linked(arrival: _Arrival, mine: Sequence[int]) -> Found:
    """The match of the component, found once."""
    found, own = arrival.found, [arrival.rows[at] for at in mine]
    known = [row.record for row in own]
    if found.linked is None or found.linked[0] != known:
        unique = arrival.force.unique_sources()
        decides = Deciding(arrival.force, unique, arrival.rows, {}, is_one=True)
        found.linked = known, linked_few(own, decides, arrival.row.said.kind)
    linked: Found = found.linked[1]
    return linked


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


@dataclass(frozen=True)
class _Outside:
    """The new record among others by their ids, and the scored pairs (places) of it with them."""

    rows: list[Row]
    pairs: Columns

    def told(self, new: int, bound: float) -> list[int]:
        """Who is of its household by the model, from this probability on."""
        if not len(self.pairs["left"]):
            return []
        at = np.flatnonzero(self.pairs["p_household"] >= bound)
        ends = np.concatenate([self.pairs["left"][at], self.pairs["right"][at]]).tolist()
        return [self.rows[end].record for end in ends if self.rows[end].record != new]


def _outside(arrival: _Arrival, mine: Sequence[int]) -> _Outside | None:
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
    if not is_alone:
        return _Outside([arrival.row], _NONE)
    inside = {rows[at].record for at in mine}
    standing = {rows[at].record: rows[at] for at in first.values()}
    beside = arrival.found.beside or {}
    for record in sorted(beside):
        if beside[record].tells not in first:
            first[beside[record].tells] = record
            standing[record] = beside[record]
    near = [standing[r] for r, _ in arrival.found.near or () if r in standing and r not in inside]
    return _scored_with(arrival, near)


_NONE: Columns = dict.fromkeys(("left", "right"), np.zeros(0, dtype=np.int64))


def _scored_with(arrival: _Arrival, near: Sequence[Row]) -> _Outside:
    kind, model = arrival.row.said.kind, arrival.force.model
    rows = sorted([arrival.row, *near], key=lambda row: row.record)
    if not near:
        return _Outside(rows, _NONE)
    new = rows.index(arrival.row)
    ends = [(new, at) for at in range(len(rows)) if at != new]
    ends = [pair if _is_in_order(rows, pair) else pair[::-1] for pair in ends]
    said = [model.stopped[kind].taken_out(row.said) for row in rows]
    sides = np.array(ends, dtype=np.int64)
    pairs = scored_few((sides[:, 0], sides[:, 1]), said, model.kinds[kind], kind)
    kept = is_tied(pairs, arrival.bounds)
    pairs = {name: column[kept] for name, column in pairs.items()}
    low, high = (f(pairs["left"], pairs["right"]) for f in (np.minimum, np.maximum))
    return _Outside(rows, pairs | {"left": low, "right": high})


def _is_in_order(rows: Sequence[Row], pair: tuple[int, int]) -> bool:
    order, _ = canonical([rows[at] for at in pair], frozenset())
    return order[0] == 0


def _clusters(arrival: _Arrival, mine: Sequence[int], linked: Found) -> list[int]:
    """The first row of the customer of each that is linked, -1 for others.

    Where only the component was looked for also of those attached: with whom they were.
    """
    cluster = [-1] * len(arrival.rows)
    inside, first = set(mine), dict[int, int]()
    for at in sorted(arrival.linked - inside):
        cluster[at] = first.setdefault(arrival.customer(at), at)
    for at, customer in zip(mine, linked.customers, strict=True):
        cluster[at] = mine[customer]
    if arrival.found.beside is not None:
        known = {arrival.customer(at): cluster[at] for at in sorted(arrival.linked)}
        for at in sorted(set(range(len(cluster))) - arrival.linked):
            cluster[at] = known.setdefault(arrival.customer(at), at)
    return cluster


def _homes(
    arrival: _Arrival,
    joined_: tuple[Sequence[int], Found],
    outside: _Outside,
    cluster: Sequence[int],
) -> list[int] | None:
    """The household of each that is linked: the first record of it, 0 for none."""
    rows = arrival.rows
    people = [at for at in sorted(arrival.linked) if rows[at].said.kind == core.PERSON]
    household = [0] * len(rows)
    if arrival.row.said.kind != core.PERSON:
        for at in people:
            household[at] = arrival.found.members[rows[at].record][1]
        return household
    place = {rows[at].record: number for number, at in enumerate(people)}
    new = arrival.row.record
    pairs = [*_told(arrival, joined_), *_stored_homes(arrival, joined_[0], is_inside=False)]
    pairs += [(new, other) for other in outside.told(new, arrival.bounds.household)]
    sides = np.array([(place[a], place[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    told = {"left": sides[:, 0], "right": sides[:, 1], "p_household": np.ones(len(sides))}
    number = {at: number for number, at in enumerate(people)}
    customers = [number[cluster[at]] for at in people]
    homes = households_few([rows[at].said for at in people], customers, told, arrival.bounds)
    for at, home in zip(people, homes, strict=True):
        household[at] = 0 if home < 0 else rows[people[home]].record
    return household


def _told(arrival: _Arrival, joined_: tuple[Sequence[int], Found]) -> Iterator[tuple[int, int]]:
    """Pairs of records inside the component that are a household by the model."""
    mine, linked = joined_
    if not len(linked.pairs["left"]):
        return
    at = np.flatnonzero(linked.pairs["p_household"] >= arrival.bounds.household)
    ends = (linked.pairs[side][at].tolist() for side in ("left", "right"))
    for one, other in zip(*ends, strict=True):
        yield arrival.rows[mine[one]].record, arrival.rows[mine[other]].record


def _stored_homes(
    arrival: _Arrival, mine: Sequence[int], *, is_inside: bool
) -> Iterator[tuple[int, int]]:
    """Stored pairs of linked records that are a household: inside the component, or all others."""
    own = {arrival.rows[at].record for at in mine}
    linked = {arrival.rows[at].record for at in arrival.linked}
    for left, right, _, _, home, _ in arrival.found.links.values():
        if home < arrival.bounds.household or left not in linked or right not in linked:
            continue
        if (left in own and right in own) == is_inside:
            yield left, right


def _homes_kept(
    arrival: _Arrival,
    joined_: tuple[Sequence[int], Found],
    outside: _Outside,
    cluster: Sequence[int],
) -> list[int] | None:
    """As `_homes`, where the new record changes nobody else's; None where it may.

    So it is where all others stay with whom they were and live where they lived, and whoever it
    may share a household with is of the one that its customer is of already.
    """
    members, new, mine = arrival.found.members, arrival.new, joined_[0]
    household = [members.get(row.record, (0, 0))[1] for row in arrival.rows]
    if not _are_kept(arrival, mine, cluster):
        return None
    if arrival.row.said.kind != core.PERSON:
        return household
    fellows = [at for at in mine if at in arrival.linked and cluster[at] == cluster[new]]
    fellows.remove(new)
    if not _live_on(arrival, fellows):
        return None
    near = _at_home(arrival, joined_, outside)
    if near is None:
        return None
    own = {arrival.rows[at].record for at in fellows}
    others = [members.get(record, (0, 0)) for record in near - own]
    kept = {home for _, home in others} | {household[at] for at in fellows}
    if others and (not fellows or 0 in kept):
        return None
    is_small = len({customer for customer, _ in others}) < LARGEST_HOUSEHOLD
    # A household is named by its first record.
    if len(kept) > 1 or not is_small or max(kept, default=0) > arrival.row.record:
        return None
    household[new] = max(kept, default=0)
    return household


def _are_kept(arrival: _Arrival, mine: Sequence[int], cluster: Sequence[int]) -> bool:
    """Whether all others of the component stay with whom they were."""
    if any(row.is_weak for row in (arrival.found.beside or {}).values()):
        return False  # of those it is not known whether they are linked
    if arrival.row.is_weak or arrival.row.said.source in arrival.force.unique_sources():
        return False  # who is attached may have to make way
    pairs = {(arrival.customer(at), cluster[at]) for at in mine if at != arrival.new}
    return len({before for before, _ in pairs}) == len(pairs) == len({now for _, now in pairs})


def _live_on(arrival: _Arrival, fellows: Sequence[int]) -> bool:
    """Whether the customer of the new record lives where it lived by its other records."""
    said = [arrival.rows[at].said for at in (*fellows, arrival.new)]
    homes = [home_hash(one) for one in said]
    one = [0] * len(said)
    return not fellows or lives(said, one, homes)[0] == lives(said[:-1], one[:-1], homes[:-1])[0]


def _at_home(
    arrival: _Arrival, joined_: tuple[Sequence[int], Found], outside: _Outside
) -> set[int] | None:
    """Whom the new record may share a household with; None where it changes that of others."""
    mine, new = joined_[0], arrival.row
    told = {frozenset(pair) for pair in _told(arrival, joined_)}
    with_new = {pair for pair in told if new.record in pair}
    stored = _stored_homes(arrival, mine, is_inside=True)
    if told - with_new != {frozenset(pair) for pair in stored}:
        return None
    near = set().union(*with_new, outside.told(new.record, arrival.bounds.household))
    rows = (*(arrival.rows[at] for at in mine), *(arrival.found.beside or {}).values())
    near.update(row.record for row in rows if shares_home(new.said, row.said))
    return near - {new.record}


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
    if not records:
        return False
    within = bulk.members("bigint")
    sides = (
        f"SELECT 1 FROM identity_doubt WHERE {side} IN ({within})"
        for side in ("left_id", "right_id")
    )
    return bool(bulk.rows_of(" UNION ALL ".join(sides), [bulk.packed(records)] * 2))
