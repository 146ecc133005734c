"""A value that too many people use stops joining, and joins again when it is theirs once more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity import actions, core, matching
from klantbeeld.identity.actions import judge
from klantbeeld.identity.models import Membership
from klantbeeld.identity.rules import Limited, Rules
from klantbeeld.pipeline.actions import erase_customer, import_paths, match, settle, undo_delivery
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR

HEAD = "klantnummer;voornaam;achternaam;email;plaats\n"
PEOPLE = {
    "winkel": "1;Wendelmoet;Quintijnsdochter;kas@example.nl;Utrecht\n",
    "brief": "2;Wendelmoet;Quintijnsdochter;kas@example.nl;Leiden\n",
    "club": "3;Radboud;Zwaluwenberg;kas@example.nl;Delft\n",
    "loket": "4;Aleid;van Kerspelhuizen;kas@example.nl;Gouda\n",
}
Deliver = Callable[[str], int]


@pytest.fixture
def bit_by_bit(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is matched with what it touches only; two people may use a mailbox."""
    monkeypatch.setattr(actions, "WHOLE_SHARE", 2.0)
    monkeypatch.setattr(actions, "SMALL", 0)
    limits = (Limited("email", 2),)
    matching.freeze(matching.InForce(core.Model.default(), Rules(limits=limits)), 10_000)


@pytest.fixture
def deliver(bit_by_bit: None, tmp_path: Path) -> Deliver:
    """Imports somebody's row from a source of that name; returns the delivery."""

    def run(name: str) -> int:
        path = tmp_path / f"{name}.csv"
        path.write_text(HEAD + PEOPLE[name], encoding="utf-8")
        return import_paths(ACTOR, [path], source=name).deliveries[0]

    return run


def groups() -> set[frozenset[str]]:
    """The customers, each as the names of its sources."""
    held = set(dump.partition().values())
    return {frozenset(name.split()[0].split(":")[0] for name in group) for group in held}


def apart(*names: str) -> set[frozenset[str]]:
    """Customers as `groups` gives them: 'winkel+brief'."""
    return {frozenset(name.split("+")) for name in names}


def undo(delivery: int) -> None:
    undo_delivery(ACTOR, Delivery.objects.get(pk=delivery))


ALL_APART = apart("winkel", "brief", "club", "loket")


def complete(deliver: Deliver, held: dict[str, int]) -> None:
    """What must hold when all four are there, in whatever order they came (as in `held`)."""
    order = tuple(held)
    assert groups() == ALL_APART, order
    settle(ACTOR, everything=True)
    assert groups() == ALL_APART, order
    # Without the third person the mailbox is of two again.
    undo(held["loket"])
    assert groups() == apart("winkel+brief", "club"), order
    deliver("loket")
    assert groups() == ALL_APART, order


def every_order(deliver: Deliver, held: dict[str, int]) -> int:
    """Tries every order that begins as `held`, one that was tried thrown away; returns how many."""
    if len(held) == len(PEOPLE):
        complete(deliver, held)
        return 1
    tried = 0
    for name in [one for one in PEOPLE if one not in held]:
        with transaction.atomic():
            tried += every_order(deliver, {**held, name: deliver(name)})
            transaction.set_rollback(True)
    return tried


@pytest.mark.slow
@pytest.mark.alike
def test_in_any_order_of_arrival(deliver: Deliver) -> None:
    assert every_order(deliver, {}) == 24


@pytest.mark.alike
def test_whoever_came_before_and_was_undone(deliver: Deliver) -> None:
    """What is undone leaves nothing that another order of arrival would meet."""
    for order in (tuple(PEOPLE), ("club", "loket", "brief", "winkel"), tuple(PEOPLE)[::-1]):
        complete(deliver, {name: deliver(name) for name in order})
        for delivery in Delivery.objects.exclude(state=Delivery.UNDONE).order_by("-pk"):
            undo(delivery.pk)


def test_the_second_person_may_use_it(deliver: Deliver) -> None:
    for name in ("winkel", "club", "brief"):
        deliver(name)
    assert groups() == apart("winkel+brief", "club")


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_gives_it_back(deliver: Deliver) -> None:
    for name in PEOPLE:
        deliver(name)
    assert groups() == ALL_APART
    gone = Record.objects.get(source__key="loket")
    owner = Membership.objects.get(record=gone.pk).customer_id
    erase_customer(ACTOR, owner, alone="Nobody else works here")
    assert groups() == apart("winkel+brief", "club")


def test_a_judgement_stays(deliver: Deliver) -> None:
    for name in ("winkel", "brief", "club"):
        deliver(name)
    first, second = Record.objects.filter(source__key__in=("winkel", "club")).order_by("pk")
    judge(ACTOR, first.pk, second.pk, "same")
    settle(ACTOR)
    deliver("loket")
    assert groups() == apart("winkel+club", "brief", "loket")


def test_who_is_only_asked_about_counts_too(deliver: Deliver) -> None:
    for name in ("winkel", "brief", "club"):
        deliver(name)
    known = {"first_name": "Wendelmoet", "surname": "Quintijnsdochter", "email": "kas@example.nl"}
    assert match(ACTOR, known, 5)[0].kind == "same"
    third = known | {"first_name": "Aleid", "surname": "van Kerspelhuizen"}
    assert not match(ACTOR, third, 5)
    assert groups() == apart("winkel+brief", "club")
