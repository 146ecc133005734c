"""Where the screens of erasing get what they show; see `pages`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web import shapes


class ErasePages(Protocol):
    """The screens of erasing: what would go, who agrees, how far it is, the receipt."""

    def erase_preview(self, actor: Actor, public_id: str) -> shapes.ErasePreview:
        """What erasing the customer takes away, counted by rehearsing it."""

    def ask_erasure(self, actor: Actor, public_id: str, reason: str, keep_fiscal: bool) -> str:
        """Ask for a customer to be erased; gives the erasure. Raises `Invalid`."""

    def erasures(self, actor: Actor) -> tuple[shapes.ErasureRow, ...]:
        """All erasures, those that wait first."""

    def erasure(self, actor: Actor, public_id: str) -> shapes.ErasureView:
        """One erasure, with its receipt when it is done."""

    def approve_erasure(self, actor: Actor, public_id: str, exception: str) -> None:
        """Agree to it. Raises `Invalid`, with the field exception when a word on it is missing."""

    def refuse_erasure(self, actor: Actor, public_id: str) -> None:
        """Do not erase after all. Raises `Invalid`."""


def erase_pages() -> ErasePages:
    """The page functions of erasing of this installation."""
    return cast(ErasePages, import_module(settings.KLANTBEELD_PAGES))
