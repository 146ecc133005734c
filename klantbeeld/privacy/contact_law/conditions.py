"""Conditions with three answers: yes, no, and not known (Kleene's strong logic).

What is not known never counts as yes and never as no. So a verdict that is reached without a
fact stays the same whatever that fact turns out to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from klantbeeld.privacy.contact_law.facts import ContactFacts

Test = Callable[[ContactFacts], bool | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a condition holds; by key what is not known, and what would have to be otherwise."""

    holds: bool | None
    unknown: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Condition(Protocol):
    """Anything that can be judged on facts."""

    def judge(self, facts: ContactFacts) -> Outcome:
        """Whether it holds for these facts."""
        ...


@dataclass(frozen=True, slots=True)
class Fact:
    """One question to the facts; `key` names it for people (see `contact_words.CLAUSES`)."""

    key: str
    test: Test

    def judge(self, facts: ContactFacts) -> Outcome:
        """The answer as it is recorded."""
        holds = self.test(facts)
        keys = (self.key,)
        return Outcome(holds, keys if holds is None else (), keys if holds is False else ())


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when all parts hold."""

    parts: tuple[Condition, ...]

    def judge(self, facts: ContactFacts) -> Outcome:
        """No as soon as one part says no; not known when one is not known."""
        found = [part.judge(facts) for part in self.parts]
        answers = [outcome.holds for outcome in found]
        holds = False if False in answers else None if None in answers else True
        return Outcome(holds, _keys(o.unknown for o in found), _keys(o.lacking for o in found))


@dataclass(frozen=True, slots=True)
class Either:
    """Holds when one of the parts holds."""

    parts: tuple[Condition, ...]

    def judge(self, facts: ContactFacts) -> Outcome:
        """Lacking is what the part lacks that comes nearest."""
        found = [part.judge(facts) for part in self.parts]
        answers = [outcome.holds for outcome in found]
        holds = True if True in answers else None if None in answers else False
        if holds:
            return Outcome(True)
        nearest = min(found, key=lambda o: (len(o.lacking), len(o.unknown)))
        return Outcome(holds, _keys(o.unknown for o in found if o.holds is None), nearest.lacking)


@dataclass(frozen=True, slots=True)
class Unless:
    """Holds when the part does not; `key` names what lacks when it does."""

    key: str
    part: Condition

    def judge(self, facts: ContactFacts) -> Outcome:
        """The opposite answer, the same things not known."""
        found = self.part.judge(facts)
        holds = None if found.holds is None else not found.holds
        return Outcome(holds, found.unknown if holds is None else (), () if holds else (self.key,))


def every(*parts: Condition) -> Every:
    """All of these."""
    return Every(parts)


def either(*parts: Condition) -> Either:
    """One of these."""
    return Either(parts)


def _keys(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))
