"""What the room hands out about versions and sightings, and what storing comes to."""

from klantbeeld.timeline.keyed import Sightings, Stored, note_seen, seen_rows
from klantbeeld.timeline.undo import without

__all__ = ["Sightings", "Stored", "note_seen", "seen_rows", "without"]
