"""Postcode and place in one cell: taken apart, whatever the column is called."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.quality.tables import options_for, standardise

CELLS = {
    "1234 AB Utrecht": ("1234 AB", "Utrecht"),
    "1234AB  UTRECHT": ("1234 AB", "Utrecht"),
    "NL-1234 AB Utrecht": ("1234 AB", "Utrecht"),
    "5211ab, 's-hertogenbosch": ("5211 AB", "'s-Hertogenbosch"),
    "2901 AB CAPELLE AAN DEN IJSSEL": ("2901 AB", "Capelle aan den IJssel"),
    "9000 Gent": ("9000", "Gent"),
    "B-9000 Gent": ("B-9000", "Gent"),
    "D-10115 Berlin": ("D-10115", "Berlin"),
    "Utrecht 1234 AB": ("1234 AB", "Utrecht"),
    "Utrecht": (None, "Utrecht"),
    "2e Exloërmond": (None, "2e Exloërmond"),
    "1e Barger-Compascuum": (None, "1e Barger-Compascuum"),
}


def test_a_place_with_its_postcode_is_taken_apart() -> None:
    read = standardise(pl.Series(list(CELLS)), "city")
    assert read.value.to_list() == [city for _, city in CELLS.values()]
    assert read.parts["postcode"].to_list() == [code for code, _ in CELLS.values()]
    assert read.issue.null_count() == len(CELLS)


def test_a_postcode_with_its_place_is_taken_apart() -> None:
    cells = {cell: told for cell, told in CELLS.items() if told[0]} | {"3511 AA": ("3511 AA", None)}
    read = standardise(pl.Series(list(cells)), "postcode")
    assert read.value.to_list() == [code for code, _ in cells.values()]
    assert read.parts["city"].to_list() == [city for _, city in cells.values()]


def test_of_a_refused_postcode_the_place_stays() -> None:
    read = standardise(pl.Series(["0000 AA Utrecht", "1234 SS Ede"]), "postcode")
    assert read.value.to_list() == [None, None]
    assert read.parts["city"].to_list() == ["Utrecht", "Ede"]


@pytest.mark.parametrize("role", ["postcode", "city"])
def test_columns_of_one_thing_have_no_other_half(role: str) -> None:
    column = pl.Series(["1234 AB", "3511AA", "9000", "1234 as"] if role == "postcode" else [
        "Utrecht", "2e Exloërmond", "Den Haag", "As", "Oud-Beijerland"])  # fmt: skip
    assert not {"postcode", "city"} & set(standardise(column, role).parts)
    assert options_for(column, role) == {"together": False}


def test_a_chunk_follows_the_whole_column() -> None:
    whole = pl.Series(["1234 AB Utrecht", "Ede"])
    assert options_for(whole, "city") == {"together": True}
    read = standardise(whole[1:], "city", together=True)
    assert read.parts["postcode"].to_list() == [None]
