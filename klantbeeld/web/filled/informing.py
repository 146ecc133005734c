"""When and how one customer was told, filled from the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import reads as pipeline
from klantbeeld.pipeline.reads import InformedLine
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.web import formats
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled import words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.notices import notice_later
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import Flag
from klantbeeld.web.shapes.informing import InformedRow, InformedView, LetterView
from klantbeeld.web.shapes.registering import PaperView

WAYS: words.Words = {
    "letter": gettext_lazy("by letter"), "mail": gettext_lazy("by e-mail"),
    "phone": gettext_lazy("by telephone"), "person": gettext_lazy("in person"),
    "notice": gettext_lazy("by a notice to everybody of the source"),
}  # fmt: skip
# In the order of `pipeline.reads.inform_urgency`.
FLAGS = (
    (gettext_lazy("not told, too late"), "bad", "alert-circle"),
    (gettext_lazy("still to be told"), "info", "clock"),
    (gettext_lazy("told too late"), "warn", "clock"),
    (gettext_lazy("told in time"), "good", "check"),
    (gettext_lazy("need not be told"), "grey", "point"),
)  # fmt: skip


@found
def informed(actor: Actor, public_id: str) -> InformedView:
    """See `informing_pages.InformPages`."""
    _may_handle(actor)
    customer = profiles.customer_id_of(actor, public_id)
    lines = pipeline.informed_lines(actor, identity.records_of(actor, customer))
    name = profiles.named(actor, [customer]).get(customer, "") or _("Customer without a name")
    ways = tuple((key, str(text)) for key, text in WAYS.items() if key != "notice")
    return InformedView(
        to_public("customer", customer), name, tuple(_row(line) for line in lines), ways,
        clock.day_to_date(clock.today()),
    )  # fmt: skip


@found
def informed_letter(actor: Actor, public_id: str, language: str) -> LetterView:
    """See `informing_pages.InformPages`."""
    _may_handle(actor)
    known = profiles.known_for_contact(actor, public_id)
    lines = pipeline.informed_lines(actor, known.records)
    open_lines = [x for x in lines if pipeline.inform_urgency(x) in (pipeline.LATE, pipeline.DUE)]
    if not lines:
        raise NotFound("This customer has no sources to be told of.")
    company, data = privacy.company_details(actor), known.profile.data
    with translation.override(language):
        chapters = notice_later(actor, language, {x.source for x in open_lines or lines})
        paper = PaperView(
            "informed", _("What we hold about you, and what we do with it"),
            _("We have data about you that you did not give us yourself. The law asks us to tell "
              "you where they come from, and what we do with them (article 14 GDPR)."),
            language, tuple(chapters),
        )  # fmt: skip
        day = formats.day(clock.day_to_date(clock.today()))
    place = (str(data.get(key) or "") for key in ("street", "house_number", "house_suffix"))
    town = words.joined(str(data.get("postcode") or ""), str(data.get("city") or ""))
    address = (" ".join(part for part in place if part), town.replace(" · ", "  "))
    return LetterView(
        known.profile.name, tuple(line for line in address if line), str(data.get("email") or ""),
        company.name, company.privacy_email or company.email, day, paper,
    )  # fmt: skip


def _row(line: InformedLine) -> InformedRow:
    level = pipeline.inform_urgency(line)
    text, tone, icon = FLAGS[level]
    how = words.said(WAYS, line.how) if line.how in WAYS else words.said(said.WAYS, line.way)
    return InformedRow(
        line.source, line.source_name, line.obtained, line.due, line.told,
        words.joined(how if line.way or line.told else "", line.text),
        Flag(str(text), tone, icon),  # type: ignore[arg-type]
        line.told is None and level != pipeline.NEED_NOT,
    )  # fmt: skip


@found
def note_informed(
    actor: Actor, public_id: str, sources: Sequence[str], told: Mapping[str, str]
) -> None:
    """See `informing_pages.InformPages`."""
    _may_handle(actor)
    records = profiles.records_of(actor, public_id)
    known = {line.source for line in pipeline.informed_lines(actor, records)}
    if not known:
        raise NotFound("This customer has no records any more.")
    chosen = [key for key in sources if key in known]
    if not chosen:
        raise Invalid({"source": _("Choose at least one source.")})
    if told.get("how") not in WAYS:
        raise Invalid({"how": _("Choose how the customer was told.")})
    try:
        day = date.fromisoformat(told.get("day", ""))
        for key in chosen:
            rights.note_informed(
                actor, key, day, told["how"], record=records[0], note=told.get("note", "")
            )
    except (ValueError, rights.BadRequest) as error:
        raise Invalid({"day": _("That day is still to come, or is no day.")}) from error


def _may_handle(actor: Actor) -> None:
    if not may(actor, "rights.handle"):
        raise PermissionError("rights.handle")
