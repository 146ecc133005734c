"""Names of delivered files that tell of somebody: "klacht Zandloper.pdf".

A delivery belongs to a customer when it brought something of theirs. Erasing the customer takes its
name away when it brought nothing of anybody else, or when the name itself says who they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from klantbeeld.core import bulk
from klantbeeld.core.models import Delivery, RecordVersion
from klantbeeld.timeline.models import Interaction

ERASED = "–"
# Given names and initials are in many file names by chance, surnames in some: together they tell.
_FIRST = ("first_name", "initials")


def deliveries_of(records: Sequence[int]) -> list[int]:
    """The deliveries that brought something of these records, ascending."""
    found: set[int] = set()
    for model in (RecordVersion, Interaction):
        rows = bulk.rows_where(
            f"SELECT DISTINCT delivery_id FROM {model._meta.db_table} WHERE", "record_id", records
        )
        found.update(row[0] for row in rows)
    return sorted(found)


def forget(records: Sequence[int], said: Iterable[Mapping[str, Any]]) -> int:
    """Take away the names that tell of these records, which say `said`; returns how many."""
    people = list(said)
    gone = 0
    for delivery in Delivery.objects.filter(pk__in=deliveries_of(records)).only("name"):
        if names_them(delivery.name, people) or not _brought_others(delivery.pk, records):
            delivery.name = ERASED + _ending(delivery.name)
            delivery.save(update_fields=["name"])
            gone += 1
    return gone


def names_them(name: str, people: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a file's name holds somebody's address, number, or surname with a given name."""
    words = set(_words(name))
    plain = name.casefold()
    for person in people:
        if (email := str(person.get("email") or "")) and email.casefold() in plain:
            return True
        number = str(person.get("customer_number") or "").casefold()
        if len(number) >= 4 and number in words:
            return True
        given = {word for key in _FIRST for word in _words(str(person.get(key) or ""))}
        surname = _words(str(person.get("surname") or ""))
        if surname and set(surname) <= words and given & words:
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _brought_others(delivery: int, records: Sequence[int]) -> bool:
    return any(
        model.objects.filter(delivery=delivery).exclude(record__in=records).exists()
        for model in (RecordVersion, Interaction)
    )


def _ending(name: str) -> str:
    suffix = PurePath(name).suffix
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else ""
