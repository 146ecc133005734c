"""Where everybody has somebody who looks alike, nobody is taken for the other."""

from __future__ import annotations

import random
from collections.abc import Callable

import polars as pl
import pytest

from benchmarks.customers import simulate as customers
from benchmarks.families import simulate as families
from klantbeeld.identity.core import resolve

Person = dict[str, str]
FIRST = ("Jan", "Piet", "Kees", "Anna", "Sanne", "Tim", "Bram", "Fleur", "Noor", "Lotte", "Daan",
         "Lucas", "Emma", "Julia", "Tess", "Levi", "Milan", "Thijs", "Ruben", "Gijs", "Ellen",
         "Wouter", "Femke", "Iris", "Maud", "Willem", "Johan", "Petra", "Karin", "Esther")  # fmt: skip
LAST = ("Jansen", "Bakker", "Visser", "Meijer", "Mulder", "Peters", "Hendriks", "Dekker", "Brouwer",
        "Dijkstra", "Koning", "Kuipers", "Postma", "Veenstra", "Kramer", "Scholten", "Verhoeven",
        "Hoekstra", "Hermans", "Timmermans", "Willems", "Vermeulen", "Wolters", "Evers", "Maas")  # fmt: skip
STREETS = ("Dorpsstraat", "Kerkstraat", "Molenweg", "Schoolstraat", "Stationsweg", "Lindenlaan",
           "Beukenlaan", "Parkweg", "Nieuwstraat", "Havenweg", "Zandpad", "Veldweg")  # fmt: skip


class Town:
    """Invented people, drawn alike for a seed; no two share a mailbox or a number."""

    def __init__(self) -> None:
        self.draw = random.Random(4)
        self.mailboxes = 0

    def person(self) -> Person:
        draw = self.draw
        letters = "".join(draw.choices("ABCDEGHJKLMNPRSTVWXZ", k=2))
        return self.reached({
            "first_name": draw.choice(FIRST), "surname": draw.choice(LAST),
            "street": draw.choice(STREETS), "house_number": str(draw.randrange(1, 150)),
            "postcode": f"{draw.randrange(3500, 3999)} {letters}", "city": "Ons Dorp",
            "birth_date": self.born(1955, 2004),
        })  # fmt: skip

    def born(self, first: int, last: int) -> str:
        draw = self.draw
        return (
            f"{draw.randrange(first, last)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        )

    def reached(self, person: Person) -> Person:
        """The person with a mailbox and a number of its own."""
        self.mailboxes += 1
        mailbox = f"{person['first_name']}.{person['surname']}{7 * self.mailboxes}".lower()
        phone = f"0970{self.draw.randrange(10**7):07}"
        return person | {"email": f"{mailbox}@example.nl", "phone": phone}

    def neighbour(self, one: Person) -> Person:
        """Of one name, next door but one."""
        number = str(int(one["house_number"]) + 2)
        return self.reached(one | {"house_number": number, "birth_date": self.born(1955, 2004)})

    def father(self, one: Person) -> Person:
        """Of one name, at one address."""
        return self.reached(one | {"birth_date": self.born(1925, 1950)})

    def twin(self, one: Person) -> Person:
        """Born on one day, at one address."""
        name = self.draw.choice([name for name in FIRST if name[0] != one["first_name"][0]])
        return self.reached(one | {"first_name": name})

    def copy(self, one: Person) -> Person:
        """Told a second time, with less, or with a slip of the pen."""
        change = self.draw.choice(("email", "phone", "surname", "nothing"))
        if change == "surname":
            return one | {"surname": one["surname"][:-2] + one["surname"][-1]}
        return {role: value for role, value in one.items() if role != change}


def table(town: Town, other: Callable[[Person], Person], copied: float) -> pl.DataFrame:
    """Pairs of people who look alike, some of them told twice; `truth` is who."""
    rows: list[Person] = []
    for number in range(150):
        one = town.person()
        for place, person in enumerate((one, other(one))):
            told = [person, town.copy(person)] if town.draw.random() < copied else [person]
            rows += [row | {"truth": f"{number}-{place}"} for row in told]
    town.draw.shuffle(rows)
    return pl.DataFrame(rows)


@pytest.mark.parametrize("copied", [0.0, 0.05, 0.5])
@pytest.mark.parametrize("other", ["neighbour", "father", "twin"])
def test_who_looks_alike_stays_another(other: str, copied: float) -> None:
    town = Town()
    rows = table(town, getattr(town, other), copied)
    found = resolve(rows.drop("truth"))
    both = rows.select("truth").with_columns(customer=found.clusters["customer"])
    assert both.group_by("customer").agg(pl.col("truth").n_unique())["truth"].max() == 1
    twice = both.group_by("truth").agg(pl.len(), pl.col("customer").n_unique())
    twice = twice.filter(pl.col("len") > 1)
    assert (twice["customer"] == 1).sum() >= 0.95 * len(twice)


@pytest.mark.parametrize("rows", [200, 600])
def test_of_usual_lists_nothing_is_held(rows: int) -> None:
    for frame in (families(rows, 3).frame, customers(rows, 3).frame):
        assert not [
            n for n in resolve(frame).report()["kinds"]["person"]["notes"] if "look alike" in n
        ]
