"""After loading: match what changed, rebuild those profiles, copy, and put them in their groups.

Everything here works off the list of pending records and may be stopped at any moment: what was
not done is still on the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import connection, transaction

from klantbeeld.core import bulk, indexes, leases
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import today
from klantbeeld.identity.actions import match_pending, match_records
from klantbeeld.identity.models import Pending
from klantbeeld.pipeline import copying, forgetting, grouping
from klantbeeld.profiles.actions import rebuilding, refresh, removed
from klantbeeld.sources.actions import close_deliveries

CHUNK = 4_000
# One at a time in a house: the others would only hold up each other, and then find it done.
LEASE, WAIT_SECONDS = "settling", 3_600
Progress = Callable[[str, int], None]


def silent(stage: str, rows: int) -> None:
    """No progress wanted."""


def settle(
    actor: Actor,
    progress: Progress = silent,
    *,
    everything: bool = False,
    rehearsed: Path | None = None,
) -> int:
    """Bring partition, profiles, copy and groups up to date; returns how many customers changed.

    `everything` matches all records anew instead of those that changed; `rehearsed` is the
    folder of a trial run, whose work is used again where nothing changed since. Whoever is at it
    already is waited for.
    """
    with leases.held(LEASE, WAIT_SECONDS):
        return _settle(actor, progress, everything, rehearsed)


def _settle(actor: Actor, progress: Progress, everything: bool, rehearsed: Path | None) -> int:
    forgetting.drop_late(list(Pending.objects.values_list("record", flat=True)))
    progress("matching", match_pending(actor, everything=everything, rehearsed=rehearsed))
    indexes.restore()
    total = 0
    with rebuilding(actor, Pending.objects.count()):
        while waiting := list(Pending.objects.values_list("record", flat=True)[:CHUNK]):
            with transaction.atomic():
                # Taken off the list first: who notes them meanwhile waits, and notes them anew.
                bulk.delete(Pending, "record", waiting)
                customers = _customers_of(waiting)
                # Their other records would bring the same customers here again.
                bulk.delete(Pending, "record", _waiting_of(customers))
                refresh(actor, customers)
                grouping.set_groups_of(actor, customers, today())
            total += len(customers)
            progress("profiles", len(customers))
    with transaction.atomic():
        removed(_without_records())
    copying.refresh()
    close_deliveries(actor)
    progress("copied", 0)
    return total


@transaction.atomic
def settle_at_once(actor: Actor, records: Sequence[int]) -> None:
    """Bring just these records' customers up to date, and those that their match touches.

    Matching, profiles, search and groups follow within the transaction; the columnar copy
    follows when the worker, or the next import, brings it up to date. Well under a second also
    in a house of a million customers: nothing here looks at all of them.
    """
    forgetting.drop_late(records)
    before = _customers_of(list(records))
    moved = match_records(actor, records)
    customers = sorted({*before, *_customers_of(sorted({*moved, *records}))})
    refresh(actor, customers)
    grouping.set_groups_of(actor, customers, today())


def _customers_of(records: list[int]) -> list[int]:
    """The customers of these records, and those that lost them."""
    rows = bulk.rows_where(
        "SELECT DISTINCT customer_id FROM identity_membership WHERE", "record_id", records
    )
    lost = bulk.rows_where(
        "SELECT DISTINCT id FROM core_customer WHERE absorbed_by_id IS NOT NULL AND",
        "anchor_id", records,
    )  # fmt: skip
    return sorted({row[0] for row in rows} | {row[0] for row in lost})


def _waiting_of(customers: list[int]) -> list[int]:
    """The records of these customers that wait for their profiles, and for nothing else."""
    rows = bulk.rows_where(
        "SELECT p.record FROM identity_pending p JOIN identity_membership m"
        " ON m.record_id = p.record WHERE NOT p.rematch AND", "m.customer_id", customers,
    )  # fmt: skip
    return [row[0] for row in rows]


def _without_records() -> list[int]:
    """Customers that still have a profile, and no record any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.customer_id FROM profiles_profile p WHERE NOT EXISTS"
            " (SELECT 1 FROM identity_membership m WHERE m.customer_id = p.customer_id)"
        )
        return [row[0] for row in cursor.fetchall()]
