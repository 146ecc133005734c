"""The screens of erasing a part of a history: what can go, what goes with it, asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid
from klantbeeld.web.parting_pages import part_pages
from klantbeeld.web.views import actor, screen


@screen
@require_GET
def parts(request: HttpRequest, public_id: str) -> HttpResponse:
    """What of a customer can be erased by itself."""
    view = part_pages().parts(actor(request), public_id)
    return render(request, "web/erasing/parts.html", {"view": view})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, public_id: str, what: str, key: str) -> HttpResponseBase:
    """What erasing a part takes along; by POST it is asked for."""
    problem = ""
    if request.method == "POST":
        reason = forms.plain_key(request.POST.get("reason", ""))
        try:
            asked = part_pages().ask_part(actor(request), public_id, what, key, reason)
        except Invalid as error:
            problem = " ".join(error.problems.values())
        else:
            return redirect("web:erasure", asked)
    view = part_pages().part(actor(request), public_id, what, key)
    context = {"view": view, "problem": problem}
    return render(request, "web/erasing/part.html", context, status=422 if problem else 200)
