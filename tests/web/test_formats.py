"""Numbers, money, dates and durations in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from klantbeeld.segments.questions import BY_KEY
from klantbeeld.web import formats
from klantbeeld.web.filled import periods, spelling

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "whole", "dutch", "english"),
    [
        (123_456, "EUR", False, "€ 1.234,56", "€1,234.56"),
        (123_456, "EUR", True, "€ 1.235", "€1,235"),
        (-4_995, "EUR", False, "−€ 49,95", "−€49.95"),
        (-40, "EUR", True, "€ 0", "€0"),
        (0, "EUR", False, "€ 0,00", "€0.00"),
        (1_500, "JPY", False, "JPY 1.500", "JPY 1,500"),
        (1_500, "KWD", False, "KWD 1,500", "KWD 1.500"),
        (999, "CHF", False, "CHF 9,99", "CHF 9.99"),
    ],
)
def test_money(minor: int, currency: str, whole: bool, dutch: str, english: str) -> None:
    for language, expected in (("nl", dutch), ("en", english)):
        with override(language):
            assert formats.money(minor, currency, whole).replace(formats.NBSP, " ") == expected


def test_numbers_round_halves_away_from_zero() -> None:
    with override("nl"):
        assert formats.number(Decimal("2.5")) == "3"
        assert formats.number(-1234.5, 1) == "−1.234,5"
        assert formats.percent(34.0) == f"34{formats.NBSP}%"
        assert formats.percent(99.84) == f"99,8{formats.NBSP}%"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (NOW, "zojuist", "just now"),
        (NOW - timedelta(minutes=1), "1 minuut geleden", "1 minute ago"),
        (NOW - timedelta(hours=3), "3 uur geleden", "3 hours ago"),
        (NOW - timedelta(hours=20), "gisteren", "yesterday"),
        (date(2026, 11, 21), "vandaag", "today"),
        (date(2026, 11, 18), "3 dagen geleden", "3 days ago"),
        (date(2026, 6, 1), "5 maanden geleden", "5 months ago"),
        (date(2020, 6, 1), "6 jaar geleden", "6 years ago"),
        (date(2026, 11, 22), "morgen", "tomorrow"),
        (NOW + timedelta(days=3), "over 3 dagen", "in 3 days"),
        (date(2027, 6, 1), "over 6 maanden", "in 6 months"),
    ],
)
def test_ago(value: date, dutch: str, english: str) -> None:
    with override("nl"):
        assert formats.ago(value, NOW) == dutch
    with override("en"):
        assert formats.ago(value, NOW) == english


def test_dates() -> None:
    with override("nl"):
        assert formats.day(date(2026, 11, 21)) == "21-11-2026"
        assert formats.moment(NOW) == "21-11-2026 14:02"
        assert formats.month_year(date(2019, 3, 1)) == "maart 2019"
        assert formats.day_heading(NOW.date(), NOW.date()) == "Vandaag, 21 november"
        assert formats.day_heading(date(2026, 11, 20), NOW.date()) == "Gisteren, 20 november"
        assert formats.day_heading(date(2026, 11, 12), NOW.date()) == "12 november"
        assert formats.day_heading(date(2025, 11, 12), NOW.date()) == "12 november 2025"
        assert formats.short_day(date(2026, 11, 24)) == "di 24"
    with override("en"):
        assert formats.day(date(2026, 11, 21)) == "21 Nov 2026"
        assert formats.day_heading(NOW.date(), NOW.date()) == "Today, 21 November"
        assert formats.short_day(date(2026, 11, 24)) == "Tue 24"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Klaartje van den Heuvel", "KH"),
        ("jan", "J"),
        ("Øyvind Ænes", "ØÆ"),
        ("Stichting Voorbeeld & Zonen", "SZ"),
        ("", "?"),
        ("  ", "?"),
        ("12345", "?"),
        ("van den heuvel", "VH"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert formats.initials(name) == expected


def test_seconds() -> None:
    with override("nl"):
        said = [formats.seconds(n).replace(formats.NBSP, " ") for n in (0.84, 42.4, 200)]
    assert said == ["0,8 s", "42 s", "3 min 20 s"]


def test_cells_of_files_are_written_in_the_language_of_the_screen() -> None:
    cells = [
        2899.0,
        7.5,
        1e6,
        date(2026, 8, 27),
        datetime(2026, 8, 27),
        NOW,
        True,
        12,
        "7.50",
        1e22,
    ]
    with override("nl"):
        assert [formats.as_written(c) for c in cells] == [
            "2899", "7,5", "1000000", "27-8-2026", "27-8-2026", "21-11-2026 14:02", "ja", "12",
            "7.50", "1" + 22 * "0",
        ]  # fmt: skip
    with override("en"):
        said = [formats.as_written(c) for c in cells[:4]]
        assert said == ["2899", "7.5", "1000000", "27 Aug 2026"]
    assert formats.as_written(float("nan")) == "nan"


def test_periods_are_said_in_the_language_of_the_screen() -> None:
    with override("nl"):
        assert [option.label for option in periods.options("365")][:5] == [
            "in de afgelopen 30 dagen", "in de afgelopen 90 dagen", "in de afgelopen 6 maanden",
            "in het afgelopen jaar", "in de afgelopen 2 jaar",
        ]  # fmt: skip


def test_questions_are_spelled_as_one_writes_them() -> None:
    with override("en"):
        assert spelling.spelled(BY_KEY["may_contact"]) == "May I call this customer or mail?"
        assert spelling.spelled(BY_KEY["silent"]) == "Who bought nothing for a year?"
    with override("nl"):
        assert spelling.spelled(BY_KEY["silent"]) == "Wie kocht een jaar niets?"
