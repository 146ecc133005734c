"""Whatever column something personal lands in, export hands it out and erasing takes it away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.db import connection
from pytest_django import Settings

from klantbeeld.core import registry
from klantbeeld.core.actor import system_actor
from klantbeeld.pipeline import copying
from klantbeeld.pipeline.actions import erase_customer, export_customer
from tests.house.canaries import ABOUT_EMPLOYEES, Bird, found_in_files, found_in_tables, plant

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system_actor()
# Of a customer's own, but not theirs to receive: how the house finds and orders them. What it was
# made from is exported.
NOT_EXPORTED = frozenset({("profiles_profile", "sort_key"), ("timeline_document", "sha256")})


@pytest.fixture
def birds(settings: Settings, tmp_path: Path) -> Iterator[tuple[Bird, Bird]]:
    """The customer who goes, and one who stays."""
    settings.HOME = tmp_path
    yield plant("roodborst", 1), plant("winterkoning", 2)


def _planted() -> set[tuple[str, str]]:
    return {
        (table, column)
        for table, declared in registry.personal_columns().items()
        for column in declared.personal
        if f"{table}.{column}" not in ABOUT_EMPLOYEES
    }


def test_every_personal_column_has_its_canary(birds: tuple[Bird, Bird]) -> None:
    bird, _ = birds
    assert set(bird.canaries) == _planted() - {("timeline_document", "sha256")}
    held = found_in_tables(bird.canaries)
    for (table, column), canary in bird.canaries.items():
        assert canary in held.get(table, ()), f"nothing was planted in {table}.{column}"


def test_export_hands_out_every_personal_column(birds: tuple[Bird, Bird]) -> None:
    bird, other = birds
    text = json.dumps(export_customer(ACTOR, bird.customer), default=str, ensure_ascii=False)
    missing = {
        column
        for column, canary in bird.canaries.items()
        if canary not in text and column not in NOT_EXPORTED
    }
    assert missing == set()
    assert [c for c in other.canaries.values() if c in text] == []


def test_erasing_leaves_nothing_in_any_table_or_file(
    birds: tuple[Bird, Bird], tmp_path: Path
) -> None:
    bird, other = birds
    copying.refresh()
    words = [*bird.canaries.values(), f"{bird.name} in a file"]
    assert f"{bird.name} in a file" in found_in_files(tmp_path, words)
    erase_customer(ACTOR, bird.customer, alone="Nobody else works here")
    assert found_in_tables(bird.canaries) == {}
    assert found_in_files(tmp_path, words) == set()
    kept = found_in_tables(other.canaries)
    assert {c for held in kept.values() for c in held} == set(other.canaries.values())
    assert f"{other.name} in a file" in found_in_files(tmp_path, [f"{other.name} in a file"])


@pytest.mark.sqlite
def test_erasing_leaves_no_bytes_in_the_database_files(birds: tuple[Bird, Bird]) -> None:
    bird, other = birds
    name = Path(str(connection.settings_dict["NAME"]))

    def content() -> bytes:
        return b"".join(p.read_bytes() for p in name.parent.glob(name.name + "*"))

    present = [c for c in bird.canaries.values() if c.encode() in content()]
    assert len(present) == len(bird.canaries)
    erase_customer(ACTOR, bird.customer, alone="Nobody else works here")
    left = content()
    assert [c for c in bird.canaries.values() if c.encode() in left] == []
    assert [c for c in other.canaries.values() if c.encode() not in left] == []


def test_what_was_erased_is_known_again_at_the_door(birds: tuple[Bird, Bird]) -> None:
    from klantbeeld.privacy import tombstones

    bird, other = birds

    def suppressed() -> list[bool]:
        emails = pl.Series("email", [bird.email, other.email])
        return tombstones.suppressed({"email": emails}).to_list()

    assert suppressed() == [False, False]
    erase_customer(ACTOR, bird.customer, alone="Nobody else works here")
    assert suppressed() == [True, False]
