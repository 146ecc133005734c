"""How the tests of `quality` standardise a few values at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from klantbeeld.quality.tables import standardise

TODAY = dt.date(2025, 6, 1)


def rows(role: str, values: Any, **options: Any) -> list[dict[str, Any]]:
    """Value, issue and parts of each value, one dictionary a row."""
    column = values if isinstance(values, pl.Series) else pl.Series("x", values)
    options.setdefault("today", TODAY)
    return standardise(column, role, **options).frame().to_dicts()


def row(role: str, value: Any, **options: Any) -> dict[str, Any]:
    """Value, issue and parts of one value."""
    return rows(role, [value], **options)[0]


def check(role: str, value: Any, expected: Any, **options: Any) -> None:
    """`expected` is the standard value, or the issue written as '!reason'."""
    found = row(role, value, **options)
    if isinstance(expected, str) and expected.startswith("!"):
        assert (found["value"], found["issue"]) == (None, expected[1:]), (value, found)
    else:
        assert (found["value"], found["issue"]) == (expected, None), (value, found)
