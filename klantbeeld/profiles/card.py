"""The customer card: everything of the first response, put together from every room."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.accounts.reads import visible
from klantbeeld.core import clock, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import Explanation
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import Consent
from klantbeeld.profiles import contacting
from klantbeeld.profiles.building import Member, members_of
from klantbeeld.profiles.colleagues import may_work_for
from klantbeeld.profiles.contacting import Judged, Known, Question
from klantbeeld.profiles.finding import shown_name
from klantbeeld.profiles.identity_lines import IdentityLine, known_of, lines
from klantbeeld.profiles.models import Profile
from klantbeeld.sources import reads as sources
from klantbeeld.timeline import reads as timeline
from klantbeeld.timeline.reads import ENDING_DAYS, REPEATED_DAYS, History

log = logging.getLogger(__name__)
PanelState = Literal["ok", "empty", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that deserves attention; `tone` is bad, warn, info, good or grey."""

    key: str
    text: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Figure:
    """One key figure: an amount, a number or a day, with what it is and what it rests on.

    `family` is the part of the history it is made of; `spark` are twelve months, oldest first;
    `trend` the change against the twelve months before in percent.
    """

    key: str
    label: str
    definition: str
    source: str
    as_of: datetime | None
    amount_minor: int | None = None
    number: int | None = None
    day: date | None = None
    text: str = ""
    note: str = ""
    tone: str = ""
    family: str = ""
    trend: int | None = None
    spark: tuple[int, ...] = ()


@dataclass(frozen=True)
class PanelShown:
    """A registered panel with what it read; `context` is empty unless `state` is ``ok``."""

    key: str
    title: str
    place: str
    order: int
    template: str
    state: PanelState
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """Another customer of the household."""

    customer: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Tied:
    """Another customer and how this one hangs together with it (see `identity.Related`)."""

    customer: int
    public_id: str
    name: str
    relation: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A customer's card. `public_id` is the survivor's when the id asked for was absorbed.

    `contact` maps a channel to the verdict for marketing today, None where it could not be reached.
    """

    customer: int
    public_id: str
    records: tuple[int, ...]
    name: str
    kind: str
    group: str
    group_reason: str
    since: date | None
    city: str
    sources: tuple[str, ...]
    updated_at: datetime | None
    flags: tuple[Flag, ...]
    figures: tuple[Figure, ...]
    identity: tuple[IdentityLine, ...]
    consents: Mapping[str, Consent]
    contact: Mapping[str, Judged | None]
    preferred: str
    household: tuple[Relation, ...]
    relations: tuple[Tied, ...]
    panels: tuple[PanelShown, ...]
    history: History
    why: Explanation


def card(actor: Actor, profile: Profile) -> Card:
    """The card of a customer with a profile."""
    members = members_of([profile.pk])[profile.pk]
    records = tuple(m.said.record for m in members)
    names = sources.named(actor, sorted({m.said.source for m in members}))
    allowed = set(visible(actor, profile.data))
    consents = privacy.consents(actor, records)
    contact = verdicts(profile, members)
    return Card(
        customer=profile.pk,
        public_id=to_public("customer", profile.pk),
        records=records,
        name=shown_name(profile.name, profile.data, allowed),
        kind=profile.kind,
        group=profile.group,
        group_reason=profile.group_reason,
        since=_since(profile),
        city=profile.city,
        sources=tuple(sorted(names.values())),
        updated_at=clock.local(profile.updated_at) if profile.updated_at else None,
        flags=tuple(_flags(actor, records, contact, profile)),
        figures=tuple(_figures(actor, records, profile)),
        identity=tuple(lines(actor, known_of(members, names))),
        consents=consents,
        contact=contact,
        preferred=str(visible(actor, profile.data).get("preferred_channel") or ""),
        household=tuple(_household(actor, profile.pk)),
        relations=tuple(_relations(actor, profile)),
        panels=tuple(panels(actor, records)),
        history=timeline.history(actor, records),
        why=identity.why(actor, records),
    )


def _since(profile: Profile) -> date | None:
    said = profile.data.get("customer_since")
    if said:
        try:
            return date.fromisoformat(str(said)[:10])
        except ValueError:
            pass
    first = profile.first_order_day
    return None if first is None else clock.day_to_date(first)


def _flags(
    actor: Actor, records: Sequence[int], contact: Mapping[str, Judged | None], profile: Profile
) -> list[Flag]:
    return [
        *_complaint_flags(timeline.complaint_days(actor, records)),
        *_subscription_flags(actor, records),
        *_relation_flags(str(profile.data.get("relation_type") or "")),
        *_contact_flags(contact),
    ]


def _complaint_flags(days: Sequence[date]) -> list[Flag]:
    today = clock.day_to_date(clock.today())
    if not days or (today - days[0]).days > REPEATED_DAYS:
        return []
    recent = [day for day in days if (days[0] - day).days <= REPEATED_DAYS]
    if len(recent) < 2:
        return []
    text = ngettext(
        "%(n)d complaint in %(days)d days", "%(n)d complaints in %(days)d days", len(recent)
    ) % {"n": len(recent), "days": REPEATED_DAYS}
    return [Flag("repeated_complaint", text, "bad", "flag")]


def _subscription_flags(actor: Actor, records: Sequence[int]) -> list[Flag]:
    return [
        Flag(
            "subscription_ends",
            _("%(name)s ends on %(day)s")
            % {"name": row.name, "day": f"{row.ended.day}-{row.ended.month}-{row.ended.year}"},
            "warn", "repeat",
        )
        for row in timeline.subscriptions(actor, records).rows
        if row.ended is not None and row.days_left is not None and row.days_left <= ENDING_DAYS
    ]  # fmt: skip


def _relation_flags(relation: str) -> list[Flag]:
    texts = {
        "deceased": _("Deceased"), "supplier": _("Supplier"), "competitor": _("Competitor"),
        "former_employee": _("Former employee"),
    }  # fmt: skip
    if relation not in texts:
        return []
    tone = "bad" if relation == "deceased" else "grey"
    return [Flag(f"relation_{relation}", texts[relation], tone, "info-circle")]


def _contact_flags(contact: Mapping[str, Judged | None]) -> list[Flag]:
    texts = {"phone": _("Do not call"), "email": _("Do not e-mail")}
    icons = {"phone": "phone-off", "email": "mail-off"}
    return [
        Flag(f"do_not_{channel}", text, "grey", icons[channel])
        for channel, text in texts.items()
        if (held := contact.get(channel)) and held.is_refused
    ]


def verdicts(profile: Profile, members: Sequence[Member]) -> dict[str, Judged | None]:
    """Channel to the verdict for marketing today; one that fails leaves the card whole, and grey.

    Nothing may be sent by what is not known.
    """
    try:
        known = Known(profile, members)
        return {c: contacting.judged(known, Question(c)) for c in contacting.CHANNELS}
    except Exception:
        log.exception("verdicts about contact failed")
        return dict.fromkeys(contacting.CHANNELS)


def _figures(actor: Actor, records: Sequence[int], profile: Profile) -> list[Figure]:
    as_of = clock.local(profile.updated_at) if profile.updated_at else None
    counted = _("orders, up to and including %(day)s") % {
        "day": clock.day_to_date(profile.figures_day).strftime("%d-%m-%Y")
    }
    return [
        _revenue(actor, records, profile, counted, as_of),
        _orders(profile, counted, as_of),
        _last_contact(profile, as_of),
        _complaints(profile, as_of),
    ]


def _revenue(
    actor: Actor, records: Sequence[int], profile: Profile, counted: str, as_of: datetime | None
) -> Figure:
    months = timeline.revenue_by_month(actor, records, profile.figures_day)
    before, last = sum(months[:12]), sum(months[12:])
    return Figure(
        "revenue_12m", _("Revenue in 12 months"),
        _("Orders of the last 365 days that were not cancelled, less returns."), counted, as_of,
        amount_minor=profile.revenue_12m_minor, family="purchase",
        trend=round(100 * (last - before) / before) if before > 0 else None,
        spark=tuple(months[12:]),
    )  # fmt: skip


def _orders(profile: Profile, counted: str, as_of: datetime | None) -> Figure:
    rhythm = ""
    if profile.days_between_orders is not None:
        days = round(profile.days_between_orders)
        rhythm = ngettext("every %(n)d day", "every %(n)d days", days) % {"n": days}
    last = profile.last_order_day
    return Figure(
        "orders", _("Orders"),
        _("Orders of a positive amount that were not cancelled; the rhythm is the median of the "
          "days between days with a purchase."), counted, as_of,
        number=profile.orders, note=rhythm, family="purchase",
        day=None if last is None else clock.day_to_date(last),
    )  # fmt: skip


def _last_contact(profile: Profile, as_of: datetime | None) -> Figure:
    at = profile.last_contact_at
    return Figure(
        "last_contact", _("Last contact"),
        _("The last time that somebody met, called, wrote to or was written to by us; newsletters "
          "and visits to the website do not count."), _("all sources"), as_of,
        day=clock.local(at).date() if at else None, text=profile.last_contact_kind,
    )  # fmt: skip


def _complaints(profile: Profile, as_of: datetime | None) -> Figure:
    count = profile.open_complaints
    total = ngettext("%(n)d in all", "%(n)d in all", profile.complaints)
    return Figure(
        "complaints", _("Open complaints"),
        _("Complaints that are not closed yet; beside it all complaints ever."),
        _("complaints"), as_of, number=count, note=total % {"n": profile.complaints},
        tone="bad" if count else "", family="complaint",
    )  # fmt: skip


def _household(actor: Actor, customer: int) -> list[Relation]:
    others = Profile.objects.filter(pk__in=identity.household_of(actor, customer))
    return [
        Relation(
            p.pk, to_public("customer", p.pk),
            shown_name(p.name, p.data, set(visible(actor, p.data))),
        )
        for p in others.only("name", "data").order_by("sort_key", "pk")[:12]
    ]  # fmt: skip


_MOST_RELATIONS = 12


def _relations(actor: Actor, profile: Profile) -> list[Tied]:
    people = may_work_for(actor, profile)
    found = identity.relations_of(actor, profile.pk, people)[:_MOST_RELATIONS]
    profiles = Profile.objects.only("name", "data").in_bulk([one.customer for one in found])
    return [
        Tied(
            p.pk, to_public("customer", p.pk),
            shown_name(p.name, p.data, set(visible(actor, p.data))), one.relation, one.because,
        )
        for one in found if (p := profiles.get(one.customer))
    ]  # fmt: skip


def panels(actor: Actor, records: Sequence[int]) -> list[PanelShown]:
    """Every registered panel; one that fails is shown as failed and leaves the card whole."""
    shown = []
    for panel in registry.panels():
        state: PanelState = "ok"
        context: Mapping[str, Any] | None = None
        try:
            context = panel.read(actor, records)
            state = "empty" if context is None else "ok"
        except NotAllowed:
            state = "denied"
        except Exception:
            log.exception("panel failed")
            state = "failed"
        shown.append(
            PanelShown(
                panel.key, _(panel.title), panel.place, panel.order, panel.template, state,
                context or {},
            )
        )  # fmt: skip
    return shown
