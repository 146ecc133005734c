"""Customer groups in words, and questions: read from a sentence or clicked, and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import day_to_date
from klantbeeld.profiles import reads as profiles
from klantbeeld.segments import asking, sentences
from klantbeeld.segments.answers import LISTS, Found, Topic
from klantbeeld.segments.asking import SHOWN, Asked
from klantbeeld.segments.periods import ALL, OFFERED
from klantbeeld.segments.questions import BY_KEY, QUESTIONS, Question, Slot
from klantbeeld.segments.rules import (
    ACTIVE,
    GROUPS,
    INACTIVE,
    NOTHING,
    OTHER,
    POSSIBLY_INTERESTED,
    POTENTIAL,
)
from klantbeeld.segments.things import Thing
from klantbeeld.segments.things import categories as every_category
from klantbeeld.segments.told import TELLING, Told

__all__ = [
    "ALL", "OFFERED", "QUESTIONS", "SHOWN", "Asked", "Found", "Question", "Slot", "Thing", "Told",
    "Topic",
]  # fmt: skip


class UnknownQuestion(LookupError):
    """There is no question with this key."""


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


@needs("customers.read", "nothing")
def groups(actor: Actor) -> list[GroupInWords]:
    """The five groups in their order."""
    labels = _labels()
    return [GroupInWords(key, *labels[key]) for key in GROUPS]


@needs("customers.read", "nothing")
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


@needs("customers.read", "nothing")
def understood(actor: Actor, text: str, customer: str = "") -> list[Question]:
    """The questions that a sentence can be, the best first; none when it is none of them.

    Reads nothing of the data: quick enough for every key that is pressed.
    """
    found = sentences.readings(text)
    whole = [r for r in found if not r.missing]
    return [r.question for r in whole or found]


@needs("customers.read", "itself")
def ask(actor: Actor, text: str, customer: str = "") -> Asked | None:
    """What a sentence asks, with its words found in the data; None when it is not understood.

    `customer` is the public id of the one on the screen, whom "him" or "this customer" means.
    """
    filled = [asking.from_reading(actor, r, customer) for r in sentences.readings(text)[:3]]
    whole = [a for a in filled if not a.missing and not a.unknown]
    return next(iter(whole or filled), None)


@needs("customers.read", "itself")
def choose(actor: Actor, key: str, chosen: Mapping[str, Sequence[str]], size: int = SHOWN) -> Asked:
    """A question clicked together (see `asking.from_choices`). Raises `UnknownQuestion`."""
    if key not in BY_KEY:
        raise UnknownQuestion("There is no such question.")
    return asking.from_choices(actor, BY_KEY[key], chosen, size)


@needs("customers.read", "nothing")
def nearest(actor: Actor, text: str, language: str) -> list[Question]:
    """The questions that look most like a sentence that was not understood."""
    return sentences.nearest(text, language)


@needs("customers.read", "itself")
def answer(actor: Actor, asked: Asked) -> Found | Told | None:
    """The answer; None when something is missing, or when a screen of its own answers it.

    Raises `engine.RebuildNeeded` when there is no columnar copy yet, and
    `profiles.reads.UnknownCustomer`.
    """
    if asked.missing or (asked.unknown and asked.question.key in LISTS):
        return None
    if asked.question.key in LISTS:
        return LISTS[asked.question.key](actor, asked)
    if asked.question.key in TELLING:
        return TELLING[asked.question.key](actor, profiles.records_of(actor, asked.customer))
    return None


@needs("customers.read", "nothing")
def categories(actor: Actor) -> list[Thing]:
    """What can be chosen where a question asks for things that are sold."""
    return every_category()
