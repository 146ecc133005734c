"""What the room hands out about delivered tables: the table, its reader, its recogniser."""

from klantbeeld.sources.mappings import ColumnMapping, Mapping, TableMapping
from klantbeeld.sources.readers import tables_in
from klantbeeld.sources.readers.table import REJECT_REASONS, ROW, Note, Reject, Table
from klantbeeld.sources.recognise import recognise

__all__ = [
    "REJECT_REASONS",
    "ROW",
    "ColumnMapping",
    "Mapping",
    "Note",
    "Reject",
    "Table",
    "TableMapping",
    "recognise",
    "tables_in",
]
