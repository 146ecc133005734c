"""Invented numbers with right check digits.

BSNs are all of 9999xxxxx, the series from which the Dutch authority that issues BSNs (RvIG) takes
its published test numbers; they pass the eleven test, as they must, and are taken as nobody's. RSINs are
of the series 8. Card numbers stand behind prefixes that card schemes and payment providers
publish for testing. IBANs have the bank codes TEST and KBLD, which no bank has.
"""

from __future__ import annotations

import random

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
TEST_CARDS = (
    ("4111 11", 16),
    ("4000 00", 16),
    ("4242 42", 16),
    ("5555 55", 16),
    ("5200 82", 16),
    ("2223 00", 16),
    ("3782 82", 15),
    ("3714 49", 15),
    ("3056 93", 14),
    ("6011 11", 16),
    ("3530 11", 16),
    ("6304 00", 16),
    ("6759 64", 16),
    ("6200 00", 16),
)


def passes(number: int | str) -> bool:
    """The eleven test, written here once more: the benchmark asks nothing of what it measures."""
    digits = str(number).zfill(9)
    return sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11 == 0


TEST_BSNS = tuple(str(n) for n in range(999_900_000, 1_000_000_000) if passes(n))


def digits(rng: random.Random, count: int) -> str:
    """A number of so many digits that does not begin with a zero."""
    return str(rng.randrange(10 ** (count - 1), 10**count))


def rsin(rng: random.Random) -> str:
    """A number of a legal person."""
    while True:
        number = "8" + digits(rng, 8)
        if passes(number):
            return number


def card(rng: random.Random) -> str:
    """A card number without spaces."""
    prefix, length = rng.choice(TEST_CARDS)
    body = prefix.replace(" ", "")
    body += "".join(rng.choice("0123456789") for _ in range(length - len(body) - 1))
    return body + luhn_digit(body)


def luhn_digit(body: str) -> str:
    """The digit that makes a number pass the Luhn test."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        digit = int(sign) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def grouped_card(rng: random.Random, number: str) -> str:
    """As people write it: in groups, or not."""
    sizes = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4)}[len(number)]
    if rng.random() < 0.4:
        return number
    parts, place = [], 0
    for size in sizes:
        parts.append(number[place : place + size])
        place += size
    return rng.choice((" ", " ", "-")).join(parts)


def iban(rng: random.Random) -> str:
    """A Dutch, Belgian or German IBAN without spaces."""
    country = rng.choice(("NL", "NL", "NL", "BE", "DE"))
    rest = {
        "NL": rng.choice(("TEST", "KBLD")) + digits(rng, 10),
        "BE": "000" + digits(rng, 7),
        "DE": "00000000" + digits(rng, 10),
    }[country]
    if country == "BE":
        rest += f"{int(rest) % 97 or 97:02}"
    spelled = "".join(str(int(c, 36)) for c in rest + country + "00")
    return f"{country}{98 - int(spelled) % 97:02}{rest}"


def grouped_iban(rng: random.Random, number: str) -> str:
    """In groups of four, in small letters, or as it is."""
    style = rng.random()
    if style < 0.5:
        return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return number.lower() if style < 0.6 else number


def document(rng: random.Random) -> str:
    """A number like those of Dutch passports and identity cards: no letter O, a digit at the end."""
    letters = "ABCDEFGHIJKLMNPQRSTUVWXYZ"
    signs = letters + "123456789"
    middle = "".join(rng.choice(signs) for _ in range(6))
    return rng.choice("NI") + rng.choice(letters) + middle + rng.choice("123456789")


def written_bsn(rng: random.Random, number: str) -> str:
    """As people write it: bare, with points, spaces or hyphens."""
    style = rng.random()
    if style < 0.45:
        return number
    mark = rng.choice((".", " ", "-", " "))
    if style < 0.85:
        return mark.join((number[:3], number[3:6], number[6:]))
    return mark.join((number[:4], number[4:6], number[6:]))


def mod_97_vat(rng: random.Random) -> str:
    """A VAT number of a sole trader of 2020 or later: not made from a BSN."""
    number = digits(rng, 9)
    head = (2321 * 10**9 + int(number)) % 97 * 10**4 + 1100
    tail = next(tail for tail in range(2, 99) if (head + tail) % 97 == 1)
    return f"NL{number}B{tail:02}"
