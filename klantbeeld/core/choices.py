"""What the company chose, and how far tasks of the house itself are: one value under a key.

Values hold keys, numbers and names of stages, never anything about a customer.
"""

from __future__ import annotations

from typing import Any

from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Setting


def chosen(key: str, default: Any = None) -> Any:
    """The value under `key`, or `default` when nothing was chosen."""
    held = Setting.objects.filter(pk=key).values_list("value", flat=True).first()
    return default if held is None else held


def choose(key: str, value: Any) -> None:
    """Put a value under `key`, in the place of the one before."""
    Setting.objects.update_or_create(pk=key, defaults={"value": value, "changed_at": now_us()})


def forget(key: str) -> None:
    """Nothing is chosen under `key` any more."""
    Setting.objects.filter(pk=key).delete()
