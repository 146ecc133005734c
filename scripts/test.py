"""Runs the tests on SQLite and on PostgreSQL, both at once, and closes with one line of counts.

    python scripts/test.py [--sqlite | --postgresql] [pytest's own arguments]

Tests that touch the database run on both, but for those marked `look` (the same screens in one
more language, theme or width) and `alike`, which no database changes; of the journeys in a browser
those marked `both` do. PostgreSQL is a throw-away server of this run, started as an ordinary user
in a temporary folder; without it its tests are skipped by name.

A few failures are tried once more when all else is done, each run by itself: a browser on a loaded
machine is sometimes late. What passes then is named, never passed over in silence; what fails again
fails the run.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from throwaway_postgresql import NoServer, serving

ROOT = Path(__file__).resolve().parent.parent


# More than this is no late browser.
MOST_TRIED_AGAIN = 5
# Somebody looks on, or wants to know the first failure.
ONE_AFTER_THE_OTHER = ("-x", "--exitfirst", "--pdb", "-s", "--trace")
Counts = dict[str, Any]
running: list[subprocess.Popen[bytes]] = []


def again(title: str, first: Counts, arguments: list[str], url: str) -> Counts:
    """A few failures once more; counts, what failed (`nodes`) and what was late."""
    failed = first["nodes"]
    if not 0 < len(failed) <= MOST_TRIED_AGAIN:
        return {**first, "late": []}
    options = [a for a in arguments if not Path(ROOT, a.split("::")[0]).exists()]
    alone = [*options, "-n", "0", *failed]
    second = Run(f"{title}, what failed, alone", alone, url).counts()
    late = [node for node in failed if node not in second["nodes"]]
    if second["passed"] != len(late):  # The second run broke off: nothing is known.
        late = []
    return {
        "passed": first["passed"] + len(late),
        "failed": first["failed"] - len(late),
        "skipped": first["skipped"],
        "nodes": [node for node in failed if node not in late],
        "late": late,
    }


class Run:
    """One pytest run, begun when it is made; one that is kept quiet is shown when it has ended."""

    def __init__(self, title: str, arguments: list[str], url: str, is_quiet: bool = False) -> None:
        self.title = title
        self.folder = tempfile.TemporaryDirectory(prefix="klantbeeld-tally-")
        self.tally = Path(self.folder.name, "tally.json")
        self.shown = Path(self.folder.name, "shown.txt")
        # Hundreds of commands are started: none of them should compile what another compiled.
        unset = ("KLANTBEELD_DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
        environment = {k: v for k, v in os.environ.items() if k not in unset}
        if url:
            environment["KLANTBEELD_DATABASE_URL"] = url
            # Whatever threads can do to a result, the same tests meet on SQLite: on frames of a few
            # rows handing work from thread to thread is a seventh of all time.
            environment.setdefault("POLARS_MAX_THREADS", "1")
        command = [sys.executable, "-m", "pytest", "-rsfE", "--tally", str(self.tally), *arguments]
        if not is_quiet:
            print(f"\n== {title} ==", flush=True)
        self.started = time.monotonic()
        with self.shown.open("wb") as shown:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=shown if is_quiet else None
            )
        running.append(self.process)

    def counts(self) -> Counts:
        """Waits for the end; its counts. A run that ends without counts is itself a failure."""
        code = self.process.wait()
        if told := self.shown.read_text(encoding="utf-8", errors="replace"):
            print(f"\n== {self.title} ==\n{told}", flush=True)
        print(f"{self.title}: {time.monotonic() - self.started:.0f} s", flush=True)
        counts: Counts = {"passed": 0, "failed": 1, "skipped": 0, "nodes": []}
        if self.tally.exists():
            counts = json.loads(self.tally.read_text(encoding="utf-8"))
            # 5: nothing was selected, right when a folder has no tests that touch the database.
            if code not in (0, 5) and not counts["failed"]:
                counts["failed"] = 1
        self.folder.cleanup()
        return counts


def databases(only: set[str], arguments: list[str], held: ExitStack) -> list[tuple[str, Any, str]]:
    """Title, arguments and address of each run. The server serves as long as `held` lasts."""
    found = []
    if "--postgresql" not in only:
        found.append(("SQLite", arguments, ""))
    if "--sqlite" not in only:
        asked = ["--database-only", *arguments]
        try:
            found.append(("PostgreSQL", asked, held.enter_context(serving())))
        except NoServer as reason:
            asked += ["--database-absent", str(reason)]
            found.append(("PostgreSQL (absent)", asked, ""))
    return found


def main(arguments: list[str]) -> int:
    """Run what is asked; exit code 0 only when something passed and nothing failed."""
    # Told to stop, it still stops the server it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    only = {a for a in arguments if a in ("--sqlite", "--postgresql")}
    rest = [a for a in arguments if a not in only]
    if not any(a.startswith(("-n", "-x", "--pdb")) for a in rest):
        rest = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "worksteal", *rest]
    with ExitStack() as held:
        asked = databases(only, rest, held)
        held.callback(stop)
        if any(a.startswith(ONE_AFTER_THE_OTHER) for a in rest):
            firsts = [Run(*one).counts() for one in asked]
        else:
            # One fills the pauses of the other: for a browser, a server, a child that it started.
            runs = [Run(*one, is_quiet=nth > 0) for nth, one in enumerate(asked)]
            firsts = [one.counts() for one in runs]
        results = [again(one[0], first, *one[1:]) for one, first in zip(asked, firsts, strict=True)]
    total = {k: sum(r[k] for r in results) for k in ("passed", "failed", "skipped")}
    for result in results:
        for node in result["nodes"]:
            print(f"FAILED {node}")
        for node in result["late"]:
            print(f"PASSED AT THE SECOND TRY, ALONE {node}")
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 0 if total["passed"] and not total["failed"] else 1


def stop() -> None:
    """End what still runs."""
    for process in running:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
