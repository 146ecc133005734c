"""A company loaded by the real import, its users, and a browser on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.test import Client

from tests.journeys import company as files
from tests.journeys.aside import Aside

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


def session(client: Client) -> dict[str, str]:
    """The cookie of a client that is logged in, for a browser; `test_log_in` does it by hand."""
    return {product.SESSION_COOKIE_NAME: client.cookies[product.SESSION_COOKIE_NAME].value}


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Aside:
    """Where the first test that wants the company leaves it for the others."""
    return Aside(tmp_path_factory.mktemp("company"))


@pytest.fixture
def company(transactional_db: None, settings: Any, tmp_path: Path, loaded_once: Aside) -> None:
    """The company is loaded, in a home of its own."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    if loaded_once.home.exists():
        loaded_once.put_back()
    else:
        load(tmp_path / "files")
        loaded_once.keep()


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
def visit(window: Callable[..., Any], log_in: Callable[[str], Client]) -> Callable[..., Any]:
    """A function that gives the start page of somebody who logged in, with a role."""

    def visited(role: str, width: int = 1440, theme: str = "light") -> Any:
        page = window(width, theme, "nl", **session(log_in(role)))
        page.goto("/")
        return page

    return visited
