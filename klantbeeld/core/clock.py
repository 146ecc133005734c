"""Time as integers: microseconds since 1970 in UTC, and days since 1970 in the company's zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

EPOCH = date(1970, 1, 1)
SECOND = 1_000_000
DAY = 86_400 * SECOND


def now_us() -> int:
    """Microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000


def company_zone() -> ZoneInfo:
    """The zone in which the company reads its clock."""
    return ZoneInfo(settings.TIME_ZONE)


def local(at: int) -> datetime:
    """`at` (microseconds UTC) as a datetime in the company's zone."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
    return moment.astimezone(company_zone())


def local_day(at: int) -> int:
    """The company's calendar day of `at`, in days since 1970-01-01."""
    return (local(at).date() - EPOCH).days


def today() -> int:
    """Today in the company's zone, in days since 1970-01-01."""
    return local_day(now_us())


def day_to_date(day: int) -> date:
    """Days since 1970-01-01 as a date."""
    return EPOCH + timedelta(days=day)


def date_to_day(value: date) -> int:
    """A date as days since 1970-01-01."""
    return (value - EPOCH).days


def day_start_us(day: int) -> int:
    """The moment (microseconds UTC) at which a local day begins."""
    start = datetime.combine(day_to_date(day), datetime.min.time(), tzinfo=company_zone())
    return round(start.timestamp()) * SECOND
