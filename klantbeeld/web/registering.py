"""The screens under privacy: papers made from the register, and what it has to be told."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klantbeeld.web import forms
from klantbeeld.web.pages import Invalid
from klantbeeld.web.registering_pages import register_pages
from klantbeeld.web.sending import attached
from klantbeeld.web.shapes import Download
from klantbeeld.web.shapes.registering import PaperView
from klantbeeld.web.views import actor, screen

MOST = 2_000
OF_A_FIELD = ("category", "basis", "nature", "sensitivity", "years")


@screen
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is about privacy."""
    tiles = register_pages().privacy_overview(actor(request))
    return render(request, "web/privacy/overview.html", {"tiles": tiles})


def _paper(request: HttpRequest, key: str) -> PaperView:
    asked = forms.key(request, "language") or (get_language() or "nl")[:2]
    return register_pages().privacy_document(actor(request), key, asked)


@screen
@require_GET
def document(request: HttpRequest, key: str) -> HttpResponse:
    """A paper on the screen."""
    return render(request, "web/privacy/document.html", {"paper": _paper(request, key)})


@screen
@require_GET
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """A paper as a file: a page, a table (CSV) or a picture (SVG)."""
    paper, kind = _paper(request, key), forms.key(request, "as")
    if kind == "csv":
        content, media = _csv(paper), "text/csv; charset=utf-8"
    elif kind == "svg" and paper.svg:
        content, media = paper.svg.encode(), "image/svg+xml"
    else:
        kind = "html"
        content = render_to_string("web/privacy/paper_file.html", {"paper": paper}).encode()
        media = "text/html; charset=utf-8"
    return attached(Download(f"{paper.key}-{paper.language}.{kind}", media, content))


def _csv(paper: PaperView) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    with override(paper.language):
        to_fill = _("To fill in")
    for chapter in paper.chapters:
        writer.writerows([chapter.heading, to_fill, text] for text in chapter.open)
        if chapter.columns:
            writer.writerow(["", *chapter.columns])
            writer.writerows([chapter.heading, *row] for row in chapter.rows)
    return made.getvalue().encode("utf-8-sig")


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest) -> HttpResponseBase:
    """Who the company is."""
    lines = register_pages().company_form(actor(request))
    if request.method == "POST":
        told = {line.key: forms.typed(request, line.key)[:MOST] for line in lines}
        register_pages().choose_company(actor(request), told)
        messages.success(request, _("It is stored. The papers follow from it."))
        return redirect("web:privacy_company")
    return render(request, "web/privacy/company.html", {"lines": lines})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest) -> HttpResponseBase:
    """How people of each source are informed."""
    rows = register_pages().source_notices(actor(request))
    if request.method == "POST":
        told = {row.key: _said_of(request, row.key) for row in rows}
        try:
            register_pages().choose_notices(actor(request), told)
        except Invalid as error:
            messages.error(request, " ".join(error.problems.values()))
        else:
            messages.success(request, _("It is stored. The papers follow from it."))
        return redirect("web:privacy_sources")
    return render(request, "web/privacy/sources.html", {"rows": rows})


def _said_of(request: HttpRequest, source: str) -> tuple[str, str, str, str]:
    names = ("way", "text", "told", "public")
    way, text, told, public = (forms.typed(request, f"{name}-{source}") for name in names)
    return way, text, told, public


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def own_fields(request: HttpRequest) -> HttpResponseBase:
    """The fields of the company's own: why each is kept, and how long."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        told = {name: forms.typed(request, name) for name in OF_A_FIELD}
        chosen = {**told, "purposes": request.POST.getlist("purposes")[:20]}
        try:
            register_pages().describe_own_field(
                actor(request), forms.typed(request, "key")[:80], chosen
            )
        except Invalid as error:
            problems = dict(error.problems)
        else:
            messages.success(request, _("It is stored. The papers follow from it."))
            return redirect("web:privacy_fields")
    rows = register_pages().own_fields(actor(request))
    status = 422 if problems else 200
    context = {"rows": rows, "problem": next(iter(problems.values()), "")}
    return render(request, "web/privacy/fields.html", context, status=status)
