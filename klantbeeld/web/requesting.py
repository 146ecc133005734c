"""The screens of customers' requests: the register with due dates, one request, the bundle."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid
from klantbeeld.web.requesting_pages import request_pages
from klantbeeld.web.sending import attached
from klantbeeld.web.views import actor, screen

OPENING = ("kind", "received", "received_by", "note")
ACTING = ("act", "identity", "reason", "answer")
MOST, MOST_DOCUMENTS = 2_000, 5_000


def _told(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: forms.typed(request, name).strip()[:MOST] for name in names}


@screen
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Every request, the earliest due first."""
    view = request_pages().requests(actor(request), forms.key(request, "kind"))
    return render(request, "web/privacy/requests.html", {"view": view})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def of_customer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What a customer asked for; by POST a new request is noted."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = request_pages().open_request(actor(request), public_id, _told(request, OPENING))
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("The request is noted."))
            return redirect("web:request", made)
    view = request_pages().requests_of(actor(request), public_id)
    status = 422 if problems else 200
    context = {"view": view, "problems": problems}
    return render(request, "web/privacy/customer_requests.html", context, status=status)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One request; by POST something is done about it."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            request_pages().act_on_request(actor(request), public_id, _told(request, ACTING))
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is noted."))
            return redirect("web:request", public_id)
    view = request_pages().request(actor(request), public_id)
    status = 422 if problems else 200
    context = {"view": view, "problems": problems}
    return render(request, "web/privacy/request.html", context, status=status)


@screen
@require_POST
def bundle(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The bundle as one zip."""
    given = request.POST.getlist("given")[:MOST_DOCUMENTS]
    language = forms.plain_key(request.POST.get("bundle_language", "nl"))
    file = request_pages().make_bundle(actor(request), public_id, language, given)
    return attached(file)
