"""Letters (PDF and Word) as documents: their text, and whom and what it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content
from klantbeeld.sources.readers.letter_text import facts_in
from klantbeeld.sources.readers.table import ROW, Note, RejectRow, Table, table_of
from klantbeeld.sources.readers.workbook import check_package, damaged, password_protected

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACTS = [
    "customer_number",
    "full_name",
    "organisation_name",
    "street",
    "house_number",
    "house_suffix",
    "postcode",
    "city",
    "email",
    "phone",
    "order_number",
    "quote_number",
    "subject",
]
SCHEMA: dict[str, pl.DataType] = {
    ROW: pl.Int64(),
    "file_name": pl.String(),
    "document_at": pl.Datetime("us"),
    **dict.fromkeys(FACTS, pl.String()),
    "text": pl.String(),
    "media_type": pl.String(),
    "size": pl.Int64(),
    "sha256": pl.String(),
}
_BATCH = 200
# pypdf tells of every oddity in a file that it then reads all the same.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Letter(NamedTuple):
    text: str
    made_at: dt.datetime | None
    media_type: str


def letter_in(content: Content, kind: str) -> Letter:
    """The text of a letter, page after page; raises `UnreadableFile`."""
    return _pdf(content) if kind == "pdf" else _docx(content)


def _pdf(content: Content) -> Letter:
    import pypdf  # takes a sixth of a second, which every command would wait for

    try:
        reader = pypdf.PdfReader(io.BytesIO(content.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise password_protected(content.shown)
        pages = [page.extract_text() or "" for page in reader.pages]
        made = reader.metadata.creation_date if reader.metadata else None
    except UnreadableFile:
        raise
    except Exception as problem:  # pypdf fails on damaged files in ways of every kind
        raise damaged(content.shown, problem) from problem
    return Letter("\n".join(pages), _plain(made), PDF_TYPE)


def _plain(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=None) if moment else None


def opened_docx(content: Content) -> Any:
    """The Word document; raises `UnreadableFile`."""
    import docx  # likewise

    check_package(str(content.local()), content.shown)
    try:
        return docx.Document(str(content.local()))
    except Exception as problem:  # and so does python-docx, through zipfile and lxml
        raise damaged(content.shown, problem) from problem


def _docx(content: Content) -> Letter:
    document = opened_docx(content)
    lines = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    made = document.core_properties.modified or document.core_properties.created
    return Letter("\n".join(lines), _plain(made), DOCX_TYPE)


def letters_table(contents: Sequence[tuple[Content, str]], name: str, shown: str) -> Table:
    """A table of documents: one row a letter, in the order given.

    `details['content_bytes'](row)` gives a letter's bytes. A letter among several that cannot be
    read is rejected; a single one raises `UnreadableFile`.
    """
    if len(contents) == 1:
        letter_in(*contents[0])

    def passes(reject: RejectRow) -> Iterator[pl.DataFrame]:
        rows: list[dict[str, object]] = []
        for number, (content, kind) in enumerate(contents, start=1):
            try:
                rows.append({ROW: number} | _fields(content, letter_in(content, kind)))
            except UnreadableFile as problem:
                reject(number, content.shown, problem.code)
            if len(rows) == _BATCH:
                yield pl.DataFrame(rows, schema=SCHEMA)
                rows = []
        if rows:
            yield pl.DataFrame(rows, schema=SCHEMA)

    def content_bytes(row: int) -> bytes:
        return contents[row - 1][0].read()

    details = {
        "format": "letters",
        "files": tuple(content.shown for content, _ in contents),
        "content_bytes": content_bytes,
        "holds": "documents",
        "notes": list[Note](),
    }
    return table_of(name, shown, tuple(SCHEMA)[1:], passes, details)


def _fields(content: Content, letter: Letter) -> dict[str, object]:
    data = content.read()
    text = letter.text.replace("\0", "").strip()
    facts = facts_in(text)
    return {
        "file_name": content.shown.replace("\\", "/").rsplit("/", 1)[-1],
        "document_at": facts.pop("document_at", None) or letter.made_at,
        **{name: facts.get(name) for name in FACTS},
        "text": text or None,
        "media_type": letter.media_type,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
