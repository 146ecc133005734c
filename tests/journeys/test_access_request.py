"""An access request from the card to the bundle, which an empty house reads back the same."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from klantbeeld.privacy.models import RightsRequest
from klantbeeld.profiles import search
from klantbeeld.profiles.models import Profile
from tests.journeys.company import KLAARTJE
from tests.journeys.test_people import LOOKS, Visit, find, is_fine

pytestmark = pytest.mark.browser
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
FACTS = ("h1", ".facts", "#who .kv dt", "#consent .lamps")


@pytest.fixture
def neighbour_in_a_note(company: None) -> None:
    """Klaartje's card has a note that tells of her husband and of a customer next door."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.models import Record
    from klantbeeld.identity.models import Membership
    from klantbeeld.pipeline.actions import enter_note

    record = Record.objects.get(source__key="crm", key="K-1001").pk
    customer = Membership.objects.get(record=record).customer_id
    text = "Belt namens Bas van den Heuvel (bas.vdheuvel@example.nl) en Aïcha Voorbeeld"
    enter_note(system_actor(), customer, text)


def empty(settings: Any, home: Path) -> None:
    """A house in which nothing is."""
    with transaction.atomic():
        search.remove(list(Profile.objects.values_list("pk", flat=True)))
    call_command("flush", interactive=False, verbosity=0)
    settings.HOME = home
    settings.HOME.mkdir()
    settings.TASKS = IMMEDIATE


def card_as_seen(page: Any) -> dict[str, Any]:
    """What the card shows of the customer: head, figures, who, consent, history."""
    return {
        **{place: page.locator(place).all_inner_texts() for place in FACTS},
        "history": page.locator("#history .entry-title").all_inner_texts(),
        "values": [
            text.split("\n")[0]
            for text in page.locator("#who .kv > div > dd:first-of-type").all_inner_texts()
        ],
    }


def asked(page: Any) -> None:
    """From the card: a request for access, with who asks made sure."""
    page.click("button[popovertarget=more]")
    page.click("#more a:has-text('Verzoeken onder de privacywet')")
    page.wait_for_url("**/requests")
    is_fine(page)
    page.fill("#note", "Ik wil weten wat u van mij heeft")
    page.click("main button.is-primary")
    page.wait_for_selector("#bundle")
    is_fine(page)


@pytest.mark.both
def test_one_bundle_with_everything_and_nothing_of_others_read_back_the_same(
    neighbour_in_a_note: None, visit: Visit, log_in: Callable[[str], Client], settings: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = visit("privacy")
    find(page, KLAARTJE)
    before = card_as_seen(page)
    asked(page)
    assert "onleesbaar gemaakt" in page.inner_text("#bundle")
    # Not before it is known who asks.
    page.click("button[value=answered]")
    page.wait_for_selector(".callout.bad")
    page.select_option("#identity", "known_address")
    page.click("button[value=identity]")
    page.wait_for_selector(".toast.good")
    with page.expect_download() as started:
        page.click("#bundle button.is-primary")
    saved = tmp_path / started.value.suggested_filename
    started.value.save_as(saved)
    page.click("button[value=answered]")
    page.wait_for_selector(".flag.good:has-text('beantwoord')")
    assert RightsRequest.objects.get().state == "answered"

    package = zipfile.ZipFile(saved)
    whole = b"\n".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    for own in ("Klaartje", KLAARTJE, "Accu 500 Wh", "Ik wacht al een week", "HERFST"):
        assert own in whole
    for other in ("Bas van den", "bas.vdheuvel", "Aïcha", "Truus", "K-1002"):
        assert other not in whole
    assert json.loads(package.read("inzage.json"))["received_on"]

    empty(settings, tmp_path / "elsewhere")
    page = visit_anew(page, log_in)
    page.set_input_files("[name=files]", saved)
    page.wait_for_url("**/columns")
    page.click("[name=go][value=next]")
    page.wait_for_url("**/contact")
    page.locator("[id$=-b-contract]").first.check()
    page.click(".foot .is-primary")
    page.wait_for_url("**/trial")
    page.click(".foot .is-primary")
    page.wait_for_selector(".outcome")
    find(page, KLAARTJE)
    after = card_as_seen(page)
    masked = "Notitie: Belt namens [iemand anders] ([iemand anders]) en [iemand anders]"
    assert masked in after["history"]
    assert len(after["history"]) == len(before["history"])
    for part in ("h1", ".facts", "#who .kv dt", "values", "#consent .lamps"):
        assert after[part] == before[part], part
    told = [title for title in after["history"] if title != masked]
    assert told == [title for title in before["history"] if "Belt namens" not in title]


def visit_anew(page: Any, log_in: Callable[[str], Client]) -> Any:
    """The same browser in the empty house, as its administrator, on the page to add data."""
    from tests.journeys.conftest import session

    address = "/".join(page.url.split("/")[:3])
    cookies = session(log_in("administrator"))
    page.context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
    page.goto("/add/")
    return page


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_register_shows_what_is_due(visit: Visit, width: int, theme: str) -> None:
    page = visit("privacy", width, theme)
    find(page, KLAARTJE)
    asked(page)
    page.goto("/privacy/requests/")
    assert "Klaartje van den Heuvel" in page.inner_text(".requests")
    assert "nog 3" in page.inner_text(".requests")
    is_fine(page)


def test_who_may_not_handle_requests_is_not_offered_it(visit: Visit) -> None:
    page = visit("marketing")
    find(page, KLAARTJE)
    assert page.locator("#more a:has-text('privacywet')").count() == 0
    assert page.goto("/privacy/requests/").status == 403
