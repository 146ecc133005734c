"""What colleagues recorded beside consent: registers, not to be approached, died; preferences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.core.free_text import screened
from klantbeeld.privacy.models import ContactNote, ContactPreference

FORMS = ("brochure", "personal", "digital")
_NOTES = "SELECT record_id, kind, value, at, id, day, note, said_by FROM privacy_contactnote WHERE"
_PREFERENCES = (
    "SELECT record_id, channel, form, at, id, said_by FROM privacy_contactpreference WHERE"
)
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Noted:
    """What holds of one kind: `day` (since 1970) is when a register was consulted."""

    kind: str
    value: bool
    at: int
    day: int
    note: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Preference:
    """How somebody likes to be approached; "" where nothing was said."""

    channel: str
    form: str
    at: int
    said_by: str


def noted(records: Sequence[int], at: int) -> Mapping[str, Noted]:
    """Kind to what was recorded of it up to `at`: each record's latest; any yes goes before no."""
    return holding(rows(records), at)


def rows(records: Sequence[int]) -> Rows:
    """All that was recorded of these records, for `holding`."""
    return bulk.rows_where(_NOTES, "record_id", records)


def noted_of(owners: Mapping[int, int], at: int) -> dict[int, Mapping[str, Noted]]:
    """The same for many at once: owner to what was recorded; `owners` maps record to owner."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows(list(owners)):
        found[owners[row[0]]].append(row)
    return {owner: holding(held, at) for owner, held in found.items()}


def holding(rows: Rows, at: int) -> dict[str, Noted]:
    """As `noted`, of rows that were read."""
    latest: dict[tuple[int, str], tuple[int, int, Noted]] = {}
    for record, kind, value, when, key, day, note, said_by in rows:
        place = (when, key)
        if when <= at and place > latest.get((record, kind), (0, 0))[:2]:
            latest[record, kind] = (*place, Noted(kind, bool(value), when, day, note, said_by))
    found: dict[str, Noted] = {}
    for *_place, told in sorted(latest.values(), key=lambda item: item[:2]):
        before = found.get(told.kind)
        if before is None or told.value or not before.value:
            found[told.kind] = told
    return found


def add(records: Sequence[int], kind: str, value: bool, day: int, note: str, said_by: str) -> None:
    """Record something of every record; inside a transaction."""
    at, note = now_us(), screened(note, "note")
    first = bulk.allocate(ContactNote, len(records))
    bulk.insert(
        ContactNote,
        ("id", "record_id", "kind", "value", "at", "day", "note", "said_by"),
        [(first + n, r, kind, value, at, day, note, said_by[:80]) for n, r in enumerate(records)],
    )


def preference(records: Sequence[int], at: int) -> Preference | None:
    """The latest that was said of any of these records up to `at`."""
    said = [row for row in bulk.rows_where(_PREFERENCES, "record_id", records) if row[3] <= at]
    if not said:
        return None
    _record, channel, form, when, _key, said_by = max(said, key=lambda row: (row[3], row[4]))
    return Preference(channel, form, when, said_by)


def prefer(record: int, channel: str, form: str, said_by: str) -> None:
    """Note a preference; inside a transaction."""
    ContactPreference.objects.create(
        id=bulk.allocate(ContactPreference, 1), record_id=record, at=now_us(),
        channel=channel[:12], form=form[:20], said_by=said_by[:80],
    )  # fmt: skip
