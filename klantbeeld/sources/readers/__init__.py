"""Readers: every kind of delivered file as tables, streamed, with nothing dropped silently."""

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.files import files_in, tables_in
from klantbeeld.sources.readers.table import REJECT_REASONS, ROW, Note, Reject, Table

__all__ = [
    "REJECT_REASONS",
    "ROW",
    "Note",
    "Reject",
    "Table",
    "UnreadableFile",
    "files_in",
    "tables_in",
]
