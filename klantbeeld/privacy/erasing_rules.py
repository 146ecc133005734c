"""Who may decide about an erasure: nobody alone, unless there is nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["may", "needs_second", "needs_exception"]
SHORTEST_EXCEPTION = 10
# Years for which the tax law wants orders and invoices kept (article 52 AWR).
FISCAL_YEARS = 7


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks or decides; `user_id` is 0 for the command line and jobs."""

    name: str
    user_id: int = 0

    def is_same(self, other: Person) -> bool:
        """Whether these two are one: by account, or by name where there is no account."""
        if self.user_id and other.user_id:
            return self.user_id == other.user_id
        return self.user_id == other.user_id and self.name == other.name


def may_decide(asked: Person, decides: Person, others: int, exception: str = "") -> Verdict:
    """Whether this person may agree to what was asked.

    `others` counts the people, apart from who asked, who could agree instead. With nobody else
    the one who asked may go on alone, when written down why.
    """
    if not asked.is_same(decides):
        return "may"
    if others:
        return "needs_second"
    return "may" if len(exception.strip()) >= SHORTEST_EXCEPTION else "needs_exception"


# How gone something is, from the surest on; a store with several outcomes shows the weakest.
LEVELS = ("gone", "rewritten", "told", "overwritten_at", "kept_under_law", "not_covered")


def weakest(levels: Mapping[str, str]) -> str:
    """The level that promises least."""
    return max(levels.values(), key=LEVELS.index, default="gone")
