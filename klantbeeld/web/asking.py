"""The screens of questions and of the data check-up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.pages import pages
from klantbeeld.web.shapes import AskQuery
from klantbeeld.web.views import actor, screen, wants_part


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A question and its answer, by POST: names stay out of addresses and logs."""
    query = forms.asked(request) if request.method == "POST" else AskQuery()
    view = pages().ask(actor(request), query)
    template = "web/asking/answer.html" if wants_part(request) else "web/asking/page.html"
    return render(request, template, {"view": view, "query": query})


@screen
@require_GET
def checkup(request: HttpRequest) -> HttpResponse:
    """How good the data are, and what to do first."""
    return render(request, "web/checkup.html", {"view": pages().checkup(actor(request))})


@screen
@require_GET
def checkup_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure of the check-up."""
    what, source = forms.figure(request), forms.number(request, "source")
    view = pages().checkup_rows(actor(request), what, source)
    return render(request, "web/checkup_rows.html", {"view": view})
