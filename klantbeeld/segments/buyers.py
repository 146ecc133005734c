"""Who bought, read or stayed away: lazy frames in, a lazy frame out, on either engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from klantbeeld.segments.rules import OTHER

Frame = nw.LazyFrame[Any]

# Away longer than so many times the usual days between purchases, counted from the last one.
TOO_LONG = 1.5
FEWEST_ORDERS = 3
# Whoever bought longer ago than this has left already.
GONE_DAYS = 730
READ = ("newsletter_opened", "newsletter_clicked")


def purchases(interactions: Frame, memberships: Frame, days: tuple[int, int]) -> Frame:
    """interaction, customer, day, amount_minor of orders within `days` (both in it).

    `interactions`: id, record_id, day, kind, status, amount_minor. Orders that were cancelled do
    not count; returns do, as negative amounts. `memberships`: record_id, customer_id.
    """
    day, is_cancelled = nw.col("day"), (nw.col("status") == "cancelled").fill_null(False)
    return (
        interactions.filter(nw.col("kind") == "order", day >= days[0], day <= days[1])
        .filter(~is_cancelled)
        .select("id", "record_id", "day", "amount_minor")
        .join(memberships.select("record_id", "customer_id"), on="record_id", how="inner")
        .select(
            nw.col("id").alias("interaction"), nw.col("customer_id").alias("customer"), "day",
            "amount_minor",
        )
    )  # fmt: skip


def revenue(bought: Frame) -> Frame:
    """customer, revenue_minor, orders, last_day of customers with revenue; of `purchases`."""
    is_purchase = (nw.col("amount_minor") > 0).fill_null(False)
    sums = (
        bought.with_columns(is_purchase.cast(nw.Int64).alias("orders"))
        .group_by("customer")
        .agg(
            nw.col("amount_minor").sum().cast(nw.Int64).alias("revenue_minor"),
            nw.col("orders").sum(),
            nw.col("day").max().alias("last_day"),
        )
    )
    return sums.filter(nw.col("revenue_minor") > 0)


def buyers(bought: Frame, lines: Frame, products: Sequence[int]) -> Frame:
    """customer, times, last_day, amount_minor of who bought any of these products.

    `bought` as `purchases` gives; `lines`: interaction_id, product_id, quantity, amount_minor.
    Only orders of a positive amount count, and of those lines with a positive quantity.
    """
    wanted = lines.filter(nw.col("product_id").is_in(list(products)), nw.col("quantity") > 0)
    orders = bought.filter((nw.col("amount_minor") > 0).fill_null(False))
    return (
        wanted.select(
            nw.col("interaction_id").alias("interaction"),
            nw.col("amount_minor").alias("line_amount"),
        )
        .join(orders.select("interaction", "customer", "day"), on="interaction", how="inner")
        .group_by("customer")
        .agg(
            nw.col("interaction").n_unique().cast(nw.Int64).alias("times"),
            nw.col("day").max().alias("last_day"),
            nw.col("line_amount").sum().cast(nw.Int64).alias("amount_minor"),
        )
    )


def subscribers(subscriptions: Frame, memberships: Frame, names: Sequence[str]) -> Frame:
    """customer, once each: of who has or had a subscription with one of these names.

    `subscriptions`: record_id, name. `memberships`: record_id, customer_id.
    """
    return (
        subscriptions.filter(nw.col("name").is_in(list(names)))
        .select("record_id")
        .join(memberships.select("record_id", "customer_id"), on="record_id", how="inner")
        .select(nw.col("customer_id").alias("customer"))
        .unique()
    )


def reading(
    interactions: Frame, memberships: Frame, days: tuple[int, int], topic: str = ""
) -> Frame:
    """customer, topic, opened, clicked, last_day: a row per customer and topic of the newsletter.

    `interactions`: record_id, day, kind, topic (nullable). `topic` is the one wanted, "" for all.
    """
    day, kind = nw.col("day"), nw.col("kind")
    read = interactions.filter(kind.is_in(list(READ)), day >= days[0], day <= days[1])
    if topic:
        read = read.filter(nw.col("topic") == topic)
    return (
        read.select(
            "record_id",
            nw.col("topic").fill_null("").alias("topic"),
            (kind == READ[0]).cast(nw.Int64).alias("opened"),
            (kind == READ[1]).cast(nw.Int64).alias("clicked"),
            "day",
        )
        .join(memberships.select("record_id", "customer_id"), on="record_id", how="inner")
        .group_by("customer_id", "topic")
        .agg(nw.col("opened", "clicked").sum(), nw.col("day").max().alias("last_day"))
        .rename({"customer_id": "customer"})
    )


def silent(profiles: Frame, before: int) -> Frame:
    """customer, revenue_minor, last_day of who ever bought, but not on or after day `before`.

    `profiles`: customer_id, orders, revenue_minor, last_order_day (nullable).
    """
    is_silent = (nw.col("orders") > 0) & (nw.col("last_order_day") < before).fill_null(False)
    return profiles.filter(is_silent).select(
        nw.col("customer_id").alias("customer"),
        "revenue_minor",
        nw.col("last_order_day").alias("last_day"),
    )


def leaving(profiles: Frame, today: int) -> Frame:
    """Who stays away long: customer, revenue_minor, last_day, usual_days, away_days, contact.

    Simple recency: at least `FEWEST_ORDERS` purchases, and away longer than `TOO_LONG` times the
    customer's own usual days between them, but not longer than `GONE_DAYS`; open_complaints tells
    of how many. `profiles`: customer_id, group, orders, revenue_minor, days_between_orders,
    last_order_day (nullable), contact (a letter per channel), open_complaints.
    """
    away = nw.lit(today) - nw.col("last_order_day")
    usual = nw.col("days_between_orders")
    found = profiles.filter(
        nw.col("group") != OTHER, nw.col("orders") >= FEWEST_ORDERS,
        (usual > 0).fill_null(False), (away > usual * TOO_LONG).fill_null(False),
        (away <= GONE_DAYS).fill_null(False),
    )  # fmt: skip
    return found.select(
        nw.col("customer_id").alias("customer"), "revenue_minor",
        nw.col("last_order_day").alias("last_day"),
        usual.round(0).cast(nw.Int64).alias("usual_days"), away.cast(nw.Int64).alias("away_days"),
        "contact", "open_complaints",
    )  # fmt: skip
