"""Erasing a customer over the whole house: what is gathered first, and what goes on afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from klantbeeld.accounts.reads import needs
from klantbeeld.core import clock, registry
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.erasing import Work
from klantbeeld.identity import reads as partition
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import jobs, known_by, part_erasing, parts_again, probing
from klantbeeld.pipeline.errors import NothingToErase
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.errors import StillFound, WorkLost
from klantbeeld.privacy.models import Erasure, Withheld

MACHINE = system_actor("job")
FISCAL_YEARS = 7


@needs("customers.erase")
def ask_erasure(
    actor: Actor, customer: int, reason: str = Erasure.REQUEST, *, keep_fiscal: bool = False
) -> Erasure:
    """Ask for a customer to be erased: counted, written down, and nothing gone yet.

    `keep_fiscal` keeps orders for seven years, without saying whose, used for nothing else.
    Raises `NothingToErase` and `privacy.errors.OnHold`.
    """
    records = _records(customer)
    if not records:
        raise NothingToErase("Nothing is held of this customer.")
    until = _years_from_now(FISCAL_YEARS) if keep_fiscal else 0
    return privacy.ask_erasure(actor, customer, records, reason, until)


def _years_from_now(years: int) -> int:
    """The end of the calendar year so many years on, in µs UTC."""
    year = clock.day_to_date(clock.today()).year + years + 1
    return clock.day_start_us(clock.date_to_day(clock.EPOCH.replace(year=year)))


@needs("erasures.approve")
def approve_erasure(actor: Actor, erasure: Erasure, exception: str = "") -> Erasure:
    """Agree to an erasure: out of sight when this returns, the rest is done in the background.

    Raises `privacy.errors.NeedsSecond`, `NeedsException`, `NotWaiting` and `OnHold`.
    """
    begun = _begin(actor, erasure, exception)
    jobs.erase.enqueue(begun.pk)
    return begun


def _begin(actor: Actor, erasure: Erasure, exception: str) -> Erasure:
    if erasure.kind == Erasure.PART:
        return part_erasing.begin_part(actor, erasure, exception)
    records = _records(erasure.subject)
    if not records:
        raise NothingToErase("Nothing is held of this customer any more.")
    work = gathered(erasure.number, [erasure.subject], records)
    return privacy.begin_erasure(actor, erasure, work, exception)


def gathered(number: str, customers: Sequence[int], records: Sequence[int]) -> Work:
    """Everything that has to be known of them until they are gone."""
    others = partition.sharing(MACHINE, records)
    return Work(
        number,
        clock.now_us(),
        list(customers),
        list(records),
        probing.values_of(records),
        {s.room: list(s.files(records)) for s in registry.stores() if s.files is not None},
        others=others,
        known_by=known_by.theirs(records, others),
    )


@needs("customers.erase")
def erase_customer(actor: Actor, customer: int, *, alone: str) -> Erasure:
    """Ask, agree and do at once what one person decides alone; returns it, done.

    Only where nobody else could agree; `alone` says why, and stands on the receipt.
    Raises as `approve_erasure` does.
    """
    return erase_alone(actor, ask_erasure(actor, customer), alone)


@needs("customers.erase")
def erase_alone(actor: Actor, erasure: Erasure, alone: str) -> Erasure:
    """Agree to what the same person asked, and do it at once; see `erase_customer`."""
    return finish_erasure(actor, _begin(actor, erasure, alone))


@needs("retention.manage")
def erase_expired(actor: Actor, customers: Sequence[int]) -> None:
    """Erase customers whose term is over: who set the term agreed to it beforehand."""
    begun = []
    for customer in customers:
        records = _records(customer)
        asked = privacy.ask_erasure(actor, customer, records, Erasure.EXPIRED)
        work = gathered(asked.number, [customer], records)
        begun.append(privacy.begin_expired(actor, asked, work))
    _run(actor, begun)


@needs("customers.erase")
def finish_erasure(actor: Actor, erasure: Erasure, *, leave_out: str = "") -> Erasure:
    """Walk what is left of an erasure. Raises `privacy.errors.StillFound`."""
    _run(actor, [erasure], leave_out)
    return erasure


def _run(actor: Actor, erasures: Sequence[Erasure], leave_out: str = "") -> None:
    """Walk what is left of these; what they are known by besides is remembered first."""
    loaded = (Work.load(one.number) for one in erasures if one.kind != Erasure.PART)
    works = [work for work in loaded if work]
    pairs = known_by.theirs_further(works)
    for work in works:
        if pairs[work.number]:
            privacy.remember(actor, work, pairs[work.number])
    privacy.run_erasures(actor, erasures, _gathered_anew, leave_out=leave_out)


def _gathered_anew(erasure: Erasure) -> Work:
    """The work of an erasure whose file is gone: from what is left of the records.

    Of a part nothing is left; the journal keeps it sealed. Raises `privacy.errors.WorkLost`.
    """
    if erasure.kind == Erasure.PART:
        return privacy.work_of_part(MACHINE, erasure)
    held = list(Withheld.objects.filter(erasure=erasure))
    customers = sorted({w.owner for w in held if w.owner})
    work = gathered(erasure.number, customers, [w.record for w in held if w.record])
    work.save()
    return work


@needs("customers.erase")
def resume_erasures(actor: Actor) -> int:
    """Go on with every erasure that was broken off; returns how many there were.

    Raises `privacy.errors.StillFound` when that is so of one, after the others are done.
    """
    waiting = privacy.unfinished_erasures(actor)
    _finish_all(actor, waiting)
    return len(waiting)


def _finish_all(actor: Actor, waiting: Sequence[Erasure]) -> None:
    """Together, and where one cannot be finished in halves: nobody waits for another's trouble."""
    try:
        _run(actor, waiting)
    except (StillFound, WorkLost):
        if len(waiting) == 1:
            raise
        half = len(waiting) // 2
        try:
            _finish_all(actor, waiting[:half])
        finally:
            _finish_all(actor, waiting[half:])


@needs("customers.erase")
def erase_again(actor: Actor) -> tuple[int, int]:
    """Hold the database against the ledger beside it, and erase again who came back.

    To be called when a backup was put back, before anybody reads. Returns how many records went
    and how many are left that share only one identifier with somebody who was erased, which may
    be somebody else's by now.
    """
    found = privacy.returned(actor, lambda records: partition.customers_of(MACHINE, records))
    for number, records in found.by_erasure.items():
        customers = sorted(set(partition.customers_of(MACHINE, records).values()))
        privacy.begin_again(actor, number, gathered("", customers, records))
    parts_again.take_away_again(actor)
    resume_erasures(actor)
    return sum(map(len, found.by_erasure.values())), found.doubtful


@needs("customers.erase")
def guard_erasures(actor: Actor) -> None:
    """Before the house is opened: go on with what was broken off, erase again who came back."""
    if privacy.is_behind_ledger(actor):
        erase_again(actor)
    for erasure in privacy.unfinished_erasures(actor):
        jobs.erase.enqueue(erasure.pk)


def _records(customer: int) -> list[int]:
    held = Membership.objects.filter(customer=customer).values_list("record_id", flat=True)
    return sorted(held)
