"""Customer groups on both engines: equal to the rules, customer by customer."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import polars as pl

from klantbeeld.segments.rules import ENDED, GROUPS, INTENT, INTEREST, NEVER, Fact, group_of
from klantbeeld.segments.tables import facts, lifecycle
from tests.engines import OnEngine, rows
from tests.profiles.test_tables import DAY, INTERACTIONS, interactions_of, memberships_of

SUBSCRIPTIONS = {
    "record": pl.Int64,
    "started_day": pl.Int32,
    "ended_day": pl.Int32,
    "status": pl.String,
}
RELATIONS = {"record": pl.Int64, "relation_type": pl.String}
TODAY = 20_000

Row = dict[str, Any]


def world(seed: int, customers: int) -> dict[str, pl.DataFrame]:
    """Customers of two records with few facts each, many of them on the edge of a year."""
    dice = random.Random(seed)

    def day() -> int:
        return TODAY + dice.choice([-365, -366, 0, 1, -dice.randrange(800)])

    kinds = ["order", "newsletter_sent", "login_failed", *INTENT, *INTEREST]
    events = [
        (
            dice.randrange(customers * 2),
            day(),
            dice.choice(["order", dice.choice(kinds)])
            if dice.random() < 0.3
            else dice.choice(kinds),
            dice.choice([None, 0, -100, 100, 100]),
            dice.choice(["", "", "closed", "cancelled", None]),
        )
        for _ in range(customers * 2)
    ]
    subscriptions = [
        (
            dice.randrange(customers * 2),
            dice.choice([None, day()]),
            dice.choice([None, day()]),
            dice.choice(["", "open", None, *ENDED]),
        )
        for _ in range(customers // 4)
    ]
    words = [None, "klant", "prospect", "", " Leverancier", "OVERLEDEN", "oud-medewerker", "pers"]
    return {
        "interactions": interactions_of(events),
        "subscriptions": pl.DataFrame(subscriptions, schema=SUBSCRIPTIONS, orient="row"),
        "memberships": memberships_of({r: r // 2 for r in range(2, customers * 2 + 10)}),
        "relations": pl.DataFrame(
            [(r, dice.choice(words)) for r in range(0, customers * 2, 3)],
            schema=RELATIONS,
            orient="row",
        ),
    }


def last(found: list[Row], order: tuple[str, ...]) -> Fact | None:
    latest = max(found, key=lambda i: (i["day"], -order.index(i["kind"])), default=None)
    return Fact(latest["kind"], latest["day"]) if latest else None


def plain_facts(tables: dict[str, list[Row]], records: set[int]) -> dict[str, Fact]:
    """What is known of the customer with these records, read off row by row."""
    mine = {name: [r for r in found if r["record"] in records] for name, found in tables.items()}
    events = [i for i in mine["interactions"] if i["day"] <= TODAY]
    bought = [
        i
        for i in events
        if i["kind"] == "order" and i["status"] != "cancelled" and (i["amount_minor"] or 0) > 0
    ]
    begun = [
        s for s in mine["subscriptions"] if s["started_day"] is None or s["started_day"] <= TODAY
    ]
    running = [
        s
        for s in begun
        if (s["status"] not in ENDED if s["ended_day"] is None else s["ended_day"] >= TODAY)
    ]
    known_days = [
        day
        for s in begun
        for day in (s["started_day"], s["ended_day"])
        if day is not None and day <= TODAY
    ]
    started = [s["started_day"] for s in running if s["started_day"] is not None]
    words = [(r["relation_type"] or "").strip().lower() for r in mine["relations"]]
    never = sorted(f"relation:{NEVER[word]}" for word in words if word in NEVER)
    found = {
        "relation": Fact(never[0]) if never else None,
        "order": last(bought, ("order",)),
        "running": Fact("subscription", max(started, default=None)) if running else None,
        "subscription": Fact("subscription", max(known_days, default=None)) if begun else None,
        "intent": last([i for i in events if i["kind"] in INTENT], INTENT),
        "interest": last([i for i in events if i["kind"] in INTEREST], INTEREST),
    }
    return {name: fact for name, fact in found.items() if fact}


def test_rules_and_table_say_the_same_of_everybody(both_engines: OnEngine) -> None:
    data = world(seed=9, customers=600)
    frames = both_engines(data)
    tables = {name: frame.to_dicts() for name, frame in data.items()}
    records: dict[int, set[int]] = {}
    for row in tables["memberships"]:
        records.setdefault(row["customer"], set()).add(row["record"])
    expected = [
        (customer, *group_of(plain_facts(tables, records[customer]), TODAY))
        for customer in sorted(records)
    ]
    found = rows(lifecycle(**frames, today=TODAY), "customer")
    assert [tuple(row.values()) for row in found] == expected
    assert list(found[0]) == ["customer", "lifecycle", "reason"]
    groups = Counter(group for _, group, _ in expected)
    assert all(groups[group] > 20 for group in GROUPS), groups
    reasons = {reason.split(":")[0] for _, _, reason in expected}
    assert reasons >= {"order", "subscription", "relation", "nothing", *INTENT}


def test_the_facts_carry_their_kind_and_day(both_engines: OnEngine) -> None:
    events = [
        (1, 19_990, "page_view", None, ""),
        (1, 19_990, "call", None, ""),  # the same day: the call tells more
        (1, 19_000, "cart", None, ""),
        (1, 19_500, "order", 100, "cancelled"),
    ]
    frames = both_engines(
        {
            "interactions": interactions_of(events),
            "subscriptions": pl.DataFrame(
                [(1, 18_000, 20_100, "cancelled"), (1, 17_000, 17_500, "")],
                schema=SUBSCRIPTIONS,
                orient="row",
            ),
            "memberships": memberships_of({1: 5}),
            "relations": pl.DataFrame(schema=RELATIONS),
        }
    )
    assert rows(facts(**frames, today=TODAY), "customer") == [
        {
            "customer": 5,
            "relation_kind": None,
            "relation_day": None,
            "order_kind": None,
            "order_day": None,
            "running_kind": "subscription",  # cancelled as of a day that is still to come
            "running_day": 18_000,
            "subscription_kind": "subscription",
            "subscription_day": 18_000,
            "intent_kind": "cart",
            "intent_day": 19_000,
            "interest_kind": "call",
            "interest_day": 19_990,
        }
    ]


def test_the_test_world_has_what_the_interactions_of_figures_have() -> None:
    assert dict(world(1, 3)["interactions"].schema) == INTERACTIONS
    assert world(1, 3)["interactions"]["at"].min() > DAY
