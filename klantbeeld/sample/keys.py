"""The numbers by which each system calls its customers; ranges overlap, as they do outside."""

from __future__ import annotations

from dataclasses import dataclass

from klantbeeld.sample import story
from klantbeeld.sample.cases import Case
from klantbeeld.sample.people import Person
from klantbeeld.sample.population import plain
from klantbeeld.sample.traits import Traits
from klantbeeld.sample.world import World


@dataclass(slots=True)
class Keys:
    """Per system: party → key."""

    crm: dict[int, str]
    account: dict[int, int]
    desk: dict[int, str]
    complaints: dict[int, str]
    card: dict[int, str]
    handle: dict[int, str]


def draw_keys(world: World, traits: Traits, cases: list[Case]) -> Keys:
    """CRM numbers have six digits with leading noughts; the others run through the same range."""
    in_crm = [i for i in range(world.parties) if traits.in_crm[i]]
    accounts = [i for i in range(world.parties) if traits.account[i]]
    world.random("accounts").shuffle(accounts)
    cards = [i for i in range(world.parties) if traits.card[i]]
    handles: dict[int, str] = {}
    for index in range(len(world.people)):
        if traits.social[index]:
            handles[index] = _handle(world.people[index])
    return Keys(
        crm={
            party: f"{number:06d}"
            for party, number in _numbers(world, "crm", in_crm, int(story.CRM_NUMBER)).items()
        },
        account={party: number for number, party in enumerate(accounts, start=1)},
        desk=_texts(world, "desk", {c.party for c in cases if c.in_desk}, story.DESK_NUMBER),
        complaints=_texts(
            world,
            "complaints",
            {c.party for c in cases if c.in_complaints},
            story.COMPLAINTS_NUMBER,
        ),
        card={
            party: f"26{number:010d}8"
            for party, number in _numbers(world, "card", cards, 4_217_00).items()
        }
        | {story.MARIJKE: story.CARD_NUMBER},
        handle=handles,
    )


def _numbers(world: World, name: str, parties: list[int], hers: int) -> dict[int, int]:
    draw = world.random(f"keys {name}")
    top = 1_000 + max(8_000, 2 * len(parties))
    numbers = [one for one in draw.sample(range(1_000, top), len(parties) + 1) if one != hers]
    return {
        party: hers if party == story.MARIJKE else number
        for party, number in zip(parties, numbers, strict=False)
    }


def _texts(world: World, name: str, parties: set[int], hers: str) -> dict[int, str]:
    numbers = _numbers(world, name, sorted(parties), int(hers))
    return {party: str(number) for party, number in numbers.items()}


def _handle(person: Person) -> str:
    first = plain(person.nickname or person.first_name)
    return f"@{first}{person.index % 97}_{plain(person.surname)[:5]}{person.index}"
