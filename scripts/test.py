"""Runs the tests on SQLite and on PostgreSQL and closes with one line of counts.

    python scripts/test.py [--sqlite | --postgresql] [pytest's own arguments]

Tests that touch the database run on both, but for those marked `look` (the same screens in one
more language, theme or width) and `alike`, which no database changes; of the journeys in a browser
those marked `both` do. PostgreSQL is a throw-away server of this run, started as an ordinary user
in a temporary folder; without it its tests are skipped by name.

A few failures are tried once more, each run by itself: a browser on a loaded machine is sometimes
late. What passes then is named, never passed over in silence; what fails again fails the run.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from throwaway_postgresql import NoServer, serving

ROOT = Path(__file__).resolve().parent.parent


# More than this is no late browser.
MOST_TRIED_AGAIN = 5
Counts = dict[str, Any]


def run(title: str, arguments: list[str], url: str) -> Counts:
    """The tests, and a few failures once more; counts, what failed (`nodes`) and what was late."""
    first = once(title, arguments, url)
    failed = first["nodes"]
    if not 0 < len(failed) <= MOST_TRIED_AGAIN:
        return {**first, "late": []}
    options = [a for a in arguments if not Path(ROOT, a.split("::")[0]).exists()]
    second = once(f"{title}, what failed, alone", [*options, "-n", "0", *failed], url)
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


def once(title: str, arguments: list[str], url: str) -> Counts:
    """One pytest run; its counts. A run that ends without counts is itself a failure."""
    print(f"\n== {title} ==", flush=True)
    # Hundreds of commands are started: none of them should compile what another compiled.
    unset = ("KLANTBEELD_DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
    environment = {k: v for k, v in os.environ.items() if k not in unset}
    if url:
        environment["KLANTBEELD_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="klantbeeld-tally-") as folder:
        tally = Path(folder, "tally.json")
        command = [sys.executable, "-m", "pytest", "-rsfE", "--tally", str(tally), *arguments]
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        print(f"{title}: {time.monotonic() - started:.0f} s", flush=True)
        if not tally.exists():
            return {"passed": 0, "failed": 1, "skipped": 0, "nodes": []}
        counts: Counts = json.loads(tally.read_text(encoding="utf-8"))
    # 5: nothing was selected, which is right when a folder has no tests that touch the database.
    if code not in (0, 5) and not counts["failed"]:
        counts["failed"] = 1
    return counts


def run_on_postgresql(arguments: list[str]) -> Counts:
    """The tests that touch the database, on PostgreSQL, or skipped by name without one."""
    try:
        with serving() as url:
            return run("PostgreSQL", ["--database-only", *arguments], url)
    except NoServer as reason:
        absent = ["--database-only", "--database-absent", str(reason)]
        return run("PostgreSQL (absent)", [*absent, *arguments], "")


def main(arguments: list[str]) -> int:
    """Run what is asked; exit code 0 only when something passed and nothing failed."""
    # Told to stop, it still stops the server it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    only = {a for a in arguments if a in ("--sqlite", "--postgresql")}
    rest = [a for a in arguments if a not in only]
    if not any(a.startswith(("-n", "-x", "--pdb")) for a in rest):
        rest = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "worksteal", *rest]
    results = []
    if "--postgresql" not in only:
        results.append(run("SQLite", rest, ""))
    if "--sqlite" not in only:
        results.append(run_on_postgresql(rest))
    total = {k: sum(r[k] for r in results) for k in ("passed", "failed", "skipped")}
    for result in results:
        for node in result["nodes"]:
            print(f"FAILED {node}")
        for node in result["late"]:
            print(f"PASSED AT THE SECOND TRY, ALONE {node}")
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 0 if total["passed"] and not total["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
