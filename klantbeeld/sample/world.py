"""The sample company as it really is; the files are views of it."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.companies import draw_companies
from klantbeeld.sample.contact import move_some, plant_namesakes, reach_everybody
from klantbeeld.sample.people import Organisation, Person
from klantbeeld.sample.population import Families, Trap

Size = Literal["small", "large"]
DAYS = 3 * 365
LARGE = 20

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scale:
    households: int
    organisations: int
    letters: int

    @classmethod
    def of(cls, size: Size) -> Scale:
        """Raises ValueError for a size other than small or large."""
        factors = {"small": 1, "large": LARGE}
        if size not in factors:
            raise ValueError(f"size {size!r} does not exist: choose small or large")
        factor = factors[size]
        return cls(2_850 * factor, 420 * factor, 96 * factor)


@dataclass(slots=True)
class World:
    """Everybody and everything that happened; filled by the modules of the model in turn.

    A *party* is a person or an organisation; parties are numbered people first.
    """

    seed: int
    today: date
    scale: Scale
    people: list[Person]
    organisations: list[Organisation]
    traps: list[Trap]
    products: list[catalogue.Product] = field(default_factory=catalogue.products)

    @property
    def start(self) -> date:
        return self.today - timedelta(days=DAYS)

    @property
    def parties(self) -> int:
        return len(self.people) + len(self.organisations)

    def party(self, index: int) -> Person | Organisation:
        count = len(self.people)
        return self.people[index] if index < count else self.organisations[index - count]

    def is_person(self, index: int) -> bool:
        return index < len(self.people)

    def speaker(self, index: int) -> Person:
        """The person behind a party: itself, or the contact of the organisation."""
        party = self.party(index)
        return party if isinstance(party, Person) else self.people[party.contact]

    def age(self, person: Person) -> int:
        """Whole years on the last day."""
        birthday = (person.birth_date.month, person.birth_date.day)
        had = (self.today.month, self.today.day) >= birthday
        return self.today.year - person.birth_date.year - (not had)

    def rng(self, name: str) -> np.random.Generator:
        """A stream of its own per purpose, so that one part can change without the others."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])

    def random(self, name: str) -> random.Random:
        return random.Random(f"{name}-{self.seed}")

    def moment(self, day: int, second: int = 0) -> datetime:
        """Local time `second` seconds into day `day` of the history."""
        return datetime.combine(self.start, time()) + timedelta(days=day, seconds=second)


def build_world(size: Size, seed: int, today: date) -> World:
    """Draws the population and the organisations; nothing has happened yet."""
    scale = Scale.of(size)
    families = Families(seed, scale.households, today)
    families.settle(story.members(today))
    for _ in range(scale.households - 1):
        families.add_household()
    population = families.population
    plant_namesakes(population, seed)
    move_some(population, families.places, seed)
    phones = reach_everybody(population, seed, today)
    adults = [
        person
        for person in population.people[3:]
        if 24 <= today.year - person.birth_date.year <= 66 and person.relation == "klant"
    ]
    organisations, traps = draw_companies(
        len(population.people),
        adults,
        scale.organisations,
        random.Random(f"companies-{seed}"),
        (families.places, phones),
    )
    return World(
        seed=seed,
        today=today,
        scale=scale,
        people=population.people,
        organisations=organisations,
        traps=population.traps + traps,
    )
