"""How the house opens its databases: deleted means gone, written means kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from klantbeeld.core import bulk
from klantbeeld.core.models import CustomField, Source
from tests.installation import Installation

SECRET = "Kanarievogel-in-een-kooi"


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("secure_delete", 1), ("journal_mode", "wal"), ("foreign_keys", 1)],
)
def test_sqlite_is_opened_as_the_house_needs_it(pragma: str, value: object) -> None:
    assert _pragma(pragma) == value


@pytest.mark.sqlite
def test_what_is_written_is_flushed_to_disk(installation: Installation) -> None:
    """In an installation; the database of the tests outlives no power cut."""
    told = "from django.db import connection as c; c.ensure_connection();"
    told += "print(c.connection.execute('PRAGMA synchronous').fetchone()[0])"
    setup = "import django; django.setup();"
    done = subprocess.run(
        [sys.executable, "-c", setup + told],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "klantbeeld.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "2"


@pytest.mark.django_db
@pytest.mark.sqlite
def test_every_new_connection_overwrites_what_it_deletes() -> None:
    fresh = connections.create_connection("default")
    try:
        with fresh.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone()[0] == 1
    finally:
        fresh.close()


def _bytes() -> bytes:
    name = Path(str(connection.settings_dict["NAME"]))
    return b"".join(p.read_bytes() for p in name.parent.glob(name.name + "*"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
def test_deleted_text_leaves_no_bytes_in_the_files() -> None:
    keep = Source.objects.create(key="keep", name="keep " * 40, created_at=0)
    fields = [
        CustomField.objects.create(
            key=f"field-{n}", label_nl=f"{SECRET} {n} " * 3, label_en="", type="text",
            nature="descriptive", category="user", basis="unknown", retention_days=1,
        )
        for n in range(50)
    ]  # fmt: skip
    assert SECRET.encode() in _bytes()
    for field in fields[:25]:
        CustomField.objects.filter(pk=field.pk).update(label_nl="shorter")
    CustomField.objects.all().delete()
    _pragma("wal_checkpoint(TRUNCATE)")
    assert SECRET.encode() not in _bytes()
    assert Source.objects.get(pk=keep.pk)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_postgresql_holds_text_as_utf8() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        assert cursor.fetchone()[0] == "UTF8"


@pytest.mark.django_db
def test_stored_sort_keys_compare_by_bytes_on_both_databases() -> None:
    with transaction.atomic():
        first = bulk.allocate(Source, 1)
    assert first >= 1
    with connection.cursor() as cursor:
        collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
        cursor.execute(f"SELECT 'Z'{collation} < 'a', 'é'{collation} > 'z'")
        assert [bool(v) for v in cursor.fetchone()] == [True, True]


def test_writing_transactions_take_their_turn_from_the_start() -> None:
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if connection.vendor == "sqlite":
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] >= 10
