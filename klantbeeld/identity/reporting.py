"""The report of the last match of everything: kept as numbers, so that a screen only shows it."""

from __future__ import annotations

from typing import Any

from klantbeeld.core import choices
from klantbeeld.core.clock import now_us
from klantbeeld.identity import figures
from klantbeeld.identity.matching import InForce, Matched

KEY = "matching.report"


def report_of(deciding: InForce, matched: Matched) -> dict[str, Any]:
    """A match as plain numbers: see `figures`; and how many doubts, by reason."""
    reasons = matched.doubts["reason"].value_counts()
    return {
        "at": now_us(),
        "version": deciding.model.version,
        **figures.of_clusters(matched.clusters),
        "doubts": dict(reasons.iter_rows()),
        "kinds": matched.figures,
        "model": figures.of_model(deciding.model),
    }


def note(deciding: InForce, matched: Matched) -> None:
    """Keep the report of a match of all records."""
    choices.choose(KEY, report_of(deciding, matched))


def last() -> dict[str, Any] | None:
    """The report of the last match of everything, None when there was none."""
    told: dict[str, Any] | None = choices.chosen(KEY)
    return told
