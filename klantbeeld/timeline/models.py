"""What happened between customers and the company, and what they have and get."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from klantbeeld.core.columns import ByteOrderText, Day, KeyField, Micros, Minor
from klantbeeld.core.models import Delivery, Record


class Keyed(models.Model):
    """Something a delivery brings under a key of its own, so that bringing it again is noticed.

    `key_hash` covers source and key, `hash` the content; both are signed xxh3 64-bit hashes.
    Earlier contents stand in `Earlier`.
    """

    id = KeyField()
    record = models.ForeignKey(
        Record, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)
    key = ByteOrderText()
    key_hash = models.BigIntegerField(db_index=True)
    hash = models.BigIntegerField()

    class Meta:
        abstract = True


class Interaction(Keyed):
    """One thing that happened: an order, a mail, a click, a complaint, a log-in.

    `at` is in microseconds UTC; `precision` says how much of it the source gave (`day`,
    `minute`, `second`, `micro`), `day` is the company's calendar day, which a date without
    a time keeps whatever the zone.
    """

    at = Micros()
    precision = models.CharField(max_length=6, default="second")
    day = Day()
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=16, default="")
    direction = models.CharField(max_length=3, default="")
    subject = models.TextField(default="")
    status = models.CharField(max_length=16, default="")
    amount_minor = Minor(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    employee = models.CharField(max_length=120, default="")
    # How it came about: advice of a seller, a funnel, a campaign; and the code that was used.
    origin = models.CharField(max_length=60, default="")
    campaign = models.CharField(max_length=120, default="")
    code = models.CharField(max_length=60, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["record", "at", "kind"], name="interaction_history")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Participation(models.Model):
    """A further participant of an interaction: the other two of a mail to three people."""

    id = KeyField()
    interaction = models.ForeignKey(
        Interaction, models.CASCADE, related_name="+", db_constraint=False
    )
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    role = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"{self.role} of {self.interaction_id}"


class Product(models.Model):
    """Something that is sold, as a source names it."""

    id = KeyField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)
    source_key = models.SlugField(max_length=80)
    key = ByteOrderText()
    name = models.TextField()
    category = models.CharField(max_length=120, default="")
    brand = models.CharField(max_length=120, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_key", "key"], name="product_source_key"),
        ]

    def __str__(self) -> str:
        return self.name


class OrderLine(models.Model):
    """One line of an order (an interaction of kind ``order``)."""

    id = KeyField()
    interaction = models.ForeignKey(
        Interaction, models.CASCADE, related_name="+", db_constraint=False
    )
    number = models.IntegerField()
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    quantity = models.FloatField(default=1)
    amount_minor = Minor(default=0)

    def __str__(self) -> str:
        return f"line {self.number} of {self.interaction_id}"


class Subscription(Keyed):
    """A running agreement: maintenance, insurance."""

    name = models.TextField()
    started_day = Day(null=True)
    ended_day = Day(null=True)
    period = models.CharField(max_length=20, default="")
    amount_minor = Minor(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    status = models.CharField(max_length=16, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["record"], name="subscription_record")]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Document(Keyed):
    """A letter, quote, cancellation or attachment; its bytes lie in the file store by `sha256`."""

    interaction_key = models.BigIntegerField(default=0, db_index=True)
    name = models.TextField()
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    text = models.TextField(default="")
    at = Micros()
    # Why nobody could look into it: locked, damaged, picture, large, unknown; "" when looked into.
    unread = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["record"], name="document_record"),
            models.Index(fields=["sha256"], name="document_contents"),
            models.Index(fields=["unread"], name="document_unread", condition=~Q(unread="")),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Earlier(models.Model):
    """A former content of something keyed, kept so that a delivery can be taken back exactly."""

    id = KeyField()
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    seq = models.IntegerField()
    record = models.BigIntegerField(db_index=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "seq"], name="earlier_row_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} version {self.seq}"


class Seen(models.Model):
    """Which rows a delivery brought again without change.

    `rows` is a zlib-compressed array of little-endian int64 keys. When the delivery that first
    brought such a row is taken back, the row goes over to the one that saw it, and stays.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.table} seen by {self.delivery_id}"
