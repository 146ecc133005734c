"""Saved views of the list of customers, and tags on many at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from klantbeeld.web import forms, preferences
from klantbeeld.web.pages import Invalid, pages
from klantbeeld.web.shapes import CustomersQuery
from klantbeeld.web.views import actor, screen


def _list(query: CustomersQuery) -> HttpResponseBase:
    """Back to the list; what is in its address are keys of filters, no data of customers."""
    parts = {"group": query.group, **{f"f_{k}": v for k, v in query.filters.items()}}
    parts["sort"] = query.sort
    kept = {name: value for name, value in parts.items() if value}
    return redirect(reverse("web:customers") + (f"?{urlencode(kept)}" if kept else ""))


@screen
@require_GET
def open_view(request: HttpRequest, view_id: str) -> HttpResponseBase:
    """The list as the view has it: its filters, its order, its columns."""
    query = pages().open_view(actor(request), view_id)
    response = _list(query)
    preferences.remember(response, preferences.COLUMNS_COOKIE, ".".join(query.columns))
    return response


@screen
@require_POST
def save_view(request: HttpRequest) -> HttpResponseBase:
    """Keep the list as it is shown now under a name."""
    query = forms.customers_query(request, request.POST)
    try:
        pages().save_view(
            actor(request), forms.typed(request, "name"), query, "shared" in request.POST
        )
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, _("The view is saved."))
    return _list(query)


@screen
@require_POST
def forget_view(request: HttpRequest, view_id: str) -> HttpResponseBase:
    """Take a view away; the customers in it stay."""
    pages().forget_view(actor(request), view_id)
    messages.success(request, _("The view is gone; the customers are still there."))
    return redirect("web:customers")


@screen
@require_POST
def tag(request: HttpRequest) -> HttpResponseBase:
    """Put a tag on the chosen customers or on the whole list, or take it away."""
    query = forms.customers_query(request, request.POST)
    chosen = None if request.POST.get("scope") == "all" else request.POST.getlist("customer")
    remove = request.POST.get("act") == "remove"
    text = forms.typed(request, "tag")
    try:
        done = pages().tag(actor(request), query, chosen, text, remove)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
        return _list(query)
    if not done.entry_id:
        messages.info(request, _("Nothing changed: it was so already."))
        return _list(query)
    words = ngettext(
        "The tag is taken from %(n)d customer.", "The tag is taken from %(n)d customers.",
        done.customers,
    ) if remove else ngettext(
        "The tag is put on %(n)d customer.", "The tag is put on %(n)d customers.", done.customers
    )  # fmt: skip
    if done.is_queued:
        words = _("The tag is changed on %(n)d customers, in the background. You may go on.")
    undo = reverse("web:entry_undo", args=[done.entry_id])
    messages.success(request, words % {"n": done.customers}, extra_tags=f"undo:{undo}")
    return _list(query)
