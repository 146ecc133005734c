"""The sample company, loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from klantbeeld.pipeline.actions import import_paths
from tests.records import actor
from tests.sample.reading import Sample

ADMINISTRATOR = actor("administrator")


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    sample: Sample,
) -> Iterator[Sample]:
    """The small sample, loaded by the real import and taken back when the module is done."""
    home: Path = tmp_path_factory.mktemp("home")
    before = settings.HOME
    settings.HOME = home
    with django_db_blocker.unblock(), transaction.atomic():
        import_paths(ADMINISTRATOR, [sample.data])
        yield sample
        transaction.set_rollback(True)
    settings.HOME = before


@pytest.fixture
def company(loaded: Sample, db: None) -> Sample:
    """The loaded sample, for one test."""
    return loaded
