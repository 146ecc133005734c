"""What the personal columns of the pipeline are: files on their way in."""

from __future__ import annotations

from klantbeeld.core.fields import column, of_employee

# So long as a file waits to be loaded.
_WAITING = {
    "nature": "descriptive", "purposes": ("administration",), "basis": "legitimate_interest",
    "retention_days": 30,
}  # fmt: skip

FIELDS = (
    column("pipeline_intake.files", "Namen van bestanden die binnenkomen",
           "Names of files coming in", "user.name", **_WAITING),
    column("pipeline_intake.edits", "Cellen die met de hand verbeterd zijn",
           "Cells mended by hand", "user", **_WAITING),
    column("pipeline_intake.answers", "Antwoorden over mensen in een bestand",
           "Answers about people in a file", "user.privacy_preferences", **_WAITING),
    column("pipeline_intake.unreadable", "Bestanden die niet te lezen waren",
           "Files that could not be read", "user.name", **_WAITING),
    of_employee("pipeline_intake.actor", "Wie bestanden toevoegde", "Who added files",
                retention_days=30),
)  # fmt: skip
