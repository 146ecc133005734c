"""Days and months as plain integers, so that both engines reckon alike.

A day is the number of days since 1970-01-01, in the local calendar of the company; a month
is the number of months since January 1970. Differences are then subtractions.
"""

from datetime import date, timedelta

import narwhals as nw

EPOCH = date(1970, 1, 1)
YEAR = 365

MICROSECONDS_A_DAY = 86_400_000_000


def day_of(moment: date) -> int:
    """Days since 1970-01-01 of a date."""
    return (date(moment.year, moment.month, moment.day) - EPOCH).days


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)


def month_of(moment: date) -> int:
    """Months since January 1970 of a date."""
    return (moment.year - EPOCH.year) * 12 + moment.month - EPOCH.month


def weekday(day: nw.Expr) -> nw.Expr:
    """Day of the week of a column of days, Monday 0 to Sunday 6."""
    return (day.cast(nw.Int64) + 3) % 7
