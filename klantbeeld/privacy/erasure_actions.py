"""What can be done about erasing, by whom; the house above gathers and settles around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.erasing import Work
from klantbeeld.privacy import disclosures, erasing, returning, tombstones
from klantbeeld.privacy.errors import NotWaiting
from klantbeeld.privacy.models import Erasure
from klantbeeld.privacy.returning import OwnersOf, Returned


@needs("customers.erase")
def ask_erasure(
    actor: Actor, subject: int, records: Sequence[int], reason: str, kept_until: int = 0
) -> Erasure:
    """Write down that these records are to be erased; see `erasing.ask`. Raises `OnHold`."""
    return erasing.ask(actor, subject, records, reason, kept_until)


@needs("customers.erase")
def begin_erasure(actor: Actor, held: Erasure, work: Work, exception: str = "") -> Erasure:
    """Agree to it, and take the customer out of sight.

    Whoever agrees to what somebody else asked needs to be one who may agree. Raises `NeedsSecond`,
    `NeedsException`, `NotWaiting` and `OnHold`.
    """
    erasing.begin(actor, held, work, erasing.decide(actor, held, exception))
    return held


@needs("retention.manage")
def begin_expired(actor: Actor, held: Erasure, work: Work) -> Erasure:
    """Begin what a term of retention asks for, without a second person. Raises `OnHold`."""
    erasing.begin(actor, held, work, "the term that was set is over")
    return held


@needs("customers.erase")
def remember(actor: Actor, work: Work, known_by: Sequence[tuple[str, str]]) -> None:
    """Further (kind, value) that keep away who goes by this work."""
    tombstones.add(known_by, work.at, work.number)


@needs("customers.erase")
def run_erasures(
    actor: Actor,
    erasures: Sequence[Erasure],
    rebuilt: Callable[[Erasure], Work],
    *,
    leave_out: str = "",
) -> None:
    """Walk what is left of these; see `erasing.run`."""
    erasing.run(erasures, rebuilt, leave_out=leave_out)


@needs("customers.erase")
def unfinished_erasures(actor: Actor) -> list[Erasure]:
    """Those that were agreed to and are not done, oldest first."""
    return erasing.unfinished()


@needs("customers.erase")
@transaction.atomic
def refuse(actor: Actor, held: Erasure) -> None:
    """Do not erase after all. Raises `NotWaiting`."""
    changed = Erasure.objects.filter(pk=held.pk, state=Erasure.WAITING).update(
        state=Erasure.REFUSED, decided_by=actor.name, decided_by_id=actor.user_id or 0,
        decided_at=now_us(), subject=0,
    )  # fmt: skip
    if not changed:
        raise NotWaiting(f"Erasure {held.number} was decided already.")
    Work(held.number, 0).forget()  # of an agreement that was broken off before it held
    audit.record(actor, "refuse_erasure", ("erasure", held.pk), {"number": held.number})


@needs("customers.erase")
def is_behind_ledger(actor: Actor) -> bool:
    """Whether the ledger knows of erasures that the database does not: it is an older one."""
    return returning.is_behind()


@needs("customers.erase")
def returned(actor: Actor, owners_of: OwnersOf) -> Returned:
    """Who came back with a backup, once the database knows all that the ledger knows."""
    with transaction.atomic():
        returning.bring_up_to_date()
    return returning.find(owners_of)


@needs("customers.erase")
def begin_again(actor: Actor, number: str, work: Work) -> Erasure:
    """Take out of sight again who was erased before, as erasure `number` of the ledger.

    Nobody needs to agree: that was done then. The moment of then holds for the tombstones.
    """
    first = Erasure.objects.filter(number=number).first()
    work.number, work.at = erasing.new_number(), returning.erased_at(number) or work.at
    made = Erasure(
        number=work.number, kind=Erasure.AGAIN, asked_by=actor.name, asked_at=now_us(),
        reason=first.reason if first else Erasure.REQUEST,
        kept_until=first.kept_until if first else 0,
    )  # fmt: skip
    with transaction.atomic():
        made.save()
    erasing.begin(actor, made, work, f"again, after {number}")
    return made


@needs("customers.list")
def note_list(actor: Actor, customers: Sequence[int]) -> None:
    """Write down who takes a list of these customers along, so that he hears of an erasure."""
    disclosures.note(actor, disclosures.LIST, customers)


@needs("retention.manage")
def erase_bare(actor: Actor, records: Sequence[int]) -> dict[str, int]:
    """Erase records that tell of nobody, such as orders kept for the tax; counts by table."""
    return erasing.erase_rows(records)


@needs("customers.erase")
def take_out_again(actor: Actor, records: Sequence[int]) -> bool:
    """Take out of sight again whom somebody found meanwhile; whether there was anything."""
    return any(erasing.erase_rows(records, only_sight=True).values())
