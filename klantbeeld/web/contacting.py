"""The screens about contact with a customer, and the company's settings for it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid, contact_pages, pages
from klantbeeld.web.shapes import TimelineQuery
from klantbeeld.web.shapes.contact import ContactQuery
from klantbeeld.web.views import actor, screen, wants_part

SAID = (
    "channel", "purpose", "brand", "topic", "state", "method", "version", "text", "language",
    "form", "evidence", "day", "until",
)  # fmt: skip
MOST, MOST_TEXT = 80, 5_000
MOST_NAMES = 9_000


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _query(asked: QueryDict) -> ContactQuery:
    return ContactQuery(
        purpose=forms.plain_key(asked.get("purpose", "")) or "marketing",
        day=_day(asked.get("day", "")),
        brand=asked.get("brand", "").replace("\0", "").strip()[:MOST],
        topic=asked.get("topic", "").replace("\0", "").strip()[:MOST],
        offered=asked.get("offered", "").replace("\0", "")[:MOST],
    )


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """May we contact this customer: which purpose, which day, and what was ever said.

    Asked by POST: what was bought and what is typed stays out of addresses and logs.
    """
    return _page(request, public_id, {}, {})


def _page(
    request: HttpRequest, public_id: str, typed: dict[str, str], problems: dict[str, str]
) -> HttpResponse:
    is_asked = request.method == "POST" and not typed and not problems
    asked = request.POST if is_asked else request.GET
    view = contact_pages().contact(actor(request), public_id, _query(asked))
    context = {"view": view, "typed": typed, "problems": problems}
    return render(request, "web/contact/page.html", context, status=422 if problems else 200)


@screen
@require_POST
def say(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What somebody said about being contacted."""
    told = {key: forms.typed(request, key)[:MOST_TEXT] for key in SAID}
    try:
        is_asked = contact_pages().say_consent(actor(request), public_id, told)
    except Invalid as error:
        return _page(request, public_id, told, dict(error.problems))
    text = (
        _("It counts once it is confirmed by mail.") if is_asked else _("It stands in the ledger.")
    )
    messages.success(request, text)
    return redirect("web:contact", public_id=public_id)


@screen
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """No more over a channel or at all; the answer shows the card's lamps as they are now."""
    channel = forms.plain_key(request.POST.get("channel", ""))
    evidence = forms.typed(request, "evidence").strip()[:MOST_TEXT]
    try:
        contact_pages().withdraw(actor(request), public_id, channel, evidence)
    except Invalid as error:
        return _page(request, public_id, {}, dict(error.problems))
    if wants_part(request):
        shown = pages().card(actor(request), public_id, TimelineQuery())
        return render(request, "web/contact/changed.html", {"card": shown})
    messages.success(request, _("Withdrawn, from now on."))
    return redirect("web:card", public_id=public_id)


@screen
@require_POST
def prefer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """How somebody likes to be approached."""
    channel, form = (forms.plain_key(request.POST.get(name, "")) for name in ("channel", "form"))
    try:
        contact_pages().prefer_contact(actor(request), public_id, channel, form)
    except Invalid as error:
        return _page(request, public_id, {}, {f"prefer_{k}": t for k, t in error.problems.items()})
    messages.success(request, _("The preference is noted."))
    return redirect("web:contact", public_id=public_id)


@screen
@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A register consulted, a death, not to be approached."""
    kind = forms.plain_key(request.POST.get("kind", ""))
    value = request.POST.get("value") == "yes"
    try:
        contact_pages().note_contact(
            actor(request), public_id, kind, value, _day(request.POST.get("day", ""))
        )
    except Invalid as error:
        return _page(request, public_id, {}, {f"note_{k}": t for k, t in error.problems.items()})
    messages.success(request, _("It is noted."))
    return redirect("web:contact", public_id=public_id)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponseBase:
    """What the company says of itself as a sender."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        names = ("sender", "country", "days", "name", "way_out", "alike")
        told = {name: forms.typed(request, name).strip()[:MOST] for name in names}
        told |= {name: request.POST.get(name, "")[:MOST_NAMES] for name in ("brands", "topics")}
        weighed = tuple(forms.plain_key(p) for p in request.POST.getlist("weighed")[:20])
        ways = {
            key.removeprefix("through:"): (
                forms.plain_key(value), forms.plain_key(request.POST.get(f"offered:{key[8:]}", ""))
            )
            for key, value in request.POST.items()
            if key.startswith("through:") and isinstance(value, str)
        }  # fmt: skip
        try:
            contact_pages().choose_contact(actor(request), told, weighed, ways)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("Kept. Every verdict follows it from now on."))
            return redirect("web:contact_settings")
    view = contact_pages().contact_settings(actor(request))
    context = {"view": view, "problems": problems}
    return render(request, "web/contact/settings.html", context, status=422 if problems else 200)
