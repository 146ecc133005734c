"""Erases 1,000 of 100,000 customers among eight writers and kills; then one of 5 M interactions.

    python -m benchmarks.erasure [--customers 100000] [--leaving 1000] [--interactions 5000000]

Canaries stand in every personal column, in texts, attachments, quarantine, queue, index, columnar
copy and three backups; the search first finds them. Each of those who go has ten who look alike
and stay. Afterwards, after importing the files again and after restoring each backup: nothing is
found, and the checksum of everybody else is what it was. Anything else ends in an assertion.
Prints a JSON line for each part. KLANTBEELD_DATABASE_URL may name an empty PostgreSQL database.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.erasure.company import Size
from benchmarks.erasure.trial import ROOT, House, Trial


def house(home: Path) -> House:
    """A migrated installation in a folder."""
    environment = {**os.environ, "KLANTBEELD_HOME": str(home), "PYTHONPATH": str(ROOT)}
    made = House(home, environment)
    subprocess.run([sys.executable, "-m", "klantbeeld", "migrate"], env=environment, check=True,
                   capture_output=True)  # fmt: skip
    return made


def main() -> None:
    """Both parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--leaving", type=int, default=1_000)
    parser.add_argument("--interactions", type=int, default=5_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="klantbeeld-erasure-") as folder:
        if given.leaving:
            trial = Trial(house(Path(folder, "many")), Path(folder, "trial"),
                          Size(given.customers, given.leaving), birds=10)  # fmt: skip
            print(json.dumps({"figure": "many", **trial.run()}), flush=True)
        if given.interactions:
            made = house(Path(folder, "one"))
            subprocess.run(
                [sys.executable, "-m", "benchmarks.erasure.one", str(given.customers),
                 str(given.interactions)], env=made.environment, cwd=ROOT, check=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
