"""Figures of every customer, or of one: lazy frames in, a lazy frame out, on either engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from klantbeeld.engine import YEAR, Latest

Frame = nw.LazyFrame[Any]

# Kinds in which people met; of two at the very same moment the earlier in the list is told.
CONTACTS = Latest(
    ("visit", "meeting", "call", "chat", "mail", "letter", "complaint", "service", "question")
)


def figures(interactions: Frame, memberships: Frame, today: int) -> Frame:
    """One row per customer of `memberships`, what happened up to and including day `today`.

    `interactions`: record, interaction, at (µs UTC), day (since 1970-01-01), kind, channel,
    amount_minor (nullable), status ('open', 'closed', 'cancelled' or ''). `memberships`: record,
    customer. Returns

    - customer
    - orders: purchases, that is orders that were not cancelled, of a positive amount
    - revenue_minor: the sum of all orders not cancelled; returns are negative orders
    - revenue_12m_minor: the same over the last 365 days
    - first_order_day, last_order_day: of purchases, null without any
    - days_between_orders: median of the days between successive days with a purchase, Float64,
      null with fewer than two such days
    - last_contact_at (µs), last_contact_kind: the last of CONTACTS, null without any
    - open_complaints, complaints, interactions: counts
    """
    history = _history(interactions, memberships, today)
    sums = history.group_by("customer").agg(
        nw.col("bought").sum().cast(nw.Int64).alias("orders"),
        nw.col("amount").sum().cast(nw.Int64).alias("revenue_minor"),
        nw.col("amount_12m").sum().cast(nw.Int64).alias("revenue_12m_minor"),
        nw.col("order_day").min().alias("first_order_day"),
        nw.col("order_day").max().alias("last_order_day"),
        nw.col("contact").max(),
        nw.col("open_complaint").sum().cast(nw.Int64).alias("open_complaints"),
        nw.col("complaint").sum().cast(nw.Int64).alias("complaints"),
        nw.len().cast(nw.Int64).alias("interactions"),
    )
    everybody = memberships.select("customer").unique()
    joined = everybody.join(sums, on="customer", how="left").join(
        _intervals(history), on="customer", how="left"
    )
    return joined.select(
        "customer",
        *_counts("orders", "revenue_minor", "revenue_12m_minor"),
        "first_order_day",
        "last_order_day",
        "days_between_orders",
        CONTACTS.instant(nw.col("contact")).alias("last_contact_at"),
        CONTACTS.kind(nw.col("contact")).alias("last_contact_kind"),
        *_counts("open_complaints", "complaints", "interactions"),
    )


def _history(interactions: Frame, memberships: Frame, today: int) -> Frame:
    """What happened by `today`, with the customer and per row its share in each figure."""
    kind, day, amount = nw.col("kind"), nw.col("day"), nw.col("amount_minor")
    is_order = (kind == "order") & ~(nw.col("status") == "cancelled").fill_null(False)
    is_purchase = is_order & (amount > 0).fill_null(False)
    is_complaint = kind == "complaint"
    is_open = (nw.col("status") == "open").fill_null(False)
    return (
        interactions.filter(day <= today)
        .join(memberships.select("record", "customer"), on="record", how="inner")
        .select(
            "customer",
            is_purchase.cast(nw.Int32).alias("bought"),
            nw.when(is_order).then(amount).alias("amount"),
            nw.when(is_order & (day >= today - YEAR)).then(amount).alias("amount_12m"),
            nw.when(is_purchase).then(day).alias("order_day"),
            CONTACTS.pack(nw.col("at"), kind).alias("contact"),
            is_complaint.cast(nw.Int32).alias("complaint"),
            (is_complaint & is_open).cast(nw.Int32).alias("open_complaint"),
        )
    )


def _intervals(history: Frame) -> Frame:
    """customer, days_between_orders; several purchases on one day are one visit to the shop."""
    day = nw.col("order_day")
    days = history.filter(~day.is_null()).select("customer", "order_day").unique()
    gaps = days.with_columns(
        (day - day.shift(1).over("customer", order_by="order_day")).alias("gap")
    )
    return gaps.group_by("customer").agg(
        nw.col("gap").median().cast(nw.Float64).alias("days_between_orders")
    )


def _counts(*columns: str) -> list[nw.Expr]:
    """Zero for a customer to whom nothing happened."""
    return [nw.col(column).fill_null(0) for column in columns]
