"""Undone, whatever people did by hand since: what is left is what the others and they would give.

Two companies: one in which everybody is told of by two sources in one way, with orders of a third;
and one with a single source, whose orders refer to the customers it tells of.

What somebody said of a customer because of what is then taken back cannot be what they would have
said without it, so that is left out here. It goes on holding for the records that stay:

- who was taken apart stays apart as long as other deliveries speak of both (see
  `test_undo_bare.test_who_was_taken_apart_stays_apart`);
- who was merged stays merged, with all that belonged to them at the time, also where only what was
  taken back had made them one;
- a note about a customer of whom two records stay that nothing ties any more goes with the one that
  the card stood on, and about one of whom nothing stays it stands on a card without a name.

What was found out from the data that went stays found out as well: the mapping of a source, and
whose customer numbers a table uses (see `test_undo_bare`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery, Record
from klantbeeld.identity.models import Judgement, Membership
from klantbeeld.pipeline import copying, entering
from klantbeeld.pipeline.actions import (
    answer,
    begin_intake,
    go_on,
    import_paths,
    merge,
    retry_rows,
    split,
    take_back_judgement,
    undo_delivery,
)
from klantbeeld.pipeline.entering import enter_customer, enter_note
from klantbeeld.pipeline.models import Intake
from klantbeeld.pipeline.tagging import tag_customers
from klantbeeld.sources.actions import mend_row
from klantbeeld.sources.models import Quarantined
from tests.pipeline import dump
from tests.pipeline.conftest import ACTOR, examples
from tests.pipeline.test_undo_property import thrown_away
from tests.records import actor

HANDS = actor("administrator")
FIRST = ("Anouk", "Bram", "Carlijn", "Daan")
LAST = ("Eekhoornstra", "Fluitsma", "Grutteman", "Haverkort")
NOTES = ("belt liever", "komt vrijdag", "wil een e-bike", "verhuist")


class Sent(NamedTuple):
    """A delivery of people by a source; on the screen somebody says why they may be mailed."""

    source: str
    people: tuple[int, ...]
    by_screen: bool = False
    # Whether they moved since.
    is_other: bool = False


class Sold(NamedTuple):
    """A delivery of orders by a source, one a person; those of the others have no date."""

    source: str
    people: tuple[int, ...]
    dated: tuple[int, ...] = ()


class Undone(NamedTuple):
    """Taking back the delivery at this place."""

    place: int


class Act(NamedTuple):
    """Something done by hand with one or two people."""

    what: str
    one: int
    other: int


Step = Sent | Sold | Undone | Act


def text_of(sent: Sent | Sold, number: int) -> str:
    """The delivery as CSV; an order is of one delivery only."""
    if isinstance(sent, Sold):
        rows = ["Ordernummer;Klantnummer;Besteldatum;Bedrag"]
        for n in sent.people:
            day = f"0{n + 1}-02-2026" if n in sent.dated else "32-02-2026"
            rows.append(f"{number}0{n};{sent.source}{n};{day};{n + 1}0,50")
    else:
        rows = ["Klantnummer;Voornaam;Achternaam;Huisnummer;Postcode;E-mail;Nieuwsbrief"]
        for n in sent.people:
            rows.append(
                f"{sent.source}{n};{FIRST[n]};{LAST[n]};{n + 3 + 40 * sent.is_other};"
                f"{n + 1}234 AB;{mail(n)};"
                f"{('nee', 'ja', '', '')[n]}"
            )
    return "\n".join(rows) + "\n"


def mail(person: int) -> str:
    """By which somebody is one customer in every source."""
    return f"{FIRST[person].lower()}@example.nl"


def deliver(folder: Path, sent: Sent | Sold, number: int) -> int:
    """Bring one delivery, by the screen or not; returns its id."""
    text = text_of(sent, number)
    if isinstance(sent, Sent) and sent.by_screen:
        return _by_screen(f"{sent.source}.csv", text)
    path = folder / str(number) / f"{sent.source}.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return import_paths(ACTOR, [path]).deliveries[0]


def _by_screen(name: str, text: str) -> int:
    made = begin_intake(ACTOR, [(name, [text.encode()])])
    made.refresh_from_db()
    said = {"contact": "reason", "channels": ["post"], "reason": "op papier"}
    answer(ACTOR, made, {name.partition(".")[0]: said})
    for state in (Intake.TRYING, Intake.LOADING):
        go_on(ACTOR, made, state)
        made.refresh_from_db()
    assert made.state == Intake.LOADED, made.problem
    return int(made.deliveries[0])


def records_of(person: int) -> list[int]:
    """The records that deliveries or people made of a person, also those that only orders tell."""
    told = Q(data__email=mail(person), kind=Record.PERSON)
    found = Record.objects.filter(told | Q(key__in=[f"winkel{person}", f"balie{person}"]))
    return sorted(found.values_list("pk", flat=True))


def owner(record: int) -> int:
    """The customer of a record."""
    return Membership.objects.get(record=record).customer_id


def enter(act: Act) -> None:
    """Enter a person by hand."""
    one = act.one
    enter_customer(HANDS, {
        "full_name": f"{FIRST[one]} {LAST[one]}", "email": mail(one),
        "postcode": f"{one + 1}234 AB", "house_number": str(one + 3),
    })  # fmt: skip


def mend(act: Act) -> None:
    """Give the orders of a person that have no date one, and have them stored."""
    for row in Quarantined.objects.filter(state=Quarantined.OPEN).order_by("pk"):
        if str(dict(row.values)["Klantnummer"]).endswith(str(act.one)):
            mend_row(HANDS, row, {"Besteldatum": f"0{act.other + 1}-03-2026"})
            retry_rows(HANDS, [row])


def unmerge(act: Act) -> None:
    """Take the first merge that holds back."""
    for said in Judgement.objects.filter(kind=Judgement.MERGE, revoked_at=0).order_by("pk")[:1]:
        take_back_judgement(HANDS, said)


def note(act: Act) -> None:
    """Write a note about somebody."""
    for record in records_of(act.one)[:1]:
        enter_note(HANDS, owner(record), NOTES[act.other])


def tag(act: Act) -> None:
    """Tag somebody."""
    for record in records_of(act.one)[:1]:
        tag_customers(HANDS, [owner(record)], f"groep {act.other}")


def join(act: Act) -> None:
    """Say that two people are one."""
    customers = {owner(r): 0 for n in (act.one, act.other) for r in records_of(n)}
    if records_of(act.one) and records_of(act.other) and len(customers) > 1:
        merge(HANDS, list(customers))


def part(act: Act) -> None:
    """Say that what the shop tells of somebody is somebody else."""
    records = records_of(act.one)
    leaving = [r for r in records if Record.objects.get(pk=r).source.key == "balie"]
    if leaving:
        customer = owner(leaving[0])
        whole = set(Membership.objects.filter(customer=customer).values_list("record", flat=True))
        if {r for r in whole - set(leaving) if Record.objects.get(pk=r).source.key != "desk"}:
            split(HANDS, customer, leaving)


ACTS = {"enter": enter, "mend": mend, "note": note, "tag": tag, "merge": join, "split": part,
        "unmerge": unmerge}  # fmt: skip


def run(folder: Path, steps: Sequence[Step | None]) -> dump.Dump:
    """The state after these steps, in a house that was empty."""
    with thrown_away():
        brought: list[int] = []
        for number, step in enumerate(steps):
            if isinstance(step, Act):
                ACTS[step.what](step)
            elif isinstance(step, Undone):
                undo_delivery(ACTOR, Delivery.objects.get(pk=brought[step.place]))
            elif step is not None:
                brought.append(deliver(folder, step, number))
        dump.assert_accounted()
        # What is entered by hand has keys of chance.
        return {
            section: sorted(re.sub(r"(own|note):[0-9a-f]{16}", r"\1", row) for row in found)
            for section, found in dump.content().items()
        }


def without(steps: Sequence[Step], place: int) -> list[Step | None]:
    """The steps without the delivery at this place and its undoing; the others keep theirs."""
    deliveries = [n for n, s in enumerate(steps) if isinstance(s, Sent | Sold)]
    return [
        None if n == deliveries[place] or isinstance(s, Undone) else s for n, s in enumerate(steps)
    ]


BASE = [Sent("winkel", (0, 1, 2, 3)), Sent("balie", (0, 1, 2, 3), by_screen=True)]
sources = st.sampled_from(["winkel", "balie"])
others = st.integers(1, 3)
people = st.lists(others, min_size=1, max_size=3, unique=True).map(tuple)
acts = st.one_of(
    st.builds(Act, st.sampled_from(["note", "tag", "merge"]), others, others),
    st.builds(Act, st.sampled_from(["mend", "enter", "unmerge"]), others, others),
    st.builds(Act, st.just("split"), st.just(0), st.just(0)),
)
sent = st.one_of(
    st.builds(Sent, sources, people, st.booleans()),
    st.builds(Sold, st.just("kassa"), people, people),
)
later = st.lists(st.one_of(acts, acts, sent), min_size=1, max_size=6)
A = Act


@pytest.mark.usefixtures("house")
@settings(
    max_examples=examples(6), deadline=None, derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
# What stands for a merged customer, and for one with a note and a tag, goes.
@example([A("merge", 1, 2), A("note", 3, 0), A("tag", 3, 1), A("note", 1, 2)], 0)
# Somebody taken apart from what then goes is whole, and a merge taken back leaves nothing.
@example([A("split", 0, 0), A("merge", 1, 2), A("enter", 1, 1), A("unmerge", 1, 1)], 1)
@example([Sold("kassa", (1, 2), (1,)), A("mend", 2, 0), A("note", 2, 0)], 2)
@given(later, st.integers(0, 9))
@pytest.mark.slow
def test_undoing_leaves_what_the_others_and_people_brought(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], place: int
) -> None:
    same_without(tmp_path_factory.mktemp("deliveries"), [*BASE, *steps], place)


def same_without(folder: Path, history: list[Step], place: int) -> None:
    """Whether one of the deliveries undone gives what the other steps alone give."""
    place %= sum(isinstance(s, Sent | Sold) for s in history)
    with_it = run(folder / "a", [*history, Undone(place)])
    dump.assert_same(with_it, run(folder / "b", without(history, place)))


SINGLE = [Sent("winkel", (0, 1, 2, 3)), Sold("winkel", (1, 2, 3), (1, 2, 3))]
of_one = st.lists(
    st.one_of(
        st.builds(
            Act, st.sampled_from(["note", "tag", "merge", "mend", "unmerge"]), others, others
        ),
        st.builds(Sent, st.just("winkel"), people, st.booleans(), st.booleans()),
        st.builds(Sold, st.just("winkel"), people, people),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@pytest.mark.usefixtures("house")
@settings(
    max_examples=examples(6), deadline=None, derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
# What orders still refer to says no more than its number, with what people said of it.
@example([A("note", 1, 0), A("tag", 2, 1), A("merge", 2, 3)], 0)
@example([Sent("winkel", (1, 2), True, True), A("tag", 1, 0), Sold("winkel", (1, 3), (1,))], 2)
@example([Sent("winkel", (1, 2), False, True), A("merge", 1, 2), A("note", 1, 1)], 0)
@given(of_one, st.integers(0, 9))
@pytest.mark.alike
@pytest.mark.slow
def test_undoing_leaves_what_orders_of_the_same_source_refer_to(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], place: int
) -> None:
    same_without(tmp_path_factory.mktemp("deliveries"), [*SINGLE, *steps], place)


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Jobs run at once, the columnar copy is not looked at, and what is entered has one moment."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(copying, "refresh", lambda **_: dict[str, Any]())
    moment = now_us()
    monkeypatch.setattr(entering, "now_us", lambda: moment)
