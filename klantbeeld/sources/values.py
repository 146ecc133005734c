"""Single values out of what sources say: which fields make one value, and taking one away.

An address is one value of many fields, and so is a name; every other field is one by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from klantbeeld.core import bulk, changes
from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import Record, RecordVersion

GROUPS: Mapping[str, tuple[str, ...]] = {
    "address": (
        "address", "street", "house_number", "house_suffix", "postcode", "city", "region",
        "country",
    ),
    "name": ("full_name", "title", "initials", "first_name", "surname_prefix", "surname"),
}  # fmt: skip
_GROUP_OF = {field: group for group, fields in GROUPS.items() for field in fields}
# Where a house stands, whatever else is said of it.
_DOOR = ("postcode", "house_number", "house_suffix")
# What a record says of itself, not of anybody.
_NO_VALUE = frozenset({"number_of"})


def group_of(field: str) -> str:
    """The value that a field is part of: `address`, `name` or itself."""
    return _GROUP_OF.get(field, field)


def fields_of(group: str) -> tuple[str, ...]:
    """The fields of a value, with what stands beside them."""
    beside = ("email_2",) if group == "email" else ()
    return (*GROUPS.get(group, (group,)), *beside)


def groups_in(data: Mapping[str, Any]) -> list[str]:
    """The values that a record's data has."""
    filled = (group_of(field) for field, value in data.items() if value not in (None, ""))
    return [g for g in dict.fromkeys(filled) if g not in _NO_VALUE and text_of(g, data)]


def text_of(group: str, data: Mapping[str, Any]) -> str:
    """A value as one text, the same for the same value; "" when it is not there.

    Two addresses with one postcode and house number are one, whoever spells the street.
    """
    own = GROUPS.get(group, (group,))
    if group == "address" and data.get("postcode") and data.get("house_number"):
        own = _DOOR
    parts = [str(data.get(field) or "").strip().casefold() for field in own]
    return "|".join(parts) if any(parts) else ""


def without(group: str, data: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` of a record (its data, originals or issues) without a value of its `data`."""
    gone = set(fields_of(group)) if text_of(group, data) else set()
    return {field: value for field, value in values.items() if field not in gone}


def stripped_hash(kind: str, data: Mapping[str, Any], issues: Mapping[str, Any]) -> int:
    """The content hash of what is left of a record after a value went.

    Not that of the columns (see `pipeline.subjects.records`): a database does not keep their order.
    """
    told = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in (data, issues)]
    return hash64(f"stripped\x1f{kind}\x1f{told[0]}\x1f{told[1]}")


def forget(records: Sequence[int], group: str, text: str) -> tuple[int, list[int]]:
    """Take a value (see `text_of`) out of every version of these records that has it.

    Returns how many versions had it and which records. Inside a transaction.
    """
    bulk.ensure_atomic()
    count, touched = 0, []
    for version in RecordVersion.objects.filter(record__in=list(records)).order_by("pk"):
        if text_of(group, version.data) != text:
            continue
        had = version.data
        version.raw = without(group, had, version.raw)
        version.issues = without(group, had, version.issues)
        version.data = without(group, had, had)
        version.hash = stripped_hash(version.kind, version.data, version.issues)
        version.save(update_fields=["data", "raw", "issues", "hash"])
        count += 1
        touched.append(version.record_id)
    for record in Record.objects.filter(pk__in=list(records)):
        if text_of(group, record.data) != text:
            continue
        record.data = without(group, record.data, record.data)
        last = RecordVersion.objects.filter(record=record, seq=record.seq).first()
        record.hash = last.hash if last else stripped_hash(record.kind, record.data, {})
        record.save(update_fields=["data", "hash"])
        touched.append(record.pk)
    found = sorted(set(touched))
    changes.note("record", found)
    return count, found
