"""Makes sources, records, customers and what happened to them, for tests of reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.db import transaction

from klantbeeld.core import bulk, clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import Customer, Delivery, Record, RecordVersion, Source
from klantbeeld.identity.models import Membership
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.timeline.models import (
    Document,
    Interaction,
    OrderLine,
    Participation,
    Product,
    Subscription,
)

SYSTEM = system_actor("job")
NOW = clock.now_us()
TODAY = clock.today()
_numbers = count(1)


def actor(role: str) -> Actor:
    """Somebody with this role."""
    return Actor(name=f"some {role}", role=role, purpose="service", interface="web")


def source(key: str = "crm", trust: int = 50) -> Source:
    """The source with this key, made where needed."""
    made, _ = Source.objects.get_or_create(
        key=key, defaults={"name": key.upper(), "trust": trust, "created_at": NOW}
    )
    return made


def delivery(of: Source, **fields: Any) -> Delivery:
    """A delivery of a source."""
    defaults = {
        "name": f"{of.key}.csv", "fingerprint": str(next(_numbers)), "actor": "test",
        "started_at": NOW, "state": Delivery.LOADED,
    }  # fmt: skip
    return Delivery.objects.create(source=of, **{**defaults, **fields})


def record(
    data: Mapping[str, Any],
    *,
    of: str = "crm",
    trust: int = 50,
    kind: str = "person",
    at: int = NOW,
    versions: Sequence[Mapping[str, Any]] = (),
    invalid: Mapping[str, tuple[Any, str]] | None = None,
) -> int:
    """A record that says `data` now and said `versions` before, a day apart each."""
    origin = source(of, trust)
    with transaction.atomic():
        made = Record.objects.create(
            id=bulk.allocate(Record, 1), source=origin, key=f"k{next(_numbers)}", kind=kind,
            data=dict(data), hash=1, seq=len(versions) + 1, updated_at=at, created_at=at,
        )  # fmt: skip
        brought = delivery(origin)
        for seq, said in enumerate([*versions, data], 1):
            last = seq == len(versions) + 1
            RecordVersion.objects.create(
                id=bulk.allocate(RecordVersion, 1), record=made, seq=seq, delivery=brought, at=at,
                updated_at=at - (len(versions) + 1 - seq) * clock.DAY, kind=kind, data=dict(said),
                raw={k: v for k, (v, _) in (invalid or {}).items()} if last else {},
                issues={k: why for k, (_, why) in (invalid or {}).items()} if last else {},
                hash=seq,
            )  # fmt: skip
    return made.pk


def customer(*records: int, household: int = 0) -> int:
    """A customer of these records."""
    with transaction.atomic():
        made = Customer.objects.create(
            id=bulk.allocate(Customer, 1), anchor_id=records[0] if records else None,
            created_at=NOW,
        )  # fmt: skip
        for held in records:
            Membership.objects.create(record_id=held, customer=made, household=household)
    return made.pk


def happened(record_id: int, kind: str, *, days_ago: int = 0, **fields: Any) -> int:
    """An interaction of a record."""
    # Whole days back in local time, whatever the clock was put back or forward since.
    fields.setdefault("day", clock.local_day(fields["at"]) if "at" in fields else TODAY - days_ago)
    at = fields.pop("at", NOW - days_ago * clock.DAY)
    key = str(fields.pop("key", f"i{next(_numbers)}"))
    holds = {"order": "orders", "quote": "quotes"}.get(kind, "events")
    origin = Record.objects.select_related("source").get(pk=record_id).source
    with transaction.atomic():
        made = Interaction.objects.create(
            id=bulk.allocate(Interaction, 1), record_id=record_id, delivery=delivery(origin),
            key=key, key_hash=fields.pop("key_hash", hash64(f"{origin.key}\x1f{holds}\x1f{key}")),
            hash=1, at=at, kind=kind, **fields,
        )  # fmt: skip
    return made.pk


def took_part(interaction: int, record_id: int, role: str = "also") -> None:
    """A further participant of an interaction."""
    with transaction.atomic():
        Participation.objects.create(
            id=bulk.allocate(Participation, 1), interaction_id=interaction, record_id=record_id,
            role=role,
        )  # fmt: skip


def line(interaction: int, name: str, category: str, amount: int, number: int = 1) -> None:
    """A line of an order, with its product."""
    with transaction.atomic():
        product = Product.objects.create(
            id=bulk.allocate(Product, 1), delivery=delivery(source()), source_key="crm",
            key=f"p{next(_numbers)}", name=name, category=category,
        )  # fmt: skip
        OrderLine.objects.create(
            id=bulk.allocate(OrderLine, 1), interaction_id=interaction, number=number,
            product=product, amount_minor=amount,
        )  # fmt: skip


def subscribed(record_id: int, name: str, **fields: Any) -> None:
    """A subscription of a record."""
    origin = Record.objects.select_related("source").get(pk=record_id).source
    key = f"s{next(_numbers)}"
    with transaction.atomic():
        Subscription.objects.create(
            id=bulk.allocate(Subscription, 1), record_id=record_id, delivery=delivery(origin),
            key=key, key_hash=hash64(key), hash=1, name=name, **fields,
        )  # fmt: skip


def document(record_id: int, name: str, **fields: Any) -> None:
    """A document of a record."""
    origin = Record.objects.select_related("source").get(pk=record_id).source
    key = f"d{next(_numbers)}"
    with transaction.atomic():
        Document.objects.create(
            id=bulk.allocate(Document, 1), record_id=record_id, delivery=delivery(origin), key=key,
            key_hash=hash64(key), hash=1, name=name, media_type="application/pdf",
            sha256="0" * 64, size=10, at=NOW, **fields,
        )  # fmt: skip


def said_of_contact(record_id: int, channel: str, state: str, **fields: Any) -> int:
    """A statement in the consent ledger."""
    with transaction.atomic():
        made = ConsentEntry.objects.create(
            id=bulk.allocate(ConsentEntry, 1), record_id=record_id, channel=channel, state=state,
            **{"at": NOW, "method": "imported", "evidence": f"{channel}: x", **fields},
        )  # fmt: skip
    return made.pk


def as_json(value: Any) -> str:
    """Anything as text, to look for values in."""
    return json.dumps(value, default=str, ensure_ascii=False)
