"""The timeline's panels on the customer card: `rows` in words, `data` as read.

Each gives {rows: PanelLine's, count, note, data}, or None when there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from klantbeeld.core.actor import Actor
from klantbeeld.core.registry import Panel
from klantbeeld.timeline import reads
from klantbeeld.timeline.rules import ENDING_DAYS
from klantbeeld.timeline.shapes import (
    CampaignResponse,
    Case,
    PanelLine,
    QuoteLine,
    Share,
    SubscriptionRow,
)

Context = Mapping[str, Any] | None
ROWS = "web/panels/rows.html"


def _context(data: object, rows: Sequence[PanelLine], count: int | None, note: str = "") -> Context:
    return {"rows": tuple(rows), "count": count, "note": note, "data": data} if rows else None


def _joined(*parts: object) -> str:
    return " · ".join(str(p) for p in parts if p)


def purchases(actor: Actor, records: Sequence[int]) -> Context:
    """Orders with how they were paid, and what was bought."""
    found = reads.purchases(actor, records, 6)
    rows = [
        PanelLine(
            (_("Order %(number)s") % {"number": o.number}).strip(),
            _joined(o.subject, method_name(o.method), o.code), o.amount_minor, o.currency, o.day,
            flag=_("cancelled") if o.status == "cancelled" else "",
            interaction=o.interaction, is_muted=o.status == "cancelled",
        )
        for o in found.orders
    ]  # fmt: skip
    return _context(found, rows, found.count, _paid_with(found.methods))


def method_name(method: str) -> str:
    """A way of paying in words; a source's own word stays as it is."""
    names = {
        "ideal": "iDEAL", "card": _("card"), "credit_card": _("credit card"), "paypal": "PayPal",
        "invoice": _("on account"), "direct_debit": _("direct debit"),
        "bank_transfer": _("bank transfer"), "cash": _("cash"), "gift_card": _("gift card"),
        "points": _("points"), "lease": _("lease"),
    }  # fmt: skip
    return names.get(method, method)


def _paid_with(methods: Sequence[Share]) -> str:
    if not methods:
        return ""
    ways = ", ".join(f"{method_name(m.name)} ({m.count})" for m in methods)
    return _("Paid with %(ways)s") % {"ways": ways}


def subscriptions(actor: Actor, records: Sequence[int]) -> Context:
    """Agreements, with what runs out."""
    found = reads.subscriptions(actor, records)
    return _context(found, [_subscription(s) for s in found.rows], found.running)


def _subscription(row: SubscriptionRow) -> PanelLine:
    flag, tone = "", "grey"
    if row.days_left is not None and row.days_left <= ENDING_DAYS:
        days = row.days_left
        flag = ngettext("ends in %(n)d day", "ends in %(n)d days", days) % {"n": days}
        tone = "warn"
    elif not row.is_running:
        flag = _("ended")
    return PanelLine(
        row.name, _joined(row.number, _period(row.period)), row.amount_minor, row.currency,
        row.ended or row.started, flag=flag, tone=tone, is_muted=not row.is_running,
    )  # fmt: skip


def _period(period: str) -> str:
    names = {
        "month": _("a month"), "year": _("a year"), "quarter": _("a quarter"),
        "week": _("a week"), "half_year": _("half a year"),
    }  # fmt: skip
    return names.get(period, period)


def quotes(actor: Actor, records: Sequence[int]) -> Context:
    """Quotes with their state."""
    found = reads.quotes(actor, records, 6)
    return _context(found, [_quote(q) for q in found], len(found))


def _quote(quote: QuoteLine) -> PanelLine:
    return PanelLine(
        (_("Quote %(number)s") % {"number": quote.number}).strip(), quote.subject,
        quote.amount_minor, quote.currency, quote.day, flag=_status(quote.status),
        tone="info" if quote.status == "open" else "grey", interaction=quote.interaction,
    )  # fmt: skip


def _status(status: str) -> str:
    names = {
        "open": _("open"), "closed": _("closed"), "cancelled": _("cancelled"),
        "active": _("running"),
    }  # fmt: skip
    return names.get(status, status.replace("_", " "))


def cases(actor: Actor, records: Sequence[int]) -> Context:
    """Complaints and other cases, open ones first."""
    found = reads.cases(actor, records)
    note = ""
    worked = [c for c in found if c.is_open]
    if worked:
        note = ngettext("%(n)d open case", "%(n)d open cases", len(worked)) % {"n": len(worked)}
    return _context(found, [_case(c) for c in found[:8]], len(found), note)


def _case(case: Case) -> PanelLine:
    tone = "grey"
    if case.is_open:
        tone = "bad" if case.kind == "complaint" else "warn"
    return PanelLine(
        _joined(case_name(case.kind), case.number), _joined(case.subject, case.resolution),
        case.compensation_minor, case.currency, case.opened,
        flag=_("open") if case.is_open else _("solved"), tone=tone if case.is_open else "good",
        interaction=case.interaction,
    )  # fmt: skip


def case_name(kind: str) -> str:
    """A kind of case in words."""
    names = {
        "complaint": _("Complaint"), "service": _("Service"), "question": _("Question"),
        "return": _("Return"), "compliment": _("Compliment"),
    }  # fmt: skip
    return names.get(kind, kind.capitalize())


def campaigns(actor: Actor, records: Sequence[int]) -> Context:
    """What newsletters and campaigns did."""
    found = reads.campaigns(actor, records, 8)
    return _context(found, [_campaign(c) for c in found], len(found))


def _campaign(response: CampaignResponse) -> PanelLine:
    clicks = ngettext("%(n)d click", "%(n)d clicks", response.clicked) % {"n": response.clicked}
    flag, tone = "", "grey"
    if response.orders:
        flag, tone = _("bought"), "good"
    elif response.unsubscribed:
        flag, tone = _("unsubscribed"), "warn"
    elif response.clicked:
        flag, tone = _("responded"), "good"
    elif response.bounced:
        flag, tone = _("bounced"), "warn"
    return PanelLine(
        response.campaign,
        _joined(
            _("opened") if response.opened else "", clicks if response.clicked else "",
            ", ".join(response.topics),
        ),
        response.amount_minor or None, day=response.last, flag=flag, tone=tone,
        is_muted=not (response.opened or response.clicked or response.orders),
    )  # fmt: skip


def documents(actor: Actor, records: Sequence[int]) -> Context:
    """Letters, quotes and attachments."""
    found = reads.documents(actor, records)
    rows = [PanelLine(d.name, d.media_type, day=d.at.date()) for d in found]
    return _context(found, rows, len(found))


def loyalty(actor: Actor, records: Sequence[int]) -> Context:
    """Points."""
    found = reads.loyalty(actor, records)
    if found is None:
        return None
    rows = [
        PanelLine(_("Balance"), number=found.balance, day=found.last),
        PanelLine(_("Earned"), number=found.earned),
        PanelLine(_("Spent"), number=found.spent),
    ]
    return _context(found, rows, None)


def surveys(actor: Actor, records: Sequence[int]) -> Context:
    """Answers to surveys."""
    found = reads.surveys(actor, records, 5)
    rows = [
        PanelLine(
            s.survey or _("Survey"), s.answer, number=s.score, day=s.day,
            flag=_nps(s.score), tone=_nps_tone(s.score), interaction=s.interaction,
        )
        for s in found
    ]  # fmt: skip
    return _context(found, rows, len(found))


def _nps(score: int | None) -> str:
    if score is None:
        return ""
    return _("promoter") if score >= 9 else _("passive") if score >= 7 else _("detractor")


def _nps_tone(score: int | None) -> str:
    if score is None:
        return "grey"
    return "good" if score >= 9 else "grey" if score >= 7 else "bad"


def portal(actor: Actor, records: Sequence[int]) -> Context:
    """Portal and website."""
    found = reads.portal(actor, records)
    if found is None:
        return None
    rows = [
        PanelLine(_("Logged in on the portal"), number=found.logins, day=found.last_login),
        PanelLine(
            _("Looked at on the website"), _joined(*found.products), number=found.web_events,
            day=found.last_web,
        ),
    ]  # fmt: skip
    if found.searches:
        rows.append(PanelLine(_("Searched for"), _joined(*found.searches)))
    return _context(found, [r for r in rows if r.number or r.detail], None)


PANELS = (
    Panel("cases", gettext_noop("Complaints and cases"), "right", 10, ROWS, cases),
    Panel("purchases", gettext_noop("Money and products"), "right", 20, ROWS, purchases),
    Panel("subscriptions", gettext_noop("Subscriptions"), "right", 30, ROWS, subscriptions),
    Panel("quotes", gettext_noop("Quotes"), "right", 40, ROWS, quotes),
    Panel("campaigns", gettext_noop("Campaigns and responses"), "right", 50, ROWS, campaigns),
    Panel("loyalty", gettext_noop("Loyalty points"), "right", 60, ROWS, loyalty),
    Panel("surveys", gettext_noop("Surveys"), "right", 70, ROWS, surveys),
    Panel("portal", gettext_noop("Portal and website"), "right", 80, ROWS, portal),
    Panel("documents", gettext_noop("Documents"), "right", 90, ROWS, documents),
)
