"""How long it takes until what somebody says or enters stands on the card, in a filled house.

    python -m benchmarks.judging --home DIR [--rounds 20]

Merges pairs of customers of the house in DIR, writes a note on them, tags fifty, splits them
again and takes everything back. One JSON line per act: p50 and worst in milliseconds. What was
said stays on file as taken back; the customers are as they were.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from typing import Any


def timed(times: dict[str, list[float]], name: str, act: Callable[[], Any]) -> Any:
    """What `act` gives, with the milliseconds it took noted."""
    started = time.perf_counter()
    made = act()
    times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
    return made


def measure(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every act, a number per round."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.identity import reads as identity
    from klantbeeld.identity.models import Membership
    from klantbeeld.pipeline import actions

    actor, pick, times = system_actor(), random.Random(1), {}
    most = Membership.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def somebody() -> int:
        found = Membership.objects.filter(pk__gte=pick.randrange(most)).order_by("pk").first()
        return int(found.customer_id) if found else 1

    for _ in range(rounds):
        one, other = somebody(), somebody()
        if one == other:
            continue
        going = identity.records_of(actor, other)
        merged = timed(times, "merge", lambda: actions.merge(actor, [one, other]))  # noqa: B023
        left = identity.customers_of(actor, going)[going[0]]
        split = timed(times, "split", lambda: actions.split(actor, left, going))  # noqa: B023
        note = timed(times, "note", lambda: actions.enter_note(actor, one, "Proef"))  # noqa: B023
        few = sorted({somebody() for _ in range(50)})
        tag = timed(times, "tag_50", lambda: actions.tag_customers(actor, few, "Proef"))  # noqa: B023
        new = {"full_name": "Fenna Proefneus", "email": "fenna@example.nl", "postcode": "3511AA"}
        entered = timed(times, "customer", lambda: actions.enter_customer(actor, new))  # noqa: B023
        for entry in (entered, tag, note):
            timed(times, "undo_entry", lambda: actions.take_back_entry(actor, entry.delivery))  # noqa: B023
        for said in (split, merged):
            timed(times, "undo_said", lambda: actions.take_back_judgement(actor, said))  # noqa: B023
    return times


def main() -> None:
    """Measure in the house of `--home`."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", required=True)
    asked.add_argument("--rounds", type=int, default=20)
    chosen = asked.parse_args()
    os.environ["KLANTBEELD_HOME"] = chosen.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.settings")
    import django

    django.setup()
    for name, found in measure(chosen.rounds).items():
        found.sort()
        figures = {"p50_ms": round(found[len(found) // 2], 1), "worst_ms": round(found[-1], 1)}
        print(json.dumps({"benchmark": "judging", "act": name, "n": len(found), **figures}))


if __name__ == "__main__":
    main()
