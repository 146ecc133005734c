"""By what somebody is known again in rows that hang on no record of theirs.

A row is about a customer when one of its cells, or a word in it, is an identifier of the customer;
or when surname and postcode stand in it with the given name, or with no word that the customer is
not known by. The neighbour of the same name, and the wife at the same address, are other people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.core.models import Record, RecordVersion

_IDENTIFIERS = (
    "email", "email_2", "phone", "mobile", "iban", "customer_number", "login", "loyalty_number",
    "social_handle", "kvk", "vat",
)  # fmt: skip
_GIVEN = ("first_name", "initials")
_WORDS = (
    "surname", "surname_prefix", "first_name", "initials", "full_name", "salutation", "street",
    "city", "country", "address", "organisation_name", "postcode", "email", "house_suffix",
)  # fmt: skip
_SHORTEST = 5
# A short number is many things: it tells only beside the surname.
_LONG_NUMBER = 8
_SIGNS = "@._"
_PHONE = re.compile(r"[+(]?\d[\d\s().-]{7,}\d")
_WORD = re.compile(r"[^\s;,|<>\"'()\[\]{}=:]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
# What stands beside a name and is nobody's.
_TITLES = frozenset(
    ("de", "heer", "dhr", "mevrouw", "mevr", "mw", "mr", "mrs", "ms", "miss", "fam", "familie",
     "family", "en", "and")
)  # fmt: skip
_NAMES = frozenset({"full_name", "first_name", "initials", "contact_name"})
# All but letters, figures and the signs of addresses.
SIGNS = rf"[^\p{{L}}\p{{N}}{_SIGNS}]"


class Marks:
    """What rows about a set of records can be known by; false when there is nothing."""

    def __init__(self, records: Sequence[int]) -> None:
        self._forget()
        for data in said_by(records):
            self._learn(data)

    @classmethod
    def of_each(cls, records: Sequence[int]) -> list[Marks]:
        """Those of each of many records: what one is known by tells nothing of another."""
        made: dict[int, Marks] = {}
        for record, data in _said_by_each(records):
            if record not in made:
                made[record] = cls([])
            made[record]._learn(data)
        return [marks for marks in made.values() if marks]

    def _forget(self) -> None:
        self.cells: set[str] = set()
        self.short: set[str] = set()
        self.homes: set[tuple[str, str]] = set()
        self.given: set[str] = set()
        self.words: set[str] = set()

    def _learn(self, data: Mapping[str, Any]) -> None:
        for name in _IDENTIFIERS:
            text = _plain(data.get(name))
            if len(text) >= _SHORTEST:
                is_short = text.isdigit() and len(text) < _LONG_NUMBER
                (self.short if is_short else self.cells).add(text)
        surname, postcode = _plain(data.get("surname")), _plain(data.get("postcode"))
        if surname and postcode:
            self.homes.add((surname, postcode))
        for name in _WORDS:
            words = _words(str(data.get(name) or ""))
            self.words.update(words)
            if name in _GIVEN:
                self.given.update(words)

    def __bool__(self) -> bool:
        return bool(self.cells or self.short or self.homes)

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Whether a row with these cells is about them."""
        return self._tell(["" if v is None else str(v) for v in values.values()])

    def stand_in_text(self, text: str) -> bool:
        """Whether a text, such as a row as it was delivered, tells of them."""
        return self._tell([text])

    def stand_in(self, table: pl.LazyFrame) -> bool:
        """Whether any row of a table is about them."""
        return any(True for _ in self.rows_in(table))

    def rows_in(self, table: pl.LazyFrame) -> Iterator[dict[str, Any]]:
        """The rows of a table that are about them."""
        cells = pl.all().cast(pl.String, strict=False).str.to_lowercase().str.replace_all(SIGNS, "")
        whole = pl.concat_str(cells, separator=" ", ignore_nulls=True)
        seeds = sorted(self.seeds())
        if not seeds:
            return
        likely = table.filter(whole.str.contains_any(seeds)).collect()
        yield from (row for row in likely.iter_rows(named=True) if self.fits(row))

    def seeds(self) -> set[str]:
        """One of these stands in every row about them, signs and capitals aside."""
        return {*self.cells, *self.short, *(surname for surname, _ in self.homes)}

    def may_be(self, values: Mapping[str, Any], roles: Mapping[str, str]) -> bool:
        """Whether a row tells their name, nobody else's, and nothing that is not theirs.

        With the postcode the surname is enough. More than `fits`: to keep from sight, not to erase.
        """
        cells = {c: "" if v is None else str(v) for c, v in values.items()}
        squeezed = " ".join(bare(cell.lower()) for cell in cells.values())
        homes = [home for home in self.homes if home[0] in squeezed]
        named = [
            cell for column, cell in cells.items()
            if roles.get(column) in _NAMES or any(s in bare(cell.lower()) for s, _ in homes)
        ]  # fmt: skip
        words = {word for cell in named for word in _words(cell)} - _TITLES
        initials = {given[0] for given in self.given if given}
        if not homes or words - self.words - initials:
            return False
        if any(postcode in squeezed for _, postcode in homes):
            return True
        codes = {_plain(code) for code in _POSTCODE.findall(" ".join(cells.values()))}
        numbers = {w for w in _spelled(cells.values()) if "@" in w or (len(w) >= _LONG_NUMBER + 1
                   and w.isdigit())}  # fmt: skip
        return bool(words & (self.given | initials)) and not (codes or numbers - self.cells)

    def _tell(self, cells: Sequence[str]) -> bool:
        plain = set(_spelled(cells))
        if self.cells & plain:
            return True
        squeezed = " ".join(bare(cell.lower()) for cell in cells)
        if self.short & plain and any(surname in squeezed for surname, _ in self.homes):
            return True
        if not any(surname in squeezed and code in squeezed for surname, code in self.homes):
            return False
        words = {word for cell in cells for word in _words(cell)}
        return bool(self.given & words) or not self.given or words <= self.words


def _spelled(cells: Iterable[str]) -> Iterator[str]:
    """Each cell as a whole, its words, and the telephone numbers in it, bare."""
    for cell in cells:
        yield _plain(cell)
        for word in _WORD.findall(cell):
            yield _plain(word.rstrip(".").removeprefix("mailto:"))
        for number in _PHONE.findall(cell):
            yield _plain(number)


def _words(text: str) -> list[str]:
    return _LETTERS.findall(text.casefold())


def bare(text: str) -> str:
    """Letters, figures and the signs of addresses of a text, nothing between them."""
    return "".join(c for c in text if c.isalnum() or c in _SIGNS)


def _plain(value: Any) -> str:
    """Small letters and digits, with signs of addresses only: '06-97 01' is '069701'."""
    text = "" if value is None else str(value).lower()
    # A phone number in any notation is known by its last nine digits.
    digits = "".join(c for c in text if c.isdigit())
    is_phone = len(digits) >= 9 and not any(c.isalpha() or c == "@" for c in text)
    return digits[-9:] if is_phone and len(digits) <= 15 else bare(text)


def _said_by_each(records: Sequence[int]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from Record.objects.filter(pk__in=records).values_list("pk", "data")
    versions = RecordVersion.objects.filter(record__in=records)
    for record, data, raw in versions.values_list("record", "data", "raw"):
        yield record, data
        yield record, raw


def said_by(records: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """Current and earlier values of records, standard and as delivered."""
    yield from Record.objects.filter(pk__in=records).values_list("data", flat=True)
    versions = RecordVersion.objects.filter(record__in=records)
    for data, raw in versions.values_list("data", "raw"):
        yield data
        yield raw
