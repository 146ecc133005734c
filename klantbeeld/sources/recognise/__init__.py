"""The recogniser: what columns mean and what a table holds, from headings and content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klantbeeld.sources.recognise.tables import recognise as recognise


def __getattr__(name: str) -> Any:
    """`recognise` on demand: the readers use the headings in here, and it uses the readers."""
    if name == "recognise":
        from klantbeeld.sources.recognise.tables import recognise

        return recognise
    raise AttributeError(name)


__all__ = ["recognise"]
