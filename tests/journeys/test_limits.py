"""A part is erased, a request leads to its act, and what limits a customer is seen and lifted."""

from __future__ import annotations

import os
from typing import Any

import pytest

from klantbeeld.core.actor import system_actor
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles.models import Profile
from klantbeeld.timeline.models import Interaction
from tests.journeys.company import KLAARTJE
from tests.journeys.test_erasing import IMMEDIATE, good, page_of
from tests.screens import looks

SYSTEM = system_actor()
LOOKS = looks([(1440, "light", "nl"), (390, "dark", "en")])


def shot(page: Any, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def _card() -> str:
    from klantbeeld.core.public_ids import to_public

    return f"/customers/{to_public('customer', Profile.objects.get(data__email=KLAARTJE).pk)}/"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_one_complaint_is_erased_from_its_page(
    log_in: Any, window: Any, settings: Any, width: int, theme: str, lang: str
) -> None:
    settings.TASKS = IMMEDIATE
    asks = page_of(window, log_in("administrator"), (width, theme, lang))
    agrees = page_of(window, log_in("privacy"), (width, theme, lang))
    card = _card()
    asks.goto(f"{card}erase/parts")
    good(asks)
    shot(asks, f"parts-{lang}")
    complaint = Interaction.objects.get(key="KL-1")
    from klantbeeld.core.public_ids import to_public

    asks.goto(f"{card}history/{to_public('interaction', complaint.pk)}")
    shot(asks, f"entry-{lang}")
    asks.click(".entry-erase a")
    good(asks)
    shot(asks, f"part-{lang}")
    asks.click(".btn.is-danger")
    asks.wait_for_url("**/erasures/*/")
    good(asks)
    shot(asks, f"asked-{lang}")
    assert asks.locator("button.is-danger").count() == 0
    agrees.goto(asks.url)
    shot(agrees, f"agree-{lang}")
    agrees.click("button.is-danger")
    agrees.wait_for_selector(".receipt table")
    good(agrees)
    shot(agrees, f"receipt-{lang}")
    assert not Interaction.objects.filter(pk=complaint.pk).exists()
    assert Erasure.objects.get().state == Erasure.DONE
    # The other tab still shows the page of asking.
    asks.goto(card)
    assert asks.locator("text=Klaartje").count()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_screens_of_limits(
    log_in: Any, window: Any, settings: Any, width: int, theme: str, lang: str
) -> None:
    settings.TASKS = IMMEDIATE
    page = page_of(window, log_in("privacy"), (width, theme, lang))
    card = _card()
    page.goto(f"{card}limits")
    good(page)
    page.fill("#matter", "Z-2026-12")
    page.click("[value=hold]")
    page.click("[value=object]")
    shot(page, f"limits-{lang}")
    page.click("[value=restrict]")
    good(page)
    shot(page, f"restricted-{lang}")
    page.goto("/privacy/limits")
    good(page)
    shot(page, f"standing-{lang}")
    page.goto("/privacy/retention")
    good(page)
    page.fill("[name=days-relation]", "730")
    page.click(".mend-acts .is-primary")
    good(page)
    shot(page, f"retention-{lang}")
    page.goto("/privacy/")
    shot(page, f"privacy-{lang}")
