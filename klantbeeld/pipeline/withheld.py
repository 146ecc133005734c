"""What nobody reads from the copy: rows of people who are being erased, or restricted.

The database stops showing them in the transaction that says so; the copy follows later, so each
read of it leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import narwhals as nw

from klantbeeld.core import bulk
from klantbeeld.engine import register_filter
from klantbeeld.engine.bodies import Frame
from klantbeeld.privacy.tables import hidden_customers, hidden_records

# Table of the copy to the column by which rows are somebody's.
BY_RECORD: Mapping[str, str] = {
    "record": "id", "membership": "record_id", "interaction": "record_id",
    "subscription": "record_id", "consent": "record_id",
}  # fmt: skip


def register() -> None:
    """Have every read of the copy pass here."""
    for table, column in BY_RECORD.items():
        register_filter(table, _of_records(column))
    register_filter("profile", _profiles)
    register_filter("orderline", _lines)


_made: dict[str, Callable[[Frame], Frame]] = {}


def _of_records(column: str) -> Callable[[Frame], Frame]:
    """The same function each time, as registering it twice must change nothing."""
    return _made.setdefault(column, partial(_without_records, column))


def _without_records(column: str, frame: Frame) -> Frame:
    return _without(frame, column, every_record())


def _without(frame: Frame, column: str, keys: list[int]) -> Frame:
    return frame.filter(~nw.col(column).is_in(keys)) if keys else frame


def every_record() -> list[int]:
    """The records that are hidden, and all other records of the same customers."""
    records = hidden_records()
    fellows = bulk.rows_where(
        "SELECT o.record_id FROM identity_membership m JOIN identity_membership o"
        " ON o.customer_id = m.customer_id WHERE",
        "m.record_id", records,
    )  # fmt: skip
    return sorted({*records, *(row[0] for row in fellows)})


def _profiles(frame: Frame) -> Frame:
    owners = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "record_id", hidden_records()
    )
    return _without(frame, "customer_id", sorted({*hidden_customers(), *(r[0] for r in owners)}))


def _lines(frame: Frame) -> Frame:
    sales = bulk.rows_where("SELECT id FROM timeline_interaction WHERE", "record_id",
                            every_record())  # fmt: skip
    return _without(frame, "interaction_id", [row[0] for row in sales])
