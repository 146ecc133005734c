"""spaarpas.json: members of the loyalty scheme, nested, with the movements of their points."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.ledger import NOBODY, QUARANTINED, Ledger, Row, Subject
from klantbeeld.sample.model import Model
from klantbeeld.sample.pen import Pen
from klantbeeld.sample.people import Person
from klantbeeld.sample.purchases import POINTS_ACTIONS
from klantbeeld.sample.world import DAYS

FILE = "spaarpas.json"
TIERS = ((0, "Brons"), (500, "Zilver"), (2_000, "Goud"))
WELCOME, REDEEM_FROM = 100, 1_000


class Scheme:
    """Builds the members; movements have ids of their own over the whole scheme."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.members = Ledger(FILE, "leden")
        self.movements = Ledger(FILE, "mutaties")
        self._pen = Pen(model.world.random("loyalty"), self.members.mess, self.members.flaws)
        self._last_id = 0
        self._bought = self._orders_by_party()
        self._offered = {
            (action, party): treated
            for action, party, treated in model.purchases.points_lots.iter_rows()
        }

    def _orders_by_party(self) -> dict[int, list[tuple[str, datetime, int]]]:
        bought: dict[int, list[tuple[str, datetime, int]]] = {}
        orders = self._model.sales.orders.filter(pl.col("kind") != "cancelled")
        for party, number, at, amount in orders.select(
            "party", "number", "at", "amount"
        ).iter_rows():
            bought.setdefault(party, []).append((number, at, amount))
        return bought

    def member(self, party: int, card: str) -> dict[str, Any]:
        """One member as the scheme knows it."""
        world, pen = self._model.world, self._pen
        person = world.people[party]
        movements, balance = self._movements(party, card)
        self.members.know(Subject(card, party))
        self.members.rows.append(
            Row(len(self.members.rows) + 1, card, card, "customer", None, party)
        )
        home = story.FORMER_HOME if party == story.MARIJKE else pen.home(person, 0.35)
        return {
            "kaartnummer": card,
            "lid_sinds": f"{self._since(party):%Y-%m-%d}",
            "niveau": [tier for limit, tier in TIERS if max(balance, 0) >= limit][-1],
            "punten_saldo": balance,
            "persoon": self._person(person, card),
            "contact": self._contact(person, card),
            "adres": {
                "straat": home.street,
                "huisnummer": home.number,
                "toevoeging": home.suffix or None,
                "postcode": pen.postcode(card, "postcode", home),
                "plaats": home.city,
            },
            "acties": [
                {"code": action.code, "aangeboden": bool(self._offered[action.code, party])}
                for action in POINTS_ACTIONS
                if (action.code, party) in self._offered
            ],
            "mutaties": movements,
        }

    def _person(self, person: Person, card: str) -> dict[str, Any]:
        pen = self._pen
        name = pen.name(person)
        birth: str | None = f"{person.birth_date:%Y-%m-%d}"
        if person.index > story.SON and pen.draw.random() < 0.02:
            birth = pen.flaw(card, "geboortedatum", "1900-01-01", "placeholder_date")
        elif person.index > story.SON and pen.draw.random() < 0.05:
            birth = None
        return {
            "voornaam": name.first_name or name.initials,
            "tussenvoegsel": name.prefix or None,
            "achternaam": pen.case(name.surname),
            "geboortedatum": birth,
            "geslacht": {"m": "man", "f": "vrouw"}[person.gender],
        }

    def _contact(self, person: Person, card: str) -> dict[str, Any]:
        pen = self._pen
        email = person.second_email if pen.draw.random() < 0.3 else person.email
        if person.index == story.MARIJKE:
            return {"email": person.email, "mobiel": None}
        return {
            "email": pen.email(card, "email", email) or None,
            "mobiel": pen.mobile(card, "mobiel", person.mobile) or None,
        }

    def _since(self, party: int) -> datetime:
        """Joined with the first purchase, or earlier when that lies before the history."""
        joined = int(self._model.traits.joined[party])
        bought = self._bought.get(party)
        if bought and joined >= 0:
            return bought[0][1]
        return self._model.world.moment(min(DAYS - 1, joined), 43_200)

    def _movements(self, party: int, card: str) -> tuple[list[dict[str, Any]], int]:
        since, balance = self._since(party), WELCOME
        movements = []
        if since >= self._model.world.moment(0):
            movements.append(self._move(party, card, since, (WELCOME, "welkom", "")))
        for number, at, cents in self._bought.get(party, []):
            points = self._points(party, at, cents)
            balance += points
            what = "aankoop" if points >= 0 else "correctie"
            moment = at + timedelta(minutes=2)
            movements.append(self._move(party, card, moment, (points, what, number)))
            if balance >= REDEEM_FROM and self._pen.draw.random() < 0.5:
                balance -= REDEEM_FROM
                moment = at + timedelta(minutes=3)
                movements.append(self._move(party, card, moment, (-REDEEM_FROM, "inwisselen", "")))
        return movements, balance

    def _points(self, party: int, at: datetime, cents: int) -> int:
        """A point per euro; twice that inside the window of an offered action."""
        points = cents // 100 if cents >= 0 else -(-cents // 100)
        day = (at.date() - self._model.world.start).days
        for action in POINTS_ACTIONS:
            first = DAYS - action.days_ago
            if first < day <= first + action.window_days and self._offered[action.code, party]:
                return 2 * points
        return points

    def _move(
        self, party: int, card: str, at: datetime, what: tuple[int, str, str]
    ) -> dict[str, Any]:
        points, kind, order = what
        self._last_id += 1
        key = f"M{self._last_id:07d}"
        self.movements.rows.append(Row(self._last_id, key, card, "points", at, party, points))
        movement: dict[str, Any] = {
            "id": key,
            "tijdstip": at.strftime("%Y-%m-%dT%H:%M:%S"),
            "punten": points,
            "soort": kind,
        }
        if order:
            movement["bestelnummer"] = order
        return movement

    def spoil(self, members: list[dict[str, Any]]) -> None:
        """Adds movements that must end in quarantine."""
        broken: tuple[tuple[str, int | str, str], ...] = (
            ("2025-02-31T10:00:00", 50, "impossible_date"),
            ("gisteren", 10, "impossible_date"),
            ("2025-03-03T12:00:00", "veel", "not_a_number"),
        )
        for member, (at, points, reason) in zip(members[10:], broken, strict=False):
            self._last_id += 1
            key = f"M{self._last_id:07d}"
            member["mutaties"].append(
                {"id": key, "tijdstip": at, "punten": points, "soort": "aankoop"}
            )
            self.movements.rows.append(
                Row(self._last_id, key, str(member["kaartnummer"]), "points", None, NOBODY, None,
                    QUARANTINED, reason)
            )  # fmt: skip


def write(model: Model, folder: Path) -> list[Ledger]:
    """Writes spaarpas.json; returns the notes on members and movements."""
    scheme = Scheme(model)
    members = [scheme.member(party, card) for party, card in model.keys.card.items()]
    scheme.spoil(members)
    content = {
        "programma": f"Spaarpas {catalogue.COMPANY}",
        "stand": model.world.today.isoformat(),
        "leden": members,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / FILE).write_bytes(text.encode())
    return [scheme.members, scheme.movements]
