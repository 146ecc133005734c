"""What somebody may ask and by when it must be answered: pure decisions over dates.

Article 12(3) GDPR: within one month of receipt, which may be extended by two further months when
the request is complex, told with the reason within the first month. A period in months ends on
the same date of the last month, or on that month's last day (Regulation 1182/71, article 3(2)(c)).
That a period ending on a weekend or holiday runs on to the next working day is not counted on.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Literal

Urgency = Literal["late", "soon", "fine", "done"]

KINDS = ("access", "rectification", "erasure", "restriction", "objection", "portability")
"""The rights of articles 15, 16, 17, 18, 21 and 20 GDPR."""
RECEIVED = ("mail", "letter", "phone", "shop", "portal")
IDENTITY = (
    "not_yet", "known_address", "logged_in", "questions", "document_shown", "no_doubt",
)  # fmt: skip
"""How it was made sure that the asker is who the customer is (article 12(6))."""
OPEN, ANSWERED, REFUSED, WITHDRAWN = "open", "answered", "refused", "withdrawn"
TRANSITIONS: Mapping[str, frozenset[str]] = {
    OPEN: frozenset({ANSWERED, REFUSED, WITHDRAWN}),
    ANSWERED: frozenset(), REFUSED: frozenset(), WITHDRAWN: frozenset(),
}  # fmt: skip
MONTHS, MORE_MONTHS = 1, 2
SOON_DAYS = 7


def months_later(day: date, months: int) -> date:
    """The date so many months later, or the last day of that month.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due(received: date, is_extended: bool = False) -> date:
    """The last day on which a request that came in on `received` is answered in time."""
    return months_later(received, MONTHS + MORE_MONTHS if is_extended else MONTHS)


def urgency(state: str, due_day: date, today: date) -> Urgency:
    """Whether an open request is late, must be answered soon, or has time."""
    if state != OPEN:
        return "done"
    left = (due_day - today).days
    return "late" if left < 0 else "soon" if left <= SOON_DAYS else "fine"


def inform_by(obtained: date, first_contact: date | None) -> date:
    """By when somebody is told that another source gave his data (article 14(3) GDPR).

    Within a month of obtaining them, or at the first contact when that comes earlier.
    """
    month = months_later(obtained, MONTHS)
    return min(month, first_contact) if first_contact else month
