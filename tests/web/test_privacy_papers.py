"""The papers made from the register, in both languages, as page, table and picture."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from klantbeeld.accounts.models import User
from klantbeeld.core import fields
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import CustomField, Source
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.models import Informed
from klantbeeld.web.filled.papers import PAPERS

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer(settings: Any, tmp_path: Any) -> Client:
    """A privacy officer who is logged in."""
    settings.HOME = tmp_path
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    user = User.objects.create_user("po@example.nl", "x", name="Anna", role="privacy")
    client = Client()
    client.force_login(user, backend=BACKEND)
    Source.objects.create(key="webshop", name="Webshop", basis="contract", created_at=1)
    privacy.choose_company(
        system_actor(),
        {"name": "Fietsenwinkel Voorbeeld", "address": "Dijk 1", "privacy_email": "p@example.nl",
         "recipients": "De vervoerder\nDe boekhouder"},
    )  # fmt: skip
    return client


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", sorted(PAPERS))
def test_every_paper_is_made_in_both_languages(officer: Client, key: str, language: str) -> None:
    page = officer.get(f"/privacy/documents/{key}/?language={language}")
    text = page.content.decode()
    assert page.status_code == 200
    assert f'lang="{language}"' in text
    whole = officer.get(f"/privacy/documents/{key}/file?language={language}").content.decode()
    assert f'<html lang="{language}">' in whole
    if key != "map" and key != "retention":
        assert "Fietsenwinkel Voorbeeld" in whole and "De vervoerder" in whole
    table = officer.get(f"/privacy/documents/{key}/file?language={language}&as=csv")
    assert table["Content-Type"].startswith("text/csv")


def test_the_record_of_processing_names_every_field(officer: Client) -> None:
    text = officer.get("/privacy/documents/processing/?language=nl").content.decode()
    for field in (*fields.built_in().values(), *fields.columns().values()):
        assert field.label_nl.replace("'", "&#x27;") in text, field.key


def test_the_schedule_names_every_field(officer: Client) -> None:
    text = officer.get("/privacy/documents/retention/?language=en").content.decode()
    for field in (*fields.built_in().values(), *fields.columns().values()):
        assert field.label_en.replace("'", "&#x27;") in text, field.key


def test_the_map_is_a_picture_with_sources_and_recipients(officer: Client) -> None:
    made = officer.get("/privacy/documents/map/file?language=nl&as=svg")
    assert made["Content-Type"] == "image/svg+xml"
    texts = {e.text for e in ElementTree.fromstring(made.content).iter() if e.text}
    assert {"Webshop", "De vervoerder", "Marketing"} <= texts


def test_an_own_field_is_asked_about_until_it_is_decided(officer: Client) -> None:
    CustomField.objects.create(
        key="kleur_hek", label_nl="Kleur hek", label_en="Fence", type="text", nature="descriptive",
        category="user", purposes=["service"], basis="unknown", retention_days=730,
    )  # fmt: skip
    assert "Kleur hek" in officer.get("/privacy/fields").content.decode()
    page = officer.get("/privacy/documents/processing/?language=nl").content.decode()
    assert "1 eigen velden" in page
    told = {"key": "kleur_hek", "category": "user.behavior", "basis": "", "nature": "descriptive",
            "sensitivity": "ordinary", "years": "2", "purposes": ["sales"]}  # fmt: skip
    assert officer.post("/privacy/fields", told).status_code == 422
    assert officer.post("/privacy/fields", told | {"basis": "contract"}).status_code == 302
    held = CustomField.objects.get()
    assert (held.basis, held.purposes, held.retention_days) == ("contract", ["sales"], 730)
    assert "eigen velden" not in officer.get(
        "/privacy/documents/processing/?language=nl"
    ).content.decode().replace("Eigen velden", "")


def test_how_people_of_a_source_are_told_is_chosen(officer: Client) -> None:
    told = {"way-webshop": "direct", "text-webshop": "bij het bestellen"}
    assert officer.post("/privacy/sources", told).status_code == 302
    page = officer.get("/privacy/documents/notice-later/?language=nl").content.decode()
    assert "art. 13" in page
    assert (
        officer.post("/privacy/sources", told | {"told-webshop": "2026-11-02"}).status_code == 302
    )
    assert "2-11-2026" in officer.get("/privacy/sources").content.decode()
    assert Informed.objects.get().source_key == "webshop"


def test_the_overview_leads_everywhere(officer: Client) -> None:
    text = officer.get("/privacy/").content.decode()
    for key in PAPERS:
        assert f"/privacy/documents/{key}/" in text
    for address in (
        "/privacy/company",
        "/privacy/sources",
        "/privacy/fields",
        "/privacy/requests/",
    ):
        assert address in text
        assert officer.get(address).status_code == 200


def test_who_may_not_change_it_is_refused(officer: Client) -> None:
    User.objects.filter(email="po@example.nl").update(role="marketing")
    for address in ("/privacy/company", "/privacy/sources", "/privacy/fields"):
        assert officer.get(address).status_code == 403
    assert officer.get("/privacy/documents/notice/").status_code == 200


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", ["notice", "notice-later"])
def test_notices_say_what_the_law_asks(officer: Client, key: str, language: str) -> None:
    """Articles 13(1) and (2), 14(1) and (2), and 21(4)."""
    whole = officer.get(f"/privacy/documents/{key}/file?language={language}").content.decode()
    for told in ("Autoriteit Persoonsgegevens", "p@example.nl"):
        assert told in whole
    objecting, rights = ("U mag bezwaar maken", "Uw rechten") if language == "nl" else (
        "You may object", "Your rights")  # fmt: skip
    assert whole.index(f"<h2>{objecting}</h2>") < whole.index(f"<h2>{rights}</h2>")


def test_what_the_company_must_still_say_is_marked_until_it_is_said(officer: Client) -> None:
    page = "/privacy/documents/notice/file?language=en"
    before = officer.get(page).content.decode()
    assert before.count("To fill in:") == 3
    told = {"name": "Voorbeeld", "address": "Dijk 1", "privacy_email": "p@example.nl",
            "recipients": "De vervoerder", "transfers": "geen", "interests": "weten wie koopt",
            "decisions": "geen"}  # fmt: skip
    assert officer.post("/privacy/company", told).status_code == 302
    after = officer.get(page).content.decode()
    assert "To fill in:" not in after and "weten wie koopt" in after


def test_the_californian_notice_says_per_category_whether_it_is_sold(officer: Client) -> None:
    page = "/privacy/documents/ccpa/file?language=en"
    assert "Do Not Sell or Share" not in officer.get(page).content.decode()
    officer.post("/privacy/company", {"sells": "yes", "ways": "0800 000\nexample.com/privacy"})
    sold = officer.get(page).content.decode()
    assert "Do Not Sell or Share" in sold and "example.com/privacy" in sold
