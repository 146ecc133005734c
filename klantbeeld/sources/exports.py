"""Mapping templates: what the columns of well-known programs' exports mean.

A template is used when all headings of its `marks` are there, and `Mapping.match` finds its other
columns; it goes before the recogniser. Where the headings came from stands with each, and
whether they were checked; docs/templates.md shows the same list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from klantbeeld.sources.export_columns import EXPORTS
from klantbeeld.sources.mappings import (
    REPEATABLE,
    ColumnMapping,
    HasColumns,
    Mapping,
    TableMapping,
    plain_column,
)

# How sure one may be of the headings: seen in exports that others published, in the maker's own
# documentation of its export or import, or only in the names that its interface for programs uses.
Checked = Literal["published", "documented", "interface"]


@dataclass(frozen=True)
class ExportTemplate:
    """One export of one program.

    `marks` are columns that together only this export has; `optional` ones may be absent.
    """

    key: str
    program: str
    holds: str
    marks: tuple[ColumnMapping, ...]
    optional: tuple[ColumnMapping, ...]
    key_column: str | None
    origin: str
    checked: Checked

    def mapping_for(self, table: HasColumns) -> TableMapping | None:
        """The mapping of a table that is this export, None when it is not."""
        there = {plain_column(column) for column in table.columns}
        if not {plain_column(mark.column) for mark in self.marks} <= there:
            return None
        present = _one_for_a_role(
            [*self.marks, *(c for c in self.optional if plain_column(c.column) in there)]
        )
        whole = TableMapping(
            table.name, self.holds, present, key=self.key_column,
            reason=f"the columns are those of {self.program}",
        )  # fmt: skip
        match = Mapping(self.key, (whole,)).match(table)
        if match is None:
            return None
        mapped = match.mapping
        return replace(mapped, not_mapped=mapped.unmapped_in(table.columns))


def _one_for_a_role(columns: list[ColumnMapping]) -> tuple[ColumnMapping, ...]:
    """Older and newer headings of the same may stand side by side: the first one counts."""
    taken: set[str] = set()
    kept = []
    for column in columns:
        if column.role in REPEATABLE or column.role not in taken:
            kept.append(column)
            taken.add(column.role)
    return tuple(kept)


@cache
def templates() -> tuple[ExportTemplate, ...]:
    """Every template, those with most marks first: the one that says most is tried first."""
    made = [_template(*entry) for entry in EXPORTS]
    return tuple(sorted(made, key=lambda template: -len(template.marks)))


def template_mapping(table: HasColumns) -> TableMapping | None:
    """The mapping by the first template that this table is an export of, None without any."""
    found = (template.mapping_for(table) for template in templates())
    return next((mapping for mapping in found if mapping is not None), None)


def _template(
    key: str, program: str, holds: str, columns: str, origin: str, checked: Checked
) -> ExportTemplate:
    """A template of its lines: 'Heading = role format', with ! before a mark, # before the key."""
    marks: list[ColumnMapping] = []
    optional: list[ColumnMapping] = []
    key_column = None
    for line in filter(None, map(str.strip, columns.splitlines())):
        heading, meant = (part.strip() for part in line.lstrip("!#").rsplit("=", 1))
        role, *shape = meant.split()
        of_date = shape[0] if shape and shape[0] in ("dmy", "mdy", "ymd") else None
        decimal = shape[0] if shape and shape[0] in (",", ".") else None
        column = ColumnMapping(
            heading, role, reason=f"a column of {program}", format=of_date, decimal=decimal
        )
        (marks if "!" in line[:2] else optional).append(column)
        key_column = heading if "#" in line[:2] else key_column
    return ExportTemplate(
        key, program, holds, tuple(marks), tuple(optional), key_column, origin, checked
    )
