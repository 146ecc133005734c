"""How each party behaves: what drives its purchases, and in which sources it appears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klantbeeld.sample import story
from klantbeeld.sample.catalogue import INTERESTS
from klantbeeld.sample.world import DAYS, Flags, Floats, Ints, World

NEVER = 10**6
ADULT = 14


@dataclass(slots=True)
class Traits:
    """One entry per party. Days count from the first day of the history."""

    known: Flags  # old enough to appear by themselves
    shopper: Flags
    rate: Floats  # purchases a year while a customer; Gamma distributed
    joined: Ints  # may lie before the history
    left: Ints  # silently gone after this day
    bargain: Flags  # bargain hunters: buy in sales, react strongly to codes
    spend: Floats  # multiplier on quantities
    in_shop: Floats  # share of purchases in a shop rather than online
    opens: Floats  # chance of opening a newsletter
    surfing: Floats  # website visits a year
    in_crm: Flags
    account: Flags
    card: Flags
    subscribed: Ints  # day of subscribing to the newsletter, or NEVER
    portal: Flags
    social: Flags
    interest: Ints  # index of the first interest


def draw_traits(world: World) -> Traits:
    """Independent draws per party, except where one habit implies another."""
    rng, count = world.rng("traits"), world.parties
    firm = np.arange(count) >= len(world.people)
    speakers = [world.speaker(index) for index in range(count)]
    known = np.array([world.age(one) >= ADULT for one in speakers])
    mail = np.array([bool(one.email) for one in speakers]) | firm
    adult = np.array([world.age(one) >= 18 for one in speakers])
    shopper = known & (rng.random(count) < np.where(firm, 0.75, 0.66))
    joined = rng.integers(-900, int(DAYS * 0.9), count)
    tenure = rng.exponential(np.where(firm, 1800.0, 1100.0)).astype(np.int64) + 20
    traits = Traits(
        known=known,
        shopper=shopper,
        rate=rng.gamma(0.85, 1.0, count) * np.where(firm, 4.6, 3.1),
        joined=joined,
        left=joined + tenure,
        bargain=rng.random(count) < 0.22,
        spend=np.exp(rng.normal(0, 0.35, count)) * np.where(firm, 2.6, 1.0),
        in_shop=rng.beta(1.4, 1.8, count),
        opens=rng.beta(2.0, 3.4, count),
        surfing=rng.gamma(0.7, 1.6, count),
        in_crm=known & (rng.random(count) < np.where(firm, 0.96, 0.56)),
        account=shopper & mail & (rng.random(count) < 0.66),
        card=shopper & adult & ~firm & (rng.random(count) < 0.5),
        subscribed=np.where(
            known & mail & (rng.random(count) < np.where(firm, 0.5, 0.53)),
            np.maximum(joined, 0) + rng.integers(-200, 120, count),
            NEVER,
        ),
        portal=np.zeros(count, dtype=np.bool_),
        social=known & ~firm & (rng.random(count) < 0.11),
        interest=np.array([INTERESTS.index(world.party(i).interests[0]) for i in range(count)]),
    )
    traits.portal = mail & (traits.in_crm | traits.account) & (rng.random(count) < 0.28)
    _follow_relations(world, traits)
    _cast_story(traits)
    nowhere = ~(traits.in_crm | traits.account | traits.card | (traits.subscribed < NEVER))
    traits.in_crm |= known & nowhere & ~shopper
    return traits


def _follow_relations(world: World, traits: Traits) -> None:
    """Suppliers and former staff do not buy; the dead stopped within the history."""
    rng = world.rng("relations")
    for person in world.people:
        if person.relation == "klant":
            continue
        index = person.index
        traits.in_crm[index] = traits.known[index]
        traits.social[index] = False
        if person.relation == "overleden":
            traits.left[index] = min(int(traits.left[index]), int(rng.integers(100, 600)))
            traits.subscribed[index] = NEVER
            traits.portal[index] = False
        else:
            for flags in (traits.shopper, traits.account, traits.card, traits.portal):
                flags[index] = False
            traits.subscribed[index] = NEVER


def _cast_story(traits: Traits) -> None:
    for index in (story.MARIJKE, story.PARTNER, story.SON):
        traits.shopper[index] = True
        traits.in_crm[index] = index != story.SON
        traits.account[index] = index != story.SON
        traits.card[index] = index == story.MARIJKE
        traits.subscribed[index] = 40 if index == story.MARIJKE else NEVER
        traits.joined[index], traits.left[index] = -300, 2 * DAYS
        traits.rate[index], traits.bargain[index] = 2.0, False
        traits.portal[index] = index == story.MARIJKE
        traits.interest[index] = INTERESTS.index("e-bikes" if index == story.MARIJKE else "kleding")
