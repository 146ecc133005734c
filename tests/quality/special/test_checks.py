"""Check digits of single numbers and of columns, against python-stdnum."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.nl import bsn

from benchmarks.special import values
from klantbeeld.quality.special.checks import (
    card_column,
    card_scheme,
    holds_bsn,
    is_bsn,
    is_card,
    is_iban,
    luhn_column,
    passes_luhn,
)


@settings(max_examples=200, deadline=None)
@given(st.integers(10**7, 10**9 - 1))
def test_bsn_equals_the_library(number: int) -> None:
    text = f"{number:09}"
    if len(set(text[:-1])) > 1:  # '111111110' passes and is nobody's
        assert is_bsn(text) == bsn.is_valid(text)


@pytest.mark.parametrize("text", ["111111110", "000000000", "12345678x", "1234567", "9999900190"])
def test_no_bsn(text: str) -> None:
    assert not is_bsn(text)


def test_a_lost_leading_zero_is_forgiven() -> None:
    number = next(f"0{n}" for n in range(10**7, 10**8) if is_bsn(f"0{n}"))
    assert is_bsn(number[1:])


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[1-9][0-9]{11,18}", fullmatch=True))
def test_luhn_equals_the_library(digits: str) -> None:
    assert passes_luhn(digits) == luhn.is_valid(digits)
    assert luhn_column(pl.Series([digits])).to_list() == [luhn.is_valid(digits)]


@pytest.mark.parametrize(
    ("number", "scheme"),
    [
        ("4111111111111111", "visa"),
        ("5555555555554444", "mastercard"),
        ("2223003122003222", "mastercard"),
        ("378282246310005", "american express"),
        ("30569309025904", "diners"),
        ("6011111111111117", "discover"),
        ("3530111333300000", "jcb"),
        ("6304000000000000", "maestro"),
        ("4111111111111112", None),
        ("9111111111111111", None),
        ("0000000000000000", None),
        ("4444444444444444", None),
    ],
)
def test_cards(number: str, scheme: str | None) -> None:
    assert is_card(number) == (scheme is not None)
    assert card_column(pl.Series([number])).to_list() == [scheme is not None]
    if scheme:
        assert card_scheme(number) == scheme


def test_a_test_number_of_every_published_prefix_is_a_card() -> None:
    rng = random.Random(1)
    numbers = [values.card(rng) for _ in range(300)]
    assert all(is_card(n) for n in numbers)
    assert card_column(pl.Series(numbers)).all()


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 25))
def test_iban_equals_the_library(rng, place: int) -> None:  # type: ignore[no-untyped-def]
    text = values.iban(rng)
    place %= len(text)
    typo = text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]
    assert is_iban(text)
    assert is_iban(typo) == iban.is_valid(typo)


def test_tax_numbers_made_from_a_bsn() -> None:
    assert holds_bsn("999990019", "01")
    assert not holds_bsn("999990018", "01")  # mistyped
    assert not holds_bsn("004495445", "01")  # a legal person's
    new = values.mod_97_vat(random.Random(3))
    assert not holds_bsn(new[2:11], new[12:])
