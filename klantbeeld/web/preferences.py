"""What somebody chose about the screens, kept in cookies: theme and columns.

The language is Django's own cookie. A cookie holds only keys from a fixed set, never personal data.
"""

from __future__ import annotations

import re
from typing import cast

from django.http import HttpRequest, HttpResponseBase

from klantbeeld.accounts.models import User
from klantbeeld.accounts.reads import may_of_everybody, open_alarms, permissions, purposes
from klantbeeld.core.actor import Actor
from klantbeeld.web.pages import pages

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
COLUMNS_COOKIE = "columns"
PURPOSE = "purpose"
YEAR = 365 * 24 * 3600
KEY = re.compile(r"[a-z0-9_]{1,40}")


def theme(request: HttpRequest) -> str:
    """Chosen theme, "auto" (as the system) when none was."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def columns(request: HttpRequest) -> tuple[str, ...]:
    """Chosen columns of the list of customers, empty for the default ones."""
    return valid_keys(request.COOKIES.get(COLUMNS_COOKIE, "").split("."))


def valid_keys(keys: list[str]) -> tuple[str, ...]:
    """The ones that can be keys, without doubles, at most forty."""
    return tuple(dict.fromkeys(k for k in keys if KEY.fullmatch(k)))[:40]


def remember(response: HttpResponseBase, name: str, value: str) -> None:
    """Keep a choice for a year. Scripts may read the theme: they change it without a reload."""
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax")


def actor(request: HttpRequest) -> Actor:
    """Who asks, for the purpose that they chose in this log-in or that goes with the role."""
    return cast(User, request.user).as_actor(purpose=request.session.get(PURPOSE, ""))


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor: what every page needs for its shell."""
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated):
        return {"theme": theme(request), "permissions": ()}
    who = actor(request)
    chosen_from, held = purposes(who), permissions(who)
    return {
        "theme": theme(request),
        "permissions": held,
        "open_alarms": open_alarms(who) if "audit.read" in held else 0,
        "sample": pages().sample(who),
        "purpose": who.purpose,
        "reaches_all": may_of_everybody(who, "customers.read"),
        "purposes": chosen_from if len(chosen_from) > 1 else (),
        "second_step_due": getattr(request, "second_step_due", None),
    }
