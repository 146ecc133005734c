"""Requests of customers: the register, one request, and the bundle that answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.accounts.reads import may
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.reads import RequestLine
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled import places, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import Download, Flag, Link, Tone
from klantbeeld.web.shapes.matching import Choice
from klantbeeld.web.shapes.requesting import (
    CustomerRequestsView,
    PaperRow,
    RequestRow,
    RequestsView,
    RequestView,
)

KINDS: words.Words = {
    "access": gettext_lazy("Access"), "portability": gettext_lazy("Taking data along"),
    "rectification": gettext_lazy("Correction"), "erasure": gettext_lazy("Erasure"),
    "restriction": gettext_lazy("Restriction"), "objection": gettext_lazy("Objection"),
}  # fmt: skip
WAYS: words.Words = {
    "mail": gettext_lazy("by mail"), "letter": gettext_lazy("by letter"),
    "phone": gettext_lazy("by phone"), "shop": gettext_lazy("in the shop"),
    "portal": gettext_lazy("on the portal"),
}  # fmt: skip
IDENTITIES: words.Words = {
    "not_yet": gettext_lazy("not checked yet"),
    "known_address": gettext_lazy("answered from an address that we knew"),
    "logged_in": gettext_lazy("logged in"),
    "questions": gettext_lazy("answered questions only he knows"),
    "document_shown": gettext_lazy("showed a document (no copy kept)"),
    "no_doubt": gettext_lazy("no reason to doubt"),
}  # fmt: skip
STATES: words.Words = {
    "answered": gettext_lazy("answered"), "refused": gettext_lazy("refused"),
    "withdrawn": gettext_lazy("withdrawn"),
}  # fmt: skip
PROBLEMS: words.Words = {
    "unknown": gettext_lazy("Choose one of the options."),
    "future": gettext_lazy("That day is still to come."),
    "no_reason": gettext_lazy("Write down why: the customer is told."),
    "closed": gettext_lazy("That cannot be done any more."),
    "late": gettext_lazy("It can only be extended within the first month."),
    "identity": gettext_lazy("First note how you made sure who asks."),
    "day": gettext_lazy("Type the day as in 2026-11-22."),
}  # fmt: skip
VERDICTS: Mapping[str, tuple[object, Tone]] = {
    "clean": (gettext_lazy("nothing of others found"), "good"),
    "own": (gettext_lazy("the customer sent it"), "good"),
    "looked_at": (gettext_lazy("looked at"), "good"),
    "names_others": (gettext_lazy("tells of somebody else"), "bad"),
    "unreadable": (gettext_lazy("cannot be read by a program"), "warn"),
    "gone": (gettext_lazy("contents are not kept"), "grey"),
}
BUNDLED = frozenset({"access", "portability"})
TONES: Mapping[str, tuple[Tone, str]] = {
    "late": ("bad", "alert-circle"), "soon": ("warn", "clock"), "fine": ("info", "clock"),
    "done": ("good", "circle-check"),
}  # fmt: skip
ZIP = "application/zip"


def _choices(held: words.Words, chosen: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(key, str(label), key == chosen) for key, label in held.items())


@found
def requests(actor: Actor, kind: str) -> RequestsView:
    """See `requesting_pages.RequestPages`."""
    held = privacy.requests(actor, kind if kind in KINDS else "")
    rows = list(_rows(actor, held))
    is_open = [line.state == "open" for line in held]
    return RequestsView(
        tuple(row for row, still in zip(rows, is_open, strict=True) if still),
        tuple(row for row, still in zip(rows, is_open, strict=True) if not still),
        _choices(KINDS, kind),
    )


def _rows(actor: Actor, lines: Sequence[RequestLine]) -> Iterator[RequestRow]:
    owners = identity.customers_of(actor, [line.record for line in lines if line.record])
    names = profiles.named(actor, sorted(set(owners.values())))
    for line in lines:
        customer = owners.get(line.record, 0)
        yield _row(line, customer, names.get(customer, ""))


def _row(line: RequestLine, customer: int, name: str) -> RequestRow:
    tone, icon = TONES[line.urgency]
    left = (line.due - clock.day_to_date(clock.today())).days
    if line.state != "open":
        said = words.said(STATES, line.state)
        tone, icon = ("good", "circle-check") if line.state == "answered" else ("grey", "ban")
    elif left < 0:
        said = ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
    else:
        said = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    public = to_public("customer", customer) if customer else ""
    return RequestRow(
        to_public("request", line.request), words.said(KINDS, line.kind),
        name or (_("Customer without a name") if customer else _("erased customer")),
        places.card(public, "") if public else "", line.received,
        words.said(WAYS, line.received_by), line.due, said, Flag(said, tone, icon), line.answered,
    )  # fmt: skip


@found
def requests_of(actor: Actor, public_id: str) -> CustomerRequestsView:
    """See `requesting_pages.RequestPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    lines = privacy.requests_of(actor, identity.records_of(actor, customer))
    name = profiles.named(actor, [customer]).get(customer, "") or _("Customer without a name")
    return CustomerRequestsView(
        to_public("customer", customer), name, tuple(_rows(actor, lines)),
        _choices(KINDS, "access"), _choices(WAYS, "mail"), clock.day_to_date(clock.today()),
    )  # fmt: skip


@found
def open_request(actor: Actor, public_id: str, told: Mapping[str, str]) -> str:
    """See `requesting_pages.RequestPages`."""
    if not may(actor, "rights.handle"):
        raise PermissionError("rights.handle")
    records = profiles.records_of(actor, public_id)
    if not records:
        raise NotFound("This customer has no records any more.")
    try:
        received = date.fromisoformat(told.get("received", ""))
    except ValueError as error:
        raise Invalid({"received": words.said(PROBLEMS, "day")}) from error
    try:
        made = rights.open_request(
            actor, told.get("kind", ""), records[0], received, told.get("received_by", ""),
            told.get("note", ""),
        )  # fmt: skip
    except rights.BadRequest as error:
        raise Invalid({"": words.said(PROBLEMS, error.problem)}) from error
    return to_public("request", made.pk)


@found
def request(actor: Actor, public_id: str) -> RequestView:
    """See `requesting_pages.RequestPages`."""
    line = privacy.request_line(actor, from_public("request", public_id))
    customer = identity.customers_of(actor, [line.record]).get(line.record, 0)
    (row,) = _rows(actor, [line])
    is_open = line.state == "open"
    view = RequestView(
        row=row, note=line.note, answer=line.answer, extension=line.extension_reason,
        identity=words.said(IDENTITIES, line.identity),
        identities=_choices(IDENTITIES, line.identity), steps=tuple(_steps(line)),
        is_open=is_open, may_extend=is_open and not line.extension_reason,
        extended_due=privacy.extended_due(actor, line), customer=row.card,
    )  # fmt: skip
    view = _with_act(actor, view, customer, line)
    if not (customer and is_open and line.kind in BUNDLED):
        return view
    return _with_bundle(actor, view, customer, line)


# Kind of request to the screen on which it is done, what its button says, and what that does.
ACTS: Mapping[str, tuple[str, object, object]] = {
    "erasure": ("web:erase", gettext_lazy("To erasing"),
                gettext_lazy("You see what goes; somebody else agrees. With that the request is "
                             "closed, and the receipt stands here.")),
    "restriction": ("web:limits", gettext_lazy("To restricting"),
                    gettext_lazy("What is held is kept and not used. With that the request is "
                                 "closed.")),
    "objection": ("web:limits", gettext_lazy("To the objection"),
                  gettext_lazy("Nothing is used for that purpose any more. With that the request "
                               "is closed.")),
    "rectification": ("web:correct", gettext_lazy("To correcting"),
                      gettext_lazy("What you correct holds over every source.")),
}  # fmt: skip


def _with_act(actor: Actor, view: RequestView, customer: int, line: RequestLine) -> RequestView:
    """Where it is done, and the erasure that it led to."""
    if line.erasure and may(actor, "customers.erase"):
        made = privacy.erasure_numbered(actor, line.erasure)
        if made is not None:
            done = Link(made.number, reverse("web:erasure", args=[to_public("erasure", made.pk)]))
            view = replace(view, done=done)
            if made.state != made.REFUSED:
                return view
    if line.kind not in ACTS or not customer or line.state != "open":
        return view
    route, label, text = ACTS[line.kind]
    href = reverse(route, args=[to_public("customer", customer)])
    ready = line.identity != "not_yet"
    return replace(view, act=Link(str(label), href), act_text=str(text), is_ready=ready)


def _with_bundle(actor: Actor, view: RequestView, customer: int, line: RequestLine) -> RequestView:
    shown = counted.bundle_preview(actor, customer, line.given)
    public = to_public("customer", customer)
    papers = tuple(
        PaperRow(
            to_public("document", paper.document), paper.name, str(VERDICTS[paper.verdict][0]),
            VERDICTS[paper.verdict][1], paper.is_given,
            paper.verdict in ("names_others", "unreadable", "looked_at"),
            places.document(public, paper.document) if paper.verdict != "gone" else "",
        )
        for paper in shown.documents
    )  # fmt: skip
    return replace(
        view, sections=shown.sections, masked=shown.masked, papers=papers, has_bundle=True
    )


def _steps(line: RequestLine) -> Iterator[tuple[str, bool]]:
    is_done = line.state != "open"
    yield _("Make sure who asks"), line.identity != "not_yet"
    if line.kind in BUNDLED:
        yield _("Make the bundle and send it"), is_done
    else:
        yield _("Do what is asked, or write why not"), is_done
    yield _("Note that it is answered"), is_done


@found
def act_on_request(actor: Actor, public_id: str, told: Mapping[str, str]) -> None:
    """See `requesting_pages.RequestPages`."""
    held = privacy.rights_request(actor, from_public("request", public_id))
    act = told.get("act", "")
    try:
        if act == "identity":
            rights.check_identity(actor, held, told.get("identity", ""))
        elif act == "extend":
            rights.extend_request(actor, held, told.get("reason", ""))
        else:
            rights.answer_request(actor, held, act, told.get("answer", ""))
    except rights.BadRequest as error:
        raise Invalid({act: words.said(PROBLEMS, error.problem)}) from error


@found
def make_bundle(actor: Actor, public_id: str, language: str, given: Sequence[str]) -> Download:
    """See `requesting_pages.RequestPages`."""
    held = privacy.rights_request(actor, from_public("request", public_id))
    customer = identity.customers_of(actor, [held.record]).get(held.record, 0)
    if not customer or held.kind not in BUNDLED:
        raise NotFound("There is no bundle for this request.")
    rights.give_documents(actor, held, [from_public("document", key) for key in given])
    chosen = language if language in ("nl", "en") else "nl"
    received = clock.day_to_date(held.received_day)
    packed = pipeline.pack_bundle(actor, customer, chosen, held.given, received)
    name = "inzage" if chosen == "nl" else "access"
    day = clock.day_to_date(clock.today()).isoformat()
    return Download(f"{name}-{day}.zip", ZIP, packed)
