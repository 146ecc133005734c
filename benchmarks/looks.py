"""What it costs that every look is written down, and how long verifying the log takes.

    python -m benchmarks.looks [--entries 1000000]

In a home that is thrown away. Prints one JSON line per figure: p50 and p95 in milliseconds of
writing down an answer about 1 and about 50 customers (as the card and a page of the list do),
bytes an entry, seconds to verify all entries and MB of memory that takes, and seconds to cut off
the first half.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TIMED = 2_000


def _say(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit}), flush=True)


def _times(people: int, count: int) -> None:
    """Write `count` answers about so many customers each, and tell p50 and p95."""
    from klantbeeld.core import looks
    from klantbeeld.core.actor import Actor

    anna = Actor("Anna", "service", "service", 1, "web")
    taken = []
    for n in range(count):
        begun = time.perf_counter()
        with looks.gathering():
            looks.at(anna, "card" if people == 1 else "list", range(n, n + people))
        taken.append((time.perf_counter() - begun) * 1_000)
    taken.sort()
    _say(f"log_{people}_p50", taken[len(taken) // 2], "ms")
    _say(f"log_{people}_p95", taken[int(len(taken) * 0.95)], "ms")


def _fill(count: int) -> None:
    """A log of so many entries: of every ten nine about one customer, one about ten."""
    from klantbeeld.core import anchors, ledger
    from klantbeeld.core.actor import Actor
    from klantbeeld.core.ledger import Look

    anna = Actor("Anna", "service", "service", 1, "web")
    for start in range(0, count, 1_000):
        ledger.append(
            [
                Look(anna, "read", "list" if n % 10 == 0 else "card",
                     tuple(range(n, n + 10)) if n % 10 == 0 else (n,))
                for n in range(start, min(start + 1_000, count))
            ]
        )  # fmt: skip
        if start % 20_000 == 0:
            anchors.settle()


def main() -> None:
    """Fill a log, verify it and cut it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="klantbeeld-looks-") as home:
        os.environ.update(KLANTBEELD_HOME=home, DJANGO_SETTINGS_MODULE="klantbeeld.settings")
        os.environ.pop("KLANTBEELD_DATABASE_URL", None)
        import django

        django.setup()
        from klantbeeld.core import anchors, cutting, ledger, startup, verifying
        from klantbeeld.core.actor import system_actor
        from klantbeeld.core.models import AuditAnchor

        startup.prepare_database(None)
        _fill(asked.entries)
        _times(1, TIMED)
        _times(50, TIMED)
        anchors.settle()
        _say("bytes_an_entry", ledger.path().stat().st_size / (asked.entries + 2 * TIMED), "bytes")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        found = verifying.findings()
        _say("verify", time.perf_counter() - begun, "s")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        _say("verify_memory", grown / 1024, "MB")
        _say("findings", len(found), "entries")
        middle = AuditAnchor.objects.filter(seq__lte=asked.entries // 2).latest("seq").at
        begun = time.perf_counter()
        gone = cutting.cut(system_actor("job"), middle + 1)
        _say("cut", time.perf_counter() - begun, "s")
        _say("cut_entries", gone, "entries")
        _say("findings_after_cut", len(verifying.findings()), "entries")


if __name__ == "__main__":
    main()
