"""Folding of one written value to a comparable form. Scalar functions: `over` runs them on columns.

They are run once per distinct value, which on a million customer rows costs no more than
vectorised text operations, and a single live record costs microseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import polars as pl
from anyascii import anyascii

# Longer values carry no more identity, only cost: metrics are quadratic in length.
LONGEST = 120

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)

# What people and systems write where nothing is known.
PLACEHOLDERS = frozenset((
    "", "null", "none", "nan", "na", "n/a", "nvt", "n.v.t.", "onbekend", "unknown", "geen", "leeg",
    "-", "--", ".", "?", "x", "xx", "xxx", "test", "0",
))  # fmt: skip

# Letters of other scripts, runs of them at once: how one is spelt may depend on the next.
_IS_FOREIGN = re.compile(r"[^\W\d_a-z]")
_FOREIGN = re.compile(r"[^\W\d_a-z]+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_FILL = re.compile(r"(.)\1*")


class _Memo(dict[Any, Any]):
    """Answers of a function, each computed once; None in, None out."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._function = function

    def __missing__(self, value: Any) -> Any:
        answer = self[value] = self._function(value)
        return answer


def over(function: Callable[[Any], Any], column: pl.Series | list[Any]) -> list[Any]:
    """The function's answer for every value of a column, computed once per distinct value."""
    known = column.to_list() if isinstance(column, pl.Series) else column
    return list(map(_Memo(function).__getitem__, known))


def present(value: str) -> str | None:
    """The trimmed text, None where it is empty or a placeholder such as 'onbekend'."""
    trimmed = value[: 4 * LONGEST].strip()
    return None if trimmed.lower() in PLACEHOLDERS else trimmed


def folded(value: str) -> str:
    """Lower case Latin letters without marks: 'Ångström' is 'angstrom', 'Васильев' 'vasilev'.

    Signs that are no letters ('🚲') stay.
    """
    plain = value.lower()
    if not plain.isascii():
        parted = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(char for char in parted if not unicodedata.combining(char))
        if _IS_FOREIGN.search(plain):  # signs of hardness in Slavic names are no letters of a name
            plain = _FOREIGN.sub(lambda run: anyascii(run.group()).replace("'", "").lower(), plain)
    return plain[:LONGEST]


def letters(value: str) -> str | None:
    """Only the letters, in one word."""
    if value.isalpha():
        return value
    return "".join(filter(str.isalpha, value)) or None


def alphanumeric(value: str) -> str:
    """Only letters and digits, in one word."""
    return value if value.isalnum() else _NOT_ALNUM.sub("", value)


def code(value: str) -> str | None:
    """An identifier as machines write it: upper case letters and digits only.

    A value of one repeated character ('0000', 'X') identifies nobody: None.
    """
    known = present(value)
    plain = alphanumeric(known.upper()) if known else ""
    return None if not plain or (plain[0] in "09X" and _FILL.fullmatch(plain)) else plain
