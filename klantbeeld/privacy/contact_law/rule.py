"""A rule of law as data: from when until when, where it stands, when it holds, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from klantbeeld.privacy.contact_law.conditions import Condition
from klantbeeld.privacy.contact_law.facts import Channel, ContactFacts, Purpose

Effect = Literal["stops", "permits", "forbids"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule.

    `until` is the first day on which it no longer holds. A rule that *stops* goes before
    everything; one that *permits* is a ground on its own; one that *forbids* says what holds
    when nothing permits. `reason` is the code told when it decides, `unknown` the one told when
    a fact that it asks for is missing. `change` names what would change a verdict of it where
    its condition does not tell. `ended` is told after `until` when it would have permitted.
    """

    id: str
    effect: Effect
    reason: str
    source: str
    condition: Condition
    channels: frozenset[Channel]
    purposes: frozenset[Purpose]
    since: date
    until: date | None = None
    unknown: str = "facts_missing"
    change: tuple[str, ...] = ()
    ended: str = ""
    duties: tuple[str, ...] = ()

    def concerns(self, facts: ContactFacts) -> bool:
        """Whether it speaks of this channel and purpose, at whatever time."""
        return facts.channel in self.channels and facts.purpose in self.purposes

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.since <= day and (self.until is None or day < self.until)


def channels(*names: Channel) -> frozenset[Channel]:
    """These channels."""
    return frozenset(names)


def purposes(*names: Purpose) -> frozenset[Purpose]:
    """These purposes."""
    return frozenset(names)


def in_force(rules: Iterable[Rule], facts: ContactFacts) -> list[Rule]:
    """The rules that speak of these facts on their day, in their own order."""
    return [r for r in rules if r.concerns(facts) and r.is_in_force(facts.day)]
