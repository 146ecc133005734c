"""The example files to fill in are read as what they are for, example row and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from klantbeeld.core.actor import system_actor
from klantbeeld.pipeline.actions import import_paths
from klantbeeld.web.example_columns import EXAMPLE_FILES
from klantbeeld.web.filled.filling_in import content

HOLDS = {
    "customers": "customers", "orders": "orders", "complaints": "cases", "newsletter": "events",
    "subscriptions": "subscriptions",
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("key", EXAMPLE_FILES)
def test_an_example_file_is_recognised_whole(
    key: str, lang: str, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    with translation.override(lang):
        path = tmp_path / f"{key}.xlsx"
        path.write_bytes(content(EXAMPLE_FILES[key]))
    report = import_paths(system_actor(), [path])
    filled = [t for t in report.tables if t.holds != "unknown"]
    assert [t.holds for t in filled] == [HOLDS[key]]
    assert report.counts["rows_stored"] == 1
    empty = {str(label) for label, example, _why in EXAMPLE_FILES[key].columns if example == ""}
    assert len(set(filled[0].unmapped) - empty) <= (lang == "en")


def test_an_example_file_is_downloaded(logged_in: Any) -> None:
    response = logged_in.get("/templates/customers.xlsx")
    assert response.status_code == 200
    assert "klanten.xlsx" in response["Content-Disposition"]
