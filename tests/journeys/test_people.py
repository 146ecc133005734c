"""A couple wrongly merged is taken apart, two doubles are merged, both are undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.company import KLAARTJE
from tests.journeys.test_customer_journey import find as search
from tests.screens import looks, overflow, violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
LOOKS = looks([(1440, "light"), (390, "dark")])


@pytest.fixture
def couple_as_one(company: None) -> None:
    """Somebody took Klaartje and Bas for one person."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.models import Record
    from klantbeeld.identity.models import Membership
    from klantbeeld.pipeline.actions import merge

    held = [Record.objects.get(source__key="crm", key=f"K-100{n}").pk for n in (1, 2)]
    owners = [Membership.objects.get(record=record).customer_id for record in held]
    assert owners[0] != owners[1]
    merge(system_actor(), owners, "zelfde adres")


def find(page: Any, text: str) -> None:
    """Open the card of the first hit, from the start page: an open card would look like it."""
    page.goto("/")
    search(page, text)


def speak(page: Any, language: str) -> None:
    """Show the screens in this language."""
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": "/".join(page.url.split("/")[:3])}]
    )


def is_fine(page: Any) -> None:
    """Nothing for axe, nothing that sticks out, no customer's data in the address."""
    assert violations(page) == []
    assert overflow(page) <= 0
    assert re.fullmatch(r"https?://[^/]+/[a-z0-9/_-]*(\?[a-z0-9_=&-]*)?(#[a-z0-9-]*)?", page.url)


def take_apart(page: Any) -> str:
    """From the card of the couple: Bas gets a card of his own. Returns the card's address."""
    card = str(page.url)
    page.click("#why a:has-text('Haal uit elkaar')")
    page.wait_for_url("**/split")
    is_fine(page)
    for box in page.locator(".record-choices li", has_text="Bas").all():
        box.locator("input").check()
    page.click("button:has-text('Bekijk wie wat houdt')")
    page.wait_for_selector("#preview")
    stays, goes = page.locator(".part").all()
    assert "Klaartje van den Heuvel" in stays.inner_text()
    assert "Bas van den Heuvel" in goes.inner_text()
    assert "€" in stays.inner_text()
    is_fine(page)
    page.fill("#note", "is haar man")
    page.click(".confirm-bar button:has-text('Haal uit elkaar')")
    page.wait_for_selector(".toast.good")
    return card


@pytest.mark.both
def test_a_couple_is_taken_apart_and_that_is_undone(couple_as_one: None, visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    card = take_apart(page)
    assert page.url == card
    assert page.inner_text("h1") == "Klaartje van den Heuvel"
    assert "Bas" not in page.inner_text("#records, #who")
    assert "Bas van den Heuvel" in page.inner_text("#household")
    is_fine(page)
    page.click(".toast button:has-text('Maak ongedaan')")
    page.wait_for_selector(".toast:has-text('teruggenomen')")
    find(page, "bas.vdheuvel@example.nl")
    assert page.url.split("?")[0] == card
    # Later, from the card: the merge itself is taken back.
    page.click("#why a:has-text('Oordelen')")
    rows = page.locator(".judged li")
    assert "is haar man" in rows.nth(0).inner_text()
    assert "teruggenomen" in rows.nth(0).inner_text()
    is_fine(page)
    rows.nth(1).locator("button:has-text('Neem terug')").click()
    page.wait_for_selector(".toast.good")
    find(page, "bas.vdheuvel@example.nl")
    assert page.inner_text("h1") == "Bas van den Heuvel"
    assert page.url != card


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_two_doubles_are_merged_and_that_is_undone(visit: Visit, width: int, theme: str) -> None:
    page = visit("sales", width, theme)
    find(page, "jan proefpersoon")
    absorbed_or_not = page.url
    find(page, "truus")
    other = page.url
    find(page, "jan proefpersoon")
    page.click("[popovertarget=more]")
    page.click("#more a:has-text('Voeg samen met')")
    page.wait_for_url("**/merge")
    is_fine(page)
    page.fill("#merge-text", "truus")
    page.wait_for_selector("#merge-hits .hit")
    is_fine(page)
    page.click("#merge-hits .hit")
    page.wait_for_url("**/merge/*")
    assert page.locator(".part").count() == 3
    is_fine(page)
    page.click("button:has-text('Voeg deze samen')")
    page.wait_for_selector(".toast.good")
    is_fine(page)
    survivor = page.url
    for old in (absorbed_or_not, other):
        page.goto(old)
        assert page.url == survivor
    page.click("#why a:has-text('Oordelen')")
    page.click("button:has-text('Neem terug')")
    page.wait_for_selector(".toast.good")
    for old in (absorbed_or_not, other):
        page.goto(old)
        assert page.url == old


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_in_english_and_in_every_look(
    couple_as_one: None, visit: Visit, width: int, theme: str
) -> None:
    page = visit("administrator", width, theme)
    find(page, KLAARTJE)
    speak(page, "en")
    page.goto(page.url)
    is_fine(page)
    page.click("#why a:has-text('Take apart')")
    page.check(".record-choices input >> nth=0")
    page.click("button:has-text('See who keeps what')")
    page.wait_for_selector("#preview")
    assert "Gets a card of its own" in page.inner_text("main")
    is_fine(page)
    card = page.url.removesuffix("split")
    for path, told in (
        (f"{card}merge", "These resemble"), (f"{card}judgements", "Who said what"),
        ("/enter/", "New customer"), ("/customers/", "Save this view"),
    ):  # fmt: skip
        page.goto(path)
        assert told in page.inner_text("main") or path.endswith("merge"), path
        is_fine(page)


def test_by_keyboard_alone(couple_as_one: None, visit: Visit) -> None:
    page = visit("service")
    find(page, KLAARTJE)
    page.locator("#why a:has-text('Haal uit elkaar')").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/split")
    page.locator(".record-choices li", has_text="Bas").first.locator("input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("#preview")
    page.focus("#note")
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast.good")
    page.locator(".toast button:has-text('Maak ongedaan')").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast:has-text('teruggenomen')")


def test_who_may_not_judge_is_not_offered_it(couple_as_one: None, visit: Visit) -> None:
    page = visit("marketing")
    find(page, KLAARTJE)
    assert page.locator("a:has-text('Haal uit elkaar')").count() == 0
    assert page.locator("#more a:has-text('Voeg samen')").count() == 0
    assert page.goto(page.url + "split").status == 403
