"""Correcting a customer, filled from what holds of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.pipeline.reads import CORRECTABLE
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled import reasons
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import EnterField
from klantbeeld.web.shapes.correcting import CorrectionRow, CorrectView

KINDS = {"email": "email", "phone": "tel", "mobile": "tel", "birth_date": "date"}


@found
def correcting(
    actor: Actor, public_id: str, typed: Mapping[str, str], problems: Mapping[str, str]
) -> CorrectView:
    """See `correcting_pages.CorrectPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    held = profiles.golden_of(actor, customer)
    name = profiles.named(actor, [customer]).get(customer, "") or _("Customer without a name")
    register, language = fields.everything(), get_language() or "nl"
    lines = privacy.corrections(actor, identity.records_of(actor, customer))
    return CorrectView(
        to_public("customer", customer), name,
        tuple(
            EnterField(key, register[key].label(language), KINDS.get(key, "text"),
                       typed.get(key, str(held.get(key) or "")), problems.get(key, ""))
            for key in CORRECTABLE
        ),
        typed.get("reason", ""), problems.get("reason", ""),
        tuple(
            CorrectionRow(
                to_public("correction", line.correction), to_public("delivery", line.entry),
                ", ".join(register[f].label(language) for f in line.fields if f in register),
                line.reason, line.actor, line.on, line.told,
            )
            for line in lines
        ),
        tuple(privacy.company_details(actor).recipient_lines),
    )  # fmt: skip


@found
def correct(actor: Actor, public_id: str, typed: Mapping[str, str]) -> None:
    """See `correcting_pages.CorrectPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    try:
        pipeline.correct_customer(actor, customer, typed, typed.get("reason", ""))
    except BadEntry as error:
        raise Invalid({key: _problem(code) for key, code in error.problems.items()}) from error


def _problem(code: str) -> str:
    if code == "nothing":
        return _("Nothing differs from what holds already.")
    if code == "no_reason":
        return _("Write down why, for colleagues and for the customer.")
    return reasons.reason(code)


@found
def take_back_correction(actor: Actor, public_id: str, entry_id: str) -> None:
    """See `correcting_pages.CorrectPages`."""
    _may_correct(actor)
    _own(actor, public_id)
    try:
        pipeline.take_back_correction(actor, from_public("delivery", entry_id))
    except LookupError as error:
        raise NotFound(str(error)) from error


@found
def told_of_correction(actor: Actor, public_id: str, correction_id: str) -> None:
    """See `correcting_pages.CorrectPages`."""
    _may_correct(actor)
    key = from_public("correction", correction_id)
    if key not in {line.correction for line in _own(actor, public_id)}:
        raise NotFound("This customer has no such correction.")
    rights.note_told(actor, key)


def _may_correct(actor: Actor) -> None:
    """Before anything is looked up: whether it exists is not told to who may not."""
    if not may(actor, "customers.rectify"):
        raise PermissionError("customers.rectify")


def _own(actor: Actor, public_id: str) -> list[privacy.CorrectionLine]:
    return privacy.corrections(actor, profiles.records_of(actor, public_id))
