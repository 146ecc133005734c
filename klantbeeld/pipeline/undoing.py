"""Deliveries taken back as if they had never come."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Delivery
from klantbeeld.core.transitions import DELIVERY
from klantbeeld.identity.actions import note_pending
from klantbeeld.pipeline import settling
from klantbeeld.pipeline.settling import Progress, silent
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions as sources
from klantbeeld.timeline import actions as timeline


@needs("sources.undo")
def undo_delivery(actor: Actor, delivery: Delivery, progress: Progress = silent) -> int:
    """Take a delivery back as if it had never come; returns how many customers changed.

    Killed halfway it is called again. Raises ForbiddenTransition for one that is undone.
    """
    _take_back(actor, delivery)
    return settling.settle(actor, progress)


@needs("sources.undo")
def undo_deliveries(
    actor: Actor, deliveries: Sequence[Delivery], progress: Progress = silent
) -> int:
    """Take several deliveries back, the last one first; customers follow from it once.

    `progress` hears ``undoing`` for each. Returns how many customers changed.
    """
    for delivery in sorted(deliveries, key=lambda d: -d.pk):
        _take_back(actor, delivery)
        progress("undoing", 1)
    return settling.settle(actor, progress)


def _take_back(actor: Actor, delivery: Delivery) -> None:
    DELIVERY.check(delivery.state, Delivery.UNDONE)
    # Noted before anything goes: killed halfway, these are still known to have changed.
    touched = {*timeline.records_of(actor, delivery), *sources.records_of(actor, delivery)}
    note_pending(actor, sorted(touched), rematch=True)
    touched |= set(privacy.take_back_reasons(actor, delivery))
    privacy.take_back_special(actor, delivery)
    touched |= timeline.take_back(actor, delivery)
    touched |= sources.take_back(actor, delivery)
    with transaction.atomic():
        touched.update(sources.drop_orphans(actor))
        sources.date_stubs(actor, delivery, sorted(touched))
        note_pending(actor, sorted(touched), rematch=True)
        sources.mark_undone(actor, delivery)
