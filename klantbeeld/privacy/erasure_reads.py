"""Questions about erasures: which there are, who may agree, and whether a receipt is genuine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.privacy import erasing, receipts
from klantbeeld.privacy.erasing_rules import Person, may_decide
from klantbeeld.privacy.models import Erasure, LegalHold, Restriction


@needs("customers.erase")
def erasures(actor: Actor, limit: int = 200) -> list[Erasure]:
    """The erasures: those that wait first, then those that run, then the latest."""
    order = {Erasure.WAITING: 0, Erasure.RUNNING: 1}
    held = Erasure.objects.order_by("-pk")[:limit]
    return sorted(held, key=lambda one: (order.get(one.state, 2), -one.pk))


@needs("customers.erase")
def erasure_numbered(actor: Actor, number: str) -> Erasure | None:
    """The erasure with this number, None when there is none."""
    return Erasure.objects.filter(number=number).first()


@needs("customers.erase")
def others_who_may(actor: Actor, held: Erasure) -> list[str]:
    """Names of the users who could agree to it, apart from who asked."""
    return erasing.others_who_may(actor, Person(held.asked_by, held.asked_by_id))


@needs("customers.erase")
def is_genuine_receipt(actor: Actor, receipt: Mapping[str, Any], signature: str) -> bool:
    """Whether this installation signed just this receipt."""
    return receipts.is_genuine(receipt, signature)


@needs("customers.erase")
def erasure_rehearsed(
    actor: Actor, subject: int, records: Sequence[int]
) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...], int]:
    """What erasing takes away by table, the holds on it, who else may agree, what was asked."""
    waiting = Erasure.objects.filter(
        subject=subject, state=Erasure.WAITING, kind=Erasure.WHOLE
    ).first()
    return (
        erasing.rehearse(records),
        tuple(erasing.holds_on(records)),
        tuple(erasing.others_who_may(actor, erasing.person(actor))),
        waiting.pk if waiting else 0,
    )


@needs("customers.erase")
def verdict_on(actor: Actor, held: Erasure) -> str:
    """Whether this actor may agree: may, needs_second or needs_exception."""
    asked = Person(held.asked_by, held.asked_by_id)
    return may_decide(asked, erasing.person(actor), len(erasing.others_who_may(actor, asked)))


@needs("customers.erase")
def steps_of(actor: Actor) -> int:
    """How many steps an erasure has."""
    return len(erasing.walk()) + 1


@needs("customers.erase")
def still_in(actor: Actor, erasure: Erasure) -> list[str]:
    """Where the last search found something of theirs: tables with columns, files in the home."""
    return erasing.still_in(erasure)


@needs("restrictions.manage")
def standing_holds(actor: Actor, records: Sequence[int] | None = None) -> list[LegalHold]:
    """What a legal hold keeps now, of these records or of everybody, the latest first."""
    held = LegalHold.objects.filter(lifted_at=0)
    held = held if records is None else held.filter(record__in=list(records))
    return list(held.order_by("-since", "record"))


@needs("restrictions.manage")
def standing_restrictions(actor: Actor, records: Sequence[int] | None = None) -> list[Restriction]:
    """What is restricted and objected to now, of these records or of everybody, latest first."""
    held = Restriction.objects.filter(lifted_at=0).exclude(kind=Restriction.FISCAL)
    held = held.filter(Q(until=0) | Q(until__gt=now_us()))
    held = held if records is None else held.filter(record__in=list(records))
    return list(held.order_by("-since", "record"))
