"""What a line of an order comes to, when its source gives a price and a quantity."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.pipeline.orders import lines_of
from klantbeeld.pipeline.standard import options_for, standardise_block
from klantbeeld.sources.tables import ROW, ColumnMapping, TableMapping


def amounts(**columns: list[str | None]) -> list[int]:
    """The amounts of the lines of a table whose columns are called by their roles."""
    whole = pl.DataFrame(columns).with_row_index(ROW, offset=1).cast({ROW: pl.Int64})
    mapping = TableMapping("t", "lines", tuple(ColumnMapping(name, name) for name in columns))
    rows = standardise_block(whole, mapping, options_for(mapping, whole.lazy()))
    keys = pl.Series("order", [str(n) for n in range(len(whole))])
    return lines_of(rows, keys).frame["amount_minor"].to_list()


def test_a_price_with_more_decimals_than_the_currency_is_not_rounded_first() -> None:
    assert amounts(unit_price=["0.0125", "3.75"], quantity=["1000", "2"]) == [1_250, 750]


@pytest.mark.parametrize("other", ["12,50", "3.499,95"])
def test_a_point_between_thousands_is_no_decimal_point(other: str) -> None:
    assert amounts(unit_price=["1.250", other], quantity=["2", "1"])[0] == 250_000


def test_a_price_is_in_the_money_of_its_row() -> None:
    assert amounts(unit_price=["1200", "1200"], quantity=["2", "1"], currency=["JPY", "EUR"]) == [
        2_400,
        120_000,
    ]
