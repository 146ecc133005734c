"""Customer groups in words: what a group is called, and why a customer is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date
from klantbeeld.segments.rules import (
    ACTIVE,
    GROUPS,
    INACTIVE,
    NOTHING,
    OTHER,
    POSSIBLY_INTERESTED,
    POTENTIAL,
)


@dataclass(frozen=True, slots=True)
class GroupInWords:
    """A customer group: key, name and definition; `why` and `day` for one customer."""

    key: str
    label: str
    definition: str
    why: str = ""
    day: date | None = None


def _labels() -> dict[str, tuple[str, str]]:
    return {
        ACTIVE: (
            _("Active customer"),
            _("Bought in the last 365 days, or has a running subscription."),
        ),
        INACTIVE: (
            _("Inactive customer"),
            _("Bought or had a subscription once, but not in the last 365 days."),
        ),
        POTENTIAL: (
            _("Potential customer"),
            _("Never bought; asked for a quote, filled a cart or the like in the last 365 days."),
        ),
        POSSIBLY_INTERESTED: (
            _("Possibly interested"),
            _("Never bought; read, visited, answered or had contact in the last 365 days."),
        ),
        OTHER: (_("Other"), _("Everybody else, and whoever is no customer by relation.")),
    }


@needs("customers.read")
def groups(actor: Actor) -> list[GroupInWords]:
    """The five groups in their order."""
    labels = _labels()
    return [GroupInWords(key, *labels[key]) for key in GROUPS]


@needs("customers.read")
def in_words(actor: Actor, group: str, reason: str = "") -> GroupInWords:
    """A group with why this customer is in it, from the profile's group and reason."""
    label, definition = _labels().get(group, (group, ""))
    kind, _colon, rest = reason.partition(":")
    day = day_to_date(int(rest)) if rest.lstrip("-").isdigit() else None
    return GroupInWords(group, label, definition, _why(kind, rest), day)


def _why(kind: str, rest: str) -> str:
    if kind == "relation":
        words = {
            "supplier": _("is a supplier"), "former_employee": _("is a former employee"),
            "deceased": _("is deceased"), "competitor": _("is a competitor"),
        }  # fmt: skip
        return words.get(rest, rest)
    words = {
        "order": _("last order"), "subscription": _("subscription since"), "quote": _("last quote"),
        "request": _("last request"), "configuration": _("last configuration"),
        "cart": _("cart filled last"), "lead": _("last lead"), "visit": _("last visit"),
        "meeting": _("last meeting"), "call": _("last call"), "chat": _("last chat"),
        "mail": _("last mail"), "letter": _("last letter"), "complaint": _("last complaint"),
        "service": _("last service case"), "question": _("last question"),
        "survey": _("last survey"), "newsletter_clicked": _("last click in a newsletter"),
        "newsletter_opened": _("newsletter opened last"), "login": _("last log-in"),
        NOTHING: _("nothing known yet"),
    }  # fmt: skip
    if kind.startswith("social_"):
        return _("last reaction on social media")
    if kind in ("product_view", "search", "page_view"):
        return _("last visit to the website")
    return words.get(kind, kind.replace("_", " "))
