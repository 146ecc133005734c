"""A field is corrected from the card, holds over the sources, and is taken back."""

from __future__ import annotations

import pytest

from tests.journeys.company import KLAARTJE
from tests.journeys.test_people import LOOKS, Visit, find, is_fine

pytestmark = pytest.mark.browser


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_field_is_corrected_from_the_card_and_taken_back(
    visit: Visit, width: int, theme: str
) -> None:
    page = visit("service", width, theme)
    find(page, KLAARTJE)
    card = str(page.url)
    page.click("button[popovertarget=more]")
    page.click("#more a:has-text('Corrigeer…')")
    page.wait_for_url("**/correct")
    is_fine(page)
    page.fill("#f-street", "Nieuwe Kade")
    page.fill("#reason", "verhuisd, belde zelf")
    page.click("main button.is-primary")
    page.wait_for_selector(".corrections li")
    assert "verhuisd, belde zelf" in page.inner_text(".corrections")
    is_fine(page)
    page.goto(card)
    assert "Nieuwe Kade 12" in page.inner_text("#who")
    page.goto(card.split("?")[0].rstrip("/") + "/correct")
    page.click(".corrections button:has-text('Neem terug')")
    page.wait_for_selector(".panel-note:has-text('niets met de hand')")
    page.goto(card)
    assert "Voorbeeldstraat 12" in page.inner_text("#who")


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_papers_are_fine_on_screen(visit: Visit, width: int, theme: str) -> None:
    page = visit("privacy", width, theme)
    for path in (
        "", "documents/processing/", "documents/notice/", "documents/notice-later/",
        "documents/ccpa/", "documents/retention/", "documents/map/", "company", "sources", "fields",
    ):  # fmt: skip
        page.goto(f"/privacy/{path}")
        is_fine(page)
