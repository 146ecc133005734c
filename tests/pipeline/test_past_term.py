"""What is past its term when it comes is not stored: told, counted, and never what is held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core import clock
from klantbeeld.core.models import Delivery, Record
from klantbeeld.pipeline import retention
from klantbeeld.pipeline.outcome import outcome
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.privacy import actions as privacy
from klantbeeld.timeline.models import Interaction
from tests.pipeline.conftest import ACTOR

PEOPLE = "Klantnr;Naam;E-mail\nK-1;Fien Zandloper;fien@example.com\nK-2;Bas Wit;bas@example.com\n"


def _written(folder: Path) -> Path:
    """Old and new visits of two people, and an old order."""
    folder.mkdir()
    now = clock.local(clock.now_us())
    new, old = f"{now:%Y-%m-%d} 00:00:01", f"{now.year - 3}-02-03 10:00:00"
    visits = "Tijdstip;Klantnr;Actie;URL\n" + "".join(
        f"{at};{who};page_view;https://example.com/{who}/{n}\n"
        for n, at in enumerate((old, new)) for who in ("K-1", "K-2")
    )  # fmt: skip
    orders = f"Bestelnummer;Klantnr;Besteldatum;Bedrag\n1001;K-1;{now.year - 3}-02-03;12,50\n"
    (folder / "klanten.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "webbezoek.csv").write_text(visits, encoding="utf-8")
    (folder / "orders.csv").write_text(orders, encoding="utf-8")
    return folder


@pytest.mark.django_db(transaction=True)
def test_an_old_file_brings_no_old_visit(
    bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    every = _written(tmp_path / "files")
    bring(every)
    privacy.hold(ACTOR, [Record.objects.get(key="K-2", source__key="webbezoek").pk], "Z-1")
    retention.set_term(ACTOR, "behaviour", 365)
    retention.keep_terms(ACTOR)
    kept = [("order", "K-1"), ("page_view", "K-1"), ("page_view", "K-2"), ("page_view", "K-2")]
    assert sorted(Interaction.objects.values_list("kind", "record__key")) == kept
    report = bring(every)
    assert sorted(Interaction.objects.values_list("kind", "record__key")) == kept
    assert report.rows_past_term == report.counts["rows_suppressed"] == 1
    assert report.as_json()["rows_past_term"] == 1
    assert outcome(report.deliveries, ())["rows"]["past_term"] == 1
    for delivery in Delivery.objects.all():
        assert delivery.rows_accounted == delivery.rows_read


@pytest.mark.parametrize("days", [0, 5000])
def test_within_its_term_everything_comes_in(
    bring: Callable[..., ImportReport], tmp_path: Path, days: int
) -> None:
    retention.set_term(ACTOR, "behaviour", days)
    report = bring(_written(tmp_path / "files"))
    assert report.rows_past_term == 0
    assert Interaction.objects.filter(kind="page_view").count() == 4
