"""Consent as a ledger, and the memory of who asked to be forgotten."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import KeyField, Micros
from klantbeeld.core.models import Delivery, Record
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest

__all__ = ["ConsentEntry", "Correction", "Informed", "RightsRequest", "Tombstone"]


class ConsentEntry(models.Model):
    """One statement about one channel and purpose, appended and never changed.

    The state at a moment is that of the latest entry before it; of records of one customer the
    strictest counts. Nothing said is *unknown*, which is not a refusal and not a permission.
    """

    GRANTED, DENIED, WITHDRAWN = "granted", "denied", "withdrawn"
    STATES = [(s, s) for s in (GRANTED, DENIED, WITHDRAWN)]
    # `method` of what somebody said of a whole delivery, with a reason.
    REASONED = "reasoned"

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    at = Micros()
    channel = models.CharField(max_length=12)
    purpose = models.CharField(max_length=20, default="marketing")
    topic = models.CharField(max_length=80, default="")
    brand = models.CharField(max_length=80, default="")
    state = models.CharField(max_length=10, choices=STATES)
    method = models.CharField(max_length=20)
    # What it was taken from: column and value as delivered, or the text that was agreed to.
    evidence = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Tombstone(models.Model):
    """A keyed hash of an identifier of somebody who was erased; checked on every way in."""

    hash = models.BinaryField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    at = Micros()

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
