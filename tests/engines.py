"""One test for every engine: the same frames and the same expected rows on Polars and Spark.

How to test a `tables.py` function of your room (narwhals lazy frames in and out):

    import polars as pl
    from klantbeeld.profiles.tables import figures
    from tests.engines import OnEngine, rows

    def test_a_return_lowers_revenue(both_engines: OnEngine) -> None:
        frames = both_engines(
            {
                "interactions": pl.DataFrame({...}, schema=INTERACTIONS),
                "memberships": pl.DataFrame({"record": [1], "customer": [7]}),
            }
        )
        found = figures(**frames, today=20_000)
        assert rows(found, "customer") == [{"customer": 7, "orders": 1, ...}]

- The fixtures come from `tests/<room>/conftest.py`, with the one line
  `from tests.engines import both_engines, engine  # noqa: F401`.
- `both_engines` runs the test twice: as `[polars]` and, marked `spark`, as `[spark]`. It takes
  name -> Polars frame, writes each to Parquet and reads it with the engine, as in production.
- `rows(frame, *sort_by)` collects to dictionaries in the order of `sort_by`, which must leave no
  ties: an engine owes nobody a row order. Give `pl.DataFrame(..., schema=...)` explicit types: a
  column of nulls has none of its own, and Parquet's must be one of `manifest.DTYPES`.
- Compare floats that were not computed alike with `pytest.approx`.
- One Spark session serves the whole run (two threads, loopback, no web page). Starting it takes
  seconds and every Spark query a tenth or more, so put many cases in one frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from klantbeeld.engine import collect
from klantbeeld.engine.bodies import BODIES
from klantbeeld.engine.spark import session

Frame = nw.LazyFrame[Any]
OnEngine = Callable[[Mapping[str, pl.DataFrame]], dict[str, Frame]]

SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # It lives for a minute: not worth compiling its code to the best that can be.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
EACH = ("polars", pytest.param("spark", marks=pytest.mark.spark))


@pytest.fixture(params=EACH)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an engine that works, for `klantbeeld.engine.read(..., engine=engine)`."""
    if request.param == "spark":
        if find_spec("pyspark") is None:
            pytest.skip("PySpark is not installed (klantbeeld[spark])")
        warehouse = tmp_path_factory.getbasetemp() / "spark-warehouse"
        session({**SETTINGS, "spark.sql.warehouse.dir": str(warehouse)})
    return str(request.param)


@pytest.fixture
def both_engines(engine: str, tmp_path: Path) -> OnEngine:
    """Lays Polars frames before the engine under test, by way of Parquet."""

    def laid(frames: Mapping[str, pl.DataFrame]) -> dict[str, Frame]:
        placed = {}
        for name, data in frames.items():
            path = tmp_path / f"{name}.parquet"
            data.write_parquet(path)
            placed[name] = BODIES[engine].scan([path], data.schema)
        return placed

    return laid


def rows(frame: Frame, *sort_by: str) -> list[dict[str, Any]]:
    """The collected rows, sorted by columns that together are unique."""
    data = collect(frame)
    assert not data.select(sort_by).is_duplicated().any(), f"{sort_by} leaves ties"
    return data.sort(*sort_by).to_dicts()
