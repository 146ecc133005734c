"""A day with Klantbeeld in a real browser, over a company loaded by the real import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.journeys.company import KLAARTJE
from tests.screens import overflow, settle, violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


def search_for(page: Any, text: str) -> None:
    """Type in the palette, until what it shows answers the whole text and not a part of it."""

    def is_for_the_whole(answer: Any) -> bool:
        return parse_qs(answer.request.post_data or "").get("q") == [text]

    with page.expect_response(is_for_the_whole):
        page.keyboard.type(text)
    settle(page)


def find(page: Any, text: str) -> None:
    """Search with the keyboard and open the first hit."""
    page.keyboard.press("Control+k")
    search_for(page, text)
    page.wait_for_selector("#palette-hits [aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/*/")


@pytest.mark.both
def test_search_and_read_one_history_of_many_systems(visit: Visit) -> None:
    page = visit("service")
    find(page, "klaartje heuvel")
    assert page.inner_text("h1") == "Klaartje van den Heuvel"
    history = page.inner_text("#history")
    for told in ("Waar blijft mijn accu?", "levering te laat", "20418", "Nieuwsbrief geopend"):
        assert told in history, told
    sources = set(page.locator("#history .entry-end small").all_inner_texts())
    assert {"Webshop", "Klachten", "Service", "Nieuwsbrief"} <= sources
    assert violations(page) == []


def test_every_figure_opens_what_it_is_made_of(visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    page.click(".fact:has-text('Omzet 12 maanden') a")
    page.wait_for_url("**?kind=purchase*")
    assert page.locator("#history .entry").count() == 1
    page.click("#history .entry summary")
    page.wait_for_selector(".entry[open] .lines")
    lines = page.inner_text(".entry[open] .lines")
    assert "Accu 500 Wh" in lines
    assert "€ 400,00" in lines.replace("\u00a0", " ")
    assert "iDEAL" in page.inner_text(".entry[open]")


def test_small_things_stand_in_one_line_that_unfolds(visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    together = page.locator(".entry.is-group", has_text="Nieuwsbrief geopend")
    assert not together.locator(".parts").is_visible()
    together.locator("summary").click()
    assert together.locator(".parts li").count() == 3
    silent = page.locator(".entry.is-group", has_text="3 nieuwsbrieven verzonden, niet geopend")
    assert silent.count() == 1
    assert violations(page) == []


def test_an_entry_opens_over_the_card_and_as_a_page(visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    link = page.locator("#purchases [data-sheet]").first
    address = link.get_attribute("href")
    link.click()
    page.wait_for_selector("#entry-sheet[open] .lines")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.goto(address)
    assert "20418" in page.inner_text("h1")
    assert violations(page) == []
    page.click(".crumbs a:has-text('Klaartje')")
    assert page.inner_text("h1") == "Klaartje van den Heuvel"


def test_an_attachment_is_downloaded(visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    page.click(".entry:has-text('Waar blijft mijn accu?') summary")
    page.wait_for_selector(".entry[open] .file")
    with page.expect_download() as started:
        page.click(".entry[open] .file")
    assert started.value.suggested_filename == "bon.html"


@pytest.mark.both
def test_a_long_history_comes_in_pages(visit: Visit) -> None:
    page = visit("sales")
    find(page, "truus")
    while page.locator(".older").count():
        seen = page.locator("#history .entry").count()
        page.locator(".older button").scroll_into_view_if_needed()
        page.locator("#history .entry").nth(seen).wait_for()
    ids = page.eval_on_selector_all("#history .entry", "entries => entries.map(e => e.id)")
    assert len(ids) == len(set(ids)) >= 70
    headings = page.locator(".day").all_inner_texts()
    assert len(headings) == len(set(headings))


@pytest.mark.both
def test_filters_sorting_and_columns_of_the_list(visit: Visit) -> None:
    page = visit("marketing")
    page.goto("/customers/")
    page.select_option("[name=f_kind]", "person")
    page.wait_for_url("**f_kind=person**")
    page.select_option("[name=f_city]", "utrecht")
    page.wait_for_url("**f_city=utrecht**")
    assert page.locator("tr.row").count() == 2
    was = page.locator("th:has-text('Omzet totaal')").get_attribute("aria-sort")
    page.click("th a:has-text('Omzet totaal')")
    page.wait_for_selector(f"th:not([aria-sort={was}]):has-text('Omzet totaal')")
    page.click("button:has-text('Kolommen')")
    page.check("#columns [value=email]")
    page.click("#columns button:has-text('Toon deze')")
    page.wait_for_selector("th:has-text('E-mail')")
    assert KLAARTJE in page.inner_text("table")
    with page.expect_download() as started:
        page.click("button:has-text('Naar Excel')")
    assert started.value.suggested_filename == "klanten.xlsx"
    assert violations(page) == []


def test_mending_rows_until_quarantine_is_empty(visit: Visit) -> None:
    page = visit("service")
    page.click("main a:has-text('uitgevallen regels wachten')")
    page.wait_for_url("**/quarantine/")
    assert page.locator("tr.row").count() == 2
    page.click(".row-link >> nth=0")
    page.wait_for_url("**/quarantine/*/")
    page.fill("[name='value:Datum melding']", "32-01-2026")
    page.click("button:has-text('Sla deze regel op')")
    page.wait_for_selector(".field.is-wrong [value='32-01-2026']")
    assert violations(page) == []
    page.fill("[name='value:Datum melding']", "01-02-2026")
    page.click("button:has-text('Sla deze regel op')")
    page.wait_for_selector(".toast.good")
    page.click("button:has-text('Laat deze regel weg')")
    page.click("#discard button:has-text('Laat deze regel weg')")
    page.wait_for_selector("text=Geen uitgevallen regels")
    page.goto("/sources/")
    page.click(".row-link:has-text('Klachten') >> nth=0")
    counts = page.inner_text(".counts").replace("\n", " ")
    assert "uitgevallen 0" in counts
    assert "afgewezen 1" in counts
    assert "tellen niet op" not in page.inner_text("main")


@pytest.mark.both
def test_undoing_a_delivery_takes_its_history_away(visit: Visit) -> None:
    page = visit("administrator")
    page.goto("/sources/")
    page.click(".row-link:has-text('Klachten') >> nth=0")
    page.click("button:has-text('Maak ongedaan')")
    page.wait_for_selector("#undo[open]")
    assert violations(page) == []
    page.click("#undo button.is-danger")
    page.wait_for_selector(".toast.good")
    assert page.locator("button:has-text('Maak ongedaan')").count() == 0
    find(page, KLAARTJE)
    history = page.inner_text("#history")
    assert "levering te laat" not in history
    assert "Waar blijft mijn accu?" in history


def test_a_customer_is_taken_along_and_then_erased(
    visit: Visit, tmp_path: Path, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    page = visit("privacy")
    find(page, KLAARTJE)
    page.click("[popovertarget=more]")
    with page.expect_download() as started:
        page.click("button:has-text('Download alles')")
    started.value.save_as(tmp_path / "all.json")
    assert KLAARTJE in json.dumps(json.loads((tmp_path / "all.json").read_text("utf-8")))
    card = page.url
    page.click("[popovertarget=more]") if not page.locator("#more").is_visible() else None
    page.click("a:has-text('Verwijder deze klant')")
    page.wait_for_url("**/erase")
    assert "gebeurtenissen in de geschiedenis" in page.inner_text("main")
    assert violations(page) == []
    page.click("button:has-text('Verwijdering aanvragen')")
    page.wait_for_url("**/erasures/*/")
    page.fill("#exception", "Er werkt hier verder niemand.")
    page.click("button:has-text('Verwijder voorgoed')")
    page.wait_for_selector(".receipt table")
    assert "Anna privacy" in page.inner_text(".receipt")
    # Who took an export along is told to erase it as well.
    assert "nam het mee" in page.inner_text(".receipt")
    assert page.goto(card).status == 404
    page.goto("/customers/")
    page.keyboard.press("Control+k")
    page.keyboard.type(KLAARTJE)
    page.wait_for_selector(".hits-note")


@pytest.mark.look
@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (1024, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(visit: Visit, width: int, theme: str) -> None:
    page = visit("administrator", width, theme)
    page.goto("/customers/")
    card = page.locator(".row-link").first.get_attribute("href")
    page.goto("/sources/")
    delivery = page.locator(".row-link").first.get_attribute("href")
    page.goto("/quarantine/")
    row = page.locator(".row-link").first.get_attribute("href")
    paths = ("/", "/customers/", card, f"{card}erase", "/sources/", delivery, "/quarantine/", row)
    for path in paths:
        page.goto(path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path
