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
# So many customers at most go in one run: the rest the next night.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Term:
    """A purpose, its term in days (0: for ever), what is due, and what a hold keeps of that."""

    purpose: str
    days: int
    due: int = 0
    held: int = 0


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
    return [_term(purpose, days, *_due(purpose, days)) for purpose, days in terms().items()]


def counted(purpose: str, days: int) -> Term:
    """What would be past a term of so many days."""
    return _term(purpose, days, *_due(purpose, days))


def _term(purpose: str, days: int, due: Sequence[int], held: Sequence[int]) -> Term:
    return Term(purpose, days, len(due), len(held))


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
        done.append(_term(purpose, days, due, held))
    return done


def _drop_expired(actor: Actor) -> None:
    """Sealed originals whose time is over, and backups older than receipts promise."""
    privacy.drop_expired(MACHINE)
    if gone := backup.drop_expired():
        with transaction.atomic():
            audit.record(actor, "drop_backups", ("house", 0), {"backups": gone})


def _due(purpose: str, days: int) -> tuple[list[int], list[int]]:
    """What is past its term, and what is but is held."""
    if not days and purpose != "fiscal":
        return [], []
    found = PURPOSES[purpose].due(clock.now_us() - days * clock.DAY)
    records = PURPOSES[purpose].records(found)
    held_records = set(limits.held_among([r for rs in records.values() for r in rs]))
    held = [key for key in found if held_records & set(records[key])]
    return [key for key in found if key not in set(held)][:MOST], held


def _silent_customers(before: int) -> list[int]:
    """Customers with whom nothing happened since, and of whom nobody said anything since."""
    rows = bulk.rows_of(
        "SELECT p.customer_id FROM profiles_profile p WHERE p.last_contact_at < %s AND NOT EXISTS"
        " (SELECT 1 FROM identity_membership m JOIN core_record r ON r.id = m.record_id"
        "  LEFT JOIN timeline_interaction i ON i.record_id = r.id AND i.at >= %s"
        "  LEFT JOIN timeline_subscription s ON s.record_id = r.id AND s.ended_day IS NULL"
        "  WHERE m.customer_id = p.customer_id AND (r.updated_at >= %s OR i.id IS NOT NULL"
        "  OR s.id IS NOT NULL)) ORDER BY p.customer_id",
        [before, before, before],
    )
    return [row[0] for row in rows]


def _records_of_customers(customers: Sequence[int]) -> Mapping[int, list[int]]:
    return {c: partition.records_of(MACHINE, c) for c in customers}


def _erase_customers(actor: Actor, customers: Sequence[int]) -> None:
    erasing.erase_expired(actor, customers)


def _old_events(before: int) -> list[int]:
    """Visits, clicks and opened newsletters from before."""
    kinds = ", ".join(["%s"] * len(KINDS))
    rows = bulk.rows_of(
        f"SELECT id FROM timeline_interaction WHERE at < %s AND kind IN ({kinds})"
        " ORDER BY id LIMIT 200000",
        [before, *KINDS],
    )
    return [row[0] for row in rows]


def _records_of_events(events: Sequence[int]) -> Mapping[int, list[int]]:
    rows = bulk.rows_where("SELECT id, record_id FROM timeline_interaction WHERE", "id", events)
    return {row[0]: [row[1]] for row in rows}


def _erase_events(actor: Actor, events: Sequence[int]) -> None:
    with transaction.atomic():
        note_pending(MACHINE, timeline.erase_interactions(MACHINE, events), rematch=False)
    settling.settle(MACHINE)


def _over_fiscal(_before: int) -> list[int]:
    """Records of orders kept for the tax whose term is over."""
    return limits.fiscal_over()


def _same(records: Sequence[int]) -> Mapping[int, list[int]]:
    return {record: [record] for record in records}


def _erase_records(actor: Actor, records: Sequence[int]) -> None:
    privacy.erase_bare(actor, records)
    settling.settle(MACHINE)


@dataclass(frozen=True)
class _Purpose:
    """What is due before a moment (µs UTC), whose records that are, and how it goes."""

    due: Callable[[int], list[int]]
    records: Callable[[Sequence[int]], Mapping[int, list[int]]]
    erase: Callable[[Actor, Sequence[int]], None]


PURPOSES: Mapping[str, _Purpose] = {
    "relation": _Purpose(_silent_customers, _records_of_customers, _erase_customers),
    "behaviour": _Purpose(_old_events, _records_of_events, _erase_events),
    "fiscal": _Purpose(_over_fiscal, _same, _erase_records),
}
