"""The customer card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import reads as counted
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Card
from klantbeeld.segments import reads as segments
from klantbeeld.segments.reads import GroupInWords
from klantbeeld.web import formats, looks
from klantbeeld.web.filled import (
    consents,
    contacting,
    enriching,
    facts,
    history,
    identity,
    panels,
    wanting,
    watching,
    why,
    words,
)
from klantbeeld.web.filled.finding import found
from klantbeeld.web.shapes import Action, CardView, Flag, Group, Link, TimelineQuery, Tone

TONES: dict[str, Tone] = {"bad": "bad", "warn": "warn", "info": "info", "good": "good"}
# What the sprite lacks.
ICONS = {"mail-off": "ban"}


@found
def card(actor: Actor, public_id: str, query: TimelineQuery) -> CardView:
    """See `pages.Pages`."""
    held = profiles.card_for(actor, public_id)
    house = counted.holdings(actor)
    because = segments.in_words(actor, held.group, held.group_reason)
    shown = (
        history.as_page(held.public_id, held.history, query)
        if query == TimelineQuery(size=len(held.history.entries))
        else history.page(actor, held.public_id, held.records, query)
    )
    return CardView(
        public_id=held.public_id,
        name=name(held),
        kind=kind(held.kind),
        group=replace(group(held.group), label=because.label, definition=because.definition),
        since=held.since,
        place=held.city,
        meta=tuple(_meta(held, because)),
        updated_at=held.updated_at,
        source_count=len(held.sources),
        flags=tuple(
            Flag(f.text, TONES.get(f.tone, "grey"), ICONS.get(f.icon, f.icon)) for f in held.flags
        ),
        actions=tuple(_actions(actor, held)),
        facts=wanting.first(
            actor, enriching.told(facts.facts(held), house), lambda fact: fact.key, "facts"
        ),
        identity=identity.values(held.identity),
        lamps=consents.lamps(held.consents, held.contact),
        contact=contacting.panel(actor, held),
        panels=wanting.first(
            actor, panels.panels(actor, held, house), lambda panel: panel.key, "panels"
        ),
        timeline=shown,
        why=why.why(actor, held),
        enrich=enriching.offers(actor, house),
        followed=watching.followed_by(actor, held.records),
        let_in=watching.let_in(actor, held.records),
    )


def name(held: Card) -> str:
    """What the customer is called, also when no source says a name."""
    return held.name or _("Customer without a name")


def kind(text: str) -> Literal["person", "organisation"]:
    """A profile's kind; unknown ones are shown as people."""
    return "organisation" if text == "organisation" else "person"


def group(key: str) -> Group:
    """A customer group with its short label and colour."""
    return Group(key, words.said(words.GROUPS, key), looks.GROUPS.get(key, "grey"))


def _meta(held: Card, because: GroupInWords) -> Iterator[str | Link]:
    if because.why:
        yield f"{because.why} {formats.day(because.day)}" if because.day else because.why
    if held.household:
        n = len(held.household) + 1
        yield Link(ngettext("household of %(n)d", "household of %(n)d", n) % {"n": n}, "#household")


def _actions(actor: Actor, held: Card) -> Iterator[Action]:
    mail = identity.reachable(held.identity, identity.MAILS)
    if mail:
        yield Action("mail", _("Mail"), "mail", identity.mailto(mail), is_primary=True)
    number = identity.reachable(held.identity, ("mobile", "phone"))
    if number:
        yield Action("call", _("Call"), "phone", identity.tel(number))
    if may(actor, "customers.judge"):
        merge = reverse("web:merge_search", args=[held.public_id])
        yield Action("merge", _("Merge with…"), "git-merge", merge)
    if may(actor, "looks.read"):
        address = reverse("web:looked", args=[held.public_id])
        yield Action("looked", _("Who looked here?"), "eye", address)
    compare = reverse("web:compare_search", args=[held.public_id])
    yield Action("compare", _("Compare with…"), "columns", compare)
    if may(actor, "customers.export"):
        address = reverse("web:customer_export", args=[held.public_id])
        yield Action("export", _("Download everything about this customer"), "download", address,
                     "post")  # fmt: skip
    if may(actor, "customers.rectify"):
        address = reverse("web:correct", args=[held.public_id])
        yield Action("correct", _("Correct…"), "pencil", address)
    if may(actor, "rights.handle"):
        address = reverse("web:customer_requests", args=[held.public_id])
        yield Action("requests", _("Requests under privacy law…"), "shield-check", address)
    if may(actor, "restrictions.manage"):
        address = reverse("web:limits", args=[held.public_id])
        yield Action("limits", _("Restrict, object, keep…"), "lock", address)
    if may(actor, "customers.erase"):
        address = reverse("web:erase_parts", args=[held.public_id])
        yield Action("erase_parts", _("Erase a part…"), "trash", address)
        address = reverse("web:erase", args=[held.public_id])
        yield Action("erase", _("Erase this customer…"), "trash", address)
