"""Turns purchases into orders with lines, payment, codes, lateness, cancellations, returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.catalogue import INTEREST_CATEGORY, INTERESTS
from klantbeeld.sample.mailings import CAMPAIGNS, WINDOW_DAYS, Mailings
from klantbeeld.sample.places import SHOPS, TOWNS
from klantbeeld.sample.purchases import Purchases
from klantbeeld.sample.traits import Traits
from klantbeeld.sample.world import DAYS, Flags, Ints, World

# Far above the account numbers, so that a key says which of the two it is.
FIRST_NUMBER = 200_001
SHIPPING_CENTS, FREE_FROM_CENTS = 495, 5_000
# Share of till sales to people who leave no name at all, on top of the known customers.
ANONYMOUS_SHARE = 0.035
LATE, COMPLAINS_WHEN_LATE, COMPLAINS_ELSE = 0.07, 0.42, 0.014
LEAVES_AFTER_COMPLAINT = 0.3


@dataclass(slots=True)
class Sales:
    """`orders`: order, number, party (-1 unknown), at, channel (web, shop), shop, employee, method,
    code, origin, cause, status, kind (order, cancelled, credit), amount (cents), late, complained,
    credit_of (number). `lines`: order, line, product, quantity, unit, discount, amount (cents).
    """

    orders: pl.DataFrame
    lines: pl.DataFrame


def sell(world: World, traits: Traits, mailings: Mailings, purchases: Purchases) -> Sales:
    """All orders, numbered in order of time."""
    orders = _leave_after_complaints(world, _moments(world, traits, purchases.orders))
    orders = _explain(world, traits, mailings, orders)
    lines = _lines(world, traits, orders)
    totals = lines.group_by("order").agg(pl.col("amount").sum())
    orders = orders.join(totals, on="order", how="left").with_columns(
        pl.when((pl.col("channel") == "web") & (pl.col("amount") < FREE_FROM_CENTS))
        .then(pl.col("amount") + SHIPPING_CENTS)
        .otherwise(pl.col("amount"))
        .alias("amount")
    )
    orders, lines = _take_back(world, orders, lines)
    return _number(orders, lines)


def _moments(world: World, traits: Traits, bought: pl.DataFrame) -> pl.DataFrame:
    """Adds till sales without a name, the story's order, channel and time of day."""
    rng = world.rng("moments")
    extra = int(bought.height * ANONYMOUS_SHARE)
    nobody = pl.DataFrame(
        {
            "party": np.full(extra, -1),
            "day": rng.integers(0, DAYS, extra),
            "cause": pl.Series(["own"] * extra, dtype=pl.String),
        }
    )
    hers = pl.DataFrame(
        {"party": [story.MARIJKE], "day": [DAYS - story.MOMENTS.ordered], "cause": ["story"]}
    )
    # Her own rhythm stops before the story, so that the story stands out.
    quiet = (pl.col("party") == story.MARIJKE) & (pl.col("day") > DAYS - 90)
    orders = pl.concat([bought.filter(~quiet), nobody, hers])
    party, day = orders["party"].to_numpy(), orders["day"].to_numpy()
    in_shop = (party < 0) | (rng.random(len(party)) < traits.in_shop[party])
    in_shop &= orders["cause"].to_numpy() != "story"
    weekday = (day + world.start.weekday()) % 7
    day = np.where(in_shop & (weekday == 6), np.maximum(day - 1, 0), day)
    online = np.clip(rng.normal(19.0, 3.2, len(day)) * 3600, 0, 86_399).astype(np.int64)
    second = np.where(in_shop, rng.integers(34_200, 63_000, len(day)), online)
    second = np.where(orders["cause"].to_numpy() == "story", 73_080, second)
    base = np.datetime64(world.moment(0), "us")
    at = base + (day * 86_400 + second).astype("timedelta64[s]")
    late = ~in_shop & (rng.random(len(day)) < LATE)
    unhappy = rng.random(len(day)) < np.where(late, COMPLAINS_WHEN_LATE, COMPLAINS_ELSE)
    return orders.with_columns(
        pl.Series("day", day),
        pl.Series("at", at),
        pl.Series("channel", np.where(in_shop, "shop", "web").tolist(), dtype=pl.String),
        pl.Series("late", late),
        pl.Series("complained", unhappy & (party > story.SON) & (day < DAYS - 2)),
    )


def _leave_after_complaints(world: World, orders: pl.DataFrame) -> pl.DataFrame:
    """Three in ten of those who complained never come back by themselves."""
    rng = world.rng("leavers")
    first = (
        orders.filter(pl.col("complained"))
        .group_by("party")
        .agg(pl.col("day").min().alias("upset"))
        .sort("party")
    )
    gone = first.filter(pl.Series(rng.random(first.height) < LEAVES_AFTER_COMPLAINT))
    return (
        orders.join(gone, on="party", how="left", maintain_order="left")
        .filter(
            pl.col("upset").is_null()
            | (pl.col("day") <= pl.col("upset"))
            | (pl.col("cause") != "own")
        )
        .drop("upset")
        .sort("at", "party", "cause", "channel", maintain_order=True)
        .with_row_index("order")
    )


def _codes(world: World, traits: Traits, mailings: Mailings, orders: pl.DataFrame) -> list[str]:
    """Code per order: nearly always when it caused the order, sometimes when at hand."""
    rng = world.rng("codes")
    party, day = orders["party"].to_numpy(), orders["day"].to_numpy()
    cause = orders["cause"].to_list()
    code = np.full(len(party), "", dtype=object)
    for campaign in CAMPAIGNS:
        treated = np.zeros(world.parties + 1, dtype=np.bool_)
        lots = mailings.lots.filter((pl.col("campaign") == campaign.code) & pl.col("treated"))
        treated[lots["party"].to_numpy()] = True
        sent = DAYS - campaign.days_ago
        at_hand = treated[party] & (day > sent) & (day <= sent + WINDOW_DAYS)
        eager = np.where(traits.bargain[party], 0.75, 0.3)
        code[at_hand & (rng.random(len(party)) < eager)] = campaign.code
    for index, reason in enumerate(cause):
        if reason.startswith("campaign:") and rng.random() < 0.92:
            code[index] = reason.removeprefix("campaign:")
        elif reason == "story":
            code[index] = story.CAMPAIGN
    welcome = (code == "") & (rng.random(len(party)) < 0.015)
    code[welcome] = "WELKOM5"
    return [str(one) for one in code]


def _explain(
    world: World, traits: Traits, mailings: Mailings, orders: pl.DataFrame
) -> pl.DataFrame:
    """Adds code, origin, employee, shop, payment method and status."""
    rng = world.rng("explain")
    count = orders.height
    party = orders["party"].to_numpy()
    web = orders["channel"].to_numpy() == "web"
    codes = _codes(world, traits, mailings, orders)
    has_code = np.array([bool(one) and one != "WELKOM5" for one in codes])
    advised = ~web & (rng.random(count) < 0.55)
    funnel = web & (rng.random(count) < 0.4)
    origin = np.where(has_code, "campagne", np.where(advised, "advies", ""))
    origin = np.where(~has_code & funnel, "funnel", origin)
    staff = np.array(catalogue.EMPLOYEES)[rng.integers(0, len(catalogue.EMPLOYEES), count)]
    near = _nearest_shop(world)[party]
    shop = np.array(SHOPS)[np.where(rng.random(count) < 0.85, near, rng.integers(0, 5, count))]
    firm = party >= len(world.people)
    online = rng.choice(["iDEAL", "creditcard", "achteraf"], count, p=[0.72, 0.1, 0.18])
    method = np.where(web, online, "pin")
    method = np.where(firm & (rng.random(count) < 0.5), "op rekening", method)
    cancelled = web & (rng.random(count) < 0.02) & (party > story.SON)
    recent = orders["day"].to_numpy() >= DAYS - 3
    status = np.where(cancelled, "geannuleerd", np.where(recent & web, "in behandeling", ""))
    status = np.where(status == "", "afgerond", status)
    return orders.with_columns(
        pl.Series("code", codes, dtype=pl.String),
        pl.Series("origin", origin.tolist(), dtype=pl.String),
        pl.Series("employee", np.where(advised, staff, "").tolist(), dtype=pl.String),
        pl.Series("shop", np.where(web, "webshop", shop).tolist(), dtype=pl.String),
        pl.Series("method", method.tolist(), dtype=pl.String),
        pl.Series("status", status.tolist(), dtype=pl.String),
        pl.Series("kind", np.where(cancelled, "cancelled", "order").tolist(), dtype=pl.String),
        pl.Series("complained", orders["complained"].to_numpy() & ~cancelled),
        pl.lit("").alias("credit_of"),
    )


def _nearest_shop(world: World) -> Ints:
    """Index of the shop per party, by area; the last entry serves customers without a name."""
    area = {town.area_code: index for index, town in enumerate(TOWNS[:5])}
    result = [
        area.get(world.party(index).address.area_code, index % 5) for index in range(world.parties)
    ]
    return np.array([*result, 0])


def _choose_products(world: World, traits: Traits, party: Ints) -> Ints:
    rng = world.rng("products")
    weights = np.array([product.weight for product in world.products])
    chosen = rng.choice(len(weights), len(party), p=weights / weights.sum())
    follows = (party >= 0) & (rng.random(len(party)) < 0.12)
    for number, interest in enumerate(INTERESTS):
        category = INTEREST_CATEGORY[interest]
        own = [i for i, one in enumerate(world.products) if one.category == category]
        here = np.flatnonzero(follows & (traits.interest[party] == number))
        chosen[here] = np.array(own)[rng.integers(0, len(own), len(here))]
    return chosen


def _lines(world: World, traits: Traits, orders: pl.DataFrame) -> pl.DataFrame:
    rng = world.rng("lines")
    party_of = orders["party"].to_numpy()
    hers = orders["cause"].to_numpy() == "story"
    number = np.where(hers, len(story.ORDER_PRODUCTS), 1 + rng.poisson(0.65, orders.height))
    order = np.repeat(np.arange(orders.height), number)
    line = np.arange(len(order)) - np.repeat(np.cumsum(number) - number, number) + 1
    party = party_of[order]
    product = _choose_products(world, traits, party)
    codes = [one.code for one in world.products]
    product[hers[order]] = [codes.index(one) for one in story.ORDER_PRODUCTS]
    price = np.array([one.price_cents for one in world.products])[product]
    spend = np.where(party >= 0, traits.spend[party], 1.0)
    quantity = 1 + np.where(price < 10_000, rng.poisson(0.22 * spend), 0)
    quantity = np.where(hers[order], 1, quantity)
    in_sale = (party >= 0) & traits.bargain[party] & (rng.random(len(party)) < 0.45)
    unit = np.where(in_sale & ~hers[order], (price * 85) // 100, price)
    rates = {campaign.code: campaign.discount for campaign in CAMPAIGNS} | {"WELKOM5": 0.05}
    rate = np.array([rates.get(code, 0.0) for code in orders["code"].to_list()])[order]
    discount = np.rint(quantity * unit * rate).astype(np.int64)
    return pl.DataFrame(
        {
            "order": order.astype(np.int64),
            "line": line,
            "product": product.astype(np.int64),
            "quantity": quantity.astype(np.int64),
            "unit": unit.astype(np.int64),
            "discount": discount,
            "amount": quantity * unit - discount,
        }
    )


def _returned(world: World, orders: pl.DataFrame) -> Flags:
    rng = world.rng("returns")
    party = orders["party"].to_numpy()
    fit = (orders["kind"].to_numpy() == "order") & (party > story.SON)
    fit &= (orders["channel"].to_numpy() == "web") & (orders["day"].to_numpy() < DAYS - 30)
    back: Flags = fit & (rng.random(len(party)) < 0.045)
    return back


def _take_back(
    world: World, orders: pl.DataFrame, lines: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Adds credit orders with negative amounts: the first line of the order comes back."""
    orders = orders.with_columns(pl.col("order").cast(pl.Int64))
    back = orders.filter(pl.Series(_returned(world, orders)))
    firsts = lines.filter(pl.col("line") == 1).select("order", returned="amount")
    credit = back.join(firsts, on="order", how="left", maintain_order="left").with_columns(
        pl.col("order").cast(pl.String).alias("credit_of"),
        (pl.col("at") + pl.duration(days=9, minutes=47)).alias("at"),
        (-pl.col("returned")).alias("amount"),
        pl.lit("retour").alias("status"),
        pl.lit("credit").alias("kind"),
        pl.lit("").alias("code"),
        pl.lit("").alias("origin"),
        pl.lit("return").alias("cause"),
        pl.lit(value=False).alias("complained"),
        pl.lit(value=False).alias("late"),
    )
    fresh = pl.Series("fresh", np.arange(orders.height, orders.height + credit.height))
    pairs = credit.select(old="order").with_columns(fresh.cast(pl.Int64))
    moved = (
        lines.filter(pl.col("line") == 1)
        .join(pairs, left_on="order", right_on="old", how="inner", maintain_order="right")
        .with_columns(
            pl.col("fresh").alias("order"),
            -pl.col("quantity"),
            -pl.col("discount"),
            -pl.col("amount"),
        )
        .drop("fresh")
    )
    credit = credit.with_columns(fresh.cast(pl.Int64).alias("order")).drop("returned")
    return pl.concat([orders, credit.select(orders.columns)]), pl.concat([lines, moved])


def _number(orders: pl.DataFrame, lines: pl.DataFrame) -> Sales:
    orders = orders.sort("at", "order").with_row_index("rank")
    number = (pl.col("rank").cast(pl.Int64) + FIRST_NUMBER).cast(pl.String)
    orders = orders.with_columns(number.alias("number")).drop("rank")
    names = orders.select(pl.col("order").cast(pl.String).alias("credit_of"), original="number")
    orders = (
        orders.join(names, on="credit_of", how="left", maintain_order="left")
        .with_columns(pl.col("original").fill_null("").alias("credit_of"))
        .drop("original", "day")
    )
    rank = orders.select("order").with_row_index("rank")
    lines = lines.join(rank, on="order", how="left").sort("rank", "line").drop("rank")
    return Sales(orders, lines)
