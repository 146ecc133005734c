"""Letting go of the bare keys of customers of whom nothing is left."""

from __future__ import annotations

from collections.abc import Sequence

from klantbeeld.core.models import Customer
from klantbeeld.identity.models import Membership


def forget_customers(customers: Sequence[int]) -> int:
    """Remove these customers' keys where nothing is left and nobody was absorbed; how many."""
    held = set(
        Membership.objects.filter(customer__in=list(customers)).values_list(
            "customer_id", flat=True
        )
    )
    empty = Customer.objects.filter(pk__in=list(customers), absorbed_by=None, anchor=None)
    gone = [c for c in empty.values_list("pk", flat=True) if c not in held]
    return Customer.objects.filter(pk__in=gone).delete()[1].get("core.Customer", 0)
