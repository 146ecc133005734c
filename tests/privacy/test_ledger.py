"""The consent ledger at any moment: double opt-in, scopes, terms, and the table against a replay."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.privacy.consent_tables import consent_at
from klantbeeld.privacy.rules import (
    CONFIRMATION_DAYS,
    DAY,
    STRICTNESS,
    About,
    Statement,
    confirmed,
    requested,
    standing_for,
    standings,
    text_hash_of,
)
from tests.engines import OnEngine, rows

pytestmark = pytest.mark.alike
MAIL = About("email")
BASE = Statement(1, "email", "marketing", "", "granted", 10 * DAY, 1)


def say(state: str, day: int, id: int, **more: Any) -> Statement:
    return BASE._replace(state=state, at=day * DAY, id=id, **more)


def state_on(said: list[Statement], day: float, about: About = MAIL) -> str:
    return standing_for(said, about, round(day * DAY)).state


def test_double_opt_in_grants_only_after_confirmation() -> None:
    signed = requested(say("granted", 10, 1))
    said = [signed, confirmed(signed, 12 * DAY, 2, "clicked")]
    assert [state_on(said, day) for day in (9, 10, 11.9, 12, 400)] == [
        "unknown", "pending", "pending", "granted", "granted",
    ]  # fmt: skip
    assert standings(said, 11 * DAY)[0].state == "pending"
    assert standings(said)[0].state == "granted"
    because = standing_for(said, MAIL, 13 * DAY).because
    assert because is not None
    assert (because.method, because.evidence, because.confirms) == ("double_opt_in", "clicked", 1)


def test_a_sign_up_that_nobody_confirms_ends() -> None:
    said = [requested(say("granted", 10, 1))]
    assert state_on(said, 10 + CONFIRMATION_DAYS - 0.1) == "pending"
    assert state_on(said, 10 + CONFIRMATION_DAYS) == "expired"
    assert standings(said)[0].state == "expired"


def test_a_confirmation_that_comes_too_late_grants_nothing() -> None:
    signed = requested(say("granted", 10, 1))
    late = confirmed(signed, (10 + CONFIRMATION_DAYS) * DAY, 2)
    assert state_on([signed, late], 30) == "expired"


def test_a_confirmation_without_its_own_request_grants_nothing() -> None:
    signed = requested(say("granted", 10, 1))
    click = confirmed(signed, 12 * DAY, 2)
    assert state_on([click], 13) == "unknown"
    assert state_on([signed._replace(topic="bicycles"), click], 13) == "unknown"
    assert state_on([signed._replace(record=2), click], 13) == "pending"
    assert state_on([signed._replace(state="denied"), click], 13) == "denied"


def test_a_refusal_between_sign_up_and_click_stands() -> None:
    signed = requested(say("granted", 10, 1))
    said = [signed, say("withdrawn", 11, 2), confirmed(signed, 12 * DAY, 3)]
    assert [state_on(said, day) for day in (10, 11, 12, 50)] == [
        "pending", "withdrawn", "withdrawn", "withdrawn",
    ]  # fmt: skip


def test_a_new_sign_up_takes_nothing_away_and_lifts_no_refusal() -> None:
    assert state_on([say("granted", 1, 1), requested(say("granted", 5, 2))], 6) == "granted"
    assert state_on([say("withdrawn", 1, 1), requested(say("granted", 5, 2))], 6) == "withdrawn"


def test_a_permission_for_a_time_ends_by_itself() -> None:
    said = [say("granted", 10, 1, expires_at=375 * DAY)]
    assert [state_on(said, day) for day in (10, 374.9, 375)] == ["granted", "granted", "expired"]
    again = [say("denied", 1, 0), *said]
    assert [state_on(again, day) for day in (5, 20, 375)] == ["denied", "granted", "denied"]


def test_a_withdrawal_works_at_its_own_moment() -> None:
    said = [say("granted", 10, 1), say("withdrawn", 20, 2)]
    assert standing_for(said, MAIL, 20 * DAY - 1).state == "granted"
    assert standing_for(said, MAIL, 20 * DAY).state == "withdrawn"
    both = [say("withdrawn", 20, 2), say("granted", 20, 3)]
    assert standing_for(both, MAIL, 20 * DAY).state == "granted"


def test_what_is_said_of_everything_reaches_topics_and_brands() -> None:
    topic, brand = About("email", topic="bicycles"), About("email", brand="A")
    both = About("email", brand="A", topic="bicycles")
    said = [say("granted", 1, 1)]
    assert {state_on(said, 2, about) for about in (MAIL, topic, brand, both)} == {"granted"}
    said.append(say("withdrawn", 3, 2, topic="bicycles"))
    assert [state_on(said, 4, about) for about in (MAIL, topic, brand, both)] == [
        "granted", "withdrawn", "granted", "withdrawn",
    ]  # fmt: skip
    said.append(say("granted", 5, 3))
    assert state_on(said, 6, topic) == "withdrawn"  # yes to everything is no yes to this
    said.append(say("granted", 7, 4, topic="bicycles", brand="A"))
    assert [state_on(said, 8, about) for about in (topic, both)] == ["withdrawn", "granted"]
    said.append(say("withdrawn", 9, 5))
    assert {state_on(said, 10, about) for about in (MAIL, topic, brand, both)} == {"withdrawn"}


def test_a_yes_to_one_brand_is_no_yes_to_another() -> None:
    said = [say("granted", 1, 1, brand="A")]
    assert state_on(said, 2, About("email", brand="B")) == "unknown"
    assert state_on(said, 2) == "unknown"
    assert state_on(said, 2, About("email", "service", "A")) == "unknown"
    assert state_on(said, 2, About("sms", brand="A")) == "unknown"


def test_after_a_merge_the_strictest_holds_and_silence_is_no_word() -> None:
    said = [say("denied", 1, 1), say("granted", 5, 2, record=2), requested(say("", 5, 3, record=3))]
    standing = standing_for(said, MAIL, 6 * DAY)
    assert standing.state == "denied"
    assert [s.record for s in standing.overruled] == [2]
    assert state_on(said[1:], 6) == "granted"


def test_the_same_text_has_the_same_hash() -> None:
    assert text_hash_of("Ja, mail mij\n  de nieuwsbrief. ") == text_hash_of(
        "Ja, mail mij de nieuwsbrief."
    )
    assert text_hash_of("cafe\u0301") == text_hash_of("café")
    assert text_hash_of("Ja") != text_hash_of("ja")
    assert len(text_hash_of("")) == 64


_BRANDS, _TOPICS = ("", "A", "B"), ("", "bicycles")


@st.composite
def ledgers(draw: st.DrawFn) -> list[Statement]:
    return invented(random.Random(draw(st.integers(0, 1 << 30))), draw(st.integers(1, 14)), 3)


def invented(dice: random.Random, count: int, records: int, first: int = 1) -> list[Statement]:
    """Statements of all kinds on few days and scopes, so that they meet; some confirm others."""
    said: list[Statement] = []
    for id in range(first, first + count):
        made = Statement(
            dice.randint(1, records), dice.choice(("email", "phone")), "marketing",
            dice.choice(_TOPICS), dice.choice(("granted", "granted", "denied", "withdrawn")),
            dice.randint(0, 20) * DAY, id, brand=dice.choice(_BRANDS),
        )  # fmt: skip
        open_ones = [s for s in said if s.state == "requested"]
        kind = dice.random()
        if kind < 0.25:
            made = requested(made, dice.choice((3, 7)))
        elif kind < 0.5 and open_ones:
            request = dice.choice(open_ones)
            made = confirmed(request, request.at + dice.randint(-1, 9) * DAY, id)
            if dice.random() < 0.3:
                made = made._replace(expires_at=made.at + dice.randint(0, 2) * DAY)
        elif kind < 0.6 and open_ones:
            request = dice.choice(open_ones)
            refused = request.at + dice.randint(0, 2) * DAY
            made = request._replace(state="withdrawn", at=refused, id=id, expires_at=None)
            made = made._replace(brand=dice.choice((made.brand, *_BRANDS)))
            made = made._replace(topic=dice.choice((made.topic, *_TOPICS)))
        elif kind < 0.7 and made.state == "granted":
            made = made._replace(expires_at=made.at + dice.randint(0, 6) * DAY)
        said.append(made)
    return said


def replayed(said: list[Statement], about: About, at: int) -> tuple[str, int | None]:
    """The state at a moment by going through the ledger line by line, from the definition."""
    rank = {"withdrawn": 5, "denied": 4, "granted": 3, "pending": 2, "expired": 1}
    best: tuple[int, int, int] | None = None
    result: tuple[str, int | None] = ("unknown", None)
    for record in {s.record for s in said}:
        state, because = _one_record([s for s in said if s.record == record], about, at)
        if because is not None:
            place = (rank[state], because.at, because.id)
            if best is None or place > best:
                best, result = place, (state, because.id)
    return result


def _one_record(said: list[Statement], about: About, at: int) -> tuple[str, Statement | None]:
    refusals: list[Statement] = []  # that stand
    grants: list[Statement] = []
    waiting: dict[int, Statement] = {}
    done: set[int] = set()
    spoiled: set[int] = set()
    history: list[Statement] = []
    for s in sorted(said, key=lambda s: (s.at, s.id)):
        if s.at > at or (s.channel, s.purpose) != (about.channel, about.purpose):
            continue
        if s.brand not in ("", about.brand) or s.topic not in ("", about.topic):
            continue
        if s.state == "requested":
            waiting[s.id] = s
            history.append(s)
        elif s.state == "granted":
            if s.confirms is not None:
                request = waiting.get(s.confirms)
                same = request and (request.brand, request.topic) == (s.brand, s.topic)
                if not request or not same or s.confirms in spoiled or s.at >= request.expires_at:
                    continue
                done.add(s.confirms)
            grants.append(s)
            history.append(s)
            if s.expires_at is None or at < s.expires_at:
                refusals = [
                    r for r in refusals
                    if r.brand not in ("", s.brand) or r.topic not in ("", s.topic)
                ]  # fmt: skip
        else:
            refusals.append(s)
            for id, w in waiting.items():
                if s.brand in ("", w.brand) and s.topic in ("", w.topic):
                    spoiled.add(id)
    if refusals:
        return refusals[-1].state, refusals[-1]
    live = [g for g in grants if g.expires_at is None or at < g.expires_at]
    if live:
        return "granted", live[-1]
    still = [w for id, w in waiting.items() if id not in done and at < w.expires_at]
    if still:
        return "pending", still[-1]
    return ("expired", history[-1]) if history else ("unknown", None)


@given(ledgers(), st.integers(-1, 31), st.sampled_from(_BRANDS), st.sampled_from(_TOPICS))
@settings(max_examples=800, deadline=None)
def test_the_rule_is_the_replay(said: list[Statement], day: int, brand: str, topic: str) -> None:
    about = About("email", "marketing", brand, topic)
    standing = standing_for(said, about, day * DAY)
    because = standing.because.id if standing.because else None
    assert (standing.state, because) == replayed(said, about, day * DAY)


@given(ledgers(), st.integers(0, 25))
@settings(max_examples=300, deadline=None)
def test_what_is_said_later_changes_nothing_of_before(said: list[Statement], day: int) -> None:
    at = day * DAY
    known = [s for s in said if s.at <= at]
    assert standing_for(said, MAIL, at) == standing_for(known, MAIL, at)
    assert standings(said, at) == standings(known, at)


@given(ledgers(), ledgers(), st.integers(0, 25))
@settings(max_examples=300, deadline=None)
def test_another_record_never_makes_a_refusal_milder(
    one: list[Statement], other: list[Statement], day: int
) -> None:
    other = [
        s._replace(
            record=s.record + 10, id=s.id + 100, confirms=s.confirms and s.confirms + 100
        )
        for s in other
    ]  # fmt: skip
    apart = [standing_for(said, MAIL, day * DAY).state for said in (one, other)]
    both = standing_for([*one, *other], MAIL, day * DAY).state
    assert STRICTNESS[both] == max(STRICTNESS[state] for state in apart)


ENTRIES = {
    "record": pl.Int64, "channel": pl.String, "purpose": pl.String, "brand": pl.String,
    "topic": pl.String, "state": pl.String, "at": pl.Int64, "id": pl.Int64,
    "confirms": pl.Int64, "expires_at": pl.Int64,
}  # fmt: skip
MEMBERSHIPS = {"record": pl.Int64, "customer": pl.Int64}
QUESTIONS = {
    "question": pl.Int64, "customer": pl.Int64, "channel": pl.String, "purpose": pl.String,
    "brand": pl.String, "topic": pl.String, "at": pl.Int64,
}  # fmt: skip


def world(
    seed: int, customers: int, moments: int
) -> tuple[dict[str, pl.DataFrame], list[tuple[str, int | None]]]:
    """A ledger of customers of up to three records, questions, and what the replay answers."""
    dice = random.Random(seed)
    said: dict[int, list[Statement]] = {}
    members, lines = [], []
    for customer in range(1, customers + 1):
        mine = invented(dice, dice.randint(0, 14), 3, first=1 + len(lines))
        mine = [s._replace(record=s.record + 10 * customer) for s in mine]
        said[customer] = mine
        lines += mine
        members += [(record + 10 * customer, customer) for record in (1, 2, 3)]
    asked, answers = [], []
    for question in range(moments):
        customer = dice.randint(1, customers)
        about = About("email", "marketing", dice.choice(_BRANDS), dice.choice(_TOPICS))
        at = dice.randint(-1, 31) * DAY + dice.choice((-1, 0, 0, 1))
        asked.append((question, customer, *about, at))
        answers.append(replayed(said[customer], about, at))
    dice.shuffle(lines)
    entries = [tuple(getattr(s, name) for name in ENTRIES) for s in lines]
    frames = {
        "entries": pl.DataFrame(entries, ENTRIES, orient="row"),
        "memberships": pl.DataFrame(members, MEMBERSHIPS, orient="row"),
        "questions": pl.DataFrame(asked, QUESTIONS, orient="row"),
    }
    return frames, answers


def test_the_table_answers_as_the_replay(both_engines: OnEngine) -> None:
    frames, answers = world(7, 60, 400)
    found = rows(consent_at(**both_engines(frames)), "question")
    assert [(row["state"], row["entry"]) for row in found] == answers


def test_ten_thousand_past_moments_are_those_of_the_replay() -> None:
    import narwhals as nw

    frames, answers = world(20_261_122, 900, 10_000)
    lazy = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    found = rows(consent_at(**lazy), "question")
    assert [(row["state"], row["entry"]) for row in found] == answers
    told = {state for state, _ in answers}
    assert told == {"unknown", "granted", "denied", "withdrawn", "pending", "expired"}
