"""Why records are one customer: the ties that hold them, what agrees, who is kept apart."""

from __future__ import annotations

import pytest
from django.db import transaction

from klantbeeld.core import bulk
from klantbeeld.core.models import Customer
from klantbeeld.identity import reads
from klantbeeld.identity.models import Judgement, Link
from tests.records import NOW, actor, customer, record

pytestmark = pytest.mark.django_db
SERVICE = actor("service")


def link(left: int, right: int, same: float, household: float = 0.0, **levels: int) -> None:
    with transaction.atomic():
        Link.objects.create(
            id=bulk.allocate(Link, 1), left_id=min(left, right), right_id=max(left, right),
            weight=1.0, same=same, household=household, levels=levels, model_version="1",
        )  # fmt: skip


def judged(left: int, right: int, verdict: str, at: int = NOW, revoked_at: int = 0) -> None:
    Judgement.objects.create(
        left_id=min(left, right), right_id=max(left, right), verdict=verdict, actor="Ilse",
        at=at, revoked_at=revoked_at,
    )  # fmt: skip


def test_the_certainty_is_that_of_the_weakest_tie_that_is_needed() -> None:
    a, b, c, partner = (record({"surname": f"Velde{n}"}) for n in range(4))
    customer(a, b, c)
    other = customer(partner)
    link(a, b, 0.999, email=3, surname=3)
    link(b, c, 0.97, surname=2, birth_date=0)
    link(a, c, 0.40, surname=1)
    link(a, partner, 0.02, 0.97, address=4)
    told = reads.why(SERVICE, [a, b, c])
    assert told.certainty == pytest.approx(0.97)
    assert [(t.left, t.right) for t in told.ties] == [(a, b), (b, c)]
    assert [r.record for r in told.records] == [a, b, c]
    assert told.records[2].tie is not None and told.records[2].tie.same == 0.97
    words = [g.words for g in told.agreements]
    assert words[:2] == ["email.equal", "surname.equal"]
    assert "birth_date.other" in words
    assert [(x.customer, x.household) for x in told.apart] == [(other, 0.97)]


def test_one_record_needs_no_proof() -> None:
    alone = record({"surname": "Velde"})
    told = reads.why(SERVICE, [alone])
    assert told.certainty is None and told.ties == () and told.apart == ()


def test_a_judgement_ties_and_the_latest_counts() -> None:
    a, b, c = (record({"surname": f"Velde{n}"}) for n in range(3))
    customer(a, b)
    other = customer(c)
    judged(a, b, "different", NOW - 5)
    judged(a, b, "same", NOW)
    judged(a, c, "same", NOW - 5)
    judged(a, c, "different", NOW)
    told = reads.why(SERVICE, [a, b])
    assert told.certainty == 1.0
    assert (told.ties[0].by, told.ties[0].actor) == ("person", "Ilse")
    assert [(x.customer, x.by) for x in told.apart] == [(other, "person")]
    judged(a, b, "same", NOW + 1, revoked_at=NOW + 2)
    assert reads.why(SERVICE, [a, b]).certainty == 1.0


def test_records_tied_by_nothing_on_file_have_no_certainty() -> None:
    a, b = record({"surname": "A"}), record({"surname": "B"})
    assert reads.why(SERVICE, [a, b]).certainty is None


def test_records_that_say_the_same_are_tied_by_that() -> None:
    mail = {"email": "v@example.nl", "surname": "Velde"}
    a, b, c = record({**mail, "city": "Zeist"}), record(mail), record({**mail, "note": "x"})
    link(a, b, 0.98, email=3)
    told = reads.why(SERVICE, [a, b, c])
    assert [(t.left, t.right, t.by) for t in told.ties] == [(b, c, "alike"), (a, b, "score")]
    assert told.certainty == pytest.approx(0.98)
    assert told.agreements[0].words == "record.alike"


def test_what_records_say_is_masked() -> None:
    held = record({"surname": "Velde", "email": "v@example.nl", "iban": "NL00TEST01"})
    assert "email" in reads.why(SERVICE, [held]).records[0].data
    assert set(reads.why(actor("analyst"), [held]).records[0].data) == {"surname"}


def test_survivors_households_and_owners() -> None:
    a, b = record({"surname": "A"}), record({"surname": "B"})
    one, two = customer(a, household=a), customer(b, household=a)
    assert reads.household_of(SERVICE, one) == [two]
    assert reads.customers_of(SERVICE, [a, b, 999]) == {a: one, b: two}
    assert reads.records_of(SERVICE, one) == [a]
    Customer.objects.filter(pk=one).update(absorbed_by=two)
    assert reads.survivor_of(SERVICE, one) == two
    Customer.objects.filter(pk=two).update(absorbed_by=one)
    assert reads.survivor_of(SERVICE, one) in (one, two), "a circle ends"
    with pytest.raises(reads.UnknownCustomer):
        reads.survivor_of(SERVICE, 10**9)
