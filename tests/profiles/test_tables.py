"""Figures on both engines against a plain recount."""

from __future__ import annotations

import itertools
import random
from statistics import median
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from klantbeeld.engine import collect
from klantbeeld.profiles.tables import CONTACTS, figures, totals
from tests.engines import OnEngine, rows

INTERACTIONS = {
    "record": pl.Int64,
    "interaction": pl.Int64,
    "at": pl.Int64,
    "day": pl.Int32,
    "kind": pl.String,
    "channel": pl.String,
    "amount_minor": pl.Int64,
    "status": pl.String,
}
MEMBERSHIPS = {"record": pl.Int64, "customer": pl.Int64}
DAY = 86_400_000_000
TODAY = 20_000


def interactions_of(events: list[tuple[int, int, str, int | None, str | None]]) -> pl.DataFrame:
    """From (record, day, kind, amount, status)."""
    return pl.DataFrame(
        [
            (record, number, day * DAY + 60_000_000 * number, day, kind, "shop", amount, status)
            for number, (record, day, kind, amount, status) in enumerate(events)
        ],
        schema=INTERACTIONS,
        orient="row",
    )


def memberships_of(customers: dict[int, int]) -> pl.DataFrame:
    return pl.DataFrame(list(customers.items()), schema=MEMBERSHIPS, orient="row")


def plain_figures(
    interactions: list[dict[str, Any]], customers: dict[int, int], today: int
) -> list[dict[str, Any]]:
    """The same, customer by customer, in a loop."""
    found = []
    for customer in sorted(set(customers.values())):
        mine = [
            i for i in interactions if customers.get(i["record"]) == customer and i["day"] <= today
        ]
        orders = [i for i in mine if i["kind"] == "order" and i["status"] != "cancelled"]
        bought = [i for i in orders if (i["amount_minor"] or 0) > 0]
        days = sorted({i["day"] for i in bought})
        contact = max(
            (i for i in mine if i["kind"] in CONTACTS.kinds),
            key=lambda i: (i["at"], -CONTACTS.kinds.index(i["kind"])),
            default={},
        )
        complaints = [i for i in mine if i["kind"] == "complaint"]
        gaps = [later - earlier for earlier, later in itertools.pairwise(days)]
        found.append(
            {
                "customer": customer,
                "orders": len(bought),
                "revenue_minor": sum(i["amount_minor"] or 0 for i in orders),
                "revenue_12m_minor": sum(
                    i["amount_minor"] or 0 for i in orders if i["day"] >= today - 365
                ),
                "first_order_day": min(days, default=None),
                "last_order_day": max(days, default=None),
                "days_between_orders": median(gaps) if gaps else None,
                "last_contact_at": contact.get("at"),
                "last_contact_kind": contact.get("kind"),
                "open_complaints": sum(i["status"] == "open" for i in complaints),
                "complaints": len(complaints),
                "interactions": len(mine),
            }
        )
    return found


def test_a_customer_told_out_in_full(both_engines: OnEngine) -> None:
    events = [
        (1, 19_000, "order", 10_000, "closed"),
        (1, 19_010, "order", 5_000, ""),
        (1, 19_010, "order", 2_500, ""),  # the same day: one visit to the shop
        (2, 19_900, "order", 20_000, "open"),  # his other record
        (2, 19_905, "order", -20_000, "closed"),  # the return
        (2, 19_906, "order", 99_999, "cancelled"),
        (2, 19_907, "order", None, ""),
        (1, 19_910, "complaint", None, "open"),
        (1, 19_911, "complaint", None, "closed"),
        (2, 19_912, "newsletter_opened", None, ""),
        (2, 20_001, "visit", None, "open"),  # an appointment: has not happened yet
    ]
    frames = both_engines(
        {
            "interactions": interactions_of(events),
            "memberships": memberships_of({1: 7, 2: 7, 3: 8}),
        }
    )
    assert rows(figures(**frames, today=TODAY), "customer") == [
        {
            "customer": 7,
            "orders": 4,
            "revenue_minor": 17_500,
            "revenue_12m_minor": 0,
            "first_order_day": 19_000,
            "last_order_day": 19_900,
            "days_between_orders": 450.0,
            "last_contact_at": 19_911 * DAY + 8 * 60_000_000,
            "last_contact_kind": "complaint",
            "open_complaints": 1,
            "complaints": 2,
            "interactions": 10,
        },
        {
            "customer": 8,
            "orders": 0,
            "revenue_minor": 0,
            "revenue_12m_minor": 0,
            "first_order_day": None,
            "last_order_day": None,
            "days_between_orders": None,
            "last_contact_at": None,
            "last_contact_kind": None,
            "open_complaints": 0,
            "complaints": 0,
            "interactions": 0,
        },
    ]


def test_many_customers_equal_a_plain_recount(both_engines: OnEngine) -> None:
    dice = random.Random(2)
    kinds = ["order", "order", "order", "complaint", "page_view", *CONTACTS.kinds]
    events = [
        (
            dice.randrange(500),
            TODAY + dice.choice([-365, -366, 0, 1, *(-dice.randrange(900) for _ in range(20))]),
            dice.choice(kinds),
            dice.choice([None, 0, -500, 1, 2_500, 10**10]),
            dice.choice(["", "open", "closed", "cancelled", None]),
        )
        for _ in range(4_000)
    ]
    customers = {record: record // 2 for record in range(10, 520)}
    data = interactions_of(events)
    frames = both_engines({"interactions": data, "memberships": memberships_of(customers)})
    found = rows(figures(**frames, today=TODAY), "customer")
    expected = plain_figures(data.to_dicts(), customers, TODAY)
    assert found == expected
    for column in expected[0]:  # the comparison saw every figure differ from customer to customer
        assert len({row[column] for row in expected}) > 2


def test_one_customer_gets_what_the_whole_gives() -> None:
    dice = random.Random(4)
    data = interactions_of(
        [
            (
                dice.randrange(40),
                TODAY - dice.randrange(700),
                dice.choice(["order", "mail"]),
                100,
                "",
            )
            for _ in range(400)
        ]
    )
    memberships = memberships_of({record: record // 3 for record in range(40)})

    def of(members: pl.DataFrame) -> list[dict[str, Any]]:
        mine = data.join(members, on="record", how="semi")
        frames = [nw.from_native(frame.lazy()) for frame in (mine, members)]
        return rows(figures(*frames, today=TODAY), "customer")

    singly = [row for _, part in sorted(memberships.group_by("customer")) for row in of(part)]
    assert of(memberships) == singly


def test_types_are_the_same_on_both_engines(both_engines: OnEngine) -> None:
    frames = both_engines(
        {"interactions": interactions_of([]), "memberships": memberships_of({1: 1})}
    )
    assert dict(collect(figures(**frames, today=TODAY)).schema) == {
        "customer": pl.Int64,
        "orders": pl.Int64,
        "revenue_minor": pl.Int64,
        "revenue_12m_minor": pl.Int64,
        "first_order_day": pl.Int32,
        "last_order_day": pl.Int32,
        "days_between_orders": pl.Float64,
        "last_contact_at": pl.Int64,
        "last_contact_kind": pl.String,
        "open_complaints": pl.Int64,
        "complaints": pl.Int64,
        "interactions": pl.Int64,
    }


@pytest.mark.parametrize("days_ago", [0, 365, 366])
def test_the_last_365_days(days_ago: int) -> None:
    frames = [
        nw.from_native(frame.lazy())
        for frame in (
            interactions_of([(1, TODAY - days_ago, "order", 100, "")]),
            memberships_of({1: 1}),
        )
    ]
    found = rows(figures(*frames, today=TODAY), "customer")[0]
    assert found["revenue_12m_minor"] == (100 if days_ago <= 365 else 0)


PROFILES = {
    "kind": pl.String,
    "consents": pl.String,
    "revenue_minor": pl.Int64,
    "revenue_12m_minor": pl.Int64,
    "interactions": pl.Int32,
    "open_complaints": pl.Int32,
    "last_order_day": pl.Int32,
}


def test_totals_are_sums_over_everybody(both_engines: OnEngine) -> None:
    held = [
        ("person", "guuu", 500, 100, 3, 0, TODAY - 90),
        ("organisation", "duuu", 2_000_000_000, 2_000_000_000, 4, 2, TODAY - 91),
        ("organisation", "uggg", 2_000_000_000, 0, 0, 1, None),
    ]
    frames = both_engines({"profiles": pl.DataFrame(held, schema=PROFILES, orient="row")})
    (row,) = collect(totals(**frames, today=TODAY)).to_dicts()
    assert row == {
        "customers": 3, "organisations": 2, "bought_lately": 1, "may_be_mailed": 1,
        "complaining": 2, "open_complaints": 3, "interactions": 7,
        "revenue_minor": 4_000_000_500, "revenue_12m_minor": 2_000_000_100,
    }  # fmt: skip


def test_totals_of_nobody_are_nothing(both_engines: OnEngine) -> None:
    frames = both_engines({"profiles": pl.DataFrame([], schema=PROFILES, orient="row")})
    (row,) = collect(totals(**frames, today=TODAY)).to_dicts()
    assert {value or 0 for value in row.values()} == {0}
