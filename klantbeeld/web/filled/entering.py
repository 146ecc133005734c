"""Entering by hand: a new customer, a note, and taking either back."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.profiles import reads as profiles
from klantbeeld.web import formats
from klantbeeld.web.filled import reasons, searching, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound, Refused
from klantbeeld.web.shapes import EnteredView, EnterField, Hit

# Key, input type, what a browser may fill in.
FIELDS = (
    ("full_name", "text"), ("organisation_name", "text"), ("email", "email"), ("phone", "tel"),
    ("postcode", "text"), ("house_number", "text"), ("city", "text"),
)  # fmt: skip
LABELS: words.Words = {
    "full_name": gettext_lazy("Name"),
    "organisation_name": gettext_lazy("Organisation"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "postcode": gettext_lazy("Postcode"),
    "house_number": gettext_lazy("House number"),
    "city": gettext_lazy("Place"),
}
WHOLE: words.Words = {
    "nobody": gettext_lazy("Fill in a name, an organisation, an e-mail address or a number."),
    "empty": gettext_lazy("Write something first."),
    "special": gettext_lazy("A tag tells no health, belief, politics and the like of anybody."),
    "tag": gettext_lazy("A tag is a word or a few, at most 60 characters, without comma or bar."),
}
# What doubles are looked for by, the most telling first.
TELLING = ("email", "phone", "full_name", "organisation_name")
MOST_DOUBLES = 4


def enter_fields(
    actor: Actor, values: Mapping[str, str], problems: Mapping[str, str]
) -> tuple[EnterField, ...]:
    """See `pages.Pages`."""
    if not may(actor, "notes.write"):
        raise Refused(_("Your role may not enter customers or notes."))
    return tuple(
        EnterField(key, words.said(LABELS, key), kind, values.get(key, ""), problems.get(key, ""))
        for key, kind in FIELDS
    )


def doubles(actor: Actor, values: Mapping[str, str]) -> tuple[Hit, ...]:
    """See `pages.Pages`."""
    hits: dict[str, Hit] = {}
    for key in TELLING:
        text = " ".join(values.get(key, "").split())
        if len(text) < 4 or (key == "full_name" and " " not in text):
            continue
        for hit in profiles.find(actor, text, MOST_DOUBLES).hits:
            hits.setdefault(hit.public_id, searching.hit(hit))
    return tuple(hits.values())[:MOST_DOUBLES]


def enter_customer(
    actor: Actor,
    values: Mapping[str, str],
    note: str,
    keep: str = "mask",
    *,
    came_back: bool = False,
) -> EnteredView:
    """See `pages.Pages`."""
    try:
        entered = pipeline.enter_customer(actor, values, note, keep, came_back=came_back)
    except BadEntry as error:
        if error.erased_at:
            raise Invalid(_erased(error.erased_at)) from error
        raise Invalid({key: _problem(code) for key, code in error.problems.items()}) from error
    return _entered(entered)


def _erased(at: int) -> dict[str, str]:
    """What is said of somebody who was erased, and what he would have to do to be let in."""
    said = _("Somebody with these details was erased on %(date)s and is not entered again just so.")
    return {
        "": said % {"date": formats.day(clock.local(at).date())},
        "came_back": _(
            "This person comes to us now: make a new customer, of whom nothing from before is known"
        ),
    }


@found
def enter_note(
    actor: Actor, public_id: str, text: str, kind: str, keep: str = "mask"
) -> EnteredView:
    """See `pages.Pages`."""
    try:
        customer = profiles.customer_id_of(actor, public_id)
        entered = pipeline.enter_note(actor, customer, text, kind, keep)
    except BadEntry as error:
        raise Invalid({key: _problem(code) for key, code in error.problems.items()}) from error
    return _entered(entered)


@found
def take_back_entry(actor: Actor, entry_id: str) -> str:
    """See `pages.Pages`."""
    try:
        left = pipeline.take_back_entry(actor, from_public("delivery", entry_id))
    except LookupError as error:
        raise NotFound(str(error)) from error
    return to_public("customer", left) if left else ""


def _problem(code: str) -> str:
    return words.said(WHOLE, code) if code in WHOLE else reasons.problem(code)


def _entered(entered: pipeline.Entered) -> EnteredView:
    return EnteredView(
        to_public("customer", entered.customer),
        to_public("delivery", entered.delivery),
        entered.is_known,
    )
