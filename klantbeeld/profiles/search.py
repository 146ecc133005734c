"""The full-text index, one interface over SQLite's FTS5 and PostgreSQL's tsvector.

One document per customer: its words (see `words`). Nothing is ranked inside the database, so
that a beginning that a hundred thousand customers share costs no more than a rare one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from django.db import connection

from klantbeeld.accounts.reads import Within
from klantbeeld.core import bulk
from klantbeeld.profiles.asked import Group, Term

TABLE = "profiles_search"
SECURE_DELETE = (3, 42)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _key() -> str:
    return "customer_id" if _is_postgresql() else "rowid"


def put(documents: Iterable[tuple[int, str]], *, is_new: bool = False) -> None:
    """Index (customer, words) pairs, in place of what was there. Inside a transaction.

    `is_new` says that none of these customers has a document yet.
    """
    rows = list(documents)
    if not is_new:
        remove([customer for customer, _ in rows])
    if _is_postgresql():
        _put_on_postgresql(rows)
        return
    connection.ensure_connection()
    connection.connection.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (?, ?)", rows)


def _put_on_postgresql(rows: Sequence[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (customer_id, words) SELECT customer,"
            " array_to_tsvector(array_remove(string_to_array(words, ' '), ''))"
            " FROM unnest(%s::bigint[], %s::text[]) AS given(customer, words)",
            [[customer for customer, _ in rows], [words for _, words in rows]],
        )


def remove(customers: Sequence[int]) -> None:
    """Take customers out of the index."""
    if not customers:
        return
    if _is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE customer_id = ANY(%s)", [list(customers)])
        return
    connection.ensure_connection()
    connection.connection.executemany(
        f"DELETE FROM {TABLE} WHERE rowid = ?", [(c,) for c in customers]
    )


def scrub() -> None:
    """Leave no bytes of what was removed: SQLite's index is rewritten as one segment.

    Half a second per 250,000 customers. PostgreSQL rewrites the table with everything else
    that was erased from.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")


def prepare_erasing() -> None:
    """Have SQLite's index overwrite entries as they are deleted, where this SQLite can."""
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info >= SECURE_DELETE:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('secure-delete', 1)")


def matching(groups: Sequence[Group], limit: int, among: Within | None = None) -> list[int]:
    """Customers whose words meet every group, at most `limit`, the lowest ids first on SQLite.

    `among` are the customers that may be found; None for all.
    """
    selection, words = meeting(groups)
    allowed = f" AND {_key()} IN ({among.sql})" if among else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{selection}{allowed} LIMIT %s", [*words, *(among.params if among else ()), limit]
        )
        return [row[0] for row in cursor.fetchall()]


def meeting(groups: Sequence[Group]) -> tuple[str, list[str]]:
    """SQL, with its parameters, that selects every customer whose words meet every group."""
    if not groups or not all(groups):
        return f"SELECT {_key()} FROM {TABLE} WHERE 1 = 0", []
    if _is_postgresql():
        return f"SELECT {_key()} FROM {TABLE} WHERE words @@ %s::tsquery", [_tsquery(groups)]
    return f"SELECT {_key()} FROM {TABLE} WHERE {TABLE} MATCH %s", [_fts5(groups)]


def documents(customers: Sequence[int]) -> dict[int, str]:
    """What is indexed of these customers, as words; for checks and exports."""
    words = "array_to_string(tsvector_to_array(words), ' ')" if _is_postgresql() else "words"
    found = bulk.rows_where(f"SELECT {_key()}, {words} FROM {TABLE} WHERE", _key(), customers)
    return {row[0]: row[1] for row in found}


def _fts5(groups: Sequence[Group]) -> str:
    return " AND ".join(f"({' OR '.join(_fts5_term(t) for t in group)})" for group in groups)


def _fts5_term(term: Term) -> str:
    quoted = '"' + term.word.replace('"', "") + '"'
    return quoted + "*" if term.is_beginning else quoted


def _tsquery(groups: Sequence[Group]) -> str:
    return " & ".join(f"({' | '.join(_ts_term(t) for t in group)})" for group in groups)


def _ts_term(term: Term) -> str:
    escaped = term.word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'" + (":*" if term.is_beginning else "")
