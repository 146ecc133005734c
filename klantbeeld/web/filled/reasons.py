"""Reason codes of values and rows in words: what is wrong, and what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
_DATE = _("Look up the day in the source, or leave the cell empty.")
_CELLS = _("A separator stands inside a value: put quotation marks around it in the file.")
_FILE = _("Ask the supplier of the file for a whole one, or leave the row out.")
_NO_DATA = _("Nothing has to be done: it is counted as rejected.")
_MEND = _("Mend the value, or leave the row out.")
_NUMBER = _("Write the number with digits only, with a comma or a point for the decimals.")

# Code -> what is wrong, what to do.
REASONS: dict[str, tuple[Text, Text]] = {
    "no_subject": (
        _("Nothing says whose row this is"),
        _("Fill in one thing that identifies the customer: a number, an e-mail address or a name."),
    ),
    "order_unknown": (
        _("The order of this line is not known"),
        _("Load the file with the orders, then retry this row; or mend the order number."),
    ),
    "missing": (_("A necessary value is missing"), _("Fill in the empty cell.")),
    "placeholder": (
        _("A placeholder, not a real value"),
        _("Replace it by the real value, or leave the cell empty."),
    ),
    "impossible_date": (_("This date does not exist"), _DATE),
    "impossible_time": (_("This time does not exist"), _DATE),
    "not_a_date": (_("Not a date"), _DATE),
    "day_month_swapped": (_("Day and month seem swapped"), _DATE),
    "turned_into_date": (
        _("Excel made a date of this"),
        _("Type what stood there before Excel changed it."),
    ),
    "not_a_number": (_("Not a number"), _NUMBER),
    "not_a_whole_number": (_("Not a whole number"), _NUMBER),
    "scientific_notation": (
        _("Excel shortened this number"),
        _("Type the whole number; the digits at the end are lost in the file."),
    ),
    "formula_error": (
        _("A formula that failed"),
        _("Mend the formula in the workbook, or type the value."),
    ),
    "out_of_range": (_("Too small or too large to be right"), _("Check the value in the source.")),
    "too_few_cells": (_("Fewer cells than the header"), _CELLS),
    "too_many_cells": (_("More cells than the header"), _CELLS),
    "unclosed_quote": (_("A quotation mark is not closed"), _CELLS),
    "cell_too_long": (_("A cell is too long"), _FILE),
    "repeated_header": (_("The header stands here once more"), _NO_DATA),
    "total_row": (_("A row of totals, not a row of data"), _NO_DATA),
    "footer_row": (_("A remark of the program that made the file"), _NO_DATA),
    "invalid_json": (_("Not valid JSON"), _FILE),
    "not_an_object": (_("JSON without named fields"), _FILE),
    "invalid_card": (_("The contact card is not whole"), _FILE),
    "invalid_message": (_("The message cannot be read"), _FILE),
}
# What is wrong with a value that is shown but not used.
PROBLEMS: dict[str, Text] = {
    "invalid_email": _("not an e-mail address that can exist"),
    "no_at_sign": _("not an e-mail address: no @"),
    "invalid_phone": _("not a phone number that can exist"),
    "not_a_phone": _("not a phone number"),
    "too_short": _("too short"),
    "too_long": _("too long"),
    "invalid_postcode": _("not a postcode"),
    "incomplete_postcode": _("an incomplete postcode"),
    "impossible_postcode": _("a postcode that does not exist"),
    "not_an_address": _("not an address"),
    "no_house_number": _("no house number"),
    "not_a_city": _("not a place"),
    "not_a_name": _("not a name"),
    "not_initials": _("no initials"),
    "not_an_iban": _("not an IBAN"),
    "invalid_check_digit": _("the check digit is wrong"),
    "invalid_vat": _("not a VAT number"),
    "wrong_length": _("the wrong number of digits"),
    "invalid_handle": _("not a profile name"),
    "unknown_country": _("an unknown country"),
    "unknown_language": _("an unknown language"),
    "unknown_value": _("not one of the known values"),
    "impossible_date": _("a date that does not exist"),
    "impossible_time": _("a time that does not exist"),
    "incomplete_date": _("a date without day, month or year"),
    "day_month_swapped": _("day and month seem swapped"),
    "in_future": _("a date in the future"),
    "too_old": _("a date too long ago for somebody alive"),
    "not_a_date": _("not a date"),
    "not_a_number": _("not a number"),
    "not_a_whole_number": _("not a whole number"),
    "formula_error": _("a formula that failed"),
    "initials_only": _("initials, not a first name"),
    "placeholder": _("a placeholder, not a real value"),
    "out_of_range": _("too small or too large to be right"),
    "scientific_notation": _("shortened by Excel"),
    "turned_into_date": _("made a date by Excel"),
}
# The survivorship criterion that decided for a value, and on which another one lost.
CHOSEN: dict[str, Text] = {
    "only": _("the only source that says it"),
    "agreed": _("all sources say the same"),
    "together": _("belongs with the other parts"),
    "trust": _("the most trusted source"),
    "recency": _("the most recent"),
    "frequency": _("most sources say it"),
    "completeness": _("the most complete"),
    "length": _("the most detailed"),
    "earliest": _("the earliest"),
    "validity": _("the only valid one"),
    "order": _("the first of equals"),
    "corrected": _("corrected by hand"),
}
LOST: dict[str, Text] = {
    "invalid": _("not valid"),
    "trust": _("a less trusted source"),
    "recency": _("older"),
    "frequency": _("fewer sources say it"),
    "completeness": _("less complete"),
    "length": _("less detailed"),
    "earliest": _("later"),
    "validity": _("not valid"),
    "order": _("no better than the chosen one"),
    "corrected": _("corrected by hand"),
}


def reason(code: str) -> str:
    """What is wrong with a row; an unknown code as readable text."""
    known = REASONS.get(code)
    if known is not None:
        return str(known[0])
    return problem(code)[:1].upper() + problem(code)[1:]


def advice(code: str) -> str:
    """What to do about a row."""
    known = REASONS.get(code)
    return str(known[1] if known else _MEND)


def problem(code: str) -> str:
    """What is wrong with a value."""
    return str(PROBLEMS.get(code, code.replace("_", " ")))


def chosen(rule: str) -> str:
    """Why a value was chosen."""
    return str(CHOSEN.get(rule, rule))


def lost(why: str) -> str:
    """Why a value was not chosen."""
    return str(LOST.get(why, why))
