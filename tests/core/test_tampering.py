"""Whatever is changed, dropped, swapped, put in, cut off or put back in the log shows: at random.

A log is made, one thing is done to its tables (any cell of any row, any rows), and it must show
exactly when the tables differ from what they were.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from klantbeeld.core import anchors, audit, ledger, verifying
from klantbeeld.core.actor import Actor
from klantbeeld.core.ledger import Look

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ANNA, BAS = (Actor(name, "service", "service", n, "web") for n, name in ((7, "Anna"), (8, "Bas")))
# Each with its order; cuts have tests of their own.
TABLES = {"entry": "seq", "subject": "seq, place", "anchor": "seq", "head": "one"}

# What the file of the log was.
STATES: list[bytes] = []


def _append(n: int) -> None:
    who = (ANNA, BAS)[n % 2]
    ledger.append([
        Look(who, "read", "card", (n,)), Look(who, "read", "list", tuple(range(n, n + 4))),
        Look(who, "search", "search", (), details={"n": n}),
    ])  # fmt: skip
    audit.record(who, "change_role", ("user", n), {"to": f"role {n}"})


@pytest.fixture(scope="module", autouse=True)
def written(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A home, and what the file of its log was at three moments, the last one being now."""
    home, before = tmp_path_factory.mktemp("log"), django_settings.HOME
    with django_db_blocker.unblock(), transaction.atomic():
        django_settings.HOME = home
        ledger.close()
        for n in range(3):
            _append(n)
            anchors.settle()
            _append(n + 10)
            if n == 1:
                ledger.forget([n])
            if n == 2:
                anchors.carry()
            STATES.append(_content(ledger.path()))
        assert verifying.findings() == []
        yield
        ledger.close()
        django_settings.HOME = before
        STATES.clear()
        transaction.set_rollback(True)


def _content(path: Path) -> bytes:
    ledger.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def _put(path: Path, content: bytes) -> ledger.Book:
    ledger.close()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(content)
    return ledger.book()


def _dump(book: ledger.Book) -> list[Any]:
    return [book.ask(f"SELECT * FROM {table} ORDER BY {TABLES[table]}") for table in TABLES]


def _change(book: ledger.Book, draw: Callable[..., Any]) -> None:
    table = draw(st.sampled_from(sorted(TABLES)))
    names = [row[1] for row in book.ask(f"PRAGMA table_info({table})")]
    row, name = _row(book, table, draw), draw(st.sampled_from(names))
    old = book.ask(f'SELECT "{name}" FROM {table} WHERE rowid = %s', [row])[0][0]
    new: Any = {
        int: st.integers(-5, 1 << 40), str: st.text("0123456789abcdef{}", max_size=70),
        bytes: st.binary(max_size=40), type(None): st.none(),
    }[type(old)]  # fmt: skip
    book.ask(f'UPDATE OR IGNORE {table} SET "{name}" = %s WHERE rowid = %s', [draw(new), row])


def _row(book: ledger.Book, table: str, draw: Callable[..., Any]) -> int:
    return int(draw(st.sampled_from([r[0] for r in book.ask(f"SELECT rowid FROM {table}")])))


def _drop(book: ledger.Book, draw: Callable[..., Any]) -> None:
    table = draw(st.sampled_from(sorted(TABLES)))
    book.ask(f"DELETE FROM {table} WHERE rowid = %s", [_row(book, table, draw)])


def _swap(book: ledger.Book, draw: Callable[..., Any]) -> None:
    """Two rows change places, with or without closing up what hangs on the number."""
    table = draw(st.sampled_from(["entry", "subject", "anchor"]))
    place = draw(st.sampled_from(["seq"] if table != "subject" else ["seq", "place"]))
    one, other = _row(book, table, draw), _row(book, table, draw)
    assume(one != other)
    rows = dict(book.ask(f"SELECT rowid, {place} FROM {table}"))
    for row, value in ((one, -1), (other, rows[one]), (one, rows[other])):
        key = "rowid" if table == "subject" else place
        at = row if table == "subject" else (rows[row] if value != rows[other] else -1)
        book.ask(f"UPDATE OR IGNORE {table} SET {place} = %s WHERE {key} = %s", [value, at])


def _insert(book: ledger.Book, draw: Callable[..., Any]) -> None:
    """A row once more, at another number; what comes after may move up."""
    table = draw(st.sampled_from(["entry", "subject", "anchor"]))
    names = [row[1] for row in book.ask(f"PRAGMA table_info({table})")]
    at = draw(st.integers(-3, 40))
    if table == "entry" and draw(st.booleans()):
        book.ask('UPDATE entry SET "seq" = -"seq" - 1000 WHERE "seq" >= %s', [at])
        book.ask('UPDATE entry SET "seq" = -"seq" - 999 WHERE "seq" < -999')
    others = ", ".join(f'"{name}"' for name in names[1:])
    book.ask(
        f"INSERT OR IGNORE INTO {table} SELECT %s, {others} FROM {table} WHERE rowid = %s",
        [at, _row(book, table, draw)],
    )


def _cut_end(book: ledger.Book, draw: Callable[..., Any]) -> None:
    """The end goes, with the people in it, and with the head as far as that can be had."""
    ((last,),) = book.ask("SELECT max(seq) FROM entry")
    seq = draw(st.integers(0, last - 1))
    book.ask("DELETE FROM entry WHERE seq > %s", [seq])
    book.ask("DELETE FROM subject WHERE seq > %s", [seq])
    if draw(st.booleans()):
        book.ask("DELETE FROM anchor WHERE seq > %s", [seq])
    if draw(st.booleans()):
        rows = book.ask("SELECT hash FROM entry WHERE seq = %s", [seq])
        book.ask("UPDATE head SET seq = %s, hash = %s", [seq, rows[0][0] if rows else ""])


def _cut_beginning(book: ledger.Book, draw: Callable[..., Any]) -> None:
    ((last,),) = book.ask("SELECT max(seq) FROM entry")
    seq = draw(st.integers(1, last))
    for table in ("entry", "subject"):
        book.ask(f"DELETE FROM {table} WHERE seq <= %s", [seq])


def _unsay(book: ledger.Book, draw: Callable[..., Any]) -> None:
    """What somebody without the key can do of taking a person out."""
    salt = draw(st.none() | st.binary(min_size=16, max_size=16))
    row = _row(book, "subject", draw)
    book.ask("UPDATE subject SET whom = NULL, salt = %s WHERE rowid = %s", [salt, row])


ACTS = (_change, _drop, _swap, _insert, _cut_end, _cut_beginning, _unsay)


@given(data=st.data(), act=st.sampled_from(ACTS))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_tampering_at_random_shows(data: st.DataObject, act: Callable[..., Any]) -> None:
    book = _put(ledger.path(), STATES[-1])
    before = _dump(book)
    act(book, data.draw)
    assert bool(verifying.findings()) == (_dump(book) != before)


@pytest.mark.parametrize("moment", [0, 1])
def test_an_older_file_put_back_shows(moment: int) -> None:
    """It is whole in itself: what is signed beside it, and the changes, tell that it is old."""
    _put(ledger.path(), STATES[moment])
    assert verifying.findings() != []


def test_the_file_as_it_is_does_not_show() -> None:
    book = _put(ledger.path(), STATES[-1])
    assert ledger.forget([12]) == 4
    assert book.ask("SELECT count(*) FROM subject WHERE whom IS NULL")[0][0] > 3
    assert verifying.findings() == []


def test_no_file_at_all_shows() -> None:
    ledger.close()
    ledger.path().unlink()
    assert verifying.findings() != []
