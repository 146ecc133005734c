"""The standing run: customers and interactions from files to cards, and the server's answers.

    python benchmarks/standing.py --customers 1000000 --interactions 10000000 --home DIR

Makes two CSV files of invented customers (seeded), imports them as any user would, and prints
rows per CPU second and per second of clock for each stage, peak memory, and then p50 and p95 of
card, search and list on the filled database.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

FIRST = [
    "Anna",
    "Bram",
    "Carlijn",
    "Daan",
    "Emma",
    "Fleur",
    "Guus",
    "Hanna",
    "Iris",
    "Jan",
    "Kees",
    "Lotte",
    "Maria",
    "Noor",
    "Olaf",
    "Piet",
]
LAST = "de Jong|Jansen|de Vries|van den Berg|Bakker|van Dijk|Visser|Smit|Meijer|de Boer|Mulder|Bos"
STREETS = [
    "Dorpsstraat",
    "Kerkweg",
    "Molenlaan",
    "Stationsplein",
    "Lindelaan",
    "Havenkade",
    "Schoolstraat",
]
CITIES = ["Utrecht", "Amersfoort", "Zwolle", "Arnhem", "Breda", "Leiden", "Haarlem", "Deventer"]
KINDS = ["sent", "opened", "clicked", "page_view", "product_view", "search", "login"]


def make_files(folder: Path, customers: int, interactions: int, seed: int = 1) -> tuple[Path, Path]:
    """klanten.csv and gebeurtenissen.csv in `folder`, made once."""
    folder.mkdir(parents=True, exist_ok=True)
    people, events = folder / "klanten.csv", folder / "gebeurtenissen.csv"
    if not people.exists():
        _customers(customers, seed).write_csv(people, separator=";")
    if not events.exists():
        with events.open("wb") as file:
            for n, start in enumerate(range(0, interactions, 1_000_000)):
                rows = min(1_000_000, interactions - start)
                part = _events(customers, rows, start, seed + n)
                part.write_csv(file, separator=";", include_header=start == 0)
    return people, events


def _pick(random: np.random.Generator, words: list[str], count: int) -> list[str]:
    return np.array(words, dtype=object)[random.integers(0, len(words), count)].tolist()


def _customers(count: int, seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    letters = [a + b for a in "ABCDEGHJKL" for b in "BCEGHKLN" if a + b not in ("SA", "SD", "SS")]
    numbers = np.arange(count)
    born = random.integers(-14_000, 13_000, count)
    last = [
        f"{name}{'' if n % 3 else 's'}"
        for n, name in enumerate(_pick(random, LAST.split("|"), count))
    ]
    return pl.DataFrame(
        {
            "Klantnummer": [f"K{n:08d}" for n in numbers],
            "Voornaam": _pick(random, FIRST, count),
            "Achternaam": last,
            "Straat": _pick(random, STREETS, count),
            "Huisnummer": random.integers(1, 400, count),
            "Postcode": [
                f"{p} {s}"
                for p, s in zip(
                    random.integers(1000, 9999, count), _pick(random, letters, count), strict=True
                )
            ],
            "Woonplaats": _pick(random, CITIES, count),
            "Telefoon": [f"0970{n:08d}" for n in numbers],
            "E-mail": [f"klant{n}@example.nl" for n in numbers],
            "Geboortedatum": pl.Series(born.astype(np.int32)).cast(pl.Date).dt.strftime("%d-%m-%Y"),
            "Nieuwsbrief": _pick(random, ["ja", "nee", ""], count),
        }
    )


def _events(customers: int, count: int, start: int, seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    at = np.sort(random.integers(1_600_000_000, 1_760_000_000, count))
    return pl.DataFrame(
        {
            "Gebeurtenisnummer": [f"E{start + n:09d}" for n in range(count)],
            "Klantnummer": [f"K{n:08d}" for n in random.integers(0, customers, count)],
            "Tijdstip": pl.Series(at * 1_000_000)
            .cast(pl.Datetime("us"))
            .dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Soort": _pick(random, KINDS, count),
            "Onderwerp": _pick(random, ["e-bikes", "onderhoud", "aanbieding", "nieuws"], count),
        }
    )


class Stopwatch:
    """Clock and CPU seconds per stage of an import, from its progress."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.clock: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.last = (time.perf_counter(), time.process_time())

    def __call__(self, stage: str, rows: int) -> None:
        now = (time.perf_counter(), time.process_time())
        self.rows[stage] = self.rows.get(stage, 0) + rows
        self.clock[stage] = self.clock.get(stage, 0.0) + now[0] - self.last[0]
        self.cpu[stage] = self.cpu.get(stage, 0.0) + now[1] - self.last[1]
        self.last = now

    def show(self) -> None:
        """One line a stage."""
        for stage, rows in self.rows.items():
            clock, cpu = self.clock[stage], self.cpu[stage]
            rate = rows / clock if clock else 0
            print(
                f"{stage:32} {rows:>12,} rows {clock:8.1f} s {cpu:8.1f} cpu s {rate:>12,.0f} rows/s"
            )


def _percentiles(call, times: int) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1_000)
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95) - 1]


def main() -> None:
    """Run everything; see the module's text."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--home", type=Path, required=True)
    given = parser.parse_args()
    os.environ["KLANTBEELD_HOME"] = str(given.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline.actions import import_paths

    call_command("migrate", verbosity=0)
    actor = system_actor()
    files = make_files(
        given.home.with_name(given.home.name + "-files"), given.customers, given.interactions
    )
    for path in files:
        watch = Stopwatch()
        report = import_paths(actor, [path], source="standing", progress=watch)
        print(
            path.name,
            {
                k: v
                for k, v in report.as_json().items()
                if k.startswith("rows") or k in ("customers", "seconds")
            },
        )
        watch.show()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    print(f"peak memory {peak:.2f} GB", file=sys.stderr)
    print(f"peak memory {peak:.2f} GB")


if __name__ == "__main__":
    main()
