"""The Spark body of every primitive; `on_polars.py` holds the other one, name for name.

PySpark is imported inside the functions only: the extra `klantbeeld[spark]` brings it.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from klantbeeld.engine.patterns import Pattern
from klantbeeld.engine.spark import functions, session, types, window

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

Frame = nw.LazyFrame[Any]

_GLOB = re.compile(r"([\\\[\]{}*?])")


def scan(paths: Sequence[Path], schema: Mapping[str, pl.DataType]) -> Frame:
    spark_schema = _schema(schema)
    if not paths:
        return nw.from_native(session().createDataFrame([], spark_schema))
    # Spark reads a path as a pattern, and Windows' backslash as an escape.
    plain = [_GLOB.sub(r"\\\1", path.as_posix()) for path in paths]
    return nw.from_native(session().read.schema(spark_schema).parquet(*plain))


def collect(frame: Frame) -> pl.DataFrame:
    rows: pl.DataFrame = frame.collect("polars").to_native()
    return rows


def asof(left: Frame, right: Frame, key: str, at: str, tie: Sequence[str]) -> Frame:
    F = functions()  # noqa: N806 - PySpark's own name for it
    ours: DataFrame = left.to_native()
    theirs: DataFrame = right.to_native().where(F.col(at).isNotNull())
    others = [column for column in theirs.columns if column not in (key, at)]
    names = {column: f"{column}_right" if column in ours.columns else column for column in others}
    # Both sides in one list per key, the right ones first at equal times; each left row then
    # takes the last right row above it. One shuffle, no range join.
    columns = [F.col(at).alias(f"{at}_right"), *(F.col(c).alias(names[c]) for c in others)]
    below = ours.select(
        F.col(key).alias("_key"),
        F.col(at).alias("_at"),
        F.lit(1).alias("_side"),
        F.struct(*ours.columns).alias("_left"),
    )
    above = theirs.select(
        F.col(key).alias("_key"),
        F.col(at).alias("_at"),
        F.lit(0).alias("_side"),
        F.struct(*columns).alias("_right"),
        *(F.col(column).alias(f"_tie{i}") for i, column in enumerate(tie)),
    )
    ties = [f"_tie{i}" for i in range(len(tie))]
    seen = _until_now("_key", ["_at", "_side", *ties])
    joined = (
        below.unionByName(above, allowMissingColumns=True)
        .withColumn("_right", F.last("_right", ignorenulls=True).over(seen))
        .where("_side = 1")
    )
    # A null key or time matches nothing, as in any join.
    found = F.when(F.col("_key").isNotNull() & F.col("_at").isNotNull(), F.col("_right"))
    return nw.from_native(joined.withColumn("_right", found).select("_left.*", "_right.*"))


def sequence(
    events: Frame, pattern: Pattern, key: str, order: Sequence[str], kind: str, day: str
) -> Frame:
    F = functions()  # noqa: N806
    is_first = F.col(kind).isin(list(pattern.first))
    before = _before_now(key, order)

    def last_seen(condition: "Column", column: "Column") -> "Column":
        seen: Column = F.last(F.when(condition, column), ignorenulls=True).over(before)
        return seen

    native: DataFrame = events.to_native()
    rows = native.withColumn("_row", F.row_number().over(_window(key, order)))
    rows = rows.withColumns(
        {
            "_first": last_seen(is_first, F.col("_row")),
            "_first_at": last_seen(is_first, F.col(order[0])),
            "_first_day": last_seen(is_first, F.col(day)),
            "_without": last_seen(F.col(kind).isin(list(pattern.without)), F.col("_row")),
        }
    )
    found = rows.where(
        F.col(kind).isin(list(pattern.then))
        & F.col("_first").isNotNull()
        & (F.col(day) - F.col("_first_day") <= pattern.days)
        & (F.col("_without").isNull() | (F.col("_without") <= F.col("_first")))
    )
    return nw.from_native(
        found.groupBy(key).agg(
            F.min("_first_at").alias("first_at"), F.min(order[0]).alias("then_at")
        )
    )


def ntile(
    frame: Frame, n: int, order_by: Sequence[str], by: Sequence[str], descending: bool, name: str
) -> Frame:
    F = functions()  # noqa: N806
    # Nulls as Polars sorts them: first in either direction.
    direction = F.desc_nulls_first if descending else F.asc_nulls_first
    groups = by or [F.lit(1)]
    ordered = window().partitionBy(*groups).orderBy(*(direction(column) for column in order_by))
    native: DataFrame = frame.to_native()
    return nw.from_native(native.withColumn(name, F.ntile(n).over(ordered)))


def month(frame: Frame, day: str, name: str) -> Frame:
    F = functions()  # noqa: N806
    moment = F.date_from_unix_date(F.col(day).cast("int"))
    native: DataFrame = frame.to_native()
    return nw.from_native(
        native.withColumn(name, (F.year(moment) - 1970) * 12 + F.month(moment) - 1)
    )


def _window(key: str, order: Sequence[str]) -> Any:
    F = functions()  # noqa: N806
    return window().partitionBy(key).orderBy(*(F.asc_nulls_first(column) for column in order))


def _until_now(key: str, order: Sequence[str]) -> Any:
    return _window(key, order).rowsBetween(window().unboundedPreceding, 0)


def _before_now(key: str, order: Sequence[str]) -> Any:
    return _window(key, order).rowsBetween(window().unboundedPreceding, -1)


def _schema(schema: Mapping[str, pl.DataType]) -> Any:
    spark = types()
    names = {
        "Int8": spark.ByteType,
        "Int16": spark.ShortType,
        "Int32": spark.IntegerType,
        "Int64": spark.LongType,
        "Float64": spark.DoubleType,
        "Boolean": spark.BooleanType,
        "String": spark.StringType,
    }
    fields = [spark.StructField(name, names[str(dtype)]()) for name, dtype in schema.items()]
    return spark.StructType(fields)
