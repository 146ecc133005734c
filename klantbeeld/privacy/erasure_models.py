"""The journal of erasing: who asked, who agreed, how far it is, and the receipt."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Micros


class Erasure(models.Model):
    """One erasure, from asking to the signed receipt. Holds nothing that tells who it was about.

    `subject` is the customer's key, which means nobody once it is done. `position` holds per step
    when it was done and what it came to; it commits with the step itself. `exception` is why one
    person alone decided, written by that person and without names of customers.
    """

    WAITING, RUNNING, DONE, REFUSED = "waiting", "running", "done", "refused"
    STATES = [(s, s) for s in (WAITING, RUNNING, DONE, REFUSED)]
    REQUEST, OBJECTION, CONSENT, EXPIRED, UNLAWFUL = (
        "request", "objection", "consent", "expired", "unlawful",
    )  # fmt: skip
    REASONS = [(r, r) for r in (REQUEST, OBJECTION, CONSENT, EXPIRED, UNLAWFUL)]
    # What came back with a backup and goes again; and what goes because its term ended.
    WHOLE, PART, AGAIN = "whole", "part", "again"
    KINDS = [(k, k) for k in (WHOLE, PART, AGAIN)]

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=KINDS, default=WHOLE)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING, db_index=True)
    subject = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=12, choices=REASONS, default=REQUEST)
    asked_by = models.CharField(max_length=150)
    asked_by_id = models.BigIntegerField(default=0)
    asked_at = Micros()
    decided_by = models.CharField(max_length=150, default="")
    decided_by_id = models.BigIntegerField(default=0)
    decided_at = Micros(default=0)
    exception = models.TextField(default="")
    # Until when orders and invoices are kept under restriction, 0 for not at all.
    kept_until = Micros(default=0)
    # Of a part of a history the keys of what goes until it goes, then sealed what is looked for
    # until it is done; see `parts`.
    part = models.JSONField(default=dict)
    # What the rehearsal counted, by store.
    counts = models.JSONField(default=dict)
    position = models.JSONField(default=dict)
    receipt = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, default="")
    done_at = Micros(default=0)

    def __str__(self) -> str:
        return self.number

    @property
    def is_of_part(self) -> bool:
        """Whether only a part of a history went: asked so, or back with a backup."""
        return self.kind == self.PART


class Withheld(models.Model):
    """A record of somebody who is being erased: nobody reads it any more, until it is gone.

    `owner` is the customer whose it was, for what is copied by customer.
    """

    record = models.BigIntegerField()
    owner = models.BigIntegerField(default=0)
    erasure = models.ForeignKey(Erasure, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"withheld {self.record}"


class Restriction(models.Model):
    """Article 18 or 21: what is held of a record is kept and not used, from then until then.

    `kind` restricted leaves it out of everything; objected out of marketing (or of `purpose`).
    `until` 0 is for as long as nobody lifts it; `lifted_at` 0 while it holds.
    """

    RESTRICTED, OBJECTED, FISCAL = "restricted", "objected", "fiscal"
    KINDS = [(k, k) for k in (RESTRICTED, OBJECTED, FISCAL)]

    record = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    purpose = models.CharField(max_length=20, default="")
    reason = models.CharField(max_length=12, default="")
    since = Micros()
    until = Micros(default=0)
    by = models.CharField(max_length=150)
    lifted_at = Micros(default=0, db_index=True)
    lifted_by = models.CharField(max_length=150, default="")

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class LegalHold(models.Model):
    """Nothing of this record goes, by erasing or by itself, as long as a case needs it.

    `matter` is the company's own number of the case.
    """

    record = models.BigIntegerField(db_index=True)
    matter = models.CharField(max_length=40)
    since = Micros()
    by = models.CharField(max_length=150)
    lifted_at = Micros(default=0)
    lifted_by = models.CharField(max_length=150, default="")

    def __str__(self) -> str:
        return f"hold {self.record}"


class Disclosure(models.Model):
    """An export: who took what of how many customers along, to be told when one is erased.

    `subjects` is a zlib-compressed array of the customers as little-endian int64 keys.
    """

    at = Micros()
    actor = models.CharField(max_length=150)
    purpose = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    subjects = models.BinaryField()

    def __str__(self) -> str:
        return f"disclosure {self.pk}"
