"""What every test shares: the data folder, the installation, and what may be skipped."""

from __future__ import annotations

pytest_plugins = [
    "tests.plugin_needs",
    "tests.plugin_tally",
    "tests.plugin_browser",
    "tests.installation",
]
