"""Figures of every customer, or of one: lazy frames in, a lazy frame out, on either engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from klantbeeld.engine import YEAR, Latest
from klantbeeld.privacy.reads import LETTERS

Frame = nw.LazyFrame[Any]

# Kinds in which people met; of two at the very same moment the earlier in the list is told.
CONTACTS = Latest(
    ("visit", "meeting", "call", "chat", "mail", "letter", "complaint", "service", "question")
)

LATELY = 90
SUMMED = ("open_complaints", "interactions", "revenue_minor", "revenue_12m_minor")


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
    happened = interactions.filter(nw.col("day") <= today)
    owners = memberships.select("record", "customer")
    orders = _orders(happened, owners)
    everybody = owners.select("customer").unique()
    for part in (
        _sums(orders, today),
        _intervals(orders),
        _contacts(happened, owners),
        _interactions(happened, owners),
    ):
        everybody = everybody.join(part, on="customer", how="left")
    return everybody.select(
        "customer",
        *_counts("orders", "revenue_minor", "revenue_12m_minor"),
        "first_order_day",
        "last_order_day",
        "days_between_orders",
        CONTACTS.instant(nw.col("contact")).alias("last_contact_at"),
        CONTACTS.kind(nw.col("contact")).alias("last_contact_kind"),
        *_counts("open_complaints", "complaints", "interactions"),
    )


def _orders(happened: Frame, owners: Frame) -> Frame:
    """customer, day, amount_minor, purchase_day (null for a return) of what was not cancelled."""
    is_cancelled = (nw.col("status") == "cancelled").fill_null(False)
    is_purchase = nw.col("amount_minor") > 0
    return (
        happened.filter(nw.col("kind") == "order", ~is_cancelled)
        .select(
            "record",
            "day",
            "amount_minor",
            nw.when(is_purchase).then(nw.col("day")).alias("purchase_day"),
        )
        .join(owners, on="record", how="inner")
    )


def _sums(orders: Frame, today: int) -> Frame:
    last_year = nw.when(nw.col("day") >= today - YEAR).then(nw.col("amount_minor"))
    purchases = nw.col("purchase_day")
    return (
        orders.with_columns(last_year.alias("amount_12m"))
        .group_by("customer")
        .agg(
            purchases.count().cast(nw.Int64).alias("orders"),
            nw.col("amount_minor").sum().cast(nw.Int64).alias("revenue_minor"),
            nw.col("amount_12m").sum().cast(nw.Int64).alias("revenue_12m_minor"),
            purchases.min().alias("first_order_day"),
            purchases.max().alias("last_order_day"),
        )
    )


def _intervals(orders: Frame) -> Frame:
    """customer, days_between_orders; several purchases on one day are one visit to the shop."""
    day = nw.col("purchase_day")
    days = orders.filter(~day.is_null()).select("customer", "purchase_day").unique()
    gaps = days.with_columns(
        (day - day.shift(1).over("customer", order_by="purchase_day")).alias("gap")
    )
    return gaps.group_by("customer").agg(
        nw.col("gap").median().cast(nw.Float64).alias("days_between_orders")
    )


def _contacts(happened: Frame, owners: Frame) -> Frame:
    is_complaint = nw.col("kind") == "complaint"
    is_open = (nw.col("status") == "open").fill_null(False)
    return (
        happened.filter(nw.col("kind").is_in(CONTACTS.kinds))
        .select(
            "record",
            CONTACTS.pack(nw.col("at"), nw.col("kind")).alias("contact"),
            is_complaint.cast(nw.Int64).alias("complaints"),
            (is_complaint & is_open).cast(nw.Int64).alias("open_complaints"),
        )
        .join(owners, on="record", how="inner")
        .group_by("customer")
        .agg(nw.col("contact").max(), nw.col("complaints", "open_complaints").sum())
    )


def _interactions(happened: Frame, owners: Frame) -> Frame:
    return (
        happened.select("record")
        .join(owners, on="record", how="inner")
        .group_by("customer")
        .agg(nw.len().cast(nw.Int64).alias("interactions"))
    )


def _counts(*columns: str) -> list[nw.Expr]:
    """Zero for a customer to whom nothing happened."""
    return [nw.col(column).fill_null(0) for column in columns]


def totals(profiles: Frame, today: int) -> Frame:
    """One row with what all customers come to; sums are null when there is nobody.

    `profiles`: kind, consents (a letter per channel, mail first), revenue_minor,
    revenue_12m_minor, interactions, open_complaints, last_order_day (nullable). Returns
    customers, organisations, bought_lately (a purchase in the last `LATELY` days before `today`),
    may_be_mailed, complaining (customers with an open complaint), open_complaints, interactions,
    revenue_minor and revenue_12m_minor.
    """
    is_mailed = nw.col("consents").str.slice(0, 1) == LETTERS["granted"]
    bought = (nw.col("last_order_day") >= today - LATELY).fill_null(False)
    facts = profiles.select(
        nw.lit(1).cast(nw.Int64).alias("customers"),
        (nw.col("kind") == "organisation").cast(nw.Int64).alias("organisations"),
        bought.cast(nw.Int64).alias("bought_lately"),
        is_mailed.cast(nw.Int64).alias("may_be_mailed"),
        (nw.col("open_complaints") > 0).cast(nw.Int64).alias("complaining"),
        *(nw.col(c).cast(nw.Int64) for c in SUMMED),
    )
    return facts.select(nw.all().sum())
