"""A backup is one file: the database, the home's own files, and a list with their checksums.

What can be rebuilt (the columnar copy, collected static files) stays out. The file holds personal
data and the secret key: it is readable by its owner only.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import klantbeeld
from klantbeeld.core import anchors, lasting, leases, ledger
from klantbeeld.core.erasing import overwrite

FORMAT = 1
LIST_NAME = "backup.json"
FOLDER = "backups"
KEPT_BEFORE_MIGRATION = 5
# So long a backup lies in the home: receipts of erasures say until when bytes may be in one.
KEPT_DAYS = 90
# What a killed backup left lying is older than this.
LEFT_SECONDS = 24 * 3600
# Rebuilt, temporary or made here: not part of a backup. By the first part of the path.
# Erasures are never part of one: a backup put back must not make anybody forget who was erased.
LEFT_OUT = frozenset(
    {FOLDER, "copy", "static", "locks", "staging", "intake", "tmp", "pace", "erasures"}
)
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
ROOM_FOR_MORE = 1.2
# So long a backup waits until the log is signed.
LOG_SECONDS = 60


class BackupFailed(RuntimeError):
    """A backup cannot be made, read or put back; the text says why and what to do."""


@dataclass(frozen=True)
class Backup:
    """One backup file and what is in it."""

    path: Path
    made_at: str
    version: str
    database: str
    files: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "path": str(self.path), "bytes": self.size, "made_at": self.made_at,
            "version": self.version, "database": self.database, "files": len(self.files),
        }  # fmt: skip


def make(to: Path | None = None) -> Backup:
    """Write a backup to the file `to`, or dated into the home's folder `backups`."""
    home = Path(settings.HOME)
    moment = datetime.now(UTC)
    target = to or home / FOLDER / f"klantbeeld-{moment:%Y-%m-%dT%H%M%S%f}Z.tar.gz"
    if target.exists():
        raise BackupFailed(f"{target} exists already; choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"klantbeeld-backup-{target.name}.partial")
    try:
        with tempfile.TemporaryDirectory(prefix="klantbeeld-backup-", dir=target.parent) as folder:
            # While nothing is carried over between the two, or they would not fit together.
            with leases.held(anchors.LEASE, LOG_SECONDS):
                dumped = Path(folder, DATABASE_NAMES[connection.vendor])
                _dump_database(dumped)
                files = [(dumped.name, dumped), *_log(Path(folder)), *_home_files(home, target)]
            _write(partial, files, moment)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup {target} could not be written: {error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return read(target)


def make_before_migration() -> Backup:
    """A backup in the home; of those only the latest few are kept."""
    made = make()
    for old in sorted(made.path.parent.glob("klantbeeld-*.tar.gz"))[:-KEPT_BEFORE_MIGRATION]:
        old.unlink(missing_ok=True)
    return made


def drop_expired() -> int:
    """Overwrite and remove what is kept no longer in the home's folder `backups`; how many.

    Backups that are too old, and unpacked databases that a killed backup left.
    """
    folder, now = Path(settings.HOME) / FOLDER, time.time()
    old = [p for p in folder.glob("*.tar.gz") if p.stat().st_mtime < now - KEPT_DAYS * 86_400]
    left = [p for p in folder.glob("klantbeeld-backup-*") if p.stat().st_mtime < now - LEFT_SECONDS]
    for path in old:
        overwrite(path)
    for path in left:
        for file in [path, *path.rglob("*")]:
            overwrite(file)
        shutil.rmtree(path, ignore_errors=True)
    return len(old) + len(left)


def _log(folder: Path) -> Iterator[tuple[str, Path]]:
    """The log of reads, as a whole file: as it lies there its end may stand beside it."""
    if ledger.path().exists():
        dumped = folder / ledger.FILE
        with (
            closing(sqlite3.connect(ledger.path())) as live,
            closing(sqlite3.connect(dumped)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        yield f"home/{ledger.FILE}", dumped


def _home_files(home: Path, target: Path) -> Iterator[tuple[str, Path]]:
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        is_database = path.name.startswith(database.name) and path.parent == database.parent
        is_database = is_database or path.name.startswith(ledger.FILE)
        is_ours = path == target or any(p.startswith("klantbeeld-backup-") for p in parts)
        if path.is_file() and parts[0] not in LEFT_OUT and not is_database and not is_ours:
            yield "home/" + "/".join(parts), path


def _write(partial: Path, files: list[tuple[str, Path]], moment: datetime) -> None:
    sums: dict[str, str] = {}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, path in files:
            archive.add(path, arcname=name, recursive=False)
            sums[name] = _checksum(path)
        listed = json.dumps(
            {
                "format": FORMAT, "made_at": moment.isoformat(timespec="seconds"),
                "version": klantbeeld.__version__, "database": connection.vendor, "files": sums,
            }
        ).encode()  # fmt: skip
        entry = tarfile.TarInfo(LIST_NAME)
        entry.size, entry.mode = len(listed), 0o600
        archive.addfile(entry, io.BytesIO(listed))


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        _pg("pg_dump", "--format=custom", "--no-owner", "--file", str(target))
        return
    name = Path(str(connection.settings_dict["NAME"]))
    if not name.exists():
        raise BackupFailed(f"There is no database yet in {name.parent}: nothing to back up.")
    free = shutil.disk_usage(target.parent).free
    if free < name.stat().st_size * ROOM_FOR_MORE:
        raise BackupFailed(f"Too little room in {target.parent} for a backup: make room first.")
    with closing(sqlite3.connect(name)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=4096, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")


def _pg(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if not found:
        raise BackupFailed(
            f"{program} is needed to back up PostgreSQL: install the package postgresql-client."
        )
    given = connection.settings_dict
    environment = {
        **os.environ, "PGHOST": given["HOST"], "PGPORT": str(given["PORT"] or ""),
        "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"],
    }  # fmt: skip
    kept = {k: v for k, v in environment.items() if v}
    done = subprocess.run(
        [found, *arguments], env=kept, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise BackupFailed(f"{program} failed: {last}")


def read(path: Path) -> Backup:
    """What a backup file says it holds; raises `BackupFailed` when it is none."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            return _listed(path, archive)
    except FileNotFoundError as error:
        raise BackupFailed(f"There is no file {path}.") from error
    except (OSError, tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise BackupFailed(f"{path} is not a whole backup of Klantbeeld.") from error


def _listed(path: Path, archive: tarfile.TarFile) -> Backup:
    member = archive.extractfile(LIST_NAME)
    if member is None:
        raise ValueError(LIST_NAME)
    held = json.loads(member.read())
    if held["format"] > FORMAT:
        raise BackupFailed(f"{path} was made by a newer version of Klantbeeld: use that version.")
    return Backup(path, held["made_at"], held["version"], held["database"], held["files"])


@contextmanager
def unpacked(path: Path, near: Path) -> Iterator[tuple[Backup, Path]]:
    """A backup's files in a temporary folder beside `near`, every checksum verified."""
    held = read(path)
    near.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="klantbeeld-restore-", dir=near) as folder:
        try:
            with tarfile.open(path, "r:gz") as archive:
                for name in held.files:
                    _extract(archive, name, Path(folder))
        except (OSError, tarfile.TarError, KeyError, EOFError) as error:
            raise BackupFailed(f"{path} is damaged and cannot be unpacked.") from error
        for name, checksum in held.files.items():
            if _checksum(Path(folder, name)) != checksum:
                raise BackupFailed(f"{path} is damaged: {name} does not fit its checksum.")
        yield held, Path(folder)


def _extract(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    """One listed member as a plain file inside `folder`, whatever its name says."""
    target = (folder / name).resolve()
    member = archive.getmember(name)
    content = archive.extractfile(member)
    if not target.is_relative_to(folder.resolve()) or not member.isfile() or content is None:
        raise BackupFailed(f"The backup holds something that is not a plain file: {name}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)


def restore(
    path: Path, *, force: bool = False, afterwards: Callable[[], None] = lambda: None
) -> Backup:
    """Put a backup back into the home and its database.

    Refuses while a worker runs, onto a home that holds something unless `force`, and a backup of
    the other kind of database. Everything is unpacked and verified before anything is replaced.
    `afterwards` is called before a worker may run again.
    """
    home = Path(settings.HOME)
    try:
        with leases.held("worker"):
            with unpacked(path, home) as (held, folder):
                _may_restore(held, force=force)
                _put_back(held, folder, home)
            # When what was unpacked is gone as well.
            afterwards()
    except leases.LeaseTaken as error:
        raise BackupFailed("Klantbeeld is running on this data: stop it first.") from error
    return held


def _put_back(held: Backup, folder: Path, home: Path) -> None:
    dumped = folder / DATABASE_NAMES[held.database]
    _replace_database(dumped)
    overwrite(dumped)
    # The columnar copy follows the database that was: it is built anew.
    shutil.rmtree(home / "copy", ignore_errors=True)
    _remove_log()
    before = lasting.held_in(home)
    # Of a home from before there were two keys: it goes on with its secret key.
    if (folder / "home" / "secret.key").exists():
        (home / lasting.FILE).unlink(missing_ok=True)
    for file in sorted((folder / "home").rglob("*")):
        if file.is_file():
            target = home / file.relative_to(folder / "home")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(file, target)
    lasting.follow(home, before)


def _remove_log() -> None:
    """The log that was, with what stands beside it: the one of the backup takes its place."""
    ledger.close()
    for ending in ("", "-wal", "-shm"):
        ledger.path().with_name(ledger.FILE + ending).unlink(missing_ok=True)


def _may_restore(held: Backup, *, force: bool) -> None:
    if held.database != connection.vendor:
        raise BackupFailed(
            f"This is a backup of {held.database} and the database here is {connection.vendor}: "
            "set KLANTBEELD_DATABASE_URL to one of the same kind."
        )
    if not force and connection.introspection.table_names():
        raise BackupFailed(
            "There is data here already, which restoring would replace. Back it up first, then "
            "restore with --force."
        )


def _replace_database(source: Path) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        _pg(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
            "--dbname", str(connection.settings_dict["NAME"]), str(source),
        )  # fmt: skip
        return
    # Through SQLite itself: whoever has the old database open sees a whole new one.
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(name)) as live:
        copy.backup(live)
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
