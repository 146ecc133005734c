"""What can go wrong with consent and contact."""

from __future__ import annotations

from collections.abc import Mapping

from klantbeeld.privacy.links import BadLink

__all__ = ["BadLink", "BadStatement", "NotDecided"]


class BadStatement(ValueError):
    """What was said cannot stand in the ledger; `problems` maps a field to a reason code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("This statement cannot be used.")
        self.problems = dict(problems)


class NotDecided(RuntimeError):
    """Whether somebody may be contacted could not be worked out: nothing may be sent."""
