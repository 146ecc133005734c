"""Mappings as YAML: strict in reading, with reasons and shapes of values as comments."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

import yaml

from klantbeeld.sources.errors import MappingError
from klantbeeld.sources.mappings import (
    AMOUNT_ROLES,
    DATE_FORMATS,
    DATE_ROLES,
    DECIMALS,
    KINDS,
    NUMBER_ROLES,
    REPEATABLE,
    ROLES,
    UNMAPPED,
    ColumnMapping,
    Mapping,
    TableMapping,
)

TABLE_KEYS = {
    "table", "holds", "key", "unmapped", "columns", "not_mapped", "confidence"
}  # fmt: skip
COLUMN_KEYS = {"role", "confidence", "format", "decimal"}


class _Loader(yaml.SafeLoader):
    """Text stays text: a column may be called 'no' or '2024-01-01'; a key twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise MappingError(f"line {line}", f"'{key.value}' stands here twice.", "Keep one.")
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(yaml_text: str) -> Mapping:
    """Read and validate; raises `MappingError` naming table and column."""
    try:
        read = yaml.load(yaml_text, Loader=_Loader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the mapping"
        text = getattr(problem, "problem", None) or "this is not YAML"
        raise MappingError(where, f"{text}.", "Check indentation, colons and quotes.") from None
    content = _as_dict(read, "the mapping", {"source", "tables"})
    source = content.get("source")
    if not isinstance(source, str) or not source.strip():
        raise MappingError("the mapping", "'source' is missing.", "Begin with 'source: NAME'.")
    tables = content.get("tables") or []
    if not isinstance(tables, list):
        raise MappingError(
            "tables", "this must be a list.", "Begin each table with '- table: NAME'."
        )
    return Mapping(source.strip(), tuple(_table(entry, at) for at, entry in enumerate(tables, 1)))


def _as_dict(value: object, where: str, allowed: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MappingError(where, "names with values are expected here.", _one_of(sorted(allowed)))
    for key in value:
        if key not in allowed:
            raise MappingError(where, f"'{key}' is not known.", _nearest(str(key), sorted(allowed)))
    return value


def _table(entry: object, at: int) -> TableMapping:
    content = _as_dict(entry, f"table {at}", TABLE_KEYS)
    name = content.get("table")
    if not isinstance(name, str) or not name:
        raise MappingError(f"table {at}", "'table' (its name) is missing.")
    where = f"table '{name}'"
    holds = _choice(content.get("holds", "unknown"), KINDS, f"{where}, holds")
    unmapped = _choice(content.get("unmapped", "report"), UNMAPPED, f"{where}, unmapped")
    columns = content.get("columns") or {}
    if not isinstance(columns, dict):
        raise MappingError(where, "'columns' must be names with roles.", "Write 'Name: {role: …}'.")
    mapped = tuple(_column(str(column), value, where) for column, value in columns.items())
    _check_once(mapped, where)
    mapping = TableMapping(
        table=name,
        holds=holds,
        columns=mapped,
        key=content.get("key") or None,
        unmapped=unmapped,
        not_mapped=tuple(str(column) for column in content.get("not_mapped") or ()),
        confidence=_confidence(content.get("confidence", "1"), where),
    )
    _check_key(mapping, where)
    return mapping


def _check_key(mapping: TableMapping, where: str) -> None:
    known = [column.column for column in mapping.columns] + list(mapping.not_mapped)
    if mapping.key is not None and mapping.key not in known:
        raise MappingError(
            where, f"the key column '{mapping.key}' is not among the columns.",
            _nearest(mapping.key, known),
        )  # fmt: skip


def _column(name: str, value: object, table: str) -> ColumnMapping:
    where = f"{table}, column '{name}'"
    content = _as_dict({"role": value} if isinstance(value, str) else value, where, COLUMN_KEYS)
    role = content.get("role")
    if role not in ROLES:
        raise MappingError(where, f"the role '{role}' is not known.", _nearest(str(role), ROLES))
    date_format = content.get("format")
    if date_format is not None:
        _choice(date_format, DATE_FORMATS, f"{where}, format")
        if role not in DATE_ROLES | {"unsubscribed", "keep"}:
            raise MappingError(where, f"'format' is for dates, and '{role}' is no date.")
    decimal = content.get("decimal")
    if decimal is not None:
        _choice(decimal, DECIMALS, f"{where}, decimal")
        if role not in AMOUNT_ROLES | NUMBER_ROLES | {"keep"}:
            raise MappingError(where, f"'decimal' is for amounts, and '{role}' is no amount.")
    return ColumnMapping(
        name, role, _confidence(content.get("confidence", "1"), where),
        format=date_format, decimal=decimal,
    )  # fmt: skip


def _confidence(value: object, where: str) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise MappingError(f"{where}, confidence", "a number from 0 to 1 is expected.")
    return number


def _check_once(columns: tuple[ColumnMapping, ...], where: str) -> None:
    first: dict[str, str] = {}
    for column in columns:
        if column.role in REPEATABLE:
            continue
        if column.role in first:
            raise MappingError(
                where,
                f"'{first[column.role]}' and '{column.column}' both have the role '{column.role}'.",
                "Give one of them another role, or 'keep'.",
            )
        first[column.role] = column.column


def _choice(value: object, choices: tuple[str, ...], where: str) -> str:
    if isinstance(value, str) and value in choices:
        return value
    raise MappingError(where, f"'{value}' is not known.", _one_of(choices))


def _one_of(choices: Any) -> str:
    return "Choose one of: " + ", ".join(choices) + "."


def _nearest(word: str, choices: Any) -> str:
    near = difflib.get_close_matches(word, sorted(choices), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else _one_of(sorted(choices))


def dump(mapping: Mapping) -> str:
    """The mapping as YAML for people: one line a column, reasons and samples as comments."""
    lines = [
        f"# What the tables of source {mapping.source!r} mean. Mend a role, a format or a key",
        "# where needed; the next delivery of this source is read by this file.",
        f"source: {_scalar(mapping.source)}",
        "tables:" if mapping.tables else "tables: []",
    ]
    for table in mapping.tables:
        lines += _table_lines(table)
    return "\n".join(lines) + "\n"


def _table_lines(table: TableMapping) -> list[str]:
    lines = [f"  - table: {_scalar(table.table)}"]
    lines.append(_commented(f"    holds: {table.holds}", table.reason))
    if table.confidence < 1:
        lines.append(f"    confidence: {table.confidence:.2f}")
    lines.append(f"    key: {_scalar(table.key) if table.key is not None else 'null'}")
    lines.append(f"    unmapped: {table.unmapped}")
    lines += [f"    # {_one_line(note, 160)}" for note in table.notes]
    lines.append("    columns:" if table.columns else "    columns: {}")
    width = max((len(_scalar(column.column)) for column in table.columns), default=0) + 1
    for column in table.columns:
        samples = column.samples if column.role in _SHOWN else map(shape, column.samples)
        said = "; ".join(part for part in (column.reason, _samples(samples)) if part)
        name = f"{_scalar(column.column)}:".ljust(width)
        lines.append(_commented(f"      {name} {_flow(column)}", said))
    if table.not_mapped:
        lines.append("    not_mapped:")
        for name in table.not_mapped:
            samples = map(shape, table.samples.get(name, ()))
            lines.append(_commented(f"      - {_scalar(name)}", _samples(samples)))
    return lines


def _flow(column: ColumnMapping) -> str:
    parts = [f"role: {column.role}", f"confidence: {column.confidence:.2f}"]
    if column.format:
        parts.append(f"format: {column.format}")
    if column.decimal:
        parts.append(f"decimal: '{column.decimal}'")
    return "{" + ", ".join(parts) + "}"


# Roles whose values are words and numbers of the company, not of a person.
_SHOWN = frozenset({
    "product_code", "product_name", "category", "brand", "quantity", "unit_price", "line_amount",
    "discount_amount", "points_delta", "line_number", "order_amount", "order_status",
    "payment_method", "origin", "campaign", "shop", "subscription_name", "period",
    "subscription_amount", "subscription_status", "quote_amount", "quote_status", "event_kind",
    "channel", "direction", "topic", "case_kind", "case_status", "priority",
    "survey_name", "nps_score", "satisfaction", "cost_at", "cost_amount",
    "currency", "relation_type", "tier", "language", "salutation", "surname_prefix", "country",
    "media_type",
})  # fmt: skip


def shape(value: str) -> str:
    """A value without what it says: 'Dorpsstraat 12-B' is 'Aaaaaaaaaaa 99-A'.

    A mapping is kept for years and erasing somebody does not touch it, so no value of a person
    may stand in it.
    """
    return "".join(
        "9" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c for c in value
    )


def _samples(samples: Iterable[str]) -> str:
    said = list(dict.fromkeys(_one_line(value, 30) for value in samples))
    return "e.g. " + " | ".join(said) if said else ""


def _commented(line: str, comment: str) -> str:
    return f"{line}  # {_one_line(comment, 160)}" if comment else line


def _one_line(text: str, limit: int) -> str:
    # Everything YAML could take for the end of a comment's line is a space here.
    plain = " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", " ", text).split()
    )
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


# Words that YAML takes for something else than text.
_SAID_BY_YAML = frozenset({"null", "y", "n", "yes", "no", "on", "off", "true", "false"})


def _scalar(text: str) -> str:
    is_plain = re.fullmatch(r"[A-Za-zÀ-ÖØ-öø-ÿ][\w .()/&+%€-]*[\w.)%]|[A-Za-z]", text)
    if is_plain and text.casefold() not in _SAID_BY_YAML:
        return text
    dumped = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return dumped.strip().removesuffix("\n...")
