"""The screens under privacy, filled from the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts.reads import may
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.categories import CATEGORIES
from klantbeeld.core.models import CustomField
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy import reads as privacy
from klantbeeld.web.filled import category_words as said
from klantbeeld.web.filled import papers, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.paper_parts import YEAR
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes.matching import Choice
from klantbeeld.web.shapes.registering import (
    FormLine,
    OwnFieldRow,
    PaperView,
    PrivacyTile,
    SourceNoticeRow,
)

LANGUAGES = ("nl", "en")
ICONS = {"processing": "clipboard-check", "processor": "users", "notice": "file-text",
         "notice-later": "mail", "ccpa": "world", "retention": "clock", "map": "route"}  # fmt: skip
LINES: tuple[tuple[str, object, str, object], ...] = (
    ("name", gettext_lazy("Company"), "text", ""),
    ("address", gettext_lazy("Address"), "area", ""),
    ("email", gettext_lazy("E-mail"), "email", ""),
    ("phone", gettext_lazy("Telephone"), "text", ""),
    ("website", gettext_lazy("Website"), "text", ""),
    ("registration", gettext_lazy("Registration"), "text",
     gettext_lazy("For instance the number in the trade register.")),
    ("privacy_contact", gettext_lazy("Contact for privacy"), "text",
     gettext_lazy("Who answers questions and requests.")),
    ("privacy_email", gettext_lazy("E-mail for privacy"), "email", ""),
    ("dpo", gettext_lazy("Data protection officer"), "text",
     gettext_lazy("Name and address, or “none”.")),
    ("joint", gettext_lazy("Who decides with you (joint controllers)"), "area",
     gettext_lazy("One a line: name, address, who does what for people's rights; or “none”.")),
    ("represented", gettext_lazy("Representative in the European Union"), "text",
     gettext_lazy("Only when the company is not established there.")),
    ("recipients", gettext_lazy("Who receives data"), "area",
     gettext_lazy("One a line: the carrier, the bookkeeper, the mail program; or “none”.")),
    ("transfers", gettext_lazy("Outside the European Economic Area"), "area",
     gettext_lazy("One a line: who, in which country, with which safeguard (an adequacy decision, "
                  "standard clauses); or “none”.")),
    ("works_for", gettext_lazy("For whom you process data"), "area",
     gettext_lazy("One a line, as “name and address: what you do for them”; or “none”.")),
    ("interests", gettext_lazy("Your legitimate interests"), "area",
     gettext_lazy("Where you rest on an interest of your own: which one, in a sentence or two.")),
    ("duty", gettext_lazy("What people must give"), "area",
     gettext_lazy("What an agreement or the law requires, and what follows without it. For "
                  "instance: without an address we cannot deliver.")),
    ("decisions", gettext_lazy("Decisions by machine"), "area",
     gettext_lazy("Which, by what logic, and what follows from it for people; or “none”.")),
    ("supervisor", gettext_lazy("Supervisory authority"), "area",
     gettext_lazy("Empty means the Autoriteit Persoonsgegevens in the Netherlands.")),
    ("security", gettext_lazy("Security"), "area", gettext_lazy("In general terms.")),
    ("ways", gettext_lazy("How people in California ask"), "area",
     gettext_lazy("A free telephone number and a web page, one a line.")),
    ("sells", gettext_lazy("Personal information is sold or shared (California)"), "choice", ""),
    ("only_needed", gettext_lazy("Sensitive information serves only what people ask (California)"),
     "choice", gettext_lazy("What 11 CCR 7027(m) lists, such as delivery and security.")),
)  # fmt: skip
MISSING = {"name": gettext_lazy("the company's name"), "address": gettext_lazy("its address"),
           "privacy_email": gettext_lazy("an e-mail address for privacy"),
           "dpo": gettext_lazy("the data protection officer, or that there is none"),
           "joint": gettext_lazy("who decides with you, or that nobody does"),
           "duty": gettext_lazy("what people must give"),
           "recipients": gettext_lazy("who receives data"),
           "transfers": gettext_lazy("whether data leave the European Economic Area"),
           "interests": gettext_lazy("which legitimate interests you have"),
           "decisions": gettext_lazy("what a machine decides")}  # fmt: skip


@found
def privacy_overview(actor: Actor) -> tuple[PrivacyTile, ...]:
    """See `registering_pages.RegisterPages`."""
    tiles = []
    if may(actor, "rights.handle"):
        waiting = sum(line.state == "open" for line in privacy.requests(actor))
        tiles.append(
            PrivacyTile(_("Requests of customers"), _("Access, correction, erasure, objection."),
                        reverse("web:requests"), "shield-check", waiting)
        )  # fmt: skip
    if may(actor, "restrictions.manage"):
        tiles.append(
            PrivacyTile(_("Restricted and kept"), _("Restriction, objection, kept for a case."),
                        reverse("web:privacy_limits"), "lock")
        )  # fmt: skip
    if may(actor, "retention.manage"):
        tiles.append(
            PrivacyTile(_("How long we keep it"), _("Terms, what goes when, and what went."),
                        reverse("web:privacy_retention"), "clock")
        )  # fmt: skip
    if may(actor, "customers.erase"):
        tiles.append(
            PrivacyTile(_("Erasures"), _("Who was asked to be erased, and the receipts."),
                        reverse("web:erasures"), "trash")
        )  # fmt: skip
    tiles += [
        PrivacyTile(str(title), str(text), reverse("web:privacy_document", args=[key]), ICONS[key])
        for key, (title, text, _make) in papers.PAPERS.items()
    ]
    if may(actor, "privacy.manage"):
        undecided = len(privacy.undecided(actor))
        tiles += [
            PrivacyTile(_("Company details"), _("What the papers say of the company."),
                        reverse("web:privacy_company"), "building"),
            PrivacyTile(_("Sources and informing"), _("How people of each source are told."),
                        reverse("web:privacy_sources"), "database"),
            PrivacyTile(_("Own fields"), _("Why each is kept, and how long."),
                        reverse("web:privacy_fields"), "tag", undecided),
        ]  # fmt: skip
    return tuple(tiles)


@found
def privacy_document(actor: Actor, key: str, language: str) -> PaperView:
    """See `registering_pages.RegisterPages`."""
    if not may(actor, "sources.read"):
        raise PermissionError("sources.read")
    if key not in papers.PAPERS:
        raise NotFound("There is no such paper.")
    chosen = language if language in LANGUAGES else "nl"
    missing = tuple(str(MISSING[k]) for k in privacy.company_details(actor).missing)
    undecided = len(privacy.undecided(actor))
    if undecided:
        missing = (*missing, _("why %(n)d own fields are kept") % {"n": undecided})
    with translation.override(chosen):
        title, intro, make = papers.PAPERS[key]
        svg = papers.picture(actor) if key == "map" else ""
        return PaperView(
            key, str(title), str(intro), chosen, tuple(make(actor, chosen)), missing, svg
        )


@found
def company_form(actor: Actor) -> tuple[FormLine, ...]:
    """See `registering_pages.RegisterPages`."""
    if not may(actor, "privacy.manage"):
        raise PermissionError("privacy.manage")
    held = privacy.company_details(actor)
    return tuple(
        FormLine(key, str(label), str(getattr(held, key)), kind, str(told))
        for key, label, kind, told in LINES
    )  # fmt: skip


@found
def choose_company(actor: Actor, told: Mapping[str, str]) -> None:
    """See `registering_pages.RegisterPages`."""
    rights.choose_company(actor, told)


@found
def source_notices(actor: Actor) -> tuple[SourceNoticeRow, ...]:
    """See `registering_pages.RegisterPages`."""
    if not may(actor, "privacy.manage"):
        raise PermissionError("privacy.manage")
    held = privacy.notices(actor)
    last = privacy.last_told(actor)
    return tuple(
        SourceNoticeRow(
            o.key, o.name, _choices(said.WAYS, [held[o.key].way] if o.key in held else []),
            held[o.key].text if o.key in held else "", last.get(o.key),
            held[o.key].public if o.key in held else "",
        )
        for o in privacy.origins(actor) if o.key != "desk"
    )  # fmt: skip


@found
def choose_notices(actor: Actor, told: Mapping[str, tuple[str, str, str, str]]) -> None:
    """See `registering_pages.RegisterPages`."""
    for source, (way, text, day, public) in told.items():
        if way in said.WAYS:
            rights.choose_notice(
                actor, source, way, text, public if public in ("yes", "no") else ""
            )
        if day:
            _note_told(actor, source, day, text)


def _note_told(actor: Actor, source: str, day: str, text: str) -> None:
    try:
        rights.note_informed(actor, source, date.fromisoformat(day), "notice", note=text)
    except (ValueError, rights.BadRequest) as error:
        raise Invalid({source: _("That day is still to come, or is no day.")}) from error


def _choices(held: words.Words, chosen: list[str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, str(label), key in chosen) for key, label in held.items())


@found
def own_fields(actor: Actor) -> tuple[OwnFieldRow, ...]:
    """See `registering_pages.RegisterPages`."""
    if not may(actor, "privacy.manage"):
        raise PermissionError("privacy.manage")
    language = translation.get_language() or "nl"
    register = fields.everything()
    keys = CustomField.objects.order_by("key").values_list("key", flat=True)
    bases = {k: v for k, v in said.BASES.items() if k != "unknown"}
    made = [
        OwnFieldRow(
            key, held.label(language), held.basis == "unknown",
            tuple(Choice(c, f"{said.category(c)} ({c})", c == held.category)
                  for c in sorted(CATEGORIES)),
            _choices(said.PURPOSES, list(held.purposes)), _choices(bases, [held.basis]),
            _choices(said.NATURES, [held.nature]),
            _choices(said.SENSITIVITIES, [held.sensitivity]),
            f"{held.retention_days / YEAR:g}",
        )
        for key in keys if (held := register[key])
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda row: (not row.is_open, row.label)))


@found
def describe_own_field(actor: Actor, key: str, told: Mapping[str, Any]) -> None:
    """See `registering_pages.RegisterPages`."""
    try:
        days = round(float(str(told.get("years", "")).replace(",", ".")) * YEAR)
    except ValueError:
        days = 0
    try:
        rights.describe_field(actor, key, {**told, "retention_days": days})
    except rights.BadField as error:
        text = _("Choose a ground, at least one purpose, and a number of years.")
        raise Invalid(dict.fromkeys(error.problems, text)) from error
