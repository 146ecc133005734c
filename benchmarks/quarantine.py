"""A page of quarantine with very many open rows while people are restricted: seconds a page.

    python -m benchmarks.quarantine [--rows 100000] [--restricted 50]

Works in a home of its own, that goes afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable

PAGES = 40


def main() -> None:
    """Print one JSON line per figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--restricted", type=int, default=50)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["KLANTBEELD_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _fill(options.rows, options.restricted)
        _measure()


def _fill(rows: int, restricted: int) -> None:
    from django.db import transaction

    from klantbeeld.core import bulk, clock
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.hashing import hash64
    from klantbeeld.core.models import Delivery, Record, Source
    from klantbeeld.privacy import actions as privacy
    from klantbeeld.sources.models import Quarantined

    at = clock.now_us()
    source = Source.objects.create(key="zaken", name="Zaken", trust=50, created_at=at)
    delivery = Delivery.objects.create(
        source=source, name="zaken.csv", fingerprint="x", actor="x", started_at=at,
        state=Delivery.LOADED,
    )  # fmt: skip
    people = [
        {"first_name": f"Voornaam{n}", "surname": f"Achternaam{n % 900}",
         "email": f"iemand{n}@example.com", "postcode": f"{1000 + n % 8000} AB"}
        for n in range(rows)
    ]  # fmt: skip
    waiting = [
        (delivery.pk, "zaken", n, hash64(str(n)),
         json.dumps({"Naam": f"{p['first_name']} {p['surname']}", "E-mail": p["email"],
                     "Postcode": p["postcode"], "Datum": "31-02-2026",
                     "Klacht": f"De bel van fiets {n} doet het sinds de reparatie niet meer"}),
         json.dumps({"Datum": "no_date"} if n % 50 else {"Datum": "no_date", "Naam": "odd"}),
         Quarantined.OPEN, "{}", at)
        for n, p in enumerate(people)
    ]  # fmt: skip
    columns = ("delivery_id", "table", "row", "hash", "values", "reasons", "state", "mended", "at")
    with transaction.atomic():
        bulk.insert(Quarantined, columns, waiting)
        first = bulk.allocate(Record, restricted)
        for n, data in enumerate(people[:: max(1, rows // restricted)][:restricted]):
            Record.objects.create(
                id=first + n, source=source, key=f"k{n}", kind="person", data=data, hash=n, seq=1,
                updated_at=at, created_at=at,
            )  # fmt: skip
        privacy.restrict(system_actor(), list(range(first, first + restricted)), "restricted")


def _measure() -> None:
    from klantbeeld.core.actor import system_actor
    from klantbeeld.sources import reads

    actor = system_actor()
    pages: dict[str, Callable[[], object]] = {
        "first": lambda: reads.quarantined(actor),
        "page": lambda: reads.quarantined(actor),
        "of_one_reason": lambda: reads.quarantined(actor, "odd"),
        "row": lambda: reads.next_row(actor, 0),
    }
    for name, page in pages.items():
        took = []
        for _ in range(1 if name == "first" else PAGES):
            since = time.perf_counter()
            page()
            took.append(time.perf_counter() - since)
        took.sort()
        print(json.dumps({"page": name, "median": round(statistics.median(took), 3),
                          "p95": round(took[int(len(took) * 0.95)], 3)}))  # fmt: skip


if __name__ == "__main__":
    main()
