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
from klantbeeld.core.models import Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.access import bundle
from klantbeeld.pipeline.access.shapes import Bundle
from klantbeeld.pipeline.actions import enter_note, import_paths, make_bundle
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles import search
from klantbeeld.profiles.models import Profile
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
