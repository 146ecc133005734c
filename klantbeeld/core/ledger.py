"""The log of what was read, sought, exported, changed and bypassed: append-only, in its own file.

An entry's hash is HMAC-SHA256(key, hash of the one before || its columns). Whom it is about stands
beside it, each with a salt of its own; the entry commits to SHA-256(salt || whom) of each. So one
person can be taken out of the log (salt and number go, the leaf stays) while the chain still holds.
The worker signs where the chain stands (`core.anchors`); the head is kept with every entry.
On SQLite this is `audit.sqlite3` in the home, on PostgreSQL the schema `audit` of the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from klantbeeld.core import lasting
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us

Kind = Literal["read", "search", "export", "change", "bypass", "refused"]
GENESIS = "0" * 64
FILE = "audit.sqlite3"
PG_LOCK = 7_351_002
SALT = 16
BUSY_SECONDS = 10
COLUMNS = (
    "seq", "at", "kind", "action", "actor", "key", "role", "purpose", "interface", "of",
    "subjects", "source", "details", "commitment",
)  # fmt: skip
TABLES = (
    'entry ("seq" {big} PRIMARY KEY, "at" {big} NOT NULL, "kind" text NOT NULL,'
    ' "action" text NOT NULL, "actor" {big} NOT NULL, "key" {big} NOT NULL,'
    ' "role" text NOT NULL, "purpose" text NOT NULL, "interface" text NOT NULL,'
    ' "of" text NOT NULL, "subjects" {big} NOT NULL, "source" {big} NOT NULL,'
    ' "details" text NOT NULL, "commitment" text NOT NULL, "hash" text NOT NULL)',
    'subject ("seq" {big} NOT NULL, "place" {big} NOT NULL, "whom" {big}, "salt" {bytes},'
    ' "leaf" {bytes} NOT NULL, PRIMARY KEY ("seq", "place"))',
    'anchor ("seq" {big} PRIMARY KEY, "at" {big} NOT NULL, "hash" text NOT NULL,'
    ' "signature" text NOT NULL)',
    'cut ("seq" {big} PRIMARY KEY, "at" {big} NOT NULL, "hash" text NOT NULL,'
    ' "source" {big} NOT NULL, "source_hash" text NOT NULL, "signature" text NOT NULL)',
    'head ("one" {big} PRIMARY KEY, "seq" {big} NOT NULL, "hash" text NOT NULL,'
    ' "mac" text NOT NULL)',
)
_HEAD = 'SELECT "seq", "hash", "mac" FROM {p}head WHERE "one" = 1'
_PUT_HEAD = (
    'INSERT INTO {p}head VALUES (1, %s, %s, %s) ON CONFLICT ("one") DO UPDATE SET'
    ' "seq" = excluded."seq", "hash" = excluded."hash", "mac" = excluded."mac"'
)
Rows = Sequence[Sequence[Any]]
INDEXES = (
    'subject_whom ON {p}subject ("whom", "seq")',
    'entry_at ON {p}entry ("at")',
    'entry_source ON {p}entry ("source")',
)


@dataclass(frozen=True)
class Look:
    """Something to be written down: who did what to whom; `source` is an entry of `core.audit`."""

    actor: Actor
    kind: Kind
    action: str
    whom: tuple[int, ...] = ()
    of: str = "customer"
    details: Mapping[str, Any] = field(default_factory=dict)
    source: int = 0
    commitment: str = ""
    at: int = 0


class LedgerBusy(RuntimeError):
    """The log cannot be written to: nothing may be shown or done that is not in it."""


class Head(NamedTuple):
    """Where the log ends: number and hash of the last entry, and what guards them."""

    seq: int = 0
    hash: str = GENESIS
    mac: str = ""

    def key_mark(self) -> str:
        """The mark of the key that the log is written with; the newest when none signed its end.

        So a house goes on whose log was tampered with: verifying tells.
        """
        for mark in lasting.marks():
            if hmac.compare_digest(head_mac(self.seq, self.hash, mark), self.mac):
                return mark
        return lasting.marks()[0]


def key(name: str, mark: str = "") -> bytes:
    """A key for one use of the log: of the newest lasting key, or of one by its mark."""
    return lasting.key(f"audit-{name}", mark)


class Book:
    """The tables of the log, with one way of asking on both databases."""

    def __init__(self, raw: sqlite3.Connection | None) -> None:
        self.raw = raw
        self.prefix = "" if raw else "audit."

    def ask(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement with %s for parameters and {p} before tables; its rows, if any."""
        told = sql.replace("{p}", self.prefix)
        if self.raw is not None:
            return self.raw.execute(told.replace("%s", "?"), tuple(params)).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(told, list(params))
            return list(cursor.fetchall()) if cursor.description else []

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        told = sql.replace("{p}", self.prefix)
        if self.raw is not None:
            self.raw.executemany(told.replace("%s", "?"), rows)
        elif rows:
            with connection.cursor() as cursor:
                cursor.executemany(told, rows)

    @contextmanager
    def writing(self) -> Iterator[Head]:
        """One writer at a time, all or nothing; gives where the log ends."""
        if self.raw is None:
            with transaction.atomic():
                yield self._head_locked()
            return
        self.raw.execute("BEGIN IMMEDIATE")
        try:
            yield self.head()
        except BaseException:
            self.raw.execute("ROLLBACK")
            raise
        self.raw.execute("COMMIT")

    def head(self) -> Head:
        """Where the log ends."""
        rows = self.ask(_HEAD)
        return Head(*rows[0]) if rows else Head()

    def _head_locked(self) -> Head:
        # Whoever waits for the row is given what stands there afterwards: one question does.
        rows = self.ask(f"{_HEAD} FOR UPDATE")
        if rows:
            return Head(*rows[0])
        self.ask("SELECT pg_advisory_xact_lock(%s)", [PG_LOCK])
        return self.head()

    def put(self, entries: Rows, subjects: Rows, head: tuple[int, str, str]) -> None:
        """Write entries (`COLUMNS` and hash), whom they are about, and the head."""
        names = ", ".join(f'"{name}"' for name in (*COLUMNS, "hash"))
        if self.raw is None:
            self._put_at_once(names, entries, subjects, head)
            return
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        self.many(f"INSERT INTO {{p}}entry ({names}) VALUES ({marks})", entries)
        self.many("INSERT INTO {p}subject VALUES (%s, %s, %s, %s, %s)", subjects)
        self.ask(_PUT_HEAD, head)

    def _put_at_once(
        self, names: str, entries: Rows, subjects: Rows, head: tuple[int, str, str]
    ) -> None:
        """All in one statement: each costs the server's answer."""
        whole = frozenset({"seq", "at", "actor", "key", "subjects", "source"})
        kinds = ["bigint" if name in whole else "text" for name in (*COLUMNS, "hash")]
        of_entries = ", ".join(f"%s::{kind}[]" for kind in kinds)
        of_subjects = "%s::bigint[], %s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[]"
        sql = (
            f"WITH e AS (INSERT INTO {{p}}entry ({names}) SELECT * FROM unnest({of_entries})),"
            f" s AS (INSERT INTO {{p}}subject SELECT * FROM unnest({of_subjects})) {_PUT_HEAD}"
        )
        columns = [list(column) for column in zip(*entries, strict=True)]
        people = [list(column) for column in zip(*subjects, strict=True)] or [[]] * 5
        self.ask(sql, [*columns, *people, *head])

    def lay_out(self) -> None:
        """Make the tables where there are none."""
        kinds = {"big": "bigint", "bytes": "bytea"}
        if self.raw is not None:
            kinds = {"big": "integer", "bytes": "blob"}
        else:
            self.ask("CREATE SCHEMA IF NOT EXISTS audit")
        for table in TABLES:
            self.ask("CREATE TABLE IF NOT EXISTS {p}" + table.format(**kinds))
        for index in INDEXES:
            self.ask(f"CREATE INDEX IF NOT EXISTS {index}")

    def to_disk(self) -> None:
        """Have everything on the disk."""
        if self.raw is not None:
            self.raw.execute("PRAGMA wal_checkpoint(PASSIVE)")


_open = threading.local()
# A connection of the process that is never written to. An answer has a thread of its own, thus a
# connection of its own: were that the last one to be closed, SQLite would write the whole log to
# the disk at the end of each answer, and begin its journal anew at the next.
_kept: dict[str, sqlite3.Connection] = {}


def path() -> Path:
    """The file of the log on SQLite."""
    return Path(settings.HOME) / FILE


def book() -> Book:
    """The log of this home, ready to be written to."""
    if connection.vendor == "postgresql":
        # Its tables are laid out by a migration.
        return Book(None)
    where = str(path())
    held = getattr(_open, "held", None)
    if held is None or held[0] != where or not path().exists():
        if where not in _kept or not path().exists():
            _keep(where)
        held = (where, Book(_connected(where)))
        _open.held = held
    found: Book = held[1]
    return found


def _keep(where: str) -> None:
    """Have the file, with its tables, and hold on to it."""
    path().parent.mkdir(parents=True, exist_ok=True)
    raw = _connected(where)
    path().chmod(0o600)
    Book(raw).lay_out()
    for old in _kept.values():
        old.close()
    _kept.clear()
    _kept[where] = raw


def _connected(where: str) -> sqlite3.Connection:
    # Transactions are begun and ended by `Book.writing`.
    raw = sqlite3.connect(
        where, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # No wait for the disk at every page that is shown: a power cut can take the reads of
    # the last half minute, until `anchors.settle` has them on the disk; a crash takes none.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def close() -> None:
    """Let go of the file, for instance before it is replaced."""
    held = getattr(_open, "held", None)
    if held is not None:
        held[1].raw.close()
        _open.held = None
    for raw in _kept.values():
        raw.close()
    _kept.clear()


def leaf(salt: bytes, whom: int) -> bytes:
    """What the log commits to of one person."""
    return hashlib.sha256(salt + str(whom).encode()).digest()


def commitment(leaves: Iterable[bytes]) -> str:
    """What an entry commits to: all its leaves in their order."""
    return hashlib.sha256(b"".join(leaves)).hexdigest()


def chained(previous: str, columns: Sequence[Any], mark: str = "") -> str:
    """The hash of an entry with these values of `COLUMNS`, under the key with this mark."""
    text = json.dumps([previous, *columns], ensure_ascii=False)
    return hmac.digest(key("chain", mark), text.encode(), "sha256").hex()


def head_mac(seq: int, last: str, mark: str = "") -> str:
    """What the head must carry, so that cutting off the end shows."""
    return hmac.digest(key("head", mark), f"{seq}/{last}".encode(), "sha256").hex()


def append(looks: Sequence[Look]) -> int:
    """Write entries, all or none; returns the number of the last. Raises `LedgerBusy`."""
    if not looks:
        return 0
    try:
        held = book()
        with held.writing() as head:
            return write(held, looks, head, head.key_mark())
    except sqlite3.Error as error:
        raise LedgerBusy("The log cannot be written to.") from error


def write(held: Book, looks: Sequence[Look], head: Head, mark: str, next_mark: str = "") -> int:
    """Write entries behind the head, while `Book.writing`; returns the number of the last.

    mark: of the key that chains them; the head is signed with that of `next_mark`, if given.
    """
    entries, subjects = [], []
    seq, last = head.seq, head.hash
    for look in looks:
        seq += 1
        leaves = []
        salts = os.urandom(SALT * len(look.whom))
        for place, whom in enumerate(look.whom):
            salt = salts[place * SALT : (place + 1) * SALT]
            leaves.append(leaf(salt, whom))
            subjects.append((seq, place, whom, salt, leaves[-1]))
        columns = _columns(seq, look, look.commitment or commitment(leaves))
        last = chained(last, columns, mark)
        entries.append((*columns, last))
    held.put(entries, subjects, (seq, last, head_mac(seq, last, next_mark or mark)))
    return seq


def _columns(seq: int, look: Look, committed: str) -> tuple[Any, ...]:
    who = look.actor
    details = json.dumps(dict(look.details), sort_keys=True, ensure_ascii=False)
    return (
        seq, look.at or now_us(), look.kind, look.action, who.user_id or 0, who.key_id, who.role,
        who.purpose, who.interface, look.of, len(look.whom), look.source, details, committed,
    )  # fmt: skip


def forgotten(seq: int, place: int, kept: bytes, mark: str = "") -> bytes:
    """What stands where the salt of somebody was: only this house can take people out."""
    told = f"{seq}/{place}/".encode() + bytes(kept)
    return hmac.digest(key("forgotten", mark), told, "sha256")[:SALT]


def forget(whom: Sequence[int], of: str = "customer") -> int:
    """Take people out of the log; returns how many times they stood in it."""
    held = book()
    gone = 0
    with held.writing() as head:
        mark = head.key_mark()
        for one in whom:
            rows = held.ask(
                'SELECT s."seq", s."place", s."leaf" FROM {p}subject s'
                ' JOIN {p}entry e ON e."seq" = s."seq"'
                ' WHERE s."whom" = %s AND e."of" = %s',
                [one, of],
            )
            held.many(
                'UPDATE {p}subject SET "whom" = NULL, "salt" = %s'
                ' WHERE "seq" = %s AND "place" = %s',
                [(forgotten(seq, place, kept, mark), seq, place) for seq, place, kept in rows],
            )
            gone += len(rows)
    return gone
