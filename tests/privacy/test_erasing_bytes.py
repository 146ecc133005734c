"""What deleting leaves behind: bytes in the database's file, and backups; and how they are read."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from klantbeeld.core import backup, physical, regular
from klantbeeld.core.erasing import Work
from klantbeeld.pipeline import probing, retention
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.models import SpecialOriginal
from tests.records import SYSTEM

WORK = Work("V-1", time.time_ns() // 1000)
DAY = 86_400
READ = "import pathlib, sys; sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())"
TAKEN = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


def _others_can_write(path: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", TAKEN, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or "locked" in done.stderr, done.stderr
    return done.returncode == 0


def test_searching_a_database_leaves_its_locks(tmp_path: Path) -> None:
    path = tmp_path / "house.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as own:
        own.execute("PRAGMA journal_mode=WAL")
        own.execute("CREATE TABLE t (said TEXT)")
        own.execute("INSERT INTO t VALUES ('zandloper@example.com')")
        assert _others_can_write(path)
        own.execute("BEGIN IMMEDIATE")
        assert not _others_can_write(path)
        found, _ = probing.found_in_files(tmp_path, ["zandloper@example.com"])
        assert found, "it stands in the log or in the file"
        assert not _others_can_write(path)


@pytest.fixture
def stale(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A key that no row holds any more and whose bytes still lie in the database's file."""
    settings.HOME = tmp_path
    keys = [f"SLEUTEL{number:06d}" for number in range(4_000)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS stale")
        cursor.execute("CREATE TABLE stale (id INTEGER PRIMARY KEY, k TEXT UNIQUE)")
        for key in random.Random(1).sample(keys, len(keys)):
            cursor.execute("INSERT INTO stale (k) VALUES (%s)", [key])
        cursor.execute("DELETE FROM stale WHERE id %% 2 = 0", [])
        cursor.execute("SELECT k FROM stale")
        held = {row[0] for row in cursor.fetchall()}
    assert physical._cut_log()
    lying = _written_in_file("SLEUTEL[0-9]{6}")
    yield next(key for key in keys if key in lying - held and _in_file(key))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE stale")


def _written_in_file(pattern: str) -> set[str]:
    """Read by a process of its own: closing the file here would let go of the database's locks."""
    asked = [sys.executable, "-c", READ, str(connection.settings_dict["NAME"])]
    held = subprocess.run(asked, capture_output=True, check=True).stdout
    return {found.decode() for found in re.findall(pattern.encode(), held)}


def _in_file(key: str) -> bool:
    name = Path(str(connection.settings_dict["NAME"]))
    found, _ = probing.found_in_files(name.parent, [key])
    return any(place.startswith(name.name) for place in found)


@pytest.mark.alike  # Only SQLite deletes within pages.
def test_no_bytes_stay_in_unused_parts_of_pages(stale: str) -> None:
    assert probing.found_in_tables([stale]) == {}
    assert physical.empty_log(WORK).level == "gone"
    assert not _in_file(stale)


@pytest.mark.alike
def test_a_large_database_is_written_anew_in_the_night(
    stale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(physical, "REWRITTEN_AT_ONCE", 0)
    outcome = physical.empty_log(WORK)
    assert (outcome.level, outcome.note) == ("overwritten_at", "log_busy") and outcome.until
    assert _in_file(stale)
    assert physical.rewrite_if_promised()
    assert not _in_file(stale)
    assert not physical.rewrite_if_promised()


@pytest.mark.django_db
def test_what_is_kept_no_longer_goes_with_the_terms(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    folder = tmp_path / backup.FOLDER
    left = folder / "klantbeeld-backup-x"
    left.mkdir(parents=True)
    for name, days in (("old.tar.gz", 91), ("young.tar.gz", 89), ("klantbeeld-backup-x/db", 0)):
        (folder / name).write_bytes(b"held")
        os.utime(folder / name, (time.time() - days * DAY,) * 2)
    os.utime(left, (time.time() - 2 * DAY,) * 2)
    promised = physical.tell_of_backups(WORK)
    assert promised.counts == {"backups": 2}
    assert promised.until / 1e6 == pytest.approx(time.time() + DAY, abs=60)
    retention.keep_terms(SYSTEM)
    assert [path.name for path in folder.iterdir()] == ["young.tar.gz"]


@pytest.mark.django_db
def test_sealed_originals_go_with_the_terms(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    calls: list[str] = []
    monkeypatch.setattr(privacy, "drop_expired", lambda actor: calls.append(actor.interface))
    retention.keep_terms(SYSTEM)
    assert calls == ["job"] and not SpecialOriginal.objects.exists()


def test_the_worker_goes_on_with_what_stopped_and_keeps_terms() -> None:
    assert {"erasures", "retention"} <= {one.name for one in regular.everything()}
