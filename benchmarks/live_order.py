"""Whether records that arrive one by one, in any order, give what matching all at once gives.

    python -m benchmarks.live_order [--records 16000] [--seed 0] [--home FOLDER]

Invented records of five sources (see `customers`) are matched at once; then everything derived is
dropped and the same records arrive one by one, shuffled, under the same frozen model. What is kept
must be the same to the last digit: keys, scored pairs, customers, households, doubts. Prints one
JSON line: records, candidate pairs, and of each of these how many there are and how many differ.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from typing import Any

import numpy as np


def kept() -> dict[str, set[Any]]:
    """All that matching keeps, but for the ids of customers: in whom they are, instead."""
    from klantbeeld.identity.models import Compared, Doubt, Link, MatchKey, Membership

    groups: dict[int, list[int]] = {}
    for record, customer in Membership.objects.order_by("record").values_list("record", "customer"):
        groups.setdefault(customer, []).append(record)
    pair = "left_id", "right_id", "weight"
    return {
        "customers": {tuple(group) for group in groups.values()},
        "households": set(Membership.objects.values_list("record_id", "household")),
        "pairs": set(map(str, Link.objects.values_list(*pair, "same", "household", "levels"))),
        "doubts": set(Doubt.objects.values_list(*pair, "doubt", "reason")),
        "keys": set(MatchKey.objects.values_list("record_id", "hash", "kind")),
        "said": set(Compared.objects.values_list("record_id", "said")),
    }


def candidate_pairs() -> int:
    """How many pairs of stored records share a key under which records meet."""
    from klantbeeld.identity import core, matching

    values = core.match_values(matching.frame_of(_records()))
    model = matching.current_model()
    return sum(len(core.prepare(values, kind, None, model).pairs) for kind in matching.KINDS)


def _records() -> list[int]:
    from klantbeeld.core.models import Record

    return list(Record.objects.order_by("pk").values_list("pk", flat=True))


def forget() -> None:
    """Drop all that follows from matching."""
    from klantbeeld.core import bulk
    from klantbeeld.core.models import Customer
    from klantbeeld.identity.models import Compared, Doubt, Link, MatchKey, Membership

    for model in (Membership, Doubt, Link, MatchKey, Compared, Customer):
        bulk.empty(model)


def arrive(records: list[int]) -> list[float]:
    """Match records one by one; milliseconds of CPU of each."""
    from django.db import connection, transaction

    from klantbeeld.core.actor import system_actor
    from klantbeeld.identity.actions import match_records

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    actor, spent = system_actor(), []
    for record in records:
        begun = time.process_time()
        with transaction.atomic():
            match_records(actor, [record])
        spent.append(1000 * (time.process_time() - begun))
    return spent


def measure(count: int, seed: int) -> dict[str, Any]:
    """Match at once and one by one, and compare."""
    from benchmarks.live_match import fill

    fill(count, seed)
    batch = kept()
    forget()
    order = random.Random(seed).sample(_records(), count)
    spent = arrive(order)
    live = kept()
    told: dict[str, Any] = {"records": count, "candidate_pairs": candidate_pairs()}
    for name, rows in batch.items():
        told[name], told[f"{name}_differing"] = len(rows), len(rows ^ live[name])
    median, high = (round(float(np.percentile(spent, share)), 2) for share in (50, 99))
    return told | {"arrival_cpu_median_ms": median, "arrival_cpu_p99_ms": high}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=16_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--home", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KLANTBEELD_HOME"] = given.home or folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
        import django

        django.setup()
        print(json.dumps({"benchmark": "live_order", **measure(given.records, given.seed)}))


if __name__ == "__main__":
    main()
