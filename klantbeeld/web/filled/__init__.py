"""The screens filled from the rooms' reads: fulfils `klantbeeld.web.pages.Pages`.

A module a screen; each turns what a room read into a shape, and decides nothing of its own.
"""

from klantbeeld.web.filled.asking import ask
from klantbeeld.web.filled.checking import checkup, checkup_rows
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
    "ask",
    "card",
    "checkup",
    "checkup_rows",
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
    "mend",
    "quarantine",
    "quarantined",
    "search",
    "start",
    "timeline",
    "undo_delivery",
]
