"""The papers made from the register, in both languages, as page, table and picture."""

from __future__ import annotations

import dataclasses
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from klantbeeld.accounts.models import User
from klantbeeld.core import fields
from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import CustomField, Source
from klantbeeld.pipeline.retention import set_term
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.company import Company
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


COMPANY = {
    "name": "Voorbeeld BV", "address": "Dijk 1", "email": "info@example.nl",
    "privacy_email": "p@example.nl", "dpo": "F. de Groot, fg@example.nl",
    "represented": "Rep GmbH, Berlin", "joint": "Zuster BV: beantwoordt verzoeken",
    "works_for": "Sportclub Oost, Plein 2: ledenpost", "recipients": "De vervoerder",
    "transfers": "Mailer Inc., Verenigde Staten, standaardclausules", "interests": "weten wie koopt",
    "duty": "Zonder adres geen bezorging", "decisions": "Krediet tot 500: op betaalgedrag",
    "security": "Alarm en sloten", "ways": "0800 000\nexample.com/privacy", "sells": "no",
    "only_needed": "yes",
}  # fmt: skip
AP = "Autoriteit Persoonsgegevens"
# Paper -> element of the article -> the words it must have once the company said what is its own.
ELEMENTS: dict[str, dict[str, str]] = {
    "processing": {
        "30(1)(a) controller": "Voorbeeld BV", "30(1)(a) contact": "Dijk 1",
        "30(1)(a) joint": "Zuster BV", "30(1)(a) representative": "Rep GmbH",
        "30(1)(a) officer": "F. de Groot", "30(1)(b) purposes": "Customer service",
        "30(1)(c) subjects": "customers, prospects and contact persons",
        "30(1)(c) data": "Categories of data", "30(1)(d) recipients": "De vervoerder",
        "30(1)(e) transfers": "Verenigde Staten, standaardclausules",
        "30(1)(f) terms": "after the end of the relation", "30(1)(g) own": "Alarm en sloten",
        "30(1)(g) program": "log-in in two steps",
    },
    "processor": {
        "30(2)(a) processor": "Voorbeeld BV", "30(2)(a) controllers": "Sportclub Oost, Plein 2",
        "30(2)(a) representative": "Rep GmbH", "30(2)(a) officer": "F. de Groot",
        "30(2)(b) processing": "ledenpost", "30(2)(c) transfers": "Verenigde Staten",
        "30(2)(d) security": "Alarm en sloten",
    },
    "notice": {
        "13(1)(a) who": "Voorbeeld BV", "13(1)(a) representative": "Rep GmbH",
        "26(2) essence": "Ask us for what we agreed", "13(1)(b) officer": "fg@example.nl",
        "13(1)(c) purposes and ground": "agreement (art. 6(1)(b))",
        "13(1)(d) interests": "weten wie koopt", "13(1)(e) recipients": "De vervoerder",
        "13(1)(f) transfers": "standaardclausules", "13(1)(f) copy": "copy of the safeguards",
        "13(2)(a) terms": "At most kept", "13(2)(b) rights": "take the data you gave along",
        "13(2)(c) withdrawal": "withdraw consent at any time", "13(2)(d) complaint": AP,
        "13(2)(e) duty": "Zonder adres geen bezorging", "13(2)(e) law": "Required by law",
        "13(2)(f) decisions": "Krediet tot 500", "13(2)(f) logic": "birth date, e-mail, telephone",
        "22(3) a person": "have a person look", "13(3) other purposes": "anything else we tell you",
        "21(4) objection": "You may object",
    },
    "notice-later": {
        "14(1)(a) who": "Voorbeeld BV", "14(1)(b) officer": "fg@example.nl",
        "14(1)(c) purposes and ground": "agreement (art. 6(1)(b))",
        "14(1)(d) data": "Which data", "14(1)(e) recipients": "De vervoerder",
        "14(1)(f) transfers": "standaardclausules", "14(2)(a) terms": "At most kept",
        "14(2)(b) interests": "weten wie koopt", "14(2)(c) rights": "have your data erased",
        "14(2)(d) withdrawal": "withdraw consent at any time", "14(2)(e) complaint": AP,
        "14(2)(f) source": "Webshop", "14(2)(f) public": "Public",
        "14(2)(g) decisions": "Krediet tot 500", "14(3) when": "Within a month",
        "14(4) other purposes": "anything else we tell you",
    },
    "ccpa": {
        "1798.100(a)(1) categories": "A. Identifiers", "1798.100(a)(2) sensitive": "7027(m)",
        "1798.100(a)(3) terms": "At most kept", "7012(e)(3) sold": "did not in the last twelve",
        "1798.130 ways": "0800 000", "1798.125 equal": "not be treated worse",
    },
}  # fmt: skip
# What a company may have nothing to say of: it stands in no paper then.
MAY_BE_EMPTY = {"phone", "website", "registration", "privacy_contact", "supervisor"}


@pytest.mark.parametrize("key", sorted(ELEMENTS))
def test_every_element_of_the_article_is_there(officer: Client, key: str) -> None:
    page = f"/privacy/documents/{key}/file?language=en"
    before = officer.get(page).content.decode()
    assert officer.post("/privacy/company", COMPANY).status_code == 302
    told = {"way-webshop": "later", "public-webshop": "no"}
    assert officer.post("/privacy/sources", told).status_code == 302
    for purpose in ("relation", "behaviour"):
        set_term(system_actor(), purpose, 1_095)
    after = unescape(officer.get(page).content.decode())
    assert {name: words for name, words in ELEMENTS[key].items() if words not in after} == {}
    assert "To fill in:" in before and "To fill in:" not in after


def test_nothing_of_the_company_is_made_up(officer: Client) -> None:
    """An empty fact is asked for, in the papers that need it; none says it for the company."""
    officer.post("/privacy/company", {})
    empty = {
        key: officer.get(f"/privacy/documents/{key}/file?language=en").content.decode()
        for key in ELEMENTS
    }
    for invented in ("not appointed", "did not in the last twelve", "we cannot deliver",
                     "encrypted connections", "7027(m)"):  # fmt: skip
        assert not any(invented in text for text in empty.values()), invented
    officer.post("/privacy/company", {**dict.fromkeys(COMPANY, "geen"), "sells": "no"})
    notice = officer.get("/privacy/documents/notice/file?language=en").content.decode()
    for said in ("Data protection officer: there is none", "No data leave the European",
                 "Nobody outside the company", "No decision about you is taken"):  # fmt: skip
        assert said in notice
    assert {line.name for line in dataclasses.fields(Company)} == {*COMPANY, *MAY_BE_EMPTY}
    # Staff are asked for it on the paper's page, with where it is filled in.
    officer.post("/privacy/company", {})
    page = officer.get("/privacy/documents/notice/").content.decode()
    assert page.count('href="/privacy/company"') > 5


def test_the_californian_notice_says_per_category_whether_it_is_sold(officer: Client) -> None:
    page = "/privacy/documents/ccpa/file?language=en"
    assert "Do Not Sell or Share" not in officer.get(page).content.decode()
    officer.post("/privacy/company", {"sells": "yes", "ways": "0800 000\nexample.com/privacy"})
    sold = officer.get(page).content.decode()
    assert "Do Not Sell or Share" in sold and "example.com/privacy" in sold
