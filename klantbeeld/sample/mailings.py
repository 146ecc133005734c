"""Newsletters and campaigns: who got what, who was held out by lot, who opened and clicked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from klantbeeld.sample import story
from klantbeeld.sample.catalogue import INTERESTS
from klantbeeld.sample.traits import NEVER, Traits
from klantbeeld.sample.world import DAYS, Floats, Ints, World

HOLDOUT_SHARE = 0.2
# An order by the effect of a campaign comes within three weeks of the sending.
WINDOW_DAYS = 21


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign with a discount code and a randomised holdout.

    `effect` is the true chance that receiving it causes one extra order within the window, for
    a recipient with factor 1 (see `factor`).
    """

    code: str
    name: str
    days_ago: int
    effect: float
    discount: float
    topic: str
    audience: str = "all"


CAMPAIGNS = (
    Campaign("LENTE24", "Lente op de fiets", 960, 0.07, 0.10, "onderhoud"),
    Campaign("ZOMER24", "Fietsvakantie", 850, 0.03, 0.10, "fietsvakantie"),
    Campaign("HERFST24", "Herfstbeurt", 760, 0.08, 0.15, "onderhoud"),
    Campaign("KERST24", "Cadeautijd", 705, 0.05, 0.10, "accessoires"),
    Campaign("LENTE25", "Voorjaarsbeurt", 590, 0.09, 0.15, "onderhoud"),
    # A campaign that costs money and does nothing: the proof has to come out as "none".
    Campaign("ZEKER25", "Fiets goed verzekerd", 480, 0.0, 0.05, "accessoires"),
    Campaign("HERFST25", "Veilig het donker in", 390, 0.10, 0.15, "accessoires"),
    Campaign("TERUG26", "We missen je", 200, 0.12, 0.20, "e-bikes", "inactive"),
    Campaign("EBIKE26", "Elektrisch de herfst in", 45, 0.06, 0.10, "e-bikes"),
)
REGULAR = 22


@dataclass(frozen=True, slots=True)
class Mailing:
    number: int
    name: str
    subject: str
    topic: str
    day: int
    second: int
    campaign: Campaign | None


@dataclass(slots=True)
class Mailings:
    """`events`: mailing, party, kind, at (local datetime), link. `lots`: campaign, party, treated.

    `left` holds the day on which a party unsubscribed (NEVER when it did not).
    """

    mailings: list[Mailing]
    events: pl.DataFrame
    lots: pl.DataFrame
    left: Ints


def factor(traits: Traits) -> Floats:
    """How strongly a code works on a party: bargain hunters twice as much as others."""
    return np.where(traits.bargain, 1.6, 0.8) * np.where(traits.shopper, 1.0, 0.5)


def send_mailings(world: World, traits: Traits, last_order_day: Ints) -> Mailings:
    """Sends everything in order of time; `last_order_day` per party decides who is inactive."""
    rng = world.rng("mailings")
    mailings = _plan(world)
    left = np.full(world.parties, NEVER, dtype=np.int64)
    events: list[pl.DataFrame] = []
    lots: list[pl.DataFrame] = []
    for mailing in mailings:
        receivers = np.flatnonzero((traits.subscribed <= mailing.day) & (left > mailing.day))
        if mailing.campaign is not None:
            if mailing.campaign.audience == "inactive":
                gone = last_order_day[receivers] < mailing.day - 365
                receivers = receivers[gone & (last_order_day[receivers] > -1)]
            treated = rng.random(len(receivers)) >= HOLDOUT_SHARE
            treated |= receivers == story.MARIJKE
            lots.append(_lots(mailing.campaign, receivers, treated))
            events.append(_rows(world, mailing, receivers[~treated], "holdout"))
            receivers = receivers[treated]
        events += _react(world, mailing, receivers, traits, rng)
        leaving = receivers[(rng.random(len(receivers)) < 0.007) & (receivers > story.SON)]
        left[leaving] = mailing.day
        later = mailing.second + rng.integers(600, 90_000, len(leaving))
        events.append(_rows(world, mailing, leaving, "unsubscribed", later))
    return Mailings(mailings, pl.concat(events), pl.concat(lots), left)


def _plan(world: World) -> list[Mailing]:
    rng = world.rng("plan")
    planned: list[tuple[int, str, str, str, Campaign | None]] = [
        (DAYS - one.days_ago, one.name, f"{one.name}: {one.discount:.0%} korting met {one.code}",
         one.topic, one)
        for one in CAMPAIGNS
    ]  # fmt: skip
    for number in range(REGULAR):
        topic = INTERESTS[number % len(INTERESTS)]
        day = int((number + 0.5) * DAYS / REGULAR) + int(rng.integers(-5, 6))
        name = f"Nieuwsbrief {world.moment(day):%Y-%m}"
        planned.append((day, name, f"De Ketting: alles over {topic}", topic, None))
    planned.sort(key=lambda one: one[0])
    return [
        Mailing(number, name, subject, topic, day, 9 * 3600 + 60 * int(rng.integers(0, 90)), camp)
        for number, (day, name, subject, topic, camp) in enumerate(planned, start=1)
    ]


def _lots(campaign: Campaign, receivers: Ints, treated: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame(
        {"campaign": [campaign.code] * len(receivers), "party": receivers, "treated": treated}
    )


def _rows(
    world: World,
    mailing: Mailing,
    parties: Ints,
    kind: str,
    seconds: Ints | None = None,
    link: str = "",
) -> pl.DataFrame:
    base = np.datetime64(world.moment(mailing.day), "us")
    offsets = np.full(len(parties), mailing.second) if seconds is None else seconds
    return pl.DataFrame(
        {
            "mailing": np.full(len(parties), mailing.number, dtype=np.int64),
            "party": parties.astype(np.int64),
            "kind": pl.Series([kind] * len(parties), dtype=pl.String),
            "at": pl.Series(base + offsets.astype("timedelta64[s]")),
            "link": pl.Series([link] * len(parties), dtype=pl.String),
        }
    )


def _react(
    world: World, mailing: Mailing, receivers: Ints, traits: Traits, rng: np.random.Generator
) -> list[pl.DataFrame]:
    bounced = (rng.random(len(receivers)) < 0.008) & (receivers > story.SON)
    reached = receivers[~bounced]
    matches = traits.interest[reached] == INTERESTS.index(mailing.topic)
    chance = np.clip(traits.opens[reached] * np.where(matches, 1.5, 0.9), 0, 0.95)
    opened = reached[(rng.random(len(reached)) < chance) & (reached != story.MARIJKE)]
    opened_at = mailing.second + 30 + rng.exponential(22_000, len(opened)).astype(np.int64)
    again = rng.random(len(opened)) < 0.12
    liked = traits.interest[opened] == INTERESTS.index(mailing.topic)
    clicked = rng.random(len(opened)) < np.where(liked, 0.38, 0.15)
    result = [
        _rows(world, mailing, receivers, "sent"),
        _rows(world, mailing, receivers[bounced], "bounced",
              np.full(int(bounced.sum()), mailing.second + 12)),
        _rows(world, mailing, opened, "opened", opened_at),
        _rows(world, mailing, opened[again], "opened", opened_at[again] + 7_301),
        _rows(world, mailing, opened[clicked], "clicked",
              opened_at[clicked] + rng.integers(5, 240, int(clicked.sum())),
              f"/{mailing.topic}"),
    ]  # fmt: skip
    if mailing.campaign and mailing.campaign.code == story.CAMPAIGN:
        her = np.array([story.MARIJKE])
        evening = 19 * 3600 + 42 * 60
        result.append(_rows(world, mailing, her, "opened", np.array([evening])))
        for link, wait in (("/e-bikes/accu-500", 65), ("/e-bikes/onderhoud", 180)):
            seconds = np.array([evening + wait])
            result.append(_rows(world, mailing, her, "clicked", seconds, link))
    return result
