"""People's own pages, by the link in a message: no log-in, no cookie, no name in the address.

Whoever has the link may do what it is for and nothing else, so there is nothing for a foreign
site to forge. Looking changes nothing: programs that look at links in mails do not decide. Only
a browser that asks by itself not to sell or share data is heeded at once, as the law has it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from klantbeeld.pipeline.actions import THEMSELVES
from klantbeeld.web import forms
from klantbeeld.web.pages import NotFound, contact_pages
from klantbeeld.web.shapes.contact import OwnPage

Own = Callable[..., OwnPage]


def has_signal(request: HttpRequest) -> bool:
    """Whether the browser asks not to sell or share data: Global Privacy Control.

    It says so in a header; where only its script knows, the page asks again with `gpc=1`.
    """
    return request.headers.get("Sec-GPC") == "1" or request.GET.get("gpc") == "1"


def by_link(view: Own) -> Callable[..., HttpResponse]:
    """A page for whoever has the link; POST decides."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if has_signal(request):
                contact_pages().heed_signal(THEMSELVES, view.__name__, kwargs["text"])
            page = view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error
        context = {"page": page, "has_signal": has_signal(request)}
        response = render(request, f"web/own/{page.kind}.html", context)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return shown


@by_link
def confirm(request: HttpRequest, text: str) -> OwnPage:
    """Confirm a sign-up: GET shows the button, POST confirms."""
    if request.method == "POST":
        return contact_pages().confirm(THEMSELVES, text)
    return contact_pages().confirm_page(THEMSELVES, text)


@by_link
def out(request: HttpRequest, text: str) -> OwnPage:
    """No more of this: RFC 8058's POST without anything else, or a button for people."""
    if request.method == "POST":
        return contact_pages().out(THEMSELVES, text)
    return contact_pages().out_page(THEMSELVES, text)


@by_link
def preferences(request: HttpRequest, text: str) -> OwnPage:
    """What somebody gets and how he likes it."""
    if request.method != "POST":
        return contact_pages().preferences_page(THEMSELVES, text)
    is_all = request.POST.get("all") == "yes"
    out_of = tuple(forms.plain_key(c) for c in request.POST.getlist("out")[:20])
    liked = [forms.plain_key(request.POST.get(name, "")) for name in ("channel", "form")]
    return contact_pages().choose_own(
        THEMSELVES, text, None if is_all else out_of, (liked[0], liked[1])
    )
