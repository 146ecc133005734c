"""How often somebody came in the last minute, counted over all server processes of a house.

In a small file beside the data, which may be lost at any moment: it holds one minute, and nothing
waits for the disk. Callers are kept as hashes.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from klantbeeld.core.hashing import hash64

log = logging.getLogger("klantbeeld.api")
SECONDS = 60
# In a folder of its own, which no backup holds.
FILE = Path("pace", "moments.sqlite3")
_TABLE = """
CREATE TABLE IF NOT EXISTS moments (
    caller INTEGER, second INTEGER, times INTEGER, PRIMARY KEY (caller, second)
) WITHOUT ROWID
"""
_COUNT = "INSERT INTO moments VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1"
_SEEN = "SELECT coalesce(sum(times), 0) FROM moments WHERE caller = ? AND second > ?"


class Pace:
    """Counts what callers did within the last minute, to the second.

    Where the file cannot be used nobody is held up.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = threading.Lock()
        self._open: tuple[Path, sqlite3.Connection] | None = None

    def count(self, caller: str) -> int:
        """How often the caller came in the last minute, this time included."""
        return self._asked(caller, is_counted=True)

    def seen(self, caller: str) -> int:
        """How often the caller came in the last minute, without counting this."""
        return self._asked(caller, is_counted=False)

    def forget(self) -> None:
        """Start anew, for every caller."""
        with self._lock:
            self._run([("DELETE FROM moments", ())])

    def _asked(self, caller: str, *, is_counted: bool) -> int:
        now, hashed = int(time.time()), hash64(f"{self._what}:{caller}")
        over = now - SECONDS
        steps: list[tuple[str, tuple[int, ...]]] = []
        if is_counted:
            steps = [("DELETE FROM moments WHERE second <= ?", (over,)), (_COUNT, (hashed, now))]
        with self._lock:
            return self._run([*steps, (_SEEN, (hashed, over))])

    def _run(self, steps: Sequence[tuple[str, tuple[int, ...]]]) -> int:
        """Do statements in one transaction; the number that the last one gives, else 0."""
        try:
            with self._connection() as own:
                found = [own.execute(sql, params).fetchone() for sql, params in steps][-1]
            return int(found[0]) if found else 0
        except (OSError, sqlite3.Error) as error:
            log.warning("pace is not counted: %s", type(error).__name__)
            self._drop(is_broken=type(error) is sqlite3.DatabaseError)
            return 0

    def _connection(self) -> sqlite3.Connection:
        path = Path(settings.HOME) / FILE
        if self._open is None or self._open[0] != path:
            self._drop(is_broken=False)
            path.parent.mkdir(exist_ok=True)
            own = sqlite3.connect(path, timeout=1, check_same_thread=False)
            self._open = path, own
            own.execute("PRAGMA journal_mode=WAL")
            own.execute("PRAGMA synchronous=OFF")
            own.execute(_TABLE)
        return self._open[1]

    def _drop(self, *, is_broken: bool) -> None:
        if self._open is None:
            return
        path, own = self._open
        self._open = None
        with suppress(sqlite3.Error):
            own.close()
        if is_broken:
            with suppress(OSError):
                path.unlink()
