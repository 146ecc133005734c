"""Consent as a ledger, what was decided by it, who asked to be forgotten, special data."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Day, KeyField, Micros
from klantbeeld.core.models import Delivery, Record
from klantbeeld.privacy.erasure_models import (
    Disclosure,
    Erasure,
    LegalHold,
    Restriction,
    Withheld,
)
from klantbeeld.privacy.rights_models import Correction, Informed, RightsRequest

__all__ = [
    "ConsentEntry", "Correction", "Disclosure", "Erasure", "Informed", "LegalHold", "Restriction",
    "RightsRequest", "Tombstone", "Withheld",
]  # fmt: skip


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
    # A parent agreed for a child; the address was made public for offers; what the name does not
    # tell of a business: whether it is a legal person, or somebody on his own.
    GUARDIAN, PUBLISHED, LEGAL, SOLE = "guardian", "published", "legal_person", "sole_trader"
    KINDS = [
        (k, k)
        for k in (
            DO_NOT_CONTACT, DECEASED, PHONE_REGISTER, POST_REGISTER, GUARDIAN, PUBLISHED, LEGAL,
            SOLE,
        )
    ]  # fmt: skip

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
    # Imports ask first whether there is any of a kind.
    kind = models.CharField(max_length=20, db_index=True)
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
