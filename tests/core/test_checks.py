"""`check` finds what it is there to find."""

from __future__ import annotations

import pytest
from django.db import connection

from klantbeeld.core import bulk, checks, registry
from klantbeeld.core.models import Delivery, Record, Source
from klantbeeld.identity import checks as identity
from klantbeeld.identity.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    """Somewhere for records to come from."""
    return Source.objects.create(key="probe", name="Probe", created_at=0)


def _record(source: Source, key: str = "1") -> Record:
    return Record.objects.create(
        id=bulk.allocate(Record, 1), source=source, key=key, kind="person", updated_at=0,
        created_at=0,
    )  # fmt: skip


def test_an_empty_house_is_whole() -> None:
    for check in registry.checks():
        assert check.findings() == [], check.key


def test_a_delivery_that_does_not_add_up_is_found(source: Source) -> None:
    delivery = Delivery.objects.create(
        source=source, name="x.csv", state=Delivery.LOADED, fingerprint="", actor="", started_at=0,
        rows_read=10, rows_stored=7, rows_rejected=2,
    )  # fmt: skip
    assert checks.deliveries_add_up() == [
        f"Delivery {delivery.pk} read 10 rows and accounts for 9."
    ]
    Delivery.objects.update(rows_quarantined=1)
    assert checks.deliveries_add_up() == []


def test_a_key_that_points_at_nothing_is_found(source: Source) -> None:
    record = _record(source)
    Membership.objects.create(record_id=record.pk, customer_id=404)
    (finding,) = checks.relations_hold()
    assert "identity_membership" in finding
    assert "core_customer" in finding


def test_a_key_in_use_that_would_be_handed_out_again_is_found(source: Source) -> None:
    record = _record(source)
    assert checks.keys_are_free() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_counter SET next = %s", [record.pk])
    assert checks.keys_are_free() == ["The next key of core_record is in use already."]


def test_a_record_without_customer_is_found(source: Source) -> None:
    _record(source)
    assert identity.partition_is_total() == ["1 records belong to no customer."]


@pytest.mark.sqlite
def test_a_damaged_file_is_found(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cursor:
        """A database that says it is damaged."""

        def __enter__(self) -> Cursor:
            return self

        def __exit__(self, *_: object) -> None: ...

        def execute(self, statement: str) -> None:
            assert "integrity_check" in statement

        def fetchall(self) -> list[tuple[str]]:
            return [("row 3 missing from index record_source_key",)]

    monkeypatch.setattr(connection, "cursor", Cursor)
    assert checks.database_is_whole() == [
        "The database file is damaged: row 3 missing from index record_source_key"
    ]
