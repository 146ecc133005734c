"""What it costs that every look is written down, and how long verifying the log takes.

    python -m benchmarks.looks [--entries 100000]

In a home that is thrown away. Prints one JSON line per figure: p50 and p95 in milliseconds of
writing down an answer about 1 and about 50 customers (as the card and a page of the list do),
bytes an entry, and seconds to verify all entries.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


def main() -> None:
    """Fill a log and verify it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="klantbeeld-looks-") as home:
        os.environ.update(KLANTBEELD_HOME=home, DJANGO_SETTINGS_MODULE="klantbeeld.settings")
        os.environ.pop("KLANTBEELD_DATABASE_URL", None)
        import django

        django.setup()
        from klantbeeld.core import anchors, ledger, startup

        startup.prepare_database(None)
        _times(1, asked.entries * 9 // 10)
        _times(50, asked.entries // 10)
        anchors.settle()
        _say("bytes_an_entry", ledger.path().stat().st_size / asked.entries, "bytes")
        begun = time.perf_counter()
        found = anchors.findings()
        _say("verify", time.perf_counter() - begun, "s")
        _say("findings", len(found), "entries")


if __name__ == "__main__":
    main()
