"""May we contact: verdicts, the card's lamps, and consent at past moments, at size.

    python -m benchmarks.contact [--customers 1000000] [--entries 1000000] [--moments 10000]

Prints one JSON line per figure. Pure: no database; what a card costs stands in `reads.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
from django.conf import settings

settings.configure(USE_I18N=False, TIME_ZONE="Europe/Amsterdam")

from klantbeeld.privacy import contact_tables  # noqa: E402
from klantbeeld.privacy.consent_tables import consent_at  # noqa: E402
from klantbeeld.privacy.contact import may_contact  # noqa: E402
from klantbeeld.privacy.contact_law.facts import ContactFacts  # noqa: E402

DAY = 86_400 * 1_000_000
STATES = ("granted", "granted", "denied", "withdrawn")


def told(figure: str, **values: object) -> None:
    """One figure."""
    print(json.dumps({"benchmark": "contact", "figure": figure, **values}), flush=True)


def verdicts(count: int) -> None:
    """Verdicts of different people, channels and days."""
    dice = random.Random(1)
    asked = [
        ContactFacts(
            channel=dice.choice(("email", "phone", "post", "sms")), purpose="marketing",
            day=date(2019, 1, 1) + timedelta(days=dice.randint(0, 3000)),
            country=dice.choice(("NL", "NL", "NL", "BE", "DE", "US")),
            kind=dice.choice(("natural", "legal", "unknown")),
            consent=dice.choice(("unknown", "granted", "withdrawn")), consent_how="opt_in",
            has_proof=True,
        )
        for _ in range(count)
    ]  # fmt: skip
    start = time.process_time()
    for facts in asked:
        may_contact(facts)
    each = (time.process_time() - start) / count
    told("verdict", count=count, microseconds_cpu=round(each * 1e6, 1))


def moments(entries: int, count: int) -> None:
    """The state of consent at past moments, over a ledger of very many statements."""
    dice = random.Random(2)
    customers = entries // 4
    frame = pl.DataFrame(
        {
            "record": [dice.randint(1, customers) for _ in range(entries)],
            "channel": [dice.choice(("email", "phone", "post")) for _ in range(entries)],
            "purpose": ["marketing"] * entries, "brand": [""] * entries,
            "topic": [dice.choice(("", "", "", "fietsen")) for _ in range(entries)],
            "state": [dice.choice(STATES) for _ in range(entries)],
            "at": [dice.randint(0, 3000) * DAY for _ in range(entries)],
            "id": list(range(1, entries + 1)),
        }
    ).with_columns(
        confirms=pl.lit(None, pl.Int64), expires_at=pl.lit(None, pl.Int64)
    )  # fmt: skip
    members = pl.DataFrame({"record": range(1, customers + 1), "customer": range(1, customers + 1)})
    questions = pl.DataFrame(
        {
            "question": list(range(count)),
            "customer": [dice.randint(1, customers) for _ in range(count)],
            "channel": ["email"] * count, "purpose": ["marketing"] * count, "brand": [""] * count,
            "topic": [""] * count, "at": [dice.randint(0, 3000) * DAY for _ in range(count)],
        }
    )  # fmt: skip
    start, cpu = time.perf_counter(), time.process_time()
    asked = consent_at(*(nw.from_native(f.lazy()) for f in (frame, members, questions)))
    found = nw.to_native(asked).collect()
    told(
        "past moments", entries=entries, moments=len(found),
        seconds=round(time.perf_counter() - start, 2),
        seconds_cpu=round(time.process_time() - cpu, 2),
    )  # fmt: skip


def everybody(count: int, sorts: int) -> None:
    """Verdicts of all customers at once, who are of so many sorts, each with a day of his own."""
    dice = random.Random(3)
    day = date(2026, 11, 2)
    today = (day - date(1970, 1, 1)).days

    def of(*values: Any, kind: Any = pl.String) -> pl.Series:
        return pl.Series(dice.choices(values, k=sorts), dtype=kind)

    frame = pl.DataFrame(
        {
            "country": of("NL", "NL", "NL", "BE", "DE", "US"),
            "kind": of("natural", "natural", "legal", "sole_trader", "unknown"),
            "age": of(None, 15, 40, 71, kind=pl.Int64),
            "consent": of("unknown", "granted", "denied", "withdrawn"),
            "consent_how": of(None, "source", "opt_in", "written"),
            "has_proof": of(None, True, kind=pl.Boolean),
            "has_objected": of(False, False, False, True, kind=pl.Boolean),
            "is_customer": of(None, True, kind=pl.Boolean),
            "is_current": of(False, True, kind=pl.Boolean),
            "obtained_by_sender": of(None, True, kind=pl.Boolean),
            "obtained_through": of(None, "sale", "enquiry"),
            "opt_out_at_collection": of(None, False, True, kind=pl.Boolean),
        }
    )
    days = [today - dice.randrange(2_000) for _ in range(count)]
    frame = frame.sample(count, with_replacement=True, seed=3).with_columns(
        pl.Series("last_deal", days, dtype=pl.Int32)
    )
    before = contact_tables.judged_apart()
    asked = ContactFacts("email", "marketing", day, opt_out_in_messages=True, is_similar=True)
    start, cpu = time.perf_counter(), time.process_time()
    lazy: Any = contact_tables.verdicts(nw.from_native(frame.lazy()), tuple(frame.columns), asked)
    found = nw.to_native(lazy).collect()
    told(
        "verdicts_of_everybody", customers=count, different=contact_tables.judged_apart() - before,
        seconds_cpu=round(time.process_time() - cpu, 2),
        seconds=round(time.perf_counter() - start, 2),
        allowed=int((found["answer"] == "allowed").sum()),
    )  # fmt: skip


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--moments", type=int, default=10_000)
    chosen = parser.parse_args()
    verdicts(20_000)
    everybody(chosen.customers, 1_000)
    everybody(chosen.customers, 20_000)
    moments(chosen.entries, chosen.moments)


if __name__ == "__main__":
    main()
