"""The golden profile of each customer: derived, thrown away and rebuilt at will."""

from __future__ import annotations

from typing import Any

from django.db import models

from klantbeeld.accounts.models import User
from klantbeeld.core.columns import ByteOrderText, Day, KeyField, Micros, Minor
from klantbeeld.core.models import Customer


class CustomerKey(models.OneToOneField[Any, Any]):
    """The customer as primary key; on SQLite the row's own place in the file."""

    def db_type(self, connection: Any) -> str:
        """`integer` on SQLite (see `core.columns.KeyField`)."""
        return "integer" if connection.vendor == "sqlite" else "bigint"


class Profile(models.Model):
    """One row per customer: golden values, figures and group, for card, list and search.

    The full-text index beside it (`search`) is made by the migration in each database's own way.
    """

    customer = CustomerKey(
        Customer, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=12)
    name = models.TextField(default="")
    sort_key = ByteOrderText(default="")
    city = models.TextField(default="")
    # The city folded to letters and digits, with underscores: what lists filter and sort on.
    city_key = ByteOrderText(default="")
    data = models.JSONField(default=dict)
    sources = models.SmallIntegerField(default=0)
    # Ids of the sources between bars, `|3|7|`, in ascending order.
    source_list = models.TextField(default="|")
    records = models.IntegerField(default=0)
    household = models.BigIntegerField(default=0, db_index=True)
    # States of `privacy.rules.CHANNELS` for marketing, a letter each: granted, denied …
    consents = models.CharField(max_length=8, default="uuuu")
    # May he be approached for marketing, a letter per channel (see `contacting.letter`).
    contact = models.CharField(max_length=8, default="uuuu", db_default="uuuu")
    group = models.CharField(max_length=20, default="other")
    group_reason = models.CharField(max_length=60, default="")
    orders = models.IntegerField(default=0)
    revenue_minor = Minor(default=0)
    revenue_12m_minor = Minor(default=0)
    interactions = models.IntegerField(default=0)
    complaints = models.IntegerField(default=0)
    open_complaints = models.IntegerField(default=0)
    first_order_day = Day(null=True)
    last_order_day = Day(null=True)
    days_between_orders = models.FloatField(null=True)
    # 0 when there never was contact: sorts last and needs no null handling.
    last_contact_at = Micros(default=0)
    last_contact_kind = models.CharField(max_length=24, default="")
    # The day up to and including which the figures count.
    figures_day = Day(default=0)
    updated_at = Micros(default=0)

    class Meta:
        # Each costs a random write per profile: only what lists cannot do without. Revenue and
        # contact go with the group, so walking them with a filter on the group could take long.
        indexes = [
            models.Index(fields=["sort_key", "customer"], name="profile_by_name"),
            models.Index(fields=["-revenue_minor", "customer"], name="profile_by_revenue"),
            models.Index(fields=["-last_contact_at", "customer"], name="profile_by_contact"),
            models.Index(fields=["city_key", "sort_key", "customer"], name="profile_by_city"),
            models.Index(
                fields=["group", "-revenue_minor", "customer"], name="profile_group_revenue"
            ),
            models.Index(
                fields=["group", "-last_contact_at", "customer"], name="profile_group_contact"
            ),
            # Counts under any filter are read from this one alone.
            models.Index(
                fields=[
                    "group", "kind", "city_key", "consents", "contact", "source_list",
                    "last_order_day", "revenue_minor",
                ],
                name="profile_facets",
            ),
            # Few have one, and those must be found among very many.
            models.Index(
                fields=["group", "customer"], name="profile_complaining",
                condition=models.Q(open_complaints__gt=0),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"profile {self.customer_id}"


class Tagged(models.Model):
    """A customer carries a tag: derived with the profile, for filtering; `tag` is its key."""

    id = KeyField()
    customer = models.BigIntegerField(db_index=True)
    tag = models.BigIntegerField()
    name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["tag", "customer"], name="tagged_tag_customer")]

    def __str__(self) -> str:
        return f"tag of {self.customer}"


class SavedView(models.Model):
    """A view of the list of customers that somebody keeps, alone or for all colleagues."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    group = models.CharField(max_length=40, default="")
    filters = models.JSONField(default=dict)
    sort = models.CharField(max_length=41, default="")
    columns = models.JSONField(default=list)
    is_shared = models.BooleanField(default=False)
    at = Micros()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_owner_name")]

    def __str__(self) -> str:
        return self.name


class GroupCount(models.Model):
    """How many customers each group has, kept in step by whoever writes profiles.

    `generation` rises with every write, so what was counted before can be told from what is
    new without counting again.
    """

    group = models.CharField(max_length=20, primary_key=True)
    customers = models.BigIntegerField(default=0)
    generation = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.group}: {self.customers}"
