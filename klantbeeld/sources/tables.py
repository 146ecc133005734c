"""What the room hands out about delivered tables: the table, its reader, its recogniser."""

from klantbeeld.sources.attached import WHY as WHY_UNREAD
from klantbeeld.sources.attached import Unread, attached_text
from klantbeeld.sources.exports import template_mapping, templates
from klantbeeld.sources.file_names import names_them
from klantbeeld.sources.mappings import (
    DATE_ROLES,
    KINDS,
    REPEATABLE,
    ROLE_GROUPS,
    ROLES,
    ColumnMapping,
    Mapping,
    TableMapping,
    plain_name,
)
from klantbeeld.sources.marks import Marks, said_by
from klantbeeld.sources.quarantine_parts import EVENT_NUMBERS
from klantbeeld.sources.readers import tables_in
from klantbeeld.sources.readers.table import REJECT_REASONS, ROW, Note, Reject, Table
from klantbeeld.sources.recognise import recognise
from klantbeeld.sources.records import stub_data, stub_kind
from klantbeeld.sources.values import fields_of, group_of, groups_in, stripped_hash, text_of
from klantbeeld.sources.values import without as without_value

__all__ = [
    "DATE_ROLES",
    "EVENT_NUMBERS",
    "KINDS",
    "REJECT_REASONS",
    "REPEATABLE",
    "ROLES",
    "ROLE_GROUPS",
    "ROW",
    "WHY_UNREAD",
    "ColumnMapping",
    "Mapping",
    "Marks",
    "Note",
    "Reject",
    "Table",
    "TableMapping",
    "Unread",
    "attached_text",
    "fields_of",
    "group_of",
    "groups_in",
    "names_them",
    "plain_name",
    "recognise",
    "said_by",
    "stripped_hash",
    "stub_data",
    "stub_kind",
    "tables_in",
    "template_mapping",
    "templates",
    "text_of",
    "without_value",
]
