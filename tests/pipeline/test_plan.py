"""What a source is called: after its file, or as somebody says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core.models import Record, Source
from klantbeeld.pipeline.actions import (
    TableChoice,
    begin_intake,
    choose_columns,
    go_on,
    import_paths,
)
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.plan import as_key, saved_mapping, source_key
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.sources.tables import Mapping
from tests.pipeline.conftest import ACTOR

Bring = Callable[..., ImportReport]


@pytest.mark.parametrize(
    ("name", "key"),
    [("Klanten_2024-03 (2).csv", "klanten"), ("Überdorp.xlsx", "uberdorp"), ("crm.csv", "crm")],
)
def test_a_source_is_called_after_its_file(name: str, key: str) -> None:
    assert source_key(name) == key


def test_files_in_another_script_are_sources_of_their_own() -> None:
    assert source_key("клиенты.csv") != source_key("顧客.csv")
    assert source_key("клиенты.csv") == source_key("клиенты.csv")


def test_a_given_name_stays_within_the_house(bring: Bring, house: Path, tmp_path: Path) -> None:
    assert as_key("CRM 2") == "crm-2"
    path = tmp_path / "klanten.csv"
    path.write_text("Klantnummer;Naam\n1;Fien Zandloper\n2;Bas Korenwolf\n", encoding="utf-8")
    bring(path, source="../../weg")
    assert [s.key for s in Source.objects.all()] == ["weg"]
    assert [p.name for p in (house / "mappings").iterdir()] == ["weg.yaml"]


FIGURES = "recency;history;spend\n10;142.44;0\n6;142.44;29.99\n10;180.65;0\n"
CODES = "a1;b2;c3\nx;y;z\nq;r;s\n"
PEOPLE = "a1;Klantnummer;Naam;E-mail\nx;1;Fien Zandloper;fien@example.com\n"


def written(folder: Path, name: str, text: str) -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def choose(settings: Any, path: Path, holds: str) -> None:
    """Add a file on screen, say what it holds, and load it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    made = begin_intake(ACTOR, [(path.name, [path.read_bytes()])])
    made.refresh_from_db()
    choose_columns(ACTOR, made, [TableChoice(0, holds)])
    for state in (Intake.TRYING, Intake.LOADING):
        go_on(ACTOR, made, state)
        made.refresh_from_db()
    assert made.state == Intake.LOADED


@pytest.mark.parametrize("first", [FIGURES, CODES])
def test_what_was_not_recognised_is_recognised_when_it_can_be(
    bring: Bring, tmp_path: Path, first: str
) -> None:
    rejected = bring(written(tmp_path, "klanten.csv", first))
    assert rejected.counts["rows_rejected"] == rejected.counts["rows_read"]
    mended = bring(written(tmp_path, "klanten.csv", PEOPLE))
    assert [t.holds for t in mended.tables] == ["customers"]
    assert mended.counts["rows_stored"] == 1
    known = saved_mapping("klanten")
    assert known is not None and known.tables[0]["E-mail"].role == "email"


def test_who_went_on_without_choosing_confirmed_nothing(
    house: Path, settings: Any, tmp_path: Path
) -> None:
    choose(settings, written(tmp_path, "klanten.csv", FIGURES), "unknown")
    import_paths(ACTOR, [written(tmp_path, "klanten.csv", PEOPLE)])
    assert Record.objects.exists()


def test_what_somebody_called_unknown_stays_unknown(
    house: Path, settings: Any, tmp_path: Path
) -> None:
    chosen = written(tmp_path, "klanten.csv", PEOPLE)
    choose(settings, chosen, "unknown")
    assert not Record.objects.exists()
    import_paths(ACTOR, [chosen])
    assert not Record.objects.exists()


def test_what_a_mapping_of_ones_own_calls_unknown_stays_unknown(
    bring: Bring, house: Path, tmp_path: Path
) -> None:
    own = "source: klanten\ntables:\n  - table: klanten.csv\n    holds: unknown\n"
    bring(written(tmp_path, "klanten.csv", PEOPLE), mapping=Mapping.load(own))
    assert not Record.objects.exists()
    (house / "mappings").mkdir(exist_ok=True)
    written(house / "mappings", "klanten.yaml", own)
    bring(written(tmp_path, "klanten.csv", PEOPLE))
    assert not Record.objects.exists()
