"""The columnar copy follows what is taken back, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantbeeld.core.actor import system_actor
from klantbeeld.core.models import Delivery
from klantbeeld.pipeline.actions import import_paths, undo_delivery
from klantbeeld.pipeline.copying import store

SYSTEM = system_actor("job")


@pytest.mark.django_db(transaction=True)
def test_after_undoing_everything_the_copy_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "klanten.csv"
    file.write_text(
        "Klantnummer;Voornaam;Achternaam;E-mail\n"
        + "".join(f"{n};Noor;Bos{n};noor{n}@example.nl\n" for n in range(101, 131)),
        encoding="utf-8",
    )
    report = import_paths(SYSTEM, [file])
    assert _rows("membership") == report.counts["rows_stored"] == 30
    undo_delivery(SYSTEM, Delivery.objects.get(pk=report.deliveries[0]))
    assert _rows("membership") == 0


def _rows(table: str) -> int:
    return sum(p.rows for p in store().manifest(table).partitions.values())
