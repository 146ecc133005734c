"""The five customer groups, by their definition, from the true history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import polars as pl

NEVER_CUSTOMERS = ("leverancier", "oud-medewerker", "overleden", "concurrent")
LEADS = ("quote", "request", "configure", "cart", "funnel")
CONTACTS = (
    "opened", "clicked", "page_view", "search", "product_view", "login", "portal_use", "follow",
    "like", "comment", "mention", "survey", "mail_in", "mail_out", "service", "complaint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the definition; the readings differ in what it leaves open."""

    days: int = 365
    buys: tuple[str, ...] = ("order",)
    leads: tuple[str, ...] = LEADS
    contacts: tuple[str, ...] = CONTACTS
    only_linkable: bool = True


PLAIN = Reading()
OTHER_READINGS = (
    replace(PLAIN, days=364),
    replace(PLAIN, days=366),
    replace(PLAIN, buys=("order", "cancelled")),
    replace(PLAIN, contacts=(*CONTACTS, "points", "document", "sent", "bounced", "holdout")),
    replace(PLAIN, contacts=tuple(one for one in CONTACTS if one != "mail_out")),
    replace(PLAIN, only_linkable=False),
)


def customer_groups(
    rows: pl.DataFrame, parties: pl.DataFrame, today: date, reading: Reading = PLAIN
) -> pl.DataFrame:
    """party, group. `rows`: party, kind, at, amount, is_linkable (stored rows only);
    `parties`: party, relation, has_subscription, is_running."""
    since = datetime.combine(today - timedelta(days=reading.days), time(23, 59, 59))
    recent = pl.col("at") > since
    bought = pl.col("kind").is_in(reading.buys) & (pl.col("amount") > 0)
    used = rows.filter(pl.col("is_linkable")) if reading.only_linkable else rows
    facts = used.group_by("party").agg(
        bought.any().alias("ever"),
        (bought & recent).any().alias("lately"),
        (pl.col("kind").is_in(reading.leads) & recent).any().alias("lead"),
        (pl.col("kind").is_in(reading.contacts) & recent).any().alias("contact"),
    )
    known = parties.join(facts, on="party", how="left").with_columns(
        pl.col("ever", "lately", "lead", "contact").fill_null(value=False)
    )
    return known.select(
        "party",
        pl.when(pl.col("relation").is_in(NEVER_CUSTOMERS))
        .then(pl.lit("other"))
        .when(pl.col("lately") | pl.col("is_running"))
        .then(pl.lit("active"))
        .when(pl.col("ever") | pl.col("has_subscription"))
        .then(pl.lit("inactive"))
        .when(pl.col("lead"))
        .then(pl.lit("potential"))
        .when(pl.col("contact"))
        .then(pl.lit("possibly_interested"))
        .otherwise(pl.lit("other"))
        .alias("group"),
    )
