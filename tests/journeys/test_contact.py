"""May I call or mail this customer? Verdict and reason per channel, purpose and day; at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from klantbeeld.core import clock
from tests.journeys.company import KLAARTJE
from tests.journeys.test_people import LOOKS, find, is_fine, speak
from tests.records import customer, happened, line, record

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


@pytest.fixture
def shop_of_customers(company: None) -> None:
    """The house says how its addresses came in, and that every message offers a way out."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.models import Source
    from klantbeeld.privacy.actions import choose_contact
    from klantbeeld.privacy.reads import ContactChoices

    Source.objects.update(obtained_through="sale", offered_way_out=True)
    choose_contact(system_actor(), ContactChoices(offers_way_out=True, name="De Fietsenmaker"))


def tone(page: Any, channel: str, where: str = "#consent") -> str:
    """The colour of a lamp."""
    classes = str(page.locator(f"{where} [data-lamp={channel}]").get_attribute("class"))
    return next(word for word in classes.split() if word in {"good", "bad", "grey"})


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_verdict_and_reason_on_the_card_and_a_withdrawal_at_once(
    visit: Visit, width: int, theme: str
) -> None:
    page = visit("service", width, theme)
    find(page, KLAARTJE)
    card = page.url
    # As the CRM says: mail yes. Of calling nobody said anything: then he is asked first.
    assert (tone(page, "email"), tone(page, "phone")) == ("good", "grey")
    assert "Eerst vragen" in page.inner_text("#consent [data-lamp=phone]")
    page.click("#consent [data-lamp=email]")
    page.wait_for_selector("#lamp-email:popover-open")
    told = page.inner_text("#lamp-email")
    assert "Telecommunicatiewet art. 11.7" in told
    assert "Gaf hier toestemming voor" in told
    page.keyboard.press("Escape")
    is_fine(page)
    other = page.context.new_page()
    other.goto(card)
    assert tone(other, "email") == "good"
    page.click("#consent [data-open=withdraw]")
    page.wait_for_selector("#withdraw[open]")
    is_fine(page)
    with page.expect_response(re.compile("/withdraw$")) as answer:
        page.click("#withdraw button.is-danger")
    # Red within the same response; the page is the one that was there.
    assert 'class="lamp bad"' in answer.value.text()
    page.wait_for_selector("#consent .lamp.bad[data-lamp=email]")
    page.wait_for_selector("#withdraw:not([open])", state="attached")
    assert "Niet mailen" in page.inner_text("#flags")
    assert page.url == card
    is_fine(page)
    # And in every other tab at its next read.
    other.reload()
    assert tone(other, "email") == "bad"
    other.close()


def ask(page: Any, day: str, offered: str = "") -> None:
    """Ask for a day, and about what."""
    page.fill("#q-day", day)
    if offered:
        page.select_option("#q-offered", offered)
    page.click("#verdict button.is-primary")
    page.wait_for_load_state("load")


def reason(page: Any, channel: str) -> str:
    """What the answer says of a channel."""
    return str(page.locator(f"#verdict [data-lamp={channel}]").inner_text())


def test_a_customer_could_be_called_until_july_2026(shop_of_customers: None, visit: Visit) -> None:
    from klantbeeld.core.actor import system_actor
    from klantbeeld.profiles.actions import refresh

    told = {"full_name": "Fenna Proefneus", "email": "fenna@example.nl", "mobile": "+31697012345"}
    held = record({**told, "first_name": "Fenna", "surname": "Proefneus"})
    bought = happened(held, "order", day=clock.date_to_day(date(2026, 3, 1)), amount_minor=750)
    line(bought, "Binnenband", "onderdelen", 750)
    refresh(system_actor(), [customer(held)])
    page = visit("sales")
    find(page, "fenna@example.nl")
    page.click("#consent a.btn")
    page.wait_for_selector("#verdict")
    assert "Leg vast of" in reason(page, "phone") + reason(page, "email")
    ask(page, "2026-06-30", "onderdelen")
    assert tone(page, "phone", "#verdict") == "good"
    assert tone(page, "email", "#verdict") == "good"
    is_fine(page)
    ask(page, "2026-07-01", "onderdelen")
    assert tone(page, "phone", "#verdict") == "bad"
    assert "1 juli 2026" in reason(page, "phone")
    assert tone(page, "email", "#verdict") == "good"
    page.select_option("#q-offered", "!other")
    page.click("#verdict button.is-primary")
    page.wait_for_load_state("load")
    assert tone(page, "email", "#verdict") == "grey"
    is_fine(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_what_is_said_on_the_phone_is_noted_with_its_proof(
    shop_of_customers: None, visit: Visit, width: int, theme: str
) -> None:
    page = visit("service", width, theme)
    find(page, KLAARTJE)
    page.goto(f"{page.url}contact")
    is_fine(page)
    page.select_option("#s-channel", "phone")
    page.select_option("#s-method", "telephone")
    page.click("#say button.is-primary")
    page.wait_for_selector("#p-evidence")
    is_fine(page)
    page.fill("#s-evidence", "gesprek van 14:05")
    page.click("#say button.is-primary")
    page.wait_for_selector(".toast.good")
    assert tone(page, "phone", "#verdict") == "good"
    newest = page.locator("#said li").first.inner_text()
    assert "Telefoon: ja" in newest
    assert "gesprek van 14:05" in newest
    assert "door Anna service" in newest
    page.select_option("#l-channel", "post")
    page.select_option("#l-form", "brochure")
    page.click("#likes button")
    page.wait_for_selector(".toast.good")
    page.click("#beside li:has-text('Niet benaderen') button[value=yes]")
    page.wait_for_selector(".toast.good")
    assert tone(page, "phone", "#verdict") == "bad"
    page.click("#withdraw-all button")
    page.wait_for_url(re.compile("/customers/[^/]+/$"))
    assert {tone(page, c) for c in ("email", "phone", "post", "sms")} == {"bad"}
    assert "Post" in page.inner_text("#consent .likes")
    is_fine(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_own_page_by_its_link(visit: Visit, width: int, theme: str) -> None:
    page = visit("service", width, theme)
    find(page, KLAARTJE)
    page.goto(f"{page.url}contact")
    link = str(page.inner_text("#own-page code"))
    stranger = page.context.browser.new_context(viewport={"width": width, "height": 900})
    own = stranger.new_page()
    own.goto("/".join(page.url.split("/")[:3]) + link)
    assert "Klaartje" not in own.content()
    own.check("input[name=out][value=email]")
    own.click("button.is-primary")
    own.wait_for_selector(".callout.good")
    assert stranger.cookies() == []
    stranger.close()
    page.reload()
    assert tone(page, "email", "#verdict") == "bad"


def test_the_company_answers_once_in_english_too(visit: Visit) -> None:
    page = visit("privacy")
    page.goto("/contact/settings")
    is_fine(page)
    page.fill("#name", "De Fietsenmaker")
    page.select_option("#way_out", "yes")
    page.check("input[name=weighed][value=marketing]")
    page.select_option("[name='through:webshop']", "sale")
    page.select_option("[name='offered:webshop']", "yes")
    page.click("main button.is-primary")
    page.wait_for_selector(".toast.good")
    assert page.input_value("#name") == "De Fietsenmaker"
    assert page.input_value("[name='through:webshop']") == "sale"
    assert "Anna privacy" in page.inner_text("fieldset")
    speak(page, "en")
    page.reload()
    assert "You as a sender" in page.inner_text("main")
    is_fine(page)


def test_who_may_only_look_sees_the_verdict_and_no_form(visit: Visit) -> None:
    page = visit("readonly")
    find(page, KLAARTJE)
    assert page.locator("#consent [data-open=withdraw]").count() == 0
    card = page.url
    page.goto(f"{card}contact")
    assert page.locator("#say, #withdraw-all").count() == 0
    assert tone(page, "email", "#verdict") == "good"
    assert page.goto("/contact/settings").status == 403
