"""Former values: what records said before, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from klantbeeld.profiles.names import address_line, person_name

# What is remembered of a person, with how to say it.
REMEMBERED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "name": person_name,
    "address": address_line,
    **{
        name: (lambda data, name=name: str(data.get(name) or ""))  # type: ignore[misc]
        for name in ("organisation_name", "email", "phone", "mobile", "job_title", "profession")
    },
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record; `at` is when its source said so (µs UTC)."""

    record: int
    seq: int
    at: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Former:
    """A value that a record no longer gives: since and until when it did (µs UTC)."""

    key: str
    value: str
    record: int
    since: int
    until: int


def former(versions: Iterable[Version], current: Mapping[str, str]) -> list[Former]:
    """Former values per key of `REMEMBERED`, the last abandoned first, each value once.

    `current` are the values that hold now: what holds again is not former.
    """
    found: dict[tuple[str, str], Former] = {}
    for told in _by_record(versions):
        for key, say in REMEMBERED.items():
            for value, record, since, until in _abandoned(told, say):
                place = (key, value.casefold())
                if value.casefold() == current.get(key, "").casefold():
                    continue
                known = found.get(place)
                if known is None or until > known.until:
                    found[place] = Former(key, value, record, since, until)
    return sorted(found.values(), key=lambda f: (-f.until, f.key, f.value))


def _by_record(versions: Iterable[Version]) -> list[list[Version]]:
    told: dict[int, list[Version]] = {}
    for version in sorted(versions, key=lambda v: (v.record, v.seq)):
        told.setdefault(version.record, []).append(version)
    return list(told.values())


def _abandoned(
    told: Sequence[Version], say: Callable[[Mapping[str, Any]], str]
) -> Iterable[tuple[str, int, int, int]]:
    """(value, record, since, until) of values that a later version replaced or left out."""
    since = told[0].at if told else 0
    for before, after in pairwise(told):
        was, now = say(before.data), say(after.data)
        if was != now:
            if was:
                yield was, before.record, since, after.at
            since = after.at
