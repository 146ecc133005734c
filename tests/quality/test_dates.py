"""Dates and times in every way of writing, and the order that the whole column decides."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.quality.tables import date_order, standardise
from klantbeeld.quality.zones import to_utc
from tests.quality.cases import check, row, rows

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def micros(*parts: int, zone: dt.tzinfo = AMSTERDAM) -> int:
    moment = dt.datetime(*parts, tzinfo=zone)  # type: ignore[arg-type,misc]
    return round(moment.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04-05-1980", "1980-05-04"),
        ("4/5/1980", "1980-05-04"),
        ("4.5.1980", "1980-05-04"),
        ("4 5 1980", "1980-05-04"),
        ("1980-05-04", "1980-05-04"),
        ("1980/5/4", "1980-05-04"),
        ("4 mei 1980", "1980-05-04"),
        ("4-mei-80", "1980-05-04"),
        ("4 May 1980", "1980-05-04"),
        ("May 4th, 1980", "1980-05-04"),
        ("zondag 4 mei 1980", "1980-05-04"),
        ("3 mrt. 1984", "1984-03-03"),
        ("19800504", "1980-05-04"),
        ("04051980", "1980-05-04"),
        ("040580", "1980-05-04"),
        ("29345", "1980-05-04"),
        ("29345.0", "1980-05-04"),
        ("4-5-44", "1944-05-04"),
        ("4-5-24", "2024-05-04"),
        ("4-5-'80", "1980-05-04"),
        ("1980-05-04T00:00:00", "1980-05-04"),
        ("04-05-1980 00:00", "1980-05-04"),
        ("1980-05-03T22:00:00Z", "1980-05-04"),
        ("29-02-2000", "2000-02-29"),
        ("31-02-1980", "!impossible_date"),
        ("29-02-1900", "!impossible_date"),
        ("32-01-1980", "!impossible_date"),
        ("00-05-1980", "!impossible_date"),
        ("05/13/1980", "!day_month_swapped"),
        ("40-40-1980", "!impossible_date"),
        ("1-1-1900", "!placeholder"),
        ("1-1-1970", "!placeholder"),
        ("00-00-0000", "!placeholder"),
        ("0000-00-00", "!placeholder"),
        ("0001-01-01", "!placeholder"),
        ("0", "!placeholder"),
        ("9999-12-31", "!placeholder"),
        ("onbekend", "!placeholder"),
        ("-", "!placeholder"),
        ("1985", "!incomplete_date"),
        ("mei 1985", "!incomplete_date"),
        ("5-1985", "!incomplete_date"),
        ("2-5-2090", "!in_future"),
        ("1-2-1890", "!too_old"),
        ("abc", "!not_a_date"),
        ("4 foo 1980", "!not_a_date"),
        ("12", "!not_a_date"),
        ("4-5-198", "!not_a_date"),
        ("#N/A", "!placeholder"),
        ("#WAARDE!", "!formula_error"),
    ],
)
def test_birth_date(text: str, expected: str) -> None:
    check("birth_date", text, expected, order="dmy")


@pytest.mark.parametrize(
    ("order", "expected"), [("dmy", "2003-02-01"), ("mdy", "2003-01-02"), ("ymd", "2001-02-03")]
)
def test_the_order_decides_about_ambiguous_dates(order: str, expected: str) -> None:
    check("birth_date", "01-02-03", expected, order=order)


def test_the_whole_column_decides_and_nothing_is_swapped_silently() -> None:
    dutch = rows("birth_date", ["01-02-1980", "13-02-1980", "02-13-1980"])
    assert [r["value"] for r in dutch][:2] == ["1980-02-01", "1980-02-13"]
    english = rows("birth_date", ["01/02/1980", "02/13/1980", "02/25/1980", "13/02/1980"])
    assert [r["value"] for r in english] == ["1980-01-02", "1980-02-13", "1980-02-25", None]
    assert english[3]["issue"] == "day_month_swapped"


@pytest.mark.parametrize(
    ("texts", "order", "low", "high"),
    [
        (["13-01-2024", "14-01-2024", "15-02-2024", "01-02-2024"], "dmy", 0.9, 1.0),
        (["1/13/2024", "1/14/2024", "2/15/2024", "1/2/2024"], "mdy", 0.9, 1.0),
        (["85-03-01", "85-03-12", "99-12-31"], "ymd", 0.9, 1.0),
        (["2024-01-13", "2024-01-02"], "ymd", 1.0, 1.0),
        (["01-02-2024", "03-04-2024"], "dmy", 0.5, 0.5),
        (["1/2/2024 3:15 PM", "3/4/2024 1:00 AM"], "mdy", 0.6, 0.6),
        (["13-01-2024"], "dmy", 0.7, 0.9),
        (["3 januari 2024"], "dmy", 0.9, 0.9),
        ([], "dmy", 0.5, 0.5),
        (["foo"], "dmy", 0.5, 0.5),
        (["24-03-01", "13-03-12"], "dmy", 0.8, 1.0),
        (["31122024", "01022024"], "dmy", 0.7, 0.9),
    ],
)
def test_date_order(texts: list[str], order: str, low: float, high: float) -> None:
    found = date_order(pl.Series(texts, dtype=pl.String))
    assert found.order == order
    assert low <= found.confidence <= high, found


def test_date_order_says_what_speaks_for_it() -> None:
    found = date_order(pl.Series(["13-01-2024", "01-14-2024", "01-02-2024", "15-01-2024", "?"]))
    assert found.order == "dmy"
    assert found.confidence < 0.7
    assert found.evidence["day_first"] == 2
    assert found.evidence["month_first"] == 1
    assert found.evidence["ambiguous"] == 1
    assert found.evidence["other"] == 1


@pytest.mark.parametrize(
    ("text", "at", "precision", "day"),
    [
        ("2024-01-05 14:30:15", micros(2024, 1, 5, 14, 30, 15), "second", "2024-01-05"),
        ("5-1-2024 14:30", micros(2024, 1, 5, 14, 30), "minute", "2024-01-05"),
        ("5-1-2024", micros(2024, 1, 5), "day", "2024-01-05"),
        ("5-1-2024 2:30 PM", micros(2024, 1, 5, 14, 30), "minute", "2024-01-05"),
        ("5-1-2024 12:05 am", micros(2024, 1, 5, 0, 5), "minute", "2024-01-05"),
        ("5 jan 2024 om 14:30 uur", micros(2024, 1, 5, 14, 30), "minute", "2024-01-05"),
        ("5 januari 2024, 14.30 uur", micros(2024, 1, 5, 14, 30), "minute", "2024-01-05"),
        (
            "Fri, 05 Jan 2024 23:30:00 +0000",
            micros(2024, 1, 5, 23, 30, zone=dt.UTC),
            "second",
            "2024-01-06",
        ),
        ("2024-01-05T23:30:00Z", micros(2024, 1, 5, 23, 30, zone=dt.UTC), "second", "2024-01-06"),
        ("2024-01-05T10:00:00+02:00", micros(2024, 1, 5, 8, zone=dt.UTC), "second", "2024-01-05"),
        (
            "2024-01-05T10:00:00.250-05:00",
            micros(2024, 1, 5, 15, zone=dt.UTC) + 250_000,
            "second",
            "2024-01-05",
        ),
        ("20240105T101500Z", micros(2024, 1, 5, 10, 15, zone=dt.UTC), "second", "2024-01-05"),
        ("20240105101500", micros(2024, 1, 5, 10, 15), "second", "2024-01-05"),
        ("45296.604166667", micros(2024, 1, 5, 14, 30), "second", "2024-01-05"),
        ("45296", micros(2024, 1, 5), "day", "2024-01-05"),
        ("1704067200", micros(2024, 1, 1, zone=dt.UTC), "second", "2024-01-01"),
        ("1704067200000", micros(2024, 1, 1, zone=dt.UTC), "second", "2024-01-01"),
        ("1704067200000000", micros(2024, 1, 1, zone=dt.UTC), "second", "2024-01-01"),
        ("jan 24", micros(2024, 1, 1), "month", "2024-01-01"),
        ("jan-2024", micros(2024, 1, 1), "month", "2024-01-01"),
        ("2024-01", micros(2024, 1, 1), "month", "2024-01-01"),
        ("01/2024", micros(2024, 1, 1), "month", "2024-01-01"),
        ("2024", micros(2024, 1, 1), "year", "2024-01-01"),
        ("5-1-2024 24:00", micros(2024, 1, 6), "minute", "2024-01-06"),
    ],
)
def test_moment(text: str, at: int, precision: str, day: str) -> None:
    found = row("event_at", text, order="dmy", has_times=True)
    assert (found["value"], found["precision"], found["local_day"]) == (at, precision, day)
    assert found["issue"] is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-01-05 25:00", "impossible_time"),
        ("2024-01-05 10:60", "impossible_time"),
        ("2024-01-05 24:01", "impossible_time"),
        ("5 foo", "not_a_date"),
        ("2024-02-30 10:00:00", "impossible_date"),
        ("2024-01-05T10:00:00+19:00", "impossible_time"),
        ("1970-01-01 00:00:00", "placeholder"),
        ("3024-01-05", "out_of_range"),
    ],
)
def test_not_a_moment(text: str, reason: str) -> None:
    check("ordered_at", text, f"!{reason}")


def test_a_date_stays_the_same_day() -> None:
    # The fault this guards against: midnight in Amsterdam is the day before in UTC.
    column = pl.Series([dt.datetime(2024, 7, 5), dt.datetime(2024, 1, 5)])
    found = rows("ordered_at", column)
    assert [r["local_day"] for r in found] == ["2024-07-05", "2024-01-05"]
    assert [r["precision"] for r in found] == ["day", "day"]
    assert [r["value"] for r in found] == [micros(2024, 7, 5), micros(2024, 1, 5)]


def test_a_column_with_times_keeps_midnight_as_a_time() -> None:
    column = pl.Series([dt.datetime(2024, 7, 5), dt.datetime(2024, 1, 5, 10)])
    assert [r["precision"] for r in rows("ordered_at", column)] == ["second", "second"]
    assert [r["precision"] for r in rows("ordered_at", column[:1], has_times=True)] == ["second"]
    assert [r["precision"] for r in rows("ordered_at", column[:1])] == ["day"]


def test_moments_of_every_type() -> None:
    at = micros(2024, 1, 5, 10, zone=dt.UTC)
    aware = pl.Series([dt.datetime(2024, 1, 5, 10)]).dt.replace_time_zone("UTC")
    for column in (
        aware,
        aware.dt.convert_time_zone("America/New_York"),
        pl.Series([at]),
        pl.Series([at // 1_000]),
        pl.Series([at // 1_000_000]),
        pl.Series([float(at // 1_000_000)]),
        aware.cast(pl.String),
        aware.dt.cast_time_unit("ns"),
    ):
        assert [r["value"] for r in rows("event_at", column, has_times=True)] == [at], column
    assert rows("event_at", pl.Series([dt.date(2024, 1, 5)]))[0]["local_day"] == "2024-01-05"
    assert rows("event_at", pl.Series([45296]))[0]["local_day"] == "2024-01-05"


def test_the_hour_that_exists_twice_and_the_hour_that_does_not() -> None:
    found = rows("event_at", ["2024-10-27 02:30:00", "2024-03-31 02:30:00"], has_times=True)
    assert found[0]["value"] == micros(2024, 10, 27, 0, 30, zone=dt.UTC)
    assert found[1]["value"] == micros(2024, 3, 31, 1, 30, zone=dt.UTC)
    assert [r["local_day"] for r in found] == ["2024-10-27", "2024-03-31"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2037, 12, 31)), max_size=5),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "UTC"]),
)
def test_local_times_are_placed_as_python_places_them(
    moments: list[dt.datetime], zone: str
) -> None:
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    local = pl.Series(moments, dtype=pl.Datetime("us")).to_physical()
    # Of an hour that comes twice, or never, the first reading: a file tells no more.
    expected = [
        (m.replace(tzinfo=ZoneInfo(zone), fold=0) - epoch) // dt.timedelta(microseconds=1)
        for m in moments
    ]
    assert to_utc(local, zone).to_list() == expected


_PATTERNS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%d-%b-%Y"]


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2024, 12, 31)), st.sampled_from(_PATTERNS))
def test_every_way_of_writing_a_day_is_read_back(day: dt.date, pattern: str) -> None:
    if day in (dt.date(1970, 1, 1),):
        return
    check("birth_date", day.strftime(pattern), day.isoformat(), order="dmy")
    check("birth_date", day, day.isoformat())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("0123456789-/.: TZjanmei"), max_size=18), max_size=5),
    st.sampled_from(["birth_date", "customer_since", "event_at"]),
)
def test_standard_dates_are_their_own_standard(texts: list[str], role: str) -> None:
    once = standardise(pl.Series(texts, dtype=pl.String), role, order="dmy", has_times=True)
    again = standardise(once.value, role, order="dmy", has_times=True)
    # Below 1e13 microseconds (April 1970) a number could as well be milliseconds.
    clear = pl.Series(
        [not isinstance(v, int) or abs(v) >= 10**13 for v in once.value.to_list()], dtype=pl.Boolean
    )
    assert again.value.filter(clear).to_list() == once.value.filter(clear).to_list()


def test_two_digit_years_follow_the_day_of_today() -> None:
    today = dt.date(2025, 6, 1)
    assert row("birth_date", "1-2-25", today=today)["value"] == "2025-02-01"
    assert row("birth_date", "1-2-26", today=today)["value"] == "1926-02-01"
    assert row("valid_until", "1-2-40", today=today)["value"] == "2040-02-01"
    assert row("valid_until", "1-2-60", today=today)["value"] == "1960-02-01"
