"""What people said about records: acts of merging, splitting and judging, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.identity.models import Judgement

_MOST_ACTS = 50


class UnknownJudgement(LookupError):
    """There is no judgement with this key."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody said at one moment, whole: `kind` is pair, merge or split.

    `judgement` is its key; `records` are those it is about; `revoked_at` is None while it holds.
    """

    judgement: int
    kind: str
    verdict: str
    actor: str
    at: datetime
    note: str
    records: tuple[int, ...]
    revoked_at: datetime | None = None


@needs("customers.read")
def acts_about(actor: Actor, records: Sequence[int]) -> list[Act]:
    """What people said that touches these records, the latest first; own entries left out."""
    touching = {
        row[0]: row[1]
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(
            "SELECT id, act FROM identity_judgement WHERE kind <> 'entry' AND", side, records
        )
    }
    acts = sorted({act for act in touching.values() if act})
    single = Judgement.objects.filter(pk__in=[pk for pk, act in touching.items() if not act])
    said = [*Judgement.objects.filter(act__in=acts), *single]
    together: dict[tuple[int, int], list[Judgement]] = {}
    for one in sorted(said, key=lambda j: j.pk):
        together.setdefault((one.act, 0 if one.act else one.pk), []).append(one)
    found = sorted((_act(held) for held in together.values()), key=lambda a: a.at, reverse=True)
    return found[:_MOST_ACTS]


def _act(said: Sequence[Judgement]) -> Act:
    first = said[0]
    records = sorted({record for j in said for record in (j.left_id, j.right_id)})
    return Act(
        first.pk, first.kind, first.verdict, first.actor, local(first.at), first.note,
        tuple(records), local(first.revoked_at) if first.revoked_at else None,
    )  # fmt: skip


@needs("customers.judge")
def judgement_of(actor: Actor, key: int) -> Judgement:
    """The judgement with this key. Raises `UnknownJudgement`."""
    found = Judgement.objects.filter(pk=key).first()
    if found is None:
        raise UnknownJudgement("There is no judgement with this key.")
    return found


@needs("customers.judge")
def word_on(actor: Actor, left: int, right: int) -> Judgement | None:
    """The latest word in force on exactly these two records, None when there is none."""
    held = Judgement.objects.filter(left=min(left, right), right=max(left, right), revoked_at=0)
    return held.order_by("-at", "-pk").first()


@needs("customers.judge")
def records_judged(actor: Actor, judgement: Judgement) -> list[int]:
    """All records that were spoken of in the same act, ascending."""
    same_act = Judgement.objects.filter(pk=judgement.pk)
    if judgement.act:
        same_act = Judgement.objects.filter(act=judgement.act)
    pairs = same_act.values_list("left_id", "right_id")
    return sorted({record for pair in pairs for record in pair})
