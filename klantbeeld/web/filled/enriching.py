"""What would make cards and lists richer, said in the place of figures without anything in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.reads import Holdings
from klantbeeld.web.filled import places
from klantbeeld.web.goals import NEEDS
from klantbeeld.web.shapes import Fact, Link

# Figure, panel or column -> the kind of data that it is made of (see `goals.NEEDS`).
MADE_OF: Mapping[str, str] = {
    "revenue_12m": "orders", "revenue": "orders", "orders": "orders", "bought": "orders",
    "last_order": "orders", "first_order": "orders", "purchases": "orders",
    "complaints": "complaints", "cases": "complaints", "last_contact": "contacts",
    "mail": "consents", "subscriptions": "subscriptions", "quotes": "quotes",
    "campaigns": "newsletter", "portal": "logins",
}  # fmt: skip
# What is lacking first, and how adding it is called.
ADDS: Mapping[str, str | Promise] = {
    "orders": _("Add orders"),
    "contacts": _("Add mail and calls"),
    "complaints": _("Add complaints"),
    "newsletter": _("Add newsletters"),
    "subscriptions": _("Add subscriptions"),
    "quotes": _("Add quotes"),
}
# Panels that say so when the house has nothing of their kind.
NOTHING_YET: Mapping[str, str | Promise] = {
    "purchases": _("No purchases yet."),
    "cases": _("No complaints yet."),
    "campaigns": _("No newsletters yet."),
}
# More offers than this are noise.
OFFERS = 3


def is_told(key: str, held: Holdings) -> bool:
    """Whether there is anything in the house that this figure, panel or column is made of."""
    need = MADE_OF.get(key)
    return need is None or NEEDS[need].count(held) > 0


def told(facts: Iterable[Fact], held: Holdings) -> tuple[Fact, ...]:
    """The figures that something is known for; a zero then means zero."""
    return tuple(fact for fact in facts if is_told(fact.key, held))


def offer(actor: Actor, key: str, held: Holdings) -> Link | None:
    """How to bring what a panel is made of; None when it is there, or the actor may not."""
    need = MADE_OF.get(key, "")
    if need not in ADDS or is_told(key, held) or not may(actor, "sources.import"):
        return None
    return Link(str(ADDS[need]), places.add())


def offers(actor: Actor, held: Holdings) -> tuple[Link, ...]:
    """What would say most about everybody, of what is not in the house yet.

    Only while nothing but names and addresses is known; later the panels say it themselves.
    """
    if NEEDS["orders"].count(held) or not NEEDS["customers"].count(held):
        return ()
    if not may(actor, "sources.import"):
        return ()
    lacking = [need for need in ADDS if not NEEDS[need].count(held)]
    return tuple(Link(str(ADDS[need]), places.add()) for need in lacking[:OFFERS])
