"""The ids of customers follow their anchors, one by one as all at once."""

from __future__ import annotations

import random
from collections.abc import Callable

import polars as pl
import pytest
from django.db import transaction

from klantbeeld.core import bulk
from klantbeeld.core.models import Customer
from klantbeeld.identity import partition
from klantbeeld.identity.models import Membership

pytestmark = pytest.mark.django_db

Groups = list[tuple[int, int, int]]
State = tuple[set[int], list[tuple[int, ...]], list[tuple[int, ...]]]


def _at_once(groups: Groups) -> set[int]:
    schema = {"record": pl.Int64, "cluster": pl.Int64, "household": pl.Int64}
    return partition.assign(pl.DataFrame(groups, schema, orient="row"))


def _few(groups: Groups) -> set[int]:
    select = "SELECT record_id, customer_id, household FROM identity_membership WHERE"
    rows = bulk.rows_where(select, "record_id", [record for record, *_ in groups])
    return partition.assign_few(groups, {row[0]: row[1:] for row in rows})


class _Back(Exception):
    pass


def _state(assign: Callable[[Groups], set[int]], groups: Groups) -> State:
    """What assigning gives, which is taken back."""
    found: list[State] = []
    with pytest.raises(_Back), transaction.atomic():
        moved = assign(groups)
        members = Membership.objects.order_by("record").values_list(
            "record", "customer", "household"
        )
        customers = Customer.objects.order_by("pk").values_list("pk", "anchor", "absorbed_by")
        found.append((moved, list(members), list(customers)))
        raise _Back
    return found[0]


def _shuffled(groups: dict[int, int], draw: random.Random) -> dict[int, int]:
    """Another partition: somebody new, two that meet, one that parts, or nothing."""
    after = dict(groups)
    act = draw.choice(("new", "joins", "meet", "part", "same"))
    if act == "new" or not after:
        after[len(after) + 1] = len(after) + 1
    elif act == "joins":
        after[len(after) + 1] = draw.choice(list(after.values()))
    elif act == "meet":
        one, other = draw.choice(list(after.values())), draw.choice(list(after.values()))
        after = {r: one if cluster == other else cluster for r, cluster in after.items()}
    elif act == "part":
        record = draw.choice(list(after))
        after[record] = record + 1_000
    return after


@pytest.mark.parametrize("seed", range(3))
def test_one_by_one_gives_the_ids_that_all_at_once_gives(seed: int) -> None:
    draw = random.Random(seed)
    clusters: dict[int, int] = {}
    acted = set()
    for _ in range(40):
        clusters = _shuffled(clusters, draw)
        first = {c: min(r for r, own in clusters.items() if own == c) for c in clusters.values()}
        groups = [(r, first[c], draw.choice((0, 0, 7))) for r, c in sorted(clusters.items())]
        expected, found = _state(_at_once, groups), _state(_few, groups)
        assert found[1:] == expected[1:]
        assert found[0] == expected[0]
        acted.add(len({customer for _, customer, _ in found[1]}) < len(found[2]))
        _few(groups)
    # Some were absorbed on the way, and at times nobody was.
    assert acted == {True, False}
