"""Evidence and judgements about which records are one customer, and the partition they give."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from klantbeeld.core.columns import KeyField, Micros
from klantbeeld.core.models import Customer, Record


class MatchKey(models.Model):
    """A hashed key under which a record can meet others: the live index of candidates."""

    id = KeyField()
    hash = models.BigIntegerField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    kind = models.SmallIntegerField()

    class Meta:
        # Holds all that is asked by hash, so that the rows themselves are not looked up.
        indexes: ClassVar = [
            models.Index(fields=["hash", "kind", "record"], name="identity_key_held"),
        ]

    def __str__(self) -> str:
        return f"key of {self.record_id}"


class Compared(models.Model):
    """What is compared of a record, packed (see `core.plain`): derived with its keys."""

    record = models.OneToOneField(
        Record, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    said = models.TextField()

    def __str__(self) -> str:
        return f"values of {self.record_id}"


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


class Doubt(models.Model):
    """A pair of records (left < right) that a person should look at; derived with the links.

    `doubt` is how little a judgement is expected to change: minus the records that would get
    another customer, so that the pair to be asked about first has the least (`doubts.valued`).
    """

    GREY, CONFLICT, BRIDGE = "grey", "conflict", "bridge"
    REASONS = [(r, r) for r in (GREY, CONFLICT, BRIDGE)]

    id = KeyField()
    left = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    right = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    weight = models.FloatField()
    doubt = models.FloatField()
    reason = models.CharField(max_length=8, choices=REASONS)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["doubt", "left"], name="identity_doubt_first"),
            models.Index(fields=["reason", "doubt", "left"], name="identity_doubt_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id}-{self.right_id} {self.reason}"


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
    """A matching model as it was frozen, with what people changed; the latest one is in force."""

    version = models.CharField(max_length=40)
    content = models.TextField()
    # See `rules.Rules.plain`: how the house departs from what was learnt.
    rules = models.JSONField(default=dict)
    # How many records it was learnt from: far beyond that it is learnt anew.
    records = models.BigIntegerField(default=0)
    at = Micros()

    def __str__(self) -> str:
        return self.version


class Experiment(models.Model):
    """A change of the rules or the model, run dry: what it would do, and whether it was done.

    `content` is a model learnt for it ("" for the one in force), `base` the stored model that it
    departs from. `examples` are record ids: {"kind", "before": [[…]], "after": [[…]]}.
    """

    RUNNING, READY, FAILED, DROPPED = "running", "ready", "failed", "dropped"
    APPLYING, APPLIED, UNDOING, UNDONE = "applying", "applied", "undoing", "undone"
    STATES = [
        (s, s)
        for s in (RUNNING, READY, FAILED, DROPPED, APPLYING, APPLIED, UNDOING, UNDONE)
    ]  # fmt: skip
    BUSY = frozenset({RUNNING, APPLYING, UNDOING})
    # What is learnt anew: nothing, all records, or all records and what people said.
    KEEP, RECORDS, JUDGEMENTS = "keep", "records", "judgements"
    LEARN = [(v, v) for v in (KEEP, RECORDS, JUDGEMENTS)]

    state = models.CharField(max_length=10, choices=STATES, default=RUNNING, db_index=True)
    actor = models.CharField(max_length=150)
    at = Micros()
    changed_at = Micros(default=0)
    note = models.TextField(default="")
    learn = models.CharField(max_length=10, choices=LEARN, default=KEEP)
    rules = models.JSONField(default=dict)
    content = models.TextField(default="")
    base = models.BigIntegerField(default=0)
    applied = models.BigIntegerField(default=0)
    # {"stage", "done", "of"}; what it would change, as counts; and the match report of it.
    progress = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    problem = models.CharField(max_length=40, default="")

    def __str__(self) -> str:
        return f"experiment {self.pk}"
