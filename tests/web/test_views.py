"""Every screen: status, what it says, and nothing inline that the policy would refuse."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.web import fixture_shapes as people

CARD = f"/customers/{people.CARD}/"
DELIVERY = f"/sources/{people.DELIVERY}/"
MEND = f"/quarantine/{people.ROW}/"
SCREENS = {
    "/": "De Voorbeeldfietser",
    "/welcome/goals": "Wat wil je het eerst weten?",
    "/customers/": "Klaartje van den Heuvel",
    "/customers/?f_complaint=none": "Geen klant past",
    CARD: "Tweede klacht in 30 dagen",
    f"{CARD}?kind=complaint": "Klacht opgelost",
    f"/customers/{people.ORGANISATION}/": "Stichting Voorbeeld &amp; Zonen",
    f"/customers/{people.EMPTY}/": "Nog geen geschiedenis",
    f"{CARD}history?kind=mail": "Waar blijft mijn accu?",
    f"{CARD}history?before=0000000000014": "Brief ontvangen",
    f"{CARD}history/0000000000005": "HERFST10",
    f"{CARD}erase": "Klaartje van den Heuvel verwijderen?",
    "/sources/": "nieuwsbrief.csv",
    DELIVERY: "31-02-2025",
    "/quarantine/": "Datum bestaat niet",
    "/quarantine/?reason=nothing": "Geen uitgevallen regels",
    MEND: "deze datum bestaat niet",
    "/account/password/change/": "Wachtwoord",
    "/account/2fa/": "Authenticator",
}
LOGGED_OUT = ("/account/login/", "/account/password/reset/")


class Inline(HTMLParser):
    """Collects what a strict policy refuses: style and handlers in attributes, inline scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        self.found += [f"{tag} {n}" for n in names if n == "style" or n.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [f"{tag} {n}" for n in names if n.startswith("hx-on")]


def inline_parts(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    return parser.found


def test_the_check_for_inline_parts_finds_them() -> None:
    bad = '<p style="color:red" onclick="x()"><script>y()</script><style></style><i hx-on:click="">'
    assert set(inline_parts(bad)) == {"p style", "p onclick", "script", "style", "i hx-on:click"}


@pytest.mark.parametrize(("path", "text"), SCREENS.items())
def test_screens(logged_in: Client, path: str, text: str) -> None:
    response = logged_in.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert text in html
    assert not inline_parts(html)
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    if not path.startswith("/account"):
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", [p for p in SCREENS if not p.startswith("/account")])
def test_screens_need_a_log_in(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("path", LOGGED_OUT)
def test_log_in_screens(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not inline_parts(response.content.decode())


def test_log_in_and_out(client: Client, anna: Any) -> None:
    wrong = client.post("/account/login/", {"login": "anna@example.nl", "password": "fout"})
    assert "problem" in wrong.content.decode() or "callout bad" in wrong.content.decode()
    right = {"login": "anna@example.nl", "password": "een-lang-wachtwoord"}
    assert client.post("/account/login/", right)["Location"] == "/"
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/").status_code == 302


def test_nothing_and_not_allowed(logged_in: Client) -> None:
    assert logged_in.get("/customers/0000000000zzz/").status_code == 404
    assert logged_in.get("/customers/piet@example.nl/").status_code == 404
    refused = logged_in.get(f"/customers/{people.REFUSED}/")
    assert refused.status_code == 403
    assert "beperking van de verwerking" in refused.content.decode()


def test_an_absorbed_customer_leads_to_the_survivor(logged_in: Client) -> None:
    response = logged_in.get(f"/customers/{people.SURVIVOR_OF}/")
    assert (response.status_code, response["Location"]) == (301, CARD)


def test_search_is_a_post_and_leaves_no_trace_in_the_address(logged_in: Client) -> None:
    assert logged_in.get("/search?q=heuvel").status_code == 405
    part = logged_in.post("/search", {"q": " heuvel \0 "}, headers={"HX-Request": "true"})
    html = part.content.decode()
    assert "<html" not in html
    assert html.count('role="option"') == 4
    assert "17 klanten passen" in html
    page = logged_in.post("/search", {"q": "niemand"})
    assert "Niemand gevonden" in page.content.decode()


def test_htmx_gets_the_table_only(logged_in: Client) -> None:
    html = logged_in.get(
        "/customers/?sort=-orders", headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in html
    assert 'aria-sort="descending"' in html


def test_what_cannot_be_a_key_is_ignored(logged_in: Client) -> None:
    hostile = '/customers/?group="><img>&sort=\'--&after=%00&f_kind=<b>&f_x="'
    html = logged_in.get(hostile).content.decode()
    assert "<img>" not in html
    assert "<b>'" not in html
    assert logged_in.get("/quarantine/?before=../../x&reason=%0d%0a").status_code == 200


def test_the_export_is_a_workbook(logged_in: Client) -> None:
    response = logged_in.post("/customers/export", {"group": "active"})
    assert b"".join(response.streaming_content) == b"PK\x03\x04"
    assert response["Content-Disposition"] == 'attachment; filename="klanten.xlsx"'
    assert logged_in.get("/customers/export").status_code == 405


def test_a_customer_can_be_taken_along(logged_in: Client) -> None:
    response = logged_in.post(f"{CARD}export")
    assert response["Content-Type"] == "application/json"
    assert people.CARD in response["Content-Disposition"]


def test_an_entry_is_a_part_a_sheet_or_a_page(logged_in: Client) -> None:
    path = f"{CARD}history/0000000000005"
    page = logged_in.get(path).content.decode()
    part = logged_in.get(path, headers={"HX-Request": "true"}).content.decode()
    as_sheet = {"HX-Request": "true", "HX-Target": "entry-sheet"}
    sheet = logged_in.get(path, headers=as_sheet).content.decode()
    assert "<h1>Bestelling 20418" in page
    assert "<html" not in part + sheet
    assert "entry-sheet-title" in sheet
    assert "entry-sheet-title" not in part


def test_a_document_is_only_ever_saved(logged_in: Client) -> None:
    response = logged_in.get(f"{CARD}documents/0000000000001")
    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    other = f"/customers/{people.EMPTY}/documents/0000000000001"
    assert logged_in.get(other).status_code == 404


def test_erasing_is_asked_for_and_agreed_to(logged_in: Client) -> None:
    held = logged_in.post(f"{CARD}erase", {"reason": "expired"})
    assert held.status_code == 422
    assert "Een zaak houdt dit vast." in held.content.decode()
    asked = logged_in.post(f"{CARD}erase", {"reason": "request"})
    assert asked["Location"] == f"/erasures/{people.ERASURE}/"
    assert "wacht" in logged_in.get("/erasures/").content.decode()
    assert "Jan" in logged_in.get(asked["Location"]).content.decode()
    silent = logged_in.post(f"{asked['Location']}approve")
    assert silent.status_code == 422
    assert "Schrijf op waarom." in silent.content.decode()
    done = logged_in.post(f"{asked['Location']}approve", {"exception": "Ik ben alleen."})
    assert done["Location"] == asked["Location"]
    refused = logged_in.post(f"{asked['Location']}refuse", follow=True)
    assert refused.redirect_chain == [("/erasures/", 302)]


def test_mending_says_what_is_still_wrong(logged_in: Client) -> None:
    response = logged_in.post(MEND, {"value:Geopend": "31-02-2025", "value:Klantnr": "K-77"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "De regel is nog niet goed." in html
    assert 'value="K-77"' in html
    good = logged_in.post(MEND, {"value:Geopend": "28-02-2025"})
    assert good["Location"] == "/quarantine/0000000000002/"
    assert logged_in.post(f"{MEND}discard")["Location"] == "/quarantine/"


def test_undo_tells_what_went(logged_in: Client) -> None:
    response = logged_in.post(f"{DELIVERY}undo", follow=True)
    assert "318 bronregels weg" in response.content.decode()
    assert logged_in.get(f"{DELIVERY}undo").status_code == 405


def test_choices_are_kept_and_lead_nowhere_else(logged_in: Client) -> None:
    choice = {"theme": "dark", "columns": ["place", "x'; drop"], "next": "https://example.org/"}
    response = logged_in.post("/choose", choice)
    assert response["Location"] == "/"
    assert response.cookies["columns"].value == "place"
    html = logged_in.get("/customers/").content.decode()
    assert 'data-theme="dark"' in html
    assert "Laatste aankoop</a>" not in html


@pytest.mark.parametrize(("lang", "word"), [("nl", "Klanten"), ("en", "Customers")])
def test_both_languages(logged_in: Client, lang: str, word: str) -> None:
    logged_in.cookies["django_language"] = lang
    html = logged_in.get("/customers/").content.decode()
    assert f'<html lang="{lang}"' in html
    assert f"<h1>{word}</h1>" in html


@pytest.mark.parametrize("name", ["500.html", "400.html", "403_csrf.html", "account/lockout.html"])
def test_plain_error_pages_need_nothing(name: str) -> None:
    html = render_to_string(name)
    assert "<h1>" in html
    assert not inline_parts(html)


def test_counts_that_do_not_add_up_are_said_aloud() -> None:
    from klantbeeld.web.shapes import Counts

    good, bad = Counts(6, 1, 2, 3, 0, 0), Counts(7, 1, 2, 3, 0, 0)
    assert "klantbeeld check" not in render_to_string("web/loading/counts.html", {"counts": good})
    assert "klantbeeld check" in render_to_string("web/loading/counts.html", {"counts": bad})


def test_nothing_is_mailed_from_here(logged_in: Client, mailoutbox: list[Any]) -> None:
    """A forgotten password is the administrator's to set, as is the address of a log-in."""
    told = logged_in.get("/account/password/reset/")
    assert "Vraag je beheerder" in told.content.decode()
    given = {"email": "anna@example.nl", "action_add": ""}
    assert logged_in.post("/account/password/reset/", given).status_code == 405
    for path in ("email/", "confirm-email/", "confirm-email/abc/", "password/reset/key/1-abc/"):
        assert logged_in.get(f"/account/{path}").status_code == 404, path
        assert logged_in.post(f"/account/{path}", given).status_code == 404, path
    assert not mailoutbox
