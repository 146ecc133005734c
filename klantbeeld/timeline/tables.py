"""What the room hands out about versions, sightings, single things, and what storing comes to."""

from klantbeeld.timeline.keyed import Sightings, Stored, note_seen, seen_rows
from klantbeeld.timeline.parts import TABLES as KEYED_TABLES
from klantbeeld.timeline.parts import Single, of_marks, single
from klantbeeld.timeline.undo import without

__all__ = [
    "KEYED_TABLES", "Sightings", "Single", "Stored", "note_seen", "of_marks", "seen_rows",
    "single", "without",
]  # fmt: skip
