"""A block of a delivered table in standard form: a column per role, and what was wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

import polars as pl

from klantbeeld.quality import tables as quality
from klantbeeld.quality.tables import Options, date_order, standardise
from klantbeeld.sources.tables import DATE_ROLES, REPEATABLE, ROLES, ROW, TableMapping

# Kept as it stands: the shape of these is the business of whoever reads them later.
AS_IS = frozenset({"recipients", "attachments", "content"})
JOINER = " | "
# So many values of a column, spread evenly, show how it is written.
SEEN = 100_000
# What is read by the rules of the country, or in the money, that another column of the row tells.
BY_COUNTRY = frozenset({"phone", "mobile", "postcode", "address", "street"})
BY_CURRENCY = frozenset(
    {"cost_amount", "order_amount", "line_amount", "discount_amount", "subscription_amount",
     "quote_amount", "unit_price", "compensation"}
)  # fmt: skip
# What a kept column may not be called: roles, and what is put beside them on the way.
TAKEN = ROLES | {
    "at", "day", "email_2", "episode", "is_organisation", "key", "match", "number_of", "order",
    "record", "root", "row", "who",
}  # fmt: skip
# Columns out of which others are read: names and addresses in one cell.
TAKEN_APART = frozenset(
    {"full_name", "contact_name", "address", "street", "house_number", "salutation", "surname",
     "first_name", "initials"}
)  # fmt: skip
# Of these either may stand in a cell with the other.
TOGETHER = {"postcode", "city"}


@dataclass
class Standardised:
    """values: `ROW` and a column per role (and per kept column, by its `field_keys`).

    issues: role to reason codes (String, null where fine). raw: role to the text as delivered.
    """

    values: pl.DataFrame
    issues: dict[str, pl.Series] = field(default_factory=dict)
    raw: dict[str, pl.Series] = field(default_factory=dict)
    custom: tuple[str, ...] = ()

    def has(self, role: str) -> bool:
        """Whether the table has a column with this role."""
        return role in self.values.columns

    def column(self, role: str, dtype: type[pl.DataType] = pl.String) -> pl.Series:
        """The role's values, or nulls when the table has none."""
        if self.has(role):
            return self.values[role]
        return pl.Series(role, [None] * len(self.values), dtype=dtype)


def field_keys(mapping: TableMapping) -> dict[str, str]:
    """Kept column to the key of its field, for all kept columns of a table.

    Never the name of a role, whose values would be taken for it, and never one key for two columns.
    """
    found: dict[str, str] = {}
    for column in mapping.columns_for("keep"):
        key = first = _slug(column.column)
        number = 1
        while key in found.values():
            number += 1
            key = f"{first}_{number}"
        found[column.column] = key
    return found


def _slug(column: str) -> str:
    plain = unicodedata.normalize("NFKD", column.lower()).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:70]
    if not found:
        # Headings in another script each keep a field of their own.
        return f"column_{crc32(column.encode()):08x}"
    return f"own_{found}" if found in TAKEN else found


def options_for(mapping: TableMapping, whole: pl.LazyFrame) -> dict[str, Options]:
    """Per column what its whole content decides, and the mapping where it says so.

    The order of day and month, whether there are times, the decimal sign, whether names are
    English: else two blocks of one table could read the same value in two ways.
    """
    rows = int(whole.select(pl.len()).collect().item())
    present = whole.collect_schema().names()
    decided = {}
    for mapped in mapping.columns:
        found: dict[str, Any] = {}
        if mapped.column in present and mapped.role not in AS_IS:
            seen = whole.select(pl.col(mapped.column).gather_every(max(1, rows // SEEN)))
            found = dict(quality.options_for(seen.collect()[mapped.column], mapped.role))
        if mapped.role in DATE_ROLES and mapped.format is None and rows > SEEN:
            # One date in a million may tell days from months.
            column = whole.select(pl.col(mapped.column).unique()).collect()[mapped.column]
            found["order"] = date_order(column).order
        told = {"order": mapped.format, "decimal": mapped.decimal}
        found |= {name: value for name, value in told.items() if value is not None}
        decided[mapped.column] = Options(**found)
    return decided


def standardise_block(
    frame: pl.DataFrame, mapping: TableMapping, options: Mapping[str, Options]
) -> Standardised:
    """`frame` (a staged block) by role; several columns of one repeatable role are joined."""
    values: dict[str, pl.Series] = {ROW: frame[ROW]}
    parts: dict[str, pl.Series] = {}
    beside = _told_beside(frame, mapping)
    kept_as = field_keys(mapping)
    result = Standardised(frame.select(ROW))
    custom = []
    for mapped in mapping.columns:
        if mapped.role == "ignore" or mapped.column not in frame.columns:
            continue
        column = frame[mapped.column]
        if mapped.role in AS_IS:
            values[mapped.role] = column
            continue
        role = kept_as.get(mapped.column, mapped.role)
        if mapped.role == "keep":
            custom.append(role)
        decided = replace(options.get(mapped.column, Options()), **beside.get(mapped.role, {}))
        standard = standardise(column, mapped.role, **vars(decided))
        value = standard.value.alias(role)
        if role in values and mapped.role in REPEATABLE:
            value = _joined(values[role], value)
        values[role] = value
        result.raw[role] = _text(column)
        if standard.issue.null_count() < len(standard.issue):
            result.issues[role] = standard.issue
        for name, part in standard.parts.items():
            # Parts that are roles of their own fill those; others belong to their column.
            own = name if _fills(mapped.role, name) else f"{role}.{name}"
            parts.setdefault(own, part)
    for name, part in parts.items():
        if name in values:
            values[name] = values[name].zip_with(values[name].is_not_null(), part)
        else:
            values[name] = part
    result.values = pl.DataFrame([s.alias(n) for n, s in values.items()])
    result.custom = tuple(custom)
    return result


def _fills(role: str, part: str) -> bool:
    """Whether a part that a column of this role tells is a role that it fills."""
    return part in ROLES and (role in TAKEN_APART or {role, part} == TOGETHER)


def _told_beside(frame: pl.DataFrame, mapping: TableMapping) -> dict[str, dict[str, Any]]:
    """Per role the options that other columns of the same rows tell: their country, currency."""
    told: dict[str, dict[str, Any]] = {}
    for name, roles, usual in (("country", BY_COUNTRY, None), ("currency", BY_CURRENCY, "EUR")):
        column = mapping.column_for(name)
        if column is None or column.column not in frame.columns:
            continue
        values = standardise(frame[column.column], name).value
        if usual is not None:
            values = values.fill_null(usual)
        same = values[0] if values.n_unique() == 1 else None
        told |= {role: {name: values if same is None else same} for role in roles}
    return told


def _text(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return column
    if isinstance(column.dtype, pl.List | pl.Struct):
        return pl.Series(column.name, [str(v) for v in column.to_list()])
    return column.cast(pl.String, strict=False)


def _joined(first: pl.Series, second: pl.Series) -> pl.Series:
    both = pl.DataFrame([first.alias("a"), second.alias("b")])
    return both.select(pl.concat_str("a", "b", separator=JOINER, ignore_nulls=True)).to_series()
