"""Asking questions and checking the data up, in a real browser, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.company import KLAARTJE
from tests.journeys.test_customer_journey import find, search_for
from tests.screens import looks, overflow, violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


def in_english(page: Any) -> None:
    """The same pages in English."""
    cookie = {"name": "django_language", "value": "en", "url": page.url}
    page.context.add_cookies([cookie])
    page.goto("/")


def ask(page: Any, text: str) -> None:
    """Ask from the one place to type, by keyboard alone."""
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    search_for(page, text)
    page.wait_for_selector("#palette-hits .question[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask")
    page.wait_for_selector("#sentence")


def test_a_rule_is_asked_changed_by_clicking_and_opened(visit: Visit) -> None:
    page = visit("sales")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    ask(page, "wie kocht een accu maar nooit een binnenband")
    assert page.inner_text(".answer-meta b") == "1 klant"
    assert "Klaartje van den Heuvel" in page.inner_text("#answer table")
    assert page.inner_text("#sentence h2") == "Ik zoek:"
    assert "Stand van" in page.inner_text(".answer-meta")
    assert violations(page) == []
    page.click("[popovertarget=slot-bought]")
    page.uncheck("#slot-bought input:checked")
    page.check("#slot-bought label:has-text('Binnenband') input")
    page.click("#slot-bought button")
    page.wait_for_selector(".empty")
    page.fill("#ask-bar [name=q]", "wie kocht een binnenband")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer tr.row:has-text('Truus Testers')")
    page.select_option("#slot-period", "30")
    page.wait_for_selector("#answer .empty")
    page.select_option("#slot-period", "all")
    page.click("#answer tr.row a")
    page.wait_for_url("**/customers/*/")
    assert page.inner_text("h1") == "Truus Testers"
    assert not [a for a in addresses if "accu" in a or "binnenband" in a]


def test_an_answer_listens_from_the_moment_it_is_seen(visit: Visit) -> None:
    """A change made the very moment the answer appears is not lost."""
    page = visit("sales")
    ask(page, "wie kocht een binnenband")
    page.wait_for_selector("#answer tr.row")
    page.evaluate("""() => new MutationObserver((_, watching) => {
        watching.disconnect();
        const period = document.querySelector("#slot-period");
        period.value = "365";
        period.dispatchEvent(new Event("change", {bubbles: true}));
    }).observe(document.querySelector("#answer"), {childList: true})""")
    page.select_option("#slot-period", "30")
    page.wait_for_selector('#slot-period option[value="365"][selected]', state="attached")
    page.wait_for_selector("#answer tr.row:has-text('Truus Testers')")


def test_questions_about_the_customer_on_the_screen(visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    card = page.url
    ask(page, "wanneer kocht deze klant voor het laatst en wat")
    assert "Accu 500 Wh, Montage" in page.inner_text(".headline")
    for text, told in (
        ("klaagde deze klant eerder en loopt er nog iets", "Klaagde 1 keer eerder"),
        ("wie sprak haar het laatst en wat is afgesproken", "Laatste contact"),
        ("mag ik deze klant bellen of mailen", "Mail: ja"),
    ):
        page.goto(card)
        ask(page, text)
        headline = page.inner_text(".headline p")
        assert all(part in headline for part in told.split(" · ")), headline
        assert "Klaartje van den Heuvel" in page.inner_text("#sentence")
        assert violations(page) == []
    page.click("#sentence a.slot")
    page.wait_for_url(card)


def test_which_customer_is_meant_is_asked(visit: Visit) -> None:
    page = visit("service")
    ask(page, "mag ik heuvel mailen")
    assert page.locator("button.hit[name='slot:customer']").count() == 2
    assert violations(page) == []
    page.locator("button.hit[name='slot:customer']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".headline")
    page.fill("[name='slot:name']", "Øyvind Ænes")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sentence a.slot:has-text('Øyvind')")
    assert "Mail: nee" in page.inner_text(".headline")


def test_what_is_not_understood_is_said(visit: Visit) -> None:
    page = visit("service")
    page.keyboard.press("Control+k")
    page.keyboard.type("wat is het weer morgen")
    page.wait_for_selector("#palette-hits .question")
    assert "begrijp ik niet" in page.inner_text("#palette-hits")
    page.goto("/ask")
    page.fill("#ask-bar [name=q]", "wat is het weer morgen")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer .callout")
    assert page.locator("#answer button.question").count() == 3
    assert violations(page) == []
    page.locator("#answer button.question").first.click()
    page.wait_for_selector("#sentence")


@pytest.mark.both
@pytest.mark.parametrize(
    ("language", "width", "theme"),
    looks([("nl", 1440, "dark"), ("en", 390, "light")]),
)
def test_every_question_is_asked_by_clicking(
    visit: Visit, language: str, width: int, theme: str
) -> None:
    page = visit("administrator", width, theme)
    if language == "en":
        in_english(page)
    page.goto("/ask")
    keys = page.eval_on_selector_all("button.question", "all => all.map(b => b.value)")
    assert len(keys) == 11
    assert violations(page) == []
    for key in keys:
        page.goto("/ask")
        page.click(f"button.question[value={key}]")
        page.wait_for_selector("#sentence")
        if page.locator("[name='slot:name']").count():
            page.fill("[name='slot:name']", "Klaartje van den Heuvel")
            page.keyboard.press("Enter")
            page.wait_for_selector(".headline, #answer table")
        assert page.inner_text("#sentence h2") == (
            "I look for:" if language == "en" else "Ik zoek:"
        )
        assert violations(page) == [], key
        assert overflow(page) <= 0, key


def test_the_data_check_up_leads_to_the_rows_and_prints(visit: Visit) -> None:
    page = visit("administrator")
    page.goto("/sources/")
    page.click(".row-link >> nth=0")
    page.click("a:has-text('Gegevenscontrole')")
    page.wait_for_url("**/checkup/")
    assert "Herstel de uitgevallen regels" in page.inner_text("#first")
    assert violations(page) == []
    missing = page.locator("#missing td a")
    missing.first.click()
    page.wait_for_url("**/checkup/rows?what=missing-*")
    assert page.locator("tbody tr").count() > 0
    assert violations(page) == []
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert page.locator("table").is_visible()


@pytest.mark.look
@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [("en", 1440, "dark"), ("nl", 390, "light"), ("en", 390, "dark")],
)
def test_the_check_up_fits_every_screen(
    visit: Visit, language: str, width: int, theme: str
) -> None:
    page = visit("service", width, theme)
    if language == "en":
        in_english(page)
    for path in ("/checkup/", "/checkup/rows?what=doubtful", "/checkup/rows?what=missing-phone"):
        page.goto(path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path
