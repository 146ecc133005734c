"""The browser of the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.plugin_needs import chromium

# The address bar's suggestions are pages too: two for each page under test.
OFF = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Of two such lists Chromium takes the last: what Playwright turns off is said again.
OFF_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
# No calls home, and no sandbox: a container often has no room for one.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-features=" + ",".join([*OFF, *OFF_BY_PLAYWRIGHT]),
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


@pytest.fixture
def window(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """A function that gives an empty page at a width, in a theme and a language, with cookies.

    Errors in scripts, and what the content policy refuses, fail the test.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(width: int, theme: str, lang: str, **cookies: str) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme,
            base_url=live_server.url, accept_downloads=True,
        )  # fmt: skip
        given = {"django_language": lang, **cookies}
        context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in given.items()]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: "Content Security" in m.text and wrong.append(m.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong
