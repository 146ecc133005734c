"""National numbers of Belgium, Germany (tax) and England (NHS), by the checks of python-stdnum."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl
from stdnum.be import nn
from stdnum.de import idnr
from stdnum.gb import nhs

# A first look at so many values spares the rest of a column that is something else.
LOOKED_AT = 500
_BELGIAN = re.compile(r"\d{2}(?:0[0-9]|[1-5]\d)\d{7}")


def is_belgian(digits: str) -> bool:
    """Eleven digits: a birth date, a serial number and two check digits mod 97."""
    return _BELGIAN.fullmatch(digits) is not None and bool(nn.is_valid(digits))


def is_german(digits: str) -> bool:
    """Eleven digits of the tax identification number (ISO 7064 mod 11, 10)."""
    return len(digits) == len("02476291358") and bool(idnr.is_valid(digits))


def is_english(digits: str) -> bool:
    """Ten digits of the National Health Service, mod 11."""
    return len(digits) == len("9434765870") and bool(nhs.is_valid(digits))


# With how large a share of good values a column is one without its heading saying so: a birth date
# and check digits mod 97 are no chance, one check digit is.
CHECKS: tuple[tuple[Callable[[str], bool], float], ...] = (
    (is_belgian, 0.8),
    (is_german, 0.98),
    (is_english, 0.98),
)


def valid(digits: pl.Series, check: Callable[[str], bool], least: float) -> pl.Series:
    """Boolean: the values (plain digits) that pass; all false where the first ones do not."""
    some = digits.gather_every(max(1, len(digits) // LOOKED_AT)).to_list()
    if sum(d is not None and check(d) for d in some) < least * len(some):
        return pl.repeat(False, len(digits), eager=True)
    return pl.Series([d is not None and check(d) for d in digits.to_list()], dtype=pl.Boolean)
