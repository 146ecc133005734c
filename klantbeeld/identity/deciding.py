"""What decides about matching now, what was tried, and the report of the last match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.models import Source
from klantbeeld.identity import figures, matching, reporting
from klantbeeld.identity.models import Experiment, Judgement, StoredModel
from klantbeeld.identity.rules import Rules

MOST_EXPERIMENTS = 20


class UnknownExperiment(LookupError):
    """There is no experiment with this key."""


@dataclass(frozen=True)
class Deciding:
    """What decides: the model's version and moment, the rules, and what the model says itself.

    model: see `figures.of_model` (as it was learnt); sources: (key, name, whether it says itself
    that it holds everybody once).
    """

    version: str
    at: datetime | None
    records: int
    rules: Rules
    model: dict[str, Any]
    sources: tuple[tuple[str, str, bool], ...]
    said: tuple[int, int]


@needs("matching.manage")
def deciding(actor: Actor) -> Deciding:
    """What decides about matching now."""
    stored = StoredModel.objects.order_by("-pk").first()
    held = matching.in_force()
    sources = Source.objects.exclude(key=Source.DESK).order_by("name")
    said = Judgement.objects.filter(revoked_at=0)
    return Deciding(
        held.model.version,
        local(stored.at) if stored else None,
        stored.records if stored else 0,
        held.rules,
        figures.of_model(held.learnt),
        tuple(sources.values_list("key", "name", "has_unique_ids")),
        (
            said.filter(verdict=Judgement.SAME).count(),
            said.filter(verdict=Judgement.DIFFERENT).count(),
        ),
    )


@needs("matching.manage")
def match_report(actor: Actor) -> dict[str, Any] | None:
    """The report of the last match of everything (see `reporting.report_of`), if there was one."""
    return reporting.last()


@needs("matching.manage")
def experiments(actor: Actor) -> Sequence[Experiment]:
    """What was tried, the latest first."""
    return list(Experiment.objects.order_by("-pk")[:MOST_EXPERIMENTS])


@needs("matching.manage")
def experiment(actor: Actor, key: int) -> Experiment:
    """One experiment. Raises `UnknownExperiment`."""
    found = Experiment.objects.filter(pk=key).first()
    if found is None:
        raise UnknownExperiment("There is no experiment with this key.")
    return found
