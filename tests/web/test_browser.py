"""The screens in a real browser: accessibility, widths, themes and the keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens import overflow, violations
from tests.web import fixture_shapes as people

# Nothing here comes from the database but the session.
pytestmark = [pytest.mark.browser, pytest.mark.look]
CARD = f"/customers/{people.CARD}/"
PATHS = [
    "/", "/welcome/goals", "/customers/", "/customers/?f_complaint=none", CARD, f"/customers/{people.EMPTY}/",
    "/sources/", f"/sources/{people.DELIVERY}/", "/quarantine/", f"/quarantine/{people.ROW}/",
    "/nothing-here", f"/customers/{people.REFUSED}/", "/account/password/change/", "/account/2fa/",
]  # fmt: skip


def test_axe_finds_what_is_wrong(open_page: Any) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=x><h1></h1>'")
    assert any(v.startswith("image-alt") for v in violations(page))


@pytest.mark.parametrize(
    ("width", "theme", "lang"), [(1440, "light", "nl"), (1024, "dark", "en"), (390, "light", "nl")]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: Any, width: int, theme: str, lang: str
) -> None:
    page = open_page("/", width, theme, lang)
    for path in PATHS:
        page.goto(path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path


def test_log_in_screen(open_page: Any) -> None:
    page = open_page("/account/login/", 390, "dark", cookies=False)
    assert violations(page) == []
    assert overflow(page) <= 0


def test_search_with_the_keyboard(open_page: Any) -> None:
    page = open_page("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("heuvel")
    page.wait_for_selector("#palette-hits [aria-selected=true]")
    assert violations(page) == []
    icon, field, close = (
        page.locator(f"#palette .palette-form > {part}").bounding_box()
        for part in (".icon", "input[name=q]", ".icon-btn")
    )
    assert icon["x"] < field["x"] < close["x"]
    assert field["y"] <= icon["y"] <= field["y"] + field["height"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#palette-text", "aria-activedescendant") == "hit-1"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CARD}")


def test_enter_opens_a_hit_of_the_whole_text(open_page: Any) -> None:
    """Whoever types on faster than the answer comes never gets a hit of what was typed first."""
    page = open_page("/")
    nobody = "<p class='hits-note nobody'>Nobody</p>"
    page.route(
        "**/search**",
        lambda route: (
            route.fulfill(body=nobody, content_type="text/html")
            if "xyz" in (route.request.post_data or "")
            else route.continue_()
        ),
    )
    page.keyboard.press("Control+k")
    page.keyboard.type("heuvel")
    page.wait_for_selector("#palette-hits [aria-selected=true]")
    page.keyboard.type("xyz")
    page.keyboard.press("Enter")
    page.wait_for_selector("#palette-hits .nobody")
    assert page.url.endswith("/")
    page.fill("#palette-text", "")
    page.keyboard.type("heuvel")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CARD}")


def test_slash_opens_search_and_closing_wipes_it(open_page: Any) -> None:
    page = open_page("/customers/")
    page.keyboard.press("/")
    page.keyboard.type("heuvel")
    page.wait_for_selector("#palette-hits a")
    page.keyboard.press("Escape")
    assert page.input_value("#palette-text") == ""
    assert page.locator("#palette-hits a").count() == 0
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()


def test_walking_and_unfolding_the_history(open_page: Any) -> None:
    page = open_page(CARD)
    for key in ("j", "j", "k", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry[open] .lines")
    assert page.locator(".entry[open]").get_attribute("id") == "e-0000000000002"
    assert violations(page) == []


def test_chips_filter_the_history_and_older_entries_follow(open_page: Any) -> None:
    page = open_page(CARD)
    page.click(".chip:has-text('Klachten')")
    page.wait_for_url("**?kind=complaint")
    assert page.locator(".entry").count() == 2
    page.click(".chip:has-text('Alles')")
    page.wait_for_selector("#e-0000000000001")
    page.locator(".older button").scroll_into_view_if_needed()
    page.wait_for_selector("#e-0000000000099")
    headings = page.locator(".day").all_inner_texts()
    assert len(headings) == len(set(headings))


def test_a_source_shows_on_hover_and_on_click(open_page: Any) -> None:
    page = open_page(CARD)
    page.hover("[popovertarget=src-email]")
    page.wait_for_selector("#src-email:popover-open")
    assert "post kwam terug" in page.inner_text("#src-email")
    page.mouse.move(900, 890)
    page.wait_for_selector("#src-email", state="hidden")
    page.click("[popovertarget=src-address]")
    assert page.locator("#src-address").is_visible()
    assert violations(page) == []


def test_a_term_is_explained_on_hover_and_on_focus(open_page: Any) -> None:
    page = open_page("/")
    term = page.locator("#groups .term")
    pop = page.locator(f"#{term.get_attribute('popovertarget')}")
    assert not pop.is_visible()
    term.hover()
    pop.wait_for(state="visible")
    assert "vijf groepen" in pop.inner_text()
    assert violations(page) == []
    page.mouse.move(5, 890)
    pop.wait_for(state="hidden")
    for _ in range(60):
        page.keyboard.press("Tab")
        if pop.is_visible():
            break
    assert page.evaluate("document.activeElement.className") == "term"
    page.keyboard.press("Tab")
    pop.wait_for(state="hidden")


@pytest.mark.parametrize(("width", "theme", "lang"), [(1440, "light", "nl"), (390, "dark", "en")])
def test_the_tour_can_be_taken_left_and_taken_again(
    open_page: Any, width: int, theme: str, lang: str
) -> None:
    page = open_page("/", width, theme, lang)
    page.focus("[data-tour]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#tour[open]")
    told = []
    while True:
        assert violations(page) == []
        assert overflow(page) <= 0
        told.append(page.inner_text("#tour [data-step]:not([hidden]) b"))
        page.keyboard.press("Enter")
        if not page.locator("#tour[open]").count():
            break
    assert len(told) == len(set(told)) >= 5
    page.wait_for_function("!document.querySelector('.is-toured')")
    page.goto("/customers/")
    page.goto("/#tour")
    page.wait_for_selector("#tour[open]")
    page.keyboard.press("Escape")
    assert not page.locator("#tour[open]").count()
    page.wait_for_url(lambda url: url.endswith("/"))


def test_the_right_column_becomes_tabs(open_page: Any) -> None:
    page = open_page(CARD, 1024)
    assert not page.locator("#subscriptions").is_visible()
    page.click("role=tab[name='Abonnementen']")
    assert page.locator("#subscriptions").is_visible()
    assert not page.locator("#history").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#purchases").is_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator("#history").is_visible()


def test_the_list_is_filtered_and_sorted_in_place(open_page: Any) -> None:
    page = open_page("/customers/")
    page.select_option("select[name=f_kind]", "person")
    page.wait_for_url("**/customers/?f_kind=person")
    page.click("thead a:has-text('Omzet')")
    page.wait_for_url("**sort=-revenue**")
    assert "f_kind=person" in page.url
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CARD}")


def test_theme_and_language_are_kept(open_page: Any) -> None:
    page = open_page("/")
    page.click(".me")
    page.click("[data-theme-choice] [value=dark]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click(".me")
    page.click("#me [name=language][value=en]")
    page.wait_for_selector("html[lang=en]")
    assert page.inner_text("h1") == "Today"


def test_erasing_asks_first(open_page: Any) -> None:
    page = open_page(CARD)
    page.click("[popovertarget=more]")
    page.click("text=Verwijder deze klant")
    assert page.locator("#ask-erase").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#ask-erase").is_visible()


def test_what_somebody_looked_at_is_not_kept_in_the_browser(open_page: Any) -> None:
    page = open_page("/customers/")
    page.select_option("select[name=f_kind]", "person")
    page.wait_for_url("**f_kind=person")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Heuvel" not in kept
