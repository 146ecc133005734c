"""Files that could not be read: what is wrong and what to do, in the language of the screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Words = tuple[Text, Text]

_UNPACK = _("Unpack it yourself and add what is in it.")
_AGAIN = _("Open it in the program that made it, save it again, and add that.")
_AS_TABLE = _("Save it as Excel or CSV, with a row of headings above the data, and add that.")
_RENEW = _("Copy or download it again; nothing of it was read.")
# What is wrong, by the code of `sources.errors.UnreadableFile`.
SAID: Mapping[str, Words] = {
    "empty": (_("There is nothing in this file."), _("Check whether the export worked.")),
    "no_table": (_("There is no table in this file."), _AS_TABLE),
    "not_text": (_("This is no kind of file that we can read."), _AS_TABLE),
    "wrong_extension": (
        _("The name says what kind of file this is, but something else is in it."),
        _("Is it whole, and the right file? Export it again."),
    ),
    "password": (
        _("This file is protected by a password."),
        _("Open it, save it without a password, and add it again."),
    ),
    "damaged": (_("This file is damaged or cut off."), _AGAIN),
    "truncated": (_("This file is damaged or cut off."), _RENEW),
    "invalid_json": (_("This file is damaged or cut off."), _("Export it again.")),
    "invalid_card": (
        _("No contact in this file is whole."), _("Export the contacts again."),
    ),
    "no_attachment": (_("An attachment is not in this file any more."), _("Add the file again.")),
    "zip_bomb": (
        _("This file unpacks to far more than its size; it may be made to do harm."), _UNPACK,
    ),
    "too_deep": (_("Archives are packed in archives here."), _UNPACK),
    "unsupported": (_("This is no kind of file that we can read."), _AS_TABLE),
    "no_space": (
        _("The disk has no room to unpack this file."),
        _("Make room, or unpack it yourself on another disk and add what is in it."),
    ),
    "no_permission": (
        _("This file may not be read."), _("Ask for the right to read it, and add it again."),
    ),
}  # fmt: skip
# Of what is not read, what it is: as the reader names it.
_NOT_READ: Mapping[str, Words] = {
    "a picture": (
        _("This is a picture, which we cannot read."),
        _("Add the file it was made from, or type the text into a table."),
    ),
    "archive": (_("This is an archive that we cannot unpack."), _UNPACK),
    "Rich Text": (
        _("This is a text document of an old kind."), _("Save it as .docx and add that."),
    ),
    "(pst)": (
        _("This is a mailbox of Outlook."), _("Export the mails as .mbox or .eml and add those."),
    ),
    "a program": (_("This is a program."), _("Add the data that the program exports.")),
}  # fmt: skip


def said(code: str, message: str, advice: str) -> Words:
    """What is wrong and what to do; what the reader said where there are no better words."""
    if code == "unsupported":
        for name, words in _NOT_READ.items():
            if name in message:
                return words
    return SAID.get(code, (message, advice))
