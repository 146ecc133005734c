"""What a source is called: after its file, or as somebody says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import Source
from klantbeeld.pipeline.plan import as_key, source_key
from klantbeeld.pipeline.report import ImportReport

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
