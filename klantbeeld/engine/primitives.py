"""Operations that narwhals lacks on one engine or the other.

Each has a name here and one body in `on_polars.py` and `on_spark.py`. All of them return lazy
frames in no particular row order; ties are always settled by columns that the caller names.
"""

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from klantbeeld.engine.bodies import Frame, body_of
from klantbeeld.engine.errors import EngineError
from klantbeeld.engine.patterns import Pattern


def collect(frame: Frame) -> pl.DataFrame:
    """Compute a lazy frame and bring its rows here; Polars in streaming mode, Spark by Arrow."""
    return body_of(frame).collect(frame)


def asof(left: Frame, right: Frame, key: str, at: str, tie: Sequence[str] = ()) -> Frame:
    """Each row of `left` with the latest row of `right` of the same key, at or before it.

    `at` is an integer column of both (µs or days). Of right rows at the same time the last by
    `tie` counts. Returns the columns of left, `<at>_right`, and the other columns of right
    (with `_right` behind names that left has too); all null where nothing came before.
    """
    _must_have(left, key, at)
    _must_have(right, key, at, *tie)
    ours, theirs = list(left.collect_schema()), list(right.collect_schema())
    others = [f"{c}_right" if c in ours else c for c in theirs if c not in (key, at)]
    joined = body_of(left, right).asof(left, right, key, at, tie)
    return joined.select(*ours, f"{at}_right", *others)


def sequence(
    events: Frame,
    pattern: Pattern,
    key: str = "customer",
    order: Sequence[str] = ("at", "interaction"),
    kind: str = "kind",
    day: str = "day",
) -> Frame:
    """Which keys did A, then within d days B, without C in between?

    `order` puts a key's events in order, its first column being their time; together they
    must be unique within a key. `day` is an integer day. Returns (key, first_at, then_at): the
    earliest B that completes the pattern and the A that it follows, one row per key. It is
    enough to look at the last A before each B: if an earlier A would do, the last one does.
    Events without key, time or day are left out.
    """
    _must_have(events, key, kind, day, *order)
    telling = (
        events.filter(nw.col(kind).is_in(pattern.kinds))
        .select(*dict.fromkeys((key, *order, kind, day)))
        .drop_nulls([key, order[0], day])
    )
    return body_of(events).sequence(telling, pattern, key, order, kind, day)


def ntile(
    frame: Frame,
    n: int,
    order_by: Sequence[str],
    by: Sequence[str] = (),
    descending: bool = False,
    name: str = "ntile",
) -> Frame:
    """Divide the rows (of each `by`) over n buckets of equal size, 1 to n, in the given order.

    As NTILE in SQL: where it does not divide evenly the first buckets hold one row more. The
    columns of `order_by` together must be unique (within `by`); nulls come first. Adds the
    Int32 column `name`.
    """
    if n < 1:
        raise ValueError("ntile needs at least one bucket")
    _must_have(frame, *order_by, *by)
    return body_of(frame).ntile(frame, n, order_by, by, descending, name)


def month(frame: Frame, day: str = "day", name: str = "month") -> Frame:
    """Adds the Int32 column `name`: months since January 1970 of the integer day column `day`."""
    _must_have(frame, day)
    return body_of(frame).month(frame, day, name)


def _must_have(frame: Frame, *columns: str) -> None:
    missing = [column for column in columns if column not in frame.collect_schema()]
    if missing:
        raise EngineError(f"The frame has no column '{missing[0]}'")
