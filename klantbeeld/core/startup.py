"""What must hold before anything runs: versions, safe settings, a database this code fits."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from klantbeeld.core import indexes, lasting, leases

MINIMUM_PYTHON = (3, 11)
MINIMUM_SQLITE = (3, 37)
MINIMUM_POSTGRESQL = 14
SECRET_LENGTH = 32
MIGRATION_WAIT_SECONDS = 600
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "testserver"})

DatabaseState = Literal["empty", "current", "behind", "newer"]


class NotReady(RuntimeError):
    """Klantbeeld cannot run like this; the text says what is wrong and what to do."""


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def version_problems() -> list[str]:
    """What is too old here, one sentence each; empty when all is well."""
    found = []
    if sys.version_info < MINIMUM_PYTHON:
        found.append(f"Python {_dotted(MINIMUM_PYTHON)} or later is needed.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            version = int(cursor.fetchone()[0])
        if version < MINIMUM_POSTGRESQL:
            found.append(
                f"PostgreSQL {MINIMUM_POSTGRESQL} or later is needed; this server is {version}."
            )
        return found
    return found + _sqlite_problems()


def _sqlite_problems() -> list[str]:
    found = []
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        found.append(
            f"SQLite {_dotted(MINIMUM_SQLITE)} or later is needed; this Python brings "
            f"{sqlite3.sqlite_version}. Use a newer Python, or PostgreSQL."
        )
    memory = sqlite3.connect(":memory:")
    for name, statement in (
        ("full-text search (FTS5)", "CREATE VIRTUAL TABLE probe USING fts5(text)"),
        ("JSON functions", "SELECT value FROM json_each('[1]')"),
    ):
        try:
            memory.execute(statement)
        except sqlite3.OperationalError:
            found.append(f"This Python's SQLite was built without {name}: use another Python.")
    memory.close()
    return found


def unsafe_settings(host: str) -> list[str]:
    """Why serving on `host` (the address to listen on) would be unsafe; empty when it is not."""
    found = []
    if settings.DEBUG:
        found.append("DEBUG is on: it shows code and data to every visitor.")
    if len(settings.SECRET_KEY) < SECRET_LENGTH or settings.SECRET_KEY.startswith(
        "django-insecure"
    ):
        found.append(
            f"The secret key is too short or a known default: set KLANTBEELD_SECRET_KEY to "
            f"{SECRET_LENGTH} random characters or more, or leave it out to have one made."
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append("KLANTBEELD_HOSTS may not be '*': name the addresses of this installation.")
    is_open = host not in LOOPBACK or any(h not in LOOPBACK for h in settings.ALLOWED_HOSTS)
    if is_open and not settings.BEHIND_TLS_PROXY:
        found.append(
            "Others could reach this without encryption: put a proxy with TLS in front that sets "
            "X-Forwarded-Proto, and say so with KLANTBEELD_BEHIND_TLS_PROXY=1."
        )
    return found


def database_state() -> DatabaseState:
    """How the database stands to this code's migrations."""
    loader = MigrationLoader(connection)
    applied = {m for m in loader.applied_migrations if m[0] in _labels()}
    if not applied:
        return "empty"
    replaced = {name for m in loader.replacements.values() for name in m.replaces}
    known = set(loader.disk_migrations) | replaced
    if applied - known:
        return "newer"
    return "behind" if set(loader.graph.nodes) - set(loader.applied_migrations) else "current"


def _labels() -> set[str]:
    return {config.label for config in apps.get_app_configs()}


def pending_migrations() -> list[str]:
    """Names of the migrations still to be applied, in no order."""
    loader = MigrationLoader(connection)
    return sorted(f"{a}.{n}" for a, n in set(loader.graph.nodes) - set(loader.applied_migrations))


def require_versions() -> None:
    """Raise `NotReady` when something here is too old, or the database newer than this code."""
    problems = version_problems()
    if problems:
        raise NotReady(" ".join(problems))
    if database_state() == "newer":
        raise NotReady(
            "The database belongs to a newer version of Klantbeeld: install that version, or "
            "restore a backup made with this one."
        )


def prepare_database(make_backup: Callable[[], object] | None) -> list[str]:
    """Create or migrate the database, one process at a time; returns what was applied.

    `make_backup` is called first when there is something to lose; None skips it.
    """
    require_versions()
    if connection.vendor == "sqlite":
        Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    if database_state() == "current":
        indexes.restore()
        lasting.require()
        return []
    with leases.held("migrate", MIGRATION_WAIT_SECONDS):
        state = database_state()
        pending = pending_migrations()
        if state == "behind" and make_backup is not None:
            make_backup()
        if state != "current":
            call_command("migrate", interactive=False, verbosity=0)
        lasting.require()
        return pending
