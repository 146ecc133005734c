"""social.json: export of the company's page: profiles, follows, likes, comments, mentions."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from klantbeeld.sample import phrases
from klantbeeld.sample.ledger import Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.world import DAYS

FILE = "social.json"
POSTS = 120
# English list name in the truth: list name in the file.
LISTS = {"follow": "volgers", "like": "likes", "comment": "reacties", "mention": "vermeldingen"}


class Page:
    """Collects what the profiles did, then writes it in order of time."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._draw = model.world.random("social")
        self.profiles_ledger = Ledger(FILE, "profielen")
        self._done: dict[str, list[tuple[datetime, int]]] = {kind: [] for kind in LISTS}

    def profiles(self) -> list[dict[str, object]]:
        draw, world = self._draw, self._model.world
        found: list[dict[str, object]] = []
        for party, handle in self._model.keys.handle.items():
            person = world.people[party]
            is_linked = bool(person.email) and draw.random() < 0.45
            shown = person.full_name
            if draw.random() < 0.4:
                shown = f"{person.nickname or person.first_name} {person.surname[0]}."
            found.append(
                {
                    "handle": handle,
                    "naam": shown,
                    "plaats": person.address.city if draw.random() < 0.6 else None,
                    "volgers": int(draw.paretovariate(1.1) * 40),
                    "email": person.email if is_linked else None,
                }
            )
            self.profiles_ledger.know(Subject(handle, party, is_linkable=is_linked))
            row = Row(len(found), handle, handle, "customer", None, party)
            self.profiles_ledger.rows.append(row)
            self._act(party)
        return found

    def _act(self, party: int) -> None:
        draw, world = self._draw, self._model.world
        first = draw.randrange(DAYS - 30)
        self._done["follow"].append((world.moment(first, draw.randrange(86_000)), party))
        for kind, mean in (("like", 3.0), ("comment", 0.7), ("mention", 0.2)):
            for _ in range(int(draw.expovariate(1 / mean) + 0.3)):
                at = world.moment(draw.randint(first, DAYS - 1), draw.randrange(86_000))
                self._done[kind].append((at, party))

    def happenings(self, kind: str) -> tuple[list[dict[str, object]], Ledger]:
        """The entries of one list, with its notes."""
        ledger = Ledger(FILE, LISTS[kind])
        draw, entries = self._draw, []
        for number, (at, party) in enumerate(sorted(self._done[kind]), start=1):
            handle = self._model.keys.handle[party]
            key = f"{kind[0].upper()}{number:06d}"
            entry: dict[str, object] = {"id": key, "handle": handle, "op": at.isoformat()}
            if kind in ("like", "comment"):
                entry["bericht"] = f"post-{draw.randrange(POSTS):03d}"
            if kind in ("comment", "mention"):
                entry["tekst"] = draw.choice(phrases.COMMENTS)
            entries.append(entry)
            ledger.rows.append(Row(number, key, handle, kind, at, party))
        return entries, ledger


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes social.json; returns the notes on profiles and each list."""
    page = Page(model)
    content: dict[str, object] = {"profielen": page.profiles()}
    ledgers = [page.profiles_ledger]
    for kind, name in LISTS.items():
        content[name], ledger = page.happenings(kind)
        ledgers.append(ledger)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / FILE).write_bytes(text.encode())
    return ledgers
