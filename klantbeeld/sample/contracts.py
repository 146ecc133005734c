"""Running subscriptions (maintenance, insurance) and quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.sales import Sales
from klantbeeld.sample.traits import Traits
from klantbeeld.sample.world import DAYS, World

# name: (period, amount per period in cents, share)
PLANS = {
    "Onderhoud Basis": ("maand", 795, 30), "Onderhoud Plus": ("maand", 1_295, 18),
    "Onderhoud zakelijk": ("kwartaal", 8_950, 0), "Fietsverzekering": ("jaar", 8_900, 30),
    "E-bikeverzekering": ("jaar", 16_500, 22),
}  # fmt: skip
QUOTE_STATUS = ("geaccepteerd", "afgewezen", "verlopen", "open")


@dataclass(frozen=True, slots=True)
class Subscription:
    party: int
    number: str
    plan: str
    started: date
    ended: date | None

    def is_running(self, day: date) -> bool:
        return self.started <= day and (self.ended is None or self.ended > day)


@dataclass(frozen=True, slots=True)
class Quote:
    party: int
    number: str
    quoted: date
    amount_cents: int
    status: str
    valid_until: date
    subject: str


def draw_subscriptions(world: World, traits: Traits, sales: Sales) -> list[Subscription]:
    """Four in ten buyers of a bike take one; firms take the business plan."""
    draw = world.random("subscriptions")
    found: list[Subscription] = []
    plans = list(PLANS)
    for party, at in _bike_orders(world, sales):
        if draw.random() >= 0.42 or party == story.SON:
            continue
        started = at.date() + timedelta(days=draw.randint(0, 20))
        plan = "Onderhoud zakelijk"
        if world.is_person(party):
            plan = draw.choices(plans, [PLANS[one][2] for one in plans])[0]
        ended: date | None = None
        if draw.random() < 0.45:
            months = max(1, round(draw.expovariate(1 / 14)))
            ended = started + timedelta(days=30 * months)
        if party != story.MARIJKE and traits.left[party] < DAYS // 2 and ended is None:
            ended = started + timedelta(days=365)
        if started < world.today:
            number = f"AB{len(found) + 10_001}"
            found.append(Subscription(party, number, plan, started, ended))
    return found


def _bike_orders(world: World, sales: Sales) -> list[tuple[int, datetime]]:
    bikes = [i for i, one in enumerate(world.products) if one.category in catalogue.BIKES]
    orders = (
        sales.lines.filter(pl.col("product").is_in(bikes) & (pl.col("amount") > 0))
        .select("order")
        .unique()
        .join(sales.orders, on="order")
        .filter((pl.col("kind") == "order") & (pl.col("party") >= 0))
        .sort("at", "order")
    )
    return list(orders.select("party", "at").iter_rows())


def draw_quotes(world: World, traits: Traits) -> list[Quote]:
    """Quotes to firms and, for dear bikes, to people; open ones are recent."""
    draw = world.random("quotes")
    rng = world.rng("quotes")
    firms = np.arange(len(world.people), world.parties)
    people = np.flatnonzero(traits.in_crm[: len(world.people)])
    people = people[people > story.SON]
    relations = [world.people[i].relation for i in people.tolist()]
    people = people[np.array([one == "klant" for one in relations])]
    count = max(1, world.parties // 6)
    days = np.sort(rng.integers(0, DAYS - 1, count))
    quotes: list[Quote] = []
    for day in days.tolist():
        to_firm = draw.random() < 0.5
        party = int(draw.choice(firms if to_firm else people))
        quoted = world.moment(day).date()
        recent = (world.today - quoted).days < 30
        status = draw.choices(QUOTE_STATUS, (35, 25, 40, 0) if not recent else (25, 10, 0, 65))[0]
        pieces = draw.randint(2, 15) if to_firm else 1
        quotes.append(
            Quote(
                party=party,
                number=f"OF{len(quotes) + 3_001}",
                quoted=quoted,
                amount_cents=pieces * draw.randint(900, 4_200) * 100,
                status=status,
                valid_until=quoted + timedelta(days=30),
                subject="leasefietsen" if to_firm else draw.choice(("e-bike", "bakfiets")),
            )
        )
    return quotes
