"""Progress bars of an import, on stderr and only for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from klantbeeld.commands.frame import err

# What the pipeline calls a stage, and what people read; every other stage is a table being stored.
TITLES = {
    "reading": "Reading",
    "matching": "Matching records",
    "profiles": "Building customers",
    "copied": "Refreshing the copy",
}
STORING = "Storing"
HIDDEN = frozenset({"copied"})


class Bars:
    """One bar per kind of work; called as the pipeline's `progress(stage, rows)`."""

    def __init__(self, shown: Progress) -> None:
        self.shown = shown
        self.tasks: dict[str, TaskID] = {}
        self.read = 0

    def __call__(self, stage: str, rows: int) -> None:
        """Move the stage's bar on by `rows`."""
        if stage in HIDDEN:
            return
        if stage == "reading":
            self.read += rows
        title = TITLES.get(stage, STORING)
        if title not in self.tasks:
            total = self.read if title == STORING else None
            self.tasks[title] = self.shown.add_task(title, total=total)
        task = self.tasks[title]
        self.shown.advance(task, rows)
        # A row can be stored as more than one thing: the bar then grows with it.
        state = self.shown.tasks[self.shown.task_ids.index(task)]
        if state.total is not None and state.completed > state.total:
            self.shown.update(task, total=state.completed)

    def finish(self) -> None:
        """Every bar full."""
        for task in self.shown.tasks:
            self.shown.update(
                task.id, total=max(task.completed, 1), completed=max(task.completed, 1)
            )


@contextmanager
def bars(*, quiet: bool = False) -> Iterator[Bars]:
    """Bars for as long as the work takes; `quiet`, or no terminal, draws nothing."""
    columns = (
        SpinnerColumn(), TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )  # fmt: skip
    console = err()
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as shown:
        drawn = Bars(shown)
        yield drawn
        drawn.finish()
