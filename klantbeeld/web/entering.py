"""The screens for entering by hand, in a few seconds and by keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid, pages
from klantbeeld.web.shapes import EnteredView
from klantbeeld.web.shapes.special import Warned
from klantbeeld.web.special_pages import special_pages
from klantbeeld.web.views import actor, screen

KEYS = (
    "full_name", "organisation_name", "email", "phone", "postcode", "house_number", "city",
    "consent_email",
)  # fmt: skip
MOST, MOST_NOTE = 200, 5_000


def _values(request: HttpRequest) -> dict[str, str]:
    return {key: forms.typed(request, key)[:MOST] for key in KEYS}


def _text(request: HttpRequest) -> str:
    return forms.typed(request, "note").strip()[:MOST_NOTE]


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: HttpRequest) -> HttpResponseBase:
    """A new customer."""
    values, problems = _values(request), {}
    warned = _warned(request, {**values, "note": _text(request)})
    if request.method == "POST" and warned is None:
        try:
            done = pages().enter_customer(
                actor(request), values, _text(request), _keep(request) or "mask",
                came_back=request.POST.get("came_back") == "1",
            )  # fmt: skip
        except Invalid as error:
            problems = dict(error.problems)
        else:
            known = _("There was such a customer already: it is added to that card.")
            _say(request, done, known if done.is_known else _("The customer is entered."))
            return redirect("web:card", public_id=done.public_id)
    return _form(request, values, problems, warned)


def _warned(request: HttpRequest, values: Mapping[str, str]) -> Warned | None:
    """Special data in what was typed, as long as nobody said what to do with it."""
    if request.method != "POST" or _keep(request):
        return None
    return special_pages().warned(actor(request), values)


def _keep(request: HttpRequest) -> str:
    """What somebody who was warned chose: mask or apart; "" when nobody was."""
    return forms.plain_key(request.POST.get("special", ""))


def _form(
    request: HttpRequest,
    values: Mapping[str, str],
    problems: Mapping[str, str],
    warned: Warned | None = None,
) -> HttpResponse:
    context = {
        "fields": pages().enter_fields(actor(request), values, problems),
        "general": problems.get("", ""),
        "came_back": problems.get("came_back", ""),
        "consent": values.get("consent_email", ""),
        "note": _text(request),
        "warned": warned,
    }
    status = 422 if problems or warned else 200
    return render(request, "web/enter/customer.html", context, status=status)


@screen
@require_POST
def doubles(request: HttpRequest) -> HttpResponse:
    """Customers who are much like what is being typed."""
    hits = pages().doubles(actor(request), _values(request))
    return render(request, "web/enter/doubles.html", {"hits": hits})


@screen
@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A note about a customer."""
    kind = request.POST.get("kind", "note")
    warned = _warned(request, {"note": _text(request)})
    if warned is not None:
        context = {"warned": warned, "note": _text(request), "kind": kind, "public_id": public_id}
        return render(request, "web/enter/warned_note.html", context, status=422)
    try:
        done = pages().enter_note(
            actor(request), public_id, _text(request), kind, _keep(request) or "mask"
        )
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        _say(request, done, _("It stands in the history."))
    return redirect("web:card", public_id=public_id)


def _say(request: HttpRequest, done: EnteredView, text: str) -> None:
    undo = reverse("web:entry_undo", args=[done.entry_id])
    messages.success(request, text, extra_tags=f"undo:{undo}")


@screen
@require_POST
def undo(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """Take back what was entered."""
    left = pages().take_back_entry(actor(request), entry_id)
    messages.success(request, _("What was entered is taken back."))
    return redirect("web:card", public_id=left) if left else redirect("web:customers")
