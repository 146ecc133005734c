"""What limits the use of customers, and how long things are kept: to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.accounts.reads import needs
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import AuditEntry, AuditValue
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as partition
from klantbeeld.pipeline import retention
from klantbeeld.privacy import reads as privacy

MACHINE = system_actor("job")
HOLD = "hold"
SOON_DAYS = 30
MOST_RUNS = 20
# Purpose to the natures of the fields that it is about, and the bases on which those end.
_OF_REGISTER = {
    "relation": (("identity",), ("contract",)),
    "behaviour": (("behavioural",), ("legitimate_interest", "consent", "contract")),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """What limits one customer: `kind` is restricted, objected or hold; moments in µs UTC.

    `matter` is the case of a hold; `until` 0 for as long as nobody lifts it.
    """

    customer: str
    kind: str
    purpose: str
    reason: str
    matter: str
    by: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class TermPlan:
    """How long a purpose keeps (days, 0 for ever), what the register says, what goes and when.

    `soon` is due within `SOON_DAYS` more; `held` would be due but for a legal hold. `is_more` says
    that more is due than was counted, `tonight` how much of it goes in one night.
    """

    purpose: str
    days: int
    register_days: int
    due: int
    soon: int
    held: int
    is_more: bool = False
    tonight: int = 0


@dataclass(frozen=True, slots=True)
class TermRun:
    """What went at one time for a purpose; `at` µs UTC."""

    purpose: str
    count: int
    at: int
    by: str


@needs("restrictions.manage")
def limits(actor: Actor, customer: int = 0) -> list[Limit]:
    """What limits this customer, or all of them; one line per customer, kind, purpose, case."""
    records = partition.records_of(MACHINE, customer) if customer else None
    standing = privacy.standing_restrictions(actor, records)
    holds = privacy.standing_holds(actor, records)
    limited = {one.record for one in standing} | {one.record for one in holds}
    owners = partition.customers_of(MACHINE, sorted(limited))
    found = [
        Limit(to_public("customer", owners[one.record]), one.kind, one.purpose, one.reason, "",
              one.by, one.since, one.until)
        for one in standing if one.record in owners
    ] + [
        Limit(to_public("customer", owners[one.record]), HOLD, "", "", one.matter, one.by,
              one.since, 0)
        for one in holds if one.record in owners
    ]  # fmt: skip
    return list(_once(found))


@needs("restrictions.manage")
def is_held(actor: Actor, customer: int) -> bool:
    """Whether anything is held of this customer (still)."""
    return bool(partition.records_of(MACHINE, customer))


def _once(found: Iterable[Limit]) -> Iterable[Limit]:
    seen: dict[tuple[str, ...], Limit] = {}
    for one in found:
        seen.setdefault((one.customer, one.kind, one.purpose, one.matter), one)
    return sorted(seen.values(), key=lambda one: -one.since)


@needs("retention.manage")
def plan_terms(actor: Actor) -> list[TermPlan]:
    """Per purpose what goes now and within `SOON_DAYS`; nothing is erased."""
    plans = []
    for purpose, days in retention.terms().items():
        now = retention.counted(purpose, days)
        later = retention.counted(purpose, max(1, days - SOON_DAYS)) if days else now
        plans.append(
            TermPlan(purpose, days, register_days(purpose), now.due,
                     max(0, later.due + later.held - now.due - now.held), now.held,
                     now.is_more, now.tonight)
        )  # fmt: skip
    return plans


def register_days(purpose: str) -> int:
    """The shortest period in the register of fields for what a purpose keeps, in days."""
    natures, bases = _OF_REGISTER.get(purpose, ((), ()))
    held: Sequence[int] = [
        field.retention_days for field in fields.built_in().values()
        if field.nature in natures and field.basis in bases
    ]  # fmt: skip
    return min(held, default=fields.FISCAL_DAYS)


@needs("retention.manage")
def term_runs(actor: Actor) -> list[TermRun]:
    """What went because its term was over, the latest first."""
    entries = AuditEntry.objects.filter(action="retention").order_by("-pk")[:MOST_RUNS]
    told = dict(AuditValue.objects.filter(pk__in=[e.pk for e in entries])
                .values_list("pk", "values"))  # fmt: skip
    return [
        TermRun(str(purpose), int(n), one.at, one.actor)
        for one in entries if one.pk in told
        for purpose, n in _went(told[one.pk])
    ]  # fmt: skip


def _went(told: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    """By what, of one run: of customers a purpose, of who logged in and the like each kind."""
    return ((told["purpose"], told["n"]),) if "purpose" in told else told.items()
