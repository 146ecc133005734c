"""What erasing a customer takes away, and a file that is taken along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ErasedPart:
    """So many of something go."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What goes for good when a customer is erased; `sources` are where it came from."""

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    parts: tuple[ErasedPart, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the user's own disk."""

    name: str
    media_type: str
    content: bytes
