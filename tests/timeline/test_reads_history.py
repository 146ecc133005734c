"""The history: pages by key over all records of a customer, upcoming first, each thing once."""

from __future__ import annotations

import random

import pytest

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.core.clock import DAY, day_to_date
from klantbeeld.timeline import history as pages
from klantbeeld.timeline import reads
from klantbeeld.timeline.reads import UnknownInteraction
from klantbeeld.timeline.rules import FAMILIES, family_of
from tests.records import NOW, TODAY, actor, document, happened, line, record, took_part

pytestmark = pytest.mark.django_db
SERVICE = actor("service")


def paged(records: list[int], kinds: list[str] | None = None, limit: int = 3) -> list[int]:
    seen: list[int] = []
    after = None
    for _ in range(100):
        page = reads.history(SERVICE, records, after, kinds, limit)
        assert not (after and page.upcoming)
        seen += [e.interaction for e in page.entries]
        after = page.older
        if not after:
            return seen
    raise AssertionError("no end")


@pytest.mark.parametrize("few", [0, 60])
def test_pages_hold_everything_once_newest_first(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FEW_RECORDS", few)
    draw = random.Random(3)
    records = [record({"surname": f"R{n}"}) for n in range(3)]
    stranger = record({"surname": "Other"})
    moments = {}
    for _ in range(40):
        at = NOW - draw.randrange(5) * DAY  # many at the very same moment
        kind = draw.choice(["order", "mail", "own_word"])
        moments[happened(draw.choice(records), kind, at=at)] = (at, kind)
    for _ in range(6):
        at = NOW - draw.randrange(5) * DAY
        theirs = happened(stranger, "mail", at=at)
        took_part(theirs, records[0])
        took_part(theirs, records[1])
        moments[theirs] = (at, "mail")
    happened(stranger, "order")
    right = sorted(moments, key=lambda i: (moments[i][0], i), reverse=True)
    assert paged(records) == right
    assert paged(records, limit=100) == right
    assert paged(records, ["mail"]) == [i for i in right if moments[i][1] == "mail"]
    assert paged(records, ["event"]) == [i for i in right if moments[i][1] == "own_word"]
    assert paged(records, ["purchase", "event"]) == [i for i in right if moments[i][1] != "mail"]
    assert paged(records, ["survey"]) == []
    counts = reads.history(SERVICE, records).counts
    assert sum(counts.values()) == len(right)
    assert counts["mail"] == sum(kind == "mail" for _, kind in moments.values())


def test_what_is_still_to_come_stands_first_and_soonest_first() -> None:
    held = record({"surname": "R"})
    later = happened(held, "task", at=NOW + 9 * DAY)
    sooner = happened(held, "appointment", at=NOW + 2 * DAY)
    past = happened(held, "mail", days_ago=1)
    page = reads.history(SERVICE, [held])
    assert [e.interaction for e in page.upcoming] == [sooner, later]
    assert all(e.is_upcoming for e in page.upcoming)
    assert [e.interaction for e in page.entries] == [past]


def test_a_day_without_a_time_has_none_and_keeps_its_date() -> None:
    held = record({"surname": "R"})
    happened(
        held, "order", at=(TODAY - 3) * DAY - 2 * 3_600_000_000, day=TODAY - 3, precision="day"
    )
    entry = reads.history(SERVICE, [held]).entries[0]
    assert entry.at is None
    assert entry.day == day_to_date(TODAY - 3)


def test_who_spoke_with_whom() -> None:
    mine = record({"surname": "Mine"})
    boss = record({"first_name": "Anne", "surname": "Baas", "email": "a@example.nl"})
    nameless = record({"email": "nn@example.nl"}, kind="unknown")
    mail = happened(mine, "mail", employee="Ilse Kuijer", direction="in")
    took_part(mail, boss, "to")
    took_part(mail, nameless, "cc")
    seen = reads.history(SERVICE, [mine]).entries[0]
    assert seen.employee == "Ilse Kuijer"
    assert [(p.role, p.name) for p in seen.people] == [("to", "Anne Baas"), ("cc", "nn@example.nl")]
    hidden = reads.history(actor("analyst"), [mine]).entries[0]
    assert [p.name for p in hidden.people] == ["Anne Baas", ""]
    theirs = reads.history(SERVICE, [boss]).entries[0]
    assert [(p.role, p.name) for p in theirs.people] == [
        ("customer", "Mine"), ("cc", "nn@example.nl"),
    ]  # fmt: skip


def test_addresses_in_details_are_masked() -> None:
    held = record({"surname": "R"})
    told = {"sender": "a@example.nl", "recipients": "b@example.nl", "address": "Laan 1",
            "sender_name": "A", "topic": "x"}  # fmt: skip
    mail = happened(held, "mail", details=told)
    assert dict(reads.history(SERVICE, [held]).entries[0].details) == told
    left = {"sender_name": "A", "topic": "x"}
    analyst = actor("analyst")
    assert dict(reads.history(analyst, [held]).entries[0].details) == left
    assert reads.entry(analyst, [held], mail).details == left


def test_an_entry_unfolds() -> None:
    held = record({"surname": "R"})
    order = happened(held, "order", key="20418", amount_minor=1_500, key_hash=77,
                     details={"payment_method": "ideal", "body": "Graag snel."})  # fmt: skip
    line(order, "Bel", "Onderdelen", 500, 1)
    line(order, "Fietstas", "Tassen", 1_000, 2)
    document(held, "factuur.pdf", interaction_key=77)
    entry = reads.history(SERVICE, [held]).entries[0]
    assert (entry.lines, entry.documents, entry.has_text) == (2, 1, True)
    assert "body" not in entry.details
    told = reads.entry(SERVICE, [held], order)
    assert [(x.product, x.amount_minor) for x in told.lines] == [("Bel", 500), ("Fietstas", 1_000)]
    assert told.body == "Graag snel."
    assert told.details == {"payment_method": "ideal"}
    assert [d.name for d in told.documents] == ["factuur.pdf"]
    assert told.delivery_name == "crm.csv"


def test_nobody_reads_an_entry_of_another_customer() -> None:
    mine, theirs = record({"surname": "A"}), record({"surname": "B"})
    entry = happened(theirs, "mail")
    with pytest.raises(UnknownInteraction):
        reads.entry(SERVICE, [mine], entry)
    took_part(entry, mine)
    assert reads.entry(SERVICE, [mine], entry).entry.interaction == entry
    with pytest.raises(NotAllowed):
        reads.history(actor("nobody"), [mine])


def test_a_page_behind_something_that_is_gone_starts_again() -> None:
    held = record({"surname": "R"})
    entry = happened(held, "mail")
    assert [e.interaction for e in reads.history(SERVICE, [held], 999_999).entries] == [entry]


def test_every_kind_has_one_family() -> None:
    kinds = [kind for held in FAMILIES.values() for kind in held]
    assert len(kinds) == len(set(kinds))
    assert family_of("something_else") == "event"
