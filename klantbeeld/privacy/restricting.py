"""What can be done about restriction, objection and legal holds, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.free_text import screened
from klantbeeld.privacy.models import LegalHold, Restriction

Kind = Literal["restricted", "objected"]
# Why: the four grounds of article 18, and that of article 21.
REASONS = ("accuracy", "unlawful", "claim", "objection", "request")
MOST_MATTER = 40


@needs("restrictions.manage")
@transaction.atomic
def restrict(
    actor: Actor,
    records: Sequence[int],
    kind: Kind,
    *,
    reason: str = "request",
    purpose: str = "",
    until: int = 0,
) -> int:
    """Restrict these records, or note an objection; returns how many were not so yet.

    `purpose` is what was objected to, "" for everything; `until` µs UTC, 0 until it is lifted.
    """
    if reason not in REASONS:
        raise ValueError(f"Choose a reason: {', '.join(REASONS)}.")
    standing = Restriction.objects.filter(
        record__in=list(records), kind=kind, purpose=purpose, lifted_at=0
    )
    known = set(standing.values_list("record", flat=True))
    at = now_us()
    fresh = [
        Restriction(
            record=record, kind=kind, purpose=purpose, reason=reason, since=at, until=until,
            by=actor.name,
        )
        for record in records if record not in known
    ]  # fmt: skip
    Restriction.objects.bulk_create(fresh, batch_size=500)
    for one in fresh[:1]:
        audit.record(actor, f"note_{kind}", ("record", one.record), {"reason": reason})
    return len(fresh)


@needs("restrictions.manage")
@transaction.atomic
def lift(actor: Actor, records: Sequence[int], kind: Kind, purpose: str | None = None) -> int:
    """End a restriction or an objection (to one purpose, or all); returns for how many records."""
    standing = Restriction.objects.filter(record__in=list(records), kind=kind, lifted_at=0)
    if purpose is not None:
        standing = standing.filter(purpose=purpose)
    count = standing.update(lifted_at=now_us(), lifted_by=actor.name)
    # Said again, from a second tab: nothing was done.
    for record in list(records)[: min(count, 1)]:
        audit.record(actor, f"lift_{kind}", ("record", record), {})
    return count


@needs("restrictions.manage")
@transaction.atomic
def hold(actor: Actor, records: Sequence[int], matter: str) -> None:
    """Keep these records for a case, named by the company's own number of it."""
    named = screened(" ".join(matter.split())[:MOST_MATTER])
    if not named:
        raise ValueError("Give the number of the case for which this is kept.")
    at = now_us()
    standing = LegalHold.objects.filter(record__in=list(records), matter=named, lifted_at=0)
    known = set(standing.values_list("record", flat=True))
    fresh = [r for r in records if r not in known]
    LegalHold.objects.bulk_create(
        [LegalHold(record=r, matter=named, since=at, by=actor.name) for r in fresh]
    )
    for record in fresh[:1]:
        audit.record(actor, "legal_hold", ("record", record), {"matter": named})


@needs("restrictions.manage")
@transaction.atomic
def lift_hold(actor: Actor, records: Sequence[int], matter: str) -> int:
    """The case is over; returns for how many records."""
    held = LegalHold.objects.filter(record__in=list(records), matter=matter, lifted_at=0)
    count = held.update(lifted_at=now_us(), lifted_by=actor.name)
    for record in list(records)[: min(count, 1)]:
        audit.record(actor, "lift_hold", ("record", record), {"matter": matter})
    return count


@needs("restrictions.manage")
@transaction.atomic
def end_passed(actor: Actor) -> list[int]:
    """Lift what was to hold until a moment that is past; the records that it held for."""
    over = Restriction.objects.filter(lifted_at=0, until__gt=0, until__lte=now_us())
    over = over.exclude(kind=Restriction.FISCAL)
    records = sorted(set(over.values_list("record", flat=True)))
    over.update(lifted_at=now_us(), lifted_by=actor.name)
    for record in records[:1]:
        audit.record(actor, "end_restrictions", ("record", record), {"records": len(records)})
    return records
