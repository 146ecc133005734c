"""One interaction of a history in words: a title, a line below it, and what marks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from klantbeeld.timeline.reads import Entry
from klantbeeld.web import formats
from klantbeeld.web.filled import places, words
from klantbeeld.web.shapes import Direction, Flag, Money, TimelineEntry, Tone

Text = str | Promise
# Kind -> title, and title when there is a subject to name in it.
TITLES: Mapping[str, tuple[Text, Text]] = {
    "mail": (gettext_lazy("Mail without subject"), "%(subject)s"),
    "call": (gettext_lazy("Phone call"), gettext_lazy("Phone call: %(subject)s")),
    "chat": (gettext_lazy("Chat"), gettext_lazy("Chat: %(subject)s")),
    "letter": (gettext_lazy("Letter"), gettext_lazy("Letter: %(subject)s")),
    "quote_letter": (gettext_lazy("Quote by letter"), gettext_lazy("Letter: %(subject)s")),
    "cancellation": (gettext_lazy("Cancellation"), gettext_lazy("Letter: %(subject)s")),
    "visit": (gettext_lazy("Visit"), gettext_lazy("Visit: %(subject)s")),
    "meeting": (gettext_lazy("Meeting"), gettext_lazy("Meeting: %(subject)s")),
    "complaint": (gettext_lazy("Complaint"), gettext_lazy("Complaint: %(subject)s")),
    "complaint_closed": (
        gettext_lazy("Complaint solved"), gettext_lazy("Complaint solved: %(subject)s"),
    ),
    "service": (gettext_lazy("Service"), gettext_lazy("Service: %(subject)s")),
    "service_closed": (
        gettext_lazy("Service done"), gettext_lazy("Service done: %(subject)s"),
    ),
    "question": (gettext_lazy("Question"), gettext_lazy("Question: %(subject)s")),
    "question_closed": (
        gettext_lazy("Question answered"), gettext_lazy("Question answered: %(subject)s"),
    ),
    "return": (gettext_lazy("Return"), gettext_lazy("Return: %(subject)s")),
    "return_closed": (
        gettext_lazy("Return handled"), gettext_lazy("Return handled: %(subject)s"),
    ),
    "compliment": (gettext_lazy("Compliment"), gettext_lazy("Compliment: %(subject)s")),
    "newsletter_sent": (gettext_lazy("Newsletter sent"), "%(subject)s"),
    "newsletter_opened": (
        gettext_lazy("Newsletter opened"), gettext_lazy("Opened: %(subject)s"),
    ),
    "newsletter_clicked": (
        gettext_lazy("Clicked in the newsletter"), gettext_lazy("Clicked: %(subject)s"),
    ),
    "newsletter_bounced": (
        gettext_lazy("Newsletter did not arrive"), gettext_lazy("Did not arrive: %(subject)s"),
    ),
    "newsletter_unsubscribed": (
        gettext_lazy("Unsubscribed from the newsletter"),
        gettext_lazy("Unsubscribed from the newsletter"),
    ),
    "newsletter_subscribed": (
        gettext_lazy("Subscribed to the newsletter"),
        gettext_lazy("Subscribed to the newsletter"),
    ),
    "newsletter_spam": (
        gettext_lazy("Marked the newsletter as spam"),
        gettext_lazy("Marked the newsletter as spam"),
    ),
    "page_view": (gettext_lazy("Page visited"), gettext_lazy("Page visited: %(subject)s")),
    "product_view": (
        gettext_lazy("Product looked at"), gettext_lazy("Looked at %(subject)s"),
    ),
    "search": (gettext_lazy("Searched the website"), gettext_lazy("Searched for “%(subject)s”")),
    "cart": (gettext_lazy("Put in the cart"), gettext_lazy("Put in the cart: %(subject)s")),
    "configuration": (
        gettext_lazy("Configured a product"), gettext_lazy("Configured: %(subject)s"),
    ),
    "download": (gettext_lazy("Download"), gettext_lazy("Download: %(subject)s")),
    "web_purchase": (
        gettext_lazy("Bought on the website"), gettext_lazy("Bought on the website: %(subject)s"),
    ),
    "request": (gettext_lazy("Request"), gettext_lazy("Request: %(subject)s")),
    "lead": (gettext_lazy("Lead"), gettext_lazy("Lead: %(subject)s")),
    "login": (
        gettext_lazy("Logged in on the portal"), gettext_lazy("Logged in on the portal"),
    ),
    "logout": (
        gettext_lazy("Logged out of the portal"), gettext_lazy("Logged out of the portal"),
    ),
    "portal_use": (
        gettext_lazy("Used the portal"), gettext_lazy("Used the portal: %(subject)s"),
    ),
    "holdout": (
        gettext_lazy("Left out of a mailing on purpose"),
        gettext_lazy("Left out on purpose: %(subject)s"),
    ),
    "survey": (gettext_lazy("Survey answered"), gettext_lazy("Survey: %(subject)s")),
    "social_like": (gettext_lazy("Like"), gettext_lazy("Liked %(subject)s")),
    "social_comment": (gettext_lazy("Comment"), gettext_lazy("Commented: %(subject)s")),
    "social_follow": (gettext_lazy("Follows us"), gettext_lazy("Follows us")),
    "social_share": (gettext_lazy("Shared"), gettext_lazy("Shared: %(subject)s")),
    "social_mention": (gettext_lazy("Mentioned us"), gettext_lazy("Mentioned us: %(subject)s")),
    "note": (gettext_lazy("Note"), gettext_lazy("Note: %(subject)s")),
    "observation": (gettext_lazy("Observation"), gettext_lazy("Observation: %(subject)s")),
    "remark": (gettext_lazy("Remark in the shop"), gettext_lazy("Said in the shop: %(subject)s")),
    "task": (gettext_lazy("Task"), "%(subject)s"),
    "appointment": (gettext_lazy("Appointment"), gettext_lazy("Appointment: %(subject)s")),
    "event": (gettext_lazy("Something happened"), "%(subject)s"),
}  # fmt: skip
TONES: Mapping[str, Tone] = {
    "complaint_closed": "good", "service_closed": "good", "question_closed": "good",
    "return_closed": "good", "compliment": "good", "newsletter_unsubscribed": "warn",
    "newsletter_bounced": "warn", "newsletter_spam": "bad",
}  # fmt: skip
DIRECTIONS: Mapping[str, Direction] = {"in": "in", "out": "out"}
CASES = ("complaint", "service", "question", "return", "compliment")


def shown(customer: str, entry: Entry) -> TimelineEntry:
    """The line of an entry in the history of a customer (public id)."""
    return TimelineEntry(
        public_id=places.entry_id(entry.interaction),
        day=entry.day,
        at=entry.at,
        family=entry.family,
        title=title(entry),
        detail=_detail(entry),
        channel=channel(entry),
        direction=DIRECTIONS.get(entry.direction, ""),
        people=_with(entry),
        amount=None if entry.amount_minor is None else Money(entry.amount_minor, entry.currency),
        flag=_flag(entry),
        tone=_tone(entry),
        source=entry.source_name,
        has_more=bool(entry.lines or entry.documents or entry.has_text),
        is_upcoming=entry.is_upcoming,
    )


def title(entry: Entry) -> str:
    """What happened, in a few words."""
    special = SPECIAL.get(entry.kind)
    if special is not None:
        return special(entry)
    bare, named = TITLES.get(entry.kind, ("", ""))
    if not bare:
        own = words.headed({}, entry.kind)
        return f"{own}: {entry.subject}" if entry.subject else own
    return str(named) % {"subject": entry.subject} if entry.subject else str(bare)


def _order(entry: Entry) -> str:
    bought = ", ".join(entry.products) or entry.subject
    more = entry.lines - len(entry.products)
    if entry.products and more > 0:
        bought += " " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    name = (_("Order %(number)s") % {"number": entry.number}).strip()
    return f"{name}: {bought}" if bought else name


def _quote(entry: Entry) -> str:
    name = (_("Quote %(number)s") % {"number": entry.number}).strip()
    return f"{name}: {entry.subject}" if entry.subject else name


def _points(entry: Entry) -> str:
    delta = _whole(entry.details.get("points_delta"))
    if delta is None:
        return _("Loyalty points")
    count = formats.number(abs(delta))
    if delta < 0:
        return ngettext("%(n)s point spent", "%(n)s points spent", abs(delta)) % {"n": count}
    return ngettext("%(n)s point earned", "%(n)s points earned", delta) % {"n": count}


def _survey(entry: Entry) -> str:
    score = _whole(entry.details.get("nps_score"))
    if score is None:
        bare, named = TITLES["survey"]
        return str(named) % {"subject": entry.subject} if entry.subject else str(bare)
    return _("Survey: %(score)d as recommendation") % {"score": score}


SPECIAL: Mapping[str, Callable[[Entry], str]] = {
    "order": _order, "quote": _quote, "points": _points, "survey": _survey,
}  # fmt: skip


def _whole(value: object) -> int | None:
    return (
        round(float(value)) if isinstance(value, int | float | str) and _is_number(value) else None
    )


def _is_number(value: int | float | str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _detail(entry: Entry) -> str:
    told = entry.details
    extra = ngettext("%(n)d document", "%(n)d documents", entry.documents) % {"n": entry.documents}
    satisfied = told.get("satisfaction")
    return words.joined(
        words.said(words.PAYMENTS, str(told.get("payment_method") or "")),
        _("code %(code)s") % {"code": entry.code} if entry.code else "",
        _came_by(entry),
        told.get("cause") if told.get("cause") != entry.subject else "",
        _("case %(number)s") % {"number": entry.number}
        if entry.number and entry.family in CASES
        else "",
        _("satisfaction %(score)s") % {"score": formats.number(satisfied, 0)} if satisfied else "",
        told.get("topic") if entry.kind == "newsletter_clicked" else "",
        _also(entry),
        extra if entry.documents else "",
    )


def _came_by(entry: Entry) -> str:
    """Through what it came about: a campaign, advice, a funnel."""
    if entry.family == "newsletter":
        return entry.campaign if entry.campaign != entry.subject else ""
    if entry.campaign and entry.family == "purchase":
        return _("through %(what)s") % {"what": entry.campaign}
    return _("through %(what)s") % {"what": entry.origin} if entry.origin else entry.campaign


def _also(entry: Entry) -> str:
    names = [p.name for p in entry.people if p.name]
    return _("also: %(names)s") % {"names": ", ".join(names)} if names else ""


def channel(entry: Entry) -> str:
    """Over what it went, when the kind does not say so already."""
    if entry.family in ("newsletter", "web", "portal", "loyalty", "letter", "social", "survey"):
        return ""
    if entry.family == "mail":
        return {"in": _("received"), "out": pgettext("mail", "sent")}.get(entry.direction, "")
    shop = str(entry.details.get("shop") or "")
    if entry.family == "purchase" and shop:
        return shop
    return words.said(words.CHANNELS, entry.channel)


def _with(entry: Entry) -> tuple[str, ...]:
    """Who was at our side of it."""
    if entry.employee:
        return (entry.employee,)
    if entry.family == "mail" and entry.direction == "out":
        sender = entry.details.get("sender_name") or entry.details.get("sender")
        return (str(sender),) if sender else ()
    return ()


def _flag(entry: Entry) -> Flag | None:
    if entry.status == "cancelled":
        return Flag(_("cancelled"), "grey", "ban")
    if entry.status == "open" and entry.kind in CASES:
        return Flag(_("open"), "bad" if entry.kind == "complaint" else "warn", "alert-circle")
    if entry.status == "open" and entry.kind == "quote":
        return Flag(_("open"), "info", "clock")
    return None


def _tone(entry: Entry) -> Tone | None:
    if entry.kind == "order" and entry.status == "cancelled":
        return "grey"
    if entry.kind == "order" and (entry.amount_minor or 0) < 0:
        return "warn"
    return TONES.get(entry.kind)
