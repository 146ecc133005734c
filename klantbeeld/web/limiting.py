"""The screens of restriction, objection, legal holds and retention."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.limiting_pages import limit_pages
from klantbeeld.web.pages import Invalid
from klantbeeld.web.views import actor, screen

TOLD = ("act", "reason", "purpose", "matter", "until")
MOST = 100


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def customer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What limits a customer; by POST one is made or lifted."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        told = {name: forms.typed(request, name).strip()[:MOST] for name in TOLD}
        try:
            done = limit_pages().limit(actor(request), public_id, told)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, done)
            return redirect("web:limits", public_id)
    view = limit_pages().limits_of(actor(request), public_id)
    context = {"view": view, "problems": problems}
    return render(
        request, "web/privacy/limits.html", context, status=422 if problems else 200
    )  # fmt: skip


@screen
@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Everything that is limited now."""
    rows = limit_pages().limits(actor(request))
    return render(request, "web/privacy/standing.html", {"rows": rows})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponseBase:
    """How long what is kept; by POST terms are chosen, or what is due goes now."""
    told: dict[str, str] = {}
    problems: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("act") == "run":
        limit_pages().run_retention(actor(request))
        messages.info(request, _("It is being done. What went stands below in a moment."))
        return redirect("web:privacy_retention")
    if request.method == "POST":
        told = {k: forms.typed(request, k)[:12] for k in request.POST if k.startswith("days-")}
        try:
            would = limit_pages().terms_would(actor(request), told)
            if not would or request.POST.get("sure") == "yes":
                limit_pages().choose_terms(actor(request), told)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            if would and request.POST.get("sure") != "yes":
                shown = {"would": would, "told": told}
                return render(request, "web/privacy/retention_would.html", shown)
            messages.success(request, _("It is stored. Nothing goes before tonight."))
            return redirect("web:privacy_retention")
    view = limit_pages().retention(actor(request), problems)
    context = {"view": view, "problems": problems}
    return render(
        request, "web/privacy/retention.html", context, status=422 if problems else 200
    )  # fmt: skip
