"""Where the screens about special data get what they show: see `pages`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import special as guarded


class SpecialPages(Protocol):
    """Special data: found, judged, grounded, read."""

    def special(self, actor: Actor) -> guarded.SpecialView:
        """What was found, what is done with it, what was recorded."""

    def record_ground(
        self, actor: Actor, kind: str, law: str, purpose: str, source: str, until: str
    ) -> None:
        """Record a law."""

    def except_source(self, actor: Actor, source: str, kind: str, law: str, why: str) -> None:
        """A topic is not looked for in what one source tells."""

    def withdraw_ground(self, actor: Actor, public_id: str) -> None:
        """A recorded law holds no more."""

    def forget_judgement(self, actor: Actor, public_id: str) -> None:
        """A judgement about a column holds no more."""

    def read_original(self, actor: Actor, public_id: str, reason: str) -> str:
        """A sealed original in plain, for who may."""

    def drop_original(self, actor: Actor, public_id: str) -> None:
        """A sealed original goes before its time."""

    def warned(self, actor: Actor, values: Mapping[str, str]) -> guarded.Warned | None:
        """What of typed texts (field to text) is special data; None when nothing is."""

    def not_special(
        self, actor: Actor, public_id: str, table: int, column: str, kind: str, why: str
    ) -> None:
        """A column of files on their way in is something else: they are read again."""


def special_pages() -> SpecialPages:
    """Where the screens about special data get what they show."""
    return cast(SpecialPages, import_module(settings.KLANTBEELD_PAGES))
