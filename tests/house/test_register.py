"""The field register has no gap: everything personal says what it is, why it is there, how long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from klantbeeld.core import fields, registry
from klantbeeld.core.actor import Purpose
from klantbeeld.core.categories import CATEGORIES
from klantbeeld.core.fields import Basis, Field, Nature, Sensitivity, Subject
from klantbeeld.pipeline.subjects import RECORD_ROLES

REGISTER = {**fields.built_in(), **fields.columns()}


def gaps(field: Field) -> Iterator[str]:
    """What a field does not say, or says in words that nobody knows."""
    if not (field.label_nl.strip() and field.label_en.strip()):
        yield "no name in both languages"
    if field.category not in CATEGORIES:
        yield f"{field.category} is no category of fideslang"
    if not field.purposes or set(field.purposes) - set(get_args(Purpose)):
        yield "no known purpose"
    if field.basis not in get_args(Basis) or field.basis == "unknown":
        yield "no legal basis"
    if field.retention_days <= 0:
        yield "no retention"
    if field.nature not in get_args(Nature) or field.sensitivity not in get_args(Sensitivity):
        yield "no nature or sensitivity"
    if field.subject not in get_args(Subject):
        yield "nobody's"


def undeclared() -> list[str]:
    """Personal columns of tables that the register does not explain."""
    return [
        f"{table}.{column}"
        for table, declared in sorted(registry.personal_columns().items())
        for column in sorted(declared.personal)
        if f"{table}.{column}" not in fields.columns()
    ]


def test_the_search_finds_gaps() -> None:
    bare = Field("x", "", "x", category="user.nonsense", purposes=(), basis="unknown",
                 retention_days=0)  # fmt: skip
    assert len(list(gaps(bare))) == 5


@pytest.mark.parametrize("key", sorted(REGISTER))
def test_every_field_is_explained(key: str) -> None:
    assert list(gaps(REGISTER[key])) == []


def test_every_personal_column_is_in_the_register() -> None:
    assert undeclared() == []


def test_the_register_explains_nothing_that_is_not_there() -> None:
    # What is sealed is explained as well, though no probe can read it.
    declared = {
        f"{table}.{column}"
        for table, held in registry.personal_columns().items()
        for column in (*held.personal, *(c for c in held.impersonal if c == "sealed"))
    }
    assert set(fields.columns()) - declared == set()


def test_every_key_of_a_record_is_in_the_register() -> None:
    assert set(RECORD_ROLES) - set(fields.built_in()) == set()
