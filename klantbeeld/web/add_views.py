"""The screens of adding data: each view parses, makes one call and renders."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import add_forms, forms
from klantbeeld.web.pages import Invalid, add_pages, pages
from klantbeeld.web.views import actor, screen, workbook

BUSY = frozenset({"reading", "trying", "loading", "undoing"})
# The screen of an intake in each state in which it waits for somebody.
SCREENS = {"ready": "web:intake_columns", "tried": "web:intake_trial"}
INTAKE, RESULT = "web:intake", "web/adding/result.html"


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Files are dropped, chosen or pasted; then they are read in the background."""
    problem = ""
    if request.method == "POST":
        files = add_forms.files(request)
        if files:
            return redirect(INTAKE, add_pages().add_files(actor(request), files))
        problem = _("Choose a file, or paste a table first.")
    context = {
        "view": add_pages().add(actor(request)), "problem": problem,
        "example_files": pages().example_files(actor(request)),
    }  # fmt: skip
    return render(request, "web/adding/start.html", context, status=422 if problem else 200)


@screen
@require_GET
def intake(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The screen that an intake is at."""
    head = add_pages().intake(actor(request), public_id)
    if head.state in SCREENS:
        return redirect(SCREENS[head.state], public_id)
    if head.state in BUSY:
        view = add_pages().intake_progress(actor(request), public_id)
        return render(request, "web/adding/progress.html", {"view": view})
    if head.state == "failed":
        failed = add_pages().intake_failed(actor(request), public_id)
        return render(request, "web/adding/failed.html", {"view": failed})
    return render(request, RESULT, {"view": add_pages().intake_result(actor(request), public_id)})


@screen
@require_GET
def intake_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far it is; when nothing works on it any more the whole page follows."""
    view = add_pages().intake_progress(actor(request), public_id)
    if view.head.state not in BUSY:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse(INTAKE, args=[public_id])
        return response
    return render(request, "web/adding/how_far.html", {"view": view})


def _waits(request: HttpRequest, public_id: str) -> bool:
    """Whether an intake waits for choices: an address of one that went on leads to where it is."""
    return add_pages().intake(actor(request), public_id).state in SCREENS


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def intake_columns(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What was recognised: shown, changed, confirmed."""
    if not _waits(request, public_id):
        return redirect(INTAKE, public_id)
    problem = ""
    if request.method == "POST":
        try:
            add_pages().choose_columns(
                actor(request), public_id, add_forms.tables(request), add_forms.cells(request)
            )
        except Invalid as error:
            problem = next(iter(error.problems.values()))
        else:
            stays = request.POST.get("go") == "look"
            return redirect("web:intake_columns" if stays else "web:intake_contact", public_id)
    view = add_pages().intake_columns(actor(request), public_id)
    context = {"view": view, "problem": problem}
    return render(request, "web/adding/columns.html", context, status=422 if problem else 200)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def intake_contact(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """May these people be approached: answered, then the trial run begins."""
    if not _waits(request, public_id):
        return redirect(INTAKE, public_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            add_pages().answer_contact(actor(request), public_id, add_forms.answers(request))
        except Invalid as error:
            problems = dict(error.problems)
        else:
            return redirect(INTAKE, public_id)
    view = add_pages().intake_contact(actor(request), public_id)
    given = add_forms.answers(request)
    sources = [(s, given.get(s.number, {}), problems.get(str(s.number))) for s in view.sources]
    context = {"view": view, "sources": sources, "problems": problems}
    return render(request, "web/adding/contact.html", context, status=422 if problems else 200)


@screen
@require_GET
def intake_trial(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What loading would do."""
    if add_pages().intake(actor(request), public_id).state != "tried":
        return redirect(INTAKE, public_id)
    view = add_pages().intake_trial(
        actor(request), public_id, forms.key(request, "verdict"), forms.number(request, "from")
    )
    return render(request, "web/adding/trial.html", {"view": view})


def _step(name: str) -> Callable[..., HttpResponseBase]:
    """A view that has an intake go on with a step."""

    @screen
    @require_POST
    def step(request: HttpRequest, public_id: str) -> HttpResponseBase:
        try:
            add_pages().go_on(actor(request), public_id, name, add_forms.cells(request))
        except Invalid as error:
            messages.error(request, next(iter(error.problems.values())))
        else:
            if name == "drop":
                messages.info(request, _("The files are forgotten. Nothing was stored."))
                return redirect("web:add")
        return redirect(INTAKE, public_id)

    return step


intake_try, intake_load, intake_undo = _step("try"), _step("load"), _step("undo")
intake_drop, intake_again = _step("drop"), _step("again")


@screen
@require_GET
def intake_doubles(request: HttpRequest, public_id: str) -> HttpResponse:
    """The customers who are made of several records."""
    view = add_pages().intake_doubles(actor(request), public_id)
    return render(request, "web/adding/doubles.html", {"view": view})


@screen
@require_POST
def intake_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The customers of these files as a workbook."""
    chunks = add_pages().intake_export(actor(request), public_id)
    return workbook(chunks)
