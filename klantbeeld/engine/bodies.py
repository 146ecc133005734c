"""Which engine a frame is on: the only place in the house that asks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import narwhals as nw
import polars as pl

from klantbeeld.engine import on_polars, on_spark
from klantbeeld.engine.errors import EngineError
from klantbeeld.engine.patterns import Pattern

Frame = nw.LazyFrame[Any]
EngineName = Literal["polars", "spark"]


class Body(Protocol):
    """What a module has to offer to be an engine; see `primitives.py` for the meanings."""

    def scan(self, paths: Sequence[Path], schema: Mapping[str, pl.DataType]) -> Frame: ...

    def collect(self, frame: Frame) -> pl.DataFrame: ...

    def asof(self, left: Frame, right: Frame, key: str, at: str, tie: Sequence[str]) -> Frame: ...

    def sequence(
        self,
        events: Frame,
        pattern: Pattern,
        key: str,
        order: Sequence[str],
        kind: str,
        day: str,
    ) -> Frame: ...

    def ntile(
        self,
        frame: Frame,
        n: int,
        order_by: Sequence[str],
        by: Sequence[str],
        descending: bool,
        name: str,
    ) -> Frame: ...

    def month(self, frame: Frame, day: str, name: str) -> Frame: ...


BODIES: Mapping[str, Body] = {"polars": on_polars, "spark": on_spark}


def body_of(*frames: Frame) -> Body:
    """The engine that all these frames are on; raises EngineError when there is none."""
    names = {_name(frame) for frame in frames}
    if len(names) > 1:
        raise EngineError("These frames are on different engines; read them with the same one")
    return BODIES[names.pop()]


def _name(frame: Frame) -> EngineName:
    implementation = frame.implementation
    if implementation.is_polars():
        return "polars"
    if implementation.is_pyspark() or implementation.is_pyspark_connect():
        return "spark"
    raise EngineError(f"No engine for a frame of {implementation}; use Polars (lazy) or PySpark")
