"""What can be asked of the pipeline: import, undo, mend and retry, settle, erase."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, choices, looks
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Record
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import (
    deliver,
    jobs,
    looking,
    previewing,
    retrying,
    sample_state,
    screening,
    settling,
)
from klantbeeld.pipeline import intake as intakes
from klantbeeld.pipeline.access.handing import make_bundle, pack_bundle
from klantbeeld.pipeline.bringing import Bringing, bring, match
from klantbeeld.pipeline.confirming import send_waiting
from klantbeeld.pipeline.contacting import (
    MACHINE,
    THEMSELVES,
    Opened,
    choose_by_link,
    choose_contact,
    choose_obtained,
    confirm_by_link,
    decided,
    heed_signal,
    judge_everybody,
    note_about_contact,
    open_link,
    pass_terms,
    prefer_contact,
    request_consent,
    say_consent,
    send_decided,
    withdraw_by_link,
    withdraw_everything,
)
from klantbeeld.pipeline.entering import (
    Entered,
    enter_customer,
    enter_note,
    take_back_entry,
)
from klantbeeld.pipeline.erasing import (
    approve_erasure,
    ask_erasure,
    erase_again,
    erase_alone,
    erase_customer,
    finish_erasure,
    guard_erasures,
    resume_erasures,
)
from klantbeeld.pipeline.errors import HouseNotEmpty, full_disk_noticed
from klantbeeld.pipeline.experimenting import (
    begin_experiment,
    blocked_value,
    go_on_experiment,
    work_off_experiment,
)
from klantbeeld.pipeline.jobs import JOBS
from klantbeeld.pipeline.judging import judge_pair, merge, split, take_back_judgement
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.part_erasing import Part, ask_part, preview_part
from klantbeeld.pipeline.plan import Plan, make_plan, save_mappings, staging_folder
from klantbeeld.pipeline.reads import GOALS
from klantbeeld.pipeline.rectifying import correct_customer, take_back_correction
from klantbeeld.pipeline.report import ImportReport, TableReport
from klantbeeld.pipeline.resealing import Resealed, reseal
from klantbeeld.pipeline.restricting import (
    end_restrictions,
    hold_customer,
    lift_hold,
    lift_objection,
    lift_restriction,
    note_objection,
    restrict_customer,
)
from klantbeeld.pipeline.retention import keep_terms, preview_terms, run_terms, set_term, try_terms
from klantbeeld.pipeline.sample_answers import answer_for_sample
from klantbeeld.pipeline.screening import Screened, special_in
from klantbeeld.pipeline.settling import Progress, silent
from klantbeeld.pipeline.tagging import tag_customers, tag_list
from klantbeeld.pipeline.undoing import undo_deliveries, undo_delivery
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.tables import Mapping as SourceMapping
from klantbeeld.timeline.models import Interaction

__all__ = [
    "MACHINE",
    "THEMSELVES",
    "Bringing",
    "Entered",
    "Opened",
    "Part",
    "Resealed",
    "Screened",
    "answer_for_sample",
    "approve_erasure",
    "ask_erasure",
    "ask_part",
    "begin_experiment",
    "blocked_value",
    "bring",
    "choose_by_link",
    "choose_contact",
    "choose_obtained",
    "confirm_by_link",
    "correct_customer",
    "decided",
    "end_restrictions",
    "enter_customer",
    "enter_note",
    "erase_again",
    "erase_alone",
    "erase_customer",
    "export_customer",
    "finish_erasure",
    "go_on_experiment",
    "guard_erasures",
    "heed_signal",
    "hold_customer",
    "import_paths",
    "judge_everybody",
    "judge_pair",
    "keep_terms",
    "lift_hold",
    "lift_objection",
    "lift_restriction",
    "make_bundle",
    "match",
    "merge",
    "note_about_contact",
    "note_objection",
    "open_link",
    "pack_bundle",
    "pass_terms",
    "prefer_contact",
    "preview_part",
    "preview_terms",
    "request_consent",
    "reseal",
    "restrict_customer",
    "resume_erasures",
    "retry_rows",
    "run_terms",
    "say_consent",
    "send_decided",
    "send_waiting",
    "set_term",
    "settle",
    "special_in",
    "split",
    "tag_customers",
    "tag_list",
    "take_back_correction",
    "take_back_entry",
    "take_back_judgement",
    "try_terms",
    "undo_deliveries",
    "undo_delivery",
    "withdraw_by_link",
    "withdraw_everything",
    "work_off_experiment",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What somebody says of one table of an intake: what it holds, and column to role."""

    table: int
    holds: str
    roles: Mapping[str, str] = field(default_factory=dict)


@needs("sources.import")
def import_paths(
    actor: Actor,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    mapping: SourceMapping | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportReport:
    """Import everything under `paths`: files, folders, patterns, archives.

    Each file is a delivery of a source: `source`, or one named after the file. What a source's
    saved mapping knows is read by it, the rest is recognised. `dry_run` recognises and reports,
    and stores nothing. `progress(stage, rows)` is told as it goes. Files that cannot be read are
    in the report; raises MappingError for a mapping that is wrong, and DiskFull; what was
    written then stays, and the same import again goes on from there.
    """
    started = time.perf_counter()
    with full_disk_noticed(), staging_folder() as folder:
        plan = make_plan(paths, folder, source=source, mapping=mapping, progress=progress)
        report = _reported(plan)
        report.is_dry_run = dry_run
        if dry_run:
            previewing.show_columns(report, plan)
        else:
            save_mappings(plan)
            for delivery in deliver.deliver(actor, plan, progress):
                report.add(delivery)
    if not dry_run:
        with full_disk_noticed():
            settling.settle(actor, progress)
    report.records = Record.objects.count()
    report.interactions = Interaction.objects.count()
    report.customers = Membership.objects.values("customer").distinct().count()
    report.seconds = time.perf_counter() - started
    return report


def _reported(plan: Plan) -> ImportReport:
    report = ImportReport(unreadable=list(plan.unreadable), mappings=dict(plan.mappings))
    for found in plan.found:
        mapping = found.mapping
        report.tables.append(
            TableReport(
                found.name, found.path, found.source, mapping.holds, found.staged.rows,
                mapping.confidence, mapping.roles(), mapping.unmapped_in(found.staged.columns),
                mapping.notes, special=found.staged.special,
            )
        )  # fmt: skip
    return report


@needs("sources.import")
@transaction.atomic
def load_sample(actor: Actor) -> None:
    """Have the sample company loaded in the background; `reads.sample` tells how far it is.

    Raises HouseNotEmpty where anything was loaded already: examples never lie among real people.
    """
    if sample_state.current().is_here:
        return
    if not sample_state.house_is_empty():
        raise HouseNotEmpty("The sample company only goes into an empty house.")
    sample_state.begin(sample_state.LOADING)
    audit.record(actor, "load_sample", ("house", 0))
    transaction.on_commit(jobs.load_sample.enqueue)


@needs("sources.undo")
@transaction.atomic
def leave_sample(actor: Actor) -> None:
    """Have everything of the sample company taken back, in the background."""
    held = sample_state.current()
    if not held.is_here or held.is_busy:
        return
    sample_state.begin(sample_state.LEAVING)
    audit.record(actor, "leave_sample", ("house", 0))
    transaction.on_commit(jobs.leave_sample.enqueue)


@needs("quarantine.mend")
def retry_rows(actor: Actor, rows: Sequence[Quarantined]) -> dict[str, int]:
    """Bring mended rows through the import again; counts of stored and still quarantined rows."""
    counts = retrying.retry(actor, rows)
    settling.settle(_machine())
    return counts


@needs("sources.import")
def begin_intake(actor: Actor, files: intakes.Files) -> Intake:
    """Keep files, (name, pieces of bytes) each, and have them read in the background."""
    made = intakes.begin(actor, files)
    JOBS[made.state].enqueue(made.pk)
    return made


@needs("sources.import")
def choose_columns(actor: Actor, intake: Intake, choices: Sequence[TableChoice]) -> None:
    """Say what tables hold and what their columns mean; raises `reads.DoubleRole`."""
    mappings = list(intake.mappings)
    for choice in choices:
        mappings[choice.table] = looking.changed(intake, choice.table, choice.holds, choice.roles)
    if mappings != intake.mappings:
        intakes.move(intake, Intake.READY, mappings=mappings, trial={})


@needs("special.rule")
@transaction.atomic
def judge_not_special(
    actor: Actor, intake: Intake, table: int, column: str, kind: str, why: str
) -> None:
    """Say that a column of an intake does not hold this kind; the files are read again.

    Raises `BadGround` without a reason, IndexError for no such table, `ForbiddenTransition`.
    """
    source = looking.tables(intake)[table].source
    privacy.judge_column(actor, source, column, kind, why)
    intakes.move(intake, Intake.READING, edits={}, trial={}, progress={})
    transaction.on_commit(partial(JOBS[Intake.READING].enqueue, intake.pk))


@needs("quarantine.mend")
def mend_row(actor: Actor, row: Quarantined, values: Mapping[str, Any]) -> None:
    """Note new values for a quarantined row, without special data; see `sources.mend_row`."""
    screen = screening.screen_of(actor, row.delivery.source.key)
    told = {c: screen.text(v, c) if isinstance(v, str) else v for c, v in values.items()}
    sources.mend_row(actor, row, told)


@needs("sources.import")
def mend_cells(actor: Actor, intake: Intake, cells: Sequence[tuple[int, int, str, str]]) -> None:
    """Type over cells: (table, row, column, text) each."""
    intakes.move(intake, Intake.READY, edits=looking.with_cells(actor, intake, cells), trial={})


@needs("sources.import")
def answer(actor: Actor, intake: Intake, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Say of each source who may be approached and why it may be held (see `Intake.answers`)."""
    kept = {source: dict(told) for source, told in answers.items()}
    intakes.move(intake, Intake.READY, answers=kept)


@needs("sources.import")
def go_on(actor: Actor, intake: Intake, state: str) -> None:
    """Have the next step done in the background: trying, loading, or again what failed.

    Raises `ForbiddenTransition`.
    """
    intakes.move(intake, state, progress={}, problem="", failed_in="")
    JOBS[state].enqueue(intake.pk)


@needs("sources.undo")
def undo_intake(actor: Actor, intake: Intake) -> None:
    """Take back what an intake loaded, in the background. Raises `ForbiddenTransition`."""
    intakes.move(intake, Intake.UNDOING, progress={})
    JOBS[intake.state].enqueue(intake.pk)


@needs("sources.import")
def drop_intake(actor: Actor, intake: Intake) -> None:
    """Forget files that are not to be loaded. Raises `ForbiddenTransition`."""
    intakes.drop(actor, intake)


@needs("sources.import")
def drop_stale_intakes(actor: Actor) -> int:
    """Forget files that nobody went on with, or that a crash left; how many intakes that were."""
    return intakes.drop_stale()


@needs("sources.import")
def settle(actor: Actor, progress: Progress = silent, *, everything: bool = False) -> int:
    """Finish what an interrupted import left, or match everything anew."""
    return settling.settle(actor, progress, everything=everything)


@needs("system.manage")
@transaction.atomic
def choose_goals(actor: Actor, keys: Sequence[str]) -> None:
    """Store what the company wants to know first: keys of goals, in order."""
    choices.choose(GOALS, list(keys))
    audit.record(actor, "choose_goals", ("house", 0), {"goals": list(keys)})


@needs("customers.export")
def export_customer(actor: Actor, customer: int) -> dict[str, Any]:
    """Everything there is about a customer (see `privacy.actions.export_records`)."""
    looks.at(actor, "export", [customer])
    return privacy.export_records(actor, customer, _records(customer))


def _machine() -> Actor:
    """Who brings derived tables up to date after somebody did what their role may.

    Mending and erasing are asked for and logged in the person's own name; matching and profiles
    follow from them, and need a permission that these people do not hold for themselves.
    """
    return system_actor("job")


def _records(customer: int) -> list[int]:
    held = Membership.objects.filter(customer=customer).values_list("record_id", flat=True)
    return list(held)
