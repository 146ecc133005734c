"""Archives: gzip and zip, also inside each other, unpacked with limits against harm.

Members are laid in a temporary folder before anything is read of them, so that a damaged or
cut-off archive is found before its first row.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.readers.content import Content, spooled

DEPTH_LIMIT = 3
MEMBER_LIMIT = 20_000
SIZE_LIMIT = 64 << 30
# Deflate reaches 1,030 to 1 on nothing but zeros; tables of real data stay under 100 to 1.
RATIO_LIMIT = 250
RATIO_FROM = 8 << 20
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.)")
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile)


class Guarded(io.RawIOBase):
    """A decompressing stream that stops at the limits and tells of damage in plain words."""

    def __init__(self, stream: BinaryIO, shown: str, packed: Callable[[], int]) -> None:
        self._stream, self._shown, self._packed, self._size = stream, shown, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except _BROKEN:
            raise UnreadableFile(
                self._shown,
                "truncated",
                "The archive is cut off or damaged.",
                "Copy or download it again; nothing of it was read.",
            ) from None
        except NotImplementedError:
            raise UnreadableFile(
                self._shown,
                "unsupported",
                "The archive is packed in a way that is not read.",
                "Unpack it and offer what is in it.",
            ) from None
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > SIZE_LIMIT or (
            self._size > RATIO_FROM and self._size > RATIO_LIMIT * max(self._packed(), 1)
        ):
            raise zip_bomb(self._shown)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def zip_bomb(shown: str) -> UnreadableFile:
    return UnreadableFile(
        shown,
        "zip_bomb",
        "The archive unpacks to far more than its size; it may be made to do harm.",
        "If you trust it, unpack it yourself and offer what is in it.",
    )


def members_of(content: Content, kind: str) -> Iterator[Content]:
    """What is in a gzip or zip archive; raises `UnreadableFile`."""
    if content.depth >= DEPTH_LIMIT:
        raise UnreadableFile(
            content.shown,
            "too_deep",
            f"Archives are packed in each other more than {DEPTH_LIMIT} deep.",
            "Unpack it yourself and offer what is in it.",
        )
    if kind == "gzip":
        yield _gunzipped(content)
    else:
        yield from _unzipped(content)


def _member(content: Content, shown: str, open_member: Callable[[], BinaryIO]) -> Content:
    local = spooled(open_member, shown)
    return Content(shown, lambda: local().open("rb"), local, False, content.depth + 1)


def _gunzipped(content: Content) -> Content:
    def open_member() -> BinaryIO:
        packed = content.open()
        stream = gzip.GzipFile(fileobj=packed)
        guarded = Guarded(stream, content.shown, packed.tell)  # type: ignore[arg-type]
        return io.BufferedReader(guarded, 1 << 20)

    # The name keeps its '.gz': it is the path as people know it.
    return _member(content, content.shown, open_member)


def _unzipped(content: Content) -> Iterator[Content]:
    with zipfile.ZipFile(content.local()) as package:
        members = [entry for entry in package.infolist() if not entry.is_dir()]
    wanted = [entry for entry in members if not _JUNK.search(_shown(entry))]
    size = sum(entry.file_size for entry in wanted)
    packed = sum(entry.compress_size for entry in wanted)
    if len(wanted) > MEMBER_LIMIT or size > SIZE_LIMIT:
        raise zip_bomb(content.shown)
    if size > RATIO_FROM and size > RATIO_LIMIT * max(packed, 1):
        raise zip_bomb(content.shown)
    if any(entry.flag_bits & 1 for entry in wanted):
        raise UnreadableFile(
            content.shown,
            "password",
            "The archive is protected by a password.",
            "Unpack it yourself and offer what is in it.",
        )
    if not wanted:
        raise UnreadableFile(
            content.shown, "empty", "The archive is empty.", "Check whether the export worked."
        )
    for entry in sorted(wanted, key=lambda entry: entry.filename):
        yield _member(content, f"{content.shown}/{_shown(entry)}", _opener(content, entry))


def _shown(entry: zipfile.ZipInfo) -> str:
    # A path that climbs out of the archive is only shown, never used as a path; still, trim it.
    parts = [part for part in PurePosixPath(entry.filename).parts if part not in ("..", "/")]
    return "/".join(parts) or "member"


def _opener(content: Content, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        package = zipfile.ZipFile(content.local())
        try:
            stream = package.open(entry)
        except (NotImplementedError, *_BROKEN):
            package.close()
            raise UnreadableFile(
                f"{content.shown}/{_shown(entry)}",
                "truncated",
                "This part of the archive is damaged or packed in a way that is not read.",
                "Unpack it yourself and offer what is in it.",
            ) from None
        guarded = Guarded(stream, content.shown, lambda: entry.compress_size)  # type: ignore[arg-type]
        return io.BufferedReader(guarded, 1 << 20)

    return open_member
