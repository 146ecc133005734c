"""Errors of the pipeline: a full disk, said as such whoever noticed it; words not followed."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

FULL = ("disk is full", "no space left", "disk full")


class DiskFull(OSError):
    """There is no room for what has to be written; what was written before stays and is whole."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "The disk is full: make room and start the import again.")


class NothingToErase(LookupError):
    """Nothing is held of this customer (any more)."""


class BadEntry(ValueError):
    """What somebody entered cannot be used: a reason code per field, "" for the whole.

    `erased_at` (µs UTC) is when somebody with these details was erased, with the code ``erased``.
    """

    def __init__(self, problems: Mapping[str, str], erased_at: int = 0) -> None:
        super().__init__(f"Cannot be used: {', '.join(sorted(problems.values()))}.")
        self.problems, self.erased_at = dict(problems), erased_at


class BadRows(ValueError):
    """Rows of another program that cannot be read: a code, which row (from 1) and which field."""

    def __init__(self, code: str, row: int = 0, field: str = "") -> None:
        super().__init__(f"Cannot be read: {code}.")
        self.code, self.row, self.field = code, row, field


class BusyMatching(ValueError):
    """A change of matching cannot be tried, applied or undone now."""


class NotFollowed(ValueError):
    """What somebody said about records cannot be done; nothing was changed."""


@contextmanager
def full_disk_noticed() -> Iterator[None]:
    """Turn the errors of files, database and Parquet about a full disk into `DiskFull`."""
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise DiskFull from error
        raise


def is_full(error: BaseException) -> bool:
    """Whether an error says, in whatever words, that there is no room left."""
    text = str(error).lower()
    return getattr(error, "errno", None) == errno.ENOSPC or any(words in text for words in FULL)


class HouseNotEmpty(Exception):
    """Something was loaded already, so the sample company may not come in."""
