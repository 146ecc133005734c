"""What people enter by hand stands on the card at once, and is taken back whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django_tasks import default_task_backend

from klantbeeld.core import registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import AuditEntry, Delivery, Record, Source
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.models import Judgement, Membership, Pending
from klantbeeld.pipeline import actions, entering, jobs, tagging
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.profiles import reads
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.reads import CustomerQuery, card_for, find
from klantbeeld.sources import actions as sources
from klantbeeld.timeline.models import Interaction
from tests.pipeline import dump
from tests.pipeline.test_judging import Bring, of, owner, people, state
from tests.records import actor

__all__ = ["people"]
SERVICE = actor("service")


def tags(customer: int) -> list[str]:
    """What the profile says about tags."""
    said = Profile.objects.get(pk=customer).data.get("tags", "")
    return [t for t in (said if isinstance(said, list) else str(said).split(" | ")) if t]


def test_a_new_customer_is_found_at_once_and_undone(people: Path) -> None:
    before = state()
    entered = actions.enter_customer(
        SERVICE,
        {"full_name": "Fenna de Proefneus", "email": "Fenna@Example.nl", "phone": "085 020 9999",
         "postcode": "3511aa", "house_number": "9", "consent_email": "nee"},
        "Vroeg naar de winterjas",
    )  # fmt: skip
    assert not entered.is_known
    (hit,) = find(SERVICE, "proefneus").hits
    assert (hit.customer, hit.name) == (entered.customer, "Fenna de Proefneus")
    card = card_for(SERVICE, to_public("customer", entered.customer))
    assert {line.key: line.value for line in card.identity}["email"] == "fenna@example.nl"
    assert card.consents["email"].state == "denied"
    (note,) = card.history.entries
    assert (note.kind, note.employee) == ("note", "some service")
    delivery = Delivery.objects.get(pk=entered.delivery)
    assert delivery.rows_read == delivery.rows_accounted == 2
    assert Source.objects.get(key="desk").name == "Eigen invoer"
    assert AuditEntry.objects.filter(action="enter_customer", actor="some service").exists()
    assert Pending.objects.count() == 0
    assert actions.take_back_entry(SERVICE, entered.delivery) == 0
    assert state() == before
    assert not find(SERVICE, "proefneus").hits
    assert run_checks_clean()


def run_checks_clean() -> bool:
    """Whether everything that must always hold, does."""
    return not [finding for check in registry.checks() for finding in check.findings()]


def test_who_is_known_is_joined(people: Path) -> None:
    entered = actions.enter_customer(
        SERVICE, {"full_name": "Guus Ploegmaker", "email": "guus@example.org"}
    )
    assert entered.is_known
    assert entered.customer == owner(of("3"))
    assert actions.take_back_entry(SERVICE, entered.delivery) == owner(of("3"))


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"city": "Utrecht"}, {"": "nobody"}),
        ({}, {"": "nobody"}),
        ({"full_name": "Fenna Proefneus", "email": "geen adres"}, {"email"}),
    ],
)
def test_what_cannot_be_used_is_said(
    people: Path, values: dict[str, str], problems: dict[str, str]
) -> None:
    deliveries = Delivery.objects.count()
    with pytest.raises(BadEntry) as refused:
        actions.enter_customer(SERVICE, values)
    assert set(refused.value.problems) == set(problems)
    assert Delivery.objects.count() == deliveries


@pytest.mark.django_db(transaction=True)
def test_somebody_erased_is_not_entered_again(people: Path) -> None:
    actions.erase_customer(actor("privacy"), owner(of("4")), alone="Nobody else works here")
    with pytest.raises(BadEntry) as refused:
        actions.enter_customer(SERVICE, {"full_name": "T. Wijnbergen", "email": "toon@example.com"})
    assert refused.value.problems == {"": "erased"}


@pytest.mark.parametrize("kind", ["note", "observation", "remark"])
def test_a_note_stands_on_the_timeline_with_who_and_when(people: Path, kind: str) -> None:
    before, guus = state(), owner(of("3"))
    entered = actions.enter_note(SERVICE, guus, "Wil graag gebeld worden\nna zessen", kind)
    assert entered.customer == guus
    assert Interaction.objects.filter(kind=kind).count() == 1
    card = card_for(SERVICE, to_public("customer", guus))
    entry = next(e for e in card.history.entries if e.kind == kind)
    assert (entry.subject, entry.employee) == ("Wil graag gebeld worden", "some service")
    assert len(card.records) == 2 + int(owner(of("3")) == owner(of("email:guus@example.org",
                                                                   "mailing")))  # fmt: skip
    assert identity.acts_about(SERVICE, card.records) == []
    # A second note hangs on the same record.
    again = actions.enter_note(SERVICE, guus, "Gebeld", kind)
    assert Record.objects.filter(source__key="desk").count() == 1
    actions.take_back_entry(SERVICE, again.delivery)
    assert actions.take_back_entry(SERVICE, entered.delivery) == guus
    assert state() == before
    assert not Judgement.objects.exists()
    with pytest.raises(LookupError):
        actions.take_back_entry(SERVICE, entered.delivery)


def test_tags_are_put_on_many_and_taken_away(people: Path) -> None:
    before = state()
    both = [owner(of("3")), owner(of("4"))]
    done = actions.tag_customers(SERVICE, both, " Beurs  2026 ")
    assert done is not None
    assert [tags(c) for c in both] == [["Beurs 2026"]] * 2
    assert Delivery.objects.get(pk=done.delivery).rows_stored == 2
    assert actions.tag_customers(SERVICE, both, "beurs 2026") is None
    more = actions.tag_customers(SERVICE, both[:1], "VIP")
    assert more is not None and tags(both[0]) == ["Beurs 2026", "VIP"]
    actions.tag_customers(SERVICE, both, "BEURS 2026", remove=True)
    assert [tags(c) for c in both] == [["VIP"], []]
    for delivery in Delivery.objects.filter(source__key="desk", state="loaded").order_by("-pk"):
        actions.take_back_entry(SERVICE, delivery.pk)
    assert state() == before
    for wrong in ("", "  ", "a|b", "x" * 61):
        with pytest.raises(BadEntry):
            actions.tag_customers(SERVICE, both, wrong)


@pytest.mark.django_db(transaction=True)
def test_very_many_are_tagged_and_untagged_in_the_background(
    people: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for module, name in ((tagging, "AT_ONCE"), (entering, "AT_ONCE"), (tagging, "PART")):
        monkeypatch.setattr(module, name, 1)
    before = state()
    all_of = sorted(set(Membership.objects.values_list("customer", flat=True)))
    gone = max(all_of) + 1  # chosen, and merged away before the job began
    done = actions.tag_customers(SERVICE, [*all_of, gone], "beurs")
    assert done is not None
    assert done.is_queued
    tags = [p.data["tags"] for p in Profile.objects.all()]
    assert tags == ["beurs"] * len(all_of)
    assert Delivery.objects.get(pk=done.delivery).rows_stored == len(all_of)
    dump.assert_accounted()
    assert actions.take_back_entry(SERVICE, done.delivery) == 0
    assert state() == before
    with pytest.raises(LookupError):
        actions.take_back_entry(SERVICE, done.delivery)


@pytest.mark.django_db(transaction=True)
def test_a_whole_list_is_read_in_the_background(
    people: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(tagging, "AT_ONCE", 1)
    read: list[int | None] = []
    selected = reads.selected

    def counted(actor: Actor, query: CustomerQuery, most: int | None = None) -> list[int]:
        read.append(most)
        return selected(actor, query, most)

    monkeypatch.setattr(reads, "selected", counted)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    before = state()
    asked = CustomerQuery(consent=("email", "denied"), sort="-revenue")
    wanted = sorted(selected(SERVICE, asked))
    assert 1 < len(wanted) < Profile.objects.count()
    done = actions.tag_list(SERVICE, asked, "beurs")
    assert done is not None and done.is_queued
    assert (read, state()) == ([2], before)
    (task,) = default_task_backend.results
    jobs.tag_list.func(*json.loads(json.dumps(task.args)))
    assert read == [2, None]
    assert sorted(p.pk for p in Profile.objects.all() if tags(p.pk) == ["beurs"]) == wanted
    assert Delivery.objects.get(pk=done.delivery).rows_stored == len(wanted)
    assert actions.tag_list(SERVICE, CustomerQuery(city="nergens"), "beurs") is None
    with pytest.raises(BadEntry):
        actions.tag_list(SERVICE, asked, "a|b")


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_before_it_began_is_not_done(people: Path) -> None:
    before = state()
    opened = sources.open_entry(SERVICE, "tag", 0)
    actions.take_back_entry(SERVICE, opened.pk)
    tagging.tag_in_parts(opened.pk, [owner(of("3"))], "beurs", remove=False)
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_own_entries_go_along_when_a_customer_is_split_and_erased(people: Path) -> None:
    guus, toon = of("3"), of("4")
    actions.enter_note(SERVICE, owner(toon), "Kent Guus niet")
    actions.merge(SERVICE, [owner(guus), owner(toon)])
    actions.split(SERVICE, owner(guus), [r for r in identity.records_of(SERVICE, owner(guus))
                                         if r not in (guus, *_mailing())])  # fmt: skip
    assert owner(Interaction.objects.get(kind="note").record_id) == owner(toon) != owner(guus)
    actions.erase_customer(actor("privacy"), owner(toon), alone="Nobody else works here")
    assert not Interaction.objects.filter(kind="note").exists()
    assert not Judgement.objects.filter(kind="entry").exists()


def _mailing() -> list[int]:
    return list(Record.objects.filter(source__key="mailing").values_list("pk", flat=True))


def test_a_delivery_is_undone_below_what_was_said_about_it(people: Path, bring: Bring) -> None:
    actions.merge(SERVICE, [owner(of("3")), owner(of("4"))])
    actions.enter_note(SERVICE, owner(of("3")), "Nog bellen")
    first = Delivery.objects.filter(source__key="crm").order_by("pk")
    for delivery in first.reverse():
        actions.undo_delivery(actor("administrator"), delivery)
    assert not Record.objects.filter(source__key="crm").exists()
    assert dump.partition()


def test_others_do_not_take_an_entry_back_without_the_right(people: Path) -> None:
    entered = actions.enter_note(SERVICE, owner(of("3")), "Van mij")
    with pytest.raises(LookupError):
        actions.take_back_entry(actor("sales"), entered.delivery)
    with pytest.raises(PermissionError):
        actions.enter_note(actor("readonly"), owner(of("3")), "Niets")
    actions.take_back_entry(actor("administrator"), entered.delivery)
