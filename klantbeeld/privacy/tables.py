"""What the room hands out in bulk: the erased, the hidden, consent in the past, special data."""

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.contact_tables import PARTS as CONTACT_FACTS
from klantbeeld.privacy.contact_tables import verdicts
from klantbeeld.privacy.erasing import identifiers, identifiers_in
from klantbeeld.privacy.part_tombstones import (
    erased_events,
    has_events,
    may_be_erased,
    value_kinds,
)
from klantbeeld.privacy.part_tombstones import event as event_mark
from klantbeeld.privacy.part_tombstones import held as marks_held
from klantbeeld.privacy.part_tombstones import hint as hint_mark
from klantbeeld.privacy.part_tombstones import same as same_mark
from klantbeeld.privacy.part_tombstones import value as value_mark
from klantbeeld.privacy.part_tombstones import value_of as value_of_mark
from klantbeeld.privacy.restriction import (
    fiscal_over,
    has_objected,
    held_among,
    held_records,
    hidden_customers,
    hidden_records,
    is_restricted,
    objecting_records,
)
from klantbeeld.privacy.returning import was_erased_since
from klantbeeld.privacy.special import Original, Sighting, SpecialPlan
from klantbeeld.privacy.special_rules import NOT_IN_NAMES, WHOLE_CELLS
from klantbeeld.privacy.tombstone_ledger import has_ledger
from klantbeeld.privacy.tombstones import (
    ASKED,
    erased_at,
    kind_and_value,
    last_tombstone,
    suppressed,
)
from klantbeeld.privacy.tombstones import is_empty as no_tombstones

__all__ = [
    "ASKED",
    "CONTACT_FACTS",
    "NOT_IN_NAMES",
    "WHOLE_CELLS",
    "Original",
    "Sighting",
    "SpecialPlan",
    "consent_at",
    "erased_at",
    "erased_events",
    "event_mark",
    "fiscal_over",
    "has_events",
    "has_ledger",
    "has_objected",
    "held_among",
    "held_records",
    "hidden_customers",
    "hidden_records",
    "hint_mark",
    "identifiers",
    "identifiers_in",
    "is_restricted",
    "kind_and_value",
    "last_tombstone",
    "marks_held",
    "may_be_erased",
    "no_tombstones",
    "objecting_records",
    "same_mark",
    "suppressed",
    "value_kinds",
    "value_mark",
    "value_of_mark",
    "verdicts",
    "was_erased_since",
]  # fmt: skip
