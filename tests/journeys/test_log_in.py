"""Logging in on the screen, and out again; the other journeys begin with a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.browser


def test_in_by_keyboard_to_what_was_asked_for_and_out(
    window: Callable[..., Any], log_in: Callable[[str], Client]
) -> None:
    log_in("service")
    page = window(1440, "light", "nl")
    page.goto("/customers/")
    page.wait_for_url("**/account/login/?next=/customers/")
    page.fill("[name=login]", "service@example.nl")
    page.fill("[name=password]", "een-ander-wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_selector("main .errorlist, main .callout")
    assert "/account/login/" in page.url
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/")
    assert page.locator("tr.row").count() > 1
    page.click(".me")
    page.click("#me button:has-text('Uitloggen')")
    page.wait_for_url("**/account/login/**")
    page.goto("/customers/")
    page.wait_for_url("**/account/login/?next=/customers/")
