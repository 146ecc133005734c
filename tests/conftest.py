"""What every test shares: the data folder, the installation, and what may be skipped."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugin_needs",
    "tests.plugin_tally",
    "tests.plugin_browser",
    "tests.installation",
    "tests.sample.shared",
]


def pytest_configure() -> None:
    """Nothing is flushed to disk, and emptied tables of rights that nobody reads stay empty.

    A killed process loses nothing that it wrote: only a machine that loses its power does.
    """
    os.fsync = lambda fd: None
    gc.disable()
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db.models.signals import post_migrate

    uid = "django.contrib.auth.management.create_permissions"
    assert post_migrate.disconnect(create_permissions, dispatch_uid=uid)
    assert post_migrate.disconnect(create_contenttypes)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: no search for garbage looks there.

    An eighth of all time is saved, with a search for every ten thousand new things, not 700.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A page that was asked for in English does not leave the next test English."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _log_of_its_own(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """On PostgreSQL the log lies beside Django's tables, and emptying those leaves it."""
    yield
    marker = request.node.get_closest_marker("django_db")
    is_committed = "transactional_db" in request.fixturenames or (
        marker is not None and marker.kwargs.get("transaction")
    )
    if is_committed and os.environ.get("KLANTBEELD_DATABASE_URL", "").startswith("postgres"):
        from klantbeeld.core import ledger

        with django_db_blocker.unblock():
            for table in ("entry", "subject", "anchor", "cut", "head"):
                ledger.book().ask(f"DELETE FROM {{p}}{table}")
