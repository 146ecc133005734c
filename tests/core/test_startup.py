"""What must hold before anything runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from klantbeeld.core import startup


@pytest.fixture(autouse=True)
def safe(settings: Settings, tmp_path: Path) -> None:
    """An installation for this machine only."""
    settings.HOME = tmp_path
    settings.DEBUG = False
    settings.SECRET_KEY = "k" * 50
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.BEHIND_TLS_PROXY = False


def test_an_installation_for_this_machine_is_safe() -> None:
    assert startup.unsafe_settings("127.0.0.1") == []


@pytest.mark.parametrize(
    ("name", "value", "host", "word"),
    [
        ("DEBUG", True, "127.0.0.1", "DEBUG"),
        ("SECRET_KEY", "short", "127.0.0.1", "KLANTBEELD_SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-" + "x" * 50, "127.0.0.1", "KLANTBEELD_SECRET_KEY"),
        ("ALLOWED_HOSTS", ["klantbeeld.example.com"], "127.0.0.1", "TLS"),
        ("ALLOWED_HOSTS", ["localhost"], "0.0.0.0", "TLS"),
        ("ALLOWED_HOSTS", ["*"], "127.0.0.1", "'*'"),
    ],
)
def test_unsafe_settings_are_named(
    settings: Settings, name: str, value: object, host: str, word: str
) -> None:
    setattr(settings, name, value)
    assert any(word in problem for problem in startup.unsafe_settings(host))


def test_a_public_host_behind_a_proxy_is_safe(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["klantbeeld.example.com"]
    settings.BEHIND_TLS_PROXY = True
    assert startup.unsafe_settings("0.0.0.0") == []


@pytest.mark.django_db
def test_this_machine_is_new_enough() -> None:
    assert startup.version_problems() == []


@pytest.mark.django_db
@pytest.mark.sqlite
def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(startup.NotReady, match=r"SQLite 3\.37"):
        startup.require_versions()


@pytest.mark.django_db
@pytest.mark.postgresql
def test_an_old_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "MINIMUM_POSTGRESQL", 99)
    with pytest.raises(startup.NotReady, match="PostgreSQL 99"):
        startup.require_versions()


@pytest.mark.django_db
def test_a_migrated_database_is_current() -> None:
    assert startup.database_state() == "current"
    assert startup.prepare_database(None) == []


@pytest.mark.django_db
def test_a_newer_database_is_refused() -> None:
    MigrationRecorder(connection).record_applied("core", "9999_from_the_future")
    assert startup.database_state() == "newer"
    with pytest.raises(startup.NotReady, match="newer version"):
        startup.prepare_database(None)


@pytest.mark.django_db
def test_migrations_of_a_removed_library_do_not_matter() -> None:
    MigrationRecorder(connection).record_applied("library_of_once", "0001_initial")
    assert startup.database_state() == "current"


@pytest.mark.django_db
def test_a_database_behind_is_migrated_after_a_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_unapplied("profiles", "0001_initial")
    assert startup.database_state() == "behind"
    done: list[str] = []
    monkeypatch.setattr(startup, "call_command", lambda *a, **k: done.append("migrate"))
    applied = startup.prepare_database(lambda: done.append("backup"))
    assert done == ["backup", "migrate"]
    assert "profiles.0001_initial" in applied


@pytest.mark.django_db
def test_without_a_backup_nothing_is_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_unapplied("profiles", "0001_initial")
    done: list[str] = []
    monkeypatch.setattr(startup, "call_command", lambda *a, **k: done.append("migrate"))

    def fails() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        startup.prepare_database(fails)
    assert done == []
