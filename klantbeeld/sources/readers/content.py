"""The bytes of one delivered file, wherever they are: on disk or inside an archive."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from klantbeeld.sources.errors import UnreadableFile


@dataclass(frozen=True)
class Content:
    """`shown` is the path as people see it; `open` may be called again and again.

    `local` gives a path on disk for formats that need one; members of an archive are laid in a
    temporary folder for that, which goes away with the content.
    """

    shown: str
    open: Callable[[], BinaryIO]
    local: Callable[[], Path]
    on_disk: bool = True
    depth: int = 0

    @property
    def stem(self) -> str:
        name = PurePosixPath(self.shown.replace("\\", "/")).name
        for ending in (".gz", ".GZ"):
            name = name.removesuffix(ending)
        return PurePosixPath(name).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.shown.lower().removesuffix(".gz")).suffix.lstrip(".")

    def head(self, size: int) -> bytes:
        with self.open() as stream:
            return read_fully(stream, size)

    def read(self) -> bytes:
        with self.open() as stream:
            return stream.read()


def read_fully(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; compressed streams hand out less than asked for at a time."""
    parts: list[bytes] = []
    while size > 0:
        part = stream.read(size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def content_of(path: Path, shown: str | None = None) -> Content:
    """The content of a file on disk; raises `UnreadableFile` when it cannot be opened."""
    name = shown or path.name

    def open_file() -> BinaryIO:
        try:
            return path.open("rb")
        except FileNotFoundError:
            raise UnreadableFile(
                name, "not_found", "The file does not exist.", "Check the path."
            ) from None
        except PermissionError:
            raise UnreadableFile(
                name, "no_permission", "The file may not be read.", "Ask for the right to read it."
            ) from None
        except OSError as problem:
            raise UnreadableFile(
                name,
                "cannot_open",
                f"The file cannot be opened ({problem.strerror}).",
                "Copy it to this machine and try again.",
            ) from None

    return Content(name, open_file, lambda: path)


def spooled(open_stream: Callable[[], BinaryIO], shown: str) -> Callable[[], Path]:
    """A path on disk with the bytes of a stream, laid down at the first call only."""
    kept: list[tuple[tempfile.TemporaryDirectory[str], Path]] = []

    def local() -> Path:
        if not kept:
            folder = tempfile.TemporaryDirectory(prefix="klantbeeld-", ignore_cleanup_errors=True)
            path = Path(folder.name) / (PurePosixPath(shown).name or "member")
            try:
                with open_stream() as stream, path.open("wb") as target:
                    shutil.copyfileobj(stream, target, 1 << 20)
            except OSError as problem:
                folder.cleanup()
                raise _not_unpacked(shown, problem) from None
            except BaseException:
                folder.cleanup()
                raise
            kept.append((folder, path))
        return kept[0][1]

    return local


def _not_unpacked(shown: str, problem: OSError) -> UnreadableFile:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return UnreadableFile(
            shown,
            "no_space",
            "The disk has no room to unpack the file.",
            "Make room, or unpack it yourself on another disk and offer what is in it.",
        )
    return UnreadableFile(
        shown,
        "truncated",
        "The archive is cut off or damaged.",
        "Copy or download it again; nothing of it was read.",
    )
