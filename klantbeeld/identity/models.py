"""Evidence and judgements about which records are one customer, and the partition they give."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import KeyField, Micros
from klantbeeld.core.models import Customer, Record


class MatchKey(models.Model):
    """A hashed key under which a record can meet others: the live index of candidates."""

    id = KeyField()
    hash = models.BigIntegerField(db_index=True)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    kind = models.SmallIntegerField()

    def __str__(self) -> str:
        return f"key of {self.record_id}"


class Link(models.Model):
    """A scored pair of records (left < right) that may be one customer or one household."""

    id = KeyField()
    left = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    right = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    weight = models.FloatField()
    same = models.FloatField()
    household = models.FloatField()
    # Comparison name to level, so the pair can explain itself without being compared again.
    levels = models.JSONField()
    model_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.left_id}-{self.right_id}"


class Judgement(models.Model):
    """A person's word on a pair: the same, different, or unsure; of two the latest counts."""

    SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
    VERDICTS = [(v, v) for v in (SAME, DIFFERENT, UNSURE)]
    # What somebody did to say it: one pair, a merge, a split, or an own entry for a customer.
    PAIR, MERGE, SPLIT, ENTRY = "pair", "merge", "split", "entry"
    KINDS = [(k, k) for k in (PAIR, MERGE, SPLIT, ENTRY)]

    left = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    right = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    actor = models.CharField(max_length=150)
    at = Micros()
    note = models.TextField(default="")
    revoked_at = Micros(default=0)
    # Judgements said in one act share the key of its audit entry, and are taken back together.
    act = models.BigIntegerField(default=0, db_index=True)
    kind = models.CharField(max_length=5, choices=KINDS, default=PAIR)

    def __str__(self) -> str:
        return f"{self.left_id}-{self.right_id} {self.verdict}"


class Membership(models.Model):
    """The partition: each record's customer and household; derived, rebuilt at will."""

    record = models.OneToOneField(
        Record, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_constraint=False)
    household = models.BigIntegerField(default=0, db_index=True)

    def __str__(self) -> str:
        return f"{self.record_id} of {self.customer_id}"


class Pending(models.Model):
    """Records that changed: `rematch` until they are matched, then until profiles are made."""

    record = models.BigIntegerField(primary_key=True)
    rematch = models.BooleanField(default=True, db_index=True)

    def __str__(self) -> str:
        return str(self.record)


class StoredModel(models.Model):
    """A matching model as it was frozen; the latest one is in force."""

    version = models.CharField(max_length=40)
    content = models.TextField()
    # How many records it was learnt from: far beyond that it is learnt anew.
    records = models.BigIntegerField(default=0)
    at = Micros()

    def __str__(self) -> str:
        return self.version
