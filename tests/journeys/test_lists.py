"""Lists that are kept: views saved and shared, tags on many at once, filtered and undone."""

from __future__ import annotations

import pytest

from tests.journeys.test_people import LOOKS, Visit, is_fine
from tests.screens import settle

pytestmark = pytest.mark.browser


def save(page: object, name: str, *, shared: bool = False) -> None:
    """Keep what the list shows under a name."""
    page.click("button:has-text('Bewaar deze weergave')")  # type: ignore[attr-defined]
    page.fill("#view-name", name)  # type: ignore[attr-defined]
    if shared:
        page.check("#view-shared")  # type: ignore[attr-defined]
    page.click("#save-view button.is-primary")  # type: ignore[attr-defined]
    page.wait_for_selector(".toast:has-text('bewaard')")  # type: ignore[attr-defined]


def test_a_view_keeps_filters_order_and_columns(visit: Visit) -> None:
    page = visit("marketing")
    page.goto("/customers/")
    page.select_option("[name=f_city]", "utrecht")
    page.wait_for_url("**f_city=utrecht**")
    page.click("button:has-text('Kolommen')")
    page.check("#columns [value=email]")
    page.click("#columns button:has-text('Toon deze')")
    page.wait_for_selector("th:has-text('E-mail')")
    page.click("th a:has-text('Laatste contact')")
    page.wait_for_url("**sort=**")
    save(page, "Utrecht mailen", shared=True)
    shown = page.inner_text("table")
    assert page.locator(".views [aria-current=true]").inner_text() == "Utrecht mailen"
    is_fine(page)
    # Somebody else finds it, with the same rows and columns.
    other = visit("service")
    other.goto("/customers/")
    assert other.locator("th:has-text('E-mail')").count() == 0
    other.click(".views a:has-text('Utrecht mailen')")
    other.wait_for_url("**f_city=utrecht**")
    assert other.inner_text("table") == shown
    other.click("button:has-text('Beheer weergaven')")
    assert other.locator("#views form").count() == 0
    page.click("button:has-text('Beheer weergaven')")
    page.wait_for_selector("#views:popover-open")
    is_fine(page)
    page.click("#views form button")
    page.wait_for_selector(".toast:has-text('weg')")
    assert page.locator(".views a").count() == 0


def test_a_view_of_ones_own_is_nobody_elses(visit: Visit) -> None:
    page = visit("sales")
    page.goto("/customers/?group=active")
    save(page, "Mijn lijst")
    address = page.locator(".views a").get_attribute("href")
    other = visit("service")
    other.goto("/customers/")
    assert other.locator(".views a").count() == 0
    assert other.goto(address).status == 404


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_a_tag_on_some_customers_is_filtered_on_and_undone(
    visit: Visit, width: int, theme: str
) -> None:
    page = visit("marketing", width, theme)
    page.goto("/customers/")
    boxes = page.locator(".pick input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.click("button[popovertarget=tag]")
    page.wait_for_selector("#tag:popover-open")
    is_fine(page)
    page.fill("#tag-text", "Beurs 2026")
    page.click("#tag button:has-text('Zet erop')")
    page.wait_for_selector(".toast:has-text('2 klanten')")
    page.select_option("[name=f_tag]", label="Beurs 2026")
    page.wait_for_url("**f_tag=**")
    settle(page)
    assert page.locator("tr.row").count() == 2
    is_fine(page)
    assert "eurs" not in page.url


def test_a_tag_on_the_whole_list_by_keyboard_and_back(visit: Visit) -> None:
    page = visit("administrator")
    page.goto("/customers/?f_city=utrecht")
    rows = page.locator("tr.row").count()
    page.focus("button[popovertarget=tag]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tag:popover-open")
    page.keyboard.type("Utrechter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".toast:has-text('{rows} klanten')")
    assert page.locator("[name=f_tag] option").count() == 2
    page.click(".toast button:has-text('Maak ongedaan')")
    page.wait_for_selector(".toast:has-text('teruggenomen')")
    page.goto("/customers/")
    assert page.locator("[name=f_tag]").count() == 0


def test_nobody_ticked_is_said(visit: Visit) -> None:
    page = visit("service")
    page.goto("/customers/")
    page.click("button[popovertarget=tag]")
    page.fill("#tag-text", "VIP")
    page.click("#tag button:has-text('Zet erop')")
    page.wait_for_selector(".toast.bad:has-text('Kies eerst klanten')")
    other = visit("readonly")
    other.goto("/customers/")
    assert other.locator("button[popovertarget=tag], .pick").count() == 0
