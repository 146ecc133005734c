"""The bar holds its entries at every width, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.screens import overflow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nothing_sticks_out_between_the_widths(open_page: Callable[..., Any], lang: str) -> None:
    page = open_page("/", 1440, "light", lang)
    for width in (1400, 1241, 1240, 1121, 1120, 1024, 1001, 1000, 900, 641, 640, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, width
        bar = page.locator("header.bar").bounding_box()
        assert bar["height"] < 70, width
