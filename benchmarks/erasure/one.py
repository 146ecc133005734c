"""How long one erasure takes in a large house: filled straight into the tables, then erased.

KLANTBEELD_HOME=FOLDER python -m benchmarks.erasure.one CUSTOMERS INTERACTIONS
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

ALONE = "Nobody else works here"


def fill(customers: int, interactions: int) -> None:
    """People and what they did; then matched, with profiles and copy, as after an import."""
    from benchmarks import reads
    from klantbeeld.core import bulk
    from klantbeeld.core.actor import system_actor
    from klantbeeld.core.models import Customer
    from klantbeeld.identity.models import Membership
    from klantbeeld.pipeline import settling

    # Records a customer, as `reads.fill` makes them.
    reads.fill(customers, round(interactions / customers / 1.3))
    bulk.empty(Membership)
    bulk.empty(Customer)
    settling.settle(system_actor("job"), everything=True)


def erase(number: int) -> dict[str, Any]:
    """Erase one customer; seconds of going out of sight, of all of it, and by step."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.identity.models import Membership
    from klantbeeld.pipeline import erasing
    from klantbeeld.privacy.erasing import OUT_OF_SIGHT

    actor = system_actor()
    held = Membership.objects.order_by("customer").values_list("customer", flat=True)
    asked = erasing.ask_erasure(actor, held[number])
    started, cpu = time.monotonic(), time.process_time()
    begun = erasing._begin(actor, asked, ALONE)
    out_of_sight = time.monotonic() - started
    done = erasing.finish_erasure(actor, begun)
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    steps = done.receipt["steps"]
    moments = sorted((told["at"], key) for key, told in steps.items())
    before = steps[OUT_OF_SIGHT]["at"]
    taken = {}
    for at, key in moments:
        taken[key], before = round((at - before) / 1e6, 2), at
    return {
        "out_of_sight_seconds": round(out_of_sight, 3), "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1), "by_step": {k: s for k, s in taken.items() if s >= 0.1},
    }  # fmt: skip


def main() -> None:
    """Fill, and erase three."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"
    import django

    django.setup()
    from klantbeeld.timeline.models import Interaction

    fill(int(sys.argv[1]), int(sys.argv[2]))
    count = Interaction.objects.count()
    for number in (1_000, 2_000, 3_000):
        print(json.dumps({"figure": "one", "interactions": count, **erase(number)}), flush=True)


if __name__ == "__main__":
    main()
