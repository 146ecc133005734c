"""What the room hands out in bulk: who was erased, who is hidden, and consent in the past."""

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.restriction import hidden_customers, hidden_records
from klantbeeld.privacy.tombstone_ledger import has_ledger
from klantbeeld.privacy.tombstones import KINDS, erased_at, suppressed
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = [
    "KINDS", "consent_at", "erased_at", "has_ledger", "hidden_customers", "hidden_records",
    "no_tombstones", "suppressed",
]  # fmt: skip
