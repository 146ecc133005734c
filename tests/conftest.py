"""What every test shares: the data folder, the installation, and what may be skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugin_needs",
    "tests.plugin_tally",
    "tests.plugin_browser",
    "tests.installation",
    "tests.sample.shared",
]


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A page that was asked for in English does not leave the next test English."""
    yield
    translation.deactivate()
