"""Mappings: YAML there and back, errors that say where, and the next delivery."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.sources.errors import MappingError
from klantbeeld.sources.mappings import (
    KINDS,
    REPEATABLE,
    ROLES,
    ColumnMapping,
    Mapping,
    TableMapping,
    plain_name,
)


@dataclass(frozen=True)
class Delivered:
    name: str
    columns: tuple[str, ...]


CRM = Mapping(
    "crm",
    (
        TableMapping(
            "Klanten 2024-01",
            "customers",
            (
                ColumnMapping("Klantnr", "customer_number", 0.99, "heading 'Klantnr'", ("1", "2")),
                ColumnMapping("Geb.dat.: x", "birth_date", 0.97, format="dmy"),
                ColumnMapping("Saldo", "keep", 0.6, decimal=","),
                ColumnMapping("no", "note", samples=("a # b", "c\nd")),
            ),
            key="Klantnr",
            unmapped="keep",
            not_mapped=("Extra", "2024"),
            confidence=0.9,
            reason="its name says so",
        ),
        TableMapping("orders", "orders", (ColumnMapping("Ordernr", "order_number"),)),
    ),
)


def test_a_mapping_survives_being_written_down() -> None:
    assert Mapping.load(CRM.dump()) == CRM


def test_a_mapping_is_fit_to_be_read() -> None:
    text = CRM.dump()
    assert "  - table: Klanten 2024-01\n    holds: customers  # its name says so\n" in text
    assert "Klantnr:       {role: customer_number, confidence: 0.99}  # heading" in text
    assert "format: dmy}" in text
    assert text.isascii() or "…" in text


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(source=NAMES.filter(str.strip), names=st.lists(NAMES, unique=True, max_size=6), table=NAMES)
def test_any_name_survives(source: str, names: list[str], table: str) -> None:
    columns = tuple(ColumnMapping(name, "keep", samples=(name,), reason=name) for name in names)
    mapping = Mapping(source.strip(), (TableMapping(table, "unknown", columns, reason=table),))
    assert Mapping.load(mapping.dump()) == mapping


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the mapping: names with values are expected here."),
        ("source: x\ntables: [", "line 2"),
        ("tables: []", "'source' is missing"),
        ("source: x\nsurce: y", "'surce' is not known. Did you mean source?"),
        ("source: x\ntables:\n  - holds: customers", "table 1: 'table' (its name) is missing."),
        ("source: x\ntables:\n  - table: a\n    holds: klanten", "table 'a', holds: 'klanten'"),
        ("source: x\ntables:\n  - table: a\n    unmapped: drop", "'drop' is not known"),
        (
            "source: x\ntables:\n  - table: a\n    columns: {Mail: {role: emial}}",
            "table 'a', column 'Mail': the role 'emial' is not known. Did you mean email",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: email, B: email}",
            "table 'a': 'A' and 'B' both have the role 'email'.",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: email, A: phone}",
            "stands here twice",
        ),
        (
            "source: x\ntables:\n  - table: a\n    key: Nr\n    columns: {Nrr: customer_number}",
            "the key column 'Nr' is not among the columns. Did you mean Nrr?",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: {role: email, format: dmy}}",
            "'format' is for dates",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: {role: email, decimal: ','}}",
            "'decimal' is for amounts",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: {role: ordered_at, format: dym}}",
            "'dym' is not known. Choose one of: dmy, mdy, ymd.",
        ),
        (
            "source: x\ntables:\n  - table: a\n    columns: {A: {role: email, confidence: veel}}",
            "a number from 0 to 1",
        ),
    ],
)
def test_errors_say_where_and_what(text: str, said: str) -> None:
    with pytest.raises(MappingError) as raised:
        Mapping.load(text)
    assert said in str(raised.value)


def test_a_role_alone_is_enough() -> None:
    text = "source: x\ntables:\n  - table: a\n    holds: customers\n    columns: {Mail: email}"
    (table,) = Mapping.load(text).tables
    assert table["Mail"] == ColumnMapping("Mail", "email")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Klanten_2024-03 (2).csv", "klanten"),
        ("klanten 202404", "klanten"),
        ("export klanten mrt 2024.xlsx", "klanten"),
        ("Blad1", "blad"),
        ("2024", "2024"),
        ("NPS meting Q1", "nps meting q"),
    ],
)
def test_names_are_compared_without_dates_and_digits(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_the_next_delivery_finds_its_mapping_and_tells_what_changed() -> None:
    table = Delivered("klanten 202402.csv", ("KLANTNR", "Geb.dat.: x", "Saldo", "nieuw", "Extra"))
    match = CRM.match(table)
    assert match is not None
    assert match.mapping.roles() == {"KLANTNR": "customer_number", "Geb.dat.: x": "birth_date",
                                     "Saldo": "keep"}  # fmt: skip
    assert (match.new, match.gone) == (("nieuw",), ("no",))
    assert match.mapping.key == "KLANTNR"
    assert match.notes == ("'Klantnr' is now called 'KLANTNR'",)
    assert not match.is_unchanged


def test_an_unchanged_delivery_is_unchanged() -> None:
    match = CRM.match(Delivered("Klanten", ("Klantnr", "Geb.dat.: x", "Saldo", "no", "2024")))
    assert match is not None
    assert match.is_unchanged


@pytest.mark.parametrize(
    ("table", "suits"),
    [
        (Delivered("heel anders", ("Klantnr", "Geb.dat.: x", "Saldo", "no")), True),
        (Delivered("heel anders", ("Klantnr", "Geb.dat.: x", "Iets")), False),
        (Delivered("Klanten", ("Klantnr", "Iets", "Anders")), False),
        (Delivered("orders 2024", ("Ordernr", "Bedrag")), True),
    ],
)
def test_a_mapping_suits_or_not(table: Delivered, suits: bool) -> None:
    assert (CRM.match(table) is not None) is suits


def test_one_table_can_be_put_in_place_of_another() -> None:
    changed = CRM.with_table(TableMapping("klanten (2).csv", "unknown"))
    assert [table.table for table in changed.tables] == ["orders", "klanten (2).csv"]


def test_the_contract_of_roles_and_kinds() -> None:
    assert REPEATABLE < ROLES
    assert {"customers", "lines", "loyalty", "unknown"} <= set(KINDS)
    assert all(role == role.lower() and role.isidentifier() for role in ROLES)
