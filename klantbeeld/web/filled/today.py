"""The start page: where things stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import CustomerQuery
from klantbeeld.sources import reads as sources
from klantbeeld.sources.reads import DeliveryLine
from klantbeeld.web import formats
from klantbeeld.web.filled import customer_list, filters, places
from klantbeeld.web.filled.delivering import row
from klantbeeld.web.shapes import DemoNote, Fact, Flag, StartView

LATELY = 8
SAMPLE_COMPANY = "De Dertien Spaken"


def start(actor: Actor) -> StartView:
    """See `pages.Pages`."""
    counts = profiles.groups(actor)
    lately = sources.deliveries(actor, limit=LATELY)
    return StartView(
        totals=tuple(_totals(actor, counts)),
        groups=customer_list.chips(counts) if counts else (),
        deliveries=tuple(row(held) for held in lately),
        attention=tuple(_attention(actor, lately)),
        as_of=lately[0].finished_at or lately[0].started_at if lately else None,
        demo=DemoNote(SAMPLE_COMPANY, str(settings.HOME)) if settings.IS_DEMO else None,
    )


def _totals(actor: Actor, counts: dict[str, int]) -> Iterator[Fact]:
    total = sum(counts.values())
    if not total:
        return
    yield Fact(
        "customers", _("Customers"), total, _("people and organisations"),
        definition=_("Records that are one customer together count as one."),
        href=places.customers(),
    )  # fmt: skip
    asked = (
        ("organisations", _("Organisations"), {"f_kind": "organisation"},
         _("Customers that are a company, foundation or institution.")),
        ("bought", _("Bought in 90 days"), {"f_ordered": "90"},
         _("Customers whose last order was at most 90 days ago.")),
        ("mail", _("May be mailed"), {"f_consent": "mail_yes"},
         _("Customers who gave permission for mail, and did not take it back anywhere.")),
    )  # fmt: skip
    for key, label, chosen, definition in asked:
        picked = {name.removeprefix("f_"): value for name, value in chosen.items()}
        query = CustomerQuery(size=1, sort="-revenue", **filters.chosen(picked))
        n = profiles.customers(actor, query).matching
        share = formats.percent(round(100 * n / total))
        yield Fact(
            key, label, n, _("%(share)s of all customers") % {"share": share},
            definition=definition, href=places.customers(**chosen),
        )  # fmt: skip


def _attention(actor: Actor, lately: list[DeliveryLine]) -> Iterator[Flag]:
    for held in lately:
        shown = row(held)
        if shown.state in ("failed", "interrupted"):
            text = (
                _("Loading %(source)s failed")
                if shown.state == "failed"
                else _("Loading %(source)s was broken off")
            )
            yield Flag(text % {"source": held.source_name}, "bad", "alert-triangle",
                       places.delivery(held.delivery))  # fmt: skip
    if not may(actor, "quarantine.read"):
        return
    waiting = sources.quarantined(actor, limit=1).open
    if waiting:
        text = _("%(n)s rows wait in quarantine") if waiting > 1 else _("1 row waits in quarantine")
        yield Flag(text % {"n": formats.number(waiting)}, "warn", "inbox", places.quarantine())
