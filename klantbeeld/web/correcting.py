"""The screen on which somebody corrects what the sources say of a customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.correcting_pages import correct_pages
from klantbeeld.web.pages import Invalid
from klantbeeld.web.views import actor, screen

MOST = 500


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The fields of a customer, to be corrected with a reason."""
    problems: dict[str, str] = {}
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {key: forms.typed(request, key)[:MOST] for key in request.POST if key.islower()}
        try:
            correct_pages().correct(actor(request), public_id, typed)
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is corrected, and holds over the sources."))
            return redirect("web:correct", public_id)
    view = correct_pages().correcting(actor(request), public_id, typed, problems)
    status = 422 if problems else 200
    context = {"view": view, "general": problems.get("", "")}
    return render(request, "web/privacy/correct.html", context, status=status)


@screen
@require_POST
def undo(request: HttpRequest, public_id: str, entry_id: str) -> HttpResponseBase:
    """Take a correction back."""
    correct_pages().take_back_correction(actor(request), public_id, entry_id)
    messages.success(request, _("The correction is taken back; the sources decide again."))
    return redirect("web:correct", public_id)


@screen
@require_POST
def told(request: HttpRequest, public_id: str, correction_id: str) -> HttpResponseBase:
    """Note that those who received the data were told."""
    correct_pages().told_of_correction(actor(request), public_id, correction_id)
    messages.success(request, _("It is noted."))
    return redirect("web:correct", public_id)
