"""The five customer groups: which facts decide, in which order. Values in, group and why out.

`tables.lifecycle` computes the facts of everybody and follows the same STEPS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klantbeeld.engine import YEAR

ACTIVE = "active"
INACTIVE = "inactive"
POTENTIAL = "potential"
POSSIBLY_INTERESTED = "possibly_interested"
OTHER = "other"
GROUPS = (ACTIVE, INACTIVE, POTENTIAL, POSSIBLY_INTERESTED, OTHER)

# Kinds that tell of a coming purchase, and kinds that tell of interest. Of two on the same
# day the earlier in the list is given as the reason.
INTENT = ("quote", "request", "configuration", "cart", "lead")
INTEREST = (
    *("visit", "meeting", "call", "chat", "mail", "letter", "complaint", "service", "question"),
    *("survey", "newsletter_clicked", "newsletter_opened"),
    *("social_comment", "social_like", "social_follow"),
    *("product_view", "search", "page_view", "login"),
)

# Relations that never make a customer: as written in sources (lower case) -> the word for it.
NEVER: Mapping[str, str] = {
    **dict.fromkeys(("leverancier", "supplier", "vendor"), "supplier"),
    **dict.fromkeys(
        ("oud-medewerker", "oud medewerker", "ex-medewerker", "former employee", "former_employee"),
        "former_employee",
    ),
    **dict.fromkeys(("overleden", "deceased"), "deceased"),
    **dict.fromkeys(("concurrent", "competitor"), "competitor"),
}

# A subscription of which no end is known still is not running when its status says so.
ENDED = ("cancelled", "closed")


@dataclass(frozen=True)
class Fact:
    """Something known of a customer: its kind and, where it has one, its day."""

    kind: str
    day: int | None = None


@dataclass(frozen=True)
class Step:
    """`group` if the fact is there, and not more than `days` ago when a number is given."""

    group: str
    fact: str
    days: int | None = None


# order: the last purchase (not cancelled, a positive amount). running: the youngest running
# subscription. subscription: the last day that is known of any, running or not. intent and
# interest: the last of those kinds. relation: one of NEVER. All as known on `today`.
FACTS = ("relation", "order", "running", "subscription", "intent", "interest")

STEPS = (
    Step(OTHER, "relation"),
    Step(ACTIVE, "order", YEAR),
    Step(ACTIVE, "running"),
    Step(INACTIVE, "order"),
    Step(INACTIVE, "subscription"),
    Step(POTENTIAL, "intent", YEAR),
    Step(POSSIBLY_INTERESTED, "interest", YEAR),
)

NOTHING = "nothing"


def group_of(facts: Mapping[str, Fact], today: int) -> tuple[str, str]:
    """The customer group and the reason, of one customer on day `today`.

    `facts`: name (of FACTS) -> Fact, only what is there. The reason is the deciding fact as
    `kind:day` ('order:19783', 'newsletter_opened:20001'), `relation:word` ('relation:supplier'),
    the kind alone when its day is unknown, or 'nothing'.
    """
    for step in STEPS:
        fact = facts.get(step.fact)
        if fact is None:
            continue
        if step.days is None or (fact.day is not None and fact.day >= today - step.days):
            return step.group, fact.kind if fact.day is None else f"{fact.kind}:{fact.day}"
    return OTHER, NOTHING
