"""Writes values as people and exports do: in many notations, with slips and placeholders."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date

from klantbeeld.sample.ledger import Flaw
from klantbeeld.sample.people import Address, Person

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
PLACEHOLDER_EMAILS = ("noemail@example.nl", "geen@example.nl", "onbekend@example.nl")
PLACEHOLDER_PHONES = ("0612345678", "06-12345678", "0600000000", "0000000000")
_NEIGHBOURS = dict(zip("abcdefghijklmnopqrstuvwxyz", "snvfrdghujkonbpoqewtycevtx", strict=False))


def typo(draw: random.Random, text: str) -> str:
    """One slip of the finger: letters swapped, dropped, doubled, or hit next to the right key."""
    if len(text) < 4:
        return text
    place = draw.randrange(1, len(text) - 1)
    slip = draw.randrange(4)
    if slip == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if slip == 1:
        return text[:place] + text[place + 1 :]
    if slip == 2:
        return text[:place] + text[place] + text[place:]
    letter = _NEIGHBOURS.get(text[place].lower(), "e")
    return text[:place] + letter + text[place + 1 :]


def mobile_notation(draw: random.Random, number: str) -> str:
    """A mobile number in E.164 as people write it."""
    own = number[6:]  # eight digits after +31970
    pairs = " ".join((own[0:2], own[2:4], own[4:6], own[6:8]))
    return draw.choice(
        (f"0970-{own}", f"0970-{own}", f"0970{own}", f"0970 {own}", f"0970-{pairs}",
         f"0970 {pairs}", f"+31 970 {own}", f"+31970{own}", f"0031970{own}",
         f"+31(0)970-{own}", f"(0970) {own}")
    )  # fmt: skip


def landline_notation(draw: random.Random, number: str, area_code: str) -> str:
    """A landline number in E.164 as people write it."""
    own = "0" + number[3:]
    own = own[len(area_code) :]
    return draw.choice(
        (f"{area_code}-{own}", f"{area_code}-{own}", f"{area_code}{own}", f"({area_code}) {own}",
         f"{area_code} {own[:3]} {own[3:]}", f"+31 {area_code[1:]} {own}",
         f"+31 (0){area_code[1:]} {own}")
    )  # fmt: skip


def dutch_date(draw: random.Random, day: date) -> str:
    """Day first, in one of the usual notations."""
    return draw.choice(
        (f"{day:%d-%m-%Y}", f"{day:%d-%m-%Y}", f"{day.day}-{day.month}-{day.year}",
         f"{day:%d/%m/%Y}", f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day:%d.%m.%Y}")
    )  # fmt: skip


@dataclass(slots=True)
class Name:
    """A name as one source holds it."""

    initials: str
    first_name: str
    prefix: str
    surname: str

    @property
    def full(self) -> str:
        start = self.first_name or self.initials
        return " ".join(part for part in (start, self.prefix, self.surname) if part)


class Pen:
    """One per source: its own randomness, and a count of each kind of mess it made."""

    def __init__(self, draw: random.Random, mess: Counter[str], flaws: list[Flaw]) -> None:
        self.draw = draw
        self.mess = mess
        self._flaws = flaws

    def chance(self, share: float, kind: str) -> bool:
        """True in `share` of the calls; then the kind of mess is counted."""
        if self.draw.random() >= share:
            return False
        self.mess[kind] += 1
        return True

    def flaw(self, key: str, column: str, raw: str, problem: str) -> str:
        """Notes a value that must be flagged, and returns it."""
        self._flaws.append(Flaw(key, column, raw, problem))
        self.mess[problem] += 1
        return raw

    def name(self, person: Person) -> Name:
        """The person's name with nickname, initials only, partner's name or a typo at times."""
        prefix, surname = self._family_name(person)
        first = person.first_name
        if person.nickname and self.chance(0.3, "nickname"):
            first = person.nickname
        elif self.chance(0.12, "initials_only"):
            first = ""
        if self.chance(0.025, "typo_in_surname"):
            surname = typo(self.draw, surname)
        elif first and self.chance(0.012, "typo_in_first_name"):
            first = typo(self.draw, first)
        return Name(person.initials, first, prefix, surname)

    def _family_name(self, person: Person) -> tuple[str, str]:
        if not person.partner_surname:
            return person.prefix, person.surname
        point = self.draw.random()
        if point < 0.4:
            return person.partner_prefix, f"{person.partner_surname}-{person.birth_name}"
        self.mess["partner_or_maiden_name"] += 1
        if point < 0.7:
            return person.partner_prefix, person.partner_surname
        return person.prefix, person.surname

    def case(self, text: str) -> str:
        """Now and then all capitals, all small, or with blanks around."""
        point = self.draw.random()
        if point > 0.06 or not text:
            return text
        self.mess["case_or_blanks"] += 1
        if point < 0.02:
            return text.upper()
        return text.lower() if point < 0.04 else f"{text}  " if point < 0.05 else f" {text}"

    def email(self, key: str, column: str, email: str) -> str:
        """The address, sometimes in capitals, invalid, or a placeholder when there is none."""
        draw = self.draw
        if not email:
            if draw.random() < 0.12:
                raw = draw.choice(PLACEHOLDER_EMAILS)
                return self.flaw(key, column, raw, "placeholder_email")
            return ""
        point = draw.random()
        if point < 0.008:
            local, _, host = email.partition("@")
            raw = draw.choice(
                (f"{local}{host}", f"{local}@@{host}", f"{local}@", f"{local}@{host},")
            )
            return self.flaw(key, column, raw, "invalid_email")
        if point < 0.05:
            self.mess["email_case_or_blanks"] += 1
            return draw.choice((email.upper(), f"{email} ", email.capitalize(), f" {email}"))
        return email

    def mobile(self, key: str, column: str, number: str) -> str:
        if not number:
            if self.draw.random() < 0.08:
                raw = self.draw.choice(PLACEHOLDER_PHONES)
                return self.flaw(key, column, raw, "placeholder_phone")
            return ""
        if self.draw.random() < 0.008:
            return self.flaw(key, column, f"06-{number[4:9]}", "invalid_phone")
        return mobile_notation(self.draw, number)

    def landline(self, number: str, area_code: str) -> str:
        return landline_notation(self.draw, number, area_code) if number else ""

    def postcode(self, key: str, column: str, address: Address) -> str:
        digits, _, letters = address.postcode.partition(" ")
        point = self.draw.random()
        if point < 0.006:
            raw = self.draw.choice((f"{digits} 1{letters}", f"0{digits[1:]} {letters}", digits[:3]))
            return self.flaw(key, column, raw, "invalid_postcode")
        if point < 0.5:
            return digits + letters
        return address.postcode if point < 0.9 else f"{digits} {letters.lower()}"

    def house(self, address: Address) -> str:
        """House number with suffix: '12-B', '12B', '12 b'."""
        if not address.suffix:
            return str(address.number)
        return self.draw.choice(
            (f"{address.number}-{address.suffix}", f"{address.number}{address.suffix}",
             f"{address.number} {address.suffix.lower()}")
        )  # fmt: skip

    def home(self, person: Person, share_of_old: float) -> Address:
        """Where the source believes the person lives."""
        if person.old_address and self.chance(share_of_old, "old_address"):
            return person.old_address
        return person.address
