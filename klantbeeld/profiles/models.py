"""The golden profile of each customer: derived, thrown away and rebuilt at will."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import ByteOrderText, Day, Micros, Minor
from klantbeeld.core.models import Customer


class Profile(models.Model):
    """One row per customer: golden values, figures and group, for card, list and search."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=12)
    name = models.TextField(default="")
    sort_key = ByteOrderText(default="")
    city = models.TextField(default="")
    data = models.JSONField(default=dict)
    sources = models.SmallIntegerField(default=0)
    records = models.IntegerField(default=0)
    household = models.BigIntegerField(default=0, db_index=True)
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
    updated_at = Micros(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "customer"], name="profile_by_name"),
            models.Index(fields=["-revenue_minor", "customer"], name="profile_by_revenue"),
            models.Index(fields=["-last_contact_at", "customer"], name="profile_by_contact"),
            models.Index(
                fields=["group", "-revenue_minor", "customer"], name="profile_group_revenue"
            ),
            models.Index(fields=["group", "sort_key", "customer"], name="profile_group_name"),
        ]

    def __str__(self) -> str:
        return f"profile {self.customer_id}"
