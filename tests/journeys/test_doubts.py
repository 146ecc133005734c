"""Doubtful pairs are judged by key, skipped and taken back; why one and why not are shown as a sum."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.company import KLAARTJE
from tests.journeys.test_people import find, is_fine, speak
from tests.screens import looks

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
LOOKS = looks([(1440, "light"), (390, "dark")])
# Rare names in one town, at other addresses: the same people who moved, or others?
OLD = """klantnummer;voornaam;achternaam;email;postcode;huisnummer;plaats
1;Wendelmoet;Quintijnsdochter;wendelmoet@example.nl;3511AA;4;Utrecht
2;Radboud;Zwaluwenberg;radboud@example.nl;9712CD;12;Groningen
3;Aleid;van Kerspelhuizen;aleid@example.org;1012AB;9;Amsterdam
"""
NEW = """lidnummer;voornaam;achternaam;email;postcode;huisnummer;plaats
91;Wendelmoet;Quintijnsdochter;wq@example.com;3512ZZ;88;Utrecht
92;Radboud;Zwaluwenberg;rz@example.com;9713XX;7;Groningen
93;Aleid;van Kerspelhuizen;ak@example.com;1013VV;5;Amsterdam
"""


@pytest.fixture
def doubts(company: None, tmp_path: Path) -> list[tuple[int, int]]:
    """Three pairs of namesakes of rare names, put in doubt; most doubtful first."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.identity.models import Doubt
    from klantbeeld.pipeline.actions import import_paths

    for name, text in (("oud", OLD), ("nieuw", NEW)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        import_paths(system_actor(), [tmp_path / f"{name}.csv"], source=name)
    found = Doubt.objects.order_by("doubt", "left").values_list("left", "right")
    return list(found)


def waiting(page: Any) -> int:
    """How many pairs the page says there are to go."""
    return int("".join(c for c in page.inner_text(".review-head .left") if c.isdigit()))


def names(page: Any) -> list[str]:
    """Who are asked about."""
    return [link.inner_text() for link in page.locator(".beside thead a").all()]


def state() -> tuple[object, ...]:
    """Who is who, and what waits."""
    from klantbeeld.identity.models import Doubt
    from tests.pipeline import dump

    return dump.partition(), dump.homes(), set(Doubt.objects.values_list("left", "right", "reason"))


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_doubts_are_judged_by_key_and_taken_back(
    doubts: list[tuple[int, int]], visit: Visit, width: int, theme: str
) -> None:
    before = state()
    page = visit("service", width, theme)
    page.goto("/review/")
    n = waiting(page)
    assert n == len(doubts) >= 3
    first = names(page)
    is_fine(page)
    assert page.locator(".beside mark").count() > 0
    # Skipped: the next one, and it still waits.
    page.keyboard.press("n")
    page.wait_for_url("**after=*")
    second = names(page)
    assert second != first and waiting(page) == n
    # The same: by key, with a note.
    page.fill("#note", "zelfde vrouw, verhuisd")
    page.locator("h1").click()
    page.keyboard.press("s")
    page.wait_for_selector(".toast.good")
    assert waiting(page) == n - 1
    is_fine(page)
    page.goto("/review/")
    assert names(page) == first
    page.keyboard.press("d")
    page.wait_for_selector(".toast.good")
    assert waiting(page) == n - 2
    page.keyboard.press("u")
    page.wait_for_selector(".toast:has-text('twijfelt')")
    assert waiting(page) == n - 3
    # One after the other taken back, the last first; then everything is as it was.
    for left in (n - 2, n - 1, n):
        page.keyboard.press("z")
        page.wait_for_selector(".toast:has-text('teruggenomen')")
        assert waiting(page) == left
    assert names(page) == second
    assert page.locator("[data-key=z]").count() == 0
    assert state() == before


def test_a_key_held_down_or_another_tab_judges_nothing_unseen(
    doubts: list[tuple[int, int]], visit: Visit
) -> None:
    from klantbeeld.identity.models import Judgement

    before = state()
    page = visit("service")
    page.goto("/review/")
    n = waiting(page)
    other, third = page.context.new_page(), page.context.new_page()
    for tab in (other, third):
        tab.goto("/review/")
    page.evaluate(
        """() => { for (const repeat of [false, true, true, false])
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "d", repeat, bubbles: true})); }"""
    )
    page.wait_for_selector(".toast.good")
    assert Judgement.objects.count() == 1
    assert waiting(page) == n - 1
    # Other tabs show the pair as it was: the same word is no second one, another is refused.
    other.keyboard.press("s")
    other.wait_for_selector(".callout.bad:has-text('Anna service')")
    third.keyboard.press("d")
    third.wait_for_selector(".toast.good")
    assert Judgement.objects.count() == 1
    third.keyboard.press("z")
    third.wait_for_selector(".toast:has-text('teruggenomen')")
    assert third.locator("[data-key=z]").count() == 0
    assert state() == before


def test_the_reason_chosen_stays_while_judging(doubts: list[tuple[int, int]], visit: Visit) -> None:
    page = visit("sales")
    page.goto("/review/")
    page.click(".reasons a:has-text('Net niet genoeg')")
    page.wait_for_url("**reason=grey")
    page.keyboard.press("d")
    page.wait_for_selector(".toast.good")
    assert page.url.endswith("reason=grey")
    page.click(".reasons a:has-text('draad')")
    page.wait_for_url("**reason=bridge")
    assert "Er wacht niets" in page.inner_text("main")
    is_fine(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_why_one_and_why_not(
    doubts: list[tuple[int, int]], visit: Visit, width: int, theme: str
) -> None:
    page = visit("marketing", width, theme)
    find(page, KLAARTJE)
    page.click("#why a:has-text('Toon de optelsom')")
    page.wait_for_url("**/compare/*/*")
    assert "Dit is één klant" in page.inner_text("main .callout")
    assert page.locator(".waterfall tbody tr").count() >= 3
    is_fine(page)
    # From the household on the card, and from a search: two people of one household.
    find(page, KLAARTJE)
    page.click("#household li:has-text('Bas') a:has-text('waarom?')")
    page.wait_for_url("**/compare/*/*")
    assert "huishouden" in page.inner_text("main .callout")
    find(page, KLAARTJE)
    page.click("[popovertarget=more]")
    page.click("#more a:has-text('Vergelijk met')")
    page.wait_for_url("**/compare")
    is_fine(page)
    page.fill("#compare-text", "bas.vdheuvel@example.nl")
    page.click("#compare-hits .hit:has-text('Bas')")
    page.wait_for_url("**/compare/*/*")
    assert "Waarom is dit niet één klant" in page.inner_text("h1")
    assert "huishouden" in page.inner_text("main .callout")
    bars = page.locator(".waterfall tbody tr")
    assert "tegenover een ander uit hetzelfde huishouden" in bars.first.inner_text()
    told = [float(b.locator("td.num").nth(0).inner_text().split("\n")[0].replace("−", "-")
                  .replace(",", ".")) for b in bars.all()[:-2]]  # fmt: skip
    total = page.locator(".waterfall .is-total td.num").nth(1).inner_text()
    assert abs(sum(told) - float(total.replace("−", "-").replace(",", "."))) < 0.6
    is_fine(page)
    speak(page, "en")
    page.goto(page.url)
    assert "Why is this not one customer" in page.inner_text("h1")
    is_fine(page)


def test_the_card_tells_why_somebody_is_kept_apart(
    doubts: list[tuple[int, int]], visit: Visit
) -> None:
    page = visit("service")
    find(page, "wendelmoet@example.nl")
    page.click("#why a:has-text('waarom?')")
    page.wait_for_url("**/compare/*/*")
    assert "onder de lat" in page.inner_text("main .callout")
    assert page.locator(".acts a:has-text('Voeg deze samen')").count() == 1


def test_who_may_not_judge_sees_no_queue(visit: Visit) -> None:
    page = visit("marketing")
    assert page.locator("header .nav a:has-text('Twijfelgevallen')").count() == 0
    assert page.goto("/review/").status == 403
