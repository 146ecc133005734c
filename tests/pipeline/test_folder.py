"""A folder of exports: in, mended, again, changed, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from klantbeeld.core.models import Delivery, Record, RecordVersion
from klantbeeld.pipeline.actions import retry_rows
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.sources.actions import mend_row
from klantbeeld.sources.models import Quarantined
from klantbeeld.timeline.models import Document, Interaction, Participation
from tests.pipeline import dump, folder
from tests.pipeline.conftest import ACTOR

Bring = Callable[..., ImportReport]
Undo = Callable[[int], int]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "exports")


def interaction(source: str, key: str) -> Interaction:
    deliveries = Delivery.objects.filter(source__key=source)
    return Interaction.objects.get(key=key, delivery__in=deliveries)


def reasons() -> dict[int, Mapping[str, str]]:
    return dict(Quarantined.objects.filter(state="open").values_list("row", "reasons"))


def mend(row: int, **values: str) -> dict[str, int]:
    lying = Quarantined.objects.get(row=row, state="open")
    mend_row(ACTOR, lying, values)
    return retry_rows(ACTOR, [lying])


def test_everything_is_read(bring: Bring, exports: Path) -> None:
    report = bring(exports)
    assert not report.unreadable
    dump.assert_accounted()
    told = {t.name: t.holds for t in report.tables}
    assert told == {
        "klanten": "customers", "bestellingen": "orders", "Klachten": "cases",
        "Offertes": "quotes", "website": "events", "postvak": "messages",
    }  # fmt: skip
    renee = Record.objects.get(source__key="klanten", key="1001")
    assert (renee.data["first_name"], renee.data["city"]) == ("Renée", "Überdorp")
    assert renee.data["birth_date"] == "1980-04-03"
    assert interaction("bestellingen", "B-2").amount_minor == 125_000
    assert interaction("service", "K1").kind in {"complaint", "service"}
    assert interaction("service", "Q1").amount_minor == 149_995
    assert len(dump.partition()["klanten:1001"]) > 1


def test_bad_rows_lie_in_quarantine_with_their_reason(bring: Bring, exports: Path) -> None:
    report = bring(exports)
    assert report.counts["rows_quarantined"] == 4
    found = list(Quarantined.objects.filter(table="bestellingen").order_by("row"))
    assert [q.row for q in found] == [7, 8, 9]
    assert found[0].reasons == {"ordered_at": "impossible_date"}
    assert list(found[1].reasons) == ["order_amount"]
    assert list(found[2].reasons) == [""]
    assert "wat" in str(found[2].values)
    (nobody,) = Quarantined.objects.filter(table="website")
    assert nobody.reasons == {"": "no_subject"}
    assert nobody.values["id"] == "e-4"


def test_mended_rows_are_stored(bring: Bring, exports: Path) -> None:
    bring(exports)
    assert mend(7, Besteldatum="28-02-2026") == {"stored": 1, "quarantined": 0}
    assert mend(8, Bedrag="niets") == {"stored": 0, "quarantined": 1}
    assert mend(8, Bedrag="€ 99,00") == {"stored": 1, "quarantined": 0}
    ragged = {
        "Bestelnummer": "B-9", "Klantnummer": "1003", "Besteldatum": "23-05-2026",
        "Bedrag": "€ 15,00", "Betaalwijze": "iDEAL",
    }  # fmt: skip
    assert mend(9, **ragged) == {"stored": 1, "quarantined": 0}
    assert interaction("bestellingen", "B-6").amount_minor == 6_000
    assert interaction("bestellingen", "B-7").amount_minor == 9_900
    assert interaction("bestellingen", "B-9").amount_minor == 1_500
    delivery = Delivery.objects.get(source__key="bestellingen")
    assert (delivery.rows_read, delivery.rows_stored, delivery.rows_quarantined) == (8, 8, 0)
    dump.assert_accounted()


def test_the_same_folder_again_changes_nothing(bring: Bring, exports: Path) -> None:
    bring(exports)
    mend(7, Besteldatum="28-02-2026")
    before = dump.content()
    again = bring(exports)
    assert again.counts["rows_stored"] == 0
    assert again.counts["rows_quarantined"] == 3
    assert again.counts["rows_unchanged"] == again.counts["rows_read"] - 3
    dump.assert_accounted()
    dump.assert_same(dump.content(), before)


def test_one_file_of_the_folder_again_changes_nothing(bring: Bring, exports: Path) -> None:
    """What the other files told about it is remembered: whose customer numbers it uses."""
    bring(exports)
    before = dump.content()
    for name in ("service.xlsx", "bestellingen.csv", "website.jsonl", "postvak.mbox"):
        again = bring(exports / name)
        assert again.counts["rows_stored"] == 0, name
        dump.assert_same(dump.content(), before)


def test_a_changed_file_makes_new_versions(bring: Bring, exports: Path) -> None:
    bring(exports)
    klanten = exports / "klanten.csv"
    changed = klanten.read_bytes().replace(b"Dorpsstraat;14", b"Nieuwstraat;8")
    klanten.write_bytes(changed)
    folder.workbook(exports / "service.xlsx", "Geld terug")
    report = bring(exports)
    assert report.counts["rows_stored"] == 2
    jose = Record.objects.get(source__key="klanten", key="1002")
    assert (jose.seq, jose.data["street"]) == (2, "Nieuwstraat")
    versions = RecordVersion.objects.filter(record=jose).order_by("seq")
    assert [v.data["street"] for v in versions] == ["Dorpsstraat", "Nieuwstraat"]
    assert "Geld terug" in str(dump.content()["interactions"])
    assert "Nieuwe band gestuurd" not in str(dump.content()["interactions"])


def test_a_delivery_undone_leaves_no_trace(bring: Bring, undo: Undo, exports: Path) -> None:
    empty = dump.content()
    bring(exports)
    before = dump.content()
    mend(7, Besteldatum="28-02-2026")
    mended = dump.content()
    klanten = exports / "klanten.csv"
    klanten.write_bytes(klanten.read_bytes().replace(b"Kade;5", b"Kade;55"))
    second = bring(exports)
    assert dump.content() != mended
    for delivery in second.deliveries:
        undo(delivery)
    dump.assert_same(dump.content(), mended)
    for loaded in Delivery.objects.filter(state=Delivery.LOADED).order_by("-pk"):
        undo(loaded.pk)
    dump.assert_same(dump.content(), empty)
    assert before["files"]


def test_undoing_the_first_of_two_equal_deliveries(bring: Bring, undo: Undo, exports: Path) -> None:
    first = bring(exports)
    mend(7, Besteldatum="28-02-2026")
    before = dump.content()
    bring(exports)
    for delivery in first.deliveries:
        undo(delivery)
    dump.assert_same(dump.content(), before)
    dump.assert_accounted()


def test_a_mail_to_three_has_three_participants(bring: Bring, exports: Path) -> None:
    bring(exports)
    sent = interaction("postvak", "<m1@winkel.example.nl>")
    others = Participation.objects.filter(interaction=sent).values_list("record__key", flat=True)
    owner = Record.objects.get(pk=sent.record_id).key
    keys = {owner, *others}
    assert keys == {"email:renee@example.nl", "email:jose@example.nl", "email:buurman@example.org"}
    assert (sent.direction, interaction("postvak", "<m0@winkel.example.nl>").direction) == (
        "out", "in",
    )  # fmt: skip


def test_an_attachment_is_a_document_with_its_bytes(bring: Bring, exports: Path) -> None:
    from klantbeeld.core import files

    bring(exports)
    (document,) = Document.objects.all()
    complaint = interaction("postvak", "<m2@winkel.example.nl>")
    assert (document.name, document.interaction_key) == ("bon.pdf", complaint.key_hash)
    assert files.read(document.sha256) == folder.LETTER
