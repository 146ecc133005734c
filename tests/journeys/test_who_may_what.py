"""An employee, a marketer and an outsider with a stolen key see what is theirs to see, no more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from klantbeeld.core import verifying
from tests.journeys.company import KLAARTJE
from tests.journeys.test_customer_journey import find as search
from tests.screens import looks, overflow, violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
LOOKS = looks([(1440, "light"), (390, "dark")])
IBAN = "NL02"


def fine(page: Any) -> None:
    """Nothing for axe, nothing that sticks out."""
    assert violations(page) == []
    assert overflow(page) <= 0


def find(page: Any, text: str) -> str:
    """Open the card of the first hit; gives its address."""
    page.goto("/")
    search(page, text)
    return str(page.url)


def narrow_service(admin: Any, log_in: Callable[[str], Client]) -> None:
    """On the screens: a team, service in it with its customers only, Klaartje followed by it."""
    log_in("service")
    admin.goto("/people/")
    fine(admin)
    admin.fill("[name=name][placeholder='Naam van het nieuwe team']", "Noord")
    admin.click("button:has-text('Voeg toe')")
    admin.wait_for_selector("li:has-text('Noord')")
    row = admin.locator("tr", has_text="service@example.nl")
    row.locator("select[name=team]").select_option(label="Noord")
    row.locator("select[name=reach]").select_option("team")
    row.locator("button:has-text('Wijzig')").click()
    admin.wait_for_selector(".toast.good")
    find(admin, KLAARTJE)
    admin.locator("select[name=follower]").select_option(label="Noord")
    admin.click("#followed button")
    admin.wait_for_selector(".toast.good")
    assert "Noord" in admin.inner_text("#followed")


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_service_sees_the_customers_of_the_team(
    visit: Visit, log_in: Callable[[str], Client], width: int, theme: str
) -> None:
    admin = visit("administrator", width, theme)
    narrow_service(admin, log_in)
    fine(admin)
    others = find(admin, "truus")
    page = visit("service", width, theme)
    page.goto("/customers/")
    (row,) = page.locator(".row-link").all()
    assert "Klaartje van den Heuvel" in row.inner_text()
    assert "Bas van den Heuvel" not in page.content()
    fine(page)
    card = find(page, KLAARTJE)
    assert IBAN in page.inner_text("#who").replace(" ", "")
    assert page.locator("a:has-text('Verwijder deze klant')").count() == 0
    # The household is not told: the other one is not the team's.
    assert "Bas" not in page.inner_text("main")
    assert page.goto(others).status == 403
    assert "Truus" not in page.content()
    fine(page)
    page.fill("#reason", "kort")
    page.click("button:has-text('Bekijk deze klant nu')")
    page.wait_for_selector(".problem")
    page.fill("#reason", "Klant staat aan de balie met spoed")
    page.click("button:has-text('Bekijk deze klant nu')")
    page.wait_for_selector(".toast.warn, .toast")
    assert page.inner_text("h1") == "Truus Testers"
    assert "aan de balie" in page.inner_text(".callout.warn")
    fine(page)
    # The alarm, the card and the log tell it; ended, it is over at once.
    admin.goto("/log/")
    assert "aan de balie" in admin.inner_text("#alarms")
    fine(admin)
    admin.click("button:has-text('Beëindig nu')")
    admin.wait_for_load_state()
    assert page.goto(others).status == 403
    admin.goto(others + "looked")
    told = admin.inner_text("table")
    assert "nam noodtoegang" in told
    assert "Anna service" in told
    fine(admin)
    assert page.goto(card).status == 200
    assert verifying.findings() == []


def test_a_marketer_sees_everybody_without_what_marketing_does_not_need(visit: Visit) -> None:
    page = visit("marketing")
    page.goto("/customers/")
    assert page.locator(".row-link").count() >= 6
    find(page, KLAARTJE)
    assert IBAN not in page.content()
    assert KLAARTJE in page.content()
    assert page.locator("a:has-text('Haal uit elkaar')").count() == 0
    address = str(page.url)
    for path in ("erase", "looked", "split", "merge"):
        assert page.goto(address + path).status == 403, path
    # For another purpose, less: analysis needs no way to reach anybody.
    page.goto("/")
    page.click(".me")
    page.select_option("#purpose", "analysis")
    page.click("#me button:has-text('Kies')")
    find(page, "heuvel")
    assert KLAARTJE not in page.content()
    page.goto("/people/rights")
    assert "Wie mag wat" in page.inner_text("h1")
    fine(page)


def _routes() -> list[tuple[str, str]]:
    """Every address of the API with its method, from its own description."""
    from klantbeeld.api.urls import api

    described = api.get_openapi_schema()
    return [(method, path) for path, held in described["paths"].items() for method in held]


@pytest.mark.django_db(transaction=True)
def test_an_outsider_with_a_stolen_key_gets_nothing_of_anybody(
    visit: Visit, log_in: Callable[[str], Client]
) -> None:
    page = visit("administrator")
    page.goto("/keys/")
    page.fill("#name", "Belsysteem")
    page.uncheck("input[value=write]")
    page.uncheck("input[value=contact]")
    page.fill("#days", "30")
    page.click("button:has-text('Maak een sleutel')")
    secret = page.inner_text("#secret")
    fine(page)
    outsider = Client(headers={"Authorization": f"Bearer {secret}"})
    body = json.dumps({"customer": {"email": KLAARTJE}})
    answer = outsider.post("/api/v1/match", body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["candidates"]
    told = answer.content.decode()
    assert not re.search("klaartje|heuvel|voorbeeldstraat|utrecht|nl02|3512", told, re.I)
    for method, path in _routes():
        if path.endswith("/match"):
            continue
        asked = outsider.generic(method.upper(), path, body, content_type="application/json")
        assert asked.status_code in (403, 422), path
    # A key opens no screen: every one of them sends to the log-in.
    card = find(page, KLAARTJE)
    for path in ("/", "/customers/", card.partition("://")[2].partition("/")[2], "/log/"):
        path = path if path.startswith("/") else f"/{path}"
        assert outsider.get(path).status_code == 302, path
    # Withdrawn on the screen it is over; and whom it touched is known.
    page.goto("/keys/")
    page.click("button:has-text('Trek in')")
    page.wait_for_selector(".toast.good")
    again = outsider.post("/api/v1/match", body, content_type="application/json")
    assert again.status_code == 401
    page.goto("/log/")
    held = page.locator("#who option", has_text="Belsysteem").get_attribute("value")
    page.select_option("#who", held)
    page.click("button:has-text('Laat zien wie')")
    fine(page)
    with page.expect_download() as saved:
        page.click("button:has-text('Download de lijst')")
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) - 1 == len(answer.json()["candidates"])
    assert any("Klaartje" in line for line in lines)
