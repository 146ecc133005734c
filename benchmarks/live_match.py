"""How fast one new record finds its customer among all that are stored.

    python -m benchmarks.live_match --home FOLDER [--fill 1000000] [--records 300]

FOLDER is a home that is filled and matched, of which a copy is best given: records are added to
it. An empty one can be filled with records of five invented sources (see `customers`). The new ones
are those of people who are stored, with a slip of the pen and a new e-mail address, so that there
is something to find. Prints one JSON line: milliseconds (median and p99) of scoring
(keys, candidates found, compared and scored) and of the whole match with its write, without
waiting for the disk; and how many found a customer. SQLite's log is kept short by a process of its
own meanwhile, as a server's worker does (see `klantbeeld.core.journal`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from benchmarks.customers import simulate
from klantbeeld.identity import core
from klantbeeld.identity.core.plain import plain


def told_again(data: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """What somebody says a second time: another mailbox, a letter less in the surname."""
    again = {k: v for k, v in data.items() if k not in {"customer_number", "login"}}
    again["email"] = f"nieuw{draw.randrange(10**9)}@example.org"
    surname = str(again.get("surname", "onbekend"))
    if draw.random() < 0.3 and len(surname) > 5:
        again["surname"] = surname[:3] + surname[4:]
    return again


class Clock:
    """Milliseconds of an action, by the clock and by the processor, one entry per call."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def timed(self, action: Callable[[], Any]) -> Any:
        """The action's answer."""
        wall, cpu = time.perf_counter(), time.process_time()
        answer = action()
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.cpu.append(1000 * (time.process_time() - cpu))
        return answer

    def figures(self, name: str) -> dict[str, float]:
        """Median and p99, the first tenth left out: it warms up."""
        kept = slice(len(self.wall) // 10, None)
        return {
            f"{name}_median_ms": round(float(np.median(self.wall[kept])), 3),
            f"{name}_p99_ms": round(float(np.percentile(self.wall[kept], 99)), 3),
            f"{name}_cpu_median_ms": round(float(np.median(self.cpu[kept])), 3),
            f"{name}_cpu_p99_ms": round(float(np.percentile(self.cpu[kept], 99)), 3),
        }


def scored(told: dict[str, Any], model: core.Model) -> tuple[int, float]:
    """How many stored records share a key with somebody, and the highest weight."""
    from klantbeeld.identity import matching, nearby

    row = nearby.Row(0, plain({role: told[role] for role in matching.FIELDS if role in told}))
    found = list(nearby.tied_to(row, nearby.met_by([row], model), model))
    return len(found), max((weight for _, weight, _ in found), default=0.0)


def store(told: dict[str, Any], number: int, source: int) -> int:
    """Store somebody as a new record and match it; returns the record."""
    from django.db import transaction

    from klantbeeld.core import bulk
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.models import Record
    from klantbeeld.identity import actions

    columns = (
        "id", "source_id", "key", "kind", "data", "hash", "seq", "updated_at", "created_at"
    )  # fmt: skip
    with transaction.atomic():
        record = bulk.allocate(Record, 1)
        row = (record, source, f"live-{time.time_ns()}-{number}", Record.PERSON)
        bulk.insert(Record, columns, [(*row, json.dumps(told), 0, 1, number, number)])
        actions.match_records(system_actor(), [record])
    return record


def has_joined(record: int) -> bool:
    """Whether a record's customer has others."""
    from klantbeeld.identity.models import Membership

    customer = Membership.objects.get(record=record).customer_id
    return Membership.objects.filter(customer=customer).count() > 1


def fill(count: int, seed: int) -> None:
    """Store so many invented records and match them, where nothing is stored yet."""
    from django.core.management import call_command
    from django.db import transaction

    from klantbeeld.core import bulk, clock
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.frames import json_objects
    from klantbeeld.core.models import Record, Source
    from klantbeeld.identity.actions import match_pending
    from klantbeeld.identity.models import Pending

    call_command("migrate", verbosity=0)
    if Record.objects.exists():
        return
    frame, now = simulate(count, seed).frame, clock.now_us()
    with transaction.atomic():
        sources = {
            key: Source.objects.create(key=key, name=key, created_at=now).pk
            for key in frame["source"].unique().sort()
        }
        first = bulk.allocate(Record, len(frame))
        rows = frame.select(
            pl.int_range(first, first + len(frame)).alias("id"),
            pl.col("source").replace_strict(sources, return_dtype=pl.Int64).alias("source_id"),
            pl.int_range(len(frame)).cast(pl.String).alias("key"),
            kind=pl.lit(Record.PERSON), hash=pl.lit(0), seq=pl.lit(1), updated_at=pl.lit(now),
            created_at=pl.lit(now),
        )  # fmt: skip
        told = frame.drop("source")
        bulk.insert_frame(Record, rows.with_columns(data=json_objects(told, told.columns)))
        match_pending(system_actor(), everything=True)
        bulk.empty(Pending)


def _ensure_matched_by(version: str) -> None:
    """Exit unless the links are of the model in force: those of another one tell of no arrival."""
    from klantbeeld.identity.models import Link

    known = Link.objects.order_by("pk").values_list("model_version", flat=True).first()
    if known != version:
        raise SystemExit(
            f"The records were matched by model {known}, and {version} is in force. The next"
            " import matches all of them again; or give an empty folder and --fill."
        )


def measure(records: int, seed: int) -> dict[str, Any]:
    """Score and match so many new records, one by one."""
    from django.db import connection

    from klantbeeld.core.models import Record, Source
    from klantbeeld.core.processes import settle_memory
    from klantbeeld.identity import matching

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    draw = random.Random(seed)
    people = Record.objects.filter(kind=Record.PERSON).order_by("pk")
    total = int(Record.objects.order_by("-pk").values_list("pk", flat=True)[0])
    model = matching.current_model()
    _ensure_matched_by(model.version)
    source = int(Source.objects.order_by("pk").values_list("pk", flat=True)[0])
    scoring, writing = Clock(), Clock()
    settle_memory()  # as a server process does
    partners, joined = [], 0
    for number in range(records):
        known = people.filter(pk__gte=draw.randrange(1, total)).first()
        told = told_again(known.data if known else {}, draw)
        partners.append(scoring.timed(partial(scored, told, model))[0])
        joined += has_joined(writing.timed(partial(store, told, number, source)))
    sizes = {"median": float(np.median(partners)), "p99": float(np.percentile(partners, 99))}
    return {
        "stored": total, "records": records, "partners": sizes, "joined": joined,
        **scoring.figures("score"), **writing.figures("write"),
    }  # fmt: skip


def keep_short(ready: Any, stopping: Any) -> None:
    """Keep SQLite's log short until told to stop; tells when it begins."""
    import django

    django.setup()
    from klantbeeld.core import journal

    ready.set()
    journal.keep_short(stopping)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", required=True)
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--records", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.environ["KLANTBEELD_HOME"] = given.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django

    django.setup()
    if given.fill:
        fill(given.fill, given.seed)
    spawning = multiprocessing.get_context("spawn")
    ready, stopping = spawning.Event(), spawning.Event()
    worker = spawning.Process(target=keep_short, args=(ready, stopping))
    worker.start()
    ready.wait()
    try:
        print(json.dumps({"benchmark": "live_match", **measure(given.records, given.seed)}))
    finally:
        stopping.set()
        worker.join()


if __name__ == "__main__":
    main()
