"""Public data sets, imported without a word of explanation, against a plain recount."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.timeline.models import Earlier, Interaction, OrderLine, Product
from tests.pipeline import dump

pytestmark = pytest.mark.data
Bring = Callable[..., ImportReport]
NOBODY = "—"


def cents(amount: pl.Expr) -> pl.Expr:
    """Amounts in euros to whole cents, half away from zero, as the import rounds each line."""
    return ((amount.abs() * 100 + 0.5 + 1e-9).floor() * amount.sign()).cast(pl.Int64)


def recount(path: Path) -> dict[str, int]:
    """Customer number (NOBODY for none) to total in cents, straight from the file."""
    lines = pl.read_parquet(path).select(
        pl.col("CustomerID").cast(pl.Int64, strict=False).cast(pl.String).fill_null(NOBODY),
        cents(pl.col("Quantity") * pl.col("UnitPrice")).alias("cents"),
    )
    return dict(lines.group_by("CustomerID").agg(pl.col("cents").sum()).iter_rows())


def totals() -> dict[str, int]:
    """Customer number (NOBODY for none) to total in cents, from what was stored."""
    found = dump.rows(
        "SELECT r.key, sum(i.amount_minor) FROM timeline_interaction i"
        " JOIN core_record r ON r.id = i.record_id GROUP BY r.key"
    )
    made: dict[str, int] = {}
    for key, total in found:
        # A table that tells more than the number has records of its own: online-retail/12345.
        number = key.rsplit("/", 1)[-1]
        made[number] = made.get(number, 0) + int(total)
    return made


def profiled() -> dict[str, int]:
    """Customer number to the revenue on the card."""
    found = dump.rows(
        "SELECT r.key, p.revenue_minor FROM profiles_profile p"
        " JOIN identity_membership m ON m.customer_id = p.customer_id"
        " JOIN core_record r ON r.id = m.record_id"
    )
    return {key.rsplit("/", 1)[-1]: int(total) for key, total in found}


def counted() -> tuple[int, ...]:
    """How many rows the tables of content have."""
    tables = (Record, RecordVersion, Interaction, OrderLine, Product, Membership, Earlier)
    return tuple(model._default_manager.count() for model in tables)


@pytest.mark.slow
def test_online_retail(bring: Bring, undo: Callable[[int], int], data: Path) -> None:
    empty = dump.content()
    path = data / "online_retail.parquet"
    wanted = recount(path)
    report = bring(path)
    assert report.customers == 4_372 == len(wanted) - 1
    assert report.rows_without_customer == 135_080
    dump.assert_accounted()
    assert report.counts["rows_read"] == 541_909
    found = totals()
    assert found == wanted
    assert sum(found.values()) == sum(wanted.values())
    cards = profiled()
    assert {k: v for k, v in wanted.items() if k != NOBODY} == cards

    before = counted()
    again = bring(path)
    assert again.counts["rows_stored"] == 0
    assert again.counts["rows_unchanged"] == again.counts["rows_read"]
    assert counted() == before
    assert totals() == wanted

    for delivery in [*report.deliveries, *again.deliveries]:
        undo(delivery)
    dump.assert_same(dump.content(), empty)


@pytest.mark.alike
@pytest.mark.parametrize("name", ["dataset3.csv", "dataset4a.csv", "dataset4b.csv"])
def test_febrl(bring: Bring, data: Path, name: str) -> None:
    path = data / "febrl" / name
    rows = len(pl.read_csv(path, infer_schema=False))
    report = bring(path)
    assert [t.holds for t in report.tables] == ["customers"]
    assert report.counts["rows_read"] == rows
    dump.assert_accounted()
    assert report.records == report.counts["rows_stored"] >= 0.99 * rows
    assert 0 < report.customers <= report.records


@pytest.mark.slow
@pytest.mark.alike
def test_historical(bring: Bring, data: Path) -> None:
    path = data / "historical_50k.parquet"
    report = bring(path)
    assert [t.holds for t in report.tables] == ["customers"]
    assert report.counts["rows_read"] == pl.scan_parquet(path).select(pl.len()).collect().item()
    dump.assert_accounted()
    assert report.counts["rows_stored"] >= 0.95 * report.counts["rows_read"]
    assert report.customers < report.records
