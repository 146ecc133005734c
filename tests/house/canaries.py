"""A customer with something findable in every personal column of every table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, models, transaction

from klantbeeld.accounts.models import Team, User
from klantbeeld.core import bulk, files, registry
from klantbeeld.core.checks import house_models
from klantbeeld.core.clock import now_us
from klantbeeld.core.columns import KeyField
from klantbeeld.core.models import Customer, Delivery, Record, Source

# Columns about employees, and tables that hang on no customer: nothing of a customer gets there.
ABOUT_EMPLOYEES = frozenset(
    {
        "core_auditentry.actor",
        "core_delivery.actor",
        "accounts_user.email",
        "accounts_user.name",
        "accounts_apikey.created_by",
        "accounts_invitation.email",
        "accounts_invitation.name",
        "accounts_invitation.created_by",
        "accounts_login.device",
        "accounts_login.address",
        "identity_experiment.actor",
        "identity_experiment.note",
        "pipeline_intake.actor",
        "privacy_correction.actor",
        "privacy_informed.actor",
        "privacy_rightsrequest.actor",
        "privacy_erasure.asked_by",
        "privacy_erasure.decided_by",
        "privacy_restriction.by",
        "privacy_restriction.lifted_by",
        "privacy_legalhold.by",
        "privacy_legalhold.lifted_by",
        "privacy_disclosure.actor",
        "privacy_specialcolumn.by",
        "privacy_specialground.by",
        "privacy_specialground.withdrawn_by",
    }
)
Column = tuple[str, str]


@dataclass
class Bird:
    """One customer: the rows made for it, and the canary in each personal column."""

    name: str
    number: int
    rows: dict[type[models.Model], models.Model] = field(default_factory=dict)
    canaries: dict[Column, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        """The identifier by which rows without a record are known to be about this customer."""
        return f"{self.name}@example.com"

    @property
    def customer(self) -> int:
        """The customer's id."""
        return int(self.rows[Customer].pk)

    def canary(self, table: str, column: str) -> str:
        """The text planted in one column: letters and digits, so that no index splits it."""
        text = f"{self.name}{table}{column}".replace("_", "").lower()
        self.canaries[table, column] = text
        return text


def plant(name: str, number: int) -> Bird:
    """Make a customer with a row in every table that holds something personal."""
    bird = Bird(name, number)
    with transaction.atomic():
        for model in _from_the_ground(house_models()):
            if _is_planted(model):
                _row(bird, model)
        for table in registry.personal_columns():
            if table not in {m._meta.db_table for m in house_models()}:
                _plant_index(bird, table)
    return bird


def _is_planted(model: type[models.Model]) -> bool:
    declared = registry.personal_columns().get(model._meta.db_table)
    table = model._meta.db_table
    personal = {f"{table}.{c}" for c in declared.personal} if declared else set()
    return (
        bool(personal - ABOUT_EMPLOYEES)
        or model in (Customer, Record, Source, Delivery)
        or (model.__name__ == "Membership")
    )


def _from_the_ground(found: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Records and customers first: what hangs on them needs them."""
    first = [Source, Delivery, Record, Customer]
    return [*first, *(m for m in found if m not in first)]


def _row(bird: Bird, model: type[models.Model]) -> models.Model:
    if model in bird.rows:
        return bird.rows[model]
    values = {}
    for item in model._meta.local_fields:
        value = _value(bird, model, item)
        if value is not _LEFT_OUT:
            values[item.name] = value
    bird.rows[model] = model._default_manager.create(**values)
    return bird.rows[model]


_LEFT_OUT = object()


def _value(bird: Bird, model: type[models.Model], item: models.Field[Any, Any]) -> Any:
    table = model._meta.db_table
    declared = registry.personal_columns().get(table)
    is_about_employee = f"{table}.{item.column}" in ABOUT_EMPLOYEES
    if declared and item.column in declared.personal and not is_about_employee:
        return _canary(bird, table, item)
    if isinstance(item, KeyField):
        return bulk.allocate(model, 1)
    if isinstance(item, models.ForeignKey):
        if item.related_model is Team:
            return None
        return _target(bird, model, item)
    if isinstance(item, models.AutoField):
        return _LEFT_OUT
    return _plain(bird, item)


def _target(bird: Bird, model: type[models.Model], item: models.ForeignKey[Any, Any]) -> Any:
    target = item.related_model
    if target is model:
        return None
    if target is User:
        return User.objects.get_or_create(email="a@example.org", defaults={"name": "A"})[0]
    if target is Record and item.name == "right":
        return _other_record(bird)
    return _row(bird, target)


def _other_record(bird: Bird) -> Record:
    """The far end of a pair: a record of somebody else, without anything personal."""
    moment = now_us()
    return Record.objects.create(
        id=bulk.allocate(Record, 1), source=bird.rows[Source], key=f"far{moment}",
        updated_at=moment, created_at=moment,
    )  # fmt: skip


def _canary(bird: Bird, table: str, item: models.Field[Any, Any]) -> Any:
    text = bird.canary(table, str(item.column))
    if item.column == "sha256":
        del bird.canaries[table, "sha256"]
        return files.keep(f"{bird.name} in a file".encode())
    if isinstance(item, models.JSONField):
        return {"email": bird.email, "surname": text}
    if isinstance(item, models.BinaryField):
        return text.encode()
    size = getattr(item, "max_length", None)
    short = text[: size or len(text)]
    bird.canaries[table, str(item.column)] = short
    return short


def _plain(bird: Bird, item: models.Field[Any, Any]) -> Any:
    """A value that means nothing, different for each customer where it has to be."""
    if item.column == "record":
        return bird.rows[Record].pk
    if item.column == "customer":
        return bird.customer
    if item.column == "subject_type":
        return "record"
    if item.column == "subject_id":
        return bird.rows[Record].pk
    if item.choices:
        return item.choices[0][0]
    if item.has_default() and not item.unique:
        return _LEFT_OUT
    if isinstance(item, models.BooleanField):
        return False
    if isinstance(item, models.IntegerField | models.FloatField):
        return bird.number
    if isinstance(item, models.JSONField):
        return {}
    if isinstance(item, models.BinaryField):
        return bytes([bird.number]) * 4
    return f"{item.name[:4]}{bird.number}"


def _plant_index(bird: Bird, table: str) -> None:
    """Tables without a model: the full-text index."""
    from klantbeeld.profiles import search

    assert table == search.TABLE, f"plant something in {table} too"
    search.put([(bird.customer, bird.canary(table, "words"))])


def found_in_tables(canaries: Mapping[Column, str]) -> dict[str, set[str]]:
    """Table to the canaries that stand in any column of any of its rows."""
    held: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("sqlite_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(_spelled(row) for row in cursor.fetchall())
            seen = {c for c in canaries.values() if c in text}
            if seen:
                held[table] = seen
    return held


def _spelled(row: tuple[Any, ...]) -> str:
    cells = (bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else v for v in row)
    return json.dumps(list(cells), default=str, ensure_ascii=False)


def found_in_files(home: Path, words: Iterable[str]) -> set[str]:
    """The words that stand in any file under `home`, Parquet files read as tables."""
    wanted = set(words)
    seen: set[str] = set()
    for content in _contents(home):
        seen |= {word for word in wanted - seen if word.encode() in content}
    return seen


def _contents(home: Path) -> Iterator[bytes]:
    for path in home.rglob("*"):
        if path.is_file():
            yield path.read_bytes()
            if path.suffix == ".parquet":
                yield pl.read_parquet(path).write_csv().encode()
