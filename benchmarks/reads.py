"""How fast profiles are built and read: fills customers synthetically, then asks.

    python benchmarks/reads.py [--home FOLDER] [--customers 1000000] [--interactions 3]

Prints one JSON line per figure: seconds and peak memory of building, p50 and p95 in
milliseconds of the list, search and the card. A home that is filled already is used as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
BLOCK = 20_000


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    """
    jan piet kees marieke sanne daan emma sem julia lucas mila finn tess levi sara noah eva
    anna lotte bram thijs ruben lars fleur roos iris nina hanna maud luuk ahmed fatima
    """
)
STEMS = _words(
    """
    jan piet vrie bak viss smi mei boe mul bos pet dek brou dijk hen kui ver wit groo hui kle
    laan molen oost post riet schou
    """
)
ENDINGS = _words(
    """
    sen ters es ker ser ts jer r der man stra ma ink ing
    """
)
PREFIXES = ("", "", "", "", "van", "de", "van der", "van den", "ten")
COMMON = ("vries", "jong", "berg", "dijk", "bakker", "visser", "smit", "boer", "jansen")
SOURCES = (("crm", 60), ("webshop", 50), ("newsletter", 30), ("loyalty", 50), ("desk", 90))
KINDS = (
    ("order", "web"), ("newsletter_opened", "email"), ("mail", "email"), ("page_view", "web"),
    ("complaint", "email"), ("call", "phone"), ("quote", "email"),
)  # fmt: skip


def say(name: str, **figures: Any) -> None:
    """One line of JSON."""
    print(json.dumps({"figure": name, **figures}), flush=True)


def people(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """What a record says of one invented person after the other."""
    draw = random.Random(seed)
    for number in range(count):
        first, prefix = draw.choice(FIRST), draw.choice(PREFIXES)
        surname = (
            draw.choice(COMMON) if draw.random() < 0.15
            else draw.choice(STEMS) + draw.choice(ENDINGS)
        )  # fmt: skip
        if draw.random() < 0.5:
            surname += draw.choice(ENDINGS)
        city = int(min(draw.expovariate(1 / 40), 600))
        yield {
            "customer_number": f"K{number:08d}",
            "first_name": first.capitalize(),
            **({"surname_prefix": prefix} if prefix else {}),
            "surname": surname.capitalize(),
            "email": f"{first}.{surname}{number % 9973}@mail{int(draw.expovariate(0.1))}.example.nl",
            "mobile": f"+31697{draw.randrange(10**6):06d}",
            "street": f"{draw.choice(STEMS).capitalize()}straat",
            "house_number": str(draw.randrange(1, 250)),
            "postcode": f"{draw.randrange(1000, 9999)} {draw.choice(('AB', 'CD', 'KL'))}",
            "city": f"Plaats {city}",
            "consent_email": draw.random() < 0.4,
            "interests": draw.choice(("e-bikes", "onderhoud", "racefietsen")),
        }


def fill(customers: int, interactions: int) -> None:
    """Sources, records, customers, memberships and what happened, straight into the tables."""
    from django.db import transaction

    from klantbeeld.core import bulk, clock
    from klantbeeld.core.models import Customer, Delivery, Record, Source
    from klantbeeld.identity.models import Membership
    from klantbeeld.privacy.models import ConsentEntry
    from klantbeeld.timeline.models import Interaction

    now = clock.now_us()
    sources = [
        Source.objects.create(key=k, name=k.capitalize(), trust=t, created_at=now)
        for k, t in SOURCES
    ]
    delivery = Delivery.objects.create(
        source=sources[0], name="benchmark", fingerprint="0", actor="benchmark", started_at=now
    )
    chance, persons = np.random.default_rng(7), people(customers, 7)
    record, happened, consent = 1, 1, 1
    for start in range(1, customers + 1, BLOCK):
        records, members, events, consents = [], [], [], []
        block = range(start, min(start + BLOCK, customers + 1))
        for customer in block:
            person = next(persons)
            for nth in range(1 + (chance.random() < 0.22) + (chance.random() < 0.08)):
                source = sources[int(chance.integers(len(sources)))]
                data = person if not nth else {**person, "first_name": person["first_name"][0]}
                text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
                records.append(
                    (record, source.pk, f"{customer}-{nth}", "person", text, 0, 1,
                     now - int(chance.integers(10**15)), now)
                )  # fmt: skip
                members.append((record, customer, 0))
                if "consent_email" in person and not nth:
                    state = "granted" if person["consent_email"] else "denied"
                    consents.append(
                        (consent, record, delivery.pk, now, "email", "marketing", "", "", state,
                         "imported", "")
                    )  # fmt: skip
                    consent += 1
                for _ in range(int(chance.poisson(interactions))):
                    kind, channel = KINDS[int(chance.integers(len(KINDS)))]
                    at = now - int(chance.integers(1_000 * clock.DAY))
                    amount = int(chance.integers(500, 250_000)) if kind == "order" else None
                    events.append(
                        (happened, record, delivery.pk, f"n{happened}", happened, 0, at, "second",
                         at // clock.DAY, kind, channel, "in", "Over iets", "", amount, "EUR",
                         "", "", "", "", "{}")
                    )  # fmt: skip
                    happened += 1
                record += 1
        with transaction.atomic():
            bulk.insert(Customer, ["id", "anchor_id", "created_at"],
                        [(c, None, now) for c in block])  # fmt: skip
            bulk.insert(Record, ["id", "source_id", "key", "kind", "data", "hash", "seq",
                                 "updated_at", "created_at"], records)  # fmt: skip
            bulk.insert(Membership, ["record_id", "customer_id", "household"], members)
            bulk.insert(ConsentEntry, ["id", "record_id", "delivery_id", "at", "channel",
                                       "purpose", "topic", "brand", "state", "method",
                                       "evidence"], consents)  # fmt: skip
            bulk.insert(Interaction, [
                "id", "record_id", "delivery_id", "key", "key_hash", "hash", "at", "precision",
                "day", "kind", "channel", "direction", "subject", "status", "amount_minor",
                "currency", "employee", "origin", "campaign", "code", "details",
            ], events)  # fmt: skip
    say("filled", customers=customers, records=record - 1, interactions=happened - 1)


def build(customers: int) -> None:
    """Time profiles and groups of everybody, and of one."""
    import polars as pl

    from klantbeeld.core.actor import system_actor
    from klantbeeld.profiles import actions

    actor = system_actor("job")
    started, cpu = time.perf_counter(), time.process_time()
    with actions.rebuilding(actor, customers):
        built = actions.refresh(actor, range(1, customers + 1))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say("profiles", count=built, seconds=round(seconds, 1), cpu=round(cpu, 1), peak_mb=round(peak))
    draw = np.random.default_rng(3)
    groups = np.array(["active", "inactive", "potential", "possibly_interested", "other"])
    chosen = groups[draw.choice(5, customers, p=[0.3, 0.25, 0.1, 0.25, 0.1])]
    frame = pl.DataFrame(
        {"customer": np.arange(1, customers + 1), "group": chosen, "reason": "order:20000"}
    )
    started, cpu = time.perf_counter(), time.process_time()
    actions.set_groups(actor, frame)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    say("groups", count=customers, seconds=round(seconds, 1), cpu=round(cpu, 1))


def timed(name: str, call: Callable[[Any], Any], arguments: Sequence[Any]) -> None:
    """p50 and p95 of a call with different arguments, in milliseconds."""
    taken, spent = [], []
    for argument in arguments:
        started, cpu = time.perf_counter(), time.process_time()
        call(argument)
        spent.append((time.process_time() - cpu) * 1000)
        taken.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(taken, [50, 95])
    say(name, calls=len(taken), p50_ms=round(float(p50), 2), p95_ms=round(float(p95), 2),
        cpu_p95_ms=round(float(np.percentile(spent, 95)), 2),
        max_ms=round(max(taken), 1))  # fmt: skip


def ask(customers: int) -> None:
    """Time what screens ask."""
    from klantbeeld.core.actor import Actor, system_actor
    from klantbeeld.core.public_ids import to_public
    from klantbeeld.profiles import actions, reads
    from klantbeeld.profiles.queries import CustomerQuery

    draw = random.Random(5)
    actor = Actor("bench", "service", "service", interface="web")
    job = system_actor("job")
    some = [draw.randrange(1, customers + 1) for _ in range(200)]
    timed("refresh one", lambda c: actions.refresh(job, [c]), some)
    timed("card", lambda c: reads.card_for(actor, to_public("customer", c)), some)
    texts = [
        "jan", "a", "de vries", "j v", "van", "jan de vries", "sanne jansen", "visser plaats 3",
        "0697 012345", "3512 AB 12", "K00012345", "12345", "bakker", "e", "van der berg",
        "emma.bakker", "anna.smit12@mail3.example.nl", "mail3.example.nl", "mil pos", "xyzzy",
    ]  # fmt: skip
    timed("search", lambda t: reads.find(actor, t, 20), texts * 10)
    queries = [
        CustomerQuery(sort=sort, **filters)
        for sort in ("name", "-name", "-revenue", "revenue", "-last_contact", "city")
        for filters in (
            {}, {"group": "active"}, {"city": "plaats_3"}, {"source": 2},
            {"group": "potential", "city": "plaats_40"}, {"kind": "person"},
            {"consent": ("email", "granted")}, {"revenue_from": 500_000},
            {"city": "plaats_555"}, {"text": "jansen"}, {"consent": ("email", "withdrawn")},
            {"group": "active", "consent": ("phone", "granted")},
        )
    ]  # fmt: skip
    for round_ in ("first", "again"):
        timed(f"list {round_}", lambda q: reads.customers(actor, q), queries)

    def deep(query: CustomerQuery) -> None:
        page = reads.customers(actor, query)
        for _ in range(3):
            page = reads.customers(actor, query.after_row(page.rows[-1].customer))

    timed("list four pages", deep, queries[:4])


def main() -> None:
    """Fill when empty, then time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--interactions", type=int, default=3)
    options = parser.parse_args()
    home = options.home or tempfile.mkdtemp(prefix="klantbeeld-benchmark-")
    os.environ["KLANTBEELD_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    from klantbeeld.core.models import Customer
    from klantbeeld.profiles.models import Profile

    call_command("migrate", verbosity=0)
    if not Customer.objects.exists():
        fill(options.customers, options.interactions)
    customers = Customer.objects.count()
    if not Profile.objects.exists():
        build(customers)
    ask(customers)


if __name__ == "__main__":
    main()
