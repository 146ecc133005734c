"""What employees may not do with their account themselves: no mail is sent from here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who forgot a password is told whom to ask."""
    return render(request, "account/forgotten.html")


def closed(request: HttpRequest, **_rest: Any) -> HttpResponse:
    """The address somebody logs in with is the administrator's to change, and written down."""
    raise Http404
