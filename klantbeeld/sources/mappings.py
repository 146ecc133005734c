"""Mappings: what each column of a delivered table means, as YAML that people can read and mend.

A `Mapping` belongs to a source and holds a `TableMapping` for each table; the next delivery of the
source is matched against it, and changed columns are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

ROLE_GROUPS: dict[str, str] = {
    "identifiers": "customer_number email phone mobile iban kvk vat login loyalty_number"
    " social_handle device_id",
    "names": "full_name salutation title initials first_name surname_prefix surname"
    " organisation_name contact_name job_title",
    "address": "address street house_number house_suffix postcode city country region",
    "descriptive": "birth_date age gender profession language interests relation_type"
    " customer_since website household_size tier points tags",
    "qualitative": "note wish",
    "consent": "consent_email consent_phone consent_post consent_sms unsubscribed do_not_call"
    " do_not_email preferred_channel",
    "bookkeeping": "record_key updated_at created_at keep ignore",
    "orders": "order_number ordered_at order_amount order_status payment_method discount_code"
    " origin campaign employee shop currency",
    "lines": "line_number product_code product_name category brand quantity unit_price"
    " line_amount discount_amount points_delta",
    "subscriptions": "subscription_number subscription_name started_at ended_at period"
    " subscription_amount subscription_status",
    "quotes": "quote_number quoted_at quote_amount quote_status valid_until",
    "messages and events": "event_id event_at event_kind channel direction subject body topic url"
    " search_term session_id message_id in_reply_to sender sender_name recipients attachments",
    "cases": "case_number case_kind opened_at closed_at case_status cause resolution handled_by"
    " priority compensation",
    "surveys": "answered_at survey_name nps_score satisfaction answer",
    "costs": "cost_at cost_amount",
    "documents": "file_name document_at text media_type content",
}
ROLES: frozenset[str] = frozenset(role for roles in ROLE_GROUPS.values() for role in roles.split())
# A table may have several columns of these; of every other role at most one.
REPEATABLE: frozenset[str] = frozenset({"note", "wish", "interests", "tags", "keep", "ignore"})
DATE_ROLES: frozenset[str] = frozenset(
    [
        "birth_date",
        "customer_since",
        "updated_at",
        "created_at",
        "ordered_at",
        "started_at",
        "ended_at",
        "quoted_at",
        "valid_until",
        "event_at",
        "opened_at",
        "closed_at",
        "answered_at",
        "cost_at",
        "document_at",
    ]
)
AMOUNT_ROLES: frozenset[str] = frozenset(
    [
        "order_amount",
        "unit_price",
        "line_amount",
        "discount_amount",
        "subscription_amount",
        "quote_amount",
        "compensation",
        "cost_amount",
    ]
)
NUMBER_ROLES: frozenset[str] = frozenset(
    ["quantity", "points", "points_delta", "age", "household_size", "nps_score", "satisfaction"]
)
DATE_FORMATS = ("dmy", "mdy", "ymd")
DECIMALS = (",", ".")
KINDS = (
    "customers",
    "orders",
    "lines",
    "subscriptions",
    "quotes",
    "messages",
    "events",
    "cases",
    "surveys",
    "costs",
    "documents",
    "loyalty",
    "products",
    "unknown",
)
UNMAPPED = ("report", "keep")


class HasColumns(Protocol):
    """Whatever has a name and columns, such as a `readers.Table`."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class ColumnMapping:
    """What one column means. `confidence` is 0 to 1; `format` dmy/mdy/ymd; `decimal` ',' or '.'."""

    column: str
    role: str
    confidence: float = 1.0
    reason: str = field(default="", compare=False)
    samples: tuple[str, ...] = field(default=(), compare=False)
    format: str | None = None
    decimal: str | None = None


@dataclass(frozen=True)
class TableMapping:
    """What one table holds and what its columns mean.

    `key` is the column whose value is the row's own key. `not_mapped` are the columns that were
    seen and have no role: `unmapped` says whether the import keeps or only reports them.
    """

    table: str
    holds: str
    columns: tuple[ColumnMapping, ...] = ()
    key: str | None = None
    unmapped: str = "report"
    not_mapped: tuple[str, ...] = ()
    confidence: float = 1.0
    reason: str = field(default="", compare=False)
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __getitem__(self, column: str) -> ColumnMapping:
        for mapped in self.columns:
            if mapped.column == column:
                return mapped
        raise KeyError(column)

    def __contains__(self, column: object) -> bool:
        return any(mapped.column == column for mapped in self.columns)

    def column_for(self, role: str) -> ColumnMapping | None:
        """The first column with this role, or None."""
        return next((mapped for mapped in self.columns if mapped.role == role), None)

    def columns_for(self, role: str) -> tuple[ColumnMapping, ...]:
        return tuple(mapped for mapped in self.columns if mapped.role == role)

    def roles(self) -> dict[str, str]:
        """Column name to role, without those to be ignored."""
        return {m.column: m.role for m in self.columns if m.role != "ignore"}

    @property
    def is_unrecognised(self) -> bool:
        """Whether nothing of the table could be used, and nobody said that it should be so.

        What somebody says has a confidence of 1, which no recognising has.
        """
        is_unknown = self.holds == "unknown"
        has_meaning = bool({c.role for c in self.columns} - {"keep", "ignore"})
        said = [c for c in self.columns if not (is_unknown and c.role == "ignore")]
        is_said = self.confidence >= 1 or any(c.confidence >= 1 for c in said)
        return (is_unknown or not has_meaning) and not is_said

    def unmapped_in(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The columns that this mapping says nothing about: to be kept or reported."""
        return tuple(column for column in columns if column not in self)


@dataclass(frozen=True)
class Match:
    """The table mapping that suits a delivered table, and what changed since it was written."""

    mapping: TableMapping
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not self.new and not self.gone


@dataclass(frozen=True)
class Mapping:
    """The mapping of a source: one `TableMapping` for each of its tables."""

    source: str
    tables: tuple[TableMapping, ...] = field(default=())

    def match(self, table: HasColumns) -> Match | None:
        """The table mapping for a table of the next delivery, or None when none suits.

        The same name (digits and dates stripped) and at least half of the mapped columns suit,
        and so does another name with at least four fifths of them. Columns are compared without
        regard to case, spaces and punctuation; a renamed one is followed.
        """
        rated = [(_suits(mapping, table), -at, mapping) for at, mapping in enumerate(self.tables)]
        best = max(rated, default=None, key=lambda entry: entry[:2])
        if best is None or best[0] <= 0:
            return None
        return _followed(best[2], table)

    def with_table(self, mapping: TableMapping) -> Mapping:
        """This mapping with one more table, in the place of one of the same name."""
        name = plain_name(mapping.table)
        others = tuple(known for known in self.tables if plain_name(known.table) != name)
        return replace(self, tables=(*others, mapping))

    @classmethod
    def load(cls, yaml_text: str) -> Mapping:
        """Read a mapping; raises `MappingError` that names table and column."""
        from klantbeeld.sources.mapping_yaml import load

        return load(yaml_text)

    def dump(self) -> str:
        """The mapping as YAML with reasons and samples as comments."""
        from klantbeeld.sources.mapping_yaml import dump

        return dump(self)


def plain_name(name: str) -> str:
    """A table's name as it will still be next month: no dates, digits, versions, extension.

    'Klanten_2024-03 (2).csv' and 'klanten 202404' both give 'klanten'.
    """
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", name)
    words = re.sub(r"\d+", " ", stem.casefold())
    words = re.sub(r"\b(?:v|versie|version|copy|kopie|export|def|definitief|final)\b", " ", words)
    words = re.sub(
        r"\b(?:jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\b",
        " ",
        words.replace("_", " "),
    )
    return " ".join(re.findall(r"[^\W_]+", words)) or stem.casefold().strip()


def plain_column(name: str) -> str:
    """A heading as headings are compared: without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold()) or name


def _suits(mapping: TableMapping, table: HasColumns) -> float:
    there = {plain_column(column) for column in table.columns}
    known = {plain_column(mapped.column) for mapped in mapping.columns}
    share = len(known & there) / len(known) if known else 0.0
    if plain_name(mapping.table) == plain_name(table.name):
        return 1 + share if share >= 0.5 or not known else 0.0
    return share if known and share >= 0.8 else 0.0


def _followed(mapping: TableMapping, table: HasColumns) -> Match:
    there = {plain_column(column): column for column in reversed(table.columns)}
    columns, gone, notes = [], [], []
    for mapped in mapping.columns:
        name = mapped.column if mapped.column in table.columns else None
        name = name or there.get(plain_column(mapped.column))
        if name is None:
            gone.append(mapped.column)
            continue
        if name != mapped.column:
            notes.append(f"'{mapped.column}' is now called '{name}'")
        columns.append(replace(mapped, column=name))
    key = mapping.key and there.get(plain_column(mapping.key))
    if mapping.key in table.columns:
        key = mapping.key
    if mapping.key and not key:
        notes.append(f"the key column '{mapping.key}' is gone")
    followed = replace(mapping, columns=tuple(columns), key=key or None)
    seen = {plain_column(column) for column in mapping.not_mapped}
    unmapped = followed.unmapped_in(table.columns)
    new = tuple(column for column in unmapped if plain_column(column) not in seen)
    followed = replace(followed, not_mapped=tuple(c for c in unmapped if c not in new))
    return Match(followed, new, tuple(gone), tuple(notes))
