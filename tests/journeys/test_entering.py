"""A customer and a note are entered in seconds, by keyboard and on a phone, and undone."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.journeys.company import KLAARTJE
from tests.journeys.test_people import LOOKS, Visit, find, is_fine

pytestmark = pytest.mark.browser
ENOUGH_SECONDS = 10


@pytest.mark.both
def test_a_new_customer_by_keyboard_alone_in_ten_seconds(visit: Visit) -> None:
    page = visit("service")
    started = time.monotonic()
    page.keyboard.press("e")
    page.wait_for_url("**/enter/")
    page.wait_for_selector("main input:focus")
    page.keyboard.type("Fenna de Proefneus")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("fenna@example.nl")
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast.good")
    assert time.monotonic() - started < ENOUGH_SECONDS
    assert page.inner_text("h1") == "Fenna de Proefneus"
    is_fine(page)
    page.keyboard.press("a")
    page.keyboard.type("Zoekt een kinderfiets")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#history .entry:has-text('Zoekt een kinderfiets')")
    assert "Anna service" in page.inner_text("#history .entry")
    page.click(".toast button:has-text('Maak ongedaan')")
    page.wait_for_selector(".toast:has-text('teruggenomen')")
    assert page.locator("#history .entry").count() == 0


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_likely_doubles_are_shown_while_typing(visit: Visit, width: int, theme: str) -> None:
    page = visit("marketing", width, theme)
    page.click("header a[data-enter]")
    page.wait_for_url("**/enter/")
    is_fine(page)
    page.fill("#f-email", KLAARTJE)
    page.wait_for_selector("#doubles .hit:has-text('Klaartje')")
    is_fine(page)
    page.fill("#f-email", "geen adres")
    page.click("main button.is-primary")
    page.wait_for_selector(".field.is-email.is-wrong")
    is_fine(page)
    page.fill("#f-email", "fenna@example.nl")
    page.fill("#f-full_name", "Fenna Proefneus")
    page.click("main button.is-primary")
    page.wait_for_selector(".toast.good")
    card = page.url
    page.click(".toast button:has-text('Maak ongedaan')")
    page.wait_for_url("**/customers/")
    assert page.goto(card).status == 404


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_remark_in_the_shop(visit: Visit, width: int, theme: str) -> None:
    page = visit("sales", width, theme)
    find(page, KLAARTJE)
    page.click(".acts button:has-text('Notitie')")
    page.wait_for_selector("#note[open]")
    is_fine(page)
    page.check("#note [value=remark]")
    page.fill("#note-text", "Vindt de e-bike te zwaar")
    page.click("#note button.is-primary")
    page.wait_for_selector("#history .entry:has-text('Vindt de e-bike te zwaar')")
    is_fine(page)


def test_the_search_offers_to_enter_whom_it_does_not_find(visit: Visit) -> None:
    page = visit("service")
    page.keyboard.press("Control+k")
    page.keyboard.type("onvindbaar")
    page.wait_for_selector("#hit-new[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/enter/")


def test_who_may_only_look_is_not_offered_it(visit: Visit) -> None:
    page: Any = visit("readonly")
    assert page.locator("header a[data-enter]").count() == 0
    assert page.goto("/enter/").status == 403
