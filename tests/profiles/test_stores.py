"""Every room's share in export and erase: all of a customer is handed out, nothing is left."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from klantbeeld.core import bulk, registry
from klantbeeld.engine.manifest import DTYPES
from klantbeeld.identity.models import Judgement, Link, MatchKey
from klantbeeld.profiles import actions, reads, search
from klantbeeld.sources.models import Quarantined
from klantbeeld.timeline.models import Earlier
from tests.records import (
    NOW,
    SYSTEM,
    TODAY,
    actor,
    as_json,
    customer,
    delivery,
    document,
    happened,
    line,
    record,
    said_of_contact,
    source,
    subscribed,
    took_part,
)

pytestmark = pytest.mark.django_db
CANARY = "Canarybird"


@pytest.fixture
def bird() -> list[int]:
    """A customer whose every personal value says so, and somebody who stays."""
    mine = record({"surname": CANARY, "email": f"{CANARY}@example.nl", "postcode": "1234 AB",
                   "city": CANARY})  # fmt: skip
    other = record({"surname": "Blijft"})
    keys = [customer(mine), customer(other)]
    order = happened(mine, "order", subject=CANARY, details={"note": CANARY}, employee=CANARY)
    line(order, "Bel", "x", 5)
    theirs = happened(other, "mail", subject="Van een ander")
    took_part(theirs, mine)
    subscribed(mine, CANARY, started_day=TODAY)
    document(mine, f"{CANARY}.pdf", text=CANARY)
    said_of_contact(mine, "email", "granted", evidence=CANARY)
    with transaction.atomic():
        Earlier.objects.create(
            id=bulk.allocate(Earlier, 1), table="timeline_interaction", row=order, seq=1,
            record=mine, delivery=delivery(source()), content={"subject": CANARY},
        )  # fmt: skip
        MatchKey.objects.create(id=bulk.allocate(MatchKey, 1), hash=1, record_id=mine, kind=1)
        Link.objects.create(
            id=bulk.allocate(Link, 1), left_id=min(mine, other), right_id=max(mine, other),
            weight=1, same=0.1, household=0.1, levels={}, model_version="1",
        )  # fmt: skip
    Judgement.objects.create(
        left_id=min(mine, other), right_id=max(mine, other), verdict="different", actor="Ilse",
        at=NOW, note=CANARY,
    )  # fmt: skip
    for values in ({"mail": f"{CANARY}@EXAMPLE.nl"}, {"n": CANARY.upper(), "pc": "1234AB"}):
        Quarantined.objects.create(delivery=delivery(source()), table="t", row=1, hash=1,
                                   values=values, reasons={"x": "y"}, at=NOW)  # fmt: skip
    Quarantined.objects.create(delivery=delivery(source()), table="t", row=2, hash=2,
                               values={"n": "Iemand Anders", "pc": "1234AB"}, reasons={}, at=NOW)  # fmt: skip
    actions.refresh(SYSTEM, keys)
    return [mine, *keys]


def everything() -> dict[str, int]:
    """Table to number of rows in which the canary sings."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sum(CANARY.lower() in str(row).lower() for row in cursor.fetchall())
    return {table: count for table, count in found.items() if count}


def test_all_is_erased_and_others_stay(bird: list[int]) -> None:
    mine, key, other = bird
    before = everything()
    expected = {"core_record", "core_recordversion", "timeline_interaction", "timeline_document",
                "timeline_subscription", "timeline_earlier", "privacy_consententry",
                "identity_judgement", "sources_quarantined", "profiles_profile"}  # fmt: skip
    assert expected <= set(before), "the probe finds what is there"
    counts: dict[str, int] = {}
    with transaction.atomic():
        for store in registry.stores():
            counts |= store.erase([mine])
    # The index is rewritten at the end of an erasure, in a step of its own.
    search.scrub()
    assert everything() == {}
    assert counts["timeline_orderline"] == counts["timeline_participation"] == 1
    assert counts["identity_link"] == counts["identity_matchkey"] == 1
    assert Quarantined.objects.count() == 1
    assert search.documents([key]) == {}
    assert reads.groups(actor("sales")) == {"other": 1}
    assert [h.customer for h in reads.find(actor("sales"), "blijft", 5).hits] == [other]


def test_all_is_exported(bird: list[int]) -> None:
    bundle: dict[str, Any] = {}
    for store in registry.stores():
        for section, rows in store.export(bird[:1]).items():
            assert section not in bundle
            bundle[section] = rows
    for section in ("interactions", "subscriptions", "documents", "earlier", "consents",
                    "judgements", "quarantined", "profiles", "records", "record_versions"):  # fmt: skip
        assert CANARY.lower() in as_json(bundle[section]).lower(), section
    assert len(bundle["orderlines"]) == len(bundle["participations"]) == 1
    assert len(bundle["links"]) == len(bundle["memberships"]) == 1
    assert "Iemand Anders" not in as_json(bundle)


def test_copied_tables_exist_as_declared() -> None:
    wanted = {"interaction", "orderline", "subscription", "membership", "consent", "record",
              "profile"}  # fmt: skip
    copied = registry.copied_tables()
    assert wanted <= set(copied)
    with connection.cursor() as cursor:
        for table in copied.values():
            described = connection.introspection.get_table_description(cursor, table.db_table)
            stored = set(table.columns) - set(table.computed)
            assert stored <= {column.name for column in described}, table.name
            assert set(table.columns.values()) <= set(DTYPES)
            assert table.partition_column in {"", *table.columns}


def test_every_text_column_of_these_rooms_is_declared() -> None:
    rooms = ("timeline_", "privacy_", "identity_", "profiles_", "sources_")
    declared = registry.personal_columns()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(rooms) or table.startswith("profiles_search"):
                continue
            assert table in declared, table
            texts = {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
                if connection.introspection.get_field_type(column.type_code, column)
                in ("TextField", "CharField", "JSONField", "SlugField", "BinaryField")
            }
            known = declared[table].personal | declared[table].impersonal
            assert texts - known == set(), table
