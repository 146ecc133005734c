"""The manifest: the one small file that says which partition files make up a table."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from klantbeeld.engine.errors import RebuildNeeded, SchemaError

FORMAT = 1
PARTITIONS = 64

# What Polars and Spark read alike from Parquet. Times are integers (microseconds UTC, days
# since 1970-01-01) and money is minor units, so neither dates nor decimals are among them.
DTYPES: Mapping[str, pl.DataType] = {
    "Int8": pl.Int8(),
    "Int16": pl.Int16(),
    "Int32": pl.Int32(),
    "Int64": pl.Int64(),
    "Float64": pl.Float64(),
    "Boolean": pl.Boolean(),
    "String": pl.String(),
}
Schema = Mapping[str, pl.DataType | type[pl.DataType]]


@dataclass(frozen=True)
class Watermark:
    """Up to where a copy follows the database: the position in the change log and its moment."""

    position: int
    as_of: datetime

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("Watermark.as_of needs a time zone")


@dataclass(frozen=True)
class Partition:
    """One Parquet file: its name, number of rows, size in bytes and SHA-256."""

    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One state of one table. `retired` holds files of older states: name -> the generation
    that no longer needed them. A partition without rows has no file."""

    table: str
    generation: int
    schema: Mapping[str, str]
    watermark: Watermark
    partitions: Mapping[int, Partition]
    retired: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(partition.rows for partition in self.partitions.values())

    def polars_schema(self) -> dict[str, pl.DataType]:
        return {name: DTYPES[dtype] for name, dtype in self.schema.items()}


def schema_names(schema: Schema) -> dict[str, str]:
    """Column name -> name of its type; raises SchemaError for what the engines read unlike."""
    names = {name: str(dtype) for name, dtype in schema.items()}
    for column, dtype in names.items():
        if dtype not in DTYPES:
            raise SchemaError(
                f"Column '{column}' has type {dtype}; a copied column is one of {', '.join(DTYPES)}"
            )
    folded: dict[str, str] = {}
    for column in names:
        other = folded.setdefault(column.casefold(), column)
        if other != column:
            raise SchemaError(f"Columns '{other}' and '{column}' differ only by case")
    if not names:
        raise SchemaError("A table needs at least one column")
    return names


def encode(manifest: Manifest) -> bytes:
    body = {
        "format": FORMAT,
        "table": manifest.table,
        "generation": manifest.generation,
        "schema": dict(manifest.schema),
        "watermark": {
            "position": manifest.watermark.position,
            "as_of": manifest.watermark.as_of.isoformat(),
        },
        "partitions": {str(number): asdict(p) for number, p in manifest.partitions.items()},
        "retired": dict(manifest.retired),
    }
    return json.dumps(body | {"checksum": _digest(body)}, indent=1).encode()


def decode(table: str, data: bytes) -> Manifest:
    """The manifest in `data`; raises RebuildNeeded for another format version or damage."""
    try:
        body = json.loads(data)
        found = body["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise RebuildNeeded(table, "its manifest is damaged") from error
    if found != FORMAT:
        raise RebuildNeeded(table, f"it has format {found}, this version reads {FORMAT}")
    if body.pop("checksum", None) != _digest(body):
        raise RebuildNeeded(table, "its manifest is damaged")
    return Manifest(
        table=body["table"],
        generation=body["generation"],
        schema=body["schema"],
        watermark=Watermark(
            body["watermark"]["position"], datetime.fromisoformat(body["watermark"]["as_of"])
        ),
        partitions={int(number): Partition(**p) for number, p in body["partitions"].items()},
        retired=body["retired"],
    )


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
