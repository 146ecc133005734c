"""What deleting leaves behind: pages and logs of the database, and backups made before."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from klantbeeld.core import clock, registry
from klantbeeld.core.backup import FOLDER
from klantbeeld.core.erasing import ErasureStep, Outcome, Work

# Readers of a moment let the log be emptied; one that goes on reading does not.
TRIES, PAUSE_SECONDS = 40, 0.25
# PostgreSQL's log is recycled by checkpoints; so long, at the longest, by default.
WAL_SECONDS = 300
KEPT_BACKUP_DAYS = 90


def empty_log(work: Work) -> Outcome:
    """Leave no bytes of deleted rows in the database's files.

    SQLite overwrote them as they were deleted (`secure_delete`); its log is written back and cut to
    nothing. On PostgreSQL every table with personal columns that lost rows is written anew, and its
    log is recycled within some minutes after a checkpoint, of which the receipt tells the moment.
    """
    if connection.vendor == "postgresql":
        return _rewrite_tables(work)
    for _ in range(TRIES):
        if _log_is_cut():
            return Outcome(level="gone", note="log_emptied")
        time.sleep(PAUSE_SECONDS)
    # Somebody reads all the while: whatever is appended next begins the log anew.
    return Outcome(level="overwritten_at", until=clock.now_us() + clock.DAY, note="log_busy")


def _log_is_cut() -> bool:
    """Try it once. It keeps writers out while it waits for readers, so it hardly waits."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 200")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _rewrite_tables(work: Work) -> Outcome:
    tables = sorted(registry.personal_columns())
    there = set(connection.introspection.table_names())
    lost = _tables_with_dead_rows()
    rewritten = [table for table in tables if table in there and table in lost]
    with connection.cursor() as cursor:
        for table in rewritten:
            cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
        try:
            cursor.execute("CHECKPOINT")
        except Exception:
            # Only a superuser may ask for one; the server makes them by itself.
            note = "wal_recycled"
        else:
            note = "wal_recycled"
    until = clock.now_us() + 2 * WAL_SECONDS * clock.SECOND
    return Outcome(
        level="overwritten_at", counts=dict.fromkeys(rewritten, 0), until=until, note=note
    )


def _tables_with_dead_rows() -> set[str]:
    """Tables of which rows were deleted since they were last rewritten; statistics may lag."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()" if _flushes() else "SELECT 1")
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE n_tup_del > 0 OR n_tup_upd > 0"
        )
        return {row[0] for row in cursor.fetchall()}


def _flushes() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int >= 150000")
        return bool(cursor.fetchone()[0])


def tell_of_backups(work: Work) -> Outcome:
    """Which backups in the home still hold them, and until when; a restore erases them again."""
    held = [
        path for path in (Path(settings.HOME) / FOLDER).glob("*.tar.gz")
        if path.stat().st_mtime * clock.SECOND < work.at
    ]  # fmt: skip
    if not held:
        return Outcome(level="gone", note="no_backups")
    last = max(path.stat().st_mtime for path in held)
    until = int(last * clock.SECOND) + KEPT_BACKUP_DAYS * clock.DAY
    details = {"oldest": _day(min(path.stat().st_mtime for path in held)), "newest": _day(last)}
    return Outcome(
        level="overwritten_at", counts={"backups": len(held)}, until=until, note="backups",
        details=details,
    )  # fmt: skip


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


STEPS = (
    ErasureStep("database", 600, empty_log, is_atomic=False, is_shared=True),
    ErasureStep("backups", 700, tell_of_backups, is_shared=True),
)
