"""What the room hands out in bulk: who of identifiers was erased, and consent in the past."""

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.tombstones import KINDS, suppressed
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = ["KINDS", "consent_at", "no_tombstones", "suppressed"]
