"""The screens filled from the rooms' reads: fulfils `klantbeeld.web.pages.Pages`.

A module a screen; each turns what a room read into a shape, and decides nothing of its own.
"""

from klantbeeld.web.filled.add_contact import answer_contact, intake_contact
from klantbeeld.web.filled.add_trial import (
    go_on,
    intake_doubles,
    intake_export,
    intake_failed,
    intake_result,
    intake_trial,
)
from klantbeeld.web.filled.adding import (
    add,
    add_files,
    choose_columns,
    intake,
    intake_columns,
    intake_progress,
)
from klantbeeld.web.filled.customer_card import card
from klantbeeld.web.filled.customer_list import customers, customers_export
from klantbeeld.web.filled.delivering import deliveries, delivery, undo_delivery
from klantbeeld.web.filled.history import timeline
from klantbeeld.web.filled.privacy import customer_export, document, erase, erase_preview
from klantbeeld.web.filled.searching import search
from klantbeeld.web.filled.today import start
from klantbeeld.web.filled.unfolding import entry
from klantbeeld.web.filled.waiting import discard, mend, quarantine, quarantined

__all__ = [
    "add",
    "add_files",
    "answer_contact",
    "card",
    "choose_columns",
    "customer_export",
    "customers",
    "customers_export",
    "deliveries",
    "delivery",
    "discard",
    "document",
    "entry",
    "erase",
    "erase_preview",
    "go_on",
    "intake",
    "intake_columns",
    "intake_contact",
    "intake_doubles",
    "intake_export",
    "intake_failed",
    "intake_progress",
    "intake_result",
    "intake_trial",
    "mend",
    "quarantine",
    "quarantined",
    "search",
    "start",
    "timeline",
    "undo_delivery",
]
