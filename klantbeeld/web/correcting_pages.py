"""The page functions of correcting a customer (see `pages`)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes.correcting import CorrectView


class CorrectPages(Protocol):
    """The screen of corrections."""

    def correcting(
        self, actor: Actor, public_id: str, typed: Mapping[str, str], problems: Mapping[str, str]
    ) -> CorrectView:
        """What holds of a customer, and what was corrected."""

    def correct(self, actor: Actor, public_id: str, typed: Mapping[str, str]) -> None:
        """Correct what differs. Raises `Invalid`."""

    def take_back_correction(self, actor: Actor, public_id: str, entry_id: str) -> None:
        """Take a correction back."""

    def told_of_correction(self, actor: Actor, public_id: str, correction_id: str) -> None:
        """Note that the recipients were told."""


def correct_pages() -> CorrectPages:
    """The page functions of corrections of this installation."""
    return cast(CorrectPages, import_module(settings.KLANTBEELD_PAGES))
