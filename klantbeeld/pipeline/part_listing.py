"""The single values of a customer that can be erased by themselves, the ones of before first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Record, RecordVersion
from klantbeeld.identity import reads as partition
from klantbeeld.pipeline.part_erasing import is_in_key
from klantbeeld.sources.tables import ROLE_GROUPS, groups_in, text_of

MACHINE = system_actor("job")
# What a source calls somebody goes with the whole; what was said of contact stands in the ledger.
LEFT_OUT = frozenset(
    {"customer_number", "record_key", "device_id", "number_of", "relation_type", "unsubscribed",
     "do_not_call", "do_not_email", "preferred_channel", *ROLE_GROUPS["consent"].split()}
)  # fmt: skip


@dataclass(frozen=True)
class PartValue:
    """A value that sources gave: `version` says it, in `data`; `group` is `address`, `name` …

    `since` and `until` are when sources said so first and last (µs UTC); `is_current` whether
    one says so now; `is_bound` that a source knows the customer by it.
    """

    version: int
    group: str
    data: Mapping[str, Any]
    sources: tuple[str, ...]
    since: int
    until: int
    is_current: bool
    is_bound: bool


@needs("customers.erase")
def values_of(actor: Actor, customer: int) -> list[PartValue]:
    """What sources say and said of a customer, each value once; former ones first."""
    records = partition.records_of(MACHINE, customer)
    now = {
        (group, text_of(group, data))
        for data in Record.objects.filter(pk__in=records).values_list("data", flat=True)
        for group in groups_in(data)
    }
    found: dict[tuple[str, str], list[RecordVersion]] = {}
    versions = RecordVersion.objects.filter(record__in=records).select_related("record__source")
    for version in versions.order_by("updated_at", "pk"):
        for group in groups_in(version.data):
            if group not in LEFT_OUT:
                found.setdefault((group, text_of(group, version.data)), []).append(version)
    told = [_told(records, place, said, place in now) for place, said in found.items()]
    return sorted(told, key=lambda one: (one.is_current, one.group, -one.until))


def _told(
    records: list[int], place: tuple[str, str], said: list[RecordVersion], is_current: bool
) -> PartValue:
    group, text = place
    names = dict.fromkeys(version.record.source.name for version in said)
    last = said[-1]
    return PartValue(
        last.pk, group, last.data, tuple(names), said[0].updated_at, last.updated_at, is_current,
        is_in_key(records, group, text),
    )  # fmt: skip


@needs("customers.erase")
def value_data(actor: Actor, customer: int, version: int) -> Mapping[str, Any]:
    """What a version of one of this customer's records says, {} when there is none (any more)."""
    records = partition.records_of(MACHINE, customer)
    held = RecordVersion.objects.filter(pk=version, record__in=records).first()
    return held.data if held else {}
