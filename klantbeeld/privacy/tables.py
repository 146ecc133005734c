"""What the room hands out in bulk: who was erased, consent in the past, special data's shapes."""

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.special import Original, Sighting, SpecialPlan
from klantbeeld.privacy.special_rules import WHOLE_CELLS
from klantbeeld.privacy.tombstones import KINDS, suppressed
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = [
    "KINDS", "WHOLE_CELLS", "Original", "Sighting", "SpecialPlan", "consent_at", "no_tombstones",
    "suppressed",
]  # fmt: skip
