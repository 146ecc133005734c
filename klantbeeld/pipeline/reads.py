"""What undoing or erasing would take away, over all rooms, asked with the actor first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import RecordVersion
from klantbeeld.identity import reads as identity
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.timeline.models import Document, Interaction, Subscription


@dataclass(frozen=True, slots=True)
class UndoCounts:
    """What a delivery brought: new records, changes to known ones, interactions.

    `customers` are those whose records or history change when it is taken back.
    """

    records: int
    versions: int
    interactions: int
    customers: int


@dataclass(frozen=True, slots=True)
class ErasureCounts:
    """What hangs on the records of a customer."""

    records: int
    interactions: int
    subscriptions: int
    documents: int
    consents: int


@needs("sources.undo")
def undo_counts(actor: Actor, delivery: int) -> UndoCounts:
    """What undoing this delivery takes back."""
    versions = RecordVersion.objects.filter(delivery=delivery)
    first = versions.filter(seq=1).count()
    return UndoCounts(
        first,
        versions.count() - first,
        Interaction.objects.filter(delivery=delivery).count(),
        _customers_of(delivery),
    )


def _customers_of(delivery: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT customer_id) FROM identity_membership WHERE record_id IN ("
            "SELECT record_id FROM core_recordversion WHERE delivery_id = %s"
            " UNION SELECT record_id FROM timeline_interaction WHERE delivery_id = %s)",
            [delivery, delivery],
        )
        return int(cursor.fetchone()[0])


@needs("customers.erase")
def erasure_counts(actor: Actor, customer: int) -> ErasureCounts:
    """What erasing this customer takes away."""
    records: Sequence[int] = identity.records_of(actor, customer)
    return ErasureCounts(
        len(records),
        *(
            model.objects.filter(record__in=records).count()
            for model in (Interaction, Subscription, Document, ConsentEntry)
        ),
    )
