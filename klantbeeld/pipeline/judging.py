"""Merging and splitting customers: said, matched and shown at once, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.identity import actions as identity
from klantbeeld.identity import reads as partition
from klantbeeld.identity.models import Judgement
from klantbeeld.pipeline.errors import NotFollowed
from klantbeeld.pipeline.settling import settle_at_once


@needs("customers.judge")
@transaction.atomic
def merge(actor: Actor, customers: Sequence[int], note: str = "") -> Judgement:
    """Merge customers; returns a judgement of the act, to take it back by.

    The oldest of their ids goes on, the others lead to it. Raises ValueError when there is
    nothing to merge, and `NotFollowed` (with nothing changed) when the records cannot be one.
    """
    records = _records(actor, customers)
    said = identity.merge_customers(actor, customers, note)
    settle_at_once(system_actor("job"), records)
    if len(set(partition.customers_of(actor, records).values())) > 1:
        raise NotFollowed("A person and an organisation, or what was said before, stand between.")
    return said[0]


@needs("customers.judge")
@transaction.atomic
def split(actor: Actor, customer: int, records: Sequence[int], note: str = "") -> Judgement:
    """Take records out of a customer; returns a judgement of the act, to take it back by.

    The id stays with the part that holds the customer's anchor. Raises ValueError when nothing
    would stay, and `NotFollowed` (with nothing changed) when they do not come apart.
    """
    all_of = _records(actor, [customer])
    said = identity.split_records(actor, customer, records, note)
    settle_at_once(system_actor("job"), all_of)
    owners = partition.customers_of(actor, all_of)
    gone = {owners[record] for record in records}
    if gone & {owners[record] for record in all_of if record not in set(records)}:
        raise NotFollowed("These records stay together whatever is said.")
    return said[0]


@needs("customers.judge")
@transaction.atomic
def judge_pair(actor: Actor, left: int, right: int, verdict: str, note: str = "") -> Judgement:
    """Say of two records that they are the same, different, or that you are unsure.

    The same of two customers merges them, as whole customers. Raises ValueError for an unknown
    verdict, and `NotFollowed` (with nothing changed) when it cannot be.
    """
    owners = partition.customers_of(actor, [left, right])
    if len(owners) < 2:
        raise NotFollowed("One of these records belongs to nobody any more.")
    is_merge = verdict == Judgement.SAME and owners[left] != owners[right]
    records = _records(actor, sorted(set(owners.values())))
    if is_merge:
        said = identity.merge_customers(actor, [owners[left], owners[right]], note)[0]
    else:
        said = identity.judge(actor, left, right, verdict, note)
    settle_at_once(system_actor("job"), records)
    left_owner, right_owner = (partition.customers_of(actor, [r]).get(r) for r in (left, right))
    wanted = {Judgement.SAME: True, Judgement.DIFFERENT: False}.get(verdict)
    if wanted is not None and wanted != (left_owner == right_owner):
        raise NotFollowed("A person and an organisation, or what was said before, stand between.")
    return said


@needs("customers.judge")
@transaction.atomic
def take_back_judgement(actor: Actor, judgement: Judgement) -> None:
    """Take a merge, a split or a word on a pair back: customers are again as without it."""
    same_act = partition.records_judged(actor, judgement)
    customers = set(partition.customers_of(actor, same_act).values())
    records = {*same_act, *_records(actor, sorted(customers))}
    identity.revoke(actor, judgement)
    settle_at_once(system_actor("job"), sorted(records))


def _records(actor: Actor, customers: Sequence[int]) -> list[int]:
    return sorted(r for customer in customers for r in partition.records_of(actor, customer))
