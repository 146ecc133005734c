"""webevents.jsonl: what visitors did on the website, per device and session, in UTC."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, REJECTED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.population import plain
from klantbeeld.sample.purchases import season_of_days
from klantbeeld.sample.world import DAYS

FILE, TABLE = "webevents.jsonl", "webevents"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PAGES = ("/", "/winkels", "/onderhoud", "/acties", "/contact", "/e-bikes", "/verzekering", "/blog")
SEARCHES = (
    "e-bike dames", "accu 500 wh", "kinderfiets 20 inch", "fietstas", "slot art-2", "bakfiets",
    "regenpak", "helm speed pedelec", "onderhoudsbeurt", "gravelbike", "lampjes",
)  # fmt: skip
STEPS = ("winkelwagen", "gegevens", "betaling", "bevestigd")
COLOURS = ("zwart", "groen", "blauw", "wit", "rood")


@dataclass(frozen=True, slots=True)
class Session:
    at: datetime
    party: int
    device: str
    is_shared: bool


class Website:
    """Sessions become events; a log-in by somebody else starts a new episode of a device."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._draw = model.world.random("web events")
        self.ledger = Ledger(FILE, TABLE)
        self.lines: list[str] = []
        # Moment, session, its number, key of the episode, fields.
        self._events_of_all: list[tuple[datetime, Session, str, str, dict[str, object]]] = []
        self._busy_until: dict[str, datetime] = {}
        self._actor: dict[str, int] = {}
        self._episode: dict[str, int] = {}
        self._identified: dict[str, int] = {}
        self._products = [
            (one.code, f"/{plain(one.category)}/{plain(one.name)}")
            for one in model.world.products
            if one.category not in catalogue.SERVICES
        ]

    def sessions(self) -> list[Session]:
        """All visits in order of time."""
        model = self._model
        world, traits = model.world, model.traits
        rng = world.rng("sessions")
        active = traits.known & (traits.account | (rng.random(world.parties) < 0.2))
        active[len(world.people) :] = False
        number = np.where(active, rng.poisson(traits.surfing * 2.1), 0)
        party = np.repeat(np.arange(world.parties), number)
        weights = season_of_days(world)
        day = rng.choice(DAYS + 1, len(party), p=weights / weights.sum())
        second = np.clip(rng.normal(19.5, 3.0, len(party)) * 3600, 0, 86_000).astype(np.int64)
        shared = self._shared_devices()
        found = [
            self._session(one, world.moment(a, b), shared)
            for one, a, b in zip(party.tolist(), day.tolist(), second.tolist(), strict=True)
        ]
        evening = world.moment(DAYS - story.MOMENTS.sent, 19 * 3600 + 43 * 60 + 20)
        found.append(self._session(story.MARIJKE, evening, {}))
        found.append(self._session(story.MARIJKE, evening + timedelta(minutes=1_441), {}))
        return sorted(found, key=lambda one: (one.at, one.party))

    def _shared_devices(self) -> dict[int, str]:
        """Household → device of those where two members with accounts use one tablet."""
        holders: dict[int, int] = {}
        for party in self._model.keys.account:
            if self._model.world.is_person(party):
                household = self._model.world.people[party].household
                holders[household] = holders.get(household, 0) + 1
        draw = self._model.world.random("tablets")
        return {
            household: _device(f"tablet {self._model.world.seed} {household}")
            for household, number in sorted(holders.items())
            if number > 1 and household > 0 and draw.random() < 0.6
        }

    def _session(self, party: int, at: datetime, shared: dict[int, str]) -> Session:
        household = self._model.world.people[party].household
        has_account = party in self._model.keys.account
        if has_account and household in shared and self._draw.random() < 0.6:
            return Session(at, party, shared[household], is_shared=True)
        which = 1 if self._draw.random() < 0.2 else 0
        name = f"device {self._model.world.seed} {party} {which}"
        return Session(at, party, _device(name), is_shared=False)

    def visit(self, number: int, session: Session) -> None:
        """Adds the events of one session, unless its device is still in use."""
        device, party = session.device, session.party
        if self._busy_until.get(device, session.at) > session.at:
            return
        login = self._login(party)
        changed = self._actor.get(device, party) != party
        first_on_shared = session.is_shared and device not in self._actor
        logs_in = bool(login) and (changed or first_on_shared or self._draw.random() < 0.35)
        if changed:
            self._episode[device] = self._episode.get(device, 1) + 1
            self.ledger.mess["shared_device_switch"] += 1
        self._actor[device] = party
        key = f"{device}#{self._episode.get(device, 1)}"
        if logs_in:
            self._identified[key] = party
        self.ledger.know(Subject(key, party))
        at = session.at
        for position, fields in enumerate(self._events(party, login if logs_in else "")):
            if position:
                at += timedelta(seconds=self._draw.randrange(4, 140))
            self._events_of_all.append((at, session, f"s{number:07d}", key, fields))
        self._busy_until[device] = at + timedelta(minutes=1)

    def _login(self, party: int) -> str:
        person = self._model.world.people[party]
        return person.email if party in self._model.keys.account else ""

    def _events(self, party: int, login: str) -> list[dict[str, object]]:
        draw = self._draw
        events: list[dict[str, object]] = [{"type": "page_view", "url": draw.choice(PAGES)}]
        if login:
            events.insert(0, {"type": "login", "url": "/inloggen", "user": login})
        if party == story.MARIJKE:
            events.append({"type": "search", "url": "/zoeken", "term": "accu 500 wh"})
        for _ in range(min(12, int(draw.expovariate(1 / 2.6)))):
            events.append(self._look(draw))
        if draw.random() < 0.16:
            code, url = draw.choice(self._products)
            events.append({"type": "cart", "url": url, "product": code})
            for step in STEPS[: draw.choice((0, 1, 1, 2, 3))]:
                events.append({"type": "funnel", "url": "/bestellen", "step": step})
        if draw.random() < 0.05:
            events.append(
                {"type": "configure", "url": "/samenstellen",
                 "config": {"kleur": draw.choice(COLOURS), "accu_wh": draw.choice((400, 500, 625)),
                            "maat": draw.choice(("S", "M", "L"))}}
            )  # fmt: skip
        if draw.random() < 0.03:
            events.append({"type": "request", "url": "/proefrit", "form": "proefrit aanvragen"})
        return events

    def _look(self, draw: random.Random) -> dict[str, object]:
        point = draw.random()
        if point < 0.55:
            code, url = draw.choice(self._products)
            return {"type": "product_view", "url": url, "product": code}
        if point < 0.7:
            return {"type": "search", "url": "/zoeken", "term": draw.choice(SEARCHES)}
        return {"type": "page_view", "url": draw.choice(PAGES)}

    def record(self) -> None:
        """Writes all events in order of time."""
        self._events_of_all.sort(key=lambda one: (one[0], one[2]))
        for row, (at, session, number, key, fields) in enumerate(self._events_of_all, start=1):
            event_id = f"e{row:08d}"
            utc = at.replace(tzinfo=AMSTERDAM).astimezone(UTC)
            record = {
                "id": event_id,
                "ts": utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "device": session.device,
                "session": number,
                **fields,
            }
            self.lines.append(json.dumps(record, ensure_ascii=False))
            kind = str(fields["type"])
            self.ledger.rows.append(Row(row, event_id, key, kind, at, session.party))

    def spoil(self) -> None:
        """Lines that are no JSON, and events without a moment."""
        for text in ('{"id": "e99999991", "ts": "2026-05-', "undefined", "}{", '{"id": NaN,,}'):
            self.lines.append(text)
            self.ledger.rows.append(
                Row(len(self.lines), "", "", "", None, NOBODY, None, REJECTED, "not_json")
            )
        for position, moment in enumerate((None, "", "2025-02-31T10:00:00Z", "Invalid Date")):
            event_id = f"e9999980{position}"
            record = {"id": event_id, "ts": moment, "device": "d0", "type": "page_view", "url": "/"}
            self.lines.append(json.dumps(record))
            self.ledger.rows.append(
                Row(len(self.lines), event_id, "d0#1", "page_view", None, NOBODY, None,
                    QUARANTINED, "impossible_date")
            )  # fmt: skip

    def settle_links(self) -> None:
        """A device on which nobody logged in leads to nobody."""
        for key, subject in self.ledger.subjects.items():
            if key not in self._identified:
                self.ledger.subjects[key] = subject._replace(is_linkable=False)


def _device(name: str) -> str:
    return "d" + hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes webevents.jsonl; returns the notes on it."""
    site = Website(model)
    for number, session in enumerate(site.sessions(), start=1):
        site.visit(number, session)
    site.record()
    site.settle_links()
    site.spoil()
    (folder / FILE).write_bytes(("\n".join(site.lines) + "\n").encode())
    return [site.ledger]
