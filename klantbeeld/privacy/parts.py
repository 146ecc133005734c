"""Erasing a part of a history: asked and agreed to as a whole erasure is, and walked the same way.

What goes is gone with the transaction that agrees, together with its tombstones; the steps after
that see to copies, bytes and backups. The journal remembers only keys of rows; when it begins it
has instead, sealed and until it is done, what the search afterwards looks for.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, sealing
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.erasing import Outcome, Work
from klantbeeld.privacy import disclosures, erasing, tombstones
from klantbeeld.privacy.errors import NotWaiting, OnHold, WorkLost
from klantbeeld.privacy.models import Correction, Erasure

Pair = tuple[str, str]
SEALED = "sealed"


@needs("customers.erase")
def ask_part(
    actor: Actor, subject: int, records: Sequence[int], part: Mapping[str, Any],
    counts: Mapping[str, int], reason: str,
) -> Erasure:  # fmt: skip
    """Write down that a part (keys of rows) of a customer is to be erased; nothing goes yet.

    Raises `OnHold`.
    """
    if matters := erasing.holds_on(records):
        raise OnHold(matters)
    waiting = Erasure.objects.filter(subject=subject, state=Erasure.WAITING, kind=Erasure.PART)
    same = next((one for one in waiting if one.part == part), None)
    if same is not None:
        return same
    with transaction.atomic():
        made = Erasure.objects.create(
            number=erasing.new_number(), kind=Erasure.PART, subject=subject, reason=reason,
            part=dict(part), counts=dict(counts), asked_by=actor.name,
            asked_by_id=actor.user_id or 0, asked_at=now_us(),
        )  # fmt: skip
        audit.record(actor, "ask_erasure", ("erasure", made.pk), {"number": made.number})
    return made


@needs("customers.erase")
def part_standing(
    actor: Actor, subject: int, records: Sequence[int], part: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The holds on a customer, who else may agree, and the erasure that waits, 0 for none."""
    waiting = Erasure.objects.filter(subject=subject, state=Erasure.WAITING, kind=Erasure.PART)
    return (
        tuple(erasing.holds_on(records)),
        tuple(erasing.others_who_may(actor, erasing.person(actor))),
        next((one.pk for one in waiting if one.part == part), 0),
    )


@needs("customers.erase")
def begin_part(
    actor: Actor, held: Erasure, work: Work, known_by: Sequence[Pair],
    take_away: Callable[[], Mapping[str, int]], *, exception: str = "",
) -> Erasure:  # fmt: skip
    """Agree to it and take it away; see `erasing.begin`. `work.others` are the owner's records.

    Raises `NeedsSecond`, `NeedsException`, `NotWaiting` and `OnHold`.
    """
    alone = erasing.decide(actor, held, exception)
    if matters := erasing.holds_on(work.others):
        raise OnHold(matters)
    takers = _takers(held.subject)
    with transaction.atomic():
        _decided(actor, held, alone, work)
        work.save()
        made = tombstones.add(known_by, work.at, held.number)
        counts = {"privacy_tombstone": made, **take_away()}
        _note(held, {erasing.OUT_OF_SIGHT: Outcome(counts=counts), "recipients": takers})
    return held


@needs("customers.erase")
def fresh_number(actor: Actor) -> str:
    """A number for an erasure that nobody has to ask for."""
    return erasing.new_number()


@needs("customers.erase")
def begin_part_again(
    actor: Actor, work: Work, take_away: Callable[[], Mapping[str, int]]
) -> Erasure:
    """Take away again what a backup brought back; that was agreed to then."""
    with transaction.atomic():
        held = Erasure.objects.create(
            number=work.number, kind=Erasure.AGAIN, state=Erasure.RUNNING, asked_by=actor.name,
            asked_at=now_us(), decided_by=actor.name, decided_at=now_us(),
            exception="again, after a backup was put back",
        )  # fmt: skip
        _note(held, {erasing.OUT_OF_SIGHT: Outcome(counts=take_away())})
    return held


def sealed(work: Work) -> dict[str, str]:
    """The work as the journal keeps it in case its file is lost."""
    plain = json.dumps(asdict(work)).encode()
    return {SEALED: b64encode(sealing.seal(plain, _place(work.number))).decode()}


@needs("customers.erase")
def work_of_part(actor: Actor, held: Erasure) -> Work:
    """The work of a part that was begun, anew. Raises `WorkLost`."""
    try:
        plain = sealing.opened(b64decode(held.part[SEALED]), _place(held.number))
    except (KeyError, sealing.CannotOpen) as error:
        raise WorkLost(held.number) from error
    return Work(**json.loads(plain))


def _place(number: str) -> str:
    return f"erasure:{number}"


def _decided(actor: Actor, held: Erasure, alone: str, work: Work) -> None:
    changed = Erasure.objects.filter(pk=held.pk, state=Erasure.WAITING).update(
        state=Erasure.RUNNING, decided_by=actor.name, decided_by_id=actor.user_id or 0,
        decided_at=now_us(), exception=alone, subject=0, part=sealed(work),
    )  # fmt: skip
    if not changed:
        raise NotWaiting(f"Erasure {held.number} was decided already.")
    held.refresh_from_db()
    details = {"number": held.number, "alone": bool(alone)}
    audit.record(actor, "approve_erasure", ("erasure", held.pk), details)


def _note(held: Erasure, outcomes: Mapping[str, Outcome]) -> None:
    at = now_us()
    held.position = {step: {**asdict(outcome), "at": at} for step, outcome in outcomes.items()}
    held.save(update_fields=["position"])


def _takers(customer: int) -> Outcome:
    """Who took an export along in which this may stand; they stay on the list of takers."""
    told = disclosures.told_of(disclosures.takers_of([customer]))
    if not told:
        return Outcome(note="nobody_took")
    return Outcome("told", {"privacy_disclosure": len(told)}, 0, "takers", {"takers": told})


@needs("customers.erase")
def forget_reasons(actor: Actor, records: Sequence[int], fields: Sequence[str]) -> int:
    """Blank why these fields were corrected, as the reason may quote the value; how many."""
    held = Correction.objects.filter(record__in=list(records))
    gone = [one.pk for one in held if set(one.fields) & set(fields) and one.reason]
    return Correction.objects.filter(pk__in=gone).update(reason="")
