"""Where the screens of erasing a part of a history get what they show; see `pages`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import parting


class PartPages(Protocol):
    """What of a customer can be erased by itself, and asking for it."""

    def parts(self, actor: Actor, public_id: str) -> parting.PartsView:
        """The values and documents that can go by themselves."""

    def part(self, actor: Actor, public_id: str, what: str, key: str) -> parting.PartView:
        """One of them with what goes along, counted by rehearsing it."""

    def ask_part(self, actor: Actor, public_id: str, what: str, key: str, reason: str) -> str:
        """Ask for it to be erased; gives the erasure. Raises `Invalid`."""


def part_pages() -> PartPages:
    """The page functions of erasing a part, of this installation."""
    return cast(PartPages, import_module(settings.KLANTBEELD_PAGES))
