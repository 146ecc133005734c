"""Engine: Polars or Spark over Parquet, through narwhals."""

from klantbeeld.engine.days import YEAR, date_of, day_of, month_of, weekday
from klantbeeld.engine.errors import (
    EngineError,
    NoCopy,
    RebuildNeeded,
    SchemaError,
    SparkMissing,
    StoreBusy,
)
from klantbeeld.engine.latest import Latest
from klantbeeld.engine.manifest import PARTITIONS, Manifest, Watermark
from klantbeeld.engine.patterns import Pattern
from klantbeeld.engine.primitives import asof, collect, month, ntile, sequence
from klantbeeld.engine.reading import Result, read, register_filter
from klantbeeld.engine.store import Store

__all__ = [
    "PARTITIONS",
    "YEAR",
    "EngineError",
    "Latest",
    "Manifest",
    "NoCopy",
    "Pattern",
    "RebuildNeeded",
    "Result",
    "SchemaError",
    "SparkMissing",
    "Store",
    "StoreBusy",
    "Watermark",
    "asof",
    "collect",
    "date_of",
    "day_of",
    "month",
    "month_of",
    "ntile",
    "read",
    "register_filter",
    "sequence",
    "weekday",
]
