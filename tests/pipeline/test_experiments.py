"""A change of matching is tried dry, applied, and undone: then everything is as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantbeeld.core.models import AuditEntry, Record
from klantbeeld.identity import matching
from klantbeeld.identity.actions import Rules, block
from klantbeeld.identity.comparing import difference
from klantbeeld.identity.models import Experiment, StoredModel
from klantbeeld.identity.reads import deciding, match_report
from klantbeeld.pipeline import actions
from klantbeeld.pipeline.errors import BusyMatching
from klantbeeld.pipeline.report import ImportReport
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR
from tests.pipeline.test_judging import state
from tests.records import actor

Bring = Callable[..., ImportReport]
CRM = """klantnummer;voornaam;achternaam;email;telefoon;postcode;huisnummer;plaats
1;Wendelmoet;Quintijnsdochter;wendelmoet@example.nl;;3511AA;4;Utrecht
2;Radboud;Zwaluwenberg;kantoor@example.nl;085-0201234;9712CD;12;Groningen
3;Aleid;van Kerspelhuizen;aleid@example.org;;1012AB;9;Amsterdam
"""
CLUB = """lidnummer;voornaam;achternaam;email;telefoon;postcode;huisnummer;plaats
91;W.;Quintijnsdochter;wq@example.com;;3511AA;4;Utrecht
92;Radboud;Zwaluwenberg;kantoor@example.nl;;6211XX;7;Maastricht
93;A.;van Kerspelhuizen;ak@example.com;;1012AB;9;Amsterdam
"""


@pytest.fixture
def people(
    bring: Bring, tmp_path: Path, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    """Two lists, and tasks that are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for name, text in (("crm", CRM), ("club", CLUB)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        bring(tmp_path / f"{name}.csv", source=name)


@pytest.fixture
def tried(people: None, django_capture_on_commit_callbacks: Any) -> Callable[..., Experiment]:
    """A function that tries rules."""

    def run(rules: Rules, learn: str = "keep") -> Experiment:
        with django_capture_on_commit_callbacks(execute=True):
            held = actions.begin_experiment(ACTOR, rules, learn, "proef")
        held.refresh_from_db()
        return held

    return run


@pytest.fixture
def go_on(django_capture_on_commit_callbacks: Any) -> Callable[[Experiment, str], None]:
    """A function that applies, undoes or drops."""

    def run(held: Experiment, state: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            actions.go_on_experiment(ACTOR, held, state)
        held.refresh_from_db()

    return run


def together(one: str, other: str) -> bool:
    """Whether two records, by source and key, are one customer."""
    return other in dump.partition()[one]


def test_a_lower_bar_is_tried_applied_and_undone(
    tried: Callable[..., Experiment], go_on: Callable[[Experiment, str], None]
) -> None:
    before = state()
    assert not together("crm:1", "club:91")
    held = tried(Rules(join_bits=0.0))
    assert (held.state, held.problem) == (Experiment.READY, "")
    assert held.counts["merged"] == 4 and held.counts["after"] == held.counts["before"] - 2
    assert held.counts["split"] == held.counts["moved"] == 0
    example = held.examples[0]
    assert (example["kind"], len(example["before"]), len(example["after"])) == ("merged", 2, 1)
    assert state() == before and not StoredModel.objects.exists()
    go_on(held, Experiment.APPLYING)
    assert held.state == Experiment.APPLIED, held.problem
    assert together("crm:1", "club:91") and together("crm:3", "club:93")
    assert deciding(ACTOR).rules.join_bits == 0.0
    # What arrives later, and what is matched again, goes by it too.
    actions.settle(ACTOR, everything=True)
    assert together("crm:1", "club:91")
    report = match_report(ACTOR)
    assert report is not None
    assert report["customers"] == held.counts["after"]
    assert report["model"]["person"]["join_bits"] == 0.0
    go_on(held, Experiment.UNDOING)
    assert held.state == Experiment.UNDONE
    assert state() == before and not StoredModel.objects.exists()
    said = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"try_matching", "applying_matching", "undoing_matching"} <= said


def test_a_blocked_value_says_nothing_any_more(
    tried: Callable[..., Experiment], go_on: Callable[[Experiment, str], None]
) -> None:
    assert together("crm:2", "club:92")
    rules = Rules(blocked=(block("email", "kantoor@example.nl"),))
    assert "kantoor" not in str(rules.plain())
    held = tried(rules)
    assert held.counts["split"] == 1
    go_on(held, Experiment.APPLYING)
    assert not together("crm:2", "club:92")
    # The record still says it; only matching does not look at it.
    assert Record.objects.get(source__key="crm", key="2").data["email"] == "kantoor@example.nl"
    go_on(held, Experiment.UNDOING)
    assert together("crm:2", "club:92")


def test_sources_and_identifiers_that_keep_apart(tried: Callable[..., Experiment]) -> None:
    assert tried(Rules(unique=("crm",))).counts["split"] == 0
    with pytest.raises(ValueError, match="differing"):
        tried(Rules(differing=("shoe",)))
    with pytest.raises(ValueError, match="join_bits"):
        tried(Rules(join_bits=99.0))


def test_too_few_judgements_to_learn_from(tried: Callable[..., Experiment]) -> None:
    held = tried(Rules(), "judgements")
    assert (held.state, held.problem) == (Experiment.FAILED, "too_few_judgements")


def test_a_later_change_is_undone_first(
    tried: Callable[..., Experiment], go_on: Callable[[Experiment, str], None]
) -> None:
    first = tried(Rules(join_bits=0.0))
    go_on(first, Experiment.APPLYING)
    second = tried(Rules(join_bits=1.5))
    go_on(second, Experiment.APPLYING)
    with pytest.raises(BusyMatching):
        go_on(first, Experiment.UNDOING)
    go_on(second, Experiment.UNDOING)
    assert matching.in_force().rules.join_bits == 0.0
    with pytest.raises(BusyMatching):
        go_on(second, Experiment.APPLYING)


def test_who_may_not_manage_matching_may_not(people: None) -> None:
    for role in ("service", "sales", "marketing", "privacy"):
        with pytest.raises(PermissionError):
            actions.begin_experiment(actor(role), Rules(), "keep")


def test_differences_are_told_by_kind() -> None:
    def partition(*clusters: list[int]) -> pl.DataFrame:
        rows = [(r, min(c), 0) for c in clusters for r in c]
        return pl.DataFrame(rows, schema=["record", "cluster", "household"], orient="row")

    now = partition([1, 2], [3], [4, 5], [6, 7], [8, 9], [10])
    then = partition([1, 2, 3], [4], [5], [6, 8], [7, 9], [10])
    found = difference(now, then)
    assert found.counts == {
        "before": 6, "after": 6, "unchanged": 1, "merged": 2, "split": 1, "moved": 2,
        "households_before": 0, "households_after": 0,
    }  # fmt: skip
    assert found.examples[0] == {"kind": "merged", "before": [[1, 2], [3]], "after": [[1, 2, 3]]}
    assert difference(now, now).examples == []
