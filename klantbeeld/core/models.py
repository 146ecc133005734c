"""The keys everything else hangs on: sources, deliveries, records, customers; and the logs."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import ByteOrderText, KeyField, Micros

PARTITIONS = 64
PARTITION_BLOCK_BITS = 10


def partition_of(record: int) -> int:
    """The partition (0 to 63) of a record's rows in the columnar copy.

    Blocks of 1,024 neighbouring keys share a partition: then a new delivery touches few
    partitions, and a partition is read from the database by ranges of its index.
    """
    return (record >> PARTITION_BLOCK_BITS) % PARTITIONS


class Source(models.Model):
    """A system or file that delivers: the webshop, the CRM export, the desk itself."""

    DESK = "desk"
    # Why the company may hold what this source says (article 6 GDPR), as somebody answered once.
    UNKNOWN, CONSENT, CONTRACT = "unknown", "consent", "contract"
    LEGITIMATE_INTEREST, LEGAL_OBLIGATION = "legitimate_interest", "legal_obligation"
    BASES = [(b, b) for b in (UNKNOWN, CONSENT, CONTRACT, LEGITIMATE_INTEREST, LEGAL_OBLIGATION)]

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    # Weight in survivorship rules, 0 (gossip) to 100 (a verified register).
    trust = models.SmallIntegerField(default=50)
    # True when one person never has two records here, so two records here are two people.
    has_unique_ids = models.BooleanField(default=False)
    basis = models.CharField(max_length=20, choices=BASES, default=UNKNOWN)
    # How its addresses came in, as somebody answered once ("" when nobody did): the law asks
    # whether people gave them to the company themselves, at what, and with a way out beside it.
    SALE, GIFT, VOLUNTEERING, EVENT = "sale", "gift", "volunteering", "event"
    ENQUIRY, PUBLISHED, THIRD_PARTY = "enquiry", "published", "third_party"
    WAYS = [(w, w) for w in (SALE, GIFT, VOLUNTEERING, EVENT, ENQUIRY, PUBLISHED, THIRD_PARTY)]
    obtained_through = models.CharField(max_length=12, choices=WAYS, default="", db_default="")
    offered_way_out = models.BooleanField(null=True)
    created_at = Micros()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One file (or one live batch) of one source, and what became of every row in it."""

    RUNNING, LOADED, UNDONE, FAILED = "running", "loaded", "undone", "failed"
    STATES = [(s, s) for s in (RUNNING, LOADED, UNDONE, FAILED)]
    # The name of what a program brings; its calls of one day share a run.
    CALL = "api"

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=RUNNING, db_index=True)
    # Deliveries of one import share the id of the first; undoing may take one or all.
    run = models.BigIntegerField(default=0, db_index=True)
    name = models.TextField()
    fingerprint = models.CharField(max_length=64)
    mapping = models.TextField(default="")
    # Per table how far it is, in the same transaction as the rows: a killed import goes on here.
    position = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    actor = models.CharField(max_length=150)
    started_at = Micros()
    finished_at = Micros(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_stored = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    rows_quarantined = models.BigIntegerField(default=0)
    rows_suppressed = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["source", "fingerprint"], name="delivery_fingerprint")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.pk}"

    @property
    def rows_accounted(self) -> int:
        """Stored, unchanged, quarantined, suppressed and rejected together: equals `rows_read`."""
        return (
            self.rows_stored
            + self.rows_unchanged
            + self.rows_quarantined
            + self.rows_suppressed
            + self.rows_rejected
        )


class Record(models.Model):
    """What one source says about one subject.

    A record that is only referred to (an order by a customer number that no customer file
    explained yet) has `seq` 0 and no data. A device is a record per episode: a log-in by
    somebody else opens a new one. Sales without any customer hang on the source's single
    record of kind ``anonymous``, which never becomes a customer.
    """

    PERSON, ORGANISATION, UNKNOWN = "person", "organisation", "unknown"
    DEVICE, ANONYMOUS, CAMPAIGN = "device", "anonymous", "campaign"
    KINDS = [(k, k) for k in (PERSON, ORGANISATION, UNKNOWN, DEVICE, ANONYMOUS, CAMPAIGN)]
    CUSTOMER_KINDS = (PERSON, ORGANISATION, UNKNOWN, DEVICE)

    id = KeyField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    key = ByteOrderText()
    kind = models.CharField(max_length=12, choices=KINDS, default=UNKNOWN)
    data = models.JSONField(default=dict)
    hash = models.BigIntegerField(default=0)
    seq = models.IntegerField(default=0)
    # The source's own "last changed", else the moment of delivery.
    updated_at = Micros()
    created_at = Micros()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="record_source_key"),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"


class RecordVersion(models.Model):
    """One version of a record, appended; never rewritten except by undoing or erasing."""

    id = KeyField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_index=False)
    seq = models.IntegerField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    at = Micros()
    updated_at = Micros()
    kind = models.CharField(max_length=12)
    data = models.JSONField(default=dict)
    # Original values of the fields whose standard form differs, and of invalid ones.
    raw = models.JSONField(default=dict)
    issues = models.JSONField(default=dict)
    hash = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "seq"], name="version_record_seq"),
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} version {self.seq}"


class Customer(models.Model):
    """One person, household-independent, or organisation: the name of a set of records.

    Never deleted by merging: an absorbed id resolves to its survivor for ever. `anchor` is the
    record that keeps the id when the set is split.
    """

    id = KeyField()
    anchor = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    absorbed_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    created_at = Micros()

    def __str__(self) -> str:
        return f"customer {self.pk}"


class CustomField(models.Model):
    """A field that the company added to the register; its values live in `Record.data`."""

    key = models.SlugField(max_length=80, unique=True)
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    type = models.CharField(max_length=12)
    nature = models.CharField(max_length=12)
    is_derived = models.BooleanField(default=False)
    category = models.CharField(max_length=80)
    purposes = models.JSONField(default=list)
    basis = models.CharField(max_length=40)
    retention_days = models.IntegerField()
    sensitivity = models.CharField(max_length=10, default="ordinary")
    is_indexed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class Counter(models.Model):
    """The next free key of a bulk table; taken in blocks inside the writing transaction."""

    name = models.CharField(max_length=80, primary_key=True)
    next = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class HeldIndex(models.Model):
    """An index that was taken off a table while very many rows are written (see `indexes`)."""

    name = models.CharField(max_length=128, primary_key=True)
    table = models.CharField(max_length=80)
    definition = models.TextField()

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """Which partition of which table a transaction touched: the columnar copy follows this."""

    id = models.BigAutoField(primary_key=True)
    at = Micros()
    table = models.CharField(max_length=60)
    partition = models.SmallIntegerField()
    # PostgreSQL's transaction id, to stay below transactions still open; 0 on SQLite.
    xact = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.table}/{self.partition}"


class AuditEntry(models.Model):
    """Who did what, chained: each entry's hash covers the one before and a salted commitment.

    The values themselves stand in `AuditValue`; they can be erased without breaking the chain.
    """

    id = KeyField()
    at = Micros()
    actor = models.CharField(max_length=150)
    role = models.CharField(max_length=30)
    purpose = models.CharField(max_length=20)
    interface = models.CharField(max_length=10)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(default=0)
    # Which account or key it was; 0 for jobs and the command line.
    user_id = models.BigIntegerField(default=0)
    key_id = models.BigIntegerField(default=0)
    commitment = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class AuditValue(models.Model):
    """What an audit entry commits to: salt and values; erasable."""

    entry = models.OneToOneField(AuditEntry, models.CASCADE, primary_key=True, related_name="+")
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"values of {self.entry_id}"


class AuditAnchor(models.Model):
    """Where the log of `core.ledger` stood at a moment, signed; kept beside it and here."""

    seq = models.BigIntegerField(primary_key=True)
    at = Micros()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"anchor {self.seq}"


class Setting(models.Model):
    """Something this company chose, or how far a task of the house itself is (see `choices`)."""

    key = models.SlugField(max_length=80, primary_key=True)
    value = models.JSONField()
    changed_at = Micros()

    def __str__(self) -> str:
        return self.key
