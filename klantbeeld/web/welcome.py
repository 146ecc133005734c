"""The screens of the first hour: the sample company in and out, and what one wants to know."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klantbeeld.web import preferences
from klantbeeld.web.filled import places
from klantbeeld.web.pages import pages
from klantbeeld.web.sending import attached
from klantbeeld.web.views import actor, screen


@screen
@require_POST
def load_sample(request: HttpRequest) -> HttpResponseBase:
    """Have the sample company loaded, and ask meanwhile what one wants to know."""
    pages().load_sample(actor(request))
    return redirect("web:goals")


@screen
@require_POST
def leave_sample(request: HttpRequest) -> HttpResponseBase:
    """Have the sample company taken out; the start page shows how far that is."""
    pages().leave_sample(actor(request))
    return redirect("web:start")


@screen
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """How far the sample company is: asked for by the banner, or by the page that waits for it.

    Once it is in, the page that waits shows itself anew; once it is out, one goes on to one's
    own file.
    """
    shown = pages().sample(actor(request))
    is_page = request.GET.get("on") == "page"
    response = render(
        request, "web/welcome/progress.html" if is_page else "web/welcome/banner.html"
    )
    if shown is None:
        response["HX-Redirect"] = places.add()
    elif is_page and not shown.is_busy:
        response["HX-Refresh"] = "true"
    return response


@screen
@require_GET
def template(request: HttpRequest, key: str) -> HttpResponseBase:
    """An example file to fill in."""
    file = pages().example_file(actor(request), key)
    return attached(file)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest) -> HttpResponseBase:
    """What one wants to know first: shows the goals, or stores which were chosen."""
    if request.method == "POST":
        chosen = preferences.valid_keys(request.POST.getlist("goals"))
        pages().choose_goals(actor(request), chosen)
        messages.success(request, _("Stored. Start page and cards begin with this from now on."))
        return redirect("web:start")
    return render(request, "web/welcome/goals.html", {"view": pages().goals(actor(request))})
