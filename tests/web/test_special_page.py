"""The page about special data: a topic set aside for one source, and documents not looked into."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from klantbeeld.accounts.models import User
from klantbeeld.core.public_ids import to_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.models import Intake
from klantbeeld.privacy.models import SpecialColumn
from klantbeeld.profiles.models import Profile
from klantbeeld.timeline.models import Document
from tests.records import SYSTEM, source
from tests.web.conftest import BACKEND

pytestmark = pytest.mark.django_db
OFF = {"off_source": "hulpmiddelen", "off_kind": "health",
       "off_law": "art. 30 UAVG", "off_why": "wij verkopen hulpmiddelen"}  # fmt: skip


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    settings.KLANTBEELD_PAGES = "klantbeeld.web.filled"


def test_a_topic_is_set_aside_for_a_source_and_looked_for_anew(logged_in: Client) -> None:
    source("hulpmiddelen")
    assert 'name="off_kind"' in logged_in.get("/special/").content.decode()
    wrong = logged_in.post("/special/off", {**OFF, "off_why": " "})
    assert wrong.status_code == 422 and "art. 30 UAVG" in wrong.content.decode()
    assert logged_in.post("/special/off", {**OFF, "off_kind": "bsn"}).status_code == 422
    assert not SpecialColumn.objects.exists()
    assert logged_in.post("/special/off", OFF).status_code == 302
    held = SpecialColumn.objects.get()
    assert (held.source, held.column, held.kind) == ("hulpmiddelen", "", "health")
    assert held.why == "art. 30 UAVG: wij verkopen hulpmiddelen" and held.by == "Anna Voorbeeld"
    assert "de hele bron" in logged_in.get("/special/").content.decode()


def test_who_may_not_rule_sets_nothing_aside(client: Client) -> None:
    source("hulpmiddelen")
    made = User.objects.create_user("m@example.nl", "een-lang-wachtwoord", name="M", role="sales")
    client.force_login(made, backend=BACKEND)
    assert client.post("/special/off", OFF).status_code in (403, 404)
    assert not SpecialColumn.objects.exists()


def _mailbox(folder: Path) -> Path:
    """A mail with a picture and a text, and the same picture from somebody else."""
    folder.mkdir(exist_ok=True)
    box = mailbox.mbox(folder / "post.mbox", create=True)
    for sender in ("fien@example.com", "bas@example.com"):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "shop@example.nl", "Foto"
        mail["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
        mail["Message-ID"] = f"<{sender}>"
        mail.set_content("Zie de foto.")
        mail.add_attachment(b"\x89PNG\r\n\x1a\n\0\0", maintype="image", subtype="png",
                            filename="foto.png")  # fmt: skip
        mail.add_attachment(b"Een briefje", maintype="text", subtype="plain", filename="b.txt")
        box.add(mail)
    box.close()
    return folder / "post.mbox"


@pytest.mark.django_db(transaction=True)
def test_what_nobody_could_look_into_is_said_and_listed(
    logged_in: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    report = pipeline.import_paths(SYSTEM, [_mailbox(tmp_path)])
    assert report.as_json()["documents_unread"] == 2
    assert set(Document.objects.values_list("name", "unread")) == {
        ("foto.png", "picture"), ("b.txt", "")
    }  # fmt: skip
    page = logged_in.get("/special/").content.decode()
    assert page.count("een afbeelding") == 2 and "b.txt" not in page
    hers = Profile.objects.get(data__email="fien@example.com").pk
    card = logged_in.get(f"/customers/{to_public('customer', hers)}", follow=True).content.decode()
    assert card.count("niet ingekeken: een afbeelding") == 1
    told = f"/sources/{to_public('delivery', report.deliveries[0])}/"
    said = "2 documenten zijn bewaard zonder dat erin gekeken is"
    page = logged_in.get(told).content.decode()
    assert said in page and 'href="/special/#unread"' in page
    again = pipeline.import_paths(SYSTEM, [_mailbox(tmp_path / "again")])
    assert again.as_json()["documents_unread"] == 0, "nothing of it is new"
    pipeline.restrict_customer(SYSTEM, hers)
    page = logged_in.get("/special/").content.decode()
    assert page.count("een afbeelding") == 1 and "fien@example.com" not in page


@pytest.mark.django_db(transaction=True)
def test_who_adds_a_file_is_told_what_nobody_could_look_into(
    logged_in: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    path = _mailbox(tmp_path)
    made = pipeline.begin_intake(SYSTEM, [(path.name, [path.read_bytes()])])
    for state in (Intake.TRYING, Intake.LOADING):
        made.refresh_from_db()
        pipeline.go_on(SYSTEM, made, state)
    page = logged_in.get(f"/add/{to_public('intake', made.pk)}", follow=True).content.decode()
    assert "2 documenten zijn bewaard zonder dat erin gekeken is" in page
    english = logged_in.get(
        f"/add/{to_public('intake', made.pk)}", follow=True, headers={"accept-language": "en"}
    )
    page = english.content.decode()
    assert "2 documents are kept without having been looked into" in page


def test_a_number_in_a_name_is_told_by_its_place(
    logged_in: Client, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    path = tmp_path / "BSN 999990019.csv"
    path.write_text("Naam;E-mail;999943248\nFien Wit;fien@example.com;x\n")
    pipeline.import_paths(SYSTEM, [path])
    page = logged_in.get("/special/").content.decode()
    assert "de naam van het bestand" in page and "BSN […].csv" in page
    assert "het staat in de kop van de kolom" in page
    assert "999990019" not in page and "999943248" not in page
