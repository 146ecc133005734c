"""A log of which the beginning is cut off verifies, and only when this house cut it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core import anchors, audit, cutting, ledger, verifying
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.ledger import Look
from klantbeeld.core.models import AuditAnchor, AuditEntry, AuditValue

pytestmark = pytest.mark.django_db
ANNA = Actor("Anna", "service", "service", 7, "web")
JOB = system_actor("job")


@pytest.fixture
def log(settings: Any, tmp_path: Path) -> ledger.Book:
    """Three stretches of reads and changes, each of them signed."""
    settings.HOME = tmp_path
    ledger.close()
    for n in range(3):
        ledger.append([Look(ANNA, "read", "card", (n, n + 1)), Look(ANNA, "search", "search", ())])
        audit.record(ANNA, "change_role", ("user", n), {"to": f"role {n}"})
        anchors.settle()
    return ledger.book()


def at(place: int) -> int:
    """Just after an anchor."""
    return AuditAnchor.objects.order_by("pk")[place].at + 1


def test_what_is_over_goes_and_the_rest_verifies(log: ledger.Book) -> None:
    noted = anchors.latest()
    assert cutting.cut(JOB, at(1)) == 6
    assert log.ask('SELECT min("seq"), count(*) FROM {p}entry') == [(7, 3)]
    assert log.ask('SELECT min("seq") FROM {p}subject') == [(7,)]
    # Of the changes that went the last one stays for the next to hang on, without its values.
    assert AuditEntry.objects.filter(subject_type="user").count() == 2
    assert AuditValue.objects.filter(entry__subject_type="user").count() == 1
    assert verifying.findings(noted) == []
    # What was done is in it, what comes after hangs on it, and nothing is carried over twice.
    anchors.settle()
    rows = log.ask('SELECT "action" FROM {p}entry ORDER BY "seq"')
    assert [row[0] for row in rows] == ["card", "search", "change_role", "cut_log"]
    assert verifying.findings(noted) == []


def test_it_is_cut_again_and_to_nothing(log: ledger.Book) -> None:
    first = AuditAnchor.objects.order_by("pk")[0]
    noted = {"seq": first.seq, "hash": first.hash}
    assert cutting.cut(JOB, at(0)) == 3
    assert cutting.cut(JOB, at(0)) == 0
    assert cutting.cut(JOB, now_us()) == 6
    assert log.ask("SELECT count(*) FROM {p}entry") == [(0,)]
    assert verifying.findings(noted) == []
    ledger.append([Look(ANNA, "read", "card", (5,))])
    anchors.settle()
    assert verifying.findings(noted) == []


def test_a_great_deal_goes_in_parts(log: ledger.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", 4)
    assert cutting.cut(JOB, at(2)) == 9
    assert [one.seq for one in cutting.blocks(log)] == [3, 6, 9]
    assert verifying.findings() == []


Tamper = Callable[[ledger.Book], Any]


def _forged(log: ledger.Book) -> None:
    """What somebody without the key can do: cut further, and say that the house did."""
    seq, hash_ = log.ask('SELECT "seq", "hash" FROM {p}entry WHERE "seq" = 6')[0]
    anchor = AuditAnchor.objects.get(seq=6)
    log.ask('DELETE FROM {p}entry WHERE "seq" <= 6')
    log.ask('DELETE FROM {p}subject WHERE "seq" <= 6')
    source, source_hash = AuditEntry.objects.order_by("pk").values_list("pk", "hash")[0]
    AuditEntry.objects.filter(pk=source).delete()
    log.ask(
        "INSERT INTO {p}cut VALUES (%s, %s, %s, %s, %s, %s)",
        [seq, anchor.at, hash_, source, source_hash, anchor.signature],
    )


TAMPERINGS: dict[str, Tamper] = {
    "cut without a block": lambda log: log.ask('DELETE FROM {p}entry WHERE "seq" = 4'),
    "cut with a forged block": _forged,
    "take the block away": lambda log: log.ask("DELETE FROM {p}cut"),
    "change the block": lambda log: log.ask('UPDATE {p}cut SET "at" = "at" + 1'),
    "move the block": lambda log: log.ask('UPDATE {p}cut SET "seq" = 4'),
    "put something before it": lambda log: log.ask(
        'INSERT INTO {p}entry SELECT 1, "at", "kind", "action", "actor", "key", "role", "purpose",'
        ' "interface", "of", "subjects", "source", "details", "commitment", "hash" FROM {p}entry'
        ' WHERE "seq" = 5'
    ),
    "take a change that was kept": lambda log: AuditEntry.objects.order_by("pk")[0].delete(),
    "take an anchor of before": lambda log: (
        AuditAnchor.objects.order_by("pk")[0].delete(),
        log.ask('DELETE FROM {p}anchor WHERE "seq" = 3'),
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_a_log_that_was_cut_shows(log: ledger.Book, name: str) -> None:
    cutting.cut(JOB, at(0))
    assert verifying.findings() == []
    TAMPERINGS[name](log)
    assert verifying.findings() != []
