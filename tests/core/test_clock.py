"""Time: microseconds in UTC, days in the company's own zone, over summer time and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.core import clock

DAYS = st.integers(-20_000, 60_000)


def _micros(moment: datetime) -> int:
    return round(moment.timestamp()) * clock.SECOND


@given(DAYS)
def test_a_day_comes_back(day: int) -> None:
    assert clock.date_to_day(clock.day_to_date(day)) == day


@given(DAYS)
def test_a_day_begins_at_its_own_midnight(day: int) -> None:
    start = clock.day_start_us(day)
    assert clock.local_day(start) == day
    assert clock.local_day(start - 1) == day - 1
    assert clock.local(start).date() == clock.day_to_date(day)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2024, 7, 4, 22, 0, tzinfo=UTC), date(2024, 7, 5)),
        (datetime(2024, 7, 4, 21, 59, tzinfo=UTC), date(2024, 7, 4)),
        (datetime(2024, 1, 4, 22, 59, tzinfo=UTC), date(2024, 1, 4)),
        (datetime(2024, 1, 4, 23, 0, tzinfo=UTC), date(2024, 1, 5)),
    ],
)
def test_the_day_is_the_company_s_in_summer_and_winter(utc: datetime, day: date) -> None:
    assert clock.day_to_date(clock.local_day(_micros(utc))) == day


def test_the_days_on_which_the_clock_changes_are_23_and_25_hours() -> None:
    spring, autumn = (clock.date_to_day(d) for d in (date(2024, 3, 31), date(2024, 10, 27)))
    hours = timedelta(hours=1) / timedelta(microseconds=1)
    lengths = [clock.day_start_us(d + 1) - clock.day_start_us(d) for d in (spring, autumn)]
    assert [length / hours for length in lengths] == [23, 25]
