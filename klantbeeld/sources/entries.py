"""Deliveries of the source `desk`: one for each thing that somebody enters by hand."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may, needs
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery, Source

# What a colleague types is looked at more closely than any file.
TRUST = 95


@needs("notes.write", "nothing")
@transaction.atomic
def open_entry(actor: Actor, name: str, rows: int) -> Delivery:
    """A delivery for one entry of so many rows; `name` is what is entered, as a key."""
    with translation.override(settings.LANGUAGE_CODE):
        called = _("Own entries")
    source, _is_new = Source.objects.get_or_create(
        key=Source.DESK, defaults={"name": called, "trust": TRUST, "created_at": now_us()}
    )
    at = now_us()
    delivery = Delivery.objects.create(
        source=source, state=Delivery.LOADED, name=name, fingerprint=secrets.token_hex(16),
        actor=actor.name, started_at=at, finished_at=at, rows_read=rows, rows_stored=rows,
    )  # fmt: skip
    delivery.run = delivery.pk
    delivery.save(update_fields=["run"])
    audit.record(actor, f"enter_{name}", ("delivery", delivery.pk), {"rows": rows})
    return delivery


@needs("notes.write", "nothing")
def count_entry(actor: Actor, delivery: Delivery, rows: int) -> None:
    """Say how many rows an entry turned out to be."""
    delivery.rows_read = delivery.rows_stored = rows
    delivery.save(update_fields=["rows_read", "rows_stored"])


@needs("notes.write", "nothing")
def own_entry(actor: Actor, key: int) -> Delivery:
    """The entry with this key, when this actor may take it back.

    Everybody may take back what they entered themselves; others' needs the right to undo
    deliveries. Raises LookupError otherwise.
    """
    held = Delivery.objects.select_related("source").filter(pk=key).first()
    if held is None or held.source.key != Source.DESK or held.state != Delivery.LOADED:
        raise LookupError("There is no such entry, or it was taken back before.")
    if held.actor != actor.name and not may(actor, "sources.undo"):
        raise LookupError("This was entered by somebody else.")
    return held
