"""An empty house for each test: a database, and a home of its own for files and mappings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Delivery
from klantbeeld.pipeline.actions import import_paths, undo_delivery
from klantbeeld.pipeline.report import ImportReport

ACTOR = system_actor("test")


def examples(many: int) -> int:
    """How many histories are made up: what follows from one is reasoned alike on each database."""
    return many // 2 if connection.vendor == "postgresql" else many


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> Path:
    """The home of an empty house."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture
def bring(house: Path) -> Callable[..., ImportReport]:
    """Imports paths; returns the report."""

    def run(*paths: Path, **options: Any) -> ImportReport:
        return import_paths(ACTOR, list(paths), **options)

    return run


@pytest.fixture
def undo(house: Path) -> Callable[[int], int]:
    """Takes a delivery back."""

    def run(delivery: int) -> int:
        return undo_delivery(ACTOR, Delivery.objects.get(pk=delivery))

    return run
