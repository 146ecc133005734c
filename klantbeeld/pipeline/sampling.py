"""The sample company in the house itself: made, loaded, and taken back until nothing is left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from klantbeeld.core import choices
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Customer, CustomField, Delivery, Record, Source
from klantbeeld.identity.models import StoredModel
from klantbeeld.pipeline import sample_answers, sample_state
from klantbeeld.pipeline.actions import import_paths, judge_everybody, undo_deliveries
from klantbeeld.pipeline.plan import mapping_path, staging_folder
from klantbeeld.pipeline.sample_state import BY, SampleState
from klantbeeld.sample import generate
from klantbeeld.timeline.models import Product

# In front of every file, and so of every source: an own file never meets an example's.
PREFIX = "voorbeeld-"
# Where each stage begins and ends, in percent of the whole.
LOAD_STAGES = {"making": (0, 12), "reading": (12, 20), "storing": (20, 75), "matching": (75, 85),
               "profiles": (85, 99)}  # fmt: skip
LEAVE_STAGES = {"undoing": (0, 80), "matching": (80, 85), "profiles": (85, 99)}
# Between two notes of progress: each is a commit.
PAUSE_SECONDS = 0.5


class Progress:
    """Called as the pipeline's `progress(stage, rows)`; keeps how far it is in the database."""

    def __init__(self, stages: dict[str, tuple[int, int]], totals: dict[str, int]) -> None:
        self.stages = stages
        self.totals = totals
        self.done: dict[str, int] = {}
        self.told = 0.0
        self.percent = 0

    def __call__(self, stage: str, rows: int) -> None:
        """Note `rows` more of a stage; storing a table goes by the table's own name."""
        if stage == "copied":
            return
        if stage not in self.stages:
            stage = "storing"
        if stage not in self.stages:
            return
        self.done[stage] = self.done.get(stage, 0) + rows
        if stage == "reading":
            self.totals["storing"] = self.totals["profiles"] = self.done[stage]
        self.tell(stage, self.done[stage] / max(1, self.totals.get(stage, 1)))

    def tell(self, stage: str, share: float) -> None:
        """Note that a stage is done for a share (0 to 1); never goes back."""
        first, last = self.stages[stage]
        self.percent = max(self.percent, round(first + (last - first) * min(1.0, share)))
        if time.monotonic() - self.told < PAUSE_SECONDS:
            return
        self.told = time.monotonic()
        held = sample_state.current()
        sample_state.keep(replace(held, stage=stage, percent=self.percent, changed_at=now_us()))


@contextmanager
def failure_noted() -> Iterator[None]:
    """What goes wrong is told on the start page; the queue keeps where in the code."""
    try:
        yield
    except Exception:
        sample_state.keep(
            replace(sample_state.current(), state=sample_state.FAILED, changed_at=now_us())
        )
        raise


def example_actor() -> Actor:
    """Who brings the examples."""
    return Actor(BY, "administrator", interface="job")


def load() -> None:
    """Make the sample company and import it; stopped halfway it goes on where it was."""
    progress = Progress(LOAD_STAGES, {})
    before = set(CustomField.objects.values_list("key", flat=True))
    with failure_noted(), staging_folder() as folder:
        generate(
            folder, "small", today=sample_state.last_day(),
            progress=lambda _name, share: progress.tell("making", share),
        )  # fmt: skip
        _prefix(folder / "data")
        import_paths(example_actor(), [folder / "data"], progress=progress)
        _name_sources()
        sample_answers.answer_for_sample(example_actor(), PREFIX)
        judge_everybody(example_actor())
        brought = set(CustomField.objects.values_list("key", flat=True)) - before
        known = set(sample_state.current().fields)
        sample_state.keep(
            SampleState(sample_state.LOADED, "", 100, now_us(), tuple(sorted(known | brought)))
        )


def _prefix(folder: Path) -> None:
    """Every file, also in folders, named as an example."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rename(path.with_name(PREFIX + path.name))


def _name_sources() -> None:
    """Marked behind the name: in front of it, it would be all that narrow places show."""
    for source in Source.objects.filter(key__startswith=PREFIX):
        plain = source.key.removeprefix(PREFIX).replace("-", " ").capitalize()
        source.name = f"{plain} (voorbeeld)"
        source.save(update_fields=["name"])


def leave() -> None:
    """Take every delivery of the sample back, and then every trace of it."""
    held = Delivery.objects.filter(actor=BY).exclude(state=Delivery.UNDONE)
    deliveries = list(held.order_by("pk"))
    totals = {"undoing": len(deliveries), "profiles": max(1, Customer.objects.count())}
    with failure_noted():
        undo_deliveries(example_actor(), deliveries, Progress(LEAVE_STAGES, totals))
        with transaction.atomic():
            _drop_traces(sample_state.current().fields)
            sample_answers.take_back(PREFIX)
            choices.forget(sample_state.KEY)


def _drop_traces(fields: tuple[str, ...]) -> None:
    """What undoing leaves on purpose, because deliveries were real: names, mappings, numbers."""
    Delivery.objects.filter(actor=BY, state=Delivery.UNDONE).delete()
    used = Delivery.objects.values("source")
    told = Record.objects.values("source")
    for source in (
        Source.objects.filter(key__startswith=PREFIX).exclude(pk__in=used).exclude(pk__in=told)
    ):
        mapping_path(source.key).unlink(missing_ok=True)
        source.delete()
    if Record.objects.exists():
        return
    CustomField.objects.filter(key__in=fields).delete()
    for model in (Customer, Product, StoredModel):
        model._default_manager.all().delete()
