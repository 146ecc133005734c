"""What goes around every request: the log of looks, the limits of a log-in, the second step."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klantbeeld.accounts.models import LogIn, User
from klantbeeld.accounts.reads import second_step_due
from klantbeeld.core import looks
from klantbeeld.web import preferences

Answer = Callable[[HttpRequest], HttpResponseBase]
# Where somebody gets without a second step: to set it up, out, and to another language or look.
FREE = ("/account/", "/language/", "/choose", "/static/", "/healthz", "/metrics", "/api/")


def log_of_looks(answer: Answer) -> Answer:
    """Write down who was shown during a request before the answer goes out.

    When that cannot be done the answer does not go out either.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        with looks.gathering():
            return answer(request)

    return answered


def limits_of_log_in(answer: Answer) -> Answer:
    """End a log-in that is too old, too long idle or was ended; ask for the second step."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated or request.path.startswith("/static/"):
            return answer(request)
        if not _goes_on(request, user):
            logout(request)
            messages.info(request, _("Your log-in has ended. Log in again."))
            return redirect("account_login")
        actor = preferences.actor(request)
        due = second_step_due(actor)
        request.second_step_due = due  # type: ignore[attr-defined]
        if due == 0 and not request.path.startswith(FREE):
            messages.warning(
                request, _("Your role sees many customers: set up the second step of the log-in.")
            )
            return redirect("mfa_index")
        return answer(request)

    return answered


def _goes_on(request: HttpRequest, user: User) -> bool:
    key = request.session.session_key
    device = request.headers.get("User-Agent", "")
    address = str(request.META.get("REMOTE_ADDR", ""))
    return bool(key) and LogIn.continued(user, str(key), device, address) is not None
