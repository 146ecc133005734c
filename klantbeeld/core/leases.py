"""Leases: who is the only one, over every process and machine that works on this database."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection, connections
from filelock import FileLock, Timeout

PAUSE_SECONDS = 0.5


class LeaseTaken(RuntimeError):
    """Another process holds the lease."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Another process holds the lease {name}.")
        self.name = name


class LeaseLost(RuntimeError):
    """The database let go of the lease: its connection ended."""


@contextmanager
def held(name: str, wait_seconds: float = 0) -> Iterator[Callable[[], None]]:
    """Be the only holder of the lease `name`; raises `LeaseTaken` after waiting in vain.

    Yields a check that raises `LeaseLost` once the lease is gone. A holder that dies holds
    nothing: the lock is the operating system's on SQLite, the server session's on PostgreSQL.
    """
    taken = _on_server if connection.vendor == "postgresql" else _in_home
    with taken(name, wait_seconds) as check:
        yield check


def is_held(name: str) -> bool:
    """Whether some process holds the lease now."""
    try:
        with held(name):
            return False
    except LeaseTaken:
        return True


@contextmanager
def _in_home(name: str, wait_seconds: float) -> Iterator[Callable[[], None]]:
    folder = Path(settings.HOME, "locks")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=PAUSE_SECONDS)
    except Timeout as error:
        raise LeaseTaken(name) from error
    try:
        yield lambda: None
    finally:
        lock.release()


@contextmanager
def _on_server(name: str, wait_seconds: float) -> Iterator[Callable[[], None]]:
    # A connection of its own: Django closes the usual one when it is old, and the lock with it.
    session = connections.create_connection("default")
    until = time.monotonic() + wait_seconds
    try:
        while not _asked(session, "SELECT pg_try_advisory_lock(%s)", [_key(name)]):
            if time.monotonic() >= until:
                raise LeaseTaken(name)
            time.sleep(PAUSE_SECONDS)
        try:
            yield lambda: _still_there(session)
        finally:
            # Closing frees it too, but only once the server has noticed.
            with suppress(Error):
                _asked(session, "SELECT pg_advisory_unlock(%s)", [_key(name)])
    finally:
        session.close()


def _still_there(session: Any) -> None:
    try:
        _asked(session, "SELECT 1", [])
    except Exception as error:
        raise LeaseLost from error


def _asked(session: Any, sql: str, params: list[Any]) -> Any:
    with session.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def _key(name: str) -> int:
    digest = hashlib.sha256(f"klantbeeld/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
