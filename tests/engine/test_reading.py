"""Reading: the same rows on both engines, row filters always, a clear word when Spark is absent."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from klantbeeld.engine import (
    PARTITIONS,
    SparkMissing,
    Store,
    Watermark,
    read,
    reading,
    register_filter,
)
from klantbeeld.engine.bodies import EngineName
from klantbeeld.engine.manifest import DTYPES
from tests.engines import Frame, rows

MARK = Watermark(5, datetime(2026, 1, 1, tzinfo=UTC))
DATA = pl.DataFrame(
    [
        (0, 1, None, "Zoë 'd’Arc\\\n", 0.5, True, 1),
        (1, -(2**63), 2**31 - 1, "", float("nan"), False, -128),
        (64, 2**63 - 1, -(2**31), None, None, None, None),
        (65, 0, 0, "NULL", float("-inf"), True, 127),
    ],
    schema={
        "record": pl.Int64,
        "big": pl.Int64,
        "small": pl.Int32,
        "word": pl.String,
        "number": pl.Float64,
        "flag": pl.Boolean,
        "tiny": pl.Int8,
    },
    orient="row",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "a {b} [c] *d")
    parts = {n: [DATA.filter(pl.col("record") % PARTITIONS == n)] for n in range(PARTITIONS)}
    store.refresh("things", parts, dict(DATA.schema), MARK)
    return store


@pytest.fixture
def filters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets a test register filters that are forgotten afterwards."""
    monkeypatch.setattr(reading, "_filters", type(reading._filters)(list))
    yield


def test_every_type_reads_the_same(store: Store, engine: EngineName) -> None:
    with read(store, "things", engine) as result:
        assert result.frame.collect_schema().names() == DATA.columns
        found = pl.DataFrame(rows(result.frame, "record"), schema=DATA.schema)
    assert found.equals(DATA)
    assert result.watermark == MARK
    assert {str(dtype) for dtype in DATA.dtypes} == set(DTYPES) - {"Int16"}


def test_filters_see_all_columns_and_apply_to_each_read(
    store: Store,
    engine: EngineName,
    filters: None,
) -> None:
    restricted = {64}

    def without_restricted(frame: Frame) -> Frame:
        return frame.filter(~nw.col("record").is_in(sorted(restricted)))

    def flagged(frame: Frame) -> Frame:
        return frame.filter(nw.col("flag"))

    def records() -> list[int]:
        with read(store, "things", engine, columns=["big", "record"]) as result:
            assert result.frame.collect_schema().names() == ["big", "record"]
            return [row["record"] for row in rows(result.frame, "record")]

    assert records() == [0, 1, 64, 65]
    register_filter("things", without_restricted)
    register_filter("things", without_restricted)
    assert len(reading._filters["things"]) == 1
    assert records() == [0, 1, 65]
    register_filter("others", flagged)
    restricted.add(0)
    assert records() == [1, 65]
    register_filter("things", flagged)
    assert records() == [65]


def test_empty_tables_read_alike(store: Store, engine: EngineName) -> None:
    store.refresh("none", dict.fromkeys(range(PARTITIONS), ()), dict(DATA.schema), MARK)
    with read(store, "none", engine) as result:
        assert rows(result.frame, "record") == []
        assert dict(result.frame.collect_schema()) == {
            name: getattr(nw, str(dtype)) for name, dtype in DATA.schema.items()
        }


def test_what_is_unknown_is_refused_and_leaves_no_lease(store: Store) -> None:
    with pytest.raises(ValueError, match="Unknown engine 'duckdb'"):
        read(store, "things", "duckdb")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no column 'size'"):
        read(store, "things", columns=["record", "size"])
    assert not list((store.folder / "things" / "readers").iterdir())


def test_spark_that_is_not_installed_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_spark(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "pyspark":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_spark)
    with pytest.raises(SparkMissing, match=r"pip install 'klantbeeld\[spark\]'"):
        read(store, "things", "spark")
    with read(store, "things"):  # the other engine does not mind
        pass


def test_a_spark_that_is_too_old_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    pyspark = pytest.importorskip("pyspark")
    monkeypatch.setattr(pyspark, "__version__", "3.5.1")
    with pytest.raises(SparkMissing, match=r"3\.5\.1 is too old"):
        read(store, "things", "spark")


def test_a_java_that_does_not_start_is_said(store: Store, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    code = (
        "import sys; from klantbeeld.engine import Store, SparkMissing, read\n"
        "try: read(Store(sys.argv[1]), 'things', 'spark')\n"
        "except SparkMissing as error: print(error)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(store.folder)],
        env={**os.environ, "JAVA_HOME": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "It needs Java 17 or later" in said


def test_importing_the_engine_imports_neither_spark_nor_django() -> None:
    heavy = {"pyspark", "pyarrow", "django", "pandas"}
    code = f"import klantbeeld.engine, sys; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
