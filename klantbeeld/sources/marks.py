"""By what somebody is known again in rows that hang on no record of theirs.

A row is about a customer when one of its cells holds an identifier of the customer, or when surname
and postcode both stand in it. Used for what must go, so rather one row too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from klantbeeld.core.models import Record, RecordVersion

_IDENTIFIERS = (
    "email", "email_2", "phone", "mobile", "iban", "customer_number", "login", "loyalty_number",
    "social_handle", "kvk", "vat",
)  # fmt: skip
_SHORTEST = 5
_SIGNS = "@._"


class Marks:
    """What rows about a set of records can be known by; false when there is nothing."""

    def __init__(self, records: Sequence[int]) -> None:
        self.cells: set[str] = set()
        self.homes: set[tuple[str, str]] = set()
        for data in said_by(records):
            for name in _IDENTIFIERS:
                if len(text := _plain(data.get(name))) >= _SHORTEST:
                    self.cells.add(text)
            surname, postcode = _plain(data.get("surname")), _plain(data.get("postcode"))
            if surname and postcode:
                self.homes.add((surname, postcode))

    def __bool__(self) -> bool:
        return bool(self.cells or self.homes)

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Whether a row with these cells is about them."""
        return self._tell_of(" ".join(_plain(v) for v in values.values()))

    def stand_in_text(self, text: str) -> bool:
        """Whether a text, such as a row as it was delivered, tells of them."""
        return self._tell_of(_bare(text.lower()))

    def stand_in(self, table: pl.LazyFrame) -> bool:
        """Whether any row of a table is about them."""
        signs = rf"[^\p{{L}}\p{{N}}{_SIGNS}]"
        cells = pl.all().cast(pl.String, strict=False).str.to_lowercase().str.replace_all(signs, "")
        whole = pl.concat_str(cells, separator=" ", ignore_nulls=True)
        told = [whole.str.contains_any(sorted(self.cells))] if self.cells else []
        told += [
            whole.str.contains(surname, literal=True) & whole.str.contains(postcode, literal=True)
            for surname, postcode in sorted(self.homes)
        ]
        return bool(table.select(pl.any_horizontal(told).any()).collect().item()) if told else False

    def _tell_of(self, plain: str) -> bool:
        if any(mark in plain for mark in self.cells):
            return True
        return any(surname in plain and postcode in plain for surname, postcode in self.homes)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in _SIGNS)


def _plain(value: Any) -> str:
    """Small letters and digits, with signs of addresses only: '06-97 01' is '069701'."""
    text = "" if value is None else str(value).lower()
    # A phone number in any notation is known by its last nine digits.
    digits = "".join(c for c in text if c.isdigit())
    is_phone = len(digits) >= 9 and not any(c.isalpha() or c == "@" for c in text)
    return digits[-9:] if is_phone and len(digits) <= 15 else _bare(text)


def said_by(records: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """Current and earlier values of records, standard and as delivered."""
    yield from Record.objects.filter(pk__in=records).values_list("data", flat=True)
    versions = RecordVersion.objects.filter(record__in=records)
    for data, raw in versions.values_list("data", "raw"):
        yield data
        yield raw
