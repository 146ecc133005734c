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


def month(day: nw.Expr) -> nw.Expr:
    """Months since January 1970 of a column of days.

    Howard Hinnant's `civil_from_days` (https://howardhinnant.github.io/date_algorithms.html),
    in whole-number arithmetic: years run from March, so the leap day comes last.
    """
    shifted = day.cast(nw.Int64) + 719_468
    era = shifted // 146_097
    of_era = shifted - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    since_march = (5 * of_year + 2) // 153
    return (era * 400 + year - EPOCH.year) * 12 + since_march + 2


def weekday(day: nw.Expr) -> nw.Expr:
    """Day of the week of a column of days, Monday 0 to Sunday 6."""
    return (day.cast(nw.Int64) + 3) % 7
