"""The course of a profile: what held of a customer, from one change to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from klantbeeld.core import bulk
from klantbeeld.profiles.building import members_of
from klantbeeld.profiles.rules import Said, values


class Held(NamedTuple):
    """Field to the value that held from a moment on (µs UTC)."""

    at: int
    values: dict[str, Any]


class _Word(NamedTuple):
    at: int
    record: int
    said: Said


def course(customer: int) -> list[Held]:
    """What held of a customer since each change, the oldest first.

    The records that are the customer now, each with the last version it had at that moment, chosen
    from by the rules of now. A version never counts from before the one it replaced.
    """
    members = {m.said.record: m.said for m in members_of([customer]).get(customer, [])}
    words = list(_words(members))
    spoken = {word.record for word in words}
    # What is only referred to has no versions: it says what it said when it was first met.
    words += [_Word(s.at, record, s) for record, s in members.items() if record not in spoken]
    told = sorted(words, key=lambda word: word[:2])
    known: dict[int, Said] = {}
    found: list[Held] = []
    for at, at_once in groupby(told, key=lambda word: word.at):
        known |= {word.record: word.said for word in at_once}
        held = values([known[record] for record in sorted(known)])
        if not found or found[-1].values != held:
            found.append(Held(at, held))
    return found


def _words(members: dict[int, Said]) -> Iterator[_Word]:
    rows = bulk.rows_where(
        f"SELECT record_id, seq, updated_at, kind, {bulk.json_text('data')}"
        " FROM core_recordversion WHERE", "record_id", list(members),
    )  # fmt: skip
    for record, versions in groupby(sorted(rows), key=lambda row: row[0]):
        since = 0
        for _, _, at, kind, data in versions:
            since = max(since, at)
            said = replace(members[record], at=at, kind=kind, data=json.loads(data))
            yield _Word(since, record, said)
