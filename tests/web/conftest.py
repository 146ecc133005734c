"""Screens over invented people, a logged-in client, and a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as product_settings
from django.test import Client

FIXTURE_PAGES = "tests.web.fixture_shapes"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def invented_pages(settings: Any) -> None:
    """Every screen shows the invented people."""
    settings.KLANTBEELD_PAGES = FIXTURE_PAGES


@pytest.fixture
def anna(db: None) -> Any:
    """An administrator."""
    from klantbeeld.accounts.models import User

    return User.objects.create_user(
        "anna@example.nl", "een-lang-wachtwoord", name="Anna Voorbeeld", role="administrator"
    )


@pytest.fixture
def logged_in(client: Client, anna: Any) -> Client:
    """A client that is logged in."""
    client.force_login(anna, backend=BACKEND)
    return client


@pytest.fixture
def session_cookie(transactional_db: None, logged_in: Client) -> dict[str, str]:
    """The cookie of a logged-in session, for a browser."""
    name = product_settings.SESSION_COOKIE_NAME
    return {name: logged_in.cookies[name].value}


@pytest.fixture
def open_page(window: Callable[..., Any], session_cookie: dict[str, str]) -> Callable[..., Any]:
    """A function that opens a page: width, theme and language."""

    def opened(
        path: str, width: int = 1440, theme: str = "light", lang: str = "nl", cookies: bool = True
    ) -> Any:
        page = window(width, theme, lang, **(session_cookie if cookies else {}))
        page.goto(path)
        return page

    return opened
