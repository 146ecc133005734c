"""Who was erased and then comes himself is a new customer, on every way in; old files are not he."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from klantbeeld.accounts.actions import create_key
from klantbeeld.accounts.models import User
from klantbeeld.core import clock
from klantbeeld.core.models import AuditEntry, AuditValue, Record
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.profiles.models import Profile
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline.models import Document, Interaction
from tests.records import SYSTEM, actor

pytestmark = pytest.mark.django_db(transaction=True)
CRM = "Klantnr;Voornaam;Achternaam;E-mail\n1;Toon;Wijnbergen;toon@example.com\n"
TOON = {"full_name": "Toon Wijnbergen", "email": "toon@example.com"}
TOMORROW = clock.day_to_date(clock.today()) + timedelta(days=1)


@pytest.fixture(autouse=True)
def gone(settings: Settings, tmp_path: Path) -> Path:
    """A home in which Toon was erased; the file that brought him."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"
    path = tmp_path / "crm.csv"
    path.write_text(CRM, encoding="utf-8")
    pipeline.import_paths(SYSTEM, [path])
    customer = Membership.objects.get().customer_id
    pipeline.erase_customer(SYSTEM, customer, alone="Nobody else works here")
    assert emails() == []
    return path


def emails() -> list[str]:
    """The addresses of all customers."""
    return [str(data.get("email")) for data in Profile.objects.values_list("data", flat=True)]


def bring(tmp_path: Path, name: str, text: str) -> None:
    """Import a file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    pipeline.import_paths(SYSTEM, [path])


def by_file(tmp_path: Path) -> None:
    """His order of after."""
    head = "Bestelnummer;Besteldatum;Bedrag;Naam;E-mailadres\n"
    bring(tmp_path, "orders.csv", f"{head}B1;{TOMORROW};10,00;Toon Wijnbergen;toon@example.com\n")


def by_list(tmp_path: Path) -> None:
    """A list of customers that says since when he is one."""
    head = "Klantnr;Naam;E-mail;Klant sinds\n"
    bring(tmp_path, "leden.csv", f"{head}77;Toon Wijnbergen;toon@example.com;{TOMORROW}\n")


def by_api(tmp_path: Path) -> None:
    """His order in the web shop, at once."""
    order = {"order_number": "20", "ordered_at": f"{TOMORROW}T10:00:00", "order_amount": 10,
             "first_name": "Toon", "surname": "Wijnbergen", "email": "toon@example.com"}  # fmt: skip
    secret = create_key(SYSTEM, "Webwinkel", ["write", "match"])[1]
    answer = Client().post(
        "/api/v1/orders", json.dumps({"source": "webwinkel", "orders": [order]}),
        content_type="application/json", headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip
    assert answer.status_code == 200 and answer.json()["stored"] == 1


def by_hand(tmp_path: Path) -> None:
    """At the desk, where a colleague says that it is he."""
    pipeline.enter_customer(actor("service"), TOON, came_back=True)


WAYS = (by_file, by_list, by_api, by_hand)


@pytest.mark.parametrize("way", WAYS)
def test_who_comes_himself_is_a_new_customer(
    gone: Path, tmp_path: Path, way: Callable[[Path], None]
) -> None:
    way(tmp_path)
    assert emails() == ["toon@example.com"]
    # What was known before stays away, and a restored backup does not take the new one along.
    pipeline.import_paths(SYSTEM, [gone])
    assert not Record.objects.filter(source__key="crm").exists()
    assert pipeline.erase_again(SYSTEM) == (0, 0)
    assert emails() == ["toon@example.com"]


@pytest.mark.parametrize("way", WAYS)
def test_and_can_be_erased_again(tmp_path: Path, way: Callable[[Path], None]) -> None:
    way(tmp_path)
    customer = Membership.objects.values_list("customer", flat=True)[0]
    pipeline.erase_customer(SYSTEM, customer, alone="Nobody else works here")
    assert emails() == []
    with pytest.raises(BadEntry):
        pipeline.enter_customer(actor("service"), TOON)


def test_what_he_did_before_does_not_bring_him_back(tmp_path: Path) -> None:
    head = "Bestelnummer;Besteldatum;Bedrag;Naam;E-mailadres\n"
    bring(tmp_path, "orders.csv", f"{head}B1;03-05-2024;10,00;Toon Wijnbergen;toon@example.com\n")
    bring(tmp_path, "nieuwsbrief.csv", "E-mailadres;Naam\ntoon@example.com;Toon Wijnbergen\n")
    assert emails() == []


def test_the_desk_asks_and_writes_down_who_said_so() -> None:
    with pytest.raises(BadEntry) as refused:
        pipeline.enter_customer(actor("service"), TOON)
    assert refused.value.problems == {"": "erased"}
    assert clock.now_us() - refused.value.erased_at < clock.DAY
    entered = pipeline.enter_customer(actor("service"), TOON, came_back=True)
    said = AuditEntry.objects.get(action="enter_came_back")
    assert said.actor == "some service"
    values = AuditValue.objects.get(entry=said).values
    assert values == {"erased_at": refused.value.erased_at}
    assert not entered.is_known
    # Saying so of somebody who was never erased changes nothing and is not written down.
    other = {"full_name": "Fien Proefneus", "email": "fien@example.com"}
    pipeline.enter_customer(actor("service"), other, came_back=True)
    assert AuditEntry.objects.filter(action="enter_came_back").count() == 1


def test_the_screen_gives_a_way_on(client: Client) -> None:
    user = User.objects.create_user("b@example.nl", "x", name="Bert", role="service")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer: Any = client.post("/enter/", TOON)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'name="came_back"' in page
    day = clock.day_to_date(clock.today())
    assert f"{day.day}-{day.month}-{day.year}" in page
    assert client.post("/enter/", {**TOON, "came_back": "1"}).status_code == 302
    assert emails() == ["toon@example.com"]


@pytest.mark.parametrize(
    ("names", "head", "erased", "others"),
    [
        (
            ("klachten.csv", "klachten_archief.csv"),
            "Klachtnummer;Klantnummer;Datum melding;Omschrijving",
            "KL-{0};100{0};0{0}-03-2024;Stuk",
            ("KL-33;1003;03-03-2024;Weer stuk", "KL-34;1009;03-03-2024;Stuk"),
        ),
        (
            ("tickets.csv", "meldingen.csv"),
            "E-mail;Datum melding;Omschrijving",
            "jan{0}@example.org;0{0}-03-2024;De lamp is stuk",
            ("jan3@example.org;03-03-2024;En de accu", "mies@example.org;03-03-2024;De lamp is stuk"),
        ),
        (
            ("bestellingen.csv", "orders_oud.csv"),
            "Besteldatum;E-mail;Bedrag",
            "0{0}-03-2024;jan{0}@example.org;1{0},50",
            ("03-03-2024;jan3@example.org;18,75", "03-03-2024;mies@example.org;13,50"),
        ),
        (
            ("offertes.csv", "offertes_vorig_jaar.csv"),
            "Offertenummer;Offertedatum;Naam;Postcode;Huisnummer;Bedrag",
            "Q{0};0{0}-03-2024;Jan Wortel{0};97{0}1 XA;{0};1{0},50",
            ("Q33;03-03-2024;Jan Wortel3;9731 XA;3;13,50",
             "Q34;03-03-2024;Mies Biet;9731 XA;3;13,50"),
        ),
    ],
)  # fmt: skip
def test_one_thing_stays_away_under_the_name_of_another_source(
    tmp_path: Path, names: tuple[str, str], head: str, erased: str, others: tuple[str, str]
) -> None:
    """And nothing else of that customer or that day does."""
    rows = [erased.format(n) for n in range(1, 7)]
    bring(tmp_path, names[0], "\n".join([head, *rows]) + "\n")
    one = Interaction.objects.order_by("at")[2]
    customer = Membership.objects.get(record=one.record_id).customer_id
    asked = pipeline.ask_part(SYSTEM, customer, pipeline.Part("entry", one.pk))
    pipeline.erase_alone(SYSTEM, asked, "Nobody else works here")
    bring(tmp_path, names[1], "\n".join([head, *rows, *others]) + "\n")
    told = Interaction.objects.exclude(delivery=one.delivery_id)
    of_day = told.filter(at=one.at)
    assert (told.count(), of_day.count()) == (len(rows) - 1 + len(others), len(others))


LETTERS = """source: {0}
tables:
  - table: {0}
    holds: documents
    columns:
      Bestand: {{role: file_name}}
      E-mail: {{role: email}}
      Datum: {{role: document_at, format: ymd}}
      Tekst: {{role: text}}
"""


def test_a_letter_stays_away_under_the_name_of_another_file(tmp_path: Path) -> None:
    """And neither another letter of that day does, nor the same words of somebody else or later."""
    words = "Hierbij onze offerte voor een nieuwe lamp"
    erased = f"jan@example.org;2024-03-03;{words}"
    left = (f"mies@example.org;2024-03-03;{words}", f"jan@example.org;2024-03-10;{words}",
            "jan@example.org;2024-03-03;Hierbij ook onze offerte voor een accu")  # fmt: skip
    for source, names in (("brieven", ("offerte.txt",)), ("post", ("b.txt", "c", "d", "e"))):
        rows = [f"{name};{row}" for name, row in zip(names, (erased, *left), strict=False)]
        path = tmp_path / f"{source}.csv"
        path.write_text("\n".join(["Bestand;E-mail;Datum;Tekst", *rows]) + "\n", encoding="utf-8")
        pipeline.import_paths(SYSTEM, [path], mapping=Mapping.load(LETTERS.format(source)))
        if source == "brieven":
            one = Interaction.objects.get()
            customer = Membership.objects.get(record=one.record_id).customer_id
            asked = pipeline.ask_part(SYSTEM, customer, pipeline.Part("entry", one.pk))
            pipeline.erase_alone(SYSTEM, asked, "Nobody else works here")
            assert not Document.objects.exists()
    assert sorted(Document.objects.values_list("name", flat=True)) == ["c", "d", "e"]
    assert sorted(Interaction.objects.values_list("key", flat=True)) == ["c", "d", "e"]
