"""Numbers that registers, tax offices and banks give out: trusted only where they can be right.

A number whose check digits are wrong is no number: it must not join two organisations, nor keep
apart two of which one was written down with a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .text import code

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_LEI = re.compile(r"[A-Z0-9]{18}\d{2}")
_FILL_NUMBER = re.compile(r"(\d)\1*|12345678|87654321")
_WORDS = re.compile(r"^(?:BTW|VAT|TVA|UST)(?:NR|NO|ID|IDNR|NUMMER)?")
_DUTCH = re.compile(r"(?:NL)?(\d{9}B\d{2})")


def iban(value: str) -> str | None:
    """An account number whose check digits hold (ISO 13616), None otherwise."""
    plain = code(value)
    holds = plain and _IBAN.fullmatch(plain) and _mod_97(plain[4:] + plain[:4]) == 1
    return plain if holds else None


def lei(value: str) -> str | None:
    """A legal entity identifier whose check digits hold (ISO 17442), None otherwise."""
    plain = code(value)
    return plain if plain and _LEI.fullmatch(plain) and _mod_97(plain) == 1 else None


def chamber_number(value: str) -> str | None:
    """A number of a trade register: eight digits (KvK), or two letters and six (Scotland).

    Of seven digits a spreadsheet dropped the leading zero; of twelve the last four are the branch.
    """
    plain = code(value[:30])
    if not plain:
        return None
    plain = re.sub(r"^KVK(?:NR|NUMMER)?", "", plain)
    if plain.isdigit():
        plain = {7: "0" + plain, 12: plain[:8]}.get(len(plain), plain)
        return plain if len(plain) == 8 and not _FILL_NUMBER.fullmatch(plain) else None
    return plain if re.fullmatch(r"[A-Z]{2}\d{6}", plain) else None


def vat_number(value: str) -> str | None:
    """A VAT number with its country, None where that country's check digits do not hold.

    The tests of the Netherlands, Belgium, Germany and the United Kingdom are known here; a number
    of another country, or of none, has to be taken as it is written.
    """
    plain = code(value[:40])
    if not plain:
        return None
    plain = _WORDS.sub("", plain)
    if dutch := _DUTCH.fullmatch(plain):
        plain = "NL" + dutch[1]
    test = _TESTS.get(plain[:2])
    if test is None:
        return plain if len(plain) >= 8 else None
    return plain if test(plain[2:]) else None


def _mod_97(text: str) -> int:
    """Remainder by ISO 7064 mod 97-10, letters as 10 to 35."""
    return int("".join([str(int(sign, 36)) for sign in text])) % 97


def _sum(digits: str, weights: range) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _dutch(number: str) -> bool:
    """The eleven test of the number before the B, or since 2020 mod 97-10 of the whole."""
    if not re.fullmatch(r"\d{9}B\d{2}", number) or number[-2:] == "00" or not int(number[:9]):
        return False
    is_eleven = (_sum(number[:8], range(9, 1, -1)) - int(number[8])) % 11 == 0
    return is_eleven or _mod_97("NL" + number) == 1


def _belgian(number: str) -> bool:
    plain = number.zfill(10)
    if not re.fullmatch(r"[01]\d{9}", plain) or not int(plain):
        return False
    return (int(plain[:8]) + int(plain[8:])) % 97 == 0


def _german(number: str) -> bool:
    """ISO 7064 mod 11, 10."""
    if not re.fullmatch(r"[1-9]\d{8}", number):
        return False
    check = 5
    for digit in number:
        check = ((check or 10) * 2 % 11 + int(digit)) % 10
    return check == 1


def _british(number: str) -> bool:
    if re.fullmatch(r"GD[0-4]\d\d|HA[5-9]\d\d", number):
        return True
    if not re.fullmatch(r"\d{9}(?:\d{3})?", number) or not int(number):
        return False
    left = (_sum(number[:7], range(8, 1, -1)) + int(number[7:9])) % 97
    return left == 0 or (left in (42, 55) and int(number[:3]) >= 100)


_TESTS: dict[str, Callable[[str], bool]] = {
    "NL": _dutch, "BE": _belgian, "DE": _german, "GB": _british, "XI": _british,
}  # fmt: skip
