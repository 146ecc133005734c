"""Customer numbers, KvK, VAT and what looks like a BSN."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn, btw

from klantbeeld.quality.tables import looks_like_bsn
from tests.quality.cases import check, row, rows


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00123", "00123"),
        ("17850.0", "17850"),
        (17850.0, "17850"),
        (17850, "17850"),
        ("K-2024/001", "K-2024/001"),
        (" 12 ", "12"),
        ("'00123", "00123"),
        ("3.5", "3.5"),
        ("0", "!placeholder"),
        ("000", "!placeholder"),
        ("-1", "!placeholder"),
        ("null", "!placeholder"),
        ("n.v.t.", "!placeholder"),
        ("1,23E+05", "!scientific_notation"),
        ("A" * 201, "!too_long"),
        ("", None),
        (None, None),
    ],
)
def test_customer_number(value: object, expected: str | None) -> None:
    check("customer_number", value, expected)


def test_large_integers_stay_whole() -> None:
    found = rows("order_number", pl.Series([9_007_199_254_740_993, 12]))
    assert found[0]["value"] == "9007199254740993"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("68750110", "68750110"),
        ("KvK 6875.0110", "68750110"),
        ("6875011", "06875011"),
        (6875011.0, "06875011"),
        ("687501100001", "68750110"),
        ("12345678", "!placeholder"),
        ("123", "!wrong_length"),
        ("abc", "!not_a_number"),
        ("KvK-nummer: 68750110", "68750110"),
    ],
)
def test_kvk(value: object, expected: str) -> None:
    check("kvk", value, expected)


def test_kvk_with_a_branch() -> None:
    assert row("kvk", "68750110 0001")["branch"] == "0001"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("NL004495445B01", "NL004495445B01"),
        ("nl 0044.95.445.b01", "NL004495445B01"),
        ("004495445B01", "NL004495445B01"),
        ("NL002455799B11", "NL002455799B11"),
        ("BTW: NL004495445B01", "NL004495445B01"),
        ("BE0403170701", "BE0403170701"),
        ("DE136695976", "DE136695976"),
        ("NL004495446B01", "!invalid_check_digit"),
        ("BE0403170702", "!invalid_check_digit"),
        ("NL12", "!wrong_length"),
        ("XX123", "!unknown_country"),
        ("12", "!unknown_country"),
        ("DE12", "!wrong_length"),
        ("NL000000000B01", "!placeholder"),
    ],
)
def test_vat(value: str, expected: str) -> None:
    check("vat", value, expected)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10**9 - 1), st.integers(0, 99), st.booleans())
def test_dutch_vat_equals_the_library(number: int, tail: int, mend: bool) -> None:
    if mend:  # half of the cases get check digits that are right by mod 97-10
        tail = next((t for t in range(1, 100) if btw.is_valid(f"{number:09}B{t:02}")), tail)
    text = f"NL{number:09}B{tail:02}"
    found = row("vat", text)
    if found["issue"] != "placeholder":
        assert (found["issue"] is None) is btw.is_valid(text)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9 - 1))
def test_bsn_check_equals_the_library(number: int) -> None:
    text = f"{number:09}"
    assert looks_like_bsn(pl.Series([text])).to_list() == [bsn.is_valid(text)]


def test_looks_like_bsn_takes_any_column() -> None:
    assert looks_like_bsn(
        pl.Series(["111222333", "1112.22.333", "111222334", "x", None])
    ).to_list() == [True, True, False, False, False]
    assert looks_like_bsn(pl.Series([111222333])).to_list() == [True]


def test_social_handles() -> None:
    texts = ["@Jan_Bos", "https://www.instagram.com/jan_bos/", "linkedin", "@"]
    assert [r["value"] for r in rows("social_handle", texts)] == [
        "jan_bos",
        "jan_bos",
        "linkedin",
        None,
    ]
