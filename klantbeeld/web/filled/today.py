"""The start page: where things stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.reads import may, may_of_everybody
from klantbeeld.core.actor import Actor
from klantbeeld.pipeline import reads as pipeline
from klantbeeld.pipeline.reads import Totals
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources import reads as sources
from klantbeeld.sources.reads import DeliveryLine
from klantbeeld.web import formats
from klantbeeld.web.filled import customer_list, enriching, places, wanting, welcoming
from klantbeeld.web.filled.delivering import row
from klantbeeld.web.shapes import DemoNote, Fact, Flag, GoalsView, Link, Money, StartView, Step

LATELY = 8
# More things to do next than this are no next things.
STEPS = 3
SAMPLE_COMPANY = "De Dertien Spaken"


def start(actor: Actor) -> StartView:
    """See `pages.Pages`."""
    if pipeline.house_is_empty(actor):
        return _empty(actor)
    counts = profiles.groups(actor)
    lately = sources.deliveries(actor, limit=LATELY) if may(actor, "sources.read") else []
    totals = pipeline.totals(actor) if may_of_everybody(actor, "customers.read") else None
    house = pipeline.holdings(actor)
    facts = enriching.told(_totals(sum(counts.values()), totals), house)
    wanted = wanting.view(actor, facts)
    return StartView(
        totals=wanting.first(actor, facts, lambda fact: fact.key, "facts"),
        groups=customer_list.chips(counts) if counts else (),
        deliveries=tuple(row(held) for held in lately),
        attention=tuple(_attention(actor, lately)),
        as_of=lately[0].finished_at or lately[0].started_at if lately else None,
        demo=DemoNote(SAMPLE_COMPANY, str(settings.HOME)) if settings.IS_DEMO else None,
        may_import=may(actor, "sources.import"),
        add_href=places.add(),
        sample=welcoming.sample(actor),
        goals=wanted,
        steps=tuple(_steps(wanted, enriching.offers(actor, house))),
    )


def _empty(actor: Actor) -> StartView:
    """Nothing here yet: only ways to begin."""
    return StartView(
        totals=(), groups=(), deliveries=(), is_empty=True,
        may_import=may(actor, "sources.import"), add_href=places.add(),
        sample=welcoming.sample(actor), goals=wanting.view(actor, ()),
    )  # fmt: skip


def _steps(wanted: GoalsView, offers: tuple[Link, ...]) -> Iterator[Step]:
    """What to do next: choose, then bring what the chosen goals lack, each kind of data once.

    With nothing chosen, what would say most about everybody.
    """
    if not wanted.chosen and wanted.may_choose:
        yield Step(
            _("Choose what you want to know first"),
            _("Start page and cards then begin with that."), reverse("web:goals"), "star",
        )  # fmt: skip
    lacking = {need.label: need for goal in wanted.chosen for need in goal.missing}
    for need in list(lacking.values())[:STEPS]:
        yield Step(
            _("Add: %(what)s") % {"what": need.label[:1].lower() + need.label[1:]}, need.note,
            wanted.add_href, "file-import",
        )  # fmt: skip
    if not wanted.chosen:
        for offer in offers:
            yield Step(offer.text, _("Cards and lists then say more."), offer.href, "file-import")
    if wanted.chosen and not lacking:
        yield Step(
            _("See your best customers"), _("Everything about one customer on one card."),
            places.customers(sort="-revenue"), "user",
        )  # fmt: skip


def _totals(customers: int, found: Totals | None) -> Iterator[Fact]:
    """What all customers come to; without a copy only how many there are."""
    if not customers:
        return
    yield Fact(
        "customers", _("Customers"), customers, _("people and organisations"),
        definition=_("Records that are one customer together count as one."),
        as_of=found.as_of if found else None, href=places.customers(),
    )  # fmt: skip
    if found is not None:
        yield from _money(found)
        yield from _contact(found)
        yield from _shares(customers, found)


def _money(found: Totals) -> Iterator[Fact]:
    yield Fact(
        "revenue_12m", _("Revenue in 12 months"), Money(found.revenue_12m_minor),
        definition=_("All orders of the last 365 days that were not cancelled, less returns."),
        as_of=found.as_of, href=places.customers(f_ordered="365", sort="-revenue"),
    )  # fmt: skip
    yield Fact(
        "revenue", _("Revenue in all"), Money(found.revenue_minor),
        definition=_(
            "All orders that were not cancelled, less returns, since the first one known."
        ),
        as_of=found.as_of, href=places.customers(sort="-revenue"),
    )  # fmt: skip


def _contact(found: Totals) -> Iterator[Fact]:
    yield Fact(
        "interactions", _("Interactions"), found.interactions, _("with customers"),
        definition=_("Everything that happened with customers: purchases, mail, visits, clicks."),
        as_of=found.as_of, href=places.customers(sort="-last_contact"),
    )  # fmt: skip
    customers = ngettext("of %(n)s customer", "of %(n)s customers", found.complaining)
    yield Fact(
        "complaints", _("Open complaints"), found.open_complaints,
        customers % {"n": formats.number(found.complaining)} if found.complaining else "",
        tone="bad" if found.open_complaints else None,
        definition=_("Complaints that are not closed yet."),
        as_of=found.as_of, href=places.customers(f_complaint="open"),
    )  # fmt: skip


def _shares(customers: int, found: Totals) -> Iterator[Fact]:
    """Parts of all customers."""
    shown = (
        ("organisations", _("Organisations"), found.organisations, {"f_kind": "organisation"},
         _("Customers that are a company, foundation or institution.")),
        ("bought", _("Bought in 90 days"), found.bought_lately, {"f_ordered": "90"},
         _("Customers whose last order was at most 90 days ago.")),
        ("mail", _("May be mailed"), found.may_be_mailed, {"f_consent": "mail_yes"},
         _("Customers who gave permission for mail, and did not take it back anywhere.")),
    )  # fmt: skip
    for key, label, n, chosen, definition in shown:
        share = formats.percent(round(100 * n / customers))
        yield Fact(
            key, label, n, _("%(share)s of all customers") % {"share": share},
            definition=definition, as_of=found.as_of, href=places.customers(**chosen),
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
    pairs = pipeline.doubtful(actor) if may_of_everybody(actor, "customers.judge") else 0
    if pairs:
        text = ngettext("%(n)s pair may be one customer", "%(n)s pairs may be one customer", pairs)
        yield Flag(text % {"n": formats.number(pairs)}, "info", "user-question",
                   places.checked("doubtful"))  # fmt: skip
    if not may_of_everybody(actor, "quarantine.read"):
        return
    waiting = sources.rows_waiting(actor)
    if waiting:
        text = _("%(n)s rows wait in quarantine") if waiting > 1 else _("1 row waits in quarantine")
        yield Flag(text % {"n": formats.number(waiting)}, "warn", "inbox", places.quarantine())
