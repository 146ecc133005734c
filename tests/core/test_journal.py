"""SQLite's log is copied into the file beside the work, and begins anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from klantbeeld.core import journal
from klantbeeld.core.models import Source

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def server() -> Iterator[None]:
    """Somebody else who has the file open: the last one to close it would take the log away."""
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("SELECT count(*) FROM core_source").fetchone()
    yield
    other.close()


def _write(key: str) -> int:
    """Write something; the size of the log afterwards."""
    Source.objects.create(key=key, name=key * 1_000, created_at=1)
    return Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size


def test_what_has_been_copied_makes_room() -> None:
    # One that is cut off keeps none of what earlier tests wrote.
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    first = _write("a")
    grown = [_write(f"b{n}") for n in range(5)]
    assert grown[-1] > first  # by itself it grows: its bound is far
    journal.copy()
    held = [(_write(f"c{n}"), journal.copy())[0] for n in range(20)]
    assert max(held) == grown[-1]


class _Rounds:
    """Says to stop after so many rounds; something is written before some of them."""

    def __init__(self, writing: list[bool]) -> None:
        self._writing = writing

    def wait(self, timeout: float) -> bool:
        if not self._writing:
            return True
        if self._writing.pop(0):
            _write(f"d{len(self._writing)}")
        return False


def test_it_is_copied_where_something_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    copies: list[int] = []
    monkeypatch.setattr(journal, "copy", lambda: copies.append(1))
    journal.keep_short(_Rounds([True, False, True, False, False]))  # type: ignore[arg-type]
    assert len(copies) == 2


def test_a_database_that_is_away_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def fail() -> None:
        tried.append(1)
        raise OSError("away")

    monkeypatch.setattr(journal, "copy", fail)
    journal.keep_short(_Rounds([True, False, False]))  # type: ignore[arg-type]
    assert len(tried) == 3
