"""From a file of one's own to customers, on screen: dropped, recognised, tried, loaded, undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from klantbeeld.core.models import Record, Source
from klantbeeld.core.public_ids import to_public
from klantbeeld.pipeline.models import Intake
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.profiles.models import Profile
from tests.journeys.conftest import BACKEND, PASSWORD, session
from tests.screens import looks, overflow, violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

PEOPLE = """Klantnr;Voornaam;Achternaam;Straat;Huisnummer;Postcode;Plaats;E-mail;Mobiel;Geb.dat.;Nieuwsbrief;Kleur hek
K-001;Fien;Zandloper;Dorpsstraat;4;3511 AB;Utrecht;fien@example.com;06-97000421;01-02-1980;ja;groen
K-002;F.;Zandloper;Dorpsstraat;4;3511AB;Utrecht;fien@example.com;;01-02-1980;;rood
K-003;Bas;Wit;Kade;9;3511 AC;Utrecht;bas.example.com;;30-01-1975;nee;
K-004;Truus;Testers;Dijk;40;6511 AA;Nijmegen;truus@example.nl;;03-03-1950;ja;blauw
K-005;Øyvind;Ænes;Laan;7;9711 AA;Groningen;oyvind@example.org;;31-02-1990;;wit
"""
ORDERS = """Bestelnummer;Klantnr;E-mailadres;Besteldatum;Artikel;Bedrag
1001;K-001;fien@example.com;03-05-2026;Fietsbel;12,50
1002;K-004;truus@example.nl;04-05-2026;Zadel;80,00
1003;K-003;bas@example.com;05-15-2026;Slot;60,00
"""


@pytest.fixture
def empty_house(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    """Nothing is loaded; what is asked of the worker is done at once."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.TASKS = IMMEDIATE


@pytest.fixture
def visit(window: Callable[..., Any], empty_house: None) -> Visit:
    """A function that logs an administrator in and gives the page to add data on."""
    from klantbeeld.accounts.models import User

    def visited(width: int = 1440, theme: str = "light", lang: str = "nl") -> Any:
        User.objects.filter(email="eigenaar@example.nl").delete()
        owner = User.objects.create_user(
            "eigenaar@example.nl", PASSWORD, name="Anna Eigenaar", role="administrator"
        )
        client = Client()
        client.force_login(owner, backend=BACKEND)
        page = window(width, theme, lang, **session(client))
        page.goto("/add/")
        return page

    return visited


def good(page: Any) -> None:
    """Nothing for axe to say, and nothing wider than the window."""
    assert violations(page) == []
    assert overflow(page) == 0


def files(*named: tuple[str, str]) -> list[dict[str, Any]]:
    """Files as the browser is handed them."""
    return [{"name": n, "mimeType": "text/csv", "buffer": t.encode()} for n, t in named]


LOOKS = looks([(1440, "light", "nl"), (390, "dark", "en")])


@pytest.mark.both
@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_from_a_file_to_customers_and_back(visit: Visit, width: int, theme: str, lang: str) -> None:
    page = visit(width, theme, lang)
    good(page)
    page.set_input_files("[name=files]", files(("klanten.csv", PEOPLE), ("orders.csv", ORDERS)))
    page.wait_for_url("**/columns")
    good(page)
    heads = page.locator(".understood-head").all_inner_texts()
    said = "We herkennen {} van 12 kolommen. Klopt dit?" if lang == "nl" else (
        "We recognise {} of 12 columns. Is this right?"
    )  # fmt: skip
    assert heads[0] in {said.format(11), said.format(10)}
    assert "fien@example.com" in page.inner_text(".samples >> nth=7")
    relation = page.inner_text(".relation")
    assert "Orders" in relation and "Klanten" in relation
    page.get_by_label("Kleur hek").select_option("keep")
    page.fill("[aria-label^='E-mail']", "bas@example.com")
    page.click("[name=go][value=next]")
    page.wait_for_url("**/contact")
    good(page)
    assert page.is_checked("#s0-column")
    page.check("#s0-b-contract")
    page.check("#s1-b-contract")
    page.click(".foot .is-primary")
    page.wait_for_url("**/trial")
    good(page)
    facts = dict(zip(page.locator(".fact-label").all_inner_texts(),
                     page.locator(".fact-value").all_inner_texts(), strict=True))  # fmt: skip
    assert list(facts.values())[:3] == ["8", "4", "1"]
    assert Record.objects.count() == 0
    page.click(".foot .is-primary")
    page.wait_for_selector(".outcome")
    good(page)
    active = "actief" if lang == "nl" else "active"
    assert active in page.inner_text(".outcome h1")
    assert Source.objects.get(key="klanten").basis == "contract"
    assert Profile.objects.count() == 4
    assert Record.objects.filter(data__kleur_hek="groen").exists()
    page.click(".outcome .is-primary")
    page.wait_for_url("**/customers/*/")
    assert "Truus" in page.inner_text("h1")
    page.go_back()
    page.click(".outcome [data-open=undo]")
    page.wait_for_selector("#undo[open]")
    good(page)
    page.click("#undo .is-danger")
    page.wait_for_selector(".waiting-page")
    assert Profile.objects.count() == 0
    assert Record.objects.count() == 0
    good(page)


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.focus("[name=files]")
    page.set_input_files("[name=files]", files(("klanten.csv", PEOPLE)))
    page.wait_for_url("**/columns")
    _to(page, "[name=go][value=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact")
    _to(page, "#s0-column")
    page.keyboard.press("ArrowDown")
    _to(page, "#s0-why")
    page.keyboard.type("Ingeschreven aan de kassa")
    _to(page, ".foot .is-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trial")
    _to(page, ".foot .is-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".outcome")
    reasoned = ConsentEntry.objects.filter(method="reasoned")
    # K-003 said no, K-001 and K-004 said yes: of these nothing is added.
    assert reasoned.count() == 2
    assert set(reasoned.values_list("evidence", flat=True)) == {"Ingeschreven aan de kassa"}
    _to(page, ".outcome [data-open=undo]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#undo[open]")
    _to(page, "#undo .is-danger")
    page.keyboard.press("Enter")
    page.wait_for_selector(".waiting-page")
    assert ConsentEntry.objects.count() == 0


def _to(page: Any, selector: str) -> None:
    """Walk with Tab until this has the focus."""
    for _step in range(200):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def test_a_table_pasted_from_word_or_excel(visit: Visit) -> None:
    page = visit()
    rows = [line.split(";") for line in PEOPLE.strip().splitlines()]
    html = "<table>" + "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows
    ) + "</table>"  # fmt: skip
    text = "\n".join("\t".join(row) for row in rows)
    _paste(page, html, text)
    page.click("[data-look]")
    page.wait_for_url("**/columns")
    assert page.locator(".mapping tbody tr").count() == 12
    page.goto("/add/")
    _paste(page, "", text)
    page.click("[data-look]")
    page.wait_for_url("**/columns")
    assert page.locator(".mapping tbody tr").count() == 12


def _paste(page: Any, html: str, text: str) -> None:
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            document.body.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            );
        }""",
        [html, text],
    )


def test_a_workbook_with_several_sheets_is_downloaded_as_customers(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in (("Klanten", PEOPLE), ("Orders", ORDERS)):
        sheet = book.create_sheet(title)
        for line in content.strip().splitlines():
            sheet.append(line.split(";"))
    held = io.BytesIO()
    book.save(held)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "[name=files]", {"name": "winkel.xlsx", "mimeType": mime, "buffer": held.getvalue()}
    )
    page.wait_for_url("**/columns")
    assert page.locator(".understood-head").count() == 2
    page.click("[name=go][value=next]")
    page.wait_for_url("**/contact")
    page.click(".foot .is-primary")
    page.wait_for_url("**/trial")
    page.click(".chip:has-text('Dubbel')")
    page.wait_for_url("**verdict=double**")
    assert "Dubbel van rij" in page.inner_text("#rows tbody")
    page.click(".foot .is-primary")
    page.wait_for_selector(".outcome")
    with page.expect_download() as coming:
        page.click("button:has-text('Download als Excel')")
    got = io.BytesIO(Path(coming.value.path()).read_bytes())
    sheet = openpyxl.load_workbook(got).active
    assert sheet.max_row == 5
    page.click("a:has-text('Bekijk de dubbele')")
    page.wait_for_url("**/doubles")
    assert page.locator("tbody tr").count() == 1
    good(page)


def test_what_is_wrong_with_a_file_is_said(visit: Visit) -> None:
    page = visit()
    page.set_input_files("[name=files]", files(("leeg.csv", ""), ("klanten.csv", PEOPLE)))
    page.wait_for_url("**/columns")
    assert "leeg.csv" in page.inner_text("main .callout")
    good(page)
    # Two columns that cannot both be the same thing.
    page.get_by_label("Kleur hek").select_option("email")
    page.click("[name=go][value=next]")
    page.wait_for_selector(".callout.bad")
    good(page)
    page.goto("/add/")
    assert page.locator(".waiting li").count() == 1
    page.click(".waiting a")
    page.wait_for_url("**/columns")
    page.click("[data-open=drop]")
    page.click("#drop .is-danger")
    page.wait_for_url("**/add/")
    assert Intake.objects.get().state == Intake.DROPPED
    assert not list(Path(home()).glob("intake/*"))
    good(page)


def home() -> str:
    """The home of the house under test."""
    from django.conf import settings

    return str(settings.HOME)


def test_progress_is_shown_while_something_works_on_it(visit: Visit) -> None:
    page = visit()
    made = Intake.objects.create(
        token="t", actor="Anna", created_at=1, changed_at=1, state=Intake.LOADING,
        files=[{"name": "groot.xlsx", "bytes": 1}],
        progress={"stage": "storing", "done": 42000, "of": 100000},
    )  # fmt: skip
    page.goto("/add/")
    page.click(".waiting a")
    page.wait_for_selector("progress[value='42']")
    assert "42.000 van 100.000" in page.inner_text("#how-far")
    good(page)
    done = {"customers": 3, "groups": {"active": 2, "inactive": 1}, "best": 0, "doubles": 0}
    Intake.objects.filter(pk=made.pk).update(state=Intake.LOADED, result=done)
    page.wait_for_selector(".outcome")
    assert page.inner_text(".outcome h1") == "2 actief, 1 inactief"


def test_a_list_without_purchases_has_no_best_customer_and_says_what_is_in_doubt(
    visit: Visit,
) -> None:
    page = visit()
    done = {"customers": 2, "groups": {"other": 2}, "best": 1, "has_buyers": False, "doubles": 0}
    made = Intake.objects.create(
        token="t", actor="Anna", created_at=1, changed_at=1, state=Intake.LOADED,
        files=[{"name": "adressen.xlsx", "bytes": 1}], result=done, trial={"doubts": 3},
    )  # fmt: skip
    page.goto(f"/add/{to_public('intake', made.pk)}/")
    assert page.inner_text(".outcome .is-primary") == "Open een klant"
    assert page.inner_text(".next-steps a >> nth=0").startswith("Bekijk 3 paren")
    assert page.get_attribute(".next-steps a >> nth=1", "href") == "/checkup/"
    page.click(".next-steps a >> nth=0")
    page.wait_for_selector("h1")
    assert "/checkup/rows" in page.url


def test_who_may_not_import_sees_nothing_of_it(visit: Visit, client: Any) -> None:
    from klantbeeld.accounts.models import User

    user = User.objects.create_user("lezer@example.nl", PASSWORD, name="L", role="readonly")
    client.force_login(user, backend=BACKEND)
    assert client.get("/add/").status_code == 403
    assert client.post("/add/", {"pasted": "a\tb"}).status_code == 403
    assert b"/add/" not in client.get("/").content
