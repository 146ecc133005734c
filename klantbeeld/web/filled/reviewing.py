"""The queue of doubtful pairs: one at a time, those first of which an answer changes most."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId, from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import OpenDoubt
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import NotFollowed
from klantbeeld.web.filled.comparing import compared
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound, Refused
from klantbeeld.web.shapes import Link
from klantbeeld.web.shapes.comparing import Reviewed, ReviewReason, ReviewView

REASONS: Mapping[str, str | Promise] = {
    "": gettext_lazy("All"),
    "grey": gettext_lazy("Just not enough"),
    "conflict": gettext_lazy("Enough, but apart"),
    "bridge": gettext_lazy("Held together by one thread"),
}
ASKED: Mapping[str, str | Promise] = {
    "grey": gettext_lazy("They resemble each other, but not enough to join them without asking."),
    "conflict": gettext_lazy(
        "They resemble each other enough to join them, but something keeps them apart: another "
        "record, a rule or a source in which everybody stands once."
    ),
    "bridge": gettext_lazy(
        "They are one customer now, and nothing but this pair holds two groups of records "
        "together. If these are different, the customer falls apart in two."
    ),
}
VERDICTS: Mapping[str, str | Promise] = {
    "same": gettext_lazy("The same"),
    "different": gettext_lazy("Different"),
    "unsure": gettext_lazy("Unsure"),
}


def _allowed(actor: Actor) -> None:
    if not may(actor, "customers.judge"):
        raise Refused(_("Your role may not say which records are one customer."))


@found
def review(actor: Actor, reason: str, after: str, at: str) -> ReviewView:
    """See `pages.MatchPages`."""
    _allowed(actor)
    chosen = reason if reason in REASONS else ""
    counts = identity.waiting(actor)
    reasons = tuple(
        ReviewReason(key, str(label), counts.get(key, 0), key == chosen)
        for key, label in REASONS.items()
    )
    shown = _shown(actor, chosen, after, at)
    if shown is None:
        return ReviewView(counts.get(chosen, 0), reasons, reason=chosen)
    pair = compared(actor, shown.left, shown.right)
    split = None
    if pair.is_one:
        address = reverse("web:split", args=[pair.left.customer_id])
        split = Link(_("Take this customer apart…"), address)
    return ReviewView(
        counts.get(chosen, 0), reasons, pair, to_public("doubt", shown.key), chosen,
        str(ASKED.get(shown.reason, "")), split,
        min(identity.left_today(actor), counts.get(chosen, 0)),
    )  # fmt: skip


def _shown(actor: Actor, reason: str, after: str, at: str) -> OpenDoubt | None:
    """The pair that was asked for, the one after, or the first."""
    if at:
        left, _comma, right = at.partition("-")
        try:
            ends = [from_public("record", key) for key in (left, right)]
        except UnknownPublicId:
            ends = []
        asked = identity.doubt_of(actor, *ends) if ends else None
        if asked is not None:
            return asked
    return identity.first_doubt(actor, reason, _key(after))


def _key(after: str) -> int:
    try:
        return from_public("doubt", after) if after else 0
    except UnknownPublicId:
        return 0


@found
def judge_pair(actor: Actor, left_id: str, right_id: str, verdict: str, note: str) -> Reviewed:
    """See `pages.MatchPages`."""
    _allowed(actor)
    if verdict not in VERDICTS:
        raise Invalid({"": _("Choose the same, different or unsure.")})
    left, right = (from_public("record", key) for key in (left_id, right_id))
    earlier = identity.word_on(actor, left, right)
    if earlier is not None:
        if earlier.verdict == verdict and note in ("", earlier.note):
            return Reviewed(to_public("judgement", earlier.pk), left_id, right_id)
        raise Invalid(
            {"": _("%(person)s said of these two meanwhile: %(verdict)s. Take that back first, on "
                   "the customer's card under Judgements.")
             % {"person": earlier.actor, "verdict": VERDICTS[earlier.verdict]}}
        )  # fmt: skip
    try:
        said = pipeline.judge_pair(actor, left, right, verdict, note)
    except NotFollowed as error:
        raise Invalid(
            {"": _("That cannot be: a person and an organisation, or what was said before, "
                   "stand between. Nothing was changed.")}
        ) from error  # fmt: skip
    except ValueError as error:
        raise NotFound(str(error)) from error
    return Reviewed(to_public("judgement", said.pk), left_id, right_id)


@found
def take_back_review(actor: Actor, judgement_id: str) -> None:
    """See `pages.MatchPages`."""
    _allowed(actor)
    held = identity.judgement_of(actor, from_public("judgement", judgement_id))
    pipeline.take_back_judgement(actor, held)
