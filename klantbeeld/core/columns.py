"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

Set = TypeVar("Set")
Got = TypeVar("Got")


class KeyField(models.BigIntegerField[int, int]):
    """A 64-bit primary key that the house hands out itself, in blocks (`bulk.allocate`)."""

    def __init__(self, **options: Any) -> None:
        options["primary_key"] = True
        options.setdefault("editable", False)
        super().__init__(**options)

    def db_type(self, connection: Any) -> str:
        """`integer` on SQLite: only under that name a key is the row's own place in the file."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: Any) -> str:
        """What refers to a key is a plain 64-bit integer."""
        return "bigint"


class ByteOrderText(models.TextField[str, str]):
    """Text sorted by its bytes, on both databases alike: for stored sort keys and lookup keys."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """`text`, with collation "C" on PostgreSQL (SQLite compares bytes already)."""
        found: dict[str, Any] = super().db_parameters(connection)
        return found | ({"collation": "C"} if connection.vendor == "postgresql" else {})


class Micros(models.BigIntegerField[Set, Got]):
    """A moment in microseconds since 1970-01-01 UTC."""


class Day(models.IntegerField[Set, Got]):
    """A calendar day of the company, in days since 1970-01-01."""


class Minor(models.BigIntegerField[Set, Got]):
    """An amount of money in minor units."""
