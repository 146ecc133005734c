"""What is true of every screen, at whatever width, in whatever theme and language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

# Only what is wrong comes back: handing over all that is right takes longer than finding it.
WRONG = """axe.run({resultTypes: ['violations']}).then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target).join(' ')))"""
SETTLED = "html:not(:has(.htmx-request, .htmx-swapping, .htmx-settling))"


def looks(variants: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Values for `parametrize`: the first is the journey itself, the others only look different."""
    first, *others = variants
    return [first, *(pytest.param(*other, marks=pytest.mark.look) for other in others)]


def settle(page: Any) -> None:
    """Wait until no part of the page is being fetched. A page that was gone to has loaded."""
    page.wait_for_selector(SETTLED)


def violations(page: Any) -> list[str]:
    """What axe finds wrong."""
    settle(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(WRONG)
    return found


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than the window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
