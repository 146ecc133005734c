"""What the room hands out about columns of identifiers: who of them was erased."""

from klantbeeld.privacy.tombstones import KINDS, suppressed
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = ["KINDS", "no_tombstones", "suppressed"]
