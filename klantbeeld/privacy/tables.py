"""What the room hands out in bulk: the erased, the hidden, consent in the past, special data."""

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.contact_tables import PARTS as CONTACT_FACTS
from klantbeeld.privacy.contact_tables import verdicts
from klantbeeld.privacy.restriction import (
    fiscal_over,
    has_objected,
    held_among,
    hidden_customers,
    hidden_records,
    is_restricted,
    objecting_records,
)
from klantbeeld.privacy.returning import was_erased_since
from klantbeeld.privacy.special import Original, Sighting, SpecialPlan
from klantbeeld.privacy.special_rules import WHOLE_CELLS
from klantbeeld.privacy.tombstone_ledger import has_ledger
from klantbeeld.privacy.tombstones import KINDS, erased_at, last_tombstone, suppressed
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = [
    "CONTACT_FACTS",
    "KINDS",
    "WHOLE_CELLS",
    "Original",
    "Sighting",
    "SpecialPlan",
    "consent_at",
    "erased_at",
    "fiscal_over",
    "has_ledger",
    "has_objected",
    "held_among",
    "hidden_customers",
    "hidden_records",
    "is_restricted",
    "last_tombstone",
    "no_tombstones",
    "objecting_records",
    "suppressed",
    "verdicts",
    "was_erased_since",
]  # fmt: skip
