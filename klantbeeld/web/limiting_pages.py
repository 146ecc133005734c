"""Where the screens of restriction, objection, holds and retention get what they show."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import limiting


class LimitPages(Protocol):
    """What limits the use of customers, and how long things are kept."""

    def limits_of(self, actor: Actor, public_id: str) -> limiting.LimitsView:
        """What limits one customer, and what can be done."""

    def limit(self, actor: Actor, public_id: str, told: Mapping[str, str]) -> str:
        """Restrict, note an objection or hold, or lift one; what was done. Raises `Invalid`."""

    def limits(self, actor: Actor) -> tuple[limiting.LimitRow, ...]:
        """Everything that is limited now."""

    def retention(self, actor: Actor, told: Mapping[str, str]) -> limiting.RetentionView:
        """The terms; `told` is what was typed and could not be used."""

    def choose_terms(self, actor: Actor, told: Mapping[str, str]) -> None:
        """Store terms: purpose to days as typed. Raises `Invalid`."""

    def terms_would(self, actor: Actor, told: Mapping[str, str]) -> tuple[limiting.WouldRow, ...]:
        """What terms as typed would do that are not stored yet. Raises `Invalid`."""

    def run_retention(self, actor: Actor) -> None:
        """Have what is past its term erased now."""


def limit_pages() -> LimitPages:
    """The page functions of limits, of this installation."""
    return cast(LimitPages, import_module(settings.KLANTBEELD_PAGES))
