"""Small tables of invented people, and which of their rows are one person."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from klantbeeld.identity.core import (
    Constraints,
    Model,
    Resolution,
    in_roles,
    match_values,
    resolve_values,
)

JAN = {
    "first_name": "Jan",
    "surname_prefix": "van der",
    "surname": "Steenhof",
    "gender": "m",
    "birth_date": "1971-04-23",
    "email": "jan.steenhof@example.nl",
    "mobile": "0970-00012345",
    "phone": "085-0123456",
    "street": "Molenstraat",
    "house_number": "12",
    "postcode": "1234 AB",
    "city": "Ons Dorp",
    "source": "crm",
}
MIEKE = JAN | {
    "first_name": "Mieke",
    "gender": "v",
    "birth_date": "1973-09-02",
    "email": "mieke.steenhof@example.org",
    "mobile": "0970-00054321",
}


def without(person: dict[str, str], *roles: str) -> dict[str, str]:
    """The person, some roles unknown."""
    return {role: value for role, value in person.items() if role not in roles}


def only(person: dict[str, str], *roles: str) -> dict[str, str]:
    """Only these roles of the person."""
    return {role: person[role] for role in roles}


def table(rows: Sequence[dict[str, str]]) -> pl.DataFrame:
    """Rows in roles as a table of strings."""
    roles = sorted({role for row in rows for role in row})
    return pl.DataFrame(
        {role: [row.get(role) for row in rows] for role in roles},
        schema=dict.fromkeys(roles, pl.String),
    )


def groups(
    rows: Sequence[dict[str, str]],
    base: pl.DataFrame | None = None,
    model: Model | None = None,
    constraints: Constraints | None = None,
) -> tuple[list[int], Resolution]:
    """The customer of each row, numbered from 0 as they come; optionally amid a larger base."""
    frame = in_roles(table(rows))
    if base is not None:
        frame = pl.concat([frame, base], how="diagonal")
    found = resolve_values(match_values(frame), model, constraints)
    labels = found.clusters["customer"].to_list()[: len(rows)]
    order = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    return [order[label] for label in labels], found


def same_values(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two tables of values say the same; columns that a table lacks are missing values."""
    names = {*one.columns, *other.columns}
    empty = pl.lit(None)

    def told(values: pl.DataFrame) -> pl.DataFrame:
        missing = [empty.alias(name) for name in names if name not in values.columns]
        hashed = pl.col("^.*#$").cast(pl.Int64).fill_null(0)
        texts = pl.col(pl.Categorical).cast(pl.String)
        full = values.with_columns(missing).with_columns(hashed).with_columns(texts)
        return full.select(sorted(names)).with_columns(pl.col(pl.Null).cast(pl.String))

    return told(one).equals(told(other))
