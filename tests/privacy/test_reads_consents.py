"""Consent: the latest word of each record, the strictest of the records; silence is unknown."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.core.clock import DAY
from klantbeeld.privacy import reads
from klantbeeld.privacy.rules import (
    CHANNELS,
    STRICTNESS,
    Statement,
    by_channel,
    letters,
    standings,
)
from tests.records import NOW, actor, record, said_of_contact

SERVICE = actor("service")
_STATES = st.sampled_from(["granted", "denied", "withdrawn"])


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    return [
        Statement(
            draw(st.integers(1, 3)), draw(st.sampled_from(["email", "phone"])), "marketing",
            draw(st.sampled_from(["", "fietsen"])), draw(_STATES), draw(st.integers(0, 3)), number,
        )
        for number in range(draw(st.integers(0, 5)))
    ]  # fmt: skip


@given(statements())
@settings(max_examples=200, deadline=None)
def test_the_order_of_statements_does_not_matter(said: list[Statement]) -> None:
    first = [(s.channel, s.topic, s.state, s.because) for s in standings(said)]
    for other in permutations(said):
        assert [(s.channel, s.topic, s.state, s.because) for s in standings(other)] == first


@given(statements())
@settings(max_examples=200, deadline=None)
def test_nothing_is_granted_that_anybody_refused_last(said: list[Statement]) -> None:
    for standing in standings(said):
        about = [s for s in said if (s.channel, s.topic) == (standing.channel, standing.topic)]
        last = {}
        for s in sorted(about, key=lambda s: (s.at, s.id)):
            last[s.record] = s
        assert STRICTNESS[standing.state] == max(STRICTNESS[s.state] for s in last.values())
        assert standing.because in last.values()
        for mild in standing.overruled:
            assert STRICTNESS[mild.state] < STRICTNESS[standing.state]


def test_silence_is_unknown() -> None:
    assert {c: s.state for c, s in by_channel(standings([])).items()} == dict.fromkeys(
        CHANNELS, "unknown"
    )
    assert letters([]) == "uuuu"


def test_a_topic_says_nothing_of_the_channel() -> None:
    said = [Statement(1, "email", "marketing", "fietsen", "withdrawn", 1, 1)]
    assert by_channel(standings(said))["email"].state == "unknown"
    assert letters(said) == "uuuu"


@pytest.mark.django_db
def test_after_a_merge_the_strictest_holds() -> None:
    crm, shop = record({"surname": "A"}), record({"surname": "A"}, of="webshop")
    said_of_contact(crm, "email", "denied", at=NOW - 9 * DAY, evidence="Nieuwsbrief: nee")
    said_of_contact(shop, "email", "granted", at=NOW)
    said_of_contact(shop, "phone", "denied", at=NOW - 9 * DAY)
    said_of_contact(shop, "phone", "granted", at=NOW)
    said_of_contact(shop, "email", "granted", at=NOW, topic="fietsen")
    said_of_contact(shop, "email", "granted", at=NOW, purpose="service")
    found = reads.consents(SERVICE, [crm, shop])
    email = found["email"]
    assert (email.state, email.source, email.evidence) == ("denied", "crm", "Nieuwsbrief: nee")
    assert email.overruled == ("WEBSHOP",)
    assert [(t.topic, t.state) for t in email.topics] == [("fietsen", "granted")]
    assert found["phone"].state == "granted"
    assert found["post"].state == "unknown"
    assert found["post"].since is None
    assert list(found)[:4] == list(CHANNELS)
    assert reads.consents(SERVICE, [shop])["email"].state == "granted"
    assert reads.letters(SERVICE, {crm: 7, shop: 7}) == {7: "dguu"}
