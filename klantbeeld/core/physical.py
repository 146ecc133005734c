"""What deleting leaves behind: pages and logs of the database, and backups made before."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from klantbeeld.core import choices, clock, registry
from klantbeeld.core.backup import FOLDER, KEPT_DAYS
from klantbeeld.core.erasing import ErasureStep, Outcome, Work

# Readers of a moment let the log be emptied; one that goes on reading does not.
TRIES, PAUSE_SECONDS = 40, 0.25
# PostgreSQL's log is recycled by checkpoints; so long, at the longest, by default.
WAL_SECONDS = 300
# A file of SQLite up to this size is written anew within some ten seconds; writers wait.
REWRITTEN_AT_ONCE = 2 << 30
PROMISED = "rewrite-database"


def empty_log(work: Work) -> Outcome:
    """Leave no bytes of deleted rows in the database's files.

    SQLite overwrote them as they were deleted (`secure_delete`), but for copies that balancing its
    trees left in unused parts of pages: so the file is written anew, at once when it is small
    enough, else in the night (`rewrite_if_promised`). Its log is cut to nothing. On PostgreSQL
    every table with personal columns that lost rows is written anew, and its log is recycled
    within some minutes after a checkpoint, of which the receipt tells the moment.
    """
    if connection.vendor == "postgresql":
        return _rewrite_tables(work)
    is_rewritten = _file_bytes() <= REWRITTEN_AT_ONCE and _rewrite_file()
    if _cut_log() and is_rewritten:
        return Outcome(level="gone", note="log_emptied")
    # It is too large, or somebody reads or writes all the while.
    choices.choose(PROMISED, True)
    return Outcome(level="overwritten_at", until=clock.now_us() + 2 * clock.DAY, note="log_busy")


def rewrite_if_promised() -> bool:
    """Write SQLite's file anew where a receipt promised it, in a quiet hour; whether that was so.

    Raises `OperationalError` while others write all the time: it is then still promised.
    """
    if connection.vendor == "postgresql" or not choices.chosen(PROMISED, False):
        return False
    if not (_rewrite_file() and _cut_log()):
        raise OperationalError("The database is in use all the time; it is tried again.")
    choices.choose(PROMISED, False)
    return True


def _file_bytes() -> int:
    return Path(str(connection.settings_dict["NAME"])).stat().st_size


def _rewrite_file() -> bool:
    """Write every page anew; False when others hold on to the file, or inside a transaction."""
    if connection.in_atomic_block:
        return False
    # What is sorted meanwhile is as large as the file: not in memory, and not on another disk.
    os.environ["SQLITE_TMPDIR"] = str(settings.HOME)
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA temp_store").fetchone()[0]
        cursor.execute("PRAGMA temp_store=1")
        try:
            cursor.execute("VACUUM")
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA temp_store={usual}")
    return True


def _cut_log() -> bool:
    for _ in range(TRIES):
        if _log_is_cut():
            return True
        time.sleep(PAUSE_SECONDS)
    return False


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
    until = int(last * clock.SECOND) + KEPT_DAYS * clock.DAY
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
