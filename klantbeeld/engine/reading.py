"""The one way to read the copy: current state, row filters, watermark."""

import weakref
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType

from klantbeeld.engine.bodies import BODIES, EngineName, Frame
from klantbeeld.engine.manifest import Watermark
from klantbeeld.engine.store import Snapshot, Store

RowFilter = Callable[[Frame], Frame]

_filters: defaultdict[str, list[RowFilter]] = defaultdict(list)


def register_filter(table: str, row_filter: RowFilter) -> None:
    """Let every read of `table` pass through `row_filter`, which leaves rows out.

    It gets the lazy frame with all columns of the table and returns it with the same columns;
    it is called at each read, so what it leaves out may change from one to the next. Meant
    for an app's `ready()`; registering the same function again changes nothing.
    """
    if row_filter not in _filters[table]:
        _filters[table].append(row_filter)


class Result:
    """A table as it was at one position of the change log: `frame` to compute with.

    While the Result lives its files stay on the disk, whatever is refreshed meanwhile. Keep
    it (best with `with`) until what you made of `frame` is collected.
    """

    def __init__(self, frame: Frame, snapshot: Snapshot) -> None:
        self.frame = frame
        self.watermark: Watermark = snapshot.manifest.watermark
        self._release = weakref.finalize(self, snapshot.lease.release)

    @property
    def as_of(self) -> datetime:
        """The moment whose state of the database this is."""
        return self.watermark.as_of

    def close(self) -> None:
        """Let go of the files; `frame` must not be collected any more."""
        self._release()

    def __enter__(self) -> "Result":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read(
    store: Store,
    table: str,
    engine: EngineName = "polars",
    columns: Sequence[str] | None = None,
) -> Result:
    """The copy of `table` on one engine, without the rows that its filters leave out.

    `columns` None is all of them. Raises RebuildNeeded (no copy, damage, other format),
    SparkMissing, ValueError for an unknown engine or column.
    """
    if engine not in BODIES:
        raise ValueError(f"Unknown engine '{engine}': use {' or '.join(BODIES)}")
    snapshot = store.snapshot(table)
    try:
        schema = snapshot.manifest.polars_schema()
        unknown = [column for column in columns or () if column not in schema]
        if unknown:
            raise ValueError(f"Table '{table}' has no column '{unknown[0]}'")
        frame = BODIES[engine].scan(snapshot.paths, schema)
        for row_filter in _filters[table]:
            frame = row_filter(frame)
        return Result(frame.select(*(columns or schema)), snapshot)
    except BaseException:
        snapshot.lease.release()
        raise
