"""Who bought, read and stayed away, on both engines."""

from __future__ import annotations

import polars as pl

from klantbeeld.segments import buyers
from tests.engines import OnEngine, rows

INTERACTIONS = {
    "id": pl.Int64, "record_id": pl.Int64, "day": pl.Int32, "kind": pl.String,
    "status": pl.String, "amount_minor": pl.Int64, "topic": pl.String,
}  # fmt: skip
PROFILES = {
    "customer_id": pl.Int64, "group": pl.String, "orders": pl.Int32, "revenue_minor": pl.Int64,
    "days_between_orders": pl.Float64, "last_order_day": pl.Int32, "contact": pl.String,
    "open_complaints": pl.Int32,
}  # fmt: skip
LINES = {
    "interaction_id": pl.Int64, "product_id": pl.Int64, "quantity": pl.Float64,
    "amount_minor": pl.Int64,
}  # fmt: skip
TODAY = 20_000
HAPPENED = pl.DataFrame(
    [
        (1, 10, 100, "order", "closed", 500, None),
        (2, 11, 200, "order", "", 300, None),  # the same customer, another record
        (3, 20, 150, "order", "cancelled", 900, None),
        (4, 20, 160, "order", None, -200, None),  # a return
        (5, 30, 160, "order", "closed", 700, None),
        (6, 99, 160, "order", "closed", 700, None),  # of nobody
        (7, 10, 170, "newsletter_opened", "", None, "bikes"),
        (8, 10, 171, "newsletter_clicked", "", None, "bikes"),
        (9, 30, 20, "newsletter_opened", "", None, None),
    ],
    schema=INTERACTIONS, orient="row",
)  # fmt: skip
MEMBERS = pl.DataFrame({"record_id": [10, 11, 20, 30], "customer_id": [1, 1, 2, 3]})
BOUGHT = pl.DataFrame(
    [(1, 7, 1.0, 500), (2, 8, 1.0, 300), (3, 7, 1.0, 900), (4, 7, -1.0, -200), (5, 7, 2.0, 700)],
    schema=LINES, orient="row",
)  # fmt: skip


def test_purchases_leave_out_what_was_cancelled(both_engines: OnEngine) -> None:
    frames = both_engines({"interactions": HAPPENED, "memberships": MEMBERS, "lines": BOUGHT})
    bought = buyers.purchases(frames["interactions"], frames["memberships"], (100, 199))
    assert [r["interaction"] for r in rows(bought, "interaction")] == [1, 4, 5]
    best = buyers.revenue(bought)
    assert rows(best, "customer") == [
        {"customer": 1, "revenue_minor": 500, "orders": 1, "last_day": 100},
        {"customer": 3, "revenue_minor": 700, "orders": 1, "last_day": 160},
    ]
    ever = buyers.purchases(frames["interactions"], frames["memberships"], (0, 999))
    assert rows(buyers.buyers(ever, frames["lines"], [7]), "customer") == [
        {"customer": 1, "times": 1, "last_day": 100, "amount_minor": 500},
        {"customer": 3, "times": 1, "last_day": 160, "amount_minor": 700},
    ]
    assert rows(buyers.buyers(ever, frames["lines"], [8]), "customer")[0]["customer"] == 1
    assert rows(buyers.buyers(ever, frames["lines"], []), "customer") == []


def test_reading_counts_per_customer_and_topic(both_engines: OnEngine) -> None:
    frames = both_engines({"interactions": HAPPENED, "memberships": MEMBERS})
    read = buyers.reading(frames["interactions"], frames["memberships"], (100, 300))
    assert rows(read, "customer") == [
        {"customer": 1, "topic": "bikes", "opened": 1, "clicked": 1, "last_day": 171}
    ]
    every = buyers.reading(frames["interactions"], frames["memberships"], (0, 300))
    assert [(r["customer"], r["topic"]) for r in rows(every, "customer")] == [(1, "bikes"), (3, "")]
    one = buyers.reading(frames["interactions"], frames["memberships"], (0, 300), "bikes")
    assert len(rows(one, "customer")) == 1


def test_silent_and_leaving_go_by_the_day(both_engines: OnEngine) -> None:
    profiles = pl.DataFrame(
        [
            (1, "active", 5, 900, 100.0, TODAY - 150, "uuuu", 0),  # exactly one and a half times
            (2, "active", 5, 800, 100.0, TODAY - 151, "uguu", 0),
            (3, "inactive", 3, 700, 10.0, TODAY - 730, "uduu", 0),
            (4, "inactive", 3, 600, 10.0, TODAY - 731, "uuuu", 0),  # gone already
            (5, "active", 2, 500, 10.0, TODAY - 90, "uuuu", 0),  # too few to have a rhythm
            (6, "other", 9, 400, 10.0, TODAY - 90, "uuuu", 0),  # a supplier
            (7, "active", 9, 300, 10.0, TODAY - 90, "uuuu", 2),  # complains
            (8, "potential", 0, 0, None, None, "uuuu", 0),
            (9, "active", 4, 100, 10.0, TODAY - 90, "uwuu", 0),
        ],
        schema=PROFILES, orient="row",
    )  # fmt: skip
    frames = both_engines({"profiles": profiles})
    late = rows(buyers.leaving(frames["profiles"], TODAY), "customer")
    assert [r["customer"] for r in late] == [2, 3, 7, 9]
    assert (late[0]["usual_days"], late[0]["away_days"]) == (100, 151)
    assert [r["open_complaints"] for r in late] == [0, 0, 2, 0]
    silent = rows(buyers.silent(frames["profiles"], TODAY - 150), "customer")
    assert [r["customer"] for r in silent] == [2, 3, 4]
