"""What a customer can be found by: words of the full-text index, each kind with its own mark.

A word without mark is open to everybody who may read customers: names, organisation, city,
postcode, numbers. Words behind a mark belong to fields that some roles do not see, and are
only asked for on behalf of roles that do:

    @  e-mail address, log-in, social profile, whole
    %  the names in an address, and its domain unless half the country has it
    +  phone number as digits with country code; ~ the same backwards, for last digits
    #  postcode with house number, joined; the words of a street, and the number of a house
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from klantbeeld.quality.tables import fold

NAME_FIELDS = (
    "full_name", "first_name", "initials", "surname_prefix", "surname", "organisation_name",
    "contact_name", "city",
)  # fmt: skip
NUMBER_FIELDS = ("customer_number", "loyalty_number", "kvk")
MAIL_FIELDS = ("email", "email_2", "login", "social_handle")
PHONE_FIELDS = ("phone", "mobile")
MAIL, PART, PHONE, ENDING, ADDRESS = "@", "%", "+", "~", "#"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_HOSTS = """
    gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx proton protonmail
    ziggo kpnmail kpnplanet planet hetnet home upcmail casema chello xs4all telfort tele2 online
    quicknet solcon freedom zonnet wanadoo versatel orange telenet skynet hccnet
"""
# So many people have an address there that it says nothing about any of them.
COMMON_HOSTS = frozenset(_HOSTS.split())
# What a word of an address may hold; everything else would cut it in two in the index.
_NOT_IN_ADDRESS = re.compile(r"[^\w@.+~#-]+")
_NOT_ALNUM = re.compile(r"[^0-9a-z]+")


@dataclass
class Words:
    """The words of many customers, gathered one by one and folded together."""

    names: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def add(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Gather the words of one customer from the data of its records."""
        names: dict[str, None] = {}
        streets: dict[str, None] = {}
        codes: dict[str, None] = {}
        before: Mapping[str, Any] = {}
        for data in records:
            for key in NAME_FIELDS:
                value = data.get(key)
                if value and value != before.get(key):
                    names[str(value)] = None
            if data.get("street"):
                streets[str(data["street"])] = None
            for word in _codes(data, before):
                codes[word] = None
            before = data
        self.names.append(" ".join(names))
        self.streets.append(" ".join(streets))
        self.codes.append(" ".join(codes))

    def texts(self) -> list[str]:
        """One text of words per customer, in the order of adding."""
        names, streets = (
            fold(pl.Series("text", texts, dtype=pl.String)).fill_null("").to_list()
            for texts in (self.names, self.streets)
        )
        return [
            " ".join([*dict.fromkeys(name.split()), *street_words(street), code]).strip()
            for name, street, code in zip(names, streets, self.codes, strict=True)
        ]


def street_words(folded: str) -> list[str]:
    """The words of a street, each once, behind their mark: '#jan', '#van', '#galenstraat'."""
    return [ADDRESS + word for word in dict.fromkeys(folded.split())]


def _codes(data: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """The words of numbers and addresses; what the record before said already is left out."""
    found: list[str] = []
    for fields, words_of in _CODES:
        for key in fields:
            value = data.get(key)
            if value and value != before.get(key):
                found += words_of(str(value))
    postcode = data.get("postcode")
    if postcode:
        found += _address_words(str(postcode), data)
    if data.get("street") and data.get("house_number"):
        number = str(data["house_number"])
        found += [ADDRESS + number, ADDRESS + _plain(f"{number}{data.get('house_suffix') or ''}")]
    return found


def _plain(text: str) -> str:
    """Only digits and small letters a to z."""
    low = text.replace(" ", "").lower()
    return low if low.isascii() and low.isalnum() else _NOT_ALNUM.sub("", low)


def _address_words(postcode: str, data: Mapping[str, Any]) -> list[str]:
    code = _plain(postcode)
    number = data.get("house_number")
    if not code or not number:
        return [code] if code else []
    return [code, ADDRESS + code + _plain(f"{number}{data.get('house_suffix') or ''}")]


def phone_words(text: str) -> list[str]:
    """A phone number from its beginning and from its end: '+31697…', '~…79613'."""
    digits = text[1:] if text[1:].isdigit() else "".join(filter(str.isdigit, text))
    return [PHONE + digits, ENDING + digits[::-1]] if digits else []


def number_words(text: str) -> list[str]:
    """A number as written and without its signs; with leading zeros and without."""
    plain = _plain(text)
    found = [plain, plain.lstrip("0")]
    digits = plain.lstrip("abcdefghijklmnopqrstuvwxyz")
    if digits != plain and len(digits) >= 3:
        found += [digits, digits.lstrip("0")]
    return [w for w in dict.fromkeys(found) if w]


def address_word(text: str) -> str:
    """An address or log-in as one word, without the mark."""
    return _NOT_IN_ADDRESS.sub("", text.lower()).lstrip("@")


def mail_words(text: str) -> list[str]:
    """An address or log-in whole and in parts: '@jan.smit7@x.nl', '%jan', '%smit', '%x.nl'."""
    whole = address_word(text)
    local, _, domain = whole.partition("@")
    words = [MAIL + whole] if whole else []
    words += [PART + w for w in _LETTERS.findall(local)]
    return words + list(_domain_words(domain)) if domain else words


@lru_cache(maxsize=4_096)
def _domain_words(domain: str) -> tuple[str, ...]:
    labels = domain.split(".")[:-1]
    if not labels or labels[-1] in COMMON_HOSTS:
        return ()
    return tuple(PART + w for w in dict.fromkeys((domain, *(x for x in labels if len(x) > 1))))


_CODES: tuple[tuple[tuple[str, ...], Callable[[str], list[str]]], ...] = (
    (NUMBER_FIELDS, number_words),
    (MAIL_FIELDS, mail_words),
    (PHONE_FIELDS, phone_words),
)
