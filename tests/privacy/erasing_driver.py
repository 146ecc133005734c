"""Run as a process of its own on an installation: erases many, and tells what is left of them.

python -m tests.privacy.erasing_driver begin|found|sums
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"


def main(what: str) -> object:
    """Do what is asked; the answer is written as JSON."""
    import django

    django.setup()
    return {"begin": begin, "found": found, "sums": sums, "plant": plant}[what]()


GOES = "vertrekker"


def _leaving() -> list[int]:
    from klantbeeld.profiles.models import Profile

    held = Profile.objects.order_by("pk").values_list("pk", "data")
    return [pk for pk, data in held if GOES in str(data.get("email"))]


def begin() -> object:
    """Take everybody out of sight whose address says that he goes; seconds each took at most."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import erasing

    actor, slowest = system_actor(), 0.0
    customers = _leaving()
    for customer in customers:
        asked = erasing.ask_erasure(actor, customer)
        started = time.monotonic()
        erasing._begin(actor, asked, "Nobody else works here")
        slowest = max(slowest, time.monotonic() - started)
    return {"begun": len(customers), "slowest": slowest, "left": len(_leaving())}


def plant() -> object:
    """Put them in a queued task, and in what a killed import left behind."""
    from django.conf import settings

    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import jobs
    from klantbeeld.profiles.reads import CustomerQuery, export_rows

    jobs.tag_list.enqueue(1, {"text": f"{GOES}0@example.com"}, {}, "vip", False)
    left = Path(settings.HOME, "staging", "dead")
    left.mkdir(parents=True)
    (left / "rows.csv").write_bytes(f"{GOES}0@example.com".encode("utf-16-le"))
    left.with_suffix(".lock").touch()
    return len(list(export_rows(system_actor(), CustomerQuery())))


def found() -> object:
    """Where they stand: tables and files, in whatever encoding."""
    from django.conf import settings

    from klantbeeld.core import erasing
    from klantbeeld.pipeline import probing

    home = Path(settings.HOME)
    in_files, _ = probing.found_in_files(home, [GOES], [home / "backups", erasing.folder()])
    return {"tables": probing.found_in_tables([GOES]), "files": in_files}


def sums() -> object:
    """A checksum of everything that is held of those who stay, and how many they are."""
    from klantbeeld.core import registry
    from klantbeeld.identity.models import Membership
    from klantbeeld.profiles.models import Profile

    held = Profile.objects.order_by("pk")
    staying = [p for p in held if str(p.data.get("email")).startswith("blijver")]
    digest, count = hashlib.sha256(), 0
    for profile in staying:
        records = Membership.objects.filter(customer=profile.pk).values_list("record_id")
        held = [row[0] for row in records]
        for store in registry.stores():
            if store.room in ("core", "timeline", "privacy", "sources"):
                bundle = store.export(sorted(held))
                digest.update(json.dumps(bundle, sort_keys=True, default=str).encode())
        kept = (profile.name, profile.data, profile.orders, profile.revenue_minor)
        digest.update(json.dumps(kept, sort_keys=True).encode())
        count += 1
    return {"sum": digest.hexdigest(), "people": count}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])) + "\n")
