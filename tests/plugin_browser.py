"""The browser of the journeys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.plugin_needs import chromium

# No calls home, and no sandbox: a container often has no room for one.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium: one for the whole run, as Playwright runs one event loop in a thread."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # With an event loop in its thread Django would refuse tests the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        shown = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield shown
        shown.close()
