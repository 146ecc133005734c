"""The page functions of informing one customer (see `pages`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes.informing import InformedView, LetterView


class InformPages(Protocol):
    """The screen of when a customer was told what is done with his data."""

    def informed(self, actor: Actor, public_id: str) -> InformedView:
        """Each source of a customer, the worst first."""

    def informed_letter(self, actor: Actor, public_id: str, language: str) -> LetterView:
        """What a customer is to be told, as a letter; nothing is sent or noted."""

    def note_informed(
        self, actor: Actor, public_id: str, sources: Sequence[str], told: Mapping[str, str]
    ) -> None:
        """Note that he was told of these sources. Raises `Invalid`."""


def inform_pages() -> InformPages:
    """The page functions of informing of this installation."""
    return cast(InformPages, import_module(settings.KLANTBEELD_PAGES))
