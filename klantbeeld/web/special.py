"""The screens about special data: what was found, the laws recorded for it, sealed originals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid
from klantbeeld.web.special_pages import special_pages
from klantbeeld.web.views import actor, screen

MOST = 500


def _typed(request: HttpRequest, *names: str) -> list[str]:
    return [forms.typed(request, name).strip()[:MOST] for name in names]


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def special(request: HttpRequest) -> HttpResponseBase:
    """What was found and what is done with it; by POST a law is recorded."""
    problems: dict[str, str] = {}
    names = ("kind", "law", "purpose", "source", "until")
    typed = _typed(request, *names)
    if request.method == "POST":
        try:
            special_pages().record_ground(actor(request), *typed)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is recorded, and holds for what comes in from now on."))
            return redirect("web:special")
    return _page(request, problems, dict(zip(names, typed, strict=True)))


def _page(
    request: HttpRequest, problems: dict[str, str], typed: dict[str, str] | None = None
) -> HttpResponse:
    view = special_pages().special(actor(request))
    context = {"view": view, "problems": problems, "typed": typed or {}}
    return render(request, "web/special/page.html", context, status=422 if problems else 200)


@screen
@require_POST
def off(request: HttpRequest) -> HttpResponseBase:
    """A topic is not looked for in what one source tells."""
    names = ("source", "kind", "law", "why")
    typed = _typed(request, *(f"off_{name}" for name in names))
    try:
        special_pages().except_source(actor(request), *typed)
    except Invalid as error:
        told = {f"off_{name}": text for name, text in zip(names, typed, strict=True)}
        return _page(request, dict(error.problems), told)
    messages.success(request, _("That is noted: it is not looked for in this source any more."))
    return redirect("web:special")


@screen
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A recorded law holds no more."""
    special_pages().withdraw_ground(actor(request), public_id)
    messages.success(request, _("It is withdrawn: from now on the usual treatment holds."))
    return redirect("web:special")


@screen
@require_POST
def forget(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A judgement about a column holds no more."""
    special_pages().forget_judgement(actor(request), public_id)
    messages.success(request, _("The next file is looked at anew."))
    return redirect("web:special")


@screen
@require_POST
def read(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A sealed original, shown once to who said why."""
    (reason,) = _typed(request, "reason")
    try:
        text = special_pages().read_original(actor(request), public_id, reason)
    except Invalid as error:
        return _page(request, dict(error.problems))
    response = render(request, "web/special/original.html", {"text": text, "id": public_id})
    response["Cache-Control"] = "no-store"
    return response


@screen
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A sealed original goes before its time."""
    special_pages().drop_original(actor(request), public_id)
    messages.success(request, _("The original is deleted."))
    return redirect("web:special")


@screen
@require_POST
def not_special(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A column of files on their way in is not what it was taken for: they are read again."""
    column, kind, why = _typed(request, "column", "kind", "why")
    table = forms.number(request, "table")
    try:
        special_pages().not_special(actor(request), public_id, table, column, kind, why)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, _("That is noted; the files are being read again."))
    return redirect("web:intake", public_id)
