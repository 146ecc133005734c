"""From a path to tables: files, folders, patterns and archives, each read as what it is."""

from __future__ import annotations

import glob
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers import (
    bundle,
    delimited,
    json_document,
    json_lines,
    letters,
    mail,
    markup,
    parquet,
    sqlite,
    vcard,
    word,
    workbook,
)
from klantbeeld.sources.readers.archives import members_of
from klantbeeld.sources.readers.content import Content, content_of
from klantbeeld.sources.readers.detect import CLAIMS, claim_note, kind_of
from klantbeeld.sources.readers.table import Note, Table
from klantbeeld.sources.readers.workbook import damaged

# How libraries stumble over a damaged file in ways that they do not foresee themselves.
_STUMBLES = (ValueError, LookupError, TypeError, ArithmeticError, EOFError, struct.error)
OnUnreadable = Callable[[UnreadableFile], None]
_SIDE_FILES = re.compile(
    r"^(?:\..*|~\$.*|Thumbs\.db|desktop\.ini|.*\.(?:db|sqlite3?)-(?:wal|shm|journal))$"
)


def tables_in(path: Path | str, on_unreadable: OnUnreadable | None = None) -> Iterator[Table]:
    """The tables of a file, a folder (with all below it, sorted), a pattern or an archive.

    Mails (.eml) and letters (.pdf, .docx) of one folder come as one table. Raises
    `UnreadableFile` for what cannot be read, before any row of that file; with `on_unreadable`
    it is told instead, and reading goes on with the next file.
    """
    contents = _contents(Path(path))
    yield from _tables(contents, on_unreadable or _raise)


def files_in(path: Path | str) -> list[Path]:
    """The files that `tables_in` would read, sorted; side files of programs are left out."""
    base = Path(path)
    if base.is_dir():
        found = sorted(file for file in base.rglob("*") if file.is_file())
        return [file for file in found if not _is_side_file(file.relative_to(base))]
    if not base.exists() and glob.has_magic(str(base)):
        matches = sorted(glob.glob(str(base), recursive=True))  # noqa: PTH207 - patterns may be absolute
        return [file for match in matches for file in files_in(Path(match))]
    return [base]


def _is_side_file(path: Path) -> bool:
    return any(_SIDE_FILES.match(part) for part in path.parts)


def _contents(path: Path) -> list[Content]:
    files = files_in(path)
    if not files:
        raise UnreadableFile(
            path, "empty", "There are no files here.", "Check the folder or the pattern."
        )
    if path.is_dir():
        return [
            content_of(file, f"{path.name}/{file.relative_to(path).as_posix()}") for file in files
        ]
    if len(files) > 1:
        top = Path(os.path.commonpath(files))
        return [content_of(file, file.relative_to(top).as_posix()) for file in files]
    return [content_of(file) for file in files]


def _raise(problem: UnreadableFile) -> None:
    raise problem


def _tables(contents: Iterable[Content], told: OnUnreadable) -> Iterator[Table]:
    """Tables in the order of the contents; mails and letters of a folder stand with the first."""
    kinds = []
    for content in contents:
        try:
            kinds.append((content, _kind(content)))
        except UnreadableFile as problem:
            told(problem)
        except _STUMBLES as problem:
            told(damaged(content.shown, problem))
    done: set[tuple[str, str]] = set()
    for content, kind in kinds:
        group = (_folder(content), _gathered(kind))
        if not group[1]:
            yield from _told(_tables_of(content, kind, told), content.shown, told)
        elif group not in done:
            done.add(group)
            same = [(c, k) for c, k in kinds if (_folder(c), _gathered(k)) == group]
            yield from _told(_together(same, group[1]), content.shown, told)


def _kind(content: Content) -> str:
    kind = kind_of(content)
    if kind == "docx" and word.is_letter(content):
        return "letter"
    return kind


def _gathered(kind: str) -> str:
    return {"eml": "mail", "pdf": "letters", "letter": "letters"}.get(kind, "")


def _folder(content: Content) -> str:
    return content.shown.rpartition("/")[0]


def _told(tables: Iterator[Table], shown: str, told: OnUnreadable) -> Iterator[Table]:
    try:
        yield from tables
    except UnreadableFile as problem:
        told(problem)
    except _STUMBLES as problem:
        told(damaged(shown, problem))


def _together(contents: list[tuple[Content, str]], group: str) -> Iterator[Table]:
    first = contents[0][0]
    folder = _folder(first)
    is_single = len(contents) == 1
    name = first.stem if is_single else folder.rsplit("/", 1)[-1] or group
    shown = first.shown if is_single else folder or group
    if group == "mail":
        yield mail.eml_table([content for content, _ in contents], name, shown)
    else:
        kinds = [(content, "pdf" if kind == "pdf" else "docx") for content, kind in contents]
        yield letters.letters_table(kinds, name, shown)


def _tables_of(content: Content, kind: str, told: OnUnreadable) -> Iterator[Table]:
    if kind == "zip" and bundle.is_bundle(content):
        yield from bundle.bundle_tables(content)
        return
    if kind in ("zip", "gzip"):
        yield from _tables(members_of(content, kind), told)
        return
    claimed = claim_note(content, kind)
    for table in _READERS[kind](content):
        if claimed:
            notes = table.details["notes"]
            assert isinstance(notes, list)
            notes.insert(0, Note(*claimed))
        yield table


def _delimited(content: Content) -> Iterator[Table]:
    claimed = CLAIMS.get(content.suffix, "")
    try:
        yield delimited.delimited_table(content, claimed == "delimited")
    except UnreadableFile as problem:
        if claimed in ("", "delimited") or problem.code not in ("no_table", "not_text"):
            raise
        raise UnreadableFile(
            content.shown,
            "wrong_extension",
            f"The name ends in .{content.suffix}, but the file is not that, nor a table of text.",
            "Is it whole, and the right file? Export it again.",
        ) from None


_READERS: dict[str, Callable[[Content], Iterable[Table]]] = {
    "delimited": _delimited,
    "workbook": workbook.workbook_tables,
    "html": markup.html_tables,
    "spreadsheet_xml": markup.spreadsheet_xml_tables,
    "json": json_document.json_tables,
    "jsonl": json_lines.json_lines_tables,
    "parquet": lambda content: [parquet.parquet_table(content)],
    "sqlite": sqlite.sqlite_tables,
    "vcard": lambda content: [vcard.vcard_table(content)],
    "mbox": lambda content: [mail.mbox_table(content)],
    "docx": word.docx_tables,
}
