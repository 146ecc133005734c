"""The screens on which customers are taken apart and merged, and both taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid, pages
from klantbeeld.web.shapes import Judged
from klantbeeld.web.views import actor, screen, wants_part

MOST_NOTE = 500


def _note(request: HttpRequest) -> str:
    return forms.typed(request, "note").strip()[:MOST_NOTE]


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take records out of a customer: choose, see who keeps what, do it."""
    chosen = request.POST.getlist("record")
    problem = ""
    if request.POST.get("confirm") == "yes":
        try:
            done = pages().split(actor(request), public_id, chosen, _note(request))
        except Invalid as error:
            problem = " ".join(error.problems.values())
        else:
            return _done(request, done, _("The records have a card of their own now."))
    view = pages().split_view(actor(request), public_id, chosen)
    is_empty = request.method == "POST" and not chosen
    if is_empty:
        problem = _("Choose at least one record to take out.")
    problem = problem or view.problem
    context = {"view": view, "problem": problem}
    return render(request, "web/card/split.html", context, status=422 if problem else 200)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def merge_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """Find the customer to merge with, by POST as every search."""
    found = pages().merge_search(actor(request), public_id, forms.search_text(request))
    template = "web/card/merge_hits.html" if wants_part(request) else "web/card/merge_search.html"
    return render(request, template, {"found": found})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, public_id: str, other_id: str) -> HttpResponseBase:
    """Two customers side by side and the one they would be; by POST they are merged."""
    problem = ""
    if request.method == "POST":
        try:
            done = pages().merge(actor(request), public_id, other_id, _note(request))
        except Invalid as error:
            problem = " ".join(error.problems.values())
        else:
            return _done(request, done, _("The two are one customer now."))
    view = pages().merge_view(actor(request), public_id, other_id)
    context = {"view": view, "problem": problem or view.problem}
    return render(request, "web/card/merge.html", context, status=422 if problem else 200)


def _done(request: HttpRequest, done: Judged, text: str) -> HttpResponseBase:
    undo = reverse("web:judgement_undo", args=[done.public_id, done.judgement_id])
    messages.success(request, text, extra_tags=f"undo:{undo}")
    return redirect("web:card", public_id=done.public_id)


@screen
@require_GET
def judgements(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who said what about a customer."""
    view = pages().judgements(actor(request), public_id)
    return render(request, "web/card/judgements.html", {"view": view})


@screen
@require_POST
def judgement_undo(request: HttpRequest, public_id: str, judgement_id: str) -> HttpResponseBase:
    """Take back what was said."""
    left = pages().take_back_judgement(actor(request), public_id, judgement_id)
    messages.success(request, _("That is taken back; customers are as they were without it."))
    return redirect("web:card", public_id=left)
