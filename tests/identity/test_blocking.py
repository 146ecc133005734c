"""Who meets in a large table, and which key kinds it can do without."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from benchmarks.families import simulate
from klantbeeld.identity.core import (
    KEY_KINDS,
    Model,
    blocking,
    candidate_pairs,
    in_roles,
    match_keys,
    match_values,
    oversized,
)
from klantbeeld.identity.core.key_kinds import worthwhile
from klantbeeld.identity.core.keys import largest_blocks
from klantbeeld.identity.core.meeting import Blocks, meet, pairs_of

from .people import table

NO_STOPS = np.zeros(0, dtype=np.int64)
_PLACE = {kind.name: place for place, kind in enumerate(KEY_KINDS)}


def blocks(kind: str, pairs: list[tuple[int, int]]) -> Blocks:
    """Blocks of two that met by this kind."""
    rows = np.array(pairs, dtype=np.uint32).ravel()
    keys = np.arange(len(pairs), dtype=np.uint64)
    return Blocks(_PLACE[kind], rows, np.full(len(pairs), 2), keys)


def test_kinds_that_bring_only_strangers_are_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three kinds one brings strangers alone, one brings doubles, one is learnt from."""
    monkeypatch.setattr(blocking, "FEW_ROWS", 10)
    random = np.random.default_rng(1)
    words = ["".join(random.choice(list("abdegiklmnoprstuv"), 9)) for _ in range(100)]
    people = [
        {
            "first_name": words[n % 50],
            "surname": words[50 + n % 50],
            "birth_date": f"{1920 + n % 50}-{1 + n % 12:02}-23",
            "postcode": f"{1000 + 50 * (n % 50)}AB",
            "house_number": str(n % 50 + 1),
        }
        for n in [*range(50), *range(50)]
    ]
    values = match_values(in_roles(table(people)))
    doubles, strangers = [(n, n + 50) for n in range(50)], [(n, n + 1) for n in range(49)]
    met = [blocks("street", strangers), blocks("first_birth", doubles), blocks("name", strangers)]
    start = Model.default().kinds["person"]
    assert blocking.idle_kinds(values, np.arange(100), (NO_STOPS, met), start, "person") == (
        "street",
    )
    monkeypatch.setattr(blocking, "FEW_ROWS", 101)
    assert blocking.idle_kinds(values, np.arange(100), (NO_STOPS, met), start, "person") == ()


def test_kinds_whose_pairs_others_bring_too_are_not_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers at one address meet by street whatever the kind that brings them."""
    monkeypatch.setattr(blocking, "FEW_ROWS", 10)
    home = {"postcode": "1011AB", "house_number": "7", "street": "Kade", "city": "Oudeschans"}
    people = [home | {"surname": name} for name in ("Aalderink", "Bosgraaf", "Cuperus", "Dijkema")]
    values = match_values(in_roles(table(people)))
    pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
    met = [blocks("street", pairs), blocks("address", pairs)]
    start = Model.default().kinds["person"]
    assert blocking.idle_kinds(values, np.arange(4), (NO_STOPS, met), start, "person") == ()


def test_meeting_in_a_large_table_is_meeting_in_a_small_one() -> None:
    """Kind by kind or all keys at once: the same stop-keys and the same pairs."""
    frame = simulate(3_000, 5).frame
    shared = pl.lit("info@example.com").alias("email")
    frame = pl.concat([frame, frame[:60].with_columns(shared)])
    values = match_values(frame)
    rows = np.random.default_rng(2).permutation(len(values))[:2_500]
    kinds = worthwhile(len(rows))
    keys = match_keys(values, kinds, rows)
    stops, met = meet(values, rows, kinds)
    assert stops.tolist() == oversized(keys) != []
    expected = candidate_pairs(keys, stops)
    assert pairs_of(met, len(rows)).equals(expected)
    assert pairs_of(meet(values, rows, kinds, stops)[1], len(rows)).equals(expected)


def test_words_meet_in_a_large_table_as_in_a_small_one() -> None:
    """Not every organisation has a name, and not every person a document."""
    words = [f"{a}{b}stra" for a in ("bok", "dam", "gel", "hul", "kip") for b in "aeiou"]
    firms = [f"{words[n % 25]} {words[n % 23]} {words[n % 19]}" for n in range(400)]
    people = {"surname": words * 16, "documents": [f"passport:NX{n % 90}" for n in range(400)]}
    both = [
        pl.DataFrame({"organisation_name": firms, "kind": ["organisation"] * 400}),
        pl.DataFrame(people).with_columns(pl.lit("person").alias("kind")),
        pl.DataFrame({"postcode": [f"{n}AB" for n in range(1000, 1400)]}),
    ]
    values = match_values(pl.concat(both, how="diagonal"))
    assert values["organisation"].null_count() and values["documents"].null_count()
    rows = np.random.default_rng(3).permutation(len(values))
    kinds = worthwhile(len(rows))
    stops, met = meet(values, rows, kinds)
    keys = match_keys(values, kinds, rows)
    assert stops.tolist() == oversized(keys)
    found = pairs_of(met, len(rows))
    assert found.equals(candidate_pairs(keys, stops))
    for name in ("organisation_word", "document"):
        assert (found["rules"].to_numpy() >> _PLACE[name] & 1).any()


def test_where_nobody_meets_no_kind_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a table in which all keys are stopped, or one row is left."""
    monkeypatch.setattr(blocking, "FEW_ROWS", 1)
    values = match_values(in_roles(table([{"surname": "Aalderink"}])))
    start = Model.default().kinds["person"]
    met = NO_STOPS, [blocks("street", [])]
    assert blocking.idle_kinds(values, np.arange(1), met, start, "person") == ()


def test_pairs_of_namesakes_grow_no_faster_than_the_table() -> None:
    """Ten times as many people, ten times as many of each name: the commonest are left out."""
    name = [kind.name for kind in KEY_KINDS].index("name")
    sizes = {name: np.repeat([20, 200], [50_000, 500])}
    assert largest_blocks(sizes, 4_000_000)[name] == 200
    assert largest_blocks(sizes, 3_700_000)[name] == 20
    others = sizes | {_PLACE["address"]: np.repeat([200], [1_000])}
    assert largest_blocks(others, 4_000_000)[name] < 20
    assert largest_blocks({_PLACE["address"]: sizes[name]}, 1_200_000)[_PLACE["address"]] == 200
