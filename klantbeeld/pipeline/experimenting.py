"""Trying a change of matching in the background, applying it, and putting back what was before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, leases
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.identity.actions import (
    BLOCKABLE,
    Blocked,
    Rules,
    TooFewJudgements,
    block,
    put_back,
    put_in_force,
    try_out,
)
from klantbeeld.identity.models import Experiment
from klantbeeld.pipeline import jobs, settling
from klantbeeld.pipeline.bringing import understood
from klantbeeld.pipeline.errors import BusyMatching

log = logging.getLogger(__name__)
MACHINE = system_actor("job")
# So long (microseconds) without a word means that the work was killed.
QUIET = 3 * 3600 * 1_000_000
# Whoever comes second waits, and then finds it done.
WAIT = 3600
# From which state each step may be taken.
MAY = {
    Experiment.APPLYING: {Experiment.READY},
    Experiment.UNDOING: {Experiment.APPLIED},
    Experiment.DROPPED: {Experiment.READY, Experiment.FAILED},
}


@needs("matching.manage")
@transaction.atomic
def begin_experiment(actor: Actor, rules: Rules, learn: str, note: str = "") -> Experiment:
    """Have a change tried in the background; nothing changes by it.

    Raises ValueError for rules that cannot be, and `BusyMatching` while another is under way.
    """
    rules.checked()
    if learn not in {key for key, _ in Experiment.LEARN}:
        raise ValueError("learn")
    _give_up_stale()
    if Experiment.objects.filter(state__in=Experiment.BUSY).exists():
        raise BusyMatching("Another change is being reckoned; wait until it is done.")
    held = Experiment.objects.create(
        actor=actor.name, at=now_us(), changed_at=now_us(), note=note[:500], learn=learn,
        rules=rules.plain(), progress={"stage": "waiting"},
    )  # fmt: skip
    audit.record(actor, "try_matching", ("experiment", held.pk), {"learn": learn})
    transaction.on_commit(partial(jobs.try_matching.enqueue, held.pk))
    return held


@needs("matching.manage")
def blocked_value(actor: Actor, role: str, text: str) -> Blocked:
    """A value to be blocked, read as the import reads it. Raises ValueError when it cannot be."""
    if role not in BLOCKABLE:
        raise ValueError("role")
    rows = understood({role: text})
    value = rows.values[role][0] if rows.has(role) else None
    if value is None or (role in rows.issues and rows.issues[role][0]):
        raise ValueError("value")
    return block(role, str(value))


@needs("matching.manage")
@transaction.atomic
def go_on_experiment(actor: Actor, held: Experiment, state: str) -> None:
    """Apply an experiment that was tried, undo one that was applied, or drop one.

    Raises `BusyMatching` when that cannot be now: another is under way, or a later one was
    applied, which is to be undone first.
    """
    _give_up_stale()
    others = Experiment.objects.exclude(pk=held.pk)
    is_later = others.filter(state=Experiment.APPLIED, applied__gt=held.applied).exists()
    is_busy = others.filter(state__in=Experiment.BUSY).exists()
    is_late = state == Experiment.UNDOING and is_later
    moved = not (is_busy or is_late) and Experiment.objects.filter(
        pk=held.pk, state__in=MAY.get(state, ())
    ).update(state=state, changed_at=now_us(), progress={"stage": "waiting"})
    if not moved:
        raise BusyMatching("That cannot be done now.")
    audit.record(actor, f"{state}_matching", ("experiment", held.pk))
    if state in Experiment.BUSY:
        transaction.on_commit(partial(jobs.go_on_matching.enqueue, held.pk))
    held.refresh_from_db()


@needs("matching.manage")
def work_off_experiment(actor: Actor, held: Experiment) -> None:
    """Do the work of an experiment here and now, for whoever cannot wait for a worker."""
    run(held.pk)


def _give_up_stale() -> None:
    """What says nothing any more was killed, and holds nobody up."""
    quiet = Experiment.objects.filter(state__in=Experiment.BUSY, changed_at__lt=now_us() - QUIET)
    quiet.update(state=Experiment.FAILED, problem="failed")


def run(pk: int) -> None:
    """The work in the background of an experiment in whatever state it is."""
    with leases.held("matching", wait_seconds=WAIT):
        _run(pk)


def _run(pk: int) -> None:
    held = Experiment.objects.get(pk=pk)
    works: dict[str, Callable[[Experiment], str]] = {
        Experiment.RUNNING: _tried,
        Experiment.APPLYING: _applied,
        Experiment.UNDOING: _undone,
    }
    if held.state not in works:
        return
    try:
        state, problem = works[held.state](held), ""
    except TooFewJudgements:
        state, problem = Experiment.FAILED, "too_few_judgements"
    except Exception:
        # What was committed is whole; the state says that it did not come to its end.
        log.exception("experiment failed")
        state, problem = Experiment.FAILED, "failed"
    held.state, held.problem, held.changed_at = state, problem, now_us()
    held.save()


def _tried(held: Experiment) -> str:
    try_out(MACHINE, held, partial(_tell, held))
    return Experiment.READY


def _applied(held: Experiment) -> str:
    with transaction.atomic():
        put_in_force(MACHINE, held)
        held.save()
    settling.settle(MACHINE, lambda stage, rows: _tell(held, stage), everything=True)
    return Experiment.APPLIED


def _undone(held: Experiment) -> str:
    put_back(MACHINE, held)
    settling.settle(MACHINE, lambda stage, rows: _tell(held, stage), everything=True)
    return Experiment.UNDONE


def _tell(held: Experiment, stage: str) -> None:
    if held.progress.get("stage") != stage:
        held.progress = {"stage": stage}
        Experiment.objects.filter(pk=held.pk).update(progress=held.progress, changed_at=now_us())
