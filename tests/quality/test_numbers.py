"""Amounts and numbers in Dutch and English notation."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.quality.tables import decimal_mark
from tests.quality.cases import check, row, rows


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1.234,56", ",", 123456),
        ("€ 1.234,56", ",", 123456),
        ("1,234.56", ".", 123456),
        ("1234,56", ",", 123456),
        ("1234.56", ",", 123456),
        ("12,50", ".", 1250),
        ("1.234", ",", 123400),
        ("1.234", ".", 123),
        ("1,234", ",", 123),
        ("1,234", ".", 123400),
        ("1.234.567", ",", 123456700),
        ("1 234,50", ",", 123450),
        ("1'234.50", ".", 123450),
        ("(12,50)", ",", -1250),
        ("-12,50", ",", -1250),
        ("12,50-", ",", -1250),
        ("−12,50", ",", -1250),
        ("- € 5,00", ",", -500),
        ("€ -5,00", ",", -500),
        ("€ 5,-", ",", 500),
        ("5,--", ",", 500),
        ("-5,-", ",", -500),
        ("EUR 12.50", ",", 1250),
        ("12,50 euro", ",", 1250),
        ("0,125", ",", 13),
        ("0,124", ",", 12),
        (",5", ",", 50),
        ("-0,125", ",", -13),
        ("12345", ",", 1234500),
        ("0", ",", 0),
        ("+3", ",", 300),
        ("1.234,567", ",", 123457),
        ("0.5", ",", 50),
        ("abc", ",", "!not_a_number"),
        ("12.50.3", ",", "!not_a_number"),
        ("12-50", ",", "!not_a_number"),
        ("1e5", ",", "!scientific_notation"),
        ("1,2E+05", ",", "!scientific_notation"),
        ("n.v.t.", ",", "!placeholder"),
        ("-", ",", "!placeholder"),
        ("#DEEL/0!", ",", "!formula_error"),
        ("9" * 20, ",", "!out_of_range"),
        ("", ",", None),
        ("€", ",", "!not_a_number"),
    ],
)
def test_amount(text: str, decimal: str, expected: int | str | None) -> None:
    check("order_amount", text, expected, decimal=decimal)


def test_amounts_that_are_numbers_already() -> None:
    values = [12.5, 1.005, -3.335, 0.285, float("nan"), None, 1e300]
    found = rows("unit_price", pl.Series(values))
    assert [r["value"] for r in found] == [1250, 101, -334, 29, None, None, None]
    assert found[-1]["issue"] == "out_of_range"
    assert rows("unit_price", pl.Series([12, -3]))[0]["value"] == 1200
    assert rows("unit_price", pl.Series([Decimal("12.345")]))[0]["value"] == 1235


def test_currency_decides_the_number_of_decimals() -> None:
    check("order_amount", "1250", 1250, currency="JPY")
    check("order_amount", "1,2345", 1235, currency="KWD", decimal=",")
    found = rows(
        "order_amount", ["5", "5", "¥ 5", "$5"], currency=pl.Series(["EUR", "JPY", "EUR", None])
    )
    assert [r["value"] for r in found] == [500, 5, 5, 500]
    assert [r["currency"] for r in found] == [None, None, "JPY", "USD"]


def test_the_whole_column_decides_about_the_decimal_mark() -> None:
    assert [r["value"] for r in rows("order_amount", ["1.234", "12,50"])] == [123400, 1250]
    assert [r["value"] for r in rows("order_amount", ["1,234", "12.50"])] == [123400, 1250]


@pytest.mark.parametrize(
    ("texts", "mark", "low", "high"),
    [
        (["12,50", "1.234,00", "3,5"], ",", 0.9, 1),
        (["12.50", "1,234.00", "3.5"], ".", 0.9, 1),
        (["1.234", "2.345"], ",", 0.5, 0.5),
        (["12", "13"], ",", 0.9, 0.9),
        (["12,50", "12.50", "1,25"], ",", 0.5, 0.7),
        (["1.234.567", "12"], ",", 0.7, 0.9),
    ],
)
def test_decimal_mark(texts: list[str], mark: str, low: float, high: float) -> None:
    found = decimal_mark(pl.Series(texts))
    assert found.mark == mark
    assert low <= found.confidence <= high, found


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(["{:,.2f}", "€ {:,.2f}", "{:.2f}"]),
    st.booleans(),
)
def test_every_way_of_writing_cents_is_read_back(cents: int, pattern: str, dutch: bool) -> None:
    text = pattern.format(Decimal(cents) / 100)
    if dutch:
        text = text.translate(str.maketrans(",.", ".,"))
    check("order_amount", text, cents, decimal="," if dutch else ".")


@settings(max_examples=150, deadline=None)
@given(st.integers(-(10**11), 10**11))
def test_floats_become_the_cents_that_were_typed(cents: int) -> None:
    assert row("order_amount", cents / 100)["value"] == cents


def test_numbers() -> None:
    texts = ["2,5", "-3", "1.234,5", "x", None, "1e5"]
    found = rows("quantity", texts, decimal=",")
    assert [r["value"] for r in found] == [2.5, -3.0, 1234.5, None, None, None]
    assert [r["issue"] for r in found][3:] == ["not_a_number", None, "scientific_notation"]
    assert rows("quantity", pl.Series([2, 3]))[0]["value"] == 2.0


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        ("age", "34", 34),
        ("age", "34 jaar", 34),
        ("age", "34.0", 34),
        ("age", 34.0, 34),
        ("age", "34,5", "!not_a_whole_number"),
        ("age", "200", "!out_of_range"),
        ("age", "-1", "!out_of_range"),
        ("age", "oud", "!not_a_number"),
        ("nps_score", "10", 10),
        ("nps_score", "11", "!out_of_range"),
        ("points_delta", "-250", -250),
        ("points", "1.250", 1250),
        ("household_size", "4 personen", 4),
    ],
)
def test_whole_numbers(role: str, text: object, expected: int | str) -> None:
    check(role, text, expected, decimal=",")
