"""The letters of a list are the verdicts of the card, for customers of every sort."""

from __future__ import annotations

import random
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from klantbeeld.core import choices, clock
from klantbeeld.core.clock import DAY
from klantbeeld.core.models import Source
from klantbeeld.pipeline.contacting import judge_everybody
from klantbeeld.privacy import contact_notes
from klantbeeld.privacy.contact_choices import KEY
from klantbeeld.privacy.models import ConsentEntry, ContactNote, Restriction
from klantbeeld.profiles import actions, lists, reads
from klantbeeld.profiles.contacting import CHANNELS, Question, judged, known_of, letter
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.queries import CONTACT, CustomerQuery
from tests.records import (
    NOW,
    SYSTEM,
    TODAY,
    actor,
    customer,
    happened,
    record,
    said_of_contact,
    source,
    subscribed,
)

pytestmark = pytest.mark.django_db
SALES = actor("sales")
NAMES = ("Wiel B.V.", "Wiel en Zoon V.O.F.", "Eenmanszaak Wiel", "Wiel")


def answered() -> None:
    """A company that answered for itself and for its sources."""
    choices.choose(KEY, {"offers_way_out": True, "sells_alike": True,
                         "interest_weighed": {"marketing": [TODAY, "iemand"]}})  # fmt: skip
    for key, through, offered in (
        ("crm", "sale", None),
        ("webshop", "sale", True),
        ("list", "third_party", False),
        ("open", "published", None),
    ):
        source(key)
        Source.objects.filter(key=key).update(obtained_through=through, offered_way_out=offered)


def person(dice: random.Random) -> int:
    """Somebody of one to three records, with anything that a verdict may rest on."""
    is_firm = dice.random() < 0.3
    held = []
    for _ in range(dice.choice((1, 1, 2, 3))):
        data: dict[str, Any] = {"organisation_name": dice.choice(NAMES)} if is_firm else {
            "surname": "Wiel"}  # fmt: skip
        data |= dice.choice(
            (
                {},
                {"email": f"w{dice.randrange(3)}@example.nl"},
                {"email": "info@example.nl", "email_2": "x@example.nl"},
            )
        )
        data |= dice.choice(({}, {"mobile": "+31697000001"}, {"street": "Wielstraat"}))
        data |= dice.choice(({}, {}, {"country": dice.choice(("BE", "DE", "fr", "US", "GB"))}))
        data |= dice.choice(({}, {"birth_date": "2014-03-01"}, {"age": "14"}, {"kvk": "1"}))
        data |= dice.choice(({}, {}, {"relation_type": dice.choice(
            ("customer", "prospect", "deceased"))}))  # fmt: skip
        of = dice.choice(("crm", "webshop", "list", "open"))
        held.append(record(data, of=of, kind="organisation" if is_firm else "person",
                           at=NOW - dice.randrange(5) * DAY))  # fmt: skip
    for one in held:
        for _ in range(dice.choice((0, 0, 1, 2))):
            happened(one, dice.choice(("order", "order", "quote", "question")),
                     days_ago=dice.choice((10, 100, 600, 1_200)), amount_minor=500,
                     status=dice.choice(("closed", "closed", "cancelled")))  # fmt: skip
        if dice.random() < 0.2:
            ended = dice.choice((None, TODAY - 30, TODAY - 1_200, TODAY + 30))
            subscribed(one, "onderhoud", started_day=TODAY - 1_500, ended_day=ended,
                       status=dice.choice(("active", "ended")))  # fmt: skip
        for _ in range(dice.choice((0, 1, 2))):
            state = dice.choice(("granted", "denied", "withdrawn"))
            said_of_contact(one, dice.choice(CHANNELS), state, at=NOW - dice.randrange(9) * DAY,
                            method=dice.choice(("imported", "web_form", "reasoned", "telephone")),
                            evidence=dice.choice(("", "ja")),
                            expires_at=dice.choice((None, None, NOW - DAY, NOW + DAY))
                            if state == ConsentEntry.GRANTED else None)  # fmt: skip
        if dice.random() < 0.3:
            kind = dice.choice([k for k, _ in ContactNote.KINDS])
            with transaction.atomic():
                contact_notes.add([one], kind, dice.random() < 0.7, TODAY, "", "")
        if dice.random() < 0.1:
            Restriction.objects.create(
                record=one,
                kind=Restriction.OBJECTED,
                since=NOW - DAY,
                purpose=dice.choice(("", "marketing", "survey")),
            )
    return customer(*held)


def alone(customer: int) -> str:
    """The verdicts of the card as letters."""
    known = known_of(customer)
    assert known is not None
    told = (judged(known, Question(channel)).verdict for channel in CHANNELS)
    return "".join(letter(verdict.answer, verdict.reason) for verdict in told)


@pytest.mark.parametrize("seed", [1, 2])
def test_letters_are_the_verdicts_of_the_card(seed: int) -> None:
    answered()
    dice = random.Random(seed)
    people = [person(dice) for _ in range(60)]
    actions.refresh(SYSTEM, people)
    held = dict(Profile.objects.values_list("pk", "contact"))
    assert held == {one: alone(one) for one in people}
    assert {"a", "n"} <= set("".join(held.values())), "nobody or everybody may be approached"


def test_answers_of_the_company_reach_the_lists_when_judged_anew() -> None:
    dice = random.Random(3)
    people = [person(dice) for _ in range(40)]
    actions.refresh(SYSTEM, people)
    answered()
    assert actions.judge_contact(SYSTEM, people) > 0
    assert actions.judge_contact(SYSTEM, people) == 0
    assert dict(Profile.objects.values_list("pk", "contact")) == {c: alone(c) for c in people}


def test_a_term_that_passes_is_judged_on_the_day() -> None:
    answered()
    held = record({"surname": "Wiel", "email": "w@example.nl", "country": "US",
                   "mobile": "+12025550100"}, of="webshop")  # fmt: skip
    happened(held, "order", amount_minor=100, days_ago=0, status="closed")
    made = customer(held)
    actions.refresh(SYSTEM, [made])
    assert Profile.objects.get(pk=made).contact[1] == "a"
    years = (clock.day_to_date(TODAY) + timedelta(days=800)).toordinal()
    later = years - clock.EPOCH.toordinal()
    assert actions.judge_contact(SYSTEM, [made], later) == 1
    assert Profile.objects.get(pk=made).contact[1] == "u"


def test_lists_are_filtered_by_the_verdict_and_not_by_the_ledger() -> None:
    lists._counted.kept.clear()
    answered()
    bought = record({"surname": "Wiel", "email": "w@example.nl"}, of="webshop")
    happened(bought, "order", amount_minor=100, status="closed")
    silent = record({"surname": "Spaak", "email": "s@example.nl"}, of="crm")
    refusing = record({"surname": "Naaf", "email": "n@example.nl"}, of="webshop")
    said_of_contact(refusing, "email", "withdrawn")
    people = [customer(one) for one in (bought, silent, refusing)]
    actions.refresh(SYSTEM, people)
    for verdict, expected in (("allowed", [people[0]]), ("refused", [people[2]])):
        page = reads.customers(SALES, CustomerQuery(contact=("email", verdict)))
        assert [row.customer for row in page.rows] == expected
    assert reads.allowed(SALES, people, "email") == {people[0]}
    assert set(CONTACT) == {"allowed", "ask", "refused", "unknown"}


def test_who_objected_a_moment_ago_is_not_among_the_allowed() -> None:
    answered()
    bought = record({"surname": "Wiel", "email": "w@example.nl"}, of="webshop")
    happened(bought, "order", amount_minor=100, status="closed")
    made = customer(bought)
    actions.refresh(SYSTEM, [made])
    assert reads.allowed(SALES, [made], "email") == {made}
    Restriction.objects.create(record=bought, kind=Restriction.OBJECTED, since=NOW)
    assert reads.allowed(SALES, [made], "email") == set()


def test_after_an_update_everybody_is_judged_at_once_and_the_list_says_so() -> None:
    """A home of before has letters of nobody, and its nightly round may have been an hour ago."""
    person = customer(record({"surname": "Wiel", "email": "wiel@example.nl"}))
    migration = import_module("klantbeeld.profiles.migrations.0020_judge_contact")
    migration.be_due(apps, None)
    assert not reads.is_judging_contact(SALES), "nobody has a profile yet"
    actions.refresh(SYSTEM, [person])
    Profile.objects.update(contact="uuuu")
    choices.choose("regular-contact", clock.now_us())
    migration.be_due(apps, None)
    assert reads.is_judging_contact(SALES)
    assert choices.chosen("regular-contact") is None
    judge_everybody(SYSTEM)
    assert not reads.is_judging_contact(SALES)
    assert Profile.objects.get().contact != "uuuu"
