"""The page functions of the papers that follow from the register (see `pages`)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import registering


class RegisterPages(Protocol):
    """The screens under privacy."""

    def privacy_overview(self, actor: Actor) -> tuple[registering.PrivacyTile, ...]:
        """What there is to find about privacy."""

    def privacy_document(self, actor: Actor, key: str, language: str) -> registering.PaperView:
        """A paper made from the register, in a language."""

    def company_form(self, actor: Actor) -> tuple[registering.FormLine, ...]:
        """Who the company is."""

    def choose_company(self, actor: Actor, told: Mapping[str, str]) -> None:
        """Store who the company is."""

    def source_notices(self, actor: Actor) -> tuple[registering.SourceNoticeRow, ...]:
        """How people of each source are informed."""

    def choose_notices(self, actor: Actor, told: Mapping[str, tuple[str, str, str, str]]) -> None:
        """Store how people of sources are informed: key to (way, text, day on which all were)."""

    def own_fields(self, actor: Actor) -> tuple[registering.OwnFieldRow, ...]:
        """The fields of the company's own."""

    def describe_own_field(self, actor: Actor, key: str, told: Mapping[str, Any]) -> None:
        """Complete the register's entry of one. Raises `Invalid`."""


def register_pages() -> RegisterPages:
    """The page functions of the register of this installation."""
    return cast(RegisterPages, import_module(settings.KLANTBEELD_PAGES))
