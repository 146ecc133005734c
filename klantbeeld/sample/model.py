"""Everything that the writers of the files need, drawn in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klantbeeld.sample.cases import Case, draw_cases
from klantbeeld.sample.contracts import Quote, Subscription, draw_quotes, draw_subscriptions
from klantbeeld.sample.keys import Keys, draw_keys
from klantbeeld.sample.mailings import Mailings, send_mailings
from klantbeeld.sample.purchases import Purchases, add_effects, last_days, own_orders
from klantbeeld.sample.sales import Sales, sell
from klantbeeld.sample.traits import Traits, draw_traits
from klantbeeld.sample.world import DAYS, Size, World, build_world

# The win-back campaign looks at who had stopped buying by then.
_INACTIVE_SEEN_FROM = DAYS - 200


@dataclass(frozen=True, slots=True)
class Model:
    """What truly happened at the sample company."""

    world: World
    traits: Traits
    mailings: Mailings
    purchases: Purchases
    sales: Sales
    cases: list[Case]
    subscriptions: list[Subscription]
    quotes: list[Quote]
    keys: Keys


def build_model(size: Size, seed: int, today: date) -> Model:
    """The whole history; the same arguments give the same history."""
    world = build_world(size, seed, today)
    traits = draw_traits(world)
    own = own_orders(world, traits)
    mailings = send_mailings(world, traits, last_days(world, own, _INACTIVE_SEEN_FROM))
    purchases = add_effects(world, traits, own, mailings)
    sales = sell(world, traits, mailings, purchases)
    cases = draw_cases(world, traits, sales)
    return Model(
        world=world,
        traits=traits,
        mailings=mailings,
        purchases=purchases,
        sales=sales,
        cases=cases,
        subscriptions=draw_subscriptions(world, traits, sales),
        quotes=draw_quotes(world, traits),
        keys=draw_keys(world, traits, cases),
    )
