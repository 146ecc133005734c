"""The screens: each view parses, makes one call and renders."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klantbeeld.accounts.errors import OutOfReach
from klantbeeld.core import looks
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId
from klantbeeld.web import forms, preferences
from klantbeeld.web.pages import Invalid, NotFound, Refused, pages
from klantbeeld.web.sending import attached
from klantbeeld.web.shapes import Download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponseBase]


def screen(view: View) -> View:
    """Log-in needed, never cached, and the reads' errors as the pages for them."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotFound, UnknownPublicId) as error:
            raise Http404 from error
        except OutOfReach as error:
            note_refusal(request)
            return out_of_reach(request, kwargs.get("public_id", ""), error)
        except Refused as error:
            raise PermissionDenied(str(error)) from error
        except PermissionError as error:
            # The permission layer's own refusal; its text is for the log, the page has its own.
            note_refusal(request)
            raise PermissionDenied from error

    return guarded


def note_refusal(request: HttpRequest) -> None:
    """Write down that somebody was refused, and where."""
    found = request.resolver_match
    looks.note(actor(request), "refused", "refused", route=str(found.url_name if found else ""))


def out_of_reach(request: HttpRequest, public_id: str, error: OutOfReach) -> HttpResponseBase:
    """A customer whom somebody else follows: said, and how to see them when it cannot wait."""
    if not public_id:
        raise PermissionDenied from error
    context = {"public_id": public_id}
    return render(request, "web/people/out_of_reach.html", context, status=403)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (and not for a page by a boosted link)."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def actor(request: HttpRequest) -> Actor:
    """Who asks, and for what."""
    return preferences.actor(request)


@screen
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Vandaag: where things stand."""
    return render(request, "web/start.html", {"start": pages().start(actor(request))})


@screen
@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The list of customers."""
    found = pages().customers(actor(request), forms.customers_query(request))
    template = "web/customers/table.html" if wants_part(request) else "web/customers/list.html"
    return render(request, template, {"list": found})


@screen
@require_POST
def customers_export(request: HttpRequest) -> HttpResponseBase:
    """The list as a workbook."""
    query = forms.customers_query(request, request.POST)
    chunks = pages().customers_export(actor(request), query)
    return workbook(chunks)


def workbook(chunks: Generator[bytes]) -> HttpResponseBase:
    """A list of customers to be saved."""
    return attached(Download(f"{_('customers')}.xlsx", XLSX, chunks))


@screen
@require_GET
def card(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A customer's card; an absorbed id leads to the survivor."""
    query = forms.timeline_query(request)
    shown = pages().card(actor(request), public_id, query)
    if shown.public_id != public_id:
        return redirect("web:card", public_id=shown.public_id, permanent=True)
    return render(request, "web/card/card.html", {"card": shown, "query": query})


@screen
@require_GET
def timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    """A page of the history: a new filter replaces all of it, an older page is put behind it."""
    query = forms.timeline_query(request)
    page = pages().timeline(actor(request), public_id, query)
    template = "web/card/entries.html" if query.before else "web/card/timeline.html"
    return render(request, template, {"page": page, "public_id": public_id, "query": query})


@screen
@require_GET
def entry(request: HttpRequest, public_id: str, entry_id: str) -> HttpResponse:
    """One entry: unfolded in the history, as a sheet over the card, or as a page of its own."""
    shown = pages().entry(actor(request), public_id, entry_id)
    template = "web/card/entry_page.html"
    if wants_part(request):
        is_sheet = request.headers.get("HX-Target") == "entry-sheet"
        template = "web/card/entry_sheet.html" if is_sheet else "web/card/entry_more.html"
    return render(request, template, {"unfolded": shown, "public_id": public_id})


@screen
@require_GET
def document(
    request: HttpRequest, public_id: str, document_id: str, entry_id: str = ""
) -> HttpResponseBase:
    """A document's bytes, always to be saved and never shown: they came from outside."""
    file = pages().document(actor(request), public_id, document_id, entry_id)
    return attached(file)


@screen
@require_POST
def customer_export(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Everything known of a customer, to take along."""
    content = pages().customer_export(actor(request), public_id)
    return attached(Download(f"{public_id}.json", "application/json", content))


@screen
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Search, by POST: what is typed stays out of addresses and logs."""
    found = pages().search(actor(request), forms.search_text(request))
    template = "web/search/hits.html" if wants_part(request) else "web/search/page.html"
    return render(request, template, {"found": found})


@screen
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """Sources and their deliveries."""
    view = pages().deliveries(actor(request), forms.public_id(request, "before"))
    context = {"view": view, "example_files": pages().example_files(actor(request))}
    return render(request, "web/loading/deliveries.html", context)


@screen
@require_GET
def delivery(request: HttpRequest, public_id: str) -> HttpResponse:
    """One delivery with its counts."""
    view = pages().delivery(actor(request), public_id)
    return render(request, "web/loading/delivery.html", {"view": view})


@screen
@require_POST
def delivery_undo(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Undo a delivery."""
    gone = pages().undo_delivery(actor(request), public_id)
    if gone.blocked:
        messages.error(request, gone.blocked)
    else:
        text = ngettext(
            "The delivery is undone: %(n)s record taken away.",
            "The delivery is undone: %(n)s records taken away.",
            gone.records,
        )
        messages.success(request, text % {"n": gone.records})
    return redirect("web:delivery", public_id=public_id)


@screen
@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """Rows that wait for somebody to mend them."""
    view = pages().quarantine(
        actor(request), forms.key(request, "reason"), forms.public_id(request, "before")
    )
    return render(request, "web/loading/quarantine.html", {"view": view})


@screen
def mend(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Mend one row: shows it, or stores it and goes on with the next."""
    if request.method != "POST":
        return _mend_form(request, public_id, {}, {})
    values = forms.mended_values(request)
    try:
        next_id = pages().mend(actor(request), public_id, values)
    except Invalid as error:
        return _mend_form(request, public_id, values, dict(error.problems))
    messages.success(request, _("The row is stored."))
    return _next_row(next_id)


def _mend_form(
    request: HttpRequest, public_id: str, values: dict[str, str], problems: dict[str, str]
) -> HttpResponse:
    view = pages().quarantined(actor(request), public_id)
    rows = [
        (field, values.get(field.name, field.value), problems.get(field.name, field.problem))
        for field in view.fields
    ]
    known = {field.name for field in view.fields}
    general = [text for name, text in problems.items() if name not in known]
    context = {"view": view, "rows": rows, "general": general}
    return render(request, "web/loading/mend.html", context, status=422 if problems else 200)


@screen
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Leave a row out for good."""
    next_id = pages().discard(actor(request), public_id)
    messages.info(request, _("The row is left out and counted as rejected."))
    return _next_row(next_id)


def _next_row(next_id: str) -> HttpResponseBase:
    return redirect("web:mend", next_id) if next_id else redirect("web:quarantine")


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep a choice of theme or columns in a cookie and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("theme") in preferences.THEMES:
        preferences.remember(response, preferences.THEME_COOKIE, request.POST["theme"])
    if "columns" in request.POST:
        keys = preferences.valid_keys(request.POST.getlist("columns"))
        preferences.remember(response, preferences.COLUMNS_COOKIE, ".".join(keys))
    return response
