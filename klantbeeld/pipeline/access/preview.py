"""What a bundle would hold, before it is made: counts, and documents to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.access import gather, words
from klantbeeld.pipeline.access.papers import Found


@dataclass(frozen=True)
class BundlePreview:
    """Sections with their number of rows, what was made unreadable, and the documents."""

    sections: tuple[tuple[str, int], ...]
    masked: int
    documents: tuple[Found, ...]


def previewed(actor: Actor, customer: int, given: Sequence[int]) -> BundlePreview:
    """What the bundle of this customer would hold now. Raises `UnknownCustomer`."""
    made = gather.gathered(actor, gather.subject_of(actor, customer), given)
    sections = [(words.said(words.SECTIONS, key), len(rows)) for key, rows in
                made.bundle.held.items() if rows]  # fmt: skip
    return BundlePreview(tuple(sections), made.bundle.masked, made.found)
