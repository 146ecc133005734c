"""Example files to fill in, as workbooks: headings, one example row, and a sheet that explains."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.web.example_columns import EXAMPLE_FILES, ExampleFile
from klantbeeld.web.filled import places
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import Download, Link

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def example_file(actor: Actor, key: str) -> Download:
    """See `pages.Pages`."""
    if key not in EXAMPLE_FILES:
        raise NotFound(key)
    file = EXAMPLE_FILES[key]
    return Download(f"{slugify(str(file.title))}.xlsx", XLSX, content(file))


def example_files(actor: Actor) -> tuple[Link, ...]:
    """See `pages.Pages`."""
    return tuple(Link(str(file.title), places.template(key)) for key, file in EXAMPLE_FILES.items())


def content(file: ExampleFile) -> bytes:
    """The workbook in the language of the moment."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd-mm-yyyy"}
    with xlsxwriter.Workbook(buffer, options) as book:
        _table(book, file)
        _explanation(book, file)
    return buffer.getvalue()


def _table(book: xlsxwriter.Workbook, file: ExampleFile) -> None:
    heading, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(str(file.title)[:31])
    sheet.freeze_panes(1, 0)
    for column, (label, example, _why) in enumerate(file.columns):
        # As text: a spreadsheet takes the first zero off a number that is none.
        sheet.set_column(column, column, 18, text if isinstance(example, str) else None)
        sheet.write_string(0, column, str(label), heading)
        if isinstance(example, date):
            sheet.write_datetime(1, column, example)
        elif isinstance(example, str):
            if example:
                sheet.write_string(1, column, example)
        else:
            sheet.write_number(1, column, example)


def _explanation(book: xlsxwriter.Workbook, file: ExampleFile) -> None:
    """Sentences in one column, which nobody takes for a table of customers."""
    sheet = book.add_worksheet(_("Explanation"))
    sheet.set_column(0, 0, 90)
    lines = [
        str(file.about),
        _("The second row is an example: replace it. Columns may be left empty or taken out."),
        *(f"{label}: {why}" for label, _example, why in file.columns),
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
