"""Files as well-known programs write them, imported without anybody saying what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Record
from klantbeeld.pipeline.actions import import_paths
from klantbeeld.sources.export_columns import EXPORTS
from klantbeeld.timeline.models import Interaction, OrderLine
from tests.sources.test_exports import FILES

# What a program writes is read before any database is asked.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alike]


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()


@pytest.mark.parametrize("key", [entry[0] for entry in EXPORTS])
def test_every_row_of_an_export_is_stored(key: str, tmp_path: Path) -> None:
    name, text, _wanted = FILES[key]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    report = import_paths(system_actor(), [path])
    assert report.counts["rows_stored"] == report.counts["rows_read"] == 1
    assert report.customers == 1


def test_rows_of_one_shopify_order_are_one_order(tmp_path: Path) -> None:
    _name, text, _wanted = FILES["shopify-orders"]
    path = tmp_path / "orders_export_1.csv"
    # Shopify fills in the order on its first row only.
    more = "#1001,bas@example.nl,,,,,,,,,2,Binnenband,7.50,B-2,,,\n"
    path.write_text(text + more, encoding="utf-8")
    report = import_paths(system_actor(), [path])
    assert report.counts["rows_quarantined"] == 0
    assert Interaction.objects.filter(kind="order").count() == 1
    assert OrderLine.objects.count() == 2
    assert Interaction.objects.get(kind="order").amount_minor == 62_95 + 2 * 7_50
    (buyer,) = Record.objects.all()
    assert buyer.data["surname"] == "Voorbeeld"
    assert buyer.data["city"] == "Utrecht"
