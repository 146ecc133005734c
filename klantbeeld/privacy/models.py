"""Consent as a ledger, what was decided by it, and the memory of who asked to be forgotten."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Day, KeyField, Micros
from klantbeeld.core.models import Delivery, Record
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest

__all__ = ["ConsentEntry", "Correction", "Informed", "RightsRequest", "Tombstone"]


class ConsentEntry(models.Model):
    """One statement about one channel and purpose, appended and never changed.

    The state at a moment follows from the entries up to it (see `rules.standing_for`); of records
    of one customer the strictest counts. Nothing said is *unknown*, which is not a refusal and not
    a permission. An entry without delivery was said on a screen or by the person himself: it
    stays when a delivery is taken back.
    """

    GRANTED, DENIED, WITHDRAWN, REQUESTED = "granted", "denied", "withdrawn", "requested"
    STATES = [(s, s) for s in (GRANTED, DENIED, WITHDRAWN, REQUESTED)]
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
    # What it was taken from: column and value as delivered, or what somebody wrote down of it.
    evidence = models.TextField(default="")
    # The exact text that was agreed to (`ConsentText`), its language, and where it stood.
    language = models.CharField(max_length=8, default="", db_default="")
    form = models.CharField(max_length=20, default="", db_default="")
    text_hash = models.CharField(max_length=64, default="", db_default="")
    # Who noted it; "" when it was the person himself, or a file.
    said_by = models.CharField(max_length=80, default="", db_default="")
    # Of a permission the request that it confirms, by key.
    confirms = models.BigIntegerField(null=True)
    expires_at: Micros[int | None, int | None] = Micros(null=True)

    class Meta:
        # Few end by themselves, and those must be found among very many.
        indexes = [
            models.Index(
                fields=["expires_at"], name="consent_terms",
                condition=models.Q(expires_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class ConsentText(models.Model):
    """The exact words that people agree to, by their hash; never changed, it is about nobody."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    language = models.CharField(max_length=8, default="")
    channel = models.CharField(max_length=12, default="")
    first_used = Micros()

    def __str__(self) -> str:
        return self.hash[:12]


class ContactNote(models.Model):
    """What else decides whether somebody may be contacted, appended; the latest of a kind holds.

    Of several records any yes counts. `day` is when a register was consulted.
    """

    DO_NOT_CONTACT, DECEASED = "do_not_contact", "deceased"
    PHONE_REGISTER, POST_REGISTER = "phone_register", "post_register"
    KINDS = [(k, k) for k in (DO_NOT_CONTACT, DECEASED, PHONE_REGISTER, POST_REGISTER)]

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=20, choices=KINDS)
    value = models.BooleanField()
    at = Micros()
    day = Day()
    note = models.TextField(default="")
    said_by = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class ContactPreference(models.Model):
    """How somebody likes to be approached, appended; the latest holds. It allows nothing."""

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    at = Micros()
    channel = models.CharField(max_length=12, default="")
    form = models.CharField(max_length=20, default="")
    said_by = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"{self.channel} {self.form}"


class Decision(models.Model):
    """Whether something might be sent to somebody: the verdict, and the facts it was reached on.

    Made before every send, also when the answer is no. Asked again with these facts, the same
    rule gives the same verdict.
    """

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    at = Micros()
    # What was to be sent: `confirmation`, or a name that a room gives its sends.
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    purpose = models.CharField(max_length=20)
    answer = models.CharField(max_length=12)
    reason = models.CharField(max_length=40)
    rule = models.CharField(max_length=60, default="")
    facts = models.JSONField()
    said_by = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"{self.kind} {self.answer}"


class Outgoing(models.Model):
    """A mail that waits to be sent. The address is looked up, and the verdict asked, on sending."""

    WAITING, SENT, REFUSED, FAILED = "waiting", "sent", "refused", "failed"
    STATES = [(s, s) for s in (WAITING, SENT, REFUSED, FAILED)]
    CONFIRMATION = "confirmation"

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    # The request that the person is asked to confirm.
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=20, default=CONFIRMATION)
    at = Micros()
    state = models.CharField(max_length=10, choices=STATES, default=WAITING, db_index=True)
    # Why it was not sent, as a key: a reason of the verdict, `no_address`, `mail_failed`.
    reason = models.CharField(max_length=40, default="")
    tries = models.SmallIntegerField(default=0)
    changed_at = Micros(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Tombstone(models.Model):
    """A keyed hash of an identifier of somebody who was erased; checked on every way in."""

    hash = models.BinaryField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    at = Micros()

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
