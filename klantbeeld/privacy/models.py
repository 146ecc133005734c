"""Consent as a ledger, the memory of who asked to be forgotten, and special data."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import KeyField, Micros
from klantbeeld.core.models import Delivery, Record


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


class SpecialGround(models.Model):
    """The law that requires or allows a kind of special data: recorded by somebody, until a day.

    `source` is a source's key, "" for all of them. Never changed: withdrawn and recorded anew.
    """

    kind = models.CharField(max_length=24)
    source = models.CharField(max_length=80, default="", blank=True)
    law = models.TextField()
    purpose = models.TextField()
    by = models.CharField(max_length=150)
    at = Micros()
    # ISO day after which it holds no more, "" for no end.
    until = models.CharField(max_length=10, default="", blank=True)
    withdrawn_by = models.CharField(max_length=150, default="")
    withdrawn_at = Micros(null=True)

    def __str__(self) -> str:
        return f"ground for {self.kind}"


class SpecialColumn(models.Model):
    """What a column of a source was found or judged to be, so that later files are read alike.

    `is_special`: it holds the kind; else somebody judged that it does not ("is not a BSN").
    """

    source = models.CharField(max_length=80)
    column = models.TextField()
    kind = models.CharField(max_length=24)
    is_special = models.BooleanField()
    by = models.CharField(max_length=150, default="")
    why = models.TextField(default="")
    at = Micros()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "column", "kind"], name="privacy_specialcolumn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.column} of {self.source}: {self.kind}"


class SpecialFinding(models.Model):
    """Special data in one column of one delivery: where it stood, and what was done. No values.

    `rows` are the first and last numbers of runs of rows as the file numbers them.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")
    table = models.TextField()
    column = models.TextField()
    kind = models.CharField(max_length=24)
    treatment = models.CharField(max_length=8)
    certainty = models.SmallIntegerField()
    reason = models.CharField(max_length=24)
    # Whether the whole column is of the kind, not single cells or words of texts.
    is_column = models.BooleanField(default=False)
    filled = models.BigIntegerField(default=0)
    count = models.BigIntegerField(default=0)
    rows = models.JSONField(default=list)
    at = Micros()

    def __str__(self) -> str:
        return f"{self.kind} in {self.column}"


class SpecialOriginal(models.Model):
    """A value as it was delivered or typed, sealed; bound to this row and to its record.

    `until` (microseconds UTC): when it goes by itself; null as long as its ground holds.
    """

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="+", db_constraint=False, null=True
    )
    table = models.TextField(default="")
    column = models.TextField()
    row = models.BigIntegerField(default=0)
    kinds = models.JSONField(default=list)
    treatment = models.CharField(max_length=8)
    sealed = models.BinaryField()
    # Keyed hash of record, column and text: the same text again is not kept twice.
    mark = models.BigIntegerField()
    at = Micros()
    until = Micros(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["record"], name="privacy_special_record"),
            models.Index(fields=["mark"], name="privacy_special_mark"),
        ]

    def __str__(self) -> str:
        return f"original {self.pk}"
