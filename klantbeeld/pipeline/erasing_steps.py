"""What erasing somebody asks of the whole house: the queue, leftovers, derived tables, the copy."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from klantbeeld.core import clock, erasing, ledger
from klantbeeld.core.actor import system_actor
from klantbeeld.core.erasing import ErasureStep, Outcome, Work
from klantbeeld.engine.files import Lock
from klantbeeld.pipeline import copying, probing, settling
from klantbeeld.pipeline.fiscal import keep_for_the_tax
from klantbeeld.pipeline.forgetting import forget_customers
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.errors import StillFound

TRIES, PAUSE_SECONDS = 20, 0.25
# A file of a transaction that goes on is younger.
SCRATCH_SECONDS = 3600


def clear_queue(work: Work) -> Outcome:
    """Take them out of waiting tasks, and finished tasks that name them away altogether."""
    count = 0
    for task in DBTaskResult.objects.only("id", "status", "args_kwargs"):
        text = str(task.args_kwargs)
        names = any(value in text for value in work.values)
        if not names and not _holds_key(task.args_kwargs, set(work.customers)):
            continue
        count += 1
        if task.status in ("SUCCESSFUL", "FAILED") or names:
            task.delete()
        else:
            task.args_kwargs = _without(task.args_kwargs, set(work.customers))
            task.save(update_fields=["args_kwargs"])
    return Outcome(counts={"tasks": count})


def _holds_key(value: Any, customers: set[int]) -> bool:
    """Whether a list of keys in the arguments names one of these customers."""
    if isinstance(value, dict):
        return any(_holds_key(one, customers) for one in value.values())
    if isinstance(value, list):
        is_keys = len(value) > 0 and all(isinstance(one, int) for one in value)
        return bool(is_keys and customers & set(value)) or any(
            _holds_key(one, customers) for one in value
        )
    return False


def _without(value: Any, customers: set[int]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, customers) for key, one in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(one, int) for one in value) and len(value) > 1:
            return [one for one in value if one not in customers]
        return [_without(one, customers) for one in value]
    return value


def clear_read_log(work: Work) -> Outcome:
    """Take them out of the log of who looked at whom; the chain of the log still holds."""
    return Outcome(counts={"looks": ledger.forget(work.customers)})


def clear_scratch(work: Work) -> Outcome:
    """Remove what killed imports left: staged tables, scratch databases, files half written."""
    home, gone = Path(settings.HOME), 0
    for left in (home / "staging").glob("*.lock"):
        lock = Lock(left)
        if lock.acquire():
            folder = left.with_suffix("")
            gone += _remove_all(folder)
            lock.release(remove=True)
    since = time.time() - SCRATCH_SECONDS
    for path in [*home.glob("scratch_*.sqlite3*"), *home.glob("klantbeeld-restore-*/**/*"),
                 *(home / "files").glob("??/*.*"), *erasing.folder().glob("*.[0-9]*")]:  # fmt: skip
        if path.is_file() and path.stat().st_mtime < since:
            erasing.overwrite(path)
            gone += 1
    return Outcome(counts={"leftovers": gone})


def _remove_all(folder: Path) -> int:
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        erasing.overwrite(path)
    shutil.rmtree(folder, ignore_errors=True)
    return len(files)


def settle(work: Work) -> Outcome:
    """Bring what is derived of the others up to date, and let go of the bare key.

    Whoever was matching while the records went may have written down once more what they said;
    that is done when settling has its turn, and nobody who begins later finds the records.
    """
    settling.settle(system_actor("job"))
    if privacy.take_out_again(system_actor("job"), work.records):
        settling.settle(system_actor("job"))
    return Outcome(level="rewritten", counts={"core_customer": forget_customers(work.customers)})


def rewrite_copy(work: Work) -> Outcome:
    """Write the partitions anew that held them, and remove the old files."""
    written = copying.refresh()
    left = _swept()
    counts = {f"copy_{name}": count for name, count in written.items() if count}
    if left:
        until = clock.now_us() + clock.DAY
        return Outcome("overwritten_at", counts, until, "copy_read", {"files": left})
    return Outcome(level="rewritten", counts=counts)


def _swept() -> int:
    """How many old files living readers still hold, after waiting for those of a moment."""
    held, left = copying.store(), 0
    for _ in range(TRIES):
        left = sum(held.sweep(table) for table in held.tables())
        if not left:
            return 0
        time.sleep(PAUSE_SECONDS)
    return left


def probe(work: Work) -> Outcome:
    """Search for them everywhere. Raises `StillFound` with the places, never with the values."""
    found = probing.searched(work)
    if places := [*found.tables, *found.files]:
        raise StillFound(sorted(places))
    details = {"values": len(work.values), "spellings": 14, "unread": len(found.unread)}
    said = found.said
    note = "mentions" if said else "unread" if found.unread else "searched"
    return Outcome("not_covered" if said else "gone", said, 0, note, details)


STEPS = (
    ErasureStep("queue", 150, clear_queue),
    ErasureStep("fiscal", 160, keep_for_the_tax),
    ErasureStep("read_log", 450, clear_read_log, is_atomic=False),
    ErasureStep("scratch", 480, clear_scratch, is_atomic=False, is_shared=True),
    ErasureStep("derived", 500, settle, is_atomic=False, is_shared=True),
    ErasureStep("copy", 510, rewrite_copy, is_atomic=False, is_shared=True),
    ErasureStep("probe", 800, probe, is_atomic=False, is_shared=True),
)
