"""Files on their way in: steps and their order, mending, answers, failures, and being forgotten."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.core import sealing
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Customer, Record, RecordVersion, Source
from klantbeeld.core.transitions import INTAKE, ForbiddenTransition
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import intake as steps
from klantbeeld.pipeline import intake_files, looking, probing
from klantbeeld.pipeline.actions import (
    Part,
    TableChoice,
    answer,
    ask_part,
    begin_intake,
    choose_columns,
    drop_intake,
    erase_alone,
    erase_customer,
    export_customer,
    go_on,
    mend_cells,
    undo_intake,
)
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.plan import saved_mapping
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.profiles.models import Profile
from klantbeeld.timeline.models import Interaction
from tests.pipeline.conftest import ACTOR
from tests.pipeline.dump import assert_same, content

PEOPLE = """Klantnr;Voornaam;Achternaam;Postcode;E-mail;Geb.dat.;Nieuwsbrief;Schoenmaat
K-001;Fien;Zandloper;3511 AB;fien@example.com;01-02-1980;ja;38
K-002;Bas;Wit;3511 AC;bas.example.com;30-01-1975;nee;44
K-003;Truus;Testers;6511 AA;truus@example.nl;31-02-1950;;40
"""
ORDERS = """Bestelnummer;Klantnr;Besteldatum;Bedrag
1001;K-001;03-05-2026;12,50
1002;K-003;04-05-2026;tachtig
"""
Begin = Callable[..., Intake]


@pytest.fixture
def begin(house: Path, settings: Any) -> Begin:
    """Adds texts as files; what is asked of the worker is done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def run(**named: str) -> Intake:
        made = begin_intake(ACTOR, [(f"{n}.csv", [t.encode()]) for n, t in named.items()])
        made.refresh_from_db()
        return made

    return run


def step(made: Intake, state: str) -> Intake:
    """Go on, and look at what it came to."""
    go_on(ACTOR, made, state)
    made.refresh_from_db()
    return made


def loaded(made: Intake) -> Intake:
    """Tried and loaded."""
    step(made, Intake.TRYING)
    return step(made, Intake.LOADING)


def test_every_state_can_be_reached_and_left() -> None:
    assert INTAKE.states == {state for state, _ in Intake.STATES}
    ends = {state for state, after in INTAKE.steps.items() if not after}
    assert ends == {Intake.DROPPED, Intake.UNDONE}


def test_what_is_recognised_is_shown_with_values(begin: Begin) -> None:
    made = begin(klanten=PEOPLE)
    (table,) = looking.tables(made)
    assert (table.holds, table.rows, table.recognised, len(table.columns)) == ("customers", 3, 7, 8)
    number, *_, size = table.columns
    assert (number.role, number.samples) == ("customer_number", ("K-001", "K-002", "K-003"))
    assert size.role == ""
    wrong = {(cell.row, cell.column): cell.reason for cell in looking.wrong_cells(made)}
    assert wrong[3, "E-mail"] == "no_at_sign"
    assert wrong[4, "Geb.dat."] == "impossible_date"


def test_columns_are_chosen_and_kept_for_the_next_file(begin: Begin) -> None:
    made = begin(klanten=PEOPLE)
    roles = {"Schoenmaat": "keep", "Nieuwsbrief": ""}
    choose_columns(ACTOR, made, [TableChoice(0, "customers", roles)])
    loaded(made)
    assert made.state == Intake.LOADED
    assert Record.objects.get(key="K-001").data["schoenmaat"] == "38"
    assert not ConsentEntry.objects.exists()
    saved = saved_mapping("klanten")
    assert saved is not None
    assert saved.tables[0]["Schoenmaat"].role == "keep"
    (again,) = looking.tables(begin(klanten=PEOPLE))
    assert {c.column: c.role for c in again.columns}["Nieuwsbrief"] == "ignore"


def test_two_columns_are_not_one_thing(begin: Begin) -> None:
    made = begin(klanten=PEOPLE)
    with pytest.raises(looking.DoubleRole):
        choose_columns(ACTOR, made, [TableChoice(0, "", {"Schoenmaat": "email"})])


def test_a_mended_cell_is_what_is_loaded(begin: Begin) -> None:
    made = begin(klanten=PEOPLE, orders=ORDERS)
    mend_cells(ACTOR, made, [(0, 3, "E-mail", "bas@example.com"), (0, 9, "Nergens", "x")])
    assert not [c for c in looking.wrong_cells(made) if c.column == "E-mail"]
    step(made, Intake.TRYING)
    assert made.trial["unusable"] == 1
    (row,) = looking.unusable_rows(made)
    assert (row.table, row.row, row.reasons) == (1, 3, {"order_amount": "not_a_number"})
    mend_cells(ACTOR, made, [(1, 3, "Bedrag", "80,00")])
    loaded(made)
    assert made.trial["unusable"] == 0
    assert made.result["rows"]["rows_quarantined"] == 0
    assert Record.objects.get(key="K-002").data["email"] == "bas@example.com"
    assert Profile.objects.filter(revenue_minor=8000).count() == 1
    assert made.edits == {}


def test_a_reason_is_noted_for_whom_nothing_is_known_and_goes_with_the_delivery(
    begin: Begin,
) -> None:
    loaded(begin(oud=PEOPLE.replace("K-00", "Z-90")))
    before = content()
    made = begin(klanten=PEOPLE)
    told = {"contact": "reason", "channels": ["email", "post"], "reason": "beurs", "basis": ""}
    answer(ACTOR, made, {"klanten": {**told, "basis": Source.CONTRACT}})
    loaded(made)
    said = ConsentEntry.objects.filter(record__source__key="klanten")
    reasoned = set(said.filter(method="reasoned").values_list("record__key", "channel", "evidence"))
    assert reasoned == {
        ("K-001", "post", "beurs"), ("K-002", "post", "beurs"), ("K-003", "post", "beurs"),
        ("K-003", "email", "beurs"),
    }  # fmt: skip
    assert said.get(record__key="K-002", channel="email").state == "denied"
    assert Source.objects.get(key="klanten").basis == Source.CONTRACT
    undo_intake(ACTOR, made)
    assert not ConsentEntry.objects.filter(method="reasoned").exists()
    assert_same(content(), before)


def test_files_are_removed_once_they_are_loaded_or_dropped(begin: Begin, house: Path) -> None:
    made, other = begin(klanten=PEOPLE), begin(orders=ORDERS)
    assert len(list((house / "intake").iterdir())) == 2
    loaded(made)
    drop_intake(ACTOR, other)
    assert list((house / "intake").iterdir()) == []
    assert (other.files, other.mappings) == ([], [])


def test_what_nobody_went_on_with_goes_after_a_week(begin: Begin, house: Path) -> None:
    made = begin(klanten=PEOPLE)
    Intake.objects.filter(pk=made.pk).update(changed_at=1)
    assert steps.drop_stale() == 1
    made.refresh_from_db()
    assert made.state == Intake.DROPPED
    assert list((house / "intake").iterdir()) == []


def test_files_that_cannot_be_kept_leave_nothing(begin: Begin, house: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"Klantnr;Naam\n"
        raise OSError("the connection was closed")

    with pytest.raises(OSError, match="closed"):
        begin_intake(ACTOR, [("klanten.csv", torn())])
    assert list((house / "intake").iterdir()) == []


def test_a_folder_that_a_crash_left_goes_after_a_day(begin: Begin, house: Path) -> None:
    made = begin(klanten=PEOPLE)
    left, fresh = house / "intake" / "left", house / "intake" / "fresh"
    for folder in (left, fresh, house / "intake" / made.token):
        folder.mkdir(exist_ok=True)
        os.utime(folder, (1, 1) if folder != fresh else None)
    steps.drop_stale()
    assert {f.name for f in (house / "intake").iterdir()} == {"fresh", made.token}


@pytest.mark.parametrize("name", ["客" * 120 + ".csv", "x" * 400 + ".csv", "../../é.csv", ""])
def test_a_file_may_be_called_anything(begin: Begin, house: Path, name: str) -> None:
    made = begin_intake(ACTOR, [(name, [PEOPLE.encode()])])
    (kept,) = intake_files.files_of(made.token)
    assert b"".join(sealing.opened_file(kept)).decode() == PEOPLE
    assert PEOPLE[:20].encode() not in kept.read_bytes()
    assert kept.is_relative_to(house / "intake" / made.token)


@pytest.mark.django_db(transaction=True)
def test_erasing_somebody_forgets_files_that_tell_of_them(begin: Begin, house: Path) -> None:
    loaded(begin(klanten=PEOPLE))
    waiting, other = begin(lijst=PEOPLE), begin(orders=ORDERS.replace("K-001", "Q-777"))
    fien = Profile.objects.get(name__startswith="Fien").customer_id
    assert "lijst.csv" in str(export_customer(ACTOR, fien)["coming_in"])
    erase_customer(ACTOR, fien, alone="Nobody else works here")
    waiting.refresh_from_db()
    other.refresh_from_db()
    assert waiting.state == Intake.DROPPED
    assert other.state == Intake.READY
    held = b"".join(p.read_bytes() for p in (house / "intake").rglob("*") if p.is_file())
    assert b"fien@example.com" not in held
    assert not Customer.objects.filter(pk=fien, anchor__isnull=False).exists()


HEAD = "Nr;Voornaam;Achternaam;Postcode;Plaats;Mobiel\n"
PLAIN = "1;Ko;Kip;6511 AB;Nijmegen;06-97000009\n2;An;Aap;6511 AC;Nijmegen;06-97000008\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "row",
    [
        "3;Fien;Zandloper;3511AB;Utrecht;\n",  # by name and postcode
        "3;F.;Z.;;;+31 6 97 00 00 01\n",  # by a number in another notation
        "3;Fien;Zandloper;3511 AB;Utrecht;;te;veel;cellen\n",  # laid on no column
    ],
)  # fmt: skip
def test_a_waiting_file_is_forgotten_by_whatever_it_tells(
    begin: Begin, house: Path, row: str
) -> None:
    loaded(begin(klanten=HEAD + "7;Fien;Zandloper;3511 AB;Utrecht;06-97000001\n" + PLAIN))
    waiting, other = begin(lijst=HEAD + PLAIN + row), begin(rest=HEAD + PLAIN)
    fien = Profile.objects.get(name__startswith="Fien").customer_id
    erase_customer(ACTOR, fien, alone="Nobody else works here")
    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, other.state) == (Intake.DROPPED, Intake.READY)
    held = b"".join(p.read_bytes() for p in (house / "intake").rglob("*") if p.is_file())
    assert b"Zandloper" not in held and b"97 00 00 01" not in held


def unread(name: str, content: bytes) -> Intake:
    """An upload that the worker did not come to yet."""
    with override_settings(
        TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    ):
        return begin_intake(ACTOR, [(name, [content])])


def packed(text: str) -> bytes:
    """A list in an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("map/lijst.csv", text)
    return made.getvalue()


FIEN_AGAIN = HEAD + PLAIN + "3;F.;Z.;;;+31 6 97 00 00 01\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lijst.csv", FIEN_AGAIN.encode()),
        ("lijst.csv", FIEN_AGAIN.encode("utf-16")),
        ("lijst.zip", packed(FIEN_AGAIN)),
        ("lijst.csv", (HEAD + PLAIN + "3;Fien;Zandloper;3511 AB;Utrecht;;te;veel\n").encode()),
        ("rest van Fien Zandloper.csv", (HEAD + PLAIN).encode()),
    ],
)  # fmt: skip
def test_an_upload_that_nobody_read_yet_is_forgotten_too(
    begin: Begin, house: Path, name: str, content: bytes
) -> None:
    loaded(begin(klanten=HEAD + "7;Fien;Zandloper;3511 AB;Utrecht;06-97000001\n" + PLAIN))
    waiting, other = unread(name, content), unread("rest.csv", (HEAD + PLAIN).encode())
    neighbour = unread(
        "lijst van Fien.csv", (HEAD + PLAIN + "4;Ans;Zandloper;3511 AB;;\n").encode()
    )
    fien = Profile.objects.get(name__startswith="Fien").customer_id
    assert [row["files"][0]["name"] for row in export_customer(ACTOR, fien)["coming_in"]] == [name]
    done = erase_customer(ACTOR, fien, alone="Nobody else works here")
    assert done.receipt["steps"]["rows_pipeline"]["counts"] == {"pipeline_intake": 1}
    assert done.receipt["steps"]["files_pipeline"]["level"] == "gone"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.files) == (Intake.DROPPED, [])
    for one in (other, neighbour):
        one.refresh_from_db()
        assert one.state == Intake.READING
    assert {f.name for f in (house / "intake").iterdir()} == {other.token, neighbour.token}
    assert not [f for f in (house / "staging").rglob("*") if f.is_file()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_damaged", [True, False])
def test_an_upload_that_nobody_can_read_holds_no_erasure_up(
    begin: Begin, house: Path, is_damaged: bool
) -> None:
    loaded(begin(klanten=HEAD + "7;Fien;Zandloper;3511 AB;Utrecht;06-97000001\n" + PLAIN))
    waiting = unread("lijst.xlsx", b"PK\x03\x04" + bytes(90))
    if not is_damaged:  # Its key is gone.
        (kept,) = intake_files.files_of(waiting.token)
        kept.write_bytes(bytes(64))
    fien = Profile.objects.get(name__startswith="Fien").customer_id
    assert erase_customer(ACTOR, fien, alone="Nobody else works here").state == "done"
    assert Intake.objects.get(pk=waiting.pk).state == Intake.READING


def test_a_step_is_taken_once(begin: Begin) -> None:
    made = begin(klanten=PEOPLE)
    twin = Intake.objects.get(pk=made.pk)
    loaded(made)
    with pytest.raises(ForbiddenTransition):
        go_on(ACTOR, twin, Intake.TRYING)
    with pytest.raises(ForbiddenTransition):
        drop_intake(ACTOR, made)


def test_what_fails_is_said_as_a_key_and_can_be_tried_again(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begin(klanten=PEOPLE)
    step(made, Intake.TRYING)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device: fien@example.com")

    with monkeypatch.context() as patch:
        patch.setattr(steps.deliver, "deliver", full)
        step(made, Intake.LOADING)
    assert (made.state, made.problem, made.failed_in) == (Intake.FAILED, "disk_full", "loading")
    assert step(made, Intake.LOADING).state == Intake.LOADED
    assert Profile.objects.count() == 3


def test_a_loading_that_was_killed_after_all_was_written_is_not_done_twice(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begin(klanten=PEOPLE, orders=ORDERS)
    step(made, Intake.TRYING)

    def killed(*_: Any) -> dict[str, Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(steps, "outcome", killed)
        with pytest.raises(KeyboardInterrupt):
            steps.move(made, Intake.LOADING)
            steps.load(made)
    made.refresh_from_db()
    assert made.state == Intake.LOADING
    steps.load(made)
    made.refresh_from_db()
    assert made.state == Intake.LOADED
    assert len(made.deliveries) == 2


def test_a_file_that_cannot_be_read_is_told(begin: Begin) -> None:
    made = begin(leeg="", klanten=PEOPLE)
    assert made.state == Intake.READY
    assert [u["path"] for u in made.unreadable] == ["leeg.csv"]
    assert len(intake_files.tables_of(made.token)) == 1


def test_only_who_may_import_may_add(begin: Begin) -> None:
    reader = Actor(name="lezer", role="readonly", interface="web")
    with pytest.raises(NotAllowed):
        begin_intake(reader, [("a.csv", [b"a;b"])])
    made = begin(klanten=PEOPLE)
    with pytest.raises(NotAllowed):
        go_on(reader, made, Intake.TRYING)


CALLS = """Zaaknummer;E-mail;Geopend op;Klacht
Z-7001;fien@example.com;03-05-2026;De mand van mijn fiets is onderweg losgeraakt
Z-7002;truus@example.nl;04-05-2026;De bel doet het niet meer sinds de reparatie
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["entry", "address"])
def test_what_waits_keeps_nothing_of_an_erased_part(begin: Begin, part: str, house: Path) -> None:
    loaded(begin(klanten=PEOPLE, zaken=CALLS))
    told, word = (CALLS, "losgeraakt") if part == "entry" else (PEOPLE, "3511 AC")
    other = "Z-7003;truus@example.nl;05-05-2026;Wanneer is de winkel weer open?\n"
    waits = begin(zaken=told) if part == "entry" else begin(klanten=told)
    stays = begin(zaken=CALLS.splitlines()[0] + "\n" + other)
    folder = intake_files.folder_of(waits.token)
    assert probing.found_in_files(folder, [word])[0]
    email = "fien@example.com" if part == "entry" else "bas.example.com"
    if part == "entry":
        hers = Profile.objects.get(data__email=email).pk
        gone = Part("entry", Interaction.objects.get(key="Z-7001").pk)
    else:
        version = RecordVersion.objects.get(data__postcode="3511 AC")
        hers = Membership.objects.get(record=version.record_id).customer_id
        gone = Part("value", version.pk, "address")
    done = erase_alone(ACTOR, ask_part(ACTOR, hers, gone), "Nobody else works here")
    waits.refresh_from_db()
    assert waits.state == Intake.DROPPED and not folder.exists()
    assert done.receipt["steps"]["out_of_sight"]["counts"]["pipeline_intake"] == 1
    stays.refresh_from_db()
    assert stays.state == Intake.READY
