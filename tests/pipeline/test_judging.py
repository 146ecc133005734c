"""Merging and splitting take effect at once, on everything, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klantbeeld.core.models import AuditEntry, Customer, Record
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.models import Judgement, Membership, Pending
from klantbeeld.pipeline import actions
from klantbeeld.pipeline.errors import NotFollowed
from klantbeeld.pipeline.report import ImportReport
from klantbeeld.profiles.models import GroupCount, Profile
from klantbeeld.profiles.reads import card_for, find, supposed
from tests.pipeline import dump
from tests.records import actor

Bring = Callable[..., ImportReport]
SALES = actor("sales")
# A couple that shares an address, a mail address and a phone, in two systems each.
CRM = """klantnummer;voornaam;achternaam;email;telefoon;postcode;huisnummer;nieuwsbrief
1;Piet;Zandstra;zandstra@example.nl;085-0201234;3511AA;4;ja
2;Noor;Zandstra;zandstra@example.nl;085-0201234;3511AA;4;ja
3;Guus;Ploegmaker;guus@example.org;0697012345;1012AB;9;ja
4;Toon;Wijnbergen;toon@example.com;0697055555;9712CD;12;nee
"""
SHOP = """ordernummer;klantnummer;datum;bedrag
100;1;2026-01-05;10,00
101;3;2026-02-05;20,00
102;4;2026-03-05;70,00
"""
MAILING = """email;voornaam;achternaam;nieuwsbrief
guus@example.org;Guus;Ploegmaker;nee
g.ploegmaker@example.com;G.;Ploegmaker;ja
"""


@pytest.fixture
def people(bring: Bring, tmp_path: Path) -> Path:
    for name, text in (("crm", CRM), ("mailing", MAILING)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        bring(tmp_path / f"{name}.csv", source=name)
    (tmp_path / "orders.csv").write_text(SHOP, "utf-8")
    bring(tmp_path / "orders.csv", source="crm")
    return tmp_path


def of(key: str, source: str = "crm") -> int:
    """The record with this key."""
    return Record.objects.get(source__key=source, key=key).pk


def owner(record: int) -> int:
    return Membership.objects.get(record=record).customer_id


def state() -> tuple[object, ...]:
    """Everything that follows from who is who."""
    profiles = Profile.objects.order_by("pk").values_list(
        "pk", "name", "orders", "revenue_minor", "consents", "household", "group", "records"
    )
    counts = GroupCount.objects.filter(customers__gt=0).order_by("group")
    return (dump.partition(), dump.homes(), list(profiles),
            list(counts.values_list("group", "customers")))  # fmt: skip


def test_two_doubles_become_one_and_come_apart_again(people: Path) -> None:
    before = state()
    one, other = owner(of("3")), owner(of("email:g.ploegmaker@example.com", "mailing"))
    assert one != other
    (promised,) = supposed(
        SALES, [[*identity.records_of(SALES, one), *identity.records_of(SALES, other)]]
    )
    said = actions.merge(SALES, [other, one], "zelfde man")
    assert owner(of("3")) == owner(of("email:g.ploegmaker@example.com", "mailing"))
    left = min(one, other)
    card = card_for(SALES, to_public("customer", max(one, other)))
    assert card.customer == left
    assert (card.name, len(card.records)) == (promised.name, len(promised.records))
    profile = Profile.objects.get(pk=left)
    assert (profile.orders, profile.revenue_minor) == (1, 2000)
    # One record said no: the strictest word holds.
    assert profile.consents[0] == "d" and promised.consents["email"].state == "denied"
    assert not Profile.objects.filter(pk=max(one, other)).exists()
    assert {h.customer for h in find(SALES, "ploegmaker").hits} == {left}
    assert AuditEntry.objects.filter(action="judge_merge", actor="some sales").count() == 1
    (act,) = identity.acts_about(SALES, card.records)
    assert (act.kind, act.actor, act.note) == ("merge", "some sales", "zelfde man")
    assert Pending.objects.count() == 0
    actions.take_back_judgement(SALES, said)
    assert state() == before
    assert identity.acts_about(SALES, [of("3")])[0].revoked_at is not None


def test_a_couple_merged_is_taken_apart_and_the_id_stays_with_its_anchor(people: Path) -> None:
    piet, noor = of("1"), of("2")
    before = state()
    if owner(piet) != owner(noor):
        actions.merge(SALES, [owner(piet), owner(noor)])
    together = state()
    customer = owner(piet)
    said = actions.split(SALES, customer, [noor])
    assert owner(piet) == customer != owner(noor)
    assert Profile.objects.get(pk=customer).orders == 1
    assert Profile.objects.get(pk=owner(noor)).name == "Noor Zandstra"
    assert owner(noor) in identity.household_of(SALES, customer)
    # What is matched again later keeps to it, and so does a match of everything.
    halves = state()
    actions.settle(actor("administrator"), everything=True)
    assert state()[0] == halves[0]
    actions.take_back_judgement(SALES, said)
    assert state() == together
    for act in identity.acts_about(SALES, [piet, noor]):
        if act.revoked_at is None:
            actions.take_back_judgement(SALES, identity.judgement_of(SALES, act.judgement))
    assert state() == before


def test_strangers_may_be_merged_and_a_later_word_wins(people: Path) -> None:
    guus, toon = of("3"), of("4")
    actions.merge(SALES, [owner(guus), owner(toon)])
    assert owner(guus) == owner(toon)
    assert Profile.objects.get(pk=owner(guus)).revenue_minor == 9000
    actions.split(SALES, owner(guus), [toon])
    assert owner(guus) != owner(toon)
    actions.merge(SALES, [owner(guus), owner(toon)])
    assert owner(guus) == owner(toon)


def test_what_cannot_be_is_refused_and_leaves_nothing(people: Path) -> None:
    Record.objects.filter(pk=of("4")).update(kind="organisation", data={
        "organisation_name": "Wijnbergen B.V."})  # fmt: skip
    actions.settle(actor("administrator"), everything=True)
    said = Judgement.objects.count()
    with pytest.raises(NotFollowed):
        actions.merge(SALES, [owner(of("3")), owner(of("4"))])
    assert Judgement.objects.count() == said
    with pytest.raises(ValueError, match="some, not all"):
        actions.split(SALES, owner(of("1")), identity.records_of(SALES, owner(of("1"))))
    assert Customer.objects.count() == len(set(Membership.objects.values_list("customer")))


def test_a_role_without_the_right_may_not(people: Path) -> None:
    for refused in (lambda: actions.merge(actor("analyst"), [1, 2]),
                    lambda: actions.split(actor("readonly"), 1, [1])):  # fmt: skip
        with pytest.raises(PermissionError):
            refused()
