"""Leases: one holder, over processes, and none once the holder is gone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from klantbeeld.core import leases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    """Locks of this test only."""
    settings.HOME = tmp_path


def test_there_is_one_holder() -> None:
    assert not leases.is_held("probe")
    with leases.held("probe"):
        assert leases.is_held("probe")
        with pytest.raises(leases.LeaseTaken), leases.held("probe"):
            pass
        with leases.held("another"):
            pass
    assert not leases.is_held("probe")


def test_a_waiting_process_gets_it_when_the_holder_lets_go() -> None:
    got = threading.Event()

    def wait_for_it() -> None:
        with leases.held("probe", wait_seconds=20):
            got.set()
        connection.close()

    with leases.held("probe"):
        waiting = threading.Thread(target=wait_for_it)
        waiting.start()
        assert not got.wait(0.7)
    waiting.join(20)
    assert got.is_set()


def test_what_was_let_go_is_free_at_once() -> None:
    for _ in range(30):
        with leases.held("worker"):
            pass


def test_a_held_lease_passes_its_check() -> None:
    with leases.held("probe") as check:
        check()


@pytest.mark.postgresql
def test_a_lost_connection_is_a_lost_lease() -> None:
    with leases.held("probe") as check:
        with connection.cursor() as cursor:
            # Of this database only: other tests run on the same server.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        with pytest.raises(leases.LeaseLost):
            check()
