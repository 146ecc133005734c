"""A block in standard form: what the whole column decides, and what other columns tell."""

from __future__ import annotations

import polars as pl

from klantbeeld.pipeline.standard import options_for, standardise_block
from klantbeeld.sources.tables import ROW, ColumnMapping, TableMapping


def read(columns: dict[str, list[str | None]], block: slice = slice(None)) -> pl.DataFrame:
    """The standard values of a block of a table whose columns are called by their roles."""
    whole = pl.DataFrame(columns).with_row_index(ROW, offset=1).cast({ROW: pl.Int64})
    mapped = tuple(ColumnMapping(name, name) for name in columns)
    mapping = TableMapping(table="t", holds="customers", columns=mapped)
    return standardise_block(whole[block], mapping, options_for(mapping, whole.lazy())).values


def test_a_row_is_read_by_the_rules_of_its_own_country() -> None:
    found = read(
        {
            "phone": ["020 000 1234", "016 00 12 34", "030 0001234", "0200001234"],
            "postcode": ["1234ab", "1000", "10115", "1234 AB"],
            "country": ["Nederland", "België", "Duitsland", None],
        }
    )
    assert found["phone"].to_list() == [
        "+31200001234",
        "+3216001234",
        "+49300001234",
        "+31200001234",
    ]
    assert found["postcode"].to_list() == ["1234 AB", "1000", "10115", "1234 AB"]


def test_the_whole_column_decides_how_amounts_are_written() -> None:
    amounts: list[str | None] = ["1.234", "12,50", "3,75"]
    values = read({"order_amount": amounts}, slice(0, 1))
    assert values["order_amount"].to_list() == [123_400]
    assert read({"order_amount": ["1.234", "12.50", "3.75"]}, slice(0, 1))[
        "order_amount"
    ].to_list() == [123]


def test_amounts_are_in_the_money_of_their_row() -> None:
    found = read({"order_amount": ["1200", "1200", "1200"], "currency": ["EUR", "JPY", None]})
    assert found["order_amount"].to_list() == [120_000, 1_200, 120_000]


def test_the_whole_column_decides_whether_names_are_english() -> None:
    found = read({"full_name": ["Mr P. Bos", "Mrs A. Bos"]}, slice(0, 1))
    assert found["salutation"].to_list() == ["Mr"]
    assert read({"full_name": ["Mr. P. Bos", "Mevr. A. Bos"]}, slice(0, 1))["title"].to_list() == [
        "mr."
    ]


def test_a_block_reads_dates_as_the_whole_column_does() -> None:
    found = read({"birth_date": ["03-04-1980", "04-25-1980"]}, slice(0, 1))
    assert str(found["birth_date"][0]) == "1980-03-04"


def test_postcode_and_place_in_one_cell_fill_both_roles() -> None:
    cells: list[str | None] = ["1234 AB Utrecht", None, "9000 Gent", "Ede"]
    for role in ("postcode", "city"):
        found = read({role: cells[:3]})
        assert found["postcode"].to_list() == ["1234 AB", None, "9000"]
        assert found["city"].to_list() == ["Utrecht", None, "Gent"]
    found = read({"postcode": ["3511 AA", None, None, "6711 AA"], "city": cells})
    assert found["postcode"].to_list() == ["3511 AA", None, "9000", "6711 AA"]
    assert found["city"].to_list() == ["Utrecht", None, "Gent", "Ede"]
    # Every block has the columns that the whole table has.
    assert set(read({"city": cells}, slice(3, 4)).columns) == {ROW, "city", "postcode"}
    assert set(read({"city": ["Ede", "As"]}).columns) == {ROW, "city"}
