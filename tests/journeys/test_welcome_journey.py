"""The first hour as somebody new would live it: look at the sample, choose, and away with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.journeys.conftest import BACKEND, PASSWORD, session
from tests.sample.shared import make_fewer
from tests.screens import looks, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "anna@example.nl"
Open = Callable[..., Any]
# Words that a page must hold, in both languages.
SAID = {
    "nl": {
        "welcome": "Welkom bij Klantbeeld", "stays": "Je gegevens blijven op deze computer",
        "look": "Bekijk het voorbeeldbedrijf", "own": "Begin met je eigen bestand",
        "first": "Wat wil je het eerst weten?", "example": "Iedereen erin is verzonnen",
        "wanted": "Wat je wilt weten",
    },
    "en": {
        "welcome": "Welcome to Klantbeeld", "stays": "Your data stays on this computer",
        "look": "Look at the sample company", "own": "Begin with your own file",
        "first": "What do you want to know first?", "example": "Everybody in it is invented",
        "wanted": "What you want to know",
    },
}  # fmt: skip
LOOKS = [("nl", "light", 1440), ("en", "dark", 390)]


@pytest.fixture
def empty_house(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    """Nothing in it but an administrator."""
    from klantbeeld.accounts.models import User

    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    User.objects.create_user(EMAIL, PASSWORD, name="Anna Voorbeeld", role="administrator")


@pytest.fixture
def arrive(empty_house: None, window: Callable[..., Any]) -> Open:
    """A function that logs in as the administrator, in a language, theme and width."""
    from klantbeeld.accounts.models import User

    def opened(lang: str = "nl", theme: str = "light", width: int = 1440) -> Any:
        client = Client()
        client.force_login(User.objects.get(email=EMAIL), backend=BACKEND)
        page = window(width, theme, lang, **session(client))
        page.goto("/")
        return page

    return opened


def work_off_the_queue() -> None:
    """What the worker of `klantbeeld serve` does with what waits."""
    call_command("db_worker", batch=True, verbosity=0)


def tab_to(page: Any, text: str) -> None:
    """Walk with the Tab key until what has the focus says `text`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"cannot reach {text!r} by keyboard")


def is_fine(page: Any) -> None:
    """Nothing for axe, nothing that sticks out."""
    assert violations(page) == [], page.url
    assert overflow(page) <= 0, page.url


@pytest.mark.parametrize(("lang", "theme", "width"), looks(LOOKS))
def test_an_empty_house_offers_two_ways_to_begin(
    arrive: Open, lang: str, theme: str, width: int
) -> None:
    page, said = arrive(lang, theme, width), SAID[lang]
    assert page.inner_text("h1") == said["welcome"]
    text = page.inner_text("main")
    assert said["look"] in text
    assert said["own"] in text
    assert said["stays"] in text
    is_fine(page)
    page.goto("/welcome/goals")
    assert page.inner_text("h1") == said["first"]
    assert page.locator(".goal").count() >= 8
    assert page.locator(".needs .good").count() == 0
    is_fine(page)


@pytest.mark.alike
def test_a_look_at_the_sample_company_and_away_with_it(
    arrive: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_fewer(monkeypatch, 0.15)
    page = arrive()
    # In by keyboard alone.
    tab_to(page, SAID["nl"]["look"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/goals")
    assert "wordt geladen" in page.inner_text("#example")
    is_fine(page)
    page.focus("[name=goals][value=complaints]")
    page.keyboard.press("Space")
    tab_to(page, "Dit wil ik weten")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sample-wait")
    assert page.locator("#sample-wait progress").count() == 1
    is_fine(page)
    work_off_the_queue()
    # The waiting page shows itself anew.
    page.wait_for_selector("#wanted", timeout=15_000)
    _shows_what_was_wanted(page)
    for lang, theme, width in LOOKS:
        _is_marked_everywhere(arrive(lang, theme, width), lang)
    _away(page)


def _shows_what_was_wanted(page: Any) -> None:
    assert "Wie klaagde, en wat loopt er nog?" in page.inner_text("#wanted")
    assert "1 van 1" in page.inner_text(".goal-line")
    assert page.inner_text(".fact-label >> nth=0") == "Klachten open"
    page.click("#wanted b a")
    page.wait_for_url("**f_complaint=open**")
    page.click(".row-link >> nth=0")
    page.wait_for_url("**/customers/*/")
    # The panel that the goal is about stands first in its column.
    assert page.get_attribute(".col-rest .panel >> nth=0", "id") == "cases"


def _is_marked_everywhere(page: Any, lang: str) -> None:
    for path in ("/", "/customers/", "/sources/", "/welcome/goals"):
        page.goto(path)
        assert SAID[lang]["example"] in page.inner_text("#example")
        is_fine(page)
    page.goto("/")
    assert SAID[lang]["wanted"] in page.inner_text("main")
    page.goto("/sources/")
    names = page.locator("#sources .row-link").all_inner_texts()
    assert names
    assert all(name.endswith(" (voorbeeld)") for name in names)


def _away(page: Any) -> None:
    page.goto("/customers/")
    tab_to(page, "Weg met het voorbeeld")
    page.keyboard.press("Enter")
    page.wait_for_selector("#leave-sample[open]")
    is_fine(page)
    tab_to(page, "Weg met het voorbeeld")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sample-wait")
    assert "weggehaald" in page.inner_text("#sample-wait")
    work_off_the_queue()
    # On to one's own file.
    page.wait_for_url(lambda url: url.endswith(("/add/", "/sources/")), timeout=15_000)
    page.goto("/")
    assert page.inner_text("h1") == SAID["nl"]["welcome"]
    assert page.locator("#example").count() == 0
    # What was chosen stays.
    page.goto("/welcome/goals")
    assert page.is_checked("[name=goals][value=complaints]")
    _nothing_is_left()


def _nothing_is_left() -> None:
    from django.conf import settings

    from klantbeeld.core.checks import house_models
    from klantbeeld.engine import collect, read
    from klantbeeld.pipeline import copying

    kept = {
        "User",
        "LogIn",
        "Setting",
        "Counter",
        "Change",
        "AuditEntry",
        "AuditValue",
        "GroupCount",
    }
    held = {m.__name__ for m in house_models() if m._default_manager.exists()}
    assert held <= kept
    assert not list((settings.HOME / "mappings").glob("*"))
    assert not [p for p in (settings.HOME / "files").rglob("*") if p.is_file()]
    for table in ("interaction", "orderline", "profile", "record"):
        with read(copying.store(), table) as copy:
            assert len(collect(copy.frame)) == 0, table


@pytest.mark.parametrize(("lang", "theme", "width"), looks(LOOKS))
def test_a_list_of_addresses_says_what_would_enrich_it(
    arrive: Open, tmp_path: Path, lang: str, theme: str, width: int
) -> None:
    _load_addresses(tmp_path)
    page, adds = arrive(lang, theme, width), ("Voeg bestellingen toe", "Add orders")[lang == "en"]
    assert adds in page.inner_text("#next")
    assert page.locator(".fact").count() == 3
    is_fine(page)
    page.goto("/customers/")
    assert adds in page.inner_text(".enrich")
    assert not set("–€") & set(page.inner_text("tbody"))
    is_fine(page)
    page.click(".row-link >> nth=0")
    page.wait_for_selector(".card-head")
    assert adds in page.inner_text("#purchases")
    assert page.locator(".fact").count() == 0
    is_fine(page)
    page.click(".enrich a >> nth=0")
    page.wait_for_url(lambda url: url.endswith(("/add/", "/sources/")))


def _load_addresses(folder: Path) -> None:
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import import_paths

    path = folder / "adressen.csv"
    path.write_text(
        "Naam;Straat;Huisnummer;Postcode;Plaats\n"
        "Klaartje van den Heuvel;Voorbeeldstraat;12;3512 AB;Utrecht\n"
        "Jan de Proefpersoon;Laan;77;1012 AB;Amsterdam\n"
        "Truus Testers;Dijk;40;6511 AA;Nijmegen\n",
        encoding="utf-8",
    )
    assert import_paths(system_actor(), [path]).customers == 3


def test_somebody_who_may_not_load_is_told_whom_to_ask(arrive: Open) -> None:
    from klantbeeld.accounts.models import User

    User.objects.filter(email=EMAIL).update(role="sales")
    page = arrive()
    assert "Een beheerder kan dat doen" in page.inner_text("main")
    assert page.locator("main button").count() == 0
    is_fine(page)
