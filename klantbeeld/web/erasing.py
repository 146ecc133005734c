"""The screens of erasing: asked, agreed by somebody else, followed, and its receipt."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import forms
from klantbeeld.web.erase_pages import erase_pages
from klantbeeld.web.pages import Invalid
from klantbeeld.web.views import actor, screen, wants_part

MOST_EXCEPTION = 500


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What erasing a customer takes away; by POST it is asked for."""
    problem = ""
    if request.method == "POST":
        try:
            asked = erase_pages().ask_erasure(
                actor(request), public_id, forms.plain_key(request.POST.get("reason", "")),
                request.POST.get("fiscal") == "yes",
            )  # fmt: skip
        except Invalid as error:
            problem = " ".join(error.problems.values())
        else:
            return redirect("web:erasure", asked)
    preview = erase_pages().erase_preview(actor(request), public_id)
    context = {"preview": preview, "problem": problem}
    return render(request, "web/erasing/ask.html", context, status=422 if problem else 200)


@screen
@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    """The list of erasures."""
    rows = erase_pages().erasures(actor(request))
    return render(request, "web/erasing/list.html", {"rows": rows})


@screen
@require_GET
def erasure(request: HttpRequest, public_id: str) -> HttpResponse:
    """One erasure; while it runs a part of the page asks how far it is."""
    return _shown(request, public_id, {})


def _shown(request: HttpRequest, public_id: str, problems: dict[str, str]) -> HttpResponse:
    view = erase_pages().erasure(actor(request), public_id)
    name = "state" if wants_part(request) else "erasure"
    context = {"view": view, "problems": problems}
    status = 422 if problems else 200
    return render(request, f"web/erasing/{name}.html", context, status=status)


@screen
@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Agree: from then on nobody sees the customer."""
    exception = forms.typed(request, "exception").strip()[:MOST_EXCEPTION]
    try:
        erase_pages().approve_erasure(actor(request), public_id, exception)
    except Invalid as error:
        return _shown(request, public_id, dict(error.problems))
    return redirect("web:erasure", public_id)


@screen
@require_POST
def refuse(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Do not erase after all."""
    try:
        erase_pages().refuse_erasure(actor(request), public_id)
    except Invalid as error:
        return _shown(request, public_id, dict(error.problems))
    messages.info(request, _("The customer is not erased."))
    return redirect("web:erasures")
