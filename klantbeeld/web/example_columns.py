"""Example files to fill in: each with its columns, one example row and what belongs in a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Column = tuple[Text, str | int | float | date, Text]


@dataclass(frozen=True)
class ExampleFile:
    """One file: `columns` are heading, example and explanation, in the order of the sheet."""

    key: str
    title: Text
    about: Text
    columns: tuple[Column, ...]


_NUMBER = (_("Customer number"), "K-1001", _("The number by which your lists know a customer."))
_MAIL = (_("E-mail"), "voorbeeld@example.nl", _("Without a number this says whose row it is."))
_FILES = (
    ExampleFile(
        "customers", _("Customers"), _("One row for each person or organisation."),
        (
            _NUMBER,
            (_("Organisation"), "", _("Only for companies, foundations and institutions.")),
            (_("First name"), "Voorbeeld", _("As people call themselves.")),
            (_("Surname prefix"), "van den", _("van, de, van den; may also stand in the surname.")),
            (_("Surname"), "Klant", _("Without first name or initials.")),
            (_("Street"), "Voorbeeldstraat", _("Without the number.")),
            (_("House number"), "12-B", _("With its addition.")),
            (_("Postcode"), "3512 AB", _("With or without a space.")),
            (_("City"), "Utrecht", _("The town people live in.")),
            _MAIL,
            (_("Phone"), "030-0001234", _("Write it as text, or Excel takes the first zero off.")),
            (_("Date of birth"), date(1984, 5, 14), _("Day, month, year. Leave out if unknown.")),
            (_("Newsletter"), "ja", _("Yes or no. Leave empty if you do not know.")),
            (_("Note"), "", _("Anything a colleague should know.")),
        ),
    ),
    ExampleFile(
        "orders", _("Orders"), _("One row for each order. A return is a negative amount."),
        (
            (_("Order number"), "B-20418", _("Each order has its own.")),
            _NUMBER,
            _MAIL,
            (_("Order date"), date(2026, 3, 2), _("When it was ordered.")),
            (_("Order amount"), 129.95, _("In euros, with VAT or always without.")),
            (_("Status"), "afgerond", _("Done, open or cancelled; cancelled ones do not count.")),
            (_("Payment method"), "iDEAL", _("iDEAL, cash, invoice and so on.")),
            (_("Discount code"), "", _("The code that was used, if any.")),
        ),
    ),
    ExampleFile(
        "complaints", _("Complaints"), _("One row for each complaint, also the solved ones."),
        (
            (_("Complaint number"), "KL-1", _("Each complaint has its own.")),
            _NUMBER,
            _MAIL,
            (_("Date reported"), date(2026, 3, 5), _("When it came in.")),
            (_("Complaint"), "Te laat bezorgd", _("In one sentence.")),
            (_("Cause"), "levering te laat", _("Always in the same words, to be counted.")),
            (_("Solution"), "", _("What was done about it.")),
            (_("Closed on"), "", _("Empty as long as it is open.")),
            (_("Handled by"), "Sanne Bakker", _("Your colleague.")),
        ),
    ),
    ExampleFile(
        "newsletter", _("Newsletter"), _("One row for each time it was sent, opened or clicked."),
        (
            (_("Moment"), date(2026, 3, 1), _("Day, with a time if you have it.")),
            (_("Action"), "geopend", _("Sent, opened, clicked or unsubscribed.")),
            _MAIL,
            (_("Mailing"), "Maart", _("The name of the newsletter.")),
            (_("Mail subject"), "De lente op de fiets", _("The subject line.")),
            (_("Theme"), "e-bikes", _("What it was about: this becomes an interest.")),
        ),
    ),
    ExampleFile(
        "subscriptions", _("Subscriptions"), _("One row for each subscription or contract."),
        (
            (_("Subscription number"), "A-77", _("Each subscription has its own.")),
            _NUMBER,
            _MAIL,
            (_("Subscription"), "Onderhoud", _("What it is called.")),
            (_("Start date"), date(2025, 1, 1), _("The first day.")),
            (_("End date"), "", _("The last day. Empty as long as it runs.")),
            (_("Amount per period"), 12.5, _("In euros.")),
            (_("Period"), "maand", _("Month, quarter or year.")),
        ),
    ),
)  # fmt: skip
EXAMPLE_FILES: Mapping[str, ExampleFile] = {file.key: file for file in _FILES}
