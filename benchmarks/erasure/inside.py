"""What is asked of a house by a process that runs on it: one question a line, answered as JSON.

python -m benchmarks.erasure.inside
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.erasure import company
from benchmarks.erasure.company import GOES, NEARLY, Size

ALONE = "Nobody else works here"
# The tables in which something hangs on a record, and the column that says on which.
HANGING = {
    "core_record": "id", "core_recordversion": "record_id", "identity_membership": "record_id",
    "timeline_interaction": "record_id", "timeline_document": "record_id",
    "timeline_subscription": "record_id", "privacy_consententry": "record_id",
}  # fmt: skip
STAYING = ("blijver", NEARLY, "ander")


def mixed() -> int:
    """How many customers hold somebody who goes and somebody who stays: should be none."""
    from klantbeeld.core import bulk

    told = bulk.rows_of(
        f"SELECT m.customer_id, {bulk.json_text('r.data')} FROM identity_membership m"
        " JOIN core_record r ON r.id = m.record_id",
        [],
    )
    going = {customer for customer, text in told if GOES in text}
    staying = {c for c, text in told if any(word in text for word in STAYING)}
    return len(going & staying)


def headless() -> int:
    """How many records live in a household that is called by somebody who is gone."""
    from klantbeeld.core import bulk

    rows = bulk.rows_of(
        "SELECT count(*) FROM identity_membership m WHERE m.household <> 0 AND NOT EXISTS"
        " (SELECT 1 FROM identity_membership h WHERE h.record_id = m.household)",
        [],
    )
    return int(rows[0][0])


def plant(birds: int) -> dict[str, int]:
    """Put them where no file brings them: every personal column, the queue, what a kill left.

    Returns how many canaries were planted, and how many the search finds.
    """
    from django.conf import settings

    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import copying, jobs, probing
    from klantbeeld.profiles.reads import CustomerQuery, export_rows
    from tests.house import canaries

    planted: list[str] = []
    for number in range(birds):
        bird = canaries.plant(f"{GOES}vogel{'abcdefghijklmnopqrst'[number]}", 100 + number)
        planted += {text for text in bird.canaries.values() if len(text) >= len(GOES)}
    jobs.tag_list.enqueue(1, {"text": company.leaver(0).email}, {}, "vip", False)
    left = Path(settings.HOME, "staging", "dead")
    left.mkdir(parents=True)
    (left / "rows.csv").write_bytes(company.leaver(0).email.encode("utf-16-be"))
    left.with_suffix(".lock").touch()
    copying.refresh(rebuild=True)
    exported = len(list(export_rows(system_actor(), CustomerQuery())))
    hits = probing._hits_in_tables(sorted(set(planted)))
    found = {value for held in hits.values() for value, _ in held}
    return {"canaries": len(set(planted)), "found": len(found), "exported": exported}


def found(customers: int, leaving: int) -> dict[str, Any]:
    """Where those who go stand now: tables and files, in whatever encoding."""
    from django.conf import settings

    from klantbeeld.core import erasing
    from klantbeeld.pipeline import probing

    home, values = Path(settings.HOME), company.told_of_leavers(Size(customers, leaving))
    files, _ = probing.found_in_files(home, values, [home / "backups", erasing.folder()])
    return {"tables": probing.found_in_tables(values), "files": files}


def found_in(folder: str, customers: int, leaving: int) -> dict[str, Any]:
    """File of a folder to the encodings in which those who go stand in it."""
    from klantbeeld.pipeline import probing

    values = company.told_of_leavers(Size(customers, leaving))
    return probing.found_in_files(Path(folder), values)[0]


def begin() -> dict[str, Any]:
    """Take everybody out of sight whose address says that he goes; seconds each took at most."""
    from klantbeeld.core.actor import system_actor
    from klantbeeld.pipeline import erasing

    actor, seconds = system_actor(), []
    customers = _leaving()
    for customer in customers:
        asked = erasing.ask_erasure(actor, customer)
        started = time.monotonic()
        erasing._begin(actor, asked, ALONE)
        seconds.append(time.monotonic() - started)
    return {
        "begun": len(customers), "left": len(_leaving()), "slowest": max(seconds),
        "middle": sorted(seconds)[len(seconds) // 2],
    }  # fmt: skip


def _leaving() -> list[int]:
    from klantbeeld.profiles.models import Profile

    held = Profile.objects.order_by("pk").values_list("pk", "data")
    return [pk for pk, data in held.iterator() if GOES in str(data.get("email"))]


def progress() -> int:
    """How many steps were noted, over all erasures."""
    from klantbeeld.privacy.models import Erasure

    return sum(map(len, Erasure.objects.values_list("position", flat=True)))


def states() -> dict[str, int]:
    """How many erasures are in which state."""
    from collections import Counter

    from klantbeeld.privacy.models import Erasure

    return dict(Counter(Erasure.objects.values_list("state", flat=True)))


def sums(path: str) -> dict[str, int]:
    """A checksum of all that is held of everybody who stays, kept in a file the first time.

    Afterwards: how many people, and how many of them differ from that file.
    """
    told = _sums()
    kept = Path(path)
    if not kept.exists():
        kept.write_text(json.dumps(told), encoding="utf-8")
    before = json.loads(kept.read_text(encoding="utf-8"))
    differing = [one for one in before.keys() | told.keys() if before.get(one) != told.get(one)]
    return {"people": len(told), "differing": len(differing)}


def _sums() -> dict[str, str]:
    from klantbeeld.core import bulk
    from klantbeeld.profiles.models import Profile

    owner: dict[int, str] = {}
    for record, text in bulk.rows_of(f"SELECT id, {bulk.json_text('data')} FROM core_record", []):
        email = str(json.loads(text).get("email", ""))
        if email.startswith(STAYING):
            owner[record] = email
    digests: dict[str, Any] = {}
    for table, column in HANGING.items():
        names, rows = _rows(table)
        place = names.index(column)
        if table == "identity_membership":
            rows = _by_who_stays(rows, names, owner)
        for row in rows:
            if row[place] in owner:
                digest = digests.setdefault(owner[row[place]], hashlib.blake2b(digest_size=8))
                digest.update(repr(row).encode())
    profiles = Profile.objects.order_by("pk").values_list("name", "data", "orders", "revenue_minor")
    for name, data, orders, revenue in profiles.iterator():
        if (email := str(data.get("email", ""))) in digests:
            kept = json.dumps((name, data, orders, revenue), sort_keys=True)
            digests[email].update(kept.encode())
    return {email: digest.hexdigest() for email, digest in digests.items()}


def _by_who_stays(
    rows: list[tuple[Any, ...]], names: list[str], owner: Mapping[int, str]
) -> list[tuple[Any, ...]]:
    """Of those who stay, with households called by the first record of those who stay.

    A household is called by its first record of all, and is none where one customer is left.
    """
    record, customer, home = map(names.index, ("record_id", "customer_id", "household"))
    staying = [row for row in rows if row[record] in owner]
    first: dict[int, int] = {}
    people: dict[int, set[int]] = {0: set()}
    for row in sorted(staying, key=lambda row: int(row[record])):
        first.setdefault(row[home], row[record])
        people.setdefault(row[home], set()).add(row[customer] if row[home] else 0)
    return [
        (*row[:home], first[row[home]] if len(people[row[home]]) > 1 else 0, *row[home + 1 :])
        for row in staying
    ]


def _rows(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


def command(arguments: list[str]) -> str:
    """A command of the house, in this process: what it wrote; fails where it fails."""
    from klantbeeld import cli

    written = Path(os.environ["KLANTBEELD_HOME"]).parent / "written.txt"
    with written.open("w", encoding="utf-8") as file, redirect_stdout(file):
        code = cli.run(arguments)
    if code:
        raise RuntimeError(f"{arguments[0]} ended with {code}")
    return written.read_text(encoding="utf-8")


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "mixed": mixed, "headless": headless, "plant": plant, "found": found, "found_in": found_in,
    "begin": begin, "progress": progress, "states": states, "sums": sums, "command": command,
}  # fmt: skip


def main() -> None:
    """Answer until nothing is asked any more."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "klantbeeld.settings"
    import django

    django.setup()
    answers = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        answer = QUESTIONS[asked["ask"]](**asked["of"])
        answers.write(json.dumps({"answer": answer}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
