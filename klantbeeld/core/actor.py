"""Who does something, in which role, and for which purpose: the first argument of every room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Purpose = Literal["service", "sales", "marketing", "analysis", "administration", "privacy", "own"]
# Whose customers: those one follows oneself, those one's team follows, everybody's.
Scope = Literal["own", "team", "all"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or a job) that reads or writes.

    `name` is what people see in the logs; `user_id` is None for the command line and jobs.
    `interface` says through which door: ``cli``, ``web``, ``job`` or ``api``. `reach` can only
    narrow what the role reaches; `team_id` is 0 without a team. `key_id` is the key of another
    program that came in, 0 for people.
    """

    name: str
    role: str
    purpose: Purpose = "administration"
    user_id: int | None = None
    interface: str = "cli"
    reach: Scope = "all"
    team_id: int = 0
    key_id: int = 0

    def acting_for(self, purpose: Purpose) -> Actor:
        """The same person with another purpose, for instance a report instead of a service call."""
        return replace(self, purpose=purpose)


def system_actor(interface: str = "cli") -> Actor:
    """The person at the command line of the server: whoever can read the data folder."""
    return Actor(name="system", role="administrator", interface=interface)
