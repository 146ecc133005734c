"""The primitives do on both engines what a plain loop does."""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from klantbeeld.engine import (
    EngineError,
    Latest,
    Pattern,
    asof,
    collect,
    ntile,
    on_polars,
    on_spark,
    sequence,
)
from klantbeeld.engine.bodies import Body
from tests.engines import OnEngine, rows

EVENTS = {
    "customer": pl.Int64,
    "at": pl.Int64,
    "interaction": pl.Int64,
    "kind": pl.String,
    "day": pl.Int32,
}
DAY = 86_400_000_000


def events_of_many(seed: int, customers: int) -> pl.DataFrame:
    """Random events, many at the same moment, some without customer."""
    dice = random.Random(seed)
    found = []
    for interaction in range(customers * 8):
        day = dice.randrange(12)
        key = dice.randrange(customers)
        found.append(
            {
                "customer": None if key == 0 else key,
                "at": day * DAY + dice.choice([0, 0, 1, 5]),
                "interaction": interaction,
                "kind": dice.choice(["a", "b", "c", "d"]),
                "day": day,
            }
        )
    dice.shuffle(found)
    return pl.DataFrame(found, schema=EVENTS)


def plain_sequence(
    events: Iterable[dict[str, Any]], pattern: Pattern
) -> dict[int, tuple[int, int]]:
    """The definition, word for word: every pair, every event between."""
    by_customer: dict[int, list[dict[str, Any]]] = {}
    for event in sorted(events, key=lambda e: (e["at"], e["interaction"])):
        if event["customer"] is not None:
            by_customer.setdefault(event["customer"], []).append(event)
    found = {}
    for customer, mine in by_customer.items():
        pairs = [
            (b["at"], j, i, a["at"])
            for i, a in enumerate(mine)
            for j, b in enumerate(mine)
            if i < j
            and a["kind"] in pattern.first
            and b["kind"] in pattern.then
            and b["day"] - a["day"] <= pattern.days
            and not any(c["kind"] in pattern.without for c in mine[i + 1 : j])
        ]
        if pairs:
            first_b = min(j for _, j, _, _ in pairs)
            _, _, _, a_at = max((p for p in pairs if p[1] == first_b), key=lambda p: p[2])
            found[customer] = (a_at, mine[first_b]["at"])
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern(("a",), ("b",), days=3, without=("c",)),
        Pattern(("a",), ("a",), days=2),
        Pattern(("a", "d"), ("b", "d"), days=0, without=("a",)),
        Pattern(("a",), ("c",), days=30, without=("c", "b")),
    ],
)
def test_sequence_is_what_every_pair_says(both_engines: OnEngine, pattern: Pattern) -> None:
    data = events_of_many(seed=3, customers=150)
    frames = both_engines({"events": data})
    found = {
        row["customer"]: (row["first_at"], row["then_at"])
        for row in rows(sequence(frames["events"], pattern), "customer")
    }
    expected = plain_sequence(data.to_dicts(), pattern)
    assert 0 < len(expected) < 149
    assert found == expected


def test_sequence_may_be_ordered_by_its_day(both_engines: OnEngine) -> None:
    data = pl.DataFrame(
        {
            "customer": [1, 1],
            "at": [9, 3],
            "interaction": [1, 2],
            "kind": ["a", "b"],
            "day": [0, 1],
        },
        schema=EVENTS,
    )
    frames = both_engines({"events": data})
    found = sequence(
        frames["events"], Pattern(("a",), ("b",), days=1), order=("day", "interaction")
    )
    assert rows(found, "customer") == [{"customer": 1, "first_at": 0, "then_at": 1}]


def plain_asof(
    left: list[dict[str, Any]], right: list[dict[str, Any]]
) -> list[tuple[int, Any, Any]]:
    found = []
    for row in left:
        before = [
            r
            for r in right
            if None not in (r["key"], r["at"], row["key"], row["at"])
            and r["key"] == row["key"]
            and r["at"] <= row["at"]
        ]
        latest = max(before, key=lambda r: (r["at"], r["version"]), default={})
        found.append((row["id"], latest.get("at"), latest.get("version")))
    return found


def test_asof_takes_the_latest_before_and_settles_ties(both_engines: OnEngine) -> None:
    dice = random.Random(5)

    def draw(n: int, *names: str) -> pl.DataFrame:
        return pl.DataFrame(
            [
                {
                    "key": dice.choice([None, 1, 2, 3]),
                    "at": dice.choice([None, *range(12)]),
                    **dict.fromkeys(names, i),
                }
                for i in range(n)
            ],
            schema=dict.fromkeys(("key", "at", *names), pl.Int64),
        )

    left = draw(120, "id", "version")
    right = draw(40, "version", "extra").sort("extra", descending=True)
    frames = both_engines({"left": left, "right": right})
    joined = asof(frames["left"], frames["right"], key="key", at="at", tie=["version"])
    assert joined.collect_schema().names() == [
        *("key", "at", "id", "version", "at_right", "version_right", "extra")
    ]
    found = [(r["id"], r["at_right"], r["version_right"]) for r in rows(joined, "id")]
    expected = plain_asof(left.to_dicts(), right.to_dicts())
    assert found == expected
    assert {version is None for _, _, version in expected} == {True, False}


def plain_ntile(ordered: Sequence[int], n: int) -> dict[int, int]:
    """SQL's NTILE: deal sizes that differ by at most one, the larger first."""
    small, larger = divmod(len(ordered), n)
    sizes = [small + (bucket < larger) for bucket in range(n)]
    numbers = [bucket + 1 for bucket, size in enumerate(sizes) for _ in range(size)]
    return dict(zip(ordered, numbers, strict=True))


@pytest.mark.parametrize("n", [1, 5, 7, 50])
@pytest.mark.parametrize("descending", [False, True])
def test_ntile_deals_evenly(both_engines: OnEngine, n: int, descending: bool) -> None:
    dice = random.Random(7)
    data = pl.DataFrame(
        {
            "id": range(38),
            "score": [dice.choice([None, 1, 2, 2, 9]) for _ in range(38)],
            "brand": [dice.choice("xyz") for _ in range(38)],
        }
    )
    frames = both_engines({"data": data})

    def order(part: pl.DataFrame) -> list[int]:
        return part.sort("score", "id", descending=descending)["id"].to_list()

    found = ntile(frames["data"], n, ["score", "id"], descending=descending, name="tile")
    assert {r["id"]: r["tile"] for r in rows(found, "id")} == plain_ntile(order(data), n)
    found = ntile(frames["data"], n, ["score", "id"], by=["brand"], descending=descending)
    expected: dict[int, int] = {}
    for part in data.partition_by("brand"):
        expected |= plain_ntile(order(part), n)
    assert {r["id"]: r["ntile"] for r in rows(found, "id")} == expected


def test_latest_finds_the_kind_of_the_last_event(both_engines: OnEngine) -> None:
    latest = Latest(["mail", "call", "visit"])
    year_6000 = 127_174_492_800_000_000
    data = pl.DataFrame(
        [
            (1, 5, "mail"), (1, 9, "call"), (1, 99, "other"),  # other kinds do not count
            (2, -7, "visit"), (2, -7, "call"),  # before 1970; the earlier in the list wins
            (3, 4, "other"), (3, None, "mail"), (3, 5, None),  # nothing at all
            (4, year_6000, "visit"), (4, 2**62, "other"),
            (5, 1_767_225_599_999_999, "mail"), (5, 1_767_225_599_999_998, "visit"),
        ],
        schema={"customer": pl.Int64, "at": pl.Int64, "kind": pl.String}, orient="row",
    )  # fmt: skip
    frame = both_engines({"data": data})["data"]
    packed = frame.group_by("customer").agg(
        latest.pack(nw.col("at"), nw.col("kind")).max().alias("packed")
    )
    found = packed.select(
        "customer",
        latest.instant(nw.col("packed")).alias("at"),
        latest.kind(nw.col("packed")).alias("kind"),
    )
    assert [tuple(row.values()) for row in rows(found, "customer")] == [
        (1, 9, "call"),
        (2, -7, "call"),
        (3, None, None),
        (4, year_6000, "visit"),
        (5, 1_767_225_599_999_999, "mail"),
    ]


def test_latest_needs_different_kinds() -> None:
    for kinds in ([], ["a", "a"], [str(n) for n in range(65)]):
        with pytest.raises(ValueError, match="different kinds"):
            Latest(kinds)
    Latest([str(n) for n in range(64)])


def test_both_bodies_have_the_same_signatures() -> None:
    names = [name for name in vars(Body) if not name.startswith("_")]
    assert "asof" in names
    for name in names:
        here, there = (inspect.signature(getattr(m, name)) for m in (on_polars, on_spark))
        assert here == there


def test_a_frame_of_no_engine_is_refused() -> None:
    with pytest.raises(EngineError, match="No engine"):
        collect(nw.from_native(pl.DataFrame({"a": [1]}).to_arrow()))


def test_a_missing_column_is_named() -> None:
    frame = nw.from_native(pl.LazyFrame({"a": [1]}))
    with pytest.raises(EngineError, match="'b'"):
        ntile(frame, 2, ["b"])


def test_a_pattern_is_checked() -> None:
    with pytest.raises(ValueError, match="first"):
        Pattern((), ("b",), days=1)
    with pytest.raises(ValueError, match="negative"):
        Pattern(("a",), ("b",), days=-1)
