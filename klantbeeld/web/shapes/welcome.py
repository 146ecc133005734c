"""The first hour: the sample company, what the company wants to know, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from klantbeeld.web.shapes.common import Value

SampleStanding = Literal["loading", "loaded", "leaving", "failed"]


@dataclass(frozen=True, slots=True)
class SampleView:
    """The sample company in this house; `stage` in words, `percent` of the whole.

    `note` says what to do when nothing has moved for a while.
    """

    state: SampleStanding
    stage: str = ""
    percent: int = 0
    note: str = ""
    may_leave: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether the page should keep asking."""
        return self.state in ("loading", "leaving")


@dataclass(frozen=True, slots=True)
class NeedView:
    """One kind of data that a goal rests on: what was found of it, or how to bring it."""

    label: str
    is_found: bool
    note: str
    template_href: str = ""


@dataclass(frozen=True, slots=True)
class GoalView:
    """Something a company wants to know; `href` shows the answer once there is one."""

    key: str
    label: str
    question: str
    icon: str
    needs: tuple[NeedView, ...]
    is_chosen: bool = False
    value: Value = None
    value_label: str = ""
    href: str = ""

    @property
    def found(self) -> int:
        """How many needs are met."""
        return sum(need.is_found for need in self.needs)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return self.found == len(self.needs)

    @property
    def missing(self) -> tuple[NeedView, ...]:
        """What still has to come."""
        return tuple(need for need in self.needs if not need.is_found)


@dataclass(frozen=True, slots=True)
class GoalsView:
    """Every goal, those chosen first; `add_href` is where data is added."""

    goals: tuple[GoalView, ...]
    add_href: str
    may_choose: bool = False

    @property
    def chosen(self) -> tuple[GoalView, ...]:
        """The chosen ones, in order."""
        return tuple(goal for goal in self.goals if goal.is_chosen)

    @property
    def ready(self) -> int:
        """Chosen goals of which nothing is missing."""
        return sum(goal.is_ready for goal in self.chosen)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next, and where."""

    text: str
    detail: str
    href: str
    icon: str = "arrow-right"
