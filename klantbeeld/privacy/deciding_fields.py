"""What somebody decides about a field of the company's own: why it is kept and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit
from klantbeeld.core.actor import Actor, Purpose
from klantbeeld.core.categories import CATEGORIES
from klantbeeld.core.fields import Basis, Nature, Sensitivity
from klantbeeld.core.models import CustomField

LONGEST_DAYS = 36_500


class BadField(ValueError):
    """What was told of a field cannot be used; `problems` are the parts that are wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = tuple(problems)


@needs("privacy.manage")
@transaction.atomic
def describe_field(actor: Actor, key: str, told: Mapping[str, Any]) -> None:
    """Complete the register's entry of an own field. Raises `BadField`.

    told: category, purposes (list), basis, retention_days, sensitivity, nature.
    """
    field = CustomField.objects.filter(key=key).first()
    allowed: Mapping[str, Any] = {
        "category": CATEGORIES, "basis": set(get_args(Basis)) - {"unknown"},
        "sensitivity": get_args(Sensitivity), "nature": get_args(Nature),
    }  # fmt: skip
    wrong = [name for name, choices in allowed.items() if told.get(name) not in choices]
    purposes = [p for p in told.get("purposes") or () if p in get_args(Purpose)]
    days = told.get("retention_days")
    wrong += [] if purposes else ["purposes"]
    wrong += [] if isinstance(days, int) and 0 < days <= LONGEST_DAYS else ["retention_days"]
    if field is None or wrong:
        raise BadField(wrong or ["key"])
    for name in allowed:
        setattr(field, name, told[name])
    field.purposes, field.retention_days = purposes, int(days or 0)
    field.save()
    audit.record(actor, "describe_field", ("field", field.pk), {"key": key})
