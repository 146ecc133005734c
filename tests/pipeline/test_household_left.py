"""Who goes first of a household leaves it to the others: at once as matching all would have it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import Record
from klantbeeld.identity import actions
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.report import ImportReport
from tests.pipeline.conftest import ACTOR

pytestmark = pytest.mark.django_db(transaction=True)
HEADS = "Klantnummer;Voornaam;Achternaam;E-mail;Straat;Huisnummer;Postcode;Plaats"
NAMES = ("Zeegers", "Bloemhof", "Kruidenier", "Wagenaar", "Oosterling", "Hazelhoff", "Timmers")


def of_family(key: str, first: str, number: int) -> str:
    """The row of somebody of one of the families."""
    name = NAMES[number]
    mail = f"{first}.{name}@example.nl".lower()
    return f"{key}{number};{first};{name};{mail};Dam;{number + 1};9{number}51 NK;Haren"


# Six families of three, one of two, and people who live alone.
FIRST = [of_family("A", "Willem", n) for n in range(7)]
OTHERS = [
    *(of_family("B", "Annelies", n) for n in range(7)),
    *(of_family("C", "Bram", n) for n in range(6)),
    *(f"D{n};Piet;{name}dam;piet{n}@example.nl;Es;{n + 1};97{n}1 XA;Roden"
      for n, name in enumerate(NAMES)),
]  # fmt: skip


@pytest.fixture
def live(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what changed is matched, also in a house of so few."""
    monkeypatch.setattr(actions, "WHOLE_SHARE", 2.0)
    monkeypatch.setattr(actions, "SMALL", 0)


@pytest.fixture
def families(tmp_path: Path, bring: Callable[..., ImportReport]) -> ImportReport:
    """Everybody, who goes first of all."""
    for name, rows in (("eersten.csv", FIRST), ("anderen.csv", OTHERS)):
        (tmp_path / name).write_text("\n".join([HEADS, *rows]) + "\n", "utf-8")
    return bring(tmp_path / "eersten.csv", tmp_path / "anderen.csv")


def homes() -> dict[str, int]:
    """Customer number to household."""
    told = dict(Record.objects.values_list("pk", "key"))
    return {told[m.record_id]: m.household for m in Membership.objects.all()}


def held_as_all_at_once() -> dict[str, int]:
    """The households as they are, which are those of matching everything."""
    now = homes()
    pipeline.settle(ACTOR, everything=True)
    assert now == homes()
    return now


def test_the_others_of_a_household_are_called_by_its_next_one(
    live: None, families: ImportReport
) -> None:
    before = homes()
    going = list(Record.objects.filter(key__startswith="A").order_by("pk"))
    assert [before[one.key] for one in going] == [one.pk for one in going]
    for one in going:
        owner = Membership.objects.get(record=one.pk).customer_id
        pipeline.erase_customer(ACTOR, owner, alone="Nobody else works here")
    after = held_as_all_at_once()
    keys = {r.key: r.pk for r in Record.objects.all()}
    assert [after[f"{letter}{n}"] for n in range(6) for letter in "BC"] == [
        keys[f"B{n}"] for n in range(6) for _ in "BC"
    ]
    assert after["B6"] == 0, "who is left alone lives with nobody"


def test_so_are_those_of_a_delivery_that_is_taken_back(
    live: None, families: ImportReport, undo: Callable[[int], int]
) -> None:
    undo(families.deliveries[0])
    after = held_as_all_at_once()
    assert len({after[f"{letter}{n}"] for n in range(6) for letter in "BC"}) == 6
    assert after["B6"] == 0
