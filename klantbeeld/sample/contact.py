"""Hands out e-mail addresses and phone numbers, moves people, and plants namesakes."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

from klantbeeld.sample.people import Person
from klantbeeld.sample.population import MAIL_HOSTS, Neighbourhoods, Population, Trap, plain


class Addresses:
    """Unique e-mail addresses; distinct people never share a personal one."""

    def __init__(self, draw: random.Random, taken: set[str]) -> None:
        self._draw = draw
        self._taken = taken

    def take(self, local: str, host: str) -> str:
        candidate, number = f"{local}@{host}", 1
        while candidate in self._taken:
            number += 1
            candidate = f"{local}{number}@{host}"
        self._taken.add(candidate)
        return candidate

    def personal(self, person: Person) -> str:
        draw = self._draw
        first = plain(person.nickname or person.first_name)
        last = plain(person.prefix + person.surname)
        year = f"{person.birth_date.year % 100:02d}"
        local = draw.choice(
            (f"{first}.{last}", f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last}",
             f"{first}{year}", f"{last}.{first}", f"{first}_{plain(person.surname)}{year}")
        )  # fmt: skip
        return self.take(local, draw.choices(MAIL_HOSTS, (7, 6, 5, 3, 3, 2, 1))[0])


class Phones:
    """Mobiles in 0970 (machine-to-machine, never a person's); landlines in 000-blocks."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        # The first thousand are kept free for the story.
        self._mobiles = set(range(1000))
        self._landlines: Counter[str] = Counter()

    def mobile(self) -> str:
        """A number in E.164: +31970xxxxxxxx is never given out twice."""
        while (number := self._draw.randrange(1_000_000)) in self._mobiles:
            continue
        self._mobiles.add(number)
        return f"+31970{number:08d}"

    def landline(self, area_code: str) -> str:
        """Area code plus a subscriber number that starts with noughts, in E.164."""
        self._landlines[area_code] += 1
        # A stride that shares no factor with the block spreads the numbers over it.
        number = self._landlines[area_code] * 7919 % 10_000
        return f"+31{area_code[1:]}{number:0{10 - len(area_code)}d}"


def reach_everybody(population: Population, seed: int, today: date) -> Phones:
    """Fills in e-mail, phones and shared mailboxes; returns the register of phone numbers."""
    draw = random.Random(f"contact-{seed}")
    given = {mail for one in population.people for mail in (one.email, one.second_email) if mail}
    addresses, phones = Addresses(draw, given), Phones(draw)
    by_household: dict[int, list[Person]] = {}
    for person in population.people:
        if person.email or person.landline:
            continue  # the story's people come with theirs
        by_household.setdefault(person.household, []).append(person)
    for members in by_household.values():
        _share(members, draw, addresses, phones)
        for person in members:
            _reach(person, draw, (addresses, phones), today)
    return phones


def _share(
    members: list[Person], draw: random.Random, addresses: Addresses, phones: Phones
) -> None:
    head = members[0]
    if draw.random() < 0.45:
        number = phones.landline(head.address.area_code)
        for person in members:
            person.landline = number
    if len(members) > 1 and head.birth_name and draw.random() < 0.15:
        local = draw.choice(("familie.", "fam.", "fam")) + plain(head.prefix + head.surname)
        shared = addresses.take(local, draw.choice(MAIL_HOSTS))
        for person in members:
            person.family_email = shared


def _reach(
    person: Person, draw: random.Random, registers: tuple[Addresses, Phones], today: date
) -> None:
    addresses, phones = registers
    age = (today - person.birth_date).days / 365.25
    if age >= 14 and draw.random() < (0.95 if age < 75 else 0.7):
        person.email = addresses.personal(person)
        if draw.random() < 0.18:
            person.second_email = addresses.personal(person)
    if age >= 12 and draw.random() < (0.92 if age < 75 else 0.55):
        person.mobile = phones.mobile()
    if age >= 72 and draw.random() < 0.12:
        person.relation = "overleden"
    elif age >= 21 and draw.random() < 0.012:
        person.relation = draw.choice(("leverancier", "oud-medewerker"))


def move_some(population: Population, homes: Neighbourhoods, seed: int) -> None:
    """One household in eleven has moved: its people keep an old address that some source holds."""
    draw = random.Random(f"moves-{seed}")
    by_household: dict[int, list[Person]] = {}
    for person in population.people[3:]:
        by_household.setdefault(person.household, []).append(person)
    for members in by_household.values():
        if draw.random() < 0.09:
            near = members[0].address.city if draw.random() < 0.6 else None
            former = homes.address(near)
            for person in members:
                person.old_address = former


def plant_namesakes(population: Population, seed: int) -> None:
    """Gives two people who live alone in one town the same first name and surname."""
    draw = random.Random(f"namesakes-{seed}")
    size = Counter(person.household for person in population.people)
    alone: dict[tuple[str, str], list[Person]] = {}
    for person in population.people:
        if size[person.household] == 1 and person.origin == "nl":
            alone.setdefault((person.address.city, person.gender), []).append(person)
    for group in alone.values():
        if len(group) < 2:
            continue
        one, other = draw.sample(group, 2)
        other.first_name, other.nickname = one.first_name, ""
        other.prefix, other.surname = one.prefix, one.surname
        population.traps.append(Trap("namesakes", one.index, other.index))
