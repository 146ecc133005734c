"""Files on their way in on screen: what was understood, chosen, and what became of them."""

from __future__ import annotations

from django.db import models

from klantbeeld.core.columns import Micros


class Intake(models.Model):
    """Files that somebody adds on screen, from the drop to the customers and perhaps back.

    The files and what is made of them lie in a folder of their own until they are loaded (see
    `intake_files`). `mappings` has one YAML per table, in the order of the tables.
    """

    READING, READY, TRYING, TRIED = "reading", "ready", "trying", "tried"
    LOADING, LOADED, UNDOING, UNDONE = "loading", "loaded", "undoing", "undone"
    FAILED, DROPPED = "failed", "dropped"
    STATES = [
        (s, s)
        for s in (
            READING, READY, TRYING, TRIED, LOADING, LOADED, UNDOING, UNDONE, FAILED, DROPPED,
        )
    ]  # fmt: skip
    # Something works on it in the background; the page asks how far it is.
    BUSY = frozenset({READING, TRYING, LOADING, UNDOING})
    OPEN = frozenset({READING, READY, TRYING, TRIED, LOADING, FAILED})

    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default=READING, db_index=True)
    actor = models.CharField(max_length=150)
    created_at = Micros()
    changed_at = Micros()
    # {"name", "bytes"} of each file.
    files = models.JSONField(default=list)
    mappings = models.JSONField(default=list)
    # Table to row to column to text: cells as somebody mended them.
    edits = models.JSONField(default=dict)
    # By source: {"contact": column | reason | later, "channels", "reason", "basis"}.
    answers = models.JSONField(default=dict)
    # Files that could not be read: {"path", "code", "message", "advice"}.
    unreadable = models.JSONField(default=list)
    # {"stage", "done", "of"}.
    progress = models.JSONField(default=dict)
    # What the trial run and the loading found, as counts.
    trial = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    # Why it failed, as a key; and which step did.
    problem = models.CharField(max_length=40, default="")
    failed_in = models.CharField(max_length=10, default="")
    deliveries = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"intake {self.pk}"
