"""The rows of every room as they go into a bundle: readable moments, no keys of other people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import clock
from klantbeeld.sources.tables import Marks

_RECORD_KEYS = frozenset({"record", "record_id", "left_id", "right_id"})
# Keys of things that are shared with others, or tell nobody anything.
_LEFT_OUT = frozenset({"customer_id", "customer", "household", "delivery_id"})
_FROM_1973 = 10**14
Rows = list[dict[str, Any]]


def plain(section: str, rows: Sequence[Mapping[str, Any]], records: Sequence[int]) -> Rows:
    """Rows of a section with own records numbered from one, and those of others left out."""
    own = {record: n for n, record in enumerate(sorted(records), 1)}
    made = [_row(row, own) for row in rows]
    return [_of_own(row, records) for row in made] if section == "coming_in" else made


def _row(row: Mapping[str, Any], own: Mapping[int, int]) -> dict[str, Any]:
    return {
        key: own.get(value) if key in _RECORD_KEYS else said(key, value)
        for key, value in row.items()
        if key not in _LEFT_OUT
    }


def said(key: str, value: Any) -> Any:
    """A stored value as people and programs read it: moments and days in ISO 8601."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if (key == "at" or key.endswith("_at")) and abs(value) > _FROM_1973:
        return moment(value)
    if (key == "day" or key.endswith("_day")) and value:
        return clock.day_to_date(value).isoformat()
    return value


def moment(at: int) -> str:
    """Microseconds UTC as ISO 8601 in the company's zone; "" for none."""
    return clock.local(at).isoformat() if at else ""


def _of_own(row: dict[str, Any], records: Sequence[int]) -> dict[str, Any]:
    """Of a file on its way in only its names, and the rows in it that are about the customer.

    Every other row of such a file is about somebody else.
    """
    marks = Marks(records)
    files = [f for f in row.get("files") or () if isinstance(f, Mapping) and "name" in f]
    kept = {key: _fitting(value, marks) for key, value in row.items() if key != "at"}
    return {"at": row.get("at"), "names": [str(f["name"]) for f in files], **kept}


def _fitting(value: Any, marks: Marks) -> list[Any]:
    """The innermost objects of a JSON value that are about the customer."""
    if isinstance(value, list):
        return [found for one in value for found in _fitting(one, marks)]
    if not isinstance(value, Mapping):
        return []
    inner = [v for v in value.values() if isinstance(v, Mapping | list)]
    found = [f for one in inner for f in _fitting(one, marks)]
    if inner and found:
        return found
    return [dict(value)] if marks and marks.fits(value) else []
