"""A customer is erased: rehearsed, agreed to by somebody else, a receipt; and stays away for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from klantbeeld.core import backup
from klantbeeld.core.actor import system_actor
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import reads as erasures_of
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles.models import Profile
from tests.house.canaries import found_in_files, found_in_tables
from tests.journeys import company as files
from tests.journeys.company import KLAARTJE
from tests.journeys.conftest import session
from tests.screens import looks, overflow, violations

pytestmark = pytest.mark.browser
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SYSTEM = system_actor()
# What only she is known by; Bas, of the same name and address, has his own.
HERS = (KLAARTJE, "NL02ABNA0123456789")
HIS = "bas.vdheuvel@example.nl"


def good(page: Any) -> None:
    """Nothing for axe to say, and nothing wider than the window."""
    assert violations(page) == []
    assert overflow(page) == 0


def page_of(window: Callable[..., Any], client: Client, look: tuple[int, str, str]) -> Any:
    """A window on the house of somebody who is logged in."""
    return window(*look, **session(client))


def card_of(page: Any, text: str) -> str:
    """The address of the card of who is found by this text, "" for nobody."""
    page.goto("/")
    token = page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']")
    answer = page.request.post(
        "/search", form={"q": text, "csrfmiddlewaretoken": token},
        headers={"Referer": page.url, "X-CSRFToken": token},
    )  # fmt: skip
    html = answer.text()
    at = html.find('href="/customers/')
    while at >= 0:
        address = html[at + 6 : html.index('"', at + 6)]
        if address.count("/") == 3 and len(address) > 20:
            return address
        at = html.find('href="/customers/', at + 10)
    return ""


def anywhere(home: Path, *words: str) -> dict[str, Any]:
    """Where these words stand, in tables and in files of the home."""
    named = {("", word): word for word in words}
    return {"tables": found_in_tables(named), "files": found_in_files(home, words)}


NOWHERE: dict[str, Any] = {"tables": {}, "files": set()}
LOOKS = looks([(1440, "light", "nl"), (390, "dark", "en")])


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_erased_with_a_second_person_and_gone_for_good(
    log_in: Any, window: Any, settings: Any, tmp_path: Path, width: int, theme: str, lang: str
) -> None:
    settings.TASKS = IMMEDIATE
    look = (width, theme, lang)
    home = Path(settings.HOME)
    kept = backup.make(tmp_path / "before.tar.gz")
    asks = page_of(window, log_in("administrator"), look)
    agrees = page_of(window, log_in("privacy"), look)
    him = Profile.objects.get(data__email=HIS)
    card = card_of(asks, KLAARTJE)
    assert anywhere(home, *HERS) != NOWHERE

    asks.goto(f"{card}erase")
    good(asks)
    counts = asks.locator(".kv.counted dt").all_inner_texts()
    assert sum(int(n.replace(".", "").replace(",", "")) for n in counts) > 20
    asks.uncheck("#fiscal")
    asks.click(".btn.is-danger")
    asks.wait_for_url("**/erasures/*/")
    good(asks)
    # Who asked is not offered to agree, and cannot.
    assert asks.locator("button.is-danger").count() == 0
    number = Erasure.objects.get().number
    assert Profile.objects.filter(data__email=KLAARTJE).exists()

    agrees.goto("/erasures/")
    good(agrees)
    agrees.click(f"text={number}")
    agrees.wait_for_selector("button.is-danger")
    agrees.click("button.is-danger")
    agrees.wait_for_selector(".receipt table")
    good(agrees)
    receipt = agrees.inner_text(".receipt")
    assert number in receipt and KLAARTJE not in receipt
    signed = Erasure.objects.get()
    assert erasures_of.is_genuine_receipt(SYSTEM, signed.receipt, signed.signature)
    changed = {**signed.receipt, "reason": "expired"}
    assert not erasures_of.is_genuine_receipt(SYSTEM, changed, signed.signature)

    _gone(asks, home, card)
    _neighbour_is_untouched(him)
    pipeline.import_paths(SYSTEM, [files.write(tmp_path / "again")])
    _gone(asks, home, card)
    backup.restore(kept.path, force=True, afterwards=lambda: pipeline.erase_again(SYSTEM) and None)
    assert anywhere(home, *HERS) == NOWHERE
    pipeline.import_paths(SYSTEM, [tmp_path / "again"])
    assert anywhere(home, *HERS) == NOWHERE
    _neighbour_is_untouched(him)


def _gone(page: Any, home: Path, card: str) -> None:
    assert anywhere(home, *HERS) == NOWHERE
    assert page.request.get(card).status == 404
    assert card_of(page, KLAARTJE) == ""
    for address in ("/customers/", "/", "/quarantine/", "/sources/"):
        assert KLAARTJE not in page.request.get(address).text()


def _neighbour_is_untouched(before: Profile) -> None:
    now = Profile.objects.get(data__email=HIS)
    for name in ("name", "data", "orders", "revenue_minor", "interactions", "group", "records"):
        assert getattr(now, name) == getattr(before, name), name


def test_in_a_house_with_one_user_it_is_said_and_written_down(
    log_in: Any, window: Any, settings: Any
) -> None:
    settings.TASKS = IMMEDIATE
    page = page_of(window, log_in("administrator"), (1440, "light", "nl"))
    card = card_of(page, KLAARTJE)
    page.goto(f"{card}erase")
    assert "Niemand anders mag hier akkoord gaan" in page.inner_text("main")
    page.click(".btn.is-danger")
    page.wait_for_selector("#exception")
    page.fill("#exception", "kort")
    page.click("button.is-danger")
    page.wait_for_selector(".callout.bad")
    assert Profile.objects.filter(data__email=KLAARTJE).exists()
    page.fill("#exception", "Ik werk hier alleen; de klant vroeg het per brief.")
    page.click("button.is-danger")
    page.wait_for_selector(".receipt table")
    good(page)
    assert "Ik werk hier alleen" in page.inner_text(".receipt")
    told = Erasure.objects.get().receipt
    assert told["decided"]["alone"].startswith("Ik werk hier alleen")
    assert KLAARTJE not in json.dumps(told)
