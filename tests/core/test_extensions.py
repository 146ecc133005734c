"""Panels and checks of other installed packages: found through entry points, and never fatal."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from klantbeeld.core import extensions, registry

MODULE = """
from klantbeeld.core.registry import Check, Panel

PANEL = Panel("weather", "Weather", "right", 90, "web/panels/rows.html", lambda actor, records: None)
TAKEN = Panel("purchases", "Mine", "right", 1, "web/panels/rows.html", lambda actor, records: None)
CHECKS = [Check("sky", "The sky is up", 900, lambda: [])]
NOTHING = 42
"""
ENTRY_POINTS = """[klantbeeld.panels]
weather = weather_panels:PANEL
gone = weather_panels:GONE
absent = no_such_package:PANEL
number = weather_panels:NOTHING
taken = weather_panels:TAKEN

[klantbeeld.checks]
sky = weather_panels:CHECKS
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as pip leaves it, and registries that are put back afterwards."""
    monkeypatch.setattr(registry, "_PANELS", dict(registry._PANELS))
    monkeypatch.setattr(registry, "_CHECKS", dict(registry._CHECKS))
    (tmp_path / "weather_panels.py").write_text(MODULE, encoding="utf-8")
    told = tmp_path / "weather_panels-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: weather-panels\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


def test_panels_and_checks_of_a_package_are_registered(package: None) -> None:
    assert "weather" not in {panel.key for panel in registry.panels()}
    extensions.load()
    assert "weather" in {panel.key for panel in registry.panels()}
    assert "sky" in {check.key for check in registry.checks()}


def test_what_is_broken_is_named_and_left_out(
    package: None, caplog: pytest.LogCaptureFixture
) -> None:
    own = next(panel for panel in registry.panels() if panel.key == "purchases")
    with caplog.at_level(logging.ERROR):
        assert extensions.load() == ["absent", "gone", "number", "taken"]
    said = [str(record.msg) for record in caplog.records]
    assert [name for name in ("absent", "gone", "number", "taken") if name in " ".join(said)] == [
        "absent", "gone", "number", "taken",
    ]  # fmt: skip
    assert next(panel for panel in registry.panels() if panel.key == "purchases") is own


def test_they_are_loaded_when_the_product_starts(
    package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    apps.get_app_config("pipeline").ready()
    assert "weather" in {panel.key for panel in registry.panels()}
