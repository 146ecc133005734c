"""Rows that could not be laid on the company's fields: kept, with the reason, to be mended."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Micros
from klantbeeld.core.models import Delivery


class Quarantined(models.Model):
    """One row in quarantine. `row` is its line in the file; `values` its cells as delivered."""

    OPEN, MENDED, DROPPED = "open", "mended", "dropped"
    STATES = [(s, s) for s in (OPEN, MENDED, DROPPED)]

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")
    table = models.TextField()
    row = models.BigIntegerField()
    hash = models.BigIntegerField(db_index=True)
    values = models.JSONField()
    # Column name to reason code; the empty name stands for the row as a whole.
    reasons = models.JSONField()
    state = models.CharField(max_length=8, choices=STATES, default=OPEN, db_index=True)
    mended = models.JSONField(default=dict)
    at = Micros()

    def __str__(self) -> str:
        return f"row {self.row} of {self.delivery_id}"
