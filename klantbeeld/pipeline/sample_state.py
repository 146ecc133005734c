"""Whether the sample company is in the house, and how far its loading or leaving is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from klantbeeld.core import choices
from klantbeeld.core.clock import day_to_date, local_day, now_us, today
from klantbeeld.core.models import Delivery, Record

KEY = "sample"
# Who its deliveries are by: nobody of the company is called so.
BY = "voorbeeldbedrijf"
LOADING, LOADED, LEAVING, FAILED = "loading", "loaded", "leaving", "failed"


@dataclass(frozen=True, slots=True)
class SampleState:
    """Where the sample company stands: `state` "" when it is not here.

    `stage` is waiting, making, reading, storing, undoing, matching or profiles; `percent` counts
    over all of them. `changed_at` is in microseconds UTC. `fields` are the keys of the kept
    columns that it brought.
    """

    state: str = ""
    stage: str = "waiting"
    percent: int = 0
    changed_at: int = 0
    fields: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        return self.state != ""

    @property
    def is_busy(self) -> bool:
        return self.state in (LOADING, LEAVING)


def current() -> SampleState:
    """Where the sample company stands now."""
    held: dict[str, Any] = choices.chosen(KEY) or {}
    return SampleState(**{**held, "fields": tuple(held.get("fields", ()))})


def begin(state: str) -> None:
    """Something is asked for, and waits for the worker."""
    keep(SampleState(state, changed_at=now_us(), fields=current().fields))


def keep(state: SampleState) -> None:
    """Store where it stands."""
    choices.choose(KEY, {**asdict(state), "fields": list(state.fields)})


def last_day() -> date:
    """The last day of the sample's history: yesterday, or that of the loading that goes on.

    Then whoever looks at it sees active customers, whatever the year; and a loading that was
    broken off goes on with the same files after midnight.
    """
    begun = Delivery.objects.exclude(state=Delivery.UNDONE).order_by("pk")
    at = begun.values_list("started_at", flat=True).first()
    return day_to_date((today() if at is None else local_day(at)) - 1)


def house_is_empty() -> bool:
    """Whether nothing was ever loaded that still counts."""
    if Record.objects.exists():
        return False
    return not Delivery.objects.exclude(state=Delivery.UNDONE).exists()
