"""The profile's panels on the customer card: interests and wishes, and the household."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.registry import Panel
from klantbeeld.profiles.rules import listed
from klantbeeld.timeline import reads as timeline

_LISTS = ("interests", "tags")
_SAID = ("interests", "tags", "wish", "preferred_channel")


@dataclass(frozen=True, slots=True)
class Tag:
    """An interest or wish, with what it rests on: who said it, or how often it was clicked."""

    text: str
    detail: str
    is_said: bool


def interests(actor: Actor, records: Sequence[int]) -> Mapping[str, Any] | None:
    """What the customer said to like and want, and what was clicked on. {tags, count, note}."""
    said: dict[str, tuple[str, set[str]]] = {}
    for source, data in _told(actor, records):
        for name in _SAID:
            for text in _members(name, data.get(name)):
                said.setdefault(text.casefold(), (text, set()))[1].add(source)
    clicked = {name.casefold(): (name, n) for name, n in timeline.topics(actor, records)}
    tags = []
    for key, (text, sources) in said.items():
        count = clicked.pop(key, ("", 0))[1]
        parts = [_("said (%(sources)s)") % {"sources": ", ".join(sorted(sources))}]
        tags.append(Tag(text, " · ".join(parts + _clicks(count)), True))
    tags += [Tag(name, "".join(_clicks(n)), False) for name, n in clicked.values()]
    return {"tags": tuple(tags), "count": len(tags), "note": ""} if tags else None


def _members(name: str, value: Any) -> list[str]:
    """Interests and tags are lists; a wish is a sentence, which may hold commas."""
    if not value:
        return []
    if name in _LISTS:
        return listed(value)
    return [text for part in str(value).split("|") if (text := part.strip())]


def _clicks(count: int) -> list[str]:
    return [ngettext("%(n)d click", "%(n)d clicks", count) % {"n": count}] if count else []


def _told(actor: Actor, records: Sequence[int]) -> list[tuple[str, dict[str, Any]]]:
    rows = bulk.rows_where(
        f"SELECT r.id, s.name, {bulk.json_text('r.data')} FROM core_record r"
        " JOIN core_source s ON s.id = r.source_id WHERE",
        "r.id", records,
    )  # fmt: skip
    told = [(name, json.loads(data)) for _id, name, data in sorted(rows)]
    return [
        (name, visible(actor, {k: data[k] for k in _SAID if data.get(k)})) for name, data in told
    ]


PANELS = (
    Panel(
        "interests", gettext_noop("Interests and wishes"), "left", 30, "web/panels/tags.html",
        interests,
    ),
)  # fmt: skip
