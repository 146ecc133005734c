"""Draws the people and their households, with the look-alikes that a matcher must keep apart."""

from __future__ import annotations

import itertools
import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from klantbeeld.sample import catalogue, names, places
from klantbeeld.sample.people import Address, Person

MAIL_HOSTS = (
    "example.nl", "mail.example.nl", "example.com", "post.example.nl", "thuis.example.com",
    "example.org", "web.example.org",
)  # fmt: skip
# Share of households per kind.
HOUSEHOLD_KINDS = {"single": 0.29, "couple": 0.31, "family": 0.31, "parent": 0.05, "mates": 0.04}


@dataclass(frozen=True, slots=True)
class Trap:
    """Two parties that look alike and must stay apart."""

    kind: str
    first: int
    second: int


@dataclass(slots=True)
class Population:
    people: list[Person] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    households: int = 0


def plain(text: str) -> str:
    """Lower-case ASCII letters and digits only, for addresses: 'Ayşe Öztürk' → 'ayseozturk'."""
    folded = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l"))
    return "".join(sign for sign in folded.lower() if sign.isascii() and sign.isalnum())


class Neighbourhoods:
    """Postcodes with their street, so that neighbours share a postcode as they do outside."""

    def __init__(self, draw: random.Random, households: int) -> None:
        self._draw = draw
        self._cumulative = list(itertools.accumulate(town.weight for town in places.TOWNS))
        size = max(6, households // 60)
        self._areas = {town.name: self._area(town, size) for town in places.TOWNS}

    def _area(self, town: places.Town, size: int) -> list[tuple[str, str]]:
        draw = self._draw
        count = max(4, round(size * town.weight / 6))
        return [
            (
                f"{draw.randint(town.postcode_from, town.postcode_to)} "
                f"{draw.choice(places.POSTCODE_LETTERS)}",
                draw.choice(places.STREETS),
            )
            for _ in range(count)
        ]

    def address(self, town_name: str | None = None) -> Address:
        """A drawn address, in the given town when one is named."""
        draw = self._draw
        town = draw.choices(places.TOWNS, cum_weights=self._cumulative)[0]
        if town_name:
            town = next(one for one in places.TOWNS if one.name == town_name)
        postcode, street = draw.choice(self._areas[town.name])
        suffix = draw.choice(("A", "B", "C", "bis", "2", "hs")) if draw.random() < 0.12 else ""
        number = 1 + int(abs(draw.gauss(0, 45)))
        return Address(street, number, suffix, postcode, town.name, town.area_code)


class Families:
    """Draws one household after the other."""

    def __init__(self, seed: int, households: int, today: date) -> None:
        self._draw = random.Random(f"families-{seed}")
        self._today = today
        self.places = Neighbourhoods(random.Random(f"places-{seed}"), households)
        self.population = Population()
        self._names, weights = names.surnames()
        self._name_weights = list(itertools.accumulate(weights))

    def add_household(self) -> None:
        draw = self._draw
        kind = draw.choices(list(HOUSEHOLD_KINDS), list(HOUSEHOLD_KINDS.values()))[0]
        low, high = {"family": (31, 54), "parent": (30, 55), "mates": (19, 30)}.get(kind, (21, 88))
        age = draw.randint(low, high)
        origin = self._origin()
        address = self.places.address()
        gender = draw.choice("mf")
        first = self._person(gender, origin, age, address)
        members = [first]
        if kind in ("couple", "family"):
            members.append(self._partner(first, age))
        if kind == "mates":
            members += self._mates(first, age)
        if kind in ("family", "parent"):
            members += self._children(members, age)
        self.settle(members)

    def _origin(self) -> str:
        point = self._draw.random()
        for origin, (share, _, _) in names.ORIGINS.items():
            point -= share
            if point < 0:
                return origin
        return "nl"

    def _surname(self, origin: str) -> tuple[str, str]:
        if origin == "nl":
            return self._draw.choices(self._names, cum_weights=self._name_weights)[0]
        pool = names.ORIGINS[origin][2]
        return "", pool[min(int(self._draw.expovariate(1 / 4)), len(pool) - 1)]

    def _first_name(self, gender: str, origin: str, age: int) -> str:
        draw = self._draw
        if origin != "nl" and draw.random() < 0.85:
            pool = names.ORIGINS[origin][1][gender]
        else:
            year = self._today.year - age
            pool = names.FIRST_NAMES[gender, 0 if year < 1960 else 1 if year < 1985 else 2]
        # Frequencies of names fall off steeply: an exponential over the rank.
        return pool[min(int(draw.expovariate(2.2 / len(pool))), len(pool) - 1)]

    def _person(self, gender: str, origin: str, age: int, address: Address) -> Person:
        draw = self._draw
        first_name = self._first_name(gender, origin, age)
        prefix, surname = self._surname(origin)
        birth_date = self._today - timedelta(days=round(age * 365.25) + draw.randint(1, 360))
        nicknames = names.NICKNAMES.get(first_name, ())
        person = Person(
            index=-1,
            household=self.population.households,
            gender=gender,
            origin=origin,
            first_name=first_name,
            nickname=draw.choice(nicknames) if nicknames and draw.random() < 0.6 else "",
            middle_initial=draw.choice("ABCEGHJMPW") + "." if draw.random() < 0.4 else "",
            prefix=prefix,
            surname=surname,
            birth_date=birth_date,
            address=address,
            profession=draw.choice(names.PROFESSIONS) if age >= 18 else "scholier",
        )
        if age >= 67:
            person.profession = "gepensioneerd"
        person.interests = tuple(sorted(set(draw.choices(catalogue.INTERESTS, k=2))))
        return person

    def _partner(self, first: Person, age: int) -> Person:
        draw = self._draw
        gender = {"m": "f", "f": "m"}[first.gender] if draw.random() < 0.94 else first.gender
        other_age = max(20, age + draw.randint(-4, 4))
        partner = self._person(gender, first.origin, other_age, first.address)
        wife, husband = (partner, first) if gender == "f" else (first, partner)
        if wife.gender != husband.gender and draw.random() < 0.45:
            wife.partner_prefix, wife.partner_surname = husband.prefix, husband.surname
        return partner

    def _mates(self, first: Person, age: int) -> list[Person]:
        count = self._draw.randint(1, 3)
        return [
            self._person(self._draw.choice("mf"), self._origin(), age, first.address)
            for _ in range(count)
        ]

    def _children(self, parents: list[Person], age: int) -> list[Person]:
        draw = self._draw
        father = next((one for one in parents if one.gender == "m"), parents[0])
        children: list[Person] = []
        for _ in range(draw.choices((1, 2, 3, 4), (3, 5, 2.2, 0.6))[0]):
            years = max(0, min(age - 20, age - draw.randint(24, 34)))
            child = self._person(draw.choice("mf"), father.origin, years, father.address)
            child.prefix, child.surname = father.prefix, father.surname
            children.append(child)
        if len(children) > 1 and draw.random() < 0.12:
            self._make_twins(children[0], children[1])
        if children[-1].gender == father.gender == "m" and draw.random() < 0.15:
            # Father and son with the same initials, as in "J. de Vries sr. en jr.".
            son = children[-1]
            son.first_name = self._same_letter(father.first_name, son)
            son.nickname, son.middle_initial = "", father.middle_initial
        return children

    def _make_twins(self, one: Person, other: Person) -> None:
        other.birth_date = one.birth_date
        other.first_name = self._same_letter(one.first_name, other)
        other.nickname = ""
        other.middle_initial = one.middle_initial

    def _same_letter(self, name: str, person: Person) -> str:
        """Another first name for `person` with the initial of `name` (else that very letter)."""
        pool = names.FIRST_NAMES[person.gender, 2] + names.FIRST_NAMES[person.gender, 1]
        same = [one for one in pool if one[0] == name[0] and one != name]
        return self._draw.choice(same) if same else person.first_name

    def settle(self, members: list[Person]) -> None:
        """Gives the members distinct first names and adds them to the population."""
        population = self.population
        used: set[str] = set()
        for person in members:
            age = self._today.year - person.birth_date.year
            while person.first_name in used:
                person.first_name = self._first_name(person.gender, "nl", age)
                person.nickname = ""
            used.add(person.first_name)
            person.index = len(population.people)
            population.people.append(person)
        population.households += 1
        for one, other in itertools.combinations(members, 2):
            if one.initials == other.initials and one.birth_name == other.birth_name:
                twins = one.birth_date == other.birth_date
                kind = "twins" if twins else "same_initials"
                population.traps.append(Trap(kind, one.index, other.index))
