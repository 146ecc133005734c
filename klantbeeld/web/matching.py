"""The screens for whoever looks after matching: rules, dry runs, the report; and the keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.judging import MOST_NOTE
from klantbeeld.web.pages import Invalid, match_pages
from klantbeeld.web.views import actor, screen, wants_part

TYPED = ("join_bits", "household", "block_role", "block_value", "learn", "note")
TICKED = (
    "unique", "differing", "blocked", "limit_type", "limit_persons", "limit_days", "priority",
)  # fmt: skip
MOST = 200


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def matching(request: HttpRequest) -> HttpResponseBase:
    """How matching decides; by POST a change is tried in the background."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        told = {name: forms.typed(request, name).strip()[:MOST_NOTE] for name in TYPED}
        ticked = {name: request.POST.getlist(name)[:MOST] for name in TICKED}
        try:
            made = match_pages().try_matching(actor(request), {**told, **ticked})
        except Invalid as error:
            problems = dict(error.problems)
        else:
            return redirect("web:experiment", made)
    view = match_pages().matching(actor(request))
    context = {"view": view, "problems": problems}
    return render(request, "web/matching/page.html", context, status=422 if problems else 200)


@screen
@require_GET
def experiment(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a change would do; a part of the page asks how far it is."""
    return _experiment(request, public_id)


def _experiment(request: HttpRequest, public_id: str, problem: str = "") -> HttpResponse:
    view = match_pages().experiment(actor(request), public_id)
    name = "outcome" if wants_part(request) else "experiment"
    status = 422 if problem else 200
    context = {"view": view, "problem": problem}
    return render(request, f"web/matching/{name}.html", context, status=status)


@screen
@require_POST
def go_on(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Apply, undo or drop."""
    state = forms.plain_key(request.POST.get("state", ""))
    try:
        match_pages().go_on_matching(actor(request), public_id, state)
    except Invalid as error:
        return _experiment(request, public_id, " ".join(error.problems.values()))
    if state == "dropped":
        messages.info(request, _("The change is not done."))
        return redirect("web:matching")
    return redirect("web:experiment", public_id)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of other programs; a new one is shown once."""
    problems: dict[str, str] = {}
    secret = ""
    if request.method == "POST":
        try:
            secret = match_pages().make_key(
                actor(request), forms.typed(request, "name")[:100],
                request.POST.getlist("rights")[:MOST], forms.typed(request, "source")[:80],
                forms.typed(request, "days")[:4],
            )  # fmt: skip
        except Invalid as error:
            problems = dict(error.problems)
    view = match_pages().keys(actor(request))
    context = {"view": view, "problems": problems, "secret": secret}
    return render(request, "web/matching/keys.html", context, status=422 if problems else 200)


@screen
@require_POST
def key_revoke(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Nobody comes in with this key any more."""
    match_pages().revoke_key(actor(request), public_id)
    messages.success(request, _("The key is withdrawn; nobody comes in with it any more."))
    return redirect("web:keys")
