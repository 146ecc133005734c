"""Profiles are a function of records and what happened; one customer goes like a million."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.core import indexes
from klantbeeld.core.models import Change, Record
from klantbeeld.identity.models import Membership
from klantbeeld.profiles import actions, reads, search
from klantbeeld.profiles.models import GroupCount, Profile
from klantbeeld.profiles.queries import CustomerQuery
from klantbeeld.timeline.models import Interaction
from tests.records import (
    SYSTEM,
    TODAY,
    actor,
    customer,
    happened,
    line,
    record,
    said_of_contact,
)

pytestmark = pytest.mark.django_db


def rows() -> list[dict[str, object]]:
    return [
        {k: v for k, v in row.items() if k != "updated_at"}
        for row in Profile.objects.order_by("pk").values()
    ]


def several() -> list[int]:
    one = record({"first_name": "Jan", "surname_prefix": "de", "surname": "Vries",
                  "city": "'s-Hertogenbosch", "consent_email": True})  # fmt: skip
    two = record({"initials": "J.", "surname": "Vries", "email": "j@example.nl"}, of="webshop")
    three = record({"organisation_name": "Spaak BV"}, kind="organisation", of="webshop")
    happened(one, "order", days_ago=10, amount_minor=5_000)
    happened(two, "order", days_ago=400, amount_minor=2_500)
    happened(two, "order", days_ago=3, amount_minor=-500)
    happened(two, "complaint", days_ago=2, status="open")
    said_of_contact(one, "email", "granted")
    said_of_contact(two, "phone", "denied")
    return [customer(one, two, household=one), customer(three)]


def test_a_profile_says_what_its_records_say() -> None:
    person, firm = several()
    assert actions.refresh(SYSTEM, [firm, person, person], today=TODAY) == 2
    made = Profile.objects.get(pk=person)
    assert (made.name, made.kind, made.city, made.city_key) == (
        "Jan de Vries", "person", "'s-Hertogenbosch", "s_hertogenbosch",
    )  # fmt: skip
    assert made.sort_key == "vries jan de"
    assert made.data == {
        "first_name": "Jan", "surname_prefix": "de", "surname": "Vries",
        "city": "'s-Hertogenbosch", "email": "j@example.nl",
    }  # fmt: skip
    assert (made.sources, made.records, made.consents) == (2, 2, "gduu")
    ids = sorted(set(Record.objects.values_list("source", flat=True)))
    assert made.source_list == "|" + "".join(f"{i}|" for i in ids)
    assert (made.orders, made.revenue_minor, made.revenue_12m_minor) == (2, 7_000, 4_500)
    assert (made.complaints, made.open_complaints, made.interactions) == (1, 1, 4)
    assert (made.first_order_day, made.last_order_day) == (TODAY - 400, TODAY - 10)
    assert made.last_contact_kind == "complaint"
    assert (made.group, made.figures_day) == ("other", TODAY)
    assert Profile.objects.get(pk=firm).last_contact_at == 0


def test_again_changes_nothing_and_one_goes_like_all() -> None:
    made = several()
    actions.refresh(SYSTEM, made)
    before = rows()
    words = search.documents(made)
    for one in made:
        actions.refresh(SYSTEM, [one])
    assert rows() == before
    assert search.documents(made) == words


def test_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = several() + [customer(record({"surname": f"Naam{n}"})) for n in range(5)]
    actions.refresh(SYSTEM, made)
    before = rows()
    monkeypatch.setattr(actions, "CHUNK", 2)
    actions.refresh(SYSTEM, made)
    assert rows() == before


def test_figures_count_up_to_the_day_that_is_given() -> None:
    person, _ = several()
    actions.refresh(SYSTEM, [person], today=TODAY - 365)
    made = Profile.objects.get(pk=person)
    assert (made.orders, made.revenue_12m_minor, made.complaints) == (1, 2_500, 0)


def test_groups_stay_until_they_are_set() -> None:
    made = several()
    actions.refresh(SYSTEM, made)
    frame = pl.DataFrame(
        {"customer": [*made, 999], "group": ["active", "potential", "active"],
         "reason": ["order:1", "quote:2", ""]}
    )  # fmt: skip
    assert actions.set_groups(SYSTEM, frame) == 2
    assert actions.set_groups(SYSTEM, frame) == 0
    actions.refresh(SYSTEM, made)
    assert list(Profile.objects.order_by("pk").values_list("group", "group_reason")) == [
        ("active", "order:1"), ("potential", "quote:2"),
    ]  # fmt: skip


def test_counts_per_group_follow_every_change() -> None:
    made = several()
    actions.refresh(SYSTEM, made)
    assert reads.groups(actor("sales")) == {"other": 2}
    frame = pl.DataFrame({"customer": [made[0]], "group": ["active"], "reason": [""]})
    actions.set_groups(SYSTEM, frame)
    assert reads.groups(actor("sales")) == {"active": 1, "other": 1}
    Membership.objects.filter(customer=made[0]).delete()
    actions.refresh(SYSTEM, made)
    assert reads.groups(actor("sales")) == {"other": 1}
    GroupCount.objects.update(customers=77)
    assert actions.recount(SYSTEM) == {"other": 1}
    assert reads.groups(actor("sales")) == {"other": 1}


def test_a_customer_without_records_has_no_profile() -> None:
    made = several()
    actions.refresh(SYSTEM, made)
    Membership.objects.filter(customer=made[0]).delete()
    assert actions.refresh(SYSTEM, made) == 1
    assert list(Profile.objects.values_list("pk", flat=True)) == [made[1]]
    assert search.documents([made[0]]) == {}


def test_rebuilding_is_noted_for_the_copy() -> None:
    made = several()
    Change.objects.all().delete()
    actions.refresh(SYSTEM, made)
    assert Change.objects.filter(table="profile").exists()


def test_an_order_line_changes_no_figure() -> None:
    person, _ = several()
    line(Interaction.objects.filter(kind="order").first().pk, "Bel", "Onderdelen", 500)  # type: ignore[union-attr]
    actions.refresh(SYSTEM, [person])
    assert Profile.objects.get(pk=person).revenue_minor == 7_000


@pytest.mark.django_db(transaction=True)
def test_very_many_are_indexed_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "VERY_MANY", 2)
    made = several()
    seen = []
    put = search.put

    def watched(*args: object, **options: object) -> None:
        seen.append(indexes.are_held_off(Profile))
        page = reads.customers(actor("sales"), CustomerQuery(sort="-revenue"))
        assert page.matching == len(page.rows)
        put(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(search, "put", watched)
    assert actions.refresh(SYSTEM, made) == 2
    assert seen == [True]
    assert not indexes.are_held_off(Profile)
    assert [r.customer for r in reads.customers(actor("sales"), CustomerQuery()).rows]
