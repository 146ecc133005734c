"""What the company says of itself as a sender, and how the addresses of its sources came in."""

from __future__ import annotations

import gettext as gettext_module
from collections.abc import Mapping
from dataclasses import replace

import pycountry
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock, mail
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Source
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import reads as ledger
from klantbeeld.sources import reads as sources
from klantbeeld.web import formats
from klantbeeld.web.filled import contact_words as said
from klantbeeld.web.filled import words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, Refused
from klantbeeld.web.shapes import contact as shapes

# The first ones to choose from: those whose rules the program knows.
NEAR = ("NL", "BE", "DE", "FR", "US")
_ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False}


def _answer(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


@found
def contact_settings(actor: Actor) -> shapes.ContactSettings:
    """See `pages.ContactPages`."""
    if not may(actor, "contact.manage"):
        raise Refused(_("Your role may not change what the company says of itself."))
    held = ledger.company(actor)
    return shapes.ContactSettings(
        sender=held.sender,
        senders=said.choices(said.SENDERS, ledger.SENDERS),
        country=held.country,
        countries=tuple(_countries()),
        days=held.confirmation_days,
        name=held.name,
        way_out=_answer(held.offers_way_out),
        alike=_answer(held.sells_alike),
        brands="\n".join(held.brands),
        topics="\n".join(held.topics),
        weighed=tuple(_weighed(held)),
        sources=tuple(
            shapes.SourceObtained(o.key, o.name, o.through, _answer(o.offered_way_out))
            for o in sources.obtained(actor)
        ),
        ways=said.choices(said.WAYS, said.WAYS),
        yes_no=said.choices(said.YES_NO, said.YES_NO),
        has_mail=mail.is_set_up(),
        waiting=ledger.waiting_mails(actor).get("waiting", 0),
    )


def _countries() -> list[tuple[str, str]]:
    """Code and name in the active language; those whose rules the program knows come first."""
    language = get_language() or "en"
    told = gettext_module.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )
    names = {c.alpha_2: told.gettext(c.name) for c in pycountry.countries}
    rest = sorted((name, code) for code, name in names.items() if code not in NEAR)
    return [*((code, names[code]) for code in NEAR), *((code, name) for name, code in rest)]


def _weighed(held: ledger.ContactChoices) -> list[tuple[str, str, str]]:
    """Purpose, its words, and when and by whom it was weighed ("" when it was not)."""
    found = []
    for purpose in ledger.WEIGHED_PURPOSES:
        told = held.interest_weighed.get(purpose)
        note = ""
        if told:
            day = formats.day(clock.day_to_date(told[0]))
            note = _("weighed on %(day)s by %(who)s") % {"day": day, "who": told[1]}
        found.append((purpose, words.headed(said.PURPOSES, purpose), note))
    return found


@found
def choose_contact(
    actor: Actor, told: Mapping[str, str], weighed: tuple[str, ...],
    ways: Mapping[str, tuple[str, str]],
) -> None:  # fmt: skip
    """See `pages.ContactPages`."""
    held = ledger.company(actor)
    today = clock.today()
    kept = {
        purpose: held.interest_weighed.get(purpose, (today, actor.name))
        for purpose in ledger.WEIGHED_PURPOSES
        if purpose in weighed
    }
    days = told.get("days", "")
    sender = next((s for s in ledger.SENDERS if s == told.get("sender")), None)
    if sender is None:
        raise Invalid({"sender": words.said(said.PROBLEMS, "unknown")})
    chosen = replace(
        held, sender=sender, country=told.get("country", ""),
        confirmation_days=int(days) if days.isdecimal() else 0, name=told.get("name", "")[:80],
        offers_way_out=_ANSWERS.get(told.get("way_out", "")), interest_weighed=kept,
        sells_alike=_ANSWERS.get(told.get("alike", "")),
        brands=ledger.names_listed(told.get("brands", "")),
        topics=ledger.names_listed(told.get("topics", "")),
    )  # fmt: skip
    try:
        pipeline.choose_contact(actor, chosen)
    except ValueError as error:
        field = str(error)
        problem = words.said(said.PROBLEMS, field if field in said.PROBLEMS else "unknown")
        raise Invalid({field: problem}) from error
    _choose_ways(actor, ways)


def _choose_ways(actor: Actor, ways: Mapping[str, tuple[str, str]]) -> None:
    held = {o.key: o for o in sources.obtained(actor)}
    for key, (through, way_out) in ways.items():
        known = held.get(key)
        answer = _ANSWERS.get(way_out)
        if known is None or (known.through, known.offered_way_out) == (through, answer):
            continue
        if through in said.WAYS:
            source = Source.objects.get(pk=known.source)
            pipeline.choose_obtained(actor, source, through, answer)
