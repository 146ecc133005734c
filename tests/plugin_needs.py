"""Which tests run here: by database, by what the machine has, and what may never be skipped."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("KLANTBEELD_DATA") or ROOT.parent / "shared" / "data")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "installations"}
MINIMUM_JAVA = 17


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options that scripts/test.py uses."""
    group = parser.getgroup("klantbeeld")
    group.addoption(
        "--database-only",
        action="store_true",
        help="only what another database can change: nothing that is alike on both",
    )
    group.addoption(
        "--database-absent", metavar="WHY", help="skip every test that touches the database"
    )


def depends_on_database(item: pytest.Item) -> bool:
    """Whether another database can change what a test says.

    What stands on screens comes from actions and reads that are tested on both by themselves: in
    the browser a few journeys do.
    """
    marked = {mark.name for mark in item.iter_markers()}
    is_alike = marked & {"look", "alike"} or ("browser" in marked and "both" not in marked)
    return touches_database(item) and not is_alike


def touches_database(item: pytest.Item) -> bool:
    """Whether a test reads or writes the database."""
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


@cache
def java() -> str | None:
    """The Java runtime for PySpark, when it is new enough."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if not found:
        return None
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return found if version and int(version.group(1)) >= MINIMUM_JAVA else None


@cache
def chromium() -> str | None:
    """The browser for the journeys: Debian's Chromium, or what CHROMIUM names."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for n in names if n and (path := shutil.which(n))), None)


NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "data": (DATA.is_dir, "no data folder (KLANTBEELD_DATA)"),
    "spark": (java, f"no Java {MINIMUM_JAVA} runtime"),
    "browser": (chromium, "no Chromium"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of the other database; skip, by name, what the machine cannot run."""
    from django.db import connection

    absent = config.getoption("--database-absent")
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        wrong = item.get_closest_marker(other) is not None and not absent
        pure = config.getoption("--database-only") and not depends_on_database(item)
        (left_out if wrong or pure else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
    # Spark's first, so that of several processes one starts it: seconds, and a gigabyte. Then the
    # files with slow tests, as one that begins at the end keeps all processes waiting, and those
    # in a browser: while they wait for it the other database's tests use the machine.
    early = {i.path for i in items if any(map(i.get_closest_marker, ("slow", "browser")))}
    items.sort(key=lambda i: (i.get_closest_marker("spark") is None, i.path not in early))
    for item in items:
        _skip_what_is_missing(item, absent)


def _skip_what_is_missing(item: pytest.Item, absent: str | None) -> None:
    if absent and touches_database(item):
        item.add_marker(pytest.mark.skip(reason=absent))
    for marker, (is_there, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not is_there():
            item.add_marker(pytest.mark.skip(reason=reason))


def may_skip(report: pytest.TestReport | pytest.CollectReport) -> bool:
    """In CI only a test of the absent data folder may be skipped."""
    return "data" in report.keywords and not DATA.is_dir()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of public data sets; only in tests marked `data`."""
    return DATA


@pytest.fixture(autouse=True)
def _empty_tables_without_models(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits Django empties the tables of models; here the others follow."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        return
    from django.apps import apps
    from django.db import connection

    from klantbeeld.core import registry

    own = {model._meta.db_table for model in apps.get_models()}
    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        for table in set(registry.personal_columns()) - own:
            cursor.execute(f'DELETE FROM "{table}"')
