"""The log of reads and changes: append-only, chained, signed; every tampering shows."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core import anchors, audit, ledger, looks, verifying
from klantbeeld.core.actor import Actor
from klantbeeld.core.ledger import Look
from klantbeeld.core.models import AuditAnchor, AuditEntry

pytestmark = pytest.mark.django_db
ANNA = Actor("Anna", "service", "service", 7, "web")
Tamper = Callable[[ledger.Book], Any]


@pytest.fixture
def log(settings: Any, tmp_path: Path) -> ledger.Book:
    """A log with reads, a search, changes that were carried over, and two anchors."""
    settings.HOME = tmp_path
    ledger.close()
    ledger.append([Look(ANNA, "read", "card", (11,)), Look(ANNA, "read", "list", (11, 12, 13))])
    for n in range(3):
        audit.record(ANNA, "change_role", ("user", n), {"to": f"role {n}"})
    anchors.settle()
    ledger.append([Look(ANNA, "search", "search", (12,), details={"n": 1})])
    audit.record(ANNA, "erase_customer", ("customer", 12))
    anchors.settle()
    # The end that is not signed yet is guarded as well.
    ledger.append([Look(ANNA, "read", "card", (14,)), Look(ANNA, "export", "export", (11, 14))])
    return ledger.book()


def test_a_log_that_nobody_touched_is_whole(log: ledger.Book) -> None:
    assert verifying.findings() == []
    noted = anchors.latest()
    assert noted is not None
    assert verifying.findings(noted) == []
    kinds = [row[0] for row in log.ask('SELECT "kind" FROM {p}entry ORDER BY "seq"')]
    assert kinds == [*["read"] * 2, *["change"] * 3, "search", "change", "read", "export"]


def test_settling_again_changes_nothing(log: ledger.Book) -> None:
    anchors.settle()
    before = log.ask("SELECT count(*) FROM {p}entry"), AuditAnchor.objects.count()
    anchors.settle()
    assert (log.ask("SELECT count(*) FROM {p}entry"), AuditAnchor.objects.count()) == before
    assert verifying.findings() == []


@pytest.mark.sqlite
def test_an_answer_is_not_the_last_to_let_go_of_the_file(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or SQLite writes all of the log to the disk at the end of every answer."""
    settings.HOME = tmp_path
    ledger.close()
    laid_out, lay_out = [], ledger.Book.lay_out
    monkeypatch.setattr(ledger.Book, "lay_out", lambda b: laid_out.append(b) or lay_out(b))
    for _answer in range(3):
        thread = threading.Thread(target=ledger.append, args=([Look(ANNA, "read", "card", (11,))],))
        thread.start()
        thread.join()
        gc.collect()
        assert ledger.path().with_name(f"{ledger.FILE}-wal").exists()
    assert len(laid_out) == 1


def _run(*statements: str) -> Tamper:
    def tamper(book: ledger.Book) -> None:
        for statement in statements:
            book.ask(statement)

    return tamper


def _rechained(book: ledger.Book, first: int, key: bytes) -> None:
    """What somebody without the installation's key can do: chain the rest anew with another."""
    import hashlib
    import hmac
    import json

    names = ", ".join(f'"{name}"' for name in ledger.COLUMNS)
    rows = book.ask('SELECT "hash" FROM {p}entry WHERE "seq" = %s', [first - 1])
    previous = rows[0][0]
    found = book.ask(f'SELECT {names} FROM {{p}}entry WHERE "seq" >= %s ORDER BY "seq"', [first])
    for columns in found:
        text = json.dumps([previous, *columns], ensure_ascii=False)
        previous = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        book.ask('UPDATE {p}entry SET "hash" = %s WHERE "seq" = %s', [previous, columns[0]])
    book.ask('UPDATE {p}head SET "hash" = %s', [previous])


def _rewrite_tail(book: ledger.Book) -> None:
    book.ask("""UPDATE {p}entry SET "action" = 'list' WHERE "seq" = 8""")
    _rechained(book, 8, b"not the key")


def _rewrite_tail_with_the_key(book: ledger.Book) -> None:
    """Even with the key: what was signed before says otherwise."""
    book.ask("""UPDATE {p}entry SET "action" = 'card' WHERE "seq" = 2""")
    _rechained(book, 2, ledger.key("chain"))
    ((seq, last),) = book.ask('SELECT "seq", "hash" FROM {p}head')
    book.ask('UPDATE {p}head SET "mac" = %s', [ledger.head_mac(seq, last)])


def _cut_off_with_head(book: ledger.Book) -> None:
    """Cut off to an earlier moment, with the head of then but for the key."""
    book.ask('DELETE FROM {p}entry WHERE "seq" > 7')
    book.ask('DELETE FROM {p}subject WHERE "seq" > 7')
    ((last,),) = book.ask('SELECT "hash" FROM {p}entry WHERE "seq" = 7')
    book.ask('UPDATE {p}head SET "seq" = 7, "hash" = %s', [last])


def _swap_anchor(book: ledger.Book) -> None:
    first, second = AuditAnchor.objects.order_by("pk")
    AuditAnchor.objects.filter(pk=second.pk).update(signature=first.signature)
    book.ask('UPDATE {p}anchor SET "signature" = %s WHERE "seq" = %s', [first.signature, second.pk])


def _drop_anchors(book: ledger.Book) -> None:
    AuditAnchor.objects.order_by("-pk")[0].delete()


def _unsay_change(book: ledger.Book) -> None:
    """The change and what comes after are taken out of the database, whose chain still holds."""
    last = AuditEntry.objects.order_by("-pk")[0]
    AuditEntry.objects.filter(pk=last.pk).delete()


TAMPERINGS: dict[str, Tamper] = {
    "edit": _run("""UPDATE {p}entry SET "action" = 'list' WHERE "seq" = 1"""),
    "edit who": _run('UPDATE {p}entry SET "actor" = 8 WHERE "seq" = 8'),
    "edit when": _run('UPDATE {p}entry SET "at" = "at" - 1 WHERE "seq" = 6'),
    "edit whom": _run('UPDATE {p}subject SET "whom" = 99 WHERE "seq" = 1'),
    "edit leaf": _run("UPDATE {p}subject SET \"whom\" = NULL, \"salt\" = NULL, \"leaf\" = 'x'"
                      ' WHERE "seq" = 2 AND "place" = 1'),
    "drop whom": _run('DELETE FROM {p}subject WHERE "seq" = 2 AND "place" = 2'),
    "unsay whom": _run('UPDATE {p}subject SET "whom" = NULL, "salt" = NULL WHERE "seq" = 2'),
    "add whom": _run("INSERT INTO {p}subject VALUES (1, 1, NULL, NULL, 'leaf')"),
    "add whom to nothing": _run("INSERT INTO {p}subject VALUES (99, 0, NULL, NULL, 'leaf')"),
    "swap whom": _run('UPDATE {p}subject SET "place" = "place" + 10 WHERE "seq" = 2',
                      'UPDATE {p}subject SET "place" = 12 - "place" WHERE "seq" = 2'),
    "delete": _run('DELETE FROM {p}entry WHERE "seq" = 4'),
    "delete the first": _run('DELETE FROM {p}entry WHERE "seq" = 1'),
    "delete and close the gap": _run('DELETE FROM {p}entry WHERE "seq" = 6',
                                     'UPDATE {p}entry SET "seq" = 6 WHERE "seq" = 7',
                                     'UPDATE {p}entry SET "seq" = 7 WHERE "seq" = 8',
                                     'UPDATE {p}entry SET "seq" = 8 WHERE "seq" = 9'),
    "insert": _run('INSERT INTO {p}entry SELECT 10, "at", "kind", "action", "actor", "key",'
                   ' "role", "purpose", "interface", "of", "subjects", "source", "details",'
                   ' "commitment", "hash" FROM {p}entry WHERE "seq" = 9'),
    "reorder": _run('UPDATE {p}entry SET "seq" = 99 WHERE "seq" = 1',
                    'UPDATE {p}entry SET "seq" = 1 WHERE "seq" = 2',
                    'UPDATE {p}entry SET "seq" = 2 WHERE "seq" = 99'),
    "cut off": _run('DELETE FROM {p}entry WHERE "seq" > 7'),
    "cut off with the head": _cut_off_with_head,
    "cut off what is not signed": _run('DELETE FROM {p}entry WHERE "seq" = 9',
                                       'DELETE FROM {p}subject WHERE "seq" = 9'),
    "empty": _run("DELETE FROM {p}entry", "DELETE FROM {p}subject", "DELETE FROM {p}head",
                  "DELETE FROM {p}anchor"),
    "rewrite the tail": _rewrite_tail,
    "rewrite the tail with the key": _rewrite_tail_with_the_key,
    "swap the anchor": _swap_anchor,
    "drop the anchor here": _run('DELETE FROM {p}anchor WHERE "seq" = 5'),
    "drop the anchor there": _drop_anchors,
    "forge the head": _run("""UPDATE {p}head SET "mac" = 'x'"""),
    "unsay a change": _unsay_change,
    "edit a change": lambda book: AuditEntry.objects.order_by("pk").first() and (
        AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("pk")[0].pk).update(role="x")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_shows(log: ledger.Book, name: str) -> None:
    assert verifying.findings() == []
    TAMPERINGS[name](log)
    assert verifying.findings() != []


def test_an_anchor_noted_outside_shows_a_whole_house_put_back(
    log: ledger.Book, tmp_path: Path
) -> None:
    """The log, the anchors and the database of yesterday fit together; only not with today."""
    noted = anchors.latest()
    assert noted is not None
    log.ask('DELETE FROM {p}entry WHERE "seq" > 5')
    log.ask('DELETE FROM {p}subject WHERE "seq" > 5')
    log.ask('DELETE FROM {p}anchor WHERE "seq" > 5')
    AuditAnchor.objects.filter(seq__gt=5).delete()
    last = AuditEntry.objects.order_by("-pk")[0]
    last.delete()
    ((hash_,),) = log.ask('SELECT "hash" FROM {p}entry WHERE "seq" = 5')
    log.ask(
        'UPDATE {p}head SET "seq" = 5, "hash" = %s, "mac" = %s',
        [hash_, ledger.head_mac(5, hash_)],
    )
    assert verifying.findings() == []
    assert [f.code for f in verifying.findings(noted)] == ["noted anchor missing"]


def test_a_person_is_taken_out_and_the_chain_holds(log: ledger.Book) -> None:
    assert ledger.forget([11]) == 3
    assert log.ask('SELECT count(*) FROM {p}subject WHERE "whom" = 11') == [(0,)]
    assert verifying.findings() == []
    assert ledger.forget([11]) == 0


def test_one_answer_is_written_once_and_each_person_in_it_once(log: ledger.Book) -> None:
    before = log.ask("SELECT count(*) FROM {p}entry")[0][0]
    with looks.gathering():
        looks.at(ANNA, "search", [1, 2])
        looks.at(ANNA, "card", [2])
        looks.at(ANNA, "name", [2, 3])
        looks.at(ANNA, "card", [2])
        looks.at(Actor("job", "administrator", interface="job"), "card", [9])
        assert log.ask("SELECT count(*) FROM {p}entry")[0][0] == before
    rows = log.ask(
        'SELECT e."action", s."whom" FROM {p}entry e JOIN {p}subject s ON s."seq" = e."seq"'
        ' WHERE e."seq" > %s ORDER BY e."seq", s."place"',
        [before],
    )
    assert rows == [("card", 2), ("search", 1), ("name", 3)]


@pytest.mark.postgresql
def test_an_answer_costs_few_questions_of_the_server(
    log: ledger.Book, django_assert_num_queries: Any
) -> None:
    """A savepoint, the head, all there is to write at once, and the savepoint let go."""
    with django_assert_num_queries(4), looks.gathering():
        looks.at(ANNA, "card", [2])
        looks.at(ANNA, "list", range(50))
        looks.note(ANNA, "bypass", "break_glass", [2])


@pytest.mark.sqlite
def test_what_cannot_be_written_down_is_not_shown(
    log: ledger.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "BUSY_SECONDS", 0)
    ledger.path().chmod(0o400)
    log.ask("PRAGMA query_only=ON")
    with pytest.raises(ledger.LedgerBusy):
        looks.at(ANNA, "card", [1])
    log.ask("PRAGMA query_only=OFF")


def test_an_entry_costs_little(log: ledger.Book) -> None:
    begun = time.perf_counter()
    for _ in range(20):
        ledger.append([Look(ANNA, "read", "list", tuple(range(50)))])
    print(f"{(time.perf_counter() - begun) / 20 * 1000:.1f} ms an entry about 50 people")
