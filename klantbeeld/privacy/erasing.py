"""Erasing as a journey that can be broken off anywhere: asked, agreed, walked step by step, signed.

Who is erased goes out of sight in the first transaction, together with the tombstones. Each further
step commits with the note in the journal that it was done, or can be done twice; whoever finds an
erasure that runs (the worker, the start of the server, a restore) goes on where it stopped.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from klantbeeld.accounts import reads as people
from klantbeeld.core import audit, bulk, erasing, leases, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local, now_us
from klantbeeld.core.erasing import ErasureStep, Outcome, Work
from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.privacy import erasing_rules, receipts, tombstone_ledger, tombstones
from klantbeeld.privacy.erasing_rules import Person
from klantbeeld.privacy.errors import (
    Incomplete,
    NeedsException,
    NeedsSecond,
    NotWaiting,
    OnHold,
    StillFound,
)
from klantbeeld.privacy.models import Erasure, Withheld

LEASE, WAIT_SECONDS = "erasure", 600
APPROVE = "erasures.approve"
# So long a transaction takes at most, but for one erasure: others write meanwhile.
CHUNK_SECONDS = 0.15
# The first step, and the last: between these the rooms' own.
OUT_OF_SIGHT, RECEIPT = "out_of_sight", "receipt"
# What stays noted when all is done over: of a part it is known at the beginning only.
KEPT = frozenset({OUT_OF_SIGHT, "recipients"})
# Noted with the first step: what the others took away before all was done over, by step.
# And where something was found that time.
BEFORE, STILL = "before", "still"


def person(actor: Actor) -> Person:
    """Somebody who acts, as the rules know people."""
    return Person(actor.name, actor.user_id or 0)


def others_who_may(actor: Actor, asked: Person) -> list[str]:
    """Names of the users, apart from who asked, who could agree."""
    held = people.users_who_may(actor, APPROVE)
    return sorted(user.name for user in held if user.pk != asked.user_id)


def rehearse(records: Sequence[int]) -> dict[str, int]:
    """What erasing these records takes away, by table: done, counted, and rolled back."""
    counts: dict[str, int] = {}
    with transaction.atomic():
        for store in registry.stores():
            _add(counts, store.erase(records))
        transaction.set_rollback(True)
    return counts


def erase_rows(records: Sequence[int], *, only_sight: bool = False) -> dict[str, int]:
    """Erase these records from every room, in one transaction; counts by table.

    `only_sight`: what people are found by.
    """
    counts: dict[str, int] = {}
    with transaction.atomic():
        for store in registry.stores():
            if store.is_sight or not only_sight:
                _add(counts, store.erase(records))
    return counts


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for table, count in more.items():
        counts[table] = counts.get(table, 0) + count


def holds_on(records: Sequence[int]) -> list[str]:
    """The matters for which these records are kept."""
    held = bulk.rows_where(
        "SELECT DISTINCT matter FROM privacy_legalhold WHERE lifted_at = 0 AND", "record", records
    )
    return sorted(row[0] for row in held)


def ask(
    actor: Actor, subject: int, records: Sequence[int], reason: str, kept_until: int = 0
) -> Erasure:
    """Write down that a customer is to be erased, with what that takes away; nothing goes yet."""
    _free(records)
    waiting = Erasure.objects.filter(
        subject=subject, state=Erasure.WAITING, kind=Erasure.WHOLE
    ).first()
    if waiting is not None:
        return waiting
    counts = rehearse(records)
    with transaction.atomic():
        made = Erasure.objects.create(
            number=new_number(), subject=subject, reason=reason, counts=counts,
            asked_by=actor.name, asked_by_id=actor.user_id or 0, asked_at=now_us(),
            kept_until=kept_until,
        )  # fmt: skip
        audit.record(actor, "ask_erasure", ("erasure", made.pk), {"number": made.number})
    return made


def new_number() -> str:
    """A number for an erasure that means the same in every copy of the house."""
    return f"V-{local(now_us()):%Y%m%d}-{secrets.token_hex(4)}"


def _free(records: Sequence[int]) -> None:
    if matters := holds_on(records):
        raise OnHold(matters)


def decide(actor: Actor, held: Erasure, exception: str) -> str:
    """The exception under which this actor may agree, "" for none.

    Raises `NeedsSecond`, `NeedsException`, `NotWaiting`.
    """
    if held.state != Erasure.WAITING:
        raise NotWaiting(f"Erasure {held.number} was decided already.")
    asked = Person(held.asked_by, held.asked_by_id)
    others = others_who_may(actor, asked)
    verdict = erasing_rules.may_decide(asked, person(actor), len(others), exception)
    if verdict == "needs_second":
        raise NeedsSecond(f"Somebody else has to agree: {', '.join(others)}.")
    if verdict == "needs_exception":
        raise NeedsException(
            "Nobody else here may agree. Write down why you decide alone; it stands on the receipt."
        )
    return exception.strip() if asked.is_same(person(actor)) else ""


def begin(actor: Actor, held: Erasure, work: Work, exception: str) -> None:
    """Agree, and take the customer out of sight: from the commit on nobody reads him any more."""
    _free(work.records)
    with transaction.atomic():
        changed = Erasure.objects.filter(pk=held.pk, state=Erasure.WAITING).update(
            state=Erasure.RUNNING, decided_by=actor.name, decided_by_id=actor.user_id or 0,
            decided_at=now_us(), exception=exception,
        )  # fmt: skip
        if not changed:
            raise NotWaiting(f"Erasure {held.number} was decided already.")
        # Only now: whoever comes too late would leave a file that nobody forgets.
        work.save()
        held.refresh_from_db()
        details = {"number": held.number, "alone": bool(exception)}
        audit.record(actor, "approve_erasure", ("erasure", held.pk), details)
        _take_out_of_sight(held, work)


def _take_out_of_sight(held: Erasure, work: Work) -> None:
    """The first step, inside the transaction that agrees."""
    made = tombstones.add([(kind, value) for kind, value in work.known_by], work.at, held.number)
    Withheld.objects.bulk_create(
        [
            *(Withheld(record=record, erasure=held) for record in work.records),
            *(Withheld(record=0, owner=customer, erasure=held) for customer in work.customers),
        ]
    )
    counts: dict[str, int] = {"privacy_tombstone": made}
    for store in registry.stores():
        if store.is_sight:
            _add(counts, store.erase(work.records))
    _note(held, OUT_OF_SIGHT, Outcome(counts=counts))


def _note(held: Erasure, step: str, outcome: Outcome) -> None:
    counts = dict(outcome.counts)
    first = held.position.get(OUT_OF_SIGHT, {})
    _add(counts, first.get(BEFORE, {}).pop(step, {}))
    noted = {**asdict(outcome), "counts": counts, "at": now_us()}
    held.position = {**held.position, step: noted}
    held.save(update_fields=["position"])


def run(
    erasures: Sequence[Erasure], rebuilt: Callable[[Erasure], Work], *, leave_out: str = ""
) -> None:
    """Walk what is left of these erasures, side by side. Raises `StillFound` and `Incomplete`.

    `rebuilt` makes the work anew when its file is gone, as after a backup was put back.
    """
    with leases.held(LEASE, WAIT_SECONDS):
        running = []
        for held in erasures:
            held.refresh_from_db()
            if held.state == Erasure.RUNNING:
                running.append((held, Work.load(held.number) or rebuilt(held)))
        try:
            _walk(running, leave_out)
        except StillFound as error:
            _begin_anew([held for held, _ in running], error.places)
            raise
        for held, work in running:
            _finish(held, work)


def _walk(running: Sequence[tuple[Erasure, Work]], leave_out: str) -> None:
    is_anew = False
    for step in walk():
        # What looks at the whole house is done again when something before it only came now.
        again = is_anew and step.is_shared
        left = [(h, w) for h, w in running if again or step.key not in h.position]
        if step.key != leave_out and left:
            _do(step, left)
            is_anew = True


def _begin_anew(erasures: Sequence[Erasure], places: Sequence[str]) -> None:
    """Forget that anything was done after the first step: something came in behind our back."""
    # What looks at the whole house counts what it finds each time.
    own = {step.key for step in walk() if not step.is_shared}
    with transaction.atomic():
        for held in erasures:
            kept = {k: v for k, v in held.position.items() if k in KEPT}
            gone = {k: v["counts"] for k, v in held.position.items() if k in own - KEPT}
            first = kept.get(OUT_OF_SIGHT, {})
            before = {**first.get(BEFORE, {}), **gone}
            kept[OUT_OF_SIGHT] = {**first, BEFORE: before, STILL: list(places)}
            held.position = kept
            held.save(update_fields=["position"])


def walk() -> list[ErasureStep]:
    """The steps after the first, in order: each room's rows, and what was handed in."""
    return sorted([*_rows_of_rooms(), *erasing.steps()], key=lambda s: (s.order, s.key))


def _rows_of_rooms() -> Iterator[ErasureStep]:
    for store in registry.stores():
        if not store.is_sight:
            yield ErasureStep(f"rows_{store.room}", 200 + store.order, _rows_step(store))
        if store.destroy is not None:
            yield ErasureStep(f"files_{store.room}", 400 + store.order, _files_step(store), False)


def _rows_step(store: registry.Store) -> Callable[[Work], Outcome]:
    return lambda work: Outcome(counts=dict(store.erase(work.records)))


def _files_step(store: registry.Store) -> Callable[[Work], Outcome]:
    def act(work: Work) -> Outcome:
        destroyed = store.destroy(work.files.get(store.room, [])) if store.destroy else 0
        return Outcome(counts={f"{store.room}_files": destroyed})

    return act


def _do(step: ErasureStep, left: Sequence[tuple[Erasure, Work]]) -> None:
    if step.is_shared:
        outcome = step.act(_together([work for _, work in left]))
        with transaction.atomic():
            for held, _ in left:
                _note(held, step.key, outcome)
        return
    if step.is_atomic:
        waiting = deque(left)
        while waiting:
            _do_some(step, waiting)
        return
    for held, work in left:
        outcome = step.act(work)
        with transaction.atomic():
            _note(held, step.key, outcome)


def _do_some(step: ErasureStep, waiting: deque[tuple[Erasure, Work]]) -> None:
    """As many as fit in one short transaction: waiting for the disk takes longer than the work."""
    until = time.monotonic() + CHUNK_SECONDS
    with transaction.atomic():
        while waiting:
            held, work = waiting.popleft()
            _note(held, step.key, step.act(work))
            if time.monotonic() > until:
                return


def _together(works: Sequence[Work]) -> Work:
    """The work of many as that of one, for steps on whole tables and files.

    Its `others` are the records of which only a part goes: what these still say is not others'.
    """
    return Work(
        works[0].number, min(w.at for w in works),
        [c for w in works for c in w.customers], [r for w in works for r in w.records],
        list(dict.fromkeys(v for w in works for v in w.values)),
        others=[r for w in works if not w.records for r in w.others],
    )  # fmt: skip


def _finish(held: Erasure, work: Work) -> None:
    """Sign the receipt, write it beside the tombstones, and forget who it was."""
    missing = [step.key for step in walk() if step.key not in held.position]
    if missing:
        raise Incomplete(missing)
    for noted in (BEFORE, STILL):
        held.position.get(OUT_OF_SIGHT, {}).pop(noted, None)
    done_at = now_us()
    receipt = receipts.written(held, done_at)
    signature = receipts.signed(receipt)
    line = {"t": "done", "number": held.number, "receipt": receipt, "signature": signature}
    tombstone_ledger.append([line])
    with transaction.atomic():
        Withheld.objects.filter(erasure=held).delete()
        held.state, held.receipt, held.signature = Erasure.DONE, receipt, signature
        held.done_at, held.part = done_at, {}
        held.save(update_fields=["state", "receipt", "signature", "done_at", "part", "position"])
    work.forget()


def still_in(held: Erasure) -> list[str]:
    """Where the last search found something: tables with columns, and files in the home."""
    return list(held.position.get(OUT_OF_SIGHT, {}).get(STILL, ()))


def unfinished() -> list[Erasure]:
    """Erasures that somebody agreed to and that are not done, oldest first."""
    return list(Erasure.objects.filter(state=Erasure.RUNNING).order_by("pk"))


def identifiers(records: Sequence[int]) -> list[tuple[str, str]]:
    """What these records are known by and were before: an older file may still say that."""
    found: list[tuple[str, str]] = []
    sources: dict[int, str] = {}
    for record in Record.objects.filter(pk__in=list(records)).select_related("source"):
        sources[record.pk] = record.source.key
        found.append(("key", f"{record.source.key}:{record.key}"))
        found += identifiers_in(record.source.key, record.data)
    versions = RecordVersion.objects.filter(record__in=list(records))
    for owner, data in versions.values_list("record_id", "data"):
        found += identifiers_in(sources[owner], data)
    return list(dict.fromkeys(found))


def identifiers_in(source: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, value) of the identifiers in a record's data, as the tombstones hold them."""
    told = [(name, str(data[name])) for name in tombstones.ASKED if data.get(name)]
    found = [pair for one in told if (pair := tombstones.kind_and_value(*one))[1]]
    if data.get("customer_number"):
        space = data.get("number_of") or source
        found.append(("key", f"{space}:{data['customer_number']}"))
    return found
