"""Answers about one customer, in lines and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import reads as pipeline
from klantbeeld.segments.reads import Asked, Found, Told
from klantbeeld.timeline.reads import Case, Entry, Line
from klantbeeld.web import formats
from klantbeeld.web.filled import checking, consents, entries, places, words
from klantbeeld.web.shapes import Flag, Money, PanelRow, Section

LONGEST = 240


def about(asked: Asked, told: Told) -> dict[str, Any]:
    """The parts of an `AskView` that answer a question about one customer."""
    return {
        "last_purchase": _last_purchase,
        "complaints": _complaints,
        "last_contact": _last_contact,
        "may_contact": _may_contact,
    }[asked.question.key](asked.customer, told)


def _last_purchase(customer: str, told: Told) -> dict[str, Any]:
    if not told.entries:
        return {"headline": _("Nothing bought yet, as far as the sources know.")}
    last = told.entries[0]
    names = ", ".join(line.product for line in told.lines if line.product)
    amount = formats.money(last.amount_minor or 0, last.currency)
    headline = _("Last bought on %(day)s: %(what)s, for %(amount)s.") % {
        "day": formats.day(last.day), "what": names or last.subject or last.number,
        "amount": amount,
    }  # fmt: skip
    lines = tuple(_line(line, last.currency) for line in told.lines)
    before = tuple(_entry(customer, e) for e in told.entries)
    return {
        "headline": headline,
        "sections": (
            *((Section("lines", _("What was bought last"), lines),) if lines else ()),
            Section("orders", _("Last purchases"), before),
        ),
    }


def _line(line: Line, currency: str) -> PanelRow:
    quantity = f"{line.quantity:g} ×"
    return PanelRow(
        line.product or _("Order line"), words.joined(quantity, line.category),
        Money(line.amount_minor, currency),
    )  # fmt: skip


def _entry(customer: str, entry: Entry, text: str = "") -> PanelRow:
    shown = entries.shown(customer, entry)
    bought = ", ".join(entry.products)
    short = " ".join(text.split())
    short = short if len(short) <= LONGEST else short[:LONGEST].rsplit(" ", 1)[0] + "…"
    return PanelRow(
        shown.title,
        words.joined(
            formats.day(entry.day), entry.employee, bought or ("" if short else shown.detail),
            shown.source, short,
        ),
        shown.amount, shown.flag, places.entry(customer, entry.interaction), is_entry=True,
    )  # fmt: skip


def _complaints(customer: str, told: Told) -> dict[str, Any]:
    complaints = [c for c in told.cases if c.kind == "complaint"]
    running = [c for c in told.cases if c.is_open]
    said = ngettext(
        "Complained %(n)d time before.", "Complained %(n)d times before.", len(complaints)
    ) % {"n": len(complaints)}
    if not complaints:
        said = _("Never complained.")
    still = ngettext(
        "%(n)d case is still open.", "%(n)d cases are still open.", len(running)
    ) % {"n": len(running)}  # fmt: skip
    if not running:
        still = _("Nothing is open.")
    parts = (
        Section("open", _("Still open"), _cases(customer, running)),
        Section(
            "cases", _("Dealt with"), _cases(customer, [c for c in told.cases if not c.is_open])
        ),
    )
    return {"headline": f"{said} {still}", "sections": tuple(p for p in parts if p.data)}


def _cases(customer: str, cases: list[Case]) -> tuple[PanelRow, ...]:
    return tuple(
        PanelRow(
            words.joined(str(entries.TITLES[c.kind][0]), c.number),
            words.joined(formats.day(c.opened), c.subject, c.cause, c.resolution, c.handled_by),
            flag=Flag(_("open"), "bad", "alert-circle")
            if c.is_open
            else Flag(_("solved"), "good", "check"),
            href=places.entry(customer, c.interaction),
            is_entry=True,
        )
        for c in cases
    )


def _last_contact(customer: str, told: Told) -> dict[str, Any]:
    if not told.entries:
        return {"headline": _("No contact is known of.")}
    last = told.entries[0]
    day = formats.day(last.day)
    if told.employee:
        headline = _("Last contact on %(day)s. %(who)s spoke with this customer last.") % {
            "day": day, "who": told.employee,
        }  # fmt: skip
    else:
        headline = _("Last contact on %(day)s; no source says with which colleague.") % {"day": day}
    texts = told.texts or {}
    met = tuple(_entry(customer, e, texts.get(e.interaction, "")) for e in told.entries)
    ahead = tuple(_entry(customer, e) for e in told.ahead)
    return {
        "headline": headline,
        "sections": (
            Section("contacts", _("Last contacts, and what was said"), met),
            Section("ahead", _("Agreed and planned"), ahead, _("Nothing is planned.")),
        ),
    }


def _may_contact(customer: str, told: Told) -> dict[str, Any]:
    lamps = consents.lamps(told.consents or {}, told.contact or {})
    said = {
        "yes": _("%(channel)s: yes"), "no": _("%(channel)s: no"),
        "unknown": _("%(channel)s: unknown"),
    }  # fmt: skip
    asked = [lamp for lamp in lamps if lamp.channel in ("phone", "email")]
    headline = " · ".join(said[lamp.state] % {"channel": lamp.label} for lamp in asked)
    rows = tuple(
        PanelRow(lamp.label, words.joined(lamp.reason, lamp.source), lamp.at and lamp.at.date())
        for lamp in lamps
    )
    section = Section("proof", _("Since when, and from what"), rows)
    return {"headline": headline, "lamps": lamps, "sections": (section,)}


def topics(told: Found) -> Iterator[Section]:
    """The topics of the newsletter that were read."""
    rows = tuple(
        PanelRow(
            topic.name,
            _("opened %(opened)s times, clicked %(clicked)s times") % {
                "opened": formats.number(topic.opened), "clicked": formats.number(topic.clicked),
            },
            topic.customers,
        )
        for topic in told.topics
    )  # fmt: skip
    if rows:
        yield Section("topics", _("Topics, and how many customers read them"), rows)


def checkup_line(actor: Actor) -> str:
    """Doubles and wrong addresses in one sentence."""
    return checking.in_short(pipeline.checkup(actor))
