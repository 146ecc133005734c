"""The steps of adding data on screen: read, choose, try out, load, take back.

What takes long runs as a job (see `jobs`). State and progress stand with the intake in the
database, so a page may be closed and comes back, and a worker that died is followed by another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from klantbeeld.core import audit, uploads
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery, Source
from klantbeeld.core.transitions import INTAKE
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import deliver, intake_files, settling
from klantbeeld.pipeline.errors import DiskFull, full_disk_noticed
from klantbeeld.pipeline.looking import doubled
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.naming import Apart, mask_path
from klantbeeld.pipeline.outcome import outcome, records_of
from klantbeeld.pipeline.plan import Plan, save_mappings, staging_folder
from klantbeeld.pipeline.trial import try_out
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.sources.errors import MappingError
from klantbeeld.sources.tables import Mapping

# Files that nobody went on with are personal data for nothing.
KEPT_DAYS = 7
DAY_US = 86_400_000_000
# No upload takes longer: a folder that is older and belongs to no intake was left by a crash.
UPLOAD_SECONDS = 24 * 3600
# Progress is written down so often, or when another stage begins.
EVERY_SECONDS = 0.5
CONTACT_COLUMN, CONTACT_REASON, CONTACT_LATER = "column", "reason", "later"
Files = Iterable[tuple[str, Iterable[bytes]]]


def begin(actor: Actor, files: Files) -> Intake:
    """Keep files and make an intake of them, to be read; old ones that were left go."""
    drop_stale()
    token, at, names = intake_files.new_token(), now_us(), Apart()
    kept: list[dict[str, Any]] = []
    try:
        for number, (name, pieces) in enumerate(files):
            masked = mask_path(name)
            shown = names.name(f"{number}/{name}", masked)
            size = intake_files.keep_file(token, number, shown, pieces)
            held = {"masked": list(masked.kinds)} if masked.kinds else {}
            kept.append({"name": shown, "bytes": size, **held})
    except BaseException:
        intake_files.remove(token)
        raise
    made = Intake.objects.create(
        token=token, actor=actor.name, created_at=at, changed_at=at, files=kept
    )
    audit.record(actor, "begin_intake", ("intake", made.pk), {"files": len(kept)})
    return made


def move(intake: Intake, state: str, **values: Any) -> None:
    """Go to another state, once: raises `ForbiddenTransition` when it is not there any more."""
    INTAKE.check(intake.state, state)
    held = Intake.objects.filter(pk=intake.pk, state=intake.state)
    values |= {"state": state, "changed_at": now_us()}
    if not held.update(**values):
        intake.refresh_from_db()
        INTAKE.check(intake.state, state)
    for name, value in values.items():
        setattr(intake, name, value)


def read(intake: Intake) -> None:
    """Read and recognise the files."""
    plan = intake_files.lay_down(intake.token, Teller(intake), intake.files)
    unreadable = [
        {"path": u.path, "code": u.code, "message": u.message, "advice": u.advice}
        for u in plan.unreadable
    ]
    move(
        intake, Intake.READY, mappings=_dumped(plan), unreadable=unreadable, progress={},
        result={"relations": _relations(plan)},
    )  # fmt: skip


def _dumped(plan: Plan) -> list[str]:
    return [Mapping(f.source, (f.mapping,)).dump() for f in plan.found]


def _relations(plan: Plan) -> list[dict[str, Any]]:
    """What was found out about how the tables belong together, by table."""
    found: list[dict[str, Any]] = []
    for number, table in enumerate(plan.found):
        if table.lines_of is not None:
            other = next(n for n, t in enumerate(plan.found) if t is table.lines_of)
            found.append({"table": number, "with": other, "by": "order_number"})
        elif table.number_of:
            owners = [
                n for n, t in enumerate(plan.found)
                if t.source == table.number_of and t.mapping.holds == "customers"
            ]  # fmt: skip
            known = {"with": owners[0]} if owners else {"source": table.number_of}
            found.append({"table": number, "by": "customer_number", **known})
    return found


def attempt(intake: Intake) -> None:
    """The trial run: nothing is stored, and nobody waits for it."""
    tell = Teller(intake, sum(t.rows for t in intake_files.tables_of(intake.token)))
    folder = intake_files.folder_of(intake.token)
    with staging_folder() as staging:
        plan = intake_files.plan_of(intake, staging)
        trial = try_out(system_actor("job"), plan, folder, tell)
    found = {**intake.result, "relations": _relations(plan)}
    move(intake, Intake.TRIED, trial=asdict(trial), result=found, progress={})


def load(intake: Intake) -> None:
    """Load the tables as an import does; killed halfway it is called again and goes on."""
    actor = replace(system_actor("job"), name=intake.actor)
    tell = Teller(intake, sum(t.rows for t in intake_files.tables_of(intake.token)))
    if not _is_loaded(intake):
        with full_disk_noticed(), staging_folder() as folder:
            plan = intake_files.plan_of(intake, folder)
            save_mappings(plan)
            for delivery in deliver.deliver(actor, plan, tell):
                _note(intake, delivery.pk)
                note_answer(actor, delivery, intake.answers.get(delivery.source.key, {}))
        tell("matching", 0)
        with full_disk_noticed():
            settling.settle(actor, tell, rehearsed=intake_files.folder_of(intake.token))
    tell("finishing", 0)
    move(
        intake, Intake.LOADED, edits={}, progress={},
        result={**intake.result, **outcome(intake.deliveries, doubled(intake))},
    )  # fmt: skip
    intake_files.remove(intake.token)


def _is_loaded(intake: Intake) -> bool:
    """Whether an earlier run of the job did everything but say so."""
    done = Delivery.objects.filter(pk__in=intake.deliveries, state=Delivery.LOADED).count()
    return bool(intake.deliveries) and done == len(intake.deliveries) and not _tables_left(intake)


def _tables_left(intake: Intake) -> bool:
    files = {(t.source, t.path) for t in intake_files.tables_of(intake.token)}
    return len(files) > len(intake.deliveries)


def _note(intake: Intake, delivery: int) -> None:
    if delivery not in intake.deliveries:
        intake.deliveries = [*intake.deliveries, delivery]
        intake.save(update_fields=["deliveries"])


def note_answer(actor: Actor, delivery: Delivery, answer: dict[str, Any]) -> None:
    """Write down what somebody answered about a source: its basis, and who may be approached."""
    basis = answer.get("basis", "")
    if basis in {b for b, _ in Source.BASES} - {Source.UNKNOWN}:
        sources.set_basis(actor, delivery.source, basis)
    if answer.get("through"):
        offered = {"yes": True, "no": False}.get(answer.get("offered", ""))
        sources.set_obtained(actor, delivery.source, answer["through"], offered)
    if answer.get("contact") == CONTACT_REASON:
        told = privacy.note_reason(
            actor, delivery, answer.get("channels", ()), records_of([delivery.pk]),
            answer.get("reason", ""),
        )  # fmt: skip
        note_pending(actor, told, rematch=False)


def take_back(intake: Intake, undo: Callable[[Actor, Delivery], int]) -> None:
    """Undo the deliveries of an intake, the last one first; killed halfway it goes on."""
    actor = replace(system_actor("job"), name=intake.actor)
    for key in reversed(intake.deliveries):
        delivery = Delivery.objects.get(pk=key)
        if delivery.state != Delivery.UNDONE:
            undo(actor, delivery)
    move(intake, Intake.UNDONE, progress={})


def drop(actor: Actor, intake: Intake) -> None:
    """Forget files that are not to be loaded."""
    move(intake, Intake.DROPPED, files=[], edits={}, answers={}, unreadable=[], mappings=[])
    intake_files.remove(intake.token)
    audit.record(actor, "drop_intake", ("intake", intake.pk), {})


def drop_stale() -> int:
    """Forget what nobody went on with for a week, and what a killed process left lying."""
    since = now_us() - KEPT_DAYS * DAY_US
    waiting = (Intake.READY, Intake.TRIED, Intake.FAILED)
    stale = list(Intake.objects.filter(state__in=waiting, changed_at__lt=since))
    for intake in stale:
        drop(system_actor("job"), intake)
    privacy.drop_expired(system_actor("job"))
    in_use = set(Intake.objects.filter(state__in=Intake.OPEN).values_list("token", flat=True))
    uploads.clear(UPLOAD_SECONDS)
    for token in intake_files.folders_before(time.time() - UPLOAD_SECONDS):
        if token not in in_use:
            intake_files.remove(token)
    return len(stale)


def run(pk: int, busy: str, step: Callable[[Intake], None]) -> None:
    """Do one step of an intake, and note when it fails: as a key, never as the error's text."""
    intake = Intake.objects.filter(pk=pk, state=busy).first()
    if intake is None:
        return
    try:
        step(intake)
    except Exception as error:
        intake.refresh_from_db()
        if intake.state == busy:
            move(intake, Intake.FAILED, problem=_key(error), failed_in=busy, progress={})
        raise


def _key(error: Exception) -> str:
    known: Sequence[tuple[type[Exception], str]] = (
        (FileNotFoundError, "files_gone"),
        (DiskFull, "disk_full"), (MappingError, "mapping"), (MemoryError, "memory"),
    )  # fmt: skip
    return next((key for kind, key in known if isinstance(error, kind)), "unexpected")


class Teller:
    """Writes down how far an intake is, not too often: called with a stage and so many rows."""

    def __init__(self, intake: Intake, rows: int = 0) -> None:
        self.intake, self.of = intake, rows
        self.stage, self.done, self.told = "", 0, 0.0

    def __call__(self, stage: str, rows: int) -> None:
        """`rows` more are done in this stage."""
        part, is_new = STAGES.get(stage, STORING), False
        if part != self.stage:
            self.stage, self.done, is_new = part, 0, True
        self.done += rows
        if is_new or time.monotonic() - self.told >= EVERY_SECONDS:
            self.told = time.monotonic()
            progress = {"stage": part, "done": self.done, "of": self.of}
            Intake.objects.filter(pk=self.intake.pk).update(progress=progress)


STORING = "storing"
# What the rooms call their stages; every other name is of a table that is being stored.
STAGES = {
    "reading": "reading", "checking": "checking", "comparing": "comparing",
    "matching": "matching", "profiles": "profiles", "copied": "finishing",
    "finishing": "finishing",
}  # fmt: skip
