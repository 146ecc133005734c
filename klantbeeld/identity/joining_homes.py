"""Into which household a new record comes, and whether it changes those of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from klantbeeld.identity import core
from klantbeeld.identity.closing import WHOLE, Closed
from klantbeeld.identity.core.households import LARGEST_HOUSEHOLD
from klantbeeld.identity.few import Found
from klantbeeld.identity.homes_few import households_few, lives
from klantbeeld.identity.matching import InForce
from klantbeeld.identity.nearby import Row, home_hash, shares_home

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Arrival:
    """A new record among all of the closed set: places in `rows` of the record, and of those that
    are linked rather than attached; the sources that hold everybody once."""

    rows: Sequence[Row]
    found: Closed
    force: InForce
    new: int
    linked: frozenset[int]
    unique: frozenset[str]

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


@dataclass(frozen=True)
class Outside:
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


def homes_among(
    arrival: Arrival,
    joined_: tuple[Sequence[int], Found],
    outside: Outside,
    cluster: Sequence[int],
) -> list[int] | None:
    """The household of each: the first record of it, 0 for none.

    Of those attached only where they stay with whom they were.
    """
    rows = arrival.rows
    people = [at for at in sorted(arrival.linked) if rows[at].said.kind == core.PERSON]
    household = [0] * len(rows)
    if arrival.row.said.kind != core.PERSON:
        homes = [arrival.found.members[rows[at].record][1] for at in people]
    else:
        homes = _homes_of(arrival, people, _homes_told(arrival, joined_, outside), cluster)
    for at, home in zip(people, homes, strict=True):
        household[at] = home
    if arrival.found.reach < WHOLE:
        _take_along(arrival, cluster, household)
    return household


def _homes_told(
    arrival: Arrival, joined_: tuple[Sequence[int], Found], outside: Outside
) -> list[tuple[int, int]]:
    """Pairs of records that are a household by the model."""
    new, bound = arrival.row.record, arrival.bounds.household
    pairs = [*_told(arrival, joined_), *_stored_homes(arrival, joined_[0], is_inside=False)]
    return pairs + [(new, other) for other in outside.told(new, bound)]


def _homes_of(
    arrival: Arrival,
    people: Sequence[int],
    told: Sequence[tuple[int, int]],
    cluster: Sequence[int],
) -> list[int]:
    said = [arrival.rows[at].said for at in people]
    records = [arrival.rows[at].record for at in people]
    place = {record: number for number, record in enumerate(records)}
    sides = np.array([(place[a], place[b]) for a, b in told], dtype=np.int64).reshape(-1, 2)
    pairs = {"left": sides[:, 0], "right": sides[:, 1], "p_household": np.ones(len(sides))}
    number = {at: number for number, at in enumerate(people)}
    customers = [number[cluster[at]] for at in people]
    homes = households_few(said, customers, pairs, arrival.bounds)
    return [0 if home < 0 else records[home] for home in homes]


def _take_along(arrival: Arrival, cluster: Sequence[int], household: list[int]) -> None:
    """Give attached rows the household of whom they are with, in place."""
    home = {cluster[at]: household[at] for at in arrival.linked}
    for at in set(range(len(household))) - arrival.linked:
        household[at] = home.get(cluster[at], 0)


def _told(arrival: Arrival, joined_: tuple[Sequence[int], Found]) -> Iterator[tuple[int, int]]:
    """Pairs of records inside the component that are a household by the model."""
    mine, linked = joined_
    if not len(linked.pairs["left"]):
        return
    at = np.flatnonzero(linked.pairs["p_household"] >= arrival.bounds.household)
    ends = (linked.pairs[side][at].tolist() for side in ("left", "right"))
    for one, other in zip(*ends, strict=True):
        yield arrival.rows[mine[one]].record, arrival.rows[mine[other]].record


def _stored_homes(
    arrival: Arrival, mine: Sequence[int], *, is_inside: bool
) -> Iterator[tuple[int, int]]:
    """Stored pairs of linked records that are a household: inside the component, or all others."""
    own = {arrival.rows[at].record for at in mine}
    linked = {arrival.rows[at].record for at in arrival.linked}
    for left, right, _, _, home, _ in arrival.found.links.values():
        if home < arrival.bounds.household or left not in linked or right not in linked:
            continue
        if (left in own and right in own) == is_inside:
            yield left, right


def homes_kept(
    arrival: Arrival,
    joined_: tuple[Sequence[int], Found],
    outside: Outside,
    cluster: Sequence[int],
) -> list[int] | None:
    """As `homes_among`, where the new record changes nobody else's; None where it may.

    So it is where all others stay with whom they were and live where they lived, and whoever it
    may share a household with is of the one that its customer is of already.
    """
    members, new, mine = arrival.found.members, arrival.new, joined_[0]
    household = [members.get(row.record, (0, 0))[1] for row in arrival.rows]
    if any(row.is_weak for row in arrival.found.beside.values()):
        return None  # of those it is not known whether they are linked
    if arrival.row.said.kind != core.PERSON:
        return household
    fellows = [at for at in mine if at in arrival.linked and cluster[at] == cluster[new]]
    fellows.remove(new)
    near = _at_home(arrival, joined_, outside)
    if near is None:
        return None
    own = {arrival.rows[at].record for at in fellows}
    if not _live_on(arrival, fellows) and (near - own or not _live_alone(arrival, fellows)):
        return None
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


def are_kept(arrival: Arrival, mine: Sequence[int], cluster: Sequence[int]) -> bool:
    """Whether all others of the component stay with whom they were."""
    if arrival.row.said.source in arrival.unique:
        return False  # who is attached may have to make way
    pairs = {(arrival.customer(at), cluster[at]) for at in mine if at != arrival.new}
    return len({before for before, _ in pairs}) == len(pairs) == len({now for _, now in pairs})


def _live_on(arrival: Arrival, fellows: Sequence[int]) -> bool:
    """Whether the customer of the new record lives where it lived by its other records."""
    said = [arrival.rows[at].said for at in (*fellows, arrival.new)]
    homes = [home_hash(one) for one in said]
    one = [0] * len(said)
    return not fellows or lives(said, one, homes)[0] == lives(said[:-1], one[:-1], homes[:-1])[0]


def _live_alone(arrival: Arrival, fellows: Sequence[int]) -> bool:
    """Whether a customer that moves to where the new record lives has and gets no household.

    Whom the new record itself meets there is left aside.
    """
    own, said = {arrival.rows[at].record for at in fellows}, arrival.row.said
    is_tied = any(
        link[4] >= arrival.bounds.household and not own.isdisjoint(link[:2])
        and not own.issuperset(link[:2])
        for link in arrival.found.links.values()
    )  # fmt: skip
    names = {said.part, said.other_part, ""}
    others = (arrival.rows[at].said for at in fellows)
    there = [one for one in others if home_hash(one) == home_hash(said)]
    is_named = all(names.issuperset((one.part, one.other_part)) for one in there)
    homes = {arrival.found.members[record][1] for record in own}
    return homes == {0} and is_named and not is_tied


def _at_home(
    arrival: Arrival, joined_: tuple[Sequence[int], Found], outside: Outside
) -> set[int] | None:
    """Whom the new record may share a household with; None where it changes that of others."""
    mine, new = joined_[0], arrival.row
    told = {frozenset(pair) for pair in _told(arrival, joined_)}
    with_new = {pair for pair in told if new.record in pair}
    stored = _stored_homes(arrival, mine, is_inside=True)
    if told - with_new != {frozenset(pair) for pair in stored}:
        return None
    near = set().union(*with_new, outside.told(new.record, arrival.bounds.household))
    rows = (*(arrival.rows[at] for at in mine), *arrival.found.beside.values())
    near.update(row.record for row in rows if shares_home(new.said, row.said))
    return near - {new.record}
