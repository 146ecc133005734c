"""What the worker does by the clock: registered by the rooms, done once in each stretch of time.

When something was done last stands in the database, so that a restart neither skips nor repeats
it. What is registered only puts a task on the queue; it is due again when its time has passed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from klantbeeld.core import choices
from klantbeeld.core.clock import SECOND, now_us

log = logging.getLogger("klantbeeld.worker")
HOUR, MINUTE = 3_600, 60


@dataclass(frozen=True, slots=True)
class Regular:
    """Something to do every so many seconds."""

    name: str
    seconds: int
    act: Callable[[], object]


_REGULAR: dict[str, Regular] = {}


def add(name: str, seconds: int, act: Callable[[], object]) -> None:
    """Have something done every so many seconds; from a room's `apps.py`."""
    _REGULAR[name] = Regular(name, seconds, act)


def everything() -> list[Regular]:
    """All that is registered, by name."""
    return sorted(_REGULAR.values(), key=lambda one: one.name)


def run_due(now: int | None = None) -> list[str]:
    """Do what is due; returns the names. What fails is tried again when it is due again."""
    at = now_us() if now is None else now
    done = []
    for one in everything():
        key = f"regular-{one.name}"
        if at - int(choices.chosen(key, 0)) < one.seconds * SECOND:
            continue
        choices.choose(key, at)
        try:
            one.act()
            done.append(one.name)
        except Exception as error:
            log.error("regular work failed", extra={"kind": type(error).__name__})
    return done
