"""What there was between company and customer by a day: what the rules on contact ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from klantbeeld.core import bulk
from klantbeeld.core.clock import day_to_date
from klantbeeld.timeline.models import Subscription
from klantbeeld.timeline.rules import ENDED_STATES

INQUIRIES = ("question", "quote", "request", "lead", "configuration")
_DEALS = (
    "SELECT min(day), max(day) FROM timeline_interaction WHERE kind = 'order'"
    " AND status <> 'cancelled' AND amount_minor > 0 AND day <= %s AND"
)
_CATEGORIES = (
    "SELECT DISTINCT p.category FROM timeline_interaction i"
    " JOIN timeline_orderline l ON l.interaction_id = i.id"
    " JOIN timeline_product p ON p.id = l.product_id"
    " WHERE i.kind = 'order' AND i.status <> 'cancelled' AND p.category <> '' AND i.day <= %s AND"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """The relation as it was on a day.

    `last_deal` is the last purchase or the end of the last contract, `is_current` whether a
    contract ran, `bought` the categories of what was bought.
    """

    first_deal: date | None = None
    last_deal: date | None = None
    is_current: bool = False
    last_inquiry: date | None = None
    bought: frozenset[str] = frozenset()


def relation_on(records: Sequence[int], day: int) -> Relation:
    """See `reads.relation`."""
    first, last = bulk.rows_where(_DEALS, "record_id", records, params=[day])[0]
    starts, ends, runs = _contracts(records, day)
    firsts = [d for d in (first, *starts) if d is not None]
    lasts = [d for d in (last, *ends) if d is not None]
    asked = _last_inquiry(records, day)
    categories = bulk.rows_where(_CATEGORIES, "i.record_id", records, params=[day])
    return Relation(
        day_to_date(min(firsts)) if firsts else None,
        day_to_date(max(lasts)) if lasts else None,
        runs,
        None if asked is None else day_to_date(asked),
        frozenset(row[0] for row in categories),
    )


def _contracts(records: Sequence[int], day: int) -> tuple[list[int], list[int], bool]:
    """First days and last days of contracts up to a day, and whether one ran on it."""
    starts, ends, runs = [], [], False
    for held in Subscription.objects.filter(record__in=records):
        if held.started_day is not None and held.started_day > day:
            continue
        if held.started_day is not None:
            starts.append(held.started_day)
        if held.ended_day is not None and held.ended_day <= day:
            ends.append(held.ended_day)
        elif held.ended_day is None and held.status in ENDED_STATES:
            continue
        else:
            runs = True
    return starts, ends, runs


def _last_inquiry(records: Sequence[int], day: int) -> int | None:
    marks = ", ".join(["%s"] * len(INQUIRIES))
    sql = f"SELECT max(day) FROM timeline_interaction WHERE kind IN ({marks}) AND day <= %s AND"
    found = bulk.rows_where(sql, "record_id", records, params=[*INQUIRIES, day])[0][0]
    return None if found is None else int(found)
