"""A customer's bundle: everything of him, nothing of anybody else, and read back as the same."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.access import bundle, readme
from klantbeeld.pipeline.access.shapes import Bundle
from klantbeeld.pipeline.actions import enter_note, import_paths, make_bundle
from klantbeeld.privacy import reads as privacy
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles import search
from klantbeeld.profiles.models import Profile
from klantbeeld.sources.tables import ColumnMapping, Mapping, TableMapping
from klantbeeld.timeline.models import Interaction
from tests.journeys import company as files

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system_actor()


@pytest.fixture
def company(settings: Any, tmp_path: Path) -> None:
    """The shop of the journeys, loaded by the real import."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    assert not import_paths(ACTOR, [files.write(tmp_path / "files")]).unreadable


def customer_of(key: str) -> int:
    """The customer of a number of the CRM."""
    record = Record.objects.get(source__key="crm", key=key)
    return Membership.objects.get(record=record).customer_id


def read_back(content: dict[str, bytes], settings: Any, folder: Path) -> int:
    """Bring the bundle into an empty house; the customer it became."""
    path = folder / "inzage.zip"
    path.write_bytes(bundle.zipped(content))
    with transaction.atomic():
        search.remove(list(Profile.objects.values_list("pk", flat=True)))
    call_command("flush", interactive=False, verbosity=0)
    settings.HOME = folder / "empty"
    settings.HOME.mkdir()
    report = import_paths(ACTOR, [path])
    assert not report.unreadable
    assert report.counts["rows_rejected"] == report.counts["rows_quarantined"] == 0
    (customer,) = set(Membership.objects.values_list("customer_id", flat=True))
    return customer


def shown(customer: int) -> dict[str, Any]:
    """What the card says, without what only this house can know."""
    card = profiles.card_for(ACTOR, to_public("customer", customer))
    history = [*card.history.upcoming, *card.history.entries]
    return {
        "name": card.name, "kind": card.kind, "group": card.group, "since": card.since,
        "city": card.city, "flags": [f.text for f in card.flags],
        "figures": {f.key: (f.amount_minor, f.number, f.day) for f in card.figures},
        "identity": {line.key: str(line.value) for line in card.identity},
        "consents": {k: c.state for k, c in card.consents.items()},
        "history": sorted(
            (e.day, e.kind, e.subject, e.amount_minor, e.status, e.channel, e.direction,
             e.employee, e.code, e.campaign, e.documents, e.lines) for e in history
        ),
    }  # fmt: skip


@pytest.mark.parametrize("key", ["K-1001", "K-1002", "K-1003"])
def test_an_empty_house_shows_the_same_customer(
    company: None, settings: Any, tmp_path: Path, key: str
) -> None:
    customer = customer_of(key)
    before = shown(customer)
    content = make_bundle(ACTOR, customer)
    again = shown(read_back(content, settings, tmp_path))
    assert again == before


def test_what_programs_read_fits_its_schema(company: None) -> None:
    content = make_bundle(ACTOR, customer_of("K-1001"))
    told = json.loads(content["inzage.json"])
    assert told.pop("$schema") == "schema.json"
    made = Bundle.model_validate(told)
    schema = json.loads(content["schema.json"])
    assert set(told) <= set(schema["properties"])
    assert set(schema["required"]) <= set(told)
    assert {v.key for v in made.values} >= {"email", "surname", "iban"}
    assert all(v.purposes and v.basis and v.retention_days for v in made.values)
    assert b"BEGIN:VCARD" in content["contact.vcf"]
    assert b"klaartje.vdheuvel@example.nl" in content["contact.vcf"]
    assert any(path.startswith("documents/") for path in content)


def test_what_tells_of_somebody_else_in_a_note_is_made_unreadable(company: None) -> None:
    customer = customer_of("K-1001")
    enter_note(
        ACTOR, customer,
        "Belde namens Bas van den Heuvel (bas.vdheuvel@example.nl, 06-97012345) en"
        " Aïcha Voorbeeld; liever zelf op klaartje.vdheuvel@example.nl of 030-0001234",
    )  # fmt: skip
    content = make_bundle(ACTOR, customer)
    whole = b"\n".join(content.values()).decode("utf-8", "replace")
    assert "Belde namens [iemand anders] ([iemand anders], [iemand anders])" in whole
    for other in ("Bas van den Heuvel", "bas.vdheuvel", "97012345", "Aïcha Voorbeeld"):
        assert other not in whole
    assert "klaartje.vdheuvel@example.nl of 030-0001234" in whole


def test_the_zip_holds_what_was_made(company: None) -> None:
    content = make_bundle(ACTOR, customer_of("K-1002"), "en")
    package = zipfile.ZipFile(io.BytesIO(bundle.zipped(content)))
    assert set(package.namelist()) == set(content)
    assert bundle.zipped(content) == bundle.zipped(content)
    assert "What we hold about Bas van den Heuvel" in content["access.html"].decode()


def past(customer: int) -> dict[str, dict[str, Any]]:
    """Of each line of the card what it was before, with since and until when."""
    card = profiles.card_for(ACTOR, to_public("customer", customer))
    return {line.key: {p.value: (p.since, p.until) for p in line.past} for line in card.identity}


def changed(folder: Path) -> None:
    """The CRM half a year and a week ago, before what it says now; tasks and leads."""
    header = "Klantnummer;Voornaam;Tussenvoegsel;Achternaam;E-mail;Telefoon;Straat;Huisnummer;" \
        "Postcode;Plaats;Nieuwsbrief;Gewijzigd op\n"  # fmt: skip
    rows = (
        (400, "oud.adres@example.nl;030-0001111;Oudeweg;1;3511 AA;Utrecht;ja"),
        (90, "klaartje.oud@example.nl;030-0001111;Oudeweg;1;3511 AA;Utrecht;nee"),
        (20, f"{files.KLAARTJE};030-0001234;Voorbeeldstraat;12;3512 AB;Utrecht;ja"),
    )
    for number, (days, row) in enumerate(rows):
        path = folder / str(number)
        path.mkdir(parents=True)
        text = f"{header}K-1001;Klaartje;van den;Heuvel;{row};{files.moment(days, 9)}\n"
        (path / "crm.csv").write_text(text, encoding="utf-8")
        assert not import_paths(ACTOR, [path / "crm.csv"]).unreadable
    events = TableMapping("acties", "events", tuple(
        ColumnMapping(c, c) for c in
        ("event_id", "customer_number", "event_at", "event_kind", "subject", "case_status")
    ), key="event_id")  # fmt: skip
    text = "event_id,customer_number,event_at,event_kind,subject,case_status\n"
    told = (("task", "Terugbellen", "open"), ("lead", "Racefiets", "gewonnen"),
            ("lead", "Bakfiets", "vervallen"), ("task", "Offerte maken", "afgerond"))  # fmt: skip
    for number, (kind, subject, status) in enumerate(told):
        text += f"E{number},K-1001,{files.moment(5 + number, 9)},{kind},{subject},{status}\n"
    (folder / "acties.csv").write_text(text, encoding="utf-8")
    report = import_paths(ACTOR, [folder / "acties.csv"], mapping=Mapping("crm", (events,)))
    assert not report.unreadable


def test_status_and_former_values_come_along(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    changed(tmp_path / "more")
    assert not import_paths(ACTOR, [files.write(tmp_path / "files")]).unreadable
    customer = customer_of("K-1001")
    before, former = shown(customer), past(customer)
    said = {k: (c.state, c.since) for k, c in consents(customer).items()}
    told = {(kind, subject): status for _, kind, subject, _, status, *_ in before["history"]}
    assert told["task", "Terugbellen"] == "open"
    assert told["lead", "Racefiets"] == "gewonnen"
    assert told["lead", "Bakfiets"] == "cancelled"
    assert set(former["email"]) >= {"oud.adres@example.nl", "klaartje.oud@example.nl"}
    content = make_bundle(ACTOR, customer)
    again = read_back(content, settings, tmp_path)
    assert shown(again) == before
    assert past(again) == former
    assert {k: (c.state, c.since) for k, c in consents(again).items()} == said
    (tmp_path / "again").mkdir()
    twice = tmp_path / "again" / "inzage.zip"
    twice.write_bytes(bundle.zipped(content))
    held = [model.objects.count() for model in (RecordVersion, ConsentEntry, Interaction)]
    assert not import_paths(ACTOR, [twice]).unreadable
    assert [m.objects.count() for m in (RecordVersion, ConsentEntry, Interaction)] == held
    assert (shown(again), past(again)) == (before, former)


@pytest.mark.parametrize(("language", "name"), [("nl", "leesmij.txt"), ("en", "readme.txt")])
def test_what_cannot_be_read_back_is_said_with_the_reason(
    company: None, language: str, name: str
) -> None:
    content = make_bundle(ACTOR, customer_of("K-1001"), language)
    told = content[name].decode()
    lost = told.split("\n\n")
    assert len(lost) > 8
    # Every table of the bundle is told of: it comes back, or the reason why not stands there.
    tables = {path[4:-4] for path in content if path.startswith("csv/")}
    assert {t for t in tables if t not in readme.COMES_BACK and f"csv/{t}.csv" not in told} == set()
    assert name in content["inzage.html" if language == "nl" else "access.html"].decode()


def test_what_a_note_of_the_customer_says_of_others_stays_out_of_the_tables(company: None) -> None:
    record = Record.objects.get(source__key="crm", key="K-1001")
    for row in (record, *RecordVersion.objects.filter(record=record)):
        row.data["note"] = "Zus van Aïcha Voorbeeld, aicha@example.nl"
        row.save(update_fields=["data"])
    content = make_bundle(ACTOR, customer_of("K-1001"))
    told = b"".join(c for path, c in content.items() if path.startswith("tables/")).decode()
    assert "Zus van [iemand anders]" in told
    assert "aicha@example.nl" not in told


def consents(customer: int) -> dict[str, Any]:
    """What holds about contact by channel."""
    records = Membership.objects.filter(customer=customer).values_list("record", flat=True)
    return privacy.consents(ACTOR, list(records))
