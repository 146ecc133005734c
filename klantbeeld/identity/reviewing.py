"""The pairs that wait for a person: first those of which a judgement changes most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from klantbeeld.accounts.reads import needs
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.identity import withheld
from klantbeeld.identity.models import Doubt, Judgement

# What the company judges on one day: two hours at half a minute each.
A_DAYS_WORK = 240


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """One pair that waits: its key, its records, and why it is doubtful (see `Doubt`)."""

    key: int
    left: int
    right: int
    reason: str
    weight: float


@needs("customers.judge")
def waiting(actor: Actor) -> Mapping[str, int]:
    """How many pairs wait for a person, by reason; all under ""."""
    counted = Doubt.objects.values_list("reason").annotate(n=Count("pk")).order_by("reason")
    by_reason = dict(counted)
    return {"": sum(by_reason.values()), **by_reason}


@needs("customers.judge")
def left_today(actor: Actor) -> int:
    """How many pairs are left of a day's work, those that everybody judged today taken off."""
    since = clock.day_start_us(clock.today())
    judged = Judgement.objects.filter(kind=Judgement.PAIR, revoked_at=0, at__gte=since)
    return max(0, A_DAYS_WORK - judged.count())


@needs("customers.judge")
def first_doubt(actor: Actor, reason: str = "", after: int = 0) -> OpenDoubt | None:
    """The pair of which a judgement changes most, of one reason or all; or the one after `after`.

    Where that was the last, or is gone, the first again.
    """
    found = _ordered(reason)
    past = Doubt.objects.filter(pk=after).values_list("doubt", "left").first() if after else None
    if past is not None:
        later = found.filter(Q(doubt__gt=past[0]) | Q(doubt=past[0], left__gt=past[1]))
        following = later.exclude(pk=after).first()
        if following is not None:
            return _open(following)
    first = found.first()
    return None if first is None else _open(first)


@needs("customers.judge")
def doubt_of(actor: Actor, left: int, right: int) -> OpenDoubt | None:
    """The pair of these records as it waits, None when it does not."""
    found = Doubt.objects.filter(left=min(left, right), right=max(left, right)).first()
    return None if found is None else _open(found)


def _ordered(reason: str) -> QuerySet[Doubt]:
    hidden = withheld.hidden_fellows()
    every = Doubt.objects.order_by("doubt", "left", "right")
    if hidden:
        every = every.exclude(left__in=hidden).exclude(right__in=hidden)
    return every.filter(reason=reason) if reason else every


def _open(found: Doubt) -> OpenDoubt:
    return OpenDoubt(found.pk, found.left_id, found.right_id, found.reason, found.weight)
