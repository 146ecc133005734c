"""A company loaded by the real import, its users, and a browser on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.journeys import company as files

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "een-lang-wachtwoord"
ROLES = ("administrator", "marketing", "sales", "service", "analyst", "privacy", "readonly")


def load(folder: Path) -> None:
    """Write the company's files and import them."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import import_paths

    report = import_paths(system_actor(), [files.write(folder)])
    assert not report.unreadable
    assert report.counts["rows_rejected"] == 0


@pytest.fixture
def company(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    """The company is loaded, in a home of its own."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    load(tmp_path / "files")


@pytest.fixture
def log_in(company: None) -> Callable[[str], Client]:
    """A function that gives a client, logged in as somebody with a role."""
    from klantbeeld.accounts.models import User

    def logged_in(role: str) -> Client:
        user, _is_new = User.objects.get_or_create(
            email=f"{role}@example.nl", defaults={"name": f"Anna {role}", "role": role}
        )
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return logged_in


@pytest.fixture
def visit(browser: Any, live_server: Any, log_in: Callable[[str], Client]) -> Iterator[Any]:
    """A function that logs in through the screen and gives the page it leads to.

    Errors in scripts, and what the content policy refuses, fail the test.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def visited(role: str, width: int = 1440, theme: str = "light") -> Any:
        log_in(role)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme,
            base_url=live_server.url, accept_downloads=True,
        )  # fmt: skip
        context.add_cookies([{"name": "django_language", "value": "nl", "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: "Content Security" in m.text and wrong.append(m.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/account/login/")
        page.fill("[name=login]", f"{role}@example.nl")
        page.fill("[name=password]", PASSWORD)
        page.click("main button.is-primary")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield visited
    for context in contexts:
        context.close()
    assert not wrong
