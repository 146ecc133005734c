"""How long things are kept, per purpose: previewed, and erased when their term is over.

A term is a number of days after the last moment that counts for the purpose, 0 for ever (which is
how every purpose starts: nobody loses anything before somebody chose a term). What a legal hold
keeps stays, and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, backup, bulk, choices, clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.identity import reads as partition
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import erasing, jobs, settling
from klantbeeld.pipeline.past_term import KINDS, SETTING
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy import tables as limits
from klantbeeld.timeline import actions as timeline

MACHINE = system_actor("job")
# What is due is counted so far: beyond it there is more.
COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Term:
    """A purpose, its term in days (0: for ever), what is due, and what a hold keeps of that.

    `is_more` says that more is due than was counted; `tonight` is what of it goes in one night.
    """

    purpose: str
    days: int
    due: int = 0
    held: int = 0
    is_more: bool = False
    tonight: int = 0


@needs("retention.manage")
@transaction.atomic
def set_term(actor: Actor, purpose: str, days: int) -> None:
    """Keep what serves a purpose for so many days; 0 for ever. Raises ValueError."""
    if purpose not in PURPOSES:
        raise ValueError(f"There are terms for: {', '.join(PURPOSES)}.")
    choices.choose(SETTING, {**terms(), purpose: days})
    audit.record(actor, "set_retention", ("house", 0), {"purpose": purpose, "days": days})


def terms() -> dict[str, int]:
    """Purpose to days, 0 for ever."""
    return {**dict.fromkeys(PURPOSES, 0), **choices.chosen(SETTING, {})}


@needs("sources.read")
def chosen_terms(actor: Actor) -> dict[str, int]:
    """Purpose to the days that were chosen, 0 for ever."""
    return terms()


@needs("retention.manage")
def preview_terms(actor: Actor) -> list[Term]:
    """What is past its term now; nothing is erased."""
    return [counted(purpose, days) for purpose, days in terms().items()]


@needs("retention.manage")
def try_terms(actor: Actor, days: Mapping[str, int]) -> list[Term]:
    """What would be past these terms (purpose to days) now; nothing is stored or erased."""
    return [counted(purpose, n) for purpose, n in days.items() if purpose in PURPOSES]


def counted(purpose: str, days: int) -> Term:
    """What would be past a term of so many days."""
    if not days and purpose != "fiscal":
        return Term(purpose, days)
    before, told = clock.now_us() - days * clock.DAY, PURPOSES[purpose]
    held = len(told.of_records(before, limits.held_records()))
    found = told.count(before)
    due = min(found, COUNTED) - held
    return Term(purpose, days, due, held, found > COUNTED, min(due, told.most))


@needs("retention.manage")
def run_terms(actor: Actor) -> None:
    """Have the worker erase what is past its term now, instead of tonight."""
    audit.record(actor, "run_retention", ("house", 0), {})
    jobs.keep_terms.enqueue()


@needs("retention.manage")
def keep_terms(actor: Actor) -> list[Term]:
    """Erase what is past its term; what was broken off is done the next time.

    With it go sealed originals and backups that are kept no longer, whatever the terms.
    """
    _drop_expired(actor)
    done = []
    for purpose, days in terms().items():
        due, held = _due(purpose, days)
        if due:
            PURPOSES[purpose].erase(actor, due)
            audit.record(actor, "retention", ("house", 0), {"purpose": purpose, "n": len(due)})
        done.append(Term(purpose, days, len(due), held))
    return done


def _drop_expired(actor: Actor) -> None:
    """Sealed originals whose time is over, and backups older than receipts promise."""
    privacy.drop_expired(MACHINE)
    if gone := backup.drop_expired():
        with transaction.atomic():
            audit.record(actor, "drop_backups", ("house", 0), {"backups": gone})


def _due(purpose: str, days: int) -> tuple[list[int], int]:
    """What goes in one run, and how much is kept by a hold."""
    if not days and purpose != "fiscal":
        return [], 0
    before, told = clock.now_us() - days * clock.DAY, PURPOSES[purpose]
    held = set(told.of_records(before, limits.held_records()))
    found = told.due(before, told.most + len(held))
    return [key for key in found if key not in held][: told.most], len(held)


# Customers with whom nothing happened since, and of whom nobody said anything since.
_SILENT = (
    " FROM profiles_profile p WHERE p.last_contact_at < %s AND NOT EXISTS"
    " (SELECT 1 FROM identity_membership m JOIN core_record r ON r.id = m.record_id"
    "  LEFT JOIN timeline_interaction i ON i.record_id = r.id AND i.at >= %s"
    "  LEFT JOIN timeline_subscription s ON s.record_id = r.id AND s.ended_day IS NULL"
    "  WHERE m.customer_id = p.customer_id AND (r.updated_at >= %s OR i.id IS NOT NULL"
    "  OR s.id IS NOT NULL))"
)
# Visits, clicks and opened newsletters from before.
_OLD = f" FROM timeline_interaction WHERE at < %s AND kind IN ({', '.join(['%s'] * len(KINDS))})"


def _count(what: str, params: Sequence[object]) -> int:
    rows = bulk.rows_of(
        f"SELECT count(*) FROM (SELECT 1 AS n{what} LIMIT {COUNTED + 1}) AS found", list(params)
    )
    return int(rows[0][0])


def _keys(column: str, what: str, params: Sequence[object], most: int) -> list[int]:
    sql = f"SELECT {column}{what} ORDER BY {column} LIMIT {most}"
    return [row[0] for row in bulk.rows_of(sql, list(params))]


def _silent_of(before: int, records: Sequence[int]) -> list[int]:
    owners = sorted(set(partition.customers_of(MACHINE, records).values()))
    sql = f"SELECT p.customer_id{_SILENT} AND"
    rows = bulk.rows_where(sql, "p.customer_id", owners, params=[before] * 3)
    return [row[0] for row in rows]


def _old_of(before: int, records: Sequence[int]) -> list[int]:
    sql = f"SELECT id{_OLD} AND"
    rows = bulk.rows_where(sql, "record_id", list(records), params=[before, *KINDS])
    return [row[0] for row in rows]


def _erase_customers(actor: Actor, customers: Sequence[int]) -> None:
    erasing.erase_expired(actor, customers)


def _erase_events(actor: Actor, events: Sequence[int]) -> None:
    for first in range(0, len(events), AT_ONCE):
        some = events[first : first + AT_ONCE]
        with transaction.atomic():
            note_pending(MACHINE, timeline.erase_interactions(MACHINE, some), rematch=False)
    settling.settle(MACHINE)


def _erase_records(actor: Actor, records: Sequence[int]) -> None:
    privacy.erase_bare(actor, records)
    settling.settle(MACHINE)


@dataclass(frozen=True)
class _Purpose:
    """What is due before a moment (µs UTC): how much, the first ones, and which of some records.

    At most `most` go in one run: the rest the next night.
    """

    count: Callable[[int], int]
    due: Callable[[int, int], list[int]]
    of_records: Callable[[int, Sequence[int]], list[int]]
    erase: Callable[[Actor, Sequence[int]], None]
    most: int


AT_ONCE = 5_000
PURPOSES: Mapping[str, _Purpose] = {
    "relation": _Purpose(
        lambda before: _count(_SILENT, [before] * 3),
        lambda before, most: _keys("p.customer_id", _SILENT, [before] * 3, most),
        _silent_of, _erase_customers, 2_000,
    ),
    "behaviour": _Purpose(
        lambda before: _count(_OLD, [before, *KINDS]),
        lambda before, most: _keys("id", _OLD, [before, *KINDS], most),
        _old_of, _erase_events, 50_000,
    ),
    "fiscal": _Purpose(
        lambda _before: len(limits.fiscal_over()),
        lambda _before, most: limits.fiscal_over()[:most],
        lambda _before, records: sorted(set(limits.fiscal_over()) & set(records)),
        _erase_records, 2_000,
    ),
}  # fmt: skip
