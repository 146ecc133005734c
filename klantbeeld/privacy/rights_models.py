"""What customers asked for under their rights, and how and when they were informed."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Day, Micros
from klantbeeld.privacy import rights_rules as rules


class RightsRequest(models.Model):
    """One request: what is asked, when and how it came in, and what became of it.

    It hangs on a record of the customer, so it goes along when customers merge or split. When
    the customer is erased the request stays as proof that it was answered, without who it was.
    `given` holds the ids of documents that somebody looked through and decided to hand out.
    """

    KINDS = [(k, k) for k in rules.KINDS]
    STATES = [(s, s) for s in rules.TRANSITIONS]

    kind = models.CharField(max_length=14, choices=KINDS)
    # 0 once its customer is erased; no relation, as the delivery of a record may be taken back.
    record = models.BigIntegerField(default=0, db_index=True)
    state = models.CharField(max_length=10, choices=STATES, default=rules.OPEN, db_index=True)
    received_day = Day()
    received_by = models.CharField(max_length=10)
    identity = models.CharField(max_length=16, default=rules.IDENTITY[0])
    due_day = Day()
    extension_reason = models.TextField(default="")
    note = models.TextField(default="")
    answer = models.TextField(default="")
    answered_day = Day(null=True)
    given = models.JSONField(default=list)
    # The number of the erasure that it led to.
    erasure = models.CharField(max_length=24, default="")
    actor = models.CharField(max_length=150)
    created_at = Micros()

    def __str__(self) -> str:
        return f"request {self.pk}"


class Informed(models.Model):
    """One time that people were told what is done with their data (articles 13 and 14 GDPR).

    Without a record it holds for everybody whom the source had brought by that day.
    """

    source_key = models.CharField(max_length=80, db_index=True)
    record = models.BigIntegerField(default=0, db_index=True)
    day = Day()
    how = models.CharField(max_length=12)
    note = models.TextField(default="")
    actor = models.CharField(max_length=150)
    at = Micros()

    def __str__(self) -> str:
        return f"informed {self.pk}"


class Correction(models.Model):
    """Fields that somebody corrected over what the sources say, why, and who was told of it.

    The values stand in a record of the source `desk` (see `pipeline.rectifying`); `entry` is the
    delivery by which it is taken back. `told_day` is when those who received the data were told
    (article 19 GDPR).
    """

    record = models.BigIntegerField(db_index=True)
    entry = models.BigIntegerField(default=0, db_index=True)
    fields = models.JSONField(default=list)
    reason = models.TextField()
    actor = models.CharField(max_length=150)
    at = Micros()
    told_day = Day(null=True)
    undone_at = Micros(default=0)

    def __str__(self) -> str:
        return f"correction {self.pk}"
