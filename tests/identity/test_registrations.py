"""Registrations are taken where their check digits hold, as python-stdnum has it."""

from __future__ import annotations

import random

import pytest
from stdnum import iban as stdnum_iban
from stdnum import lei as stdnum_lei
from stdnum.be import vat as be
from stdnum.de import vat as de
from stdnum.gb import vat as gb
from stdnum.nl import btw

from benchmarks.organisations import simulate
from klantbeeld.identity.core.registrations import chamber_number, iban, lei, vat_number

VAT = {"NL": btw, "BE": be, "DE": de, "GB": gb}


@pytest.fixture(scope="module")
def numbers() -> dict[str, list[str]]:
    frame = simulate(6_000, seed=3).frame
    return {
        name: frame[name].drop_nulls().unique().sort().to_list() for name in ("vat", "iban", "lei")
    }


def _slips(number: str) -> list[str]:
    """The number, and as it may be mistyped."""
    pick = random.Random(number)
    at = pick.randrange(2, len(number))
    return [
        number,
        number[:at] + str(pick.randrange(10)) + number[at + 1 :],
        number[:-1],
        number + "0",
    ]


def test_vat(numbers: dict[str, list[str]]) -> None:
    for number in numbers["vat"]:
        for written in _slips(number):
            known = VAT[written[:2]].is_valid(written) if written[:2] in VAT else None
            # Since 2020 mod 97-10 holds in the Netherlands, without the eleven test.
            assert known is None or (vat_number(written) is not None) == known, written


def test_iban_and_lei(numbers: dict[str, list[str]]) -> None:
    for number in numbers["iban"]:
        if stdnum_iban.is_valid(number, check_country=False):
            assert iban(number) == number
            wrong = f"{number[:2]}{(int(number[2:4]) + 1) % 97:02}{number[4:]}"
            assert iban(wrong) is None
    for written in (w for number in numbers["lei"] for w in _slips(number)):
        assert (lei(written) is not None) == stdnum_lei.is_valid(written), written


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("NL 0034.28.540.B01", "NL003428540B01"),
        ("003428540B01", "NL003428540B01"),
        ("BTW-nr. NL003428540B01", "NL003428540B01"),
        ("NL003428541B01", None),
        ("BE 0071.341.817", "BE0071341817"),
        ("CHE-123.456.788", "CHE123456788"),
        ("geen", None),
    ],
)
def test_how_vat_is_written(written: str, number: str | None) -> None:
    assert vat_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("00826684", "00826684"), ("826684", None), ("0826684", "00826684"), ("KvK 00826684", "00826684"),
     ("008266840001", "00826684"), ("SC123456", "SC123456"), ("11111111", None), ("12345678", None)],
)  # fmt: skip
def test_trade_registers(written: str, number: str | None) -> None:
    assert chamber_number(written) == number
