"""What the room hands out about versions and sightings: rows that several deliveries brought."""

from klantbeeld.timeline.keyed import Sightings, note_seen
from klantbeeld.timeline.undo import without

__all__ = ["Sightings", "note_seen", "without"]
