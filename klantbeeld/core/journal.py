"""SQLite's log is written into the file beside the work, so that nobody who writes waits for it.

Without this the commit by which the log comes over its bound (`wal_autocheckpoint`, which stays as
it is) writes all of it: tens of milliseconds. Of what is copied nothing has to be copied again, and
the next who writes begins the log anew; killed at any moment, it has changed nothing.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.db import close_old_connections, connection

log = logging.getLogger("klantbeeld.worker")

SECONDS = 2.0


def written_at() -> int:
    """When the log was last written to, in nanoseconds; 0 where there is none."""
    if connection.vendor != "sqlite":
        return 0
    try:
        return Path(f"{connection.settings_dict['NAME']}-wal").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def copy() -> None:
    """Copy what stands in the log into the file, as far as nobody reads or writes there."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def keep_short(stopping: threading.Event) -> None:
    """Copy the log every few seconds in which something was written, until told to stop."""
    copied = 0
    while not stopping.wait(SECONDS):
        # Asked before it is copied: what is written meanwhile is for the next time.
        if (written := written_at()) == copied:
            continue
        try:
            close_old_connections()
            copy()
            copied = written
        except Exception as error:
            # The database may be away for a moment; the next round is soon.
            log.error("log not copied", extra={"kind": type(error).__name__})
