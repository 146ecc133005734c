"""Spark, fetched only when asked for: the extra `klantbeeld[spark]`, Java 17 or later."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from klantbeeld.engine.errors import SparkMissing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MINIMUM = (4, 1)

# What a session of our own gets: this machine only, nothing that listens to the outside.
LOCAL: Mapping[str, str] = {
    "spark.master": "local[*]",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
}


def session(settings: Mapping[str, str] | None = None) -> "SparkSession":
    """The running Spark session, or a new one on this machine.

    For a cluster make your own session first, as its documentation tells; it is used as it
    is. `settings` are Spark's own, laid over LOCAL, and count for a new session only. Raises
    SparkMissing when PySpark is not installed or too old, or when Java does not start.
    """
    sql = _module("pyspark.sql")
    active: SparkSession | None = sql.SparkSession.getActiveSession()
    if active is not None:
        return active
    builder = sql.SparkSession.builder.appName("klantbeeld")
    for name, value in {**LOCAL, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        created: SparkSession = builder.getOrCreate()
    except (_module("pyspark.errors").PySparkException, OSError) as error:
        raise SparkMissing(
            f"Spark does not start ({error}). It needs Java 17 or later: install it and let "
            "JAVA_HOME point at it, or use engine='polars'."
        ) from error
    return created


def functions() -> Any:
    """`pyspark.sql.functions`."""
    return _module("pyspark.sql.functions")


def types() -> Any:
    """`pyspark.sql.types`."""
    return _module("pyspark.sql.types")


def window() -> Any:
    """`pyspark.sql.Window`."""
    return _module("pyspark.sql").Window


def _module(name: str) -> Any:
    try:
        import pyarrow  # noqa: F401 - carries results from Spark to Polars
        import pyspark
    except ImportError as error:
        raise SparkMissing(
            "engine='spark' needs PySpark: pip install 'klantbeeld[spark]', or use engine='polars'."
        ) from error
    if tuple(int(part) for part in pyspark.__version__.split(".")[:2]) < MINIMUM:
        raise SparkMissing(
            f"PySpark {pyspark.__version__} is too old, it must be {MINIMUM[0]}.{MINIMUM[1]} or "
            "later: pip install --upgrade 'klantbeeld[spark]'."
        )
    return import_module(name)
