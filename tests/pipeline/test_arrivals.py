"""Records that arrive one by one, in any order, give what matching all at once gives."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction

from benchmarks.customers import simulate
from klantbeeld.core import bulk
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Record, Source
from klantbeeld.identity import arriving, core, matching
from klantbeeld.identity.actions import match_pending, match_records
from klantbeeld.identity.core.key_kinds import KEY_KINDS
from klantbeeld.identity.models import Compared, Doubt, Link, MatchKey, Membership
from klantbeeld.identity.rules import Rules

ACTOR = system_actor("test")
Told = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def people() -> list[Told]:
    """(source, what it says) of some hundred people, families and namesakes in five sources."""
    rows = simulate(260, seed=3).frame.iter_rows(named=True)
    return [(row.pop("source"), {k: v for k, v in row.items() if v}) for row in rows]


@pytest.fixture
def small_blocks() -> Iterator[None]:
    """Blocks that are soon too large, so that a few hundred records fill some."""
    known = {kind: kind.cap for kind in KEY_KINDS}
    for kind in KEY_KINDS:
        object.__setattr__(kind, "cap", min(kind.cap, 3))
    yield
    for kind, cap in known.items():
        object.__setattr__(kind, "cap", cap)


def house(people: Sequence[Told]) -> dict[str, int]:
    """The sources, and a model frozen that was learnt from other people."""
    sources = {
        key: Source.objects.create(key=key, name=key, created_at=1).pk
        for key in sorted({source for source, _ in people})
    }
    others = simulate(3_000, seed=8).frame
    learnt = core.learn(core.prepare(core.match_values(others)), core.Model.default())
    matching.freeze(matching.InForce(learnt, Rules()), 3_000)
    return sources


def stored(told: Told, number: int, sources: dict[str, int]) -> int:
    record = bulk.allocate(Record, 1)
    row = (record, sources[told[0]], str(number), Record.PERSON, json.dumps(told[1]))
    columns = ("id", "source_id", "key", "kind", "data", "hash", "seq", "updated_at", "created_at")
    bulk.insert(Record, columns, [(*row, 0, 1, 1_000 + number, 1)])
    return record


def kept() -> dict[str, list[Any]]:
    """All that matching keeps, but for the ids of customers: in whom they are, instead."""
    groups: dict[int, list[int]] = {}
    for record, customer in Membership.objects.order_by("record").values_list("record", "customer"):
        groups.setdefault(customer, []).append(record)
    pairs = "left_id", "right_id", "weight"
    return {
        "customers": sorted(groups.values()),
        "households": sorted(Membership.objects.values_list("record_id", "household")),
        "links": sorted(map(str, Link.objects.values_list(*pairs, "same", "household", "levels"))),
        "doubts": sorted(Doubt.objects.values_list(*pairs, "doubt", "reason")),
        "keys": sorted(MatchKey.objects.values_list("record_id", "hash", "kind")),
        "said": sorted(Compared.objects.values_list("record_id", "said")),
    }


def held_against_the_batch() -> None:
    live = kept()
    match_pending(ACTOR, everything=True)
    batch = kept()
    for name, rows in batch.items():
        assert live[name] == rows, (name, _differing(live[name], rows))
    assert any(len(group) > 1 for group in batch["customers"])
    assert any(home for _, home in batch["households"])


def _differing(one: list[Any], other: list[Any]) -> list[Any]:
    return [[row for row in a if row not in b][:4] for a, b in ((one, other), (other, one))]


def arrive(records: Sequence[int], draw: random.Random) -> None:
    """One by one, sometimes a few at once, and sometimes many."""
    left = list(records)
    while left:
        some = [left.pop() for _ in range(min(len(left), draw.choice((1, 1, 1, 1, 2, 5, 30))))]
        with transaction.atomic():
            match_records(ACTOR, some)


def arrived(people: list[Told], sources: dict[str, int], draw: random.Random) -> list[int]:
    """Everybody's record, in the order in which they came."""
    order = draw.sample(list(enumerate(people)), len(people))
    records = [stored(told, number, sources) for number, told in order]
    arrive(records, draw)
    return records


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_any_order(people: list[Told], seed: int) -> None:
    arrived(people, house(people), random.Random(seed))
    held_against_the_batch()


@pytest.mark.django_db
@pytest.mark.parametrize("is_unique", [False, True])
def test_bare_addresses_and_the_same_again(
    people: list[Told], is_unique: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records that are attached, that say what others say, of sources that hold everybody once."""
    draw, ways = random.Random(11), list[bool]()
    bare = [(s, {"email": told["email"]}) for s, told in people if "email" in told]
    again = [(draw.choice(people)[0], told) for _, told in draw.sample(people, 40)]
    sources = house(people)
    if is_unique:
        Source.objects.filter(key=min(sources)).update(has_unique_ids=True)
    real = arriving.joined

    def joined(*given: Any) -> Any:
        found = real(*given)
        ways.append(found is not None)
        return found

    monkeypatch.setattr(arriving, "joined", joined)
    arrived([*people, *draw.sample(bare, 60), *again], sources, draw)
    assert {True, False} == set(ways)
    held_against_the_batch()


@pytest.mark.django_db
def test_more_of_one_name_at_one_address_than_a_household(people: list[Told]) -> None:
    told = {"surname": "Kerspelhuizen", "postcode": "3511AA", "house_number": "4"}
    names = "Aleid Bauke Cunera Dirkje Evert Foppe Gijsje Hilde Ids Jikke Klaas Lubbe Mees Nynke"
    home = [
        (
            people[0][0],
            told | {"first_name": name, "birth_date": f"19{41 + 4 * n}-0{n % 9 + 1}-1{n % 9}"},
        )
        for n, name in enumerate(names.split())
    ]
    arrived([*people[:60], *home], house(people), random.Random(12))
    held_against_the_batch()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [4, 5])
def test_where_blocks_fill_up(people: list[Told], seed: int, small_blocks: None) -> None:
    arrived(people, house(people), random.Random(seed))
    held_against_the_batch()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [6, 7])
def test_changed_and_gone_in_between(people: list[Told], seed: int, small_blocks: None) -> None:
    draw = random.Random(seed)
    sources = house(people)
    records = arrived(people, sources, draw)
    for record in draw.sample(records, 60):
        if draw.random() < 0.4:
            bulk.delete(Record, "id", [record])
        else:
            source, data = draw.choice(people)
            Record.objects.filter(pk=record).update(data=data, source=sources[source])
        match_records(ACTOR, [record])
    held_against_the_batch()


@pytest.mark.django_db
def test_without_setting_up_columns(people: list[Told], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly every record that arrives alone is matched by the short way."""
    sources = house(people)
    ways: list[bool] = []
    real = arriving.match

    def match(*given: Any, **named: Any) -> set[int] | None:
        moved = real(*given, **named)
        ways.append(moved is not None)
        return moved

    monkeypatch.setattr(arriving, "match", match)
    for number, told in enumerate(people[:80]):
        match_records(ACTOR, [stored(told, number, sources)])
    assert sum(ways) >= 0.95 * len(ways)
