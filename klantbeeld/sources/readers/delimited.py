"""CSV and its kin as a table, with all cells as text.

How the text is written is told by a sample (`dialect`), the rows are laid on columns in `lines`.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.dialect import SHOWN, Dialect, sniff_dialect
from klantbeeld.sources.readers.encoding import (
    TextCount,
    shown_encoding,
    sniff_encoding,
    utf8_chunks,
    valid_utf8,
)
from klantbeeld.sources.readers.lines import Reading
from klantbeeld.sources.readers.table import Note, RejectRow, Table, table_of

SAMPLE_BYTES = 1 << 20


def delimited_table(content: Content, is_named_table: bool = True) -> Table:
    """The table of a delimited text file; raises `UnreadableFile` when it holds none."""
    encoding, bom = sniff_encoding(content)
    count = TextCount()
    text = _sample(content, encoding, bom, count)
    if not text.strip():
        raise UnreadableFile(
            content.shown, "empty", "The file is empty.", "Check whether the export worked."
        )
    _check_is_text(text, content.shown)
    dialect = sniff_dialect(text, content.shown, is_named_table)
    details = _details(dialect, encoding, bom, count)

    def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
        counted = TextCount()
        reading = Reading(dialect, reject, counted)
        chunks = utf8_chunks(content, encoding, bom, counted)
        yield from reading.frames(chunks)
        _tell(details, reading, counted)

    return table_of(content.stem, content.shown, dialect.columns, passes, details)


def _sample(content: Content, encoding: str, bom: int, count: TextCount) -> str:
    first = next(utf8_chunks(content, encoding, bom, count), b"")
    whole = len(first) <= SAMPLE_BYTES
    cut = first if whole else first[: max(first.rfind(b"\n", 0, SAMPLE_BYTES), 1)]
    return valid_utf8(cut, TextCount()).decode("utf-8", "replace")


def _check_is_text(text: str, shown: str) -> None:
    head = text[: 1 << 16]
    strange = sum(ord(letter) < 32 and letter not in "\t\n\r\f\x1a\x0b" for letter in head)
    if strange > 0.02 * len(head):
        raise UnreadableFile(
            shown,
            "not_text",
            "The file is neither text nor a kind of file that is known here.",
            "Export it as CSV or Excel and offer that.",
        )


def _details(dialect: Dialect, encoding: str, bom: int, count: TextCount) -> dict[str, object]:
    header = dialect.header
    notes = [Note(code, message) for code, message in header.notes]
    if header.at is None:
        notes.append(Note("no_header", "There is no line of column names; columns are numbered."))
    if header.title:
        notes.append(Note("title_rows", f"{len(header.title)} line(s) above the header skipped."))
    if dialect.fills_short:
        notes.append(Note("short_rows_filled", "Rows that end early are read as ending empty."))
    return {
        "format": "delimited",
        "encoding": shown_encoding(encoding, bom),
        "delimiter": SHOWN.get(dialect.delimiter, dialect.delimiter),
        "header_row": dialect.header_line,
        "title": header.title,
        "decimal": dialect.decimal,
        "notes": notes,
    }


def _tell(details: dict[str, object], reading: Reading, counted: TextCount) -> None:
    """Lay the counts of a whole pass in the details, once."""
    details |= {
        "nul_bytes": counted.nul_bytes,
        "foreign_bytes": counted.foreign_bytes,
        "empty_rows": reading.empty_rows,
    }
    messages = {
        "nul_bytes": (counted.nul_bytes, "NUL byte(s) removed."),
        "foreign_bytes": (
            counted.foreign_bytes,
            "byte(s) in another encoding read as Windows-1252.",
        ),
        "no_rows": (0 if reading.rows else 1, "line of column names, and no rows."),
    }
    notes = details["notes"]
    assert isinstance(notes, list)
    notes[:] = [note for note in notes if note.code not in messages]
    notes += [Note(code, f"{n} {text}") for code, (n, text) in messages.items() if n]
