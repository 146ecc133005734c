"""One complaint, one mail, one old address: gone for good, and nothing else with it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from klantbeeld.core import backup, erasing
from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import part_erasing, probing
from klantbeeld.pipeline.errors import NothingToErase
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.errors import NeedsException, OnHold, StillFound, WorkLost
from klantbeeld.privacy.models import Erasure
from klantbeeld.profiles.models import Profile
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import Mapping
from klantbeeld.timeline.models import Document, Interaction, OrderLine
from tests.journeys import company as files
from tests.journeys.company import KLAARTJE
from tests.records import SYSTEM, customer, happened, record, took_part

pytestmark = pytest.mark.django_db(transaction=True)
ALONE = "Nobody else works here"
COMPLAINT, MAIL = "Accu niet bezorgd", "Waar blijft mijn accu?"


@pytest.fixture
def house(company: None, tmp_path: Path) -> Path:
    """The company, loaded; and a folder with its files once more."""
    return files.write(tmp_path / "again")


def _hers() -> int:
    return int(Profile.objects.get(data__email=KLAARTJE).pk)


def _erase(part: pipeline.Part, of: int) -> Erasure:
    return pipeline.erase_alone(SYSTEM, pipeline.ask_part(SYSTEM, of, part), ALONE)


def _said() -> dict[str, Any]:
    """All that the house holds, by what the sources call it: to see what else changed."""
    records = {r.pk: f"{r.source.key}:{r.key}" for r in Record.objects.select_related("source")}
    return {
        **{f"r{records[r.pk]}": (r.kind, r.data) for r in Record.objects.all()},
        **{
            f"i{i.key_hash}": (i.kind, i.subject, i.at, records[i.record_id])
            for i in Interaction.objects.all()
        },
        **{f"d{d.key_hash}": d.name for d in Document.objects.all()},
        "q": sorted(Quarantined.objects.values_list("table", "row", "state")),
    }


def _anywhere(home: Path, word: str) -> list[str]:
    found, _ = probing.found_in_files(home, [word], [erasing.folder(), home / "backups"])
    name = Path(str(connection.settings_dict["NAME"]))
    beside: dict[str, Any] = {}
    if connection.vendor == "sqlite":
        beside, _ = probing.found_in_files(name.parent, [word], [home])
    own = {place for place in beside if place.startswith(name.name)}
    return sorted([*probing.found_in_tables([word]), *found, *own])


def _gone(home: Path, *words: str) -> None:
    assert {word: _anywhere(home, word) for word in words} == {word: [] for word in words}


def test_one_complaint_and_nothing_else(house: Path, settings: Settings, tmp_path: Path) -> None:
    hers, before = _hers(), _said()
    kept = backup.make(tmp_path / "before.tar.gz") if connection.vendor == "sqlite" else None
    complaint = Interaction.objects.get(key="KL-1")
    ended = Interaction.objects.get(key=f"{complaint.key}#closed")
    lost = {f"i{complaint.key_hash}", f"i{ended.key_hash}"}
    assert _anywhere(settings.HOME, COMPLAINT)
    done = _erase(pipeline.Part("entry", ended.pk), hers)
    assert done.kind == Erasure.PART and done.receipt and not done.subject and not done.part
    assert done.counts["timeline_interaction"] == 2
    for again in (False, True):
        if again:
            report = pipeline.import_paths(SYSTEM, [house])
            assert report.counts["rows_suppressed"] == 1
        _gone(settings.HOME, COMPLAINT, "excuses en nalevering")
        assert _said() == {k: v for k, v in before.items() if k not in lost}
        assert Profile.objects.get(data__email=KLAARTJE).pk == hers
    if kept is not None:
        backup.restore(
            kept.path, force=True, afterwards=lambda: pipeline.erase_again(SYSTEM) and None
        )
        _gone(settings.HOME, COMPLAINT, "excuses en nalevering")
        assert _said() == {k: v for k, v in before.items() if k not in lost}
        assert Erasure.objects.get(kind=Erasure.AGAIN).state == Erasure.DONE


def test_a_mail_goes_with_its_attachment(house: Path, settings: Settings) -> None:
    hers = _hers()
    mail = Interaction.objects.get(subject=MAIL)
    paper = Document.objects.get(interaction_key=mail.key_hash)
    kept = settings.HOME / "files" / paper.sha256[:2] / paper.sha256
    assert kept.exists()
    told = pipeline.preview_part(SYSTEM, hers, pipeline.Part("entry", mail.pk))
    assert told.counts["timeline_document"] == 1 and told.others == 0
    assert Interaction.objects.filter(pk=mail.pk).exists() and kept.exists()
    _erase(pipeline.Part("entry", mail.pk), hers)
    pipeline.import_paths(SYSTEM, [house])
    assert not Document.objects.filter(key_hash=paper.key_hash).exists() and not kept.exists()
    _gone(settings.HOME, "Ik wacht al een week op mijn accu")
    assert Interaction.objects.filter(subject="Mijn factuur").exists()


def test_only_the_attachment(house: Path, settings: Settings) -> None:
    paper = Document.objects.get(name="bon.html")
    _erase(pipeline.Part("document", paper.pk), _hers())
    pipeline.import_paths(SYSTEM, [house])
    assert not Document.objects.filter(name="bon.html").exists()
    assert Interaction.objects.filter(subject=MAIL).exists()


def test_an_order_with_its_lines(house: Path, settings: Settings) -> None:
    hers = _hers()
    order = Interaction.objects.get(kind="order", key="20418")
    lines = OrderLine.objects.count()
    done = _erase(pipeline.Part("entry", order.pk), hers)
    assert done.counts["timeline_orderline"] == 2 and OrderLine.objects.count() == lines - 2
    report = pipeline.import_paths(SYSTEM, [house])
    assert report.counts["rows_suppressed"] == 2
    assert not Interaction.objects.filter(key="20418").exists()
    assert OrderLine.objects.count() == lines - 2


def _moved(folder: Path, street: str, number: str, postcode: str) -> Path:
    """The same customer list, in which she lives somewhere else."""
    folder.mkdir()
    with (folder / "crm.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("Klantnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "Straat",
                         "Huisnummer", "Postcode", "Plaats", "E-mail", "Telefoon",
                         "Geboortedatum", "IBAN", "Nieuwsbrief", "Bellen"))  # fmt: skip
        for person in files.PEOPLE:
            row = list(person)
            if person[8] == KLAARTJE:
                row[4:8] = [street, number, postcode, "Zeist"]
            writer.writerow(row)
    return folder


def test_one_old_address(house: Path, settings: Settings, tmp_path: Path) -> None:
    old = _moved(tmp_path / "old", "Vergeetmijnietjesdreef", "88", "3703 ZX")
    pipeline.import_paths(SYSTEM, [old])
    pipeline.import_paths(SYSTEM, [house])
    hers = _hers()
    version = RecordVersion.objects.get(data__postcode="3703 ZX")
    assert _anywhere(settings.HOME, "Vergeetmijnietjesdreef")
    before = _said()
    kept = backup.make(tmp_path / "before.tar.gz") if connection.vendor == "sqlite" else None
    part = pipeline.Part("value", version.pk, "address")
    done = _erase(part, hers)
    assert done.counts["core_recordversion"] == 1
    _gone(settings.HOME, "Vergeetmijnietjesdreef", "3703 ZX")
    assert _said() == before, "what holds now is untouched"
    # The old file comes again: everything else of it is as it was, without the address.
    pipeline.import_paths(SYSTEM, [old])
    _gone(settings.HOME, "Vergeetmijnietjesdreef", "3703 ZX")
    assert Record.objects.get(key="K-1001", source__key="crm").data["first_name"] == "Klaartje"
    pipeline.import_paths(SYSTEM, [house])
    assert {k: v for k, v in _said().items() if k[0] == "r"} == {
        k: v for k, v in before.items() if k[0] == "r"
    }
    if kept is not None:
        backup.restore(
            kept.path, force=True, afterwards=lambda: pipeline.erase_again(SYSTEM) and None
        )
        _gone(settings.HOME, "Vergeetmijnietjesdreef", "3703 ZX")
        assert _said() == before
    with pytest.raises(NothingToErase):
        pipeline.ask_part(SYSTEM, hers, part)


def test_the_address_that_holds_leaves_the_other_who_lives_there(
    house: Path, settings: Settings
) -> None:
    hers = _hers()
    record = Record.objects.get(key="K-1001", source__key="crm")
    version = RecordVersion.objects.get(record=record, seq=record.seq)
    _erase(pipeline.Part("value", version.pk, "address"), hers)
    assert "postcode" not in Record.objects.get(pk=record.pk).data
    assert "postcode" not in Profile.objects.get(data__email=KLAARTJE).data
    his = Profile.objects.get(data__email="bas.vdheuvel@example.nl")
    assert his.data["postcode"] == "3512 AB"
    report = pipeline.import_paths(SYSTEM, [house])
    assert report.counts["rows_stored"] == 0, "it is known again, without its address"
    assert "postcode" not in Record.objects.get(pk=record.pk).data


def test_a_mended_row_does_not_come_back_as_a_wrong_one(house: Path, settings: Settings) -> None:
    waiting = Quarantined.objects.get(values__Klachtnummer="KL-3")
    pipeline.mend_row(SYSTEM, waiting, {"Datum melding": files.day(2)})
    pipeline.retry_rows(SYSTEM, [waiting])
    pipeline.settle(SYSTEM)
    case = Interaction.objects.get(key="KL-3")
    owner = Membership.objects.get(record_id=case.record_id).customer_id
    done = _erase(pipeline.Part("entry", case.pk), owner)
    assert done.counts["sources_quarantined"] == 1
    assert not Quarantined.objects.filter(pk=waiting.pk).exists()
    report = pipeline.import_paths(SYSTEM, [house])
    assert report.counts["rows_suppressed"] == 1
    assert not Quarantined.objects.filter(values__Klachtnummer="KL-3").exists()
    assert Quarantined.objects.filter(values__Klachtnummer="KL-4").exists()


def test_somebody_elses_and_the_whole_of_it(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    mine, other = record({"email": "a@example.com"}), record({"email": "b@example.com"})
    hers, his = customer(mine), customer(other)
    mail = happened(mine, "mail", subject="Over ons beiden, voor altijd")
    took_part(mail, other)
    assert pipeline.preview_part(SYSTEM, hers, pipeline.Part("entry", mail)).others == 1
    assert pipeline.preview_part(SYSTEM, his, pipeline.Part("entry", mail)).others == 1
    alone = happened(mine, "mail", subject="Alleen van mij")
    for part in (pipeline.Part("entry", alone), pipeline.Part("entry", 0), pipeline.Part("x", 1)):
        with pytest.raises(NothingToErase):
            pipeline.preview_part(SYSTEM, his, part)
    with pytest.raises(NeedsException):
        pipeline.erase_alone(
            SYSTEM, pipeline.ask_part(SYSTEM, hers, pipeline.Part("entry", alone)), ""
        )
    privacy.hold(SYSTEM, [mine], "Z-1")
    with pytest.raises(OnHold):
        pipeline.ask_part(SYSTEM, hers, pipeline.Part("entry", mail))
    waiting = Erasure.objects.get(state=Erasure.WAITING)
    with pytest.raises(OnHold):
        pipeline.erase_alone(SYSTEM, waiting, ALONE)
    assert Interaction.objects.filter(pk__in=[mail, alone]).count() == 2


def test_what_a_source_knows_somebody_by_goes_with_the_whole_only(
    settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    held = record({"email": "a@example.com", "surname": "Zandloper"})
    Record.objects.filter(pk=held).update(key="email:a@example.com")
    version = RecordVersion.objects.get(record=held)
    hers = customer(held)
    with pytest.raises(NothingToErase):
        pipeline.preview_part(SYSTEM, hers, pipeline.Part("value", version.pk, "email"))
    assert pipeline.preview_part(SYSTEM, hers, pipeline.Part("value", version.pk, "name")).counts


def test_killed_after_it_was_agreed_to(
    house: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = Interaction.objects.get(subject=MAIL)
    asked = pipeline.ask_part(SYSTEM, _hers(), pipeline.Part("entry", mail.pk))
    begun = part_erasing.begin_part(SYSTEM, asked, ALONE)
    assert begun.state == Erasure.RUNNING and not Interaction.objects.filter(pk=mail.pk).exists()
    (erasing.folder() / f"{begun.number}.work").unlink()
    assert "accu" not in str(begun.part), "what is looked for is sealed"
    # What an import that ran meanwhile left is looked for all the same.
    (settings.HOME / "left.txt").write_text("Ik wacht al een week op mijn accu.", encoding="utf-8")
    with pytest.raises(StillFound, match="left"):
        pipeline.resume_erasures(SYSTEM)
    (settings.HOME / "left.txt").unlink()
    assert pipeline.resume_erasures(SYSTEM) == 1
    begun.refresh_from_db()
    assert begun.state == Erasure.DONE and not begun.part
    _gone(settings.HOME, "Ik wacht al een week op mijn accu")


def test_what_cannot_be_looked_for_is_not_called_done(house: Path) -> None:
    hers = _hers()
    begun = []
    for mark in ({"subject": MAIL}, {"key": "KL-1"}):
        part = pipeline.Part("entry", Interaction.objects.get(**mark).pk)
        asked = pipeline.ask_part(SYSTEM, hers, part)
        begun.append(part_erasing.begin_part(SYSTEM, asked, ALONE))
    lost, other = begun
    (erasing.folder() / f"{lost.number}.work").unlink()
    Erasure.objects.filter(pk=lost.pk).update(part={})
    with pytest.raises(WorkLost, match=f"{lost.number}.work is gone"):
        pipeline.resume_erasures(SYSTEM)
    states = dict(Erasure.objects.values_list("number", "state"))
    assert states == {lost.number: Erasure.RUNNING, other.number: Erasure.DONE}


# What the shop's own systems are called by somebody who exports them once more.
OTHER_NAMES = {"klachten.csv": "servicedesk_archief.csv", "webshop.csv": "oude_kassa.csv",
               "service.mbox": "postbus.mbox"}  # fmt: skip


def _renamed(house: Path, folder: Path) -> Path:
    """The same files, each under the name of another source."""
    folder.mkdir()
    for path in sorted(house.iterdir()):
        other = OTHER_NAMES.get(path.name)
        if other:
            (folder / other).write_bytes(path.read_bytes())
    assert len(list(folder.iterdir())) > 1
    return folder


def test_under_the_name_of_another_source_it_stays_out_too(
    house: Path, settings: Settings, tmp_path: Path
) -> None:
    hers = _hers()
    complaint = Interaction.objects.get(key="KL-1")
    order = Interaction.objects.get(kind="order", key="20418")
    mail = Interaction.objects.get(subject=MAIL)
    before = {kind: Interaction.objects.filter(kind=kind).count() for kind in ("order", "mail")}
    for one in (complaint, order, mail):
        _erase(pipeline.Part("entry", one.pk), hers)
    report = pipeline.import_paths(SYSTEM, [_renamed(house, tmp_path / "other")])
    assert report.counts["rows_suppressed"] == 4, "the complaint, two lines and the mail"
    _gone(settings.HOME, COMPLAINT, "excuses en nalevering", "Ik wacht al een week op mijn accu")
    assert not Interaction.objects.filter(key__in=("KL-1", "20418")).exists()
    assert Document.objects.filter(name="bon.html").count() == 0
    # Everything else of these files came in under the other name.
    after = {kind: Interaction.objects.filter(kind=kind).count() for kind in before}
    assert after == {kind: 2 * (n - 1) for kind, n in before.items()}


def test_what_others_had_and_what_else_she_said_that_day_comes_in(
    house: Path, settings: Settings, tmp_path: Path
) -> None:
    complaint = Interaction.objects.get(key="KL-1")
    _erase(pipeline.Part("entry", complaint.pk), _hers())
    other = tmp_path / "other"
    other.mkdir()
    with (house / "klachten.csv").open(encoding="utf-8", newline="") as file:
        header, first, *_ = list(csv.reader(file, delimiter=";"))
    his = ["KL-8", "K-1003", "Øyvind Ænes", "oyvind@example.org", *first[4:]]
    hers = ["KL-9", *first[1:5], "De lamp knippert", *first[6:]]
    with (other / "servicedesk.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, first, his, hers])
    report = pipeline.import_paths(SYSTEM, [other])
    assert report.counts["rows_suppressed"] == 1
    told = Interaction.objects.filter(delivery__source__key="servicedesk", kind="service")
    assert {i.key: i.details["body"] for i in told} == {
        "KL-8": COMPLAINT, "KL-9": "De lamp knippert"
    }  # fmt: skip


def test_what_two_sources_told_goes_from_both(
    house: Path, settings: Settings, tmp_path: Path
) -> None:
    pipeline.import_paths(SYSTEM, [_renamed(house, tmp_path / "other")])
    assert Interaction.objects.filter(key="KL-1").count() == 2
    one = Interaction.objects.filter(key="KL-1").first()
    assert one is not None
    done = _erase(pipeline.Part("entry", one.pk), _hers())
    assert done.counts["timeline_interaction"] == 4
    _gone(settings.HOME, COMPLAINT, "excuses en nalevering")


LETTERS = """source: brieven
tables:
  - table: brieven
    holds: documents
    unmapped: report
    columns:
      Bestand: {role: file_name}
      E-mail: {role: email}
      Datum: {role: document_at, format: ymd}
      Tekst: {role: text}
      Antwoord op: {role: in_reply_to}
"""


def test_an_erased_answer_is_counted_as_left_out(house: Path, tmp_path: Path) -> None:
    path = tmp_path / "brieven.csv"
    path.write_text(
        "Bestand;E-mail;Datum;Tekst;Antwoord op\n"
        f"antwoord.txt;{KLAARTJE};2026-03-01;Uw accu komt deze week nog naar u toe;<1@example.nl>\n"
        f"bijlage.txt;{KLAARTJE};2026-03-02;Dit is de bon van de nieuwe accu;<1@example.nl>\n"
        f"brief.txt;{KLAARTJE};2026-03-03;Een brief die alleen staat;\n",
        encoding="utf-8",
    )
    letters = Mapping.load(LETTERS)
    first = pipeline.import_paths(SYSTEM, [path], mapping=letters).counts
    assert first["rows_stored"] == first["rows_read"] == 3
    paper = Document.objects.get(name="antwoord.txt")
    _erase(pipeline.Part("document", paper.pk), _hers())
    # What else it brings makes it another file than the one of before.
    with path.open("a", encoding="utf-8") as file:
        file.write(f"nog.txt;{KLAARTJE};2026-03-04;En nog een losse brief;\n")
    again = pipeline.import_paths(SYSTEM, [path], mapping=letters).counts
    told = {name: again[f"rows_{name}"] for name in ("stored", "unchanged", "suppressed")}
    assert told == {"stored": 1, "unchanged": 2, "suppressed": 1}
