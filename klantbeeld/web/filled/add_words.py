"""Words of adding data: stages, sureness, groups of meanings, answers."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klantbeeld.pipeline.models import Intake

Text = str | Promise
STAGES: dict[str, Text] = {
    "reading": _("Reading the files"),
    "checking": _("Checking every row"),
    "comparing": _("Comparing people with each other and with the customers you have"),
    "storing": _("Storing the rows"),
    "matching": _("Finding out who is one customer"),
    "profiles": _("Making the cards"),
    "finishing": _("Finishing"),
}
# Stages of which the number of rows says how far it is.
COUNTED = frozenset({"checking", "storing"})
WAITING: dict[str, Text] = {
    Intake.READING: _("The files wait to be read"),
    Intake.TRYING: _("The trial run begins"),
    Intake.LOADING: _("Loading begins"),
    Intake.UNDOING: _("Taking everything back"),
    **dict.fromkeys(
        (Intake.READY, Intake.TRIED, Intake.LOADED, Intake.UNDONE, Intake.FAILED), _("Done")
    ),
}
SURENESS: dict[str, Text] = {
    "sure": _("sure"),
    "likely": _("probably"),
    "guess": _("a guess"),
    "none": _("not recognised"),
    "chosen": _("your choice"),
}
GROUPS: dict[str, Text] = {
    "identifiers": _("What somebody is known by"),
    "names": _("Names"),
    "address": _("Address"),
    "descriptive": _("About the customer"),
    "qualitative": _("Notes and wishes"),
    "consent": _("May we contact them"),
    "bookkeeping": _("Bookkeeping of the file"),
    "orders": _("Orders"),
    "lines": _("Order lines and products"),
    "subscriptions": _("Subscriptions"),
    "quotes": _("Quotes"),
    "messages and events": _("Mails and events"),
    "cases": _("Complaints and cases"),
    "surveys": _("Surveys"),
    "costs": _("Costs"),
    "documents": _("Documents"),
}
# Basis -> its name and two lines on it.
BASES: dict[str, tuple[Text, Text]] = {
    "contract": (
        _("They are your customers (contract)"),
        _("You need their data to deliver, to bill or to help them. "
          "Most lists of customers and orders are this."),
    ),
    "consent": (
        _("They said yes (consent)"),
        _("They signed up themselves, for instance for a newsletter. "
          "You can show when and how, and they can take it back."),
    ),
    "legitimate_interest": (
        _("You have a good reason (legitimate interest)"),
        _("Your reason weighs more than their privacy, and they expect it: visitors, business "
          "contacts. Write the weighing down."),
    ),
    "legal_obligation": (
        _("The law demands it (legal obligation)"),
        _("You must keep it, as with invoices for the tax office. "
          "Use it for nothing else."),
    ),
    "unknown": (
        _("I do not know yet"),
        _("Load it, and find out. It is asked again when you add the next file of this source."),
    ),
}  # fmt: skip
VERDICTS: dict[str, Text] = {
    "new": _("New customer"),
    "double": _("Double"),
    "joins": _("Joins a customer"),
    "known": _("Known already"),
    "with": _("With a customer"),
}
FAILURES: dict[str, tuple[Text, Text]] = {
    "disk_full": (
        _("The disk is full."),
        _("Make room on the disk, then try again: it goes on where it stopped."),
    ),
    "files_gone": (
        _("The files are not here any more."),
        _("Forget these, and add your files again."),
    ),
    "memory": (
        _("There was not enough memory."),
        _("Close other programs or split the file, then try again."),
    ),
    "mapping": (
        _("The saved mapping of this source is not right."),
        _("Mend or remove its file in the folder “mappings”, then try again."),
    ),
    "unexpected": (
        _("Something went wrong that we did not foresee."),
        _("Try again. If it happens again, send the line of the log to who looks after your "
          "Klantbeeld. Nothing was lost: your file is untouched."),
    ),
}  # fmt: skip
