"""Restricting a customer over the whole house: what is noted, and what is derived of it at once."""

from __future__ import annotations

from klantbeeld.accounts.reads import needs
from klantbeeld.core import changes
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import today
from klantbeeld.identity import reads as partition
from klantbeeld.pipeline import copying, grouping
from klantbeeld.privacy import actions as privacy
from klantbeeld.profiles import actions as profiles

MACHINE = system_actor("job")


@needs("restrictions.manage")
def restrict_customer(actor: Actor, customer: int, reason: str = "request", until: int = 0) -> None:
    """Article 18: from now on what is held of a customer is kept, and read by nobody."""
    records = partition.records_of(MACHINE, customer)
    privacy.restrict(actor, records, "restricted", reason=reason, until=until)
    _follow(customer, records)


@needs("restrictions.manage")
def lift_restriction(actor: Actor, customer: int) -> None:
    """The customer is shown and used again."""
    records = partition.records_of(MACHINE, customer)
    privacy.lift(actor, records, "restricted")
    _follow(customer, records)


@needs("restrictions.manage")
def note_objection(actor: Actor, customer: int, purpose: str = "marketing") -> None:
    """Article 21: from now on nothing of a customer is used for a purpose."""
    records = partition.records_of(MACHINE, customer)
    privacy.restrict(actor, records, "objected", reason="objection", purpose=purpose)
    _follow(customer, records)


@needs("restrictions.manage")
def lift_objection(actor: Actor, customer: int, purpose: str | None = None) -> None:
    """The customer takes the objection back: to one purpose, or to all."""
    records = partition.records_of(MACHINE, customer)
    privacy.lift(actor, records, "objected", purpose)
    _follow(customer, records)


@needs("restrictions.manage")
def hold_customer(actor: Actor, customer: int, matter: str) -> None:
    """Keep everything of a customer for a case: nothing is erased before it is lifted."""
    privacy.hold(actor, partition.records_of(MACHINE, customer), matter)


@needs("restrictions.manage")
def lift_hold(actor: Actor, customer: int, matter: str) -> int:
    """The case is over; returns for how many records."""
    return privacy.lift_hold(actor, partition.records_of(MACHINE, customer), matter)


@needs("restrictions.manage")
def end_restrictions(actor: Actor) -> int:
    """Show and use again whose restriction was to end by now; how many customers."""
    records = privacy.end_passed(actor)
    customers = sorted(set(partition.customers_of(MACHINE, records).values()))
    for customer in customers:
        _follow(customer, partition.records_of(MACHINE, customer))
    return len(customers)


def _follow(customer: int, records: list[int]) -> None:
    """The card, the search words and the group go, or come back; so do the copied rows."""
    profiles.refresh(MACHINE, [customer])
    grouping.set_groups_of(MACHINE, [customer], today())
    for table in ("record", "membership", "interaction", "subscription", "consent"):
        changes.note(table, records)
    copying.refresh()
