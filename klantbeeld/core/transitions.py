"""Lifecycles as declared tables: which state may follow which, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class ForbiddenTransition(ValueError):
    """A thing cannot go from the one state to the other."""


@dataclass(frozen=True)
class Lifecycle:
    """The states of one kind of thing and the steps between them."""

    name: str
    steps: Mapping[str, frozenset[str]]

    def check(self, current: str, following: str) -> None:
        """Raise `ForbiddenTransition` unless `following` may come after `current`."""
        if following not in self.steps.get(current, frozenset()):
            allowed = ", ".join(sorted(self.steps.get(current, ()))) or "nothing"
            raise ForbiddenTransition(
                f"A {self.name} that is {current} cannot become {following}; possible: {allowed}."
            )

    @property
    def states(self) -> frozenset[str]:
        """Every state named in the table."""
        return frozenset(self.steps) | frozenset().union(*self.steps.values())


# Files on their way in on screen: read, looked at, tried out, loaded, and perhaps taken back.
INTAKE = Lifecycle(
    "intake",
    {
        "reading": frozenset({"ready", "failed"}),
        "ready": frozenset({"ready", "reading", "trying", "dropped"}),
        "trying": frozenset({"tried", "failed"}),
        "tried": frozenset({"ready", "reading", "tried", "trying", "loading", "dropped"}),
        "loading": frozenset({"loaded", "failed"}),
        "loaded": frozenset({"undoing"}),
        "undoing": frozenset({"undone", "failed"}),
        "failed": frozenset({"reading", "trying", "loading", "undoing", "dropped"}),
        "dropped": frozenset(),
        "undone": frozenset(),
    },
)
DELIVERY = Lifecycle(
    "delivery",
    {
        "running": frozenset({"loaded", "failed", "undone"}),
        "failed": frozenset({"running", "undone"}),
        "loaded": frozenset({"undone"}),
        "undone": frozenset(),
    },
)
