"""What there was between company and customer by a day: what the rules on contact ask about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from klantbeeld.core import bulk
from klantbeeld.core.clock import day_to_date
from klantbeeld.timeline.rules import ENDED_STATES

INQUIRIES = ("question", "quote", "request", "lead", "configuration")
_DEALS = (
    "SELECT min(day), max(day) FROM timeline_interaction WHERE kind = 'order'"
    " AND status <> 'cancelled' AND amount_minor > 0 AND day <= %s AND"
)
_CONTRACTS = "SELECT record_id, started_day, ended_day, status FROM timeline_subscription WHERE"
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
    held = contracts_of(dict.fromkeys(records, 0), day).get(0, Contracts())
    firsts = [d for d in (first, *held.starts) if d is not None]
    lasts = [d for d in (last, *held.ends) if d is not None]
    asked = _last_inquiry(records, day)
    categories = bulk.rows_where(_CATEGORIES, "i.record_id", records, params=[day])
    return Relation(
        day_to_date(min(firsts)) if firsts else None,
        day_to_date(max(lasts)) if lasts else None,
        held.runs,
        None if asked is None else day_to_date(asked),
        frozenset(row[0] for row in categories),
    )


@dataclass
class Contracts:
    """First and last days (since 1970) of contracts up to a day, and whether one ran on it."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    runs: bool = False

    def add(self, started: int | None, ended: int | None, status: str, day: int) -> None:
        """Count one contract, as it was on a day."""
        if started is not None and started > day:
            return
        if started is not None:
            self.starts.append(started)
        if ended is not None and ended <= day:
            self.ends.append(ended)
        elif ended is not None or status not in ENDED_STATES:
            self.runs = True


def contracts_of(owners: Mapping[int, int], day: int) -> dict[int, Contracts]:
    """Owner to the contracts of its records by a day; `owners` maps record to owner."""
    found: dict[int, Contracts] = defaultdict(Contracts)
    rows = bulk.rows_where(_CONTRACTS, "record_id", list(owners))
    for record, started, ended, status in rows:
        found[owners[record]].add(started, ended, status, day)
    return found


def _last_inquiry(records: Sequence[int], day: int) -> int | None:
    marks = ", ".join(["%s"] * len(INQUIRIES))
    sql = f"SELECT max(day) FROM timeline_interaction WHERE kind IN ({marks}) AND day <= %s AND"
    found = bulk.rows_where(sql, "record_id", records, params=[*INQUIRIES, day])[0][0]
    return None if found is None else int(found)
