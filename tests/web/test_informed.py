"""One customer is told what is done with his data: one line on the card, all on its page."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from klantbeeld.accounts.models import User
from klantbeeld.core import choices, clock
from klantbeeld.core.clock import DAY
from klantbeeld.core.models import Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.pipeline import informing
from klantbeeld.pipeline.reads import informed_lines
from klantbeeld.privacy.actions import choose_company
from klantbeeld.privacy.models import Informed
from klantbeeld.profiles.actions import refresh
from tests.records import NOW, SYSTEM, customer, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings: Any) -> Client:
    """A privacy officer who is logged in."""
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    client = Client()
    user = User.objects.create_user("po@example.nl", "x", name="Fenna", role="privacy")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def fien() -> int:
    """A customer of three sources: told at once, to be told, and two months too late."""
    records = [record({"surname": "Zandloper"}, of=of) for of in ("webshop", "crm-oud", "list")]
    Record.objects.filter(pk=records[2]).update(created_at=NOW - 70 * DAY)
    choices.choose("informed.sources", {"webshop": {"way": "direct", "text": "bij het bestellen"}})
    made = customer(*records)
    refresh(SYSTEM, [made])
    return made


def test_the_card_says_the_worst_in_one_line(fien: int) -> None:
    lines = informed_lines(SYSTEM, list(Record.objects.values_list("pk", flat=True)))
    assert [line.source for line in lines] == ["list", "crm-oud", "webshop"]
    context = informing.informed(SYSTEM, list(Record.objects.values_list("pk", flat=True)))
    assert context is not None and context["count"] == 3
    (row,) = context["rows"]
    assert row.tone == "bad" and "LIST" in row.detail


def test_it_is_noted_that_one_customer_was_told(officer: Client, fien: int) -> None:
    address = f"/customers/{to_public('customer', fien)}/informed"
    page = officer.get(address).content.decode()
    assert page.index("LIST") < page.index("CRM-OUD") < page.index("WEBSHOP")
    day = clock.day_to_date(clock.today()).isoformat()
    told = {"source": ["crm-oud", "list"], "day": day, "how": "letter", "note": "brief van vandaag"}
    assert officer.post(address, told).status_code == 302
    assert set(Informed.objects.values_list("source_key", "how")) == {
        ("crm-oud", "letter"), ("list", "letter"),
    }  # fmt: skip
    records = list(Record.objects.values_list("pk", flat=True))
    states = [informing.urgency(line) for line in informed_lines(SYSTEM, records)]
    assert states == [informing.TOLD_LATE, informing.TOLD, informing.TOLD]


@pytest.mark.parametrize("wrong", [
    {"source": []}, {"day": "2999-01-01"}, {"day": "x"}, {"how": "smoke"}, {"source": ["other"]},
])  # fmt: skip
def test_what_cannot_be_is_not_noted(officer: Client, fien: int, wrong: dict[str, object]) -> None:
    told = {"source": ["crm-oud"], "day": "2026-01-01", "how": "letter", **wrong}
    address = f"/customers/{to_public('customer', fien)}/informed"
    assert officer.post(address, told).status_code == 422
    assert not Informed.objects.exists()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_to_be_told_is_a_letter_and_a_draft_and_noted_when_done(
    officer: Client, fien: int, language: str
) -> None:
    Record.objects.filter(source__key="list").update(
        data={"surname": "Zandloper", "email": "fien@example.nl", "street": "Dorpsstraat",
              "house_number": "12", "postcode": "3512 AB", "city": "Utrecht"},
    )  # fmt: skip
    refresh(SYSTEM, [fien])
    choose_company(SYSTEM, {"name": "Winkel", "privacy_email": "p@example.nl"})
    address = f"/customers/{to_public('customer', fien)}/informed"
    for way in ("letter", "mail"):
        assert f"?as={way}&amp;language={language}" in officer.get(address).content.decode()
    letter = officer.get(f"{address}?as=letter&language={language}").content.decode()
    assert f'<html lang="{language}">' in letter
    for told in ("Zandloper", "Dorpsstraat 12", "3512 AB", "LIST", "CRM-OUD", "p@example.nl",
                 "Autoriteit Persoonsgegevens"):  # fmt: skip
        assert told in letter, told
    assert "WEBSHOP" not in letter, "of that source he was told when he ordered"
    answer = officer.get(f"{address}?as=mail&language={language}")
    assert answer["Content-Type"] == "message/rfc822"
    draft = message_from_bytes(answer.content, policy=default)
    assert (draft["To"], draft["From"], draft["X-Unsent"]) == (
        "fien@example.nl", "p@example.nl", "1",
    )  # fmt: skip
    text = draft.get_content()
    assert "LIST" in text and "Autoriteit Persoonsgegevens" in text and "&#" not in text
    # Nothing of this counts as told; only what is noted does.
    assert not Informed.objects.exists() and not mail.outbox
    day = clock.day_to_date(clock.today()).isoformat()
    told_of = {"source": ["crm-oud", "list"], "day": day, "how": "letter", "note": ""}
    assert officer.post(address, told_of).status_code == 302
    assert Informed.objects.count() == 2
