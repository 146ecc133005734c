"""Money is a whole number of minor units and a currency; it is only divided on screen."""

from __future__ import annotations

from decimal import Decimal

DEFAULT_CURRENCY = "EUR"
# ISO 4217 exponents that differ from two.
EXPONENTS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit (ISO 4217)."""
    return EXPONENTS.get(currency, 2)


def to_decimal(minor: int, currency: str = DEFAULT_CURRENCY) -> Decimal:
    """Minor units as an exact decimal amount."""
    return Decimal(minor).scaleb(-exponent(currency))
