"""Any sequence of judgements, merges and splits, taken back in any order, leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.core.models import Customer
from klantbeeld.identity import reads as identity
from klantbeeld.identity.models import Doubt, Judgement, Link, Membership, Pending
from klantbeeld.pipeline import actions
from klantbeeld.pipeline.errors import NotFollowed
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.profiles.models import GroupCount, Profile
from tests.pipeline import dump
from tests.pipeline.conftest import examples
from tests.records import actor

Bring = Callable[..., ImportReport]
SALES = actor("sales")
# A family, a man and his initial, namesakes, a mailbox that is shared, an organisation.
PEOPLE = """klantnummer;bedrijfsnaam;voornaam;achternaam;email;telefoon;postcode;huisnummer;nieuwsbrief
1;;Piet;Zandstra;zandstra@example.nl;085-0201234;3511AA;4;ja
2;;Noor;Zandstra;zandstra@example.nl;085-0201234;3511AA;4;nee
3;;Guus;Ploegmaker;guus@example.org;;1012AB;9;ja
4;;G.;Ploegmaker;g.ploegmaker@example.com;;1012AB;9;
5;;Toon;Wijnbergen;toon@example.com;;9712CD;12;nee
6;;Toon;Wijnbergen;;;9713XX;7;ja
7;Wijnbergen B.V.;;;info@wijnbergen.example.com;;9712CD;12;
8;;Guus;Ploegmaker;guus@example.org;;1012AB;9;
"""
ORDERS = """ordernummer;klantnummer;datum;bedrag
100;1;2026-01-05;10,00
101;3;2026-02-05;20,00
102;4;2026-02-07;5,00
103;5;2026-03-05;70,00
104;7;2026-03-06;7,00
"""
RECORDS = 8
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "unsure", "merge", "split"]),
        st.integers(0, RECORDS - 1), st.integers(0, RECORDS - 1),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


class _ThrownAway(Exception):
    """Nothing that was done for one example stays for the next."""


@pytest.fixture
def people(bring: Bring, tmp_path: Path) -> list[int]:
    """The records of the people, in order of their numbers."""
    for name, text in (("crm", PEOPLE), ("orders", ORDERS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        bring(tmp_path / f"{name}.csv", source="crm")
    held = Membership.objects.filter(record__source__key="crm", record__seq__gt=0)
    return sorted(held.values_list("record_id", flat=True))[:RECORDS]


def everything() -> tuple[Any, ...]:
    """All that follows from who is who; what people said and the logs excepted."""
    profiles = Profile.objects.order_by("pk").values()
    counts = GroupCount.objects.filter(customers__gt=0).order_by("group")
    return (
        dump.content(), dump.homes(),
        [{k: v for k, v in row.items() if not k.endswith("_at")} for row in profiles],
        list(counts.values_list("group", "customers")),
        sorted(Membership.objects.values_list("record", "customer", "household")),
        # A customer that came and went again leads to who has its records, as old addresses must.
        sorted(Customer.objects.filter(absorbed_by=None).values_list("pk", "anchor")),
        sorted(Link.objects.values_list("left", "right", "weight", "household")),
        sorted(Doubt.objects.values_list("left", "right", "weight", "reason")),
    )  # fmt: skip


def say(records: list[int], step: tuple[str, int, int]) -> Judgement | None:
    """Do one step; None when it cannot be, and then nothing has changed."""
    what, one, other = step
    left, right = records[one], records[other]
    owners = identity.customers_of(SALES, [left, right])
    before = everything()
    try:
        if what == "merge":
            return actions.merge(SALES, [owners[left], owners[right]])
        if what == "split":
            return actions.split(SALES, owners[left], [left])
        return actions.judge_pair(SALES, left, right, what)
    except (NotFollowed, ValueError):
        assert everything() == before
        return None


@pytest.mark.slow
def test_whatever_is_said_and_taken_back_leaves_everything_as_it_was(people: list[int]) -> None:
    first = everything()
    assert len({owner for _, owner, _ in first[4]}) == RECORDS - 1

    @settings(
        max_examples=examples(25), deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(STEPS, st.randoms(use_true_random=False))
    def check(steps: list[tuple[str, int, int]], order: Any) -> None:
        with pytest.raises(_ThrownAway), transaction.atomic():
            said = [one for one in (say(people, step) for step in steps) if one is not None]
            # What is matched again from scratch is what it was made step by step.
            halfway = everything()
            actions.settle(actor("administrator"), everything=True)
            assert dump.partition() and everything()[0] == halfway[0]
            order.shuffle(said)
            for one in said:
                actions.take_back_judgement(SALES, one)
            assert everything() == first
            assert Pending.objects.count() == 0
            assert not Judgement.objects.filter(revoked_at=0).exists()
            raise _ThrownAway

    check()
