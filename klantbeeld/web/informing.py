"""The screen on which it is noted when one customer was told what is done with his data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.informing_pages import inform_pages
from klantbeeld.web.pages import Invalid
from klantbeeld.web.views import actor, screen

MOST, MOST_SOURCES = 500, 200


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def informed(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Each source of a customer with its due date; by POST it is noted that he was told."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        told = {name: forms.typed(request, name).strip()[:MOST] for name in ("day", "how", "note")}
        sources = [key[:MOST] for key in request.POST.getlist("source")[:MOST_SOURCES]]
        try:
            inform_pages().note_informed(actor(request), public_id, sources, told)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is noted."))
            return redirect("web:informed", public_id)
    view = inform_pages().informed(actor(request), public_id)
    status = 422 if problems else 200
    context = {"view": view, "problems": problems}
    return render(request, "web/privacy/informed.html", context, status=status)
