"""Who bought when and why: own rhythm, the effect of campaigns, the effect of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from klantbeeld.sample.mailings import CAMPAIGNS, WINDOW_DAYS, Mailings, factor
from klantbeeld.sample.traits import Traits
from klantbeeld.sample.world import DAYS, Floats, Ints, World

# Cyclists buy in spring, before autumn and for December.
SEASON = (0.6, 0.7, 1.0, 1.4, 1.5, 1.3, 1.0, 0.9, 1.0, 0.8, 0.8, 1.2)


@dataclass(frozen=True, slots=True)
class PointsAction:
    """Double points, offered to a random half of the card holders."""

    code: str
    days_ago: int
    effect: float
    window_days: int = 28


POINTS_ACTIONS = (
    PointsAction("DUBBEL24", 800, 0.06),
    PointsAction("DUBBEL25", 430, 0.06),
    PointsAction("DUBBEL26", 120, 0.0),
)


@dataclass(slots=True)
class Purchases:
    """`orders`: party, day, cause ('own', 'campaign:CODE', 'points:CODE').

    `points_lots`: action, party, treated. `tendencies`: per campaign or action and treated party
    the true chance of one extra order that the draw used.
    """

    orders: pl.DataFrame
    points_lots: pl.DataFrame
    tendencies: pl.DataFrame


def season_of_days(world: World) -> Floats:
    """Relative demand per day of the history."""
    return np.array([SEASON[world.moment(day).month - 1] for day in range(DAYS + 1)])


def own_orders(world: World, traits: Traits) -> pl.DataFrame:
    """Purchases by everybody's own rhythm: Poisson within tenure, seasons by inverse CDF."""
    rng = world.rng("own orders")
    cumulative = np.concatenate([[0.0], np.cumsum(season_of_days(world))])
    start = np.clip(traits.joined, 0, DAYS)
    end = np.clip(traits.left, 0, DAYS) + 1
    weight = np.where(end > start, cumulative[end] - cumulative[start], 0.0)
    number = rng.poisson(np.where(traits.shopper, traits.rate * weight / 365, 0.0))
    party = np.repeat(np.arange(world.parties), number)
    points = cumulative[start[party]] + rng.random(len(party)) * weight[party]
    day = np.searchsorted(cumulative, points, side="right") - 1
    # Nothing can be delivered or complained about on the last day, so it stays quiet.
    day = np.minimum(day, DAYS - 1)
    return pl.DataFrame(
        {"party": party, "day": day, "cause": pl.Series(["own"] * len(party), dtype=pl.String)}
    )


def last_days(world: World, orders: pl.DataFrame, before: int) -> Ints:
    """Day of the last purchase before day `before` per party, -1 when there is none."""
    result = np.full(world.parties, -1, dtype=np.int64)
    earlier = orders.filter(pl.col("day") < before)
    np.maximum.at(result, earlier["party"].to_numpy(), earlier["day"].to_numpy())
    return result


def add_effects(world: World, traits: Traits, own: pl.DataFrame, mailings: Mailings) -> Purchases:
    """Adds the orders that campaigns and double points truly cause."""
    rng = world.rng("effects")
    parts, tendencies = [own], []
    strength = factor(traits)
    for campaign in CAMPAIGNS:
        lots = mailings.lots.filter((pl.col("campaign") == campaign.code) & pl.col("treated"))
        party = lots["party"].to_numpy()
        chance = campaign.effect * strength[party]
        cause = f"campaign:{campaign.code}"
        day = DAYS - campaign.days_ago
        parts.append(_extra(rng, (party, chance), (day, WINDOW_DAYS), cause))
        tendencies.append(_tendency(cause, party, chance))
    holders = np.flatnonzero(traits.card)
    points_lots: list[pl.DataFrame] = []
    for action in POINTS_ACTIONS:
        treated = rng.random(len(holders)) < 0.5
        points_lots.append(
            pl.DataFrame(
                {"action": [action.code] * len(holders), "party": holders, "treated": treated}
            )
        )
        party = holders[treated]
        chance = np.full(len(party), action.effect)
        cause = f"points:{action.code}"
        day = DAYS - action.days_ago
        parts.append(_extra(rng, (party, chance), (day, action.window_days), cause))
        tendencies.append(_tendency(cause, party, chance))
    return Purchases(pl.concat(parts), pl.concat(points_lots), pl.concat(tendencies))


def _extra(
    rng: np.random.Generator, lot: tuple[Ints, Floats], span: tuple[int, int], cause: str
) -> pl.DataFrame:
    party, chance = lot
    buys = party[rng.random(len(party)) < chance]
    first, days = span
    day = first + rng.integers(1, days, len(buys))
    return pl.DataFrame(
        {
            "party": buys.astype(np.int64),
            "day": np.minimum(day, DAYS - 1).astype(np.int64),
            "cause": pl.Series([cause] * len(buys), dtype=pl.String),
        }
    )


def _tendency(cause: str, party: Ints, chance: Floats) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "cause": pl.Series([cause] * len(party), dtype=pl.String),
            "party": party.astype(np.int64),
            "chance": chance,
        }
    )
