"""Whole-number calendar against Python's own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import narwhals as nw
import polars as pl

from klantbeeld.engine import date_of, day_of, month, month_of, weekday
from tests.engines import OnEngine, rows


def test_days_months_and_weekdays_of_every_day_of_two_centuries(
    both_engines: OnEngine,
) -> None:
    days = pl.DataFrame(
        {"day": [*range(day_of(date(1896, 1, 1)), day_of(date(2105, 1, 1))), None]},
        schema={"day": pl.Int32},
    )
    frame = both_engines({"days": days})["days"]
    found = rows(
        month(frame).with_columns(weekday(nw.col("day")).alias("weekday")),
        "day",
    )
    assert found.pop(0) == {"day": None, "month": None, "weekday": None}
    wrong = [
        row
        for row in found
        if (row["month"], row["weekday"])
        != (month_of(date_of(row["day"])), date_of(row["day"]).weekday())
    ]
    assert not wrong
    assert len(found) == days.height - 1


def test_a_day_is_counted_from_1970() -> None:
    assert day_of(date(1970, 1, 1)) == 0
    assert day_of(datetime(2024, 2, 29, 23, 59, tzinfo=UTC)) == 19_782
    assert date_of(19_782) == date(2024, 2, 29)
    assert month_of(date(1969, 12, 31)) == -1
