"""Errors of reading and mapping: each says what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path


class SourceError(Exception):
    """Something delivered cannot be used as it is; the text is meant for the user."""


class UnreadableFile(SourceError):
    """A file cannot be read as a table.

    `path` is the path as shown to people (a member of an archive as 'oud.zip/klanten.csv'),
    `code` is stable and meant for machines, `message` says what is wrong and `advice` what to do.
    None of them holds a value out of the file.
    """

    def __init__(self, path: str | Path, code: str, message: str, advice: str) -> None:
        self.path = str(path)
        self.code = code
        self.message = message
        self.advice = advice
        super().__init__(f"{self.path}: {message} {advice}")

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str, str, str]]:
        return type(self), (self.path, self.code, self.message, self.advice)


class MappingError(SourceError):
    """A mapping (YAML) is not right; `where` names the table and column it is about."""

    def __init__(self, where: str, message: str, advice: str = "") -> None:
        self.where = where
        self.message = message
        self.advice = advice
        super().__init__(" ".join(part for part in (f"{where}: {message}", advice) if part))

    def __reduce__(self) -> tuple[type[MappingError], tuple[str, str, str]]:
        return type(self), (self.where, self.message, self.advice)


class RowClosed(SourceError):
    """A row in quarantine was mended or dropped before: nothing can be done with it any more."""

    def __init__(self) -> None:
        super().__init__("This row waits no more: it was mended or dropped before.")
