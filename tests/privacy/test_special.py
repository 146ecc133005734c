"""Grounds, judgements and sealed originals: recorded by whom, read by whom, gone when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.core import audit, sealing
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import AuditEntry, Record, Source
from klantbeeld.privacy import actions, reads, special_resealing
from klantbeeld.privacy.models import SpecialColumn, SpecialOriginal
from klantbeeld.privacy.special_rules import TREATMENTS, Ground, treatment_of
from klantbeeld.privacy.tables import Original
from klantbeeld.quality.tables import Kind
from klantbeeld.sources.actions import open_entry

pytestmark = pytest.mark.django_db(transaction=True)
MACHINE = system_actor("job")
OFFICER = Actor("Petra Privacy", "privacy", purpose="privacy")
SERVICE = Actor("Sem Service", "service")
DAY = 86_400_000_000


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def record() -> int:
    source = Source.objects.create(key="crm", name="Crm", created_at=now_us())
    made = Record.objects.create(
        id=1, source=source, key="K-1", kind="person", updated_at=1, created_at=1, data={}
    )
    return int(made.pk)


def kept(record: int, *texts: str, treatment: str = "mask") -> list[SpecialOriginal]:
    from django.db import transaction

    delivery = open_entry(MACHINE, "note", 1)
    originals = [Original(record, "", "note", 0, ("health",), treatment, text) for text in texts]
    with transaction.atomic():
        actions.keep_originals(MACHINE, delivery, originals)
    return list(SpecialOriginal.objects.order_by("pk"))


def test_every_kind_has_its_treatment_with_the_law_and_its_day() -> None:
    assert set(TREATMENTS) == {k.value for k in Kind}
    for rule in TREATMENTS.values():
        assert rule.law or rule.default == "allow"
        assert len(rule.since) == len("2018-05-25")
    assert TREATMENTS["card"].ground == "block"


@pytest.mark.parametrize(
    ("ground", "done"),
    [
        (Ground("bsn", ""), "apart"), (Ground("bsn", "crm"), "apart"),
        (Ground("bsn", "crm", "2026-11-22"), "apart"), (Ground("bsn", "crm", "2026-11-21"), "block"),
        (Ground("bsn", "shop"), "block"), (Ground("health", ""), "block"),
    ],
)  # fmt: skip
def test_a_ground_holds_for_its_kind_its_source_and_its_time(ground: Ground, done: str) -> None:
    assert treatment_of("bsn", "crm", [ground], "2026-11-22") == done


def test_a_ground_is_recorded_by_somebody_and_withdrawn() -> None:
    made = actions.record_ground(
        OFFICER, "bsn", "Wet X art. 1", "loonaangifte", "crm", "2099-01-01"
    )
    assert actions.special_plan(MACHINE, "crm").treatments["bsn"] == "apart"
    assert actions.special_plan(MACHINE, "webshop").treatments["bsn"] == "block"
    (line,) = reads.special_grounds(OFFICER)
    assert (line.by, line.law, line.until) == ("Petra Privacy", "Wet X art. 1", "2099-01-01")
    actions.withdraw_ground(OFFICER, made.pk)
    assert actions.special_plan(MACHINE, "crm").treatments["bsn"] == "block"
    done = list(AuditEntry.objects.order_by("pk").values_list("action", "actor"))
    assert done == [("record_ground", "Petra Privacy"), ("withdraw_ground", "Petra Privacy")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "card"}, "kind"), ({"kind": "iban"}, "kind"), ({"kind": "shoes"}, "kind"),
        ({"law": " "}, "law"), ({"purpose": ""}, "purpose"), ({"until": "2020-01-01"}, "until"),
    ],
)  # fmt: skip
def test_a_ground_that_lacks_something_is_none(wrong: dict[str, str], field: str) -> None:
    told = {"kind": "bsn", "law": "Wet X", "purpose": "loon", **wrong}
    with pytest.raises(actions.BadGround) as error:
        actions.record_ground(OFFICER, **told)
    assert error.value.field == field


def test_a_judgement_needs_its_reason_and_can_be_taken_back() -> None:
    with pytest.raises(actions.BadGround):
        actions.judge_column(OFFICER, "crm", "Nr", "bsn", " ")
    actions.judge_column(OFFICER, "crm", "Nr", "bsn", "onze eigen nummers")
    assert ("Nr", "bsn") in actions.special_plan(MACHINE, "crm").cleared
    actions.forget_judgement(OFFICER, SpecialColumn.objects.get().pk)
    assert not actions.special_plan(MACHINE, "crm").cleared


def test_only_the_privacy_officer_reads_and_that_is_written_down(record: int) -> None:
    (one,) = kept(record, "heeft epilepsie")
    assert b"epilepsie" not in bytes(one.sealed)
    for actor in (MACHINE, SERVICE):
        with pytest.raises(NotAllowed):
            actions.read_original(actor, one.pk, "zomaar")
    with pytest.raises(actions.BadGround):
        actions.read_original(OFFICER, one.pk, "")
    assert actions.read_original(OFFICER, one.pk, "klacht") == "heeft epilepsie"
    read = AuditEntry.objects.filter(action="read_special")
    assert [(e.actor, e.subject_type, e.subject_id) for e in read] == [
        ("Petra Privacy", "record", record)
    ]
    assert audit.first_broken() is None


def test_an_original_that_was_moved_to_another_row_does_not_open(record: int) -> None:
    first, second = kept(record, "een", "twee")
    SpecialOriginal.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(sealing.CannotOpen):
        actions.read_original(OFFICER, first.pk, "klacht")


def test_the_same_text_is_kept_once(record: int) -> None:
    kept(record, "een")
    assert len(kept(record, "een", "twee")) == 2


def test_originals_go_after_a_month_and_are_not_read_any_more_before(record: int) -> None:
    (one,) = kept(record, "een")
    assert one.until is not None
    assert 29 * DAY < one.until - now_us() <= 30 * DAY
    SpecialOriginal.objects.update(until=now_us() - 1)
    assert reads.special_originals(OFFICER) == ([], 0)
    with pytest.raises(LookupError):
        actions.read_original(OFFICER, one.pk, "klacht")
    assert actions.drop_expired(MACHINE) == 1
    assert not SpecialOriginal.objects.exists()


def test_what_is_kept_apart_stays_as_long_as_its_ground(record: int) -> None:
    ground = actions.record_ground(OFFICER, "health", "UAVG art. 30", "verzuim")
    (one,) = kept(record, "een", treatment="apart")
    assert one.until is None
    assert actions.drop_expired(MACHINE) == 0
    actions.withdraw_ground(OFFICER, ground.pk)
    actions.drop_expired(MACHINE)
    one.refresh_from_db()
    assert one.until is not None


def test_a_topic_is_off_for_one_source_with_its_ground() -> None:
    with pytest.raises(actions.BadGround):
        actions.except_source(OFFICER, "crm", "health", "", "wij verkopen rollators")
    with pytest.raises(actions.BadGround):
        actions.except_source(OFFICER, "crm", "bsn", "AVG art. 9", "x")
    with pytest.raises(NotAllowed):
        actions.except_source(SERVICE, "crm", "health", "AVG art. 9 lid 2 a", "x")
    held = actions.except_source(OFFICER, "crm", "health", "AVG art. 9 lid 2 a", "hulpmiddelen")
    assert actions.special_plan(MACHINE, "crm").treatments["health"] == "allow"
    assert actions.special_plan(MACHINE, "crm").treatments["belief"] == "mask"
    assert actions.special_plan(MACHINE, "winkel").treatments["health"] == "mask"
    assert AuditEntry.objects.filter(action="except_special").count() == 1
    actions.forget_judgement(OFFICER, held.pk)
    assert actions.special_plan(MACHINE, "crm").treatments["health"] == "mask"


def test_sealing_anew_is_gone_on_with_after_a_kill(
    record: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = kept(record, "een", "twee", "drie")
    sealing.add_key()
    monkeypatch.setattr(special_resealing, "PART", 1)

    def killed(done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.reseal_originals(OFFICER, killed)
    assert [sealing.is_current(bytes(o.sealed)) for o in SpecialOriginal.objects.order_by("pk")] == [
        True, True, False,
    ]  # fmt: skip
    assert actions.reseal_originals(OFFICER, lambda done: None) == (1, 0)
    sealing.drop_old_keys()
    told = [actions.read_original(OFFICER, o.pk, "proef") for o in (first, second, third)]
    assert told == ["een", "twee", "drie"]
    assert len(kept(record, "een", "twee", "drie")) == 3
