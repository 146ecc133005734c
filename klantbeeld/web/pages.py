"""Where the screens get what they show: one function a page, found by the setting KLANTBEELD_PAGES.

The setting names the module that fulfils `Pages`. Each function takes the Actor first, gives one
view of `shapes`, and raises `NotFound` for an id that does not exist, `Refused` when the actor may
not, and `Invalid` when what was typed cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from klantbeeld.core.actor import Actor
from klantbeeld.web import shapes


class NotFound(LookupError):
    """There is nothing with this id."""


class Refused(PermissionError):
    """The actor's role may not do or see this; the text says what and whom to ask."""


class Invalid(ValueError):
    """What was typed cannot be used; `problems` maps a field to a sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("invalid input")
        self.problems = problems


class Pages(Protocol):
    """One function a screen; a module can fulfil this."""

    def start(self, actor: Actor) -> shapes.StartView:
        """The start page."""

    def customers(self, actor: Actor, query: shapes.CustomersQuery) -> shapes.CustomersView:
        """A page of the list of customers."""

    def customers_export(self, actor: Actor, query: shapes.CustomersQuery) -> Iterator[bytes]:
        """The whole selection as an .xlsx workbook, in chunks."""

    def card(self, actor: Actor, public_id: str, query: shapes.TimelineQuery) -> shapes.CardView:
        """A customer's card with the first page of the history."""

    def timeline(
        self, actor: Actor, public_id: str, query: shapes.TimelineQuery
    ) -> shapes.TimelinePage:
        """A page of a customer's history."""

    def entry(self, actor: Actor, public_id: str, entry_id: str) -> shapes.EntryView:
        """One entry of the history, unfolded."""

    def document(
        self, actor: Actor, public_id: str, document_id: str, entry_id: str
    ) -> shapes.Download:
        """A document of the customer, or one that came with an entry ("" for none)."""

    def erase_preview(self, actor: Actor, public_id: str) -> shapes.ErasePreview:
        """What erasing the customer takes away."""

    def erase(self, actor: Actor, public_id: str) -> int:
        """Erase the customer for good; gives the number of records taken away."""

    def customer_export(self, actor: Actor, public_id: str) -> bytes:
        """Everything known of the customer, as JSON in UTF-8."""

    def search(self, actor: Actor, text: str) -> shapes.SearchView:
        """Customers found by name, address, identifier or order number; and what it may ask."""

    def ask(self, actor: Actor, query: shapes.AskQuery) -> shapes.AskView:
        """The answer to a question; of an empty query the questions that can be asked."""

    def checkup(self, actor: Actor) -> shapes.CheckupView:
        """How good the data are: doubles, wrong and missing values, per source."""

    def checkup_rows(self, actor: Actor, what: str, source: int) -> shapes.CheckRowsView:
        """The first rows behind a figure of the check-up, of one source or all (0)."""

    def deliveries(self, actor: Actor, before: str) -> shapes.DeliveriesView:
        """Sources, and a page of their deliveries older than `before` ("" for the newest)."""

    def delivery(self, actor: Actor, public_id: str) -> shapes.DeliveryView:
        """One delivery."""

    def undo_delivery(self, actor: Actor, public_id: str) -> shapes.UndoPreview:
        """Undo a delivery; gives what was taken away."""

    def quarantine(self, actor: Actor, reason: str, before: str) -> shapes.QuarantineView:
        """A page of quarantined rows, of one reason or all ("")."""

    def quarantined(self, actor: Actor, public_id: str) -> shapes.MendView:
        """One quarantined row to mend."""

    def mend(self, actor: Actor, public_id: str, values: Mapping[str, str]) -> str:
        """Store a row with mended values; gives the id of the next row in quarantine or "".

        Raises `Invalid` with the problems that remain.
        """

    def discard(self, actor: Actor, public_id: str) -> str:
        """Leave a row out for good (counted as rejected); gives the next id or ""."""


def pages() -> Pages:
    """The page functions of this installation."""
    return cast(Pages, import_module(settings.KLANTBEELD_PAGES))
