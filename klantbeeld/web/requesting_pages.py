"""The page functions of customers' requests (see `pages`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web.shapes import Download, requesting


class RequestPages(Protocol):
    """The screens of the register of requests."""

    def requests(self, actor: Actor, kind: str) -> requesting.RequestsView:
        """The register, of one kind or all ("")."""

    def requests_of(self, actor: Actor, public_id: str) -> requesting.CustomerRequestsView:
        """What a customer asked for."""

    def open_request(self, actor: Actor, public_id: str, told: Mapping[str, str]) -> str:
        """Note a request; gives its id. Raises `Invalid`."""

    def request(self, actor: Actor, public_id: str) -> requesting.RequestView:
        """One request."""

    def act_on_request(self, actor: Actor, public_id: str, told: Mapping[str, str]) -> None:
        """Check identity, extend, or close. Raises `Invalid`."""

    def make_bundle(
        self, actor: Actor, public_id: str, language: str, given: Sequence[str]
    ) -> Download:
        """The bundle that answers a request, with the documents that were decided on."""


def request_pages() -> RequestPages:
    """The page functions of requests of this installation."""
    return cast(RequestPages, import_module(settings.KLANTBEELD_PAGES))
