"""The documents of a customer: which are handed out, and which somebody has to look at first.

A letter may name a neighbour. What can be read is searched for other people; a document that
names any, or that no program can read, is held back until somebody looked at it (article 15(4)
GDPR). What the customer sent himself he knows already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from klantbeeld.core import files
from klantbeeld.pipeline.access.others import Others
from klantbeeld.timeline.models import Document, Interaction

Verdict = Literal["clean", "own", "names_others", "unreadable", "gone", "looked_at"]
GIVEN: frozenset[Verdict] = frozenset({"clean", "own", "looked_at"})
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Found:
    """One document; `file` is its place in the bundle, `event` the key of what it came with."""

    document: int
    record: int
    name: str
    file: str
    media_type: str
    sha256: str
    size: int
    at: int
    text: str
    event: str
    verdict: Verdict

    @property
    def is_given(self) -> bool:
        """Whether it goes into the bundle."""
        return self.verdict in GIVEN

    @property
    def reason_in_words(self) -> str:
        """Why it is not handed out; "" when it is."""
        if self.verdict == "names_others":
            return _("It tells of somebody else. Ask us: we look at what we can give you.")
        if self.verdict == "unreadable":
            return _("It still has to be checked for data of others. Ask us.")
        return _("Its contents are not kept.") if self.verdict == "gone" else ""


def found(records: Sequence[int], others: Others, given: Sequence[int]) -> tuple[Found, ...]:
    """The documents of these records, with what was decided about each."""
    held = list(Document.objects.filter(record__in=records).order_by("at", "pk"))
    keys = {d.interaction_key for d in held if d.interaction_key}
    came = {
        i.key_hash: i for i in Interaction.objects.filter(key_hash__in=keys, record__in=records)
    }
    others.learn(d.text or _read(d) or "" for d in held)
    made = []
    for number, paper in enumerate(held, 1):
        event = came.get(paper.interaction_key)
        verdict = "looked_at" if paper.pk in given and files.has(paper.sha256) else _verdict(
            paper, event, others
        )  # fmt: skip
        made.append(
            Found(
                paper.pk, paper.record_id, paper.name, f"documents/{number:03}-{_safe(paper.name)}",
                paper.media_type, paper.sha256, paper.size, paper.at, paper.text,
                event.key if event else "", verdict,
            )
        )  # fmt: skip
    return tuple(made)


def _verdict(paper: Document, event: Interaction | None, others: Others) -> Verdict:
    if not paper.sha256 or not files.has(paper.sha256):
        return "gone"
    if event is not None and event.direction == "in" and event.kind == "mail":
        return "own"
    text = paper.text or _read(paper)
    if text is None:
        return "unreadable"
    return "names_others" if others.tell_of_others(f"{paper.name}\n{text}") else "clean"


def _read(paper: Document) -> str | None:
    """The text of a document that is nothing but text, None for anything else."""
    if not paper.media_type.startswith("text/") or not files.has(paper.sha256):
        return None
    try:
        return files.read(paper.sha256).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _safe(name: str) -> str:
    """A name as a file has it on any system: letters, digits, dots and hyphens."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}.{ending[:8]}" if dot and stem else plain[:_LONGEST_NAME] or "x"
