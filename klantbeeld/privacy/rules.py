"""What a set of statements about contact amounts to: per channel one state, the strictest.

The ledger only grows. What holds at a moment follows from the statements up to it, so that it can
be worked out again for any moment in the past (`standings`, `standing_for`).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple, cast

# What is said, and besides that what it comes to: nothing, a question not yet confirmed, or a
# permission that ended by itself.
State = Literal["granted", "denied", "withdrawn", "unknown", "pending", "expired"]
CHANNELS = ("email", "phone", "post", "sms")
# Of the records of one customer the strictest statement counts; silence is no statement, nor is
# a sign-up that was not confirmed, nor a permission that ended.
STRICTNESS: Mapping[State, int] = {
    "unknown": 0, "expired": 1, "pending": 2, "granted": 3, "denied": 4, "withdrawn": 5,
}  # fmt: skip
REFUSALS = frozenset({"denied", "withdrawn"})
# One letter a channel, in the order of CHANNELS, for columns that are filtered on.
LETTERS: Mapping[str, str] = {
    "unknown": "u", "pending": "u", "expired": "u", "granted": "g", "denied": "d", "withdrawn": "w",
}  # fmt: skip
_GRANTED = STRICTNESS["granted"]
_STATES: Mapping[int, State] = {strictness: state for state, strictness in STRICTNESS.items()}
DAY = 86_400 * 1_000_000
# How long a confirmation is waited for, from the sign-up on.
CONFIRMATION_DAYS = 7


class Statement(NamedTuple):
    """One line of the ledger; `at` in microseconds UTC, `id` decides between equal moments.

    `state` is what was said: granted, denied, withdrawn, or requested (a sign-up that waits for
    its confirmation). `expires_at`: of a permission when it ends by itself, of a request until
    when it can be confirmed. `confirms`: of a permission the request that it confirms; it counts
    only if that request was open. `text_hash` names the exact text that was agreed to (see
    `text_hash_of`), in `language`; `form` is where it stood (form, call, paper), `said_by` who
    noted it.
    """

    record: int
    channel: str
    purpose: str
    topic: str
    state: str
    at: int
    id: int
    delivery: int | None = None
    method: str = ""
    evidence: str = ""
    brand: str = ""
    language: str = ""
    form: str = ""
    text_hash: str = ""
    said_by: str = ""
    confirms: int | None = None
    expires_at: int | None = None


class About(NamedTuple):
    """What is asked about; without brand or topic the company, or everything it writes about."""

    channel: str
    purpose: str = "marketing"
    brand: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one channel for one purpose, brand and topic, and the statement behind it.

    `overruled` are the last statements of other records that said something milder.
    """

    channel: str
    state: State
    purpose: str = "marketing"
    topic: str = ""
    brand: str = ""
    because: Statement | None = None
    overruled: tuple[Statement, ...] = ()


def text_hash_of(text: str) -> str:
    """SHA-256 of a text in hexadecimals: the same however it is wrapped, spaced or composed."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode()).hexdigest()


def requested(said: Statement, days: int = CONFIRMATION_DAYS) -> Statement:
    """The sign-up of somebody whose confirmation is waited for `days` days; grants nothing."""
    return said._replace(state="requested", expires_at=said.at + days * DAY, confirms=None)


def confirmed(request: Statement, at: int, id: int, evidence: str = "") -> Statement:
    """The permission that confirms a request. Whether it counts, `standings` decides."""
    return request._replace(
        state="granted", at=at, id=id, method="double_opt_in", evidence=evidence,
        confirms=request.id, expires_at=None,
    )  # fmt: skip


def standings(statements: Iterable[Statement], at: int | None = None) -> list[Standing]:
    """One standing per channel, purpose, brand and topic that anything was said about.

    `at`: the moment asked about (microseconds UTC; what was said at that moment counts); None
    after everything, also after every term. Each record's word is its latest statement; of the
    records the strictest word holds, of equally strict ones the latest. The order of `statements`
    does not matter. What was said of everything does not reach single topics and brands here;
    `standing_for` answers for one of them.
    """
    by_scope: dict[tuple[str, str, str, str], dict[int, list[Statement]]] = {}
    for said in _until(statements, at):
        scope = (said.channel, said.purpose, said.brand, said.topic)
        by_scope.setdefault(scope, {}).setdefault(said.record, []).append(said)
    return [
        _strictest(About(*scope), [_last_word(lines, at) for lines in by_record.values()])
        for scope, by_record in sorted(by_scope.items())
    ]


def standing_for(statements: Iterable[Statement], about: About, at: int | None = None) -> Standing:
    """What holds for one channel, purpose, brand and topic at a moment.

    A statement without brand or topic reaches them all. A refusal stands until a permission that
    is at least as specific: "yes to everything" does not take back "no to this topic".
    """
    by_record: dict[int, list[Statement]] = defaultdict(list)
    for said in _until(statements, at):
        if covers(said, about):
            by_record[said.record].append(said)
    return _strictest(about, [_word(lines, at) for lines in by_record.values()])


def covers(said: Statement, about: About) -> bool:
    """Whether a statement speaks of what is asked about, by itself or as part of more."""
    return (
        (said.channel, said.purpose) == (about.channel, about.purpose)
        and said.brand in ("", about.brand)
        and said.topic in ("", about.topic)
    )


Word = tuple[State, Statement | None]
_PLACE = attrgetter("at", "id")


def _until(statements: Iterable[Statement], at: int | None) -> list[Statement]:
    found = statements if at is None else [said for said in statements if said.at <= at]
    return sorted(found, key=_PLACE)


def _last_word(lines: Sequence[Statement], at: int | None) -> Word:
    """`_word` of lines about one and the same: the last settles it, if it is said for good."""
    last = lines[-1]
    return (cast(State, last.state), last) if _is_plain(last) else _word(lines, at)


def _word(lines: Sequence[Statement], at: int | None) -> Word:
    """What one record's statements, in order of time, come to at a moment.

    A refusal that nothing took back; else a permission that still holds; else a sign-up that
    waits; else what ended.
    """
    permits = [said for said in lines if said.state == "granted" and _counts(said, lines)]
    live = [said for said in permits if _is_open(said, at)]
    standing = [r for r in lines if r.state in REFUSALS and not any(_lifts(g, r) for g in live)]
    if standing:
        last = standing[-1]
        return ("withdrawn" if last.state == "withdrawn" else "denied"), last
    if live:
        return "granted", live[-1]
    requests = [said for said in lines if said.state == "requested"]
    waiting = [r for r in requests if _is_open(r, at) and not _is_answered(r, lines)]
    if waiting:
        return "pending", waiting[-1]
    ended = sorted([*permits, *requests], key=lambda said: (said.at, said.id))
    return ("expired", ended[-1]) if ended else ("unknown", None)


def _is_open(said: Statement, at: int | None) -> bool:
    return said.expires_at is None or (at is not None and at < said.expires_at)


def _lifts(grant: Statement, refusal: Statement) -> bool:
    """Whether a permission takes a refusal back: later, and at least as specific."""
    return (
        (grant.at, grant.id) > (refusal.at, refusal.id)
        and refusal.brand in ("", grant.brand)
        and refusal.topic in ("", grant.topic)
    )


def _counts(grant: Statement, lines: Sequence[Statement]) -> bool:
    """A permission that confirms counts if its request was open then and nothing was refused."""
    if grant.confirms is None:
        return True
    about = (grant.brand, grant.topic)
    return any(
        request.id == grant.confirms
        and request.state == "requested"
        and (request.brand, request.topic) == about
        and request.at <= grant.at
        and _is_open(request, grant.at)
        and not _is_refused_between(request, grant, lines)
        for request in lines
    )


def _is_refused_between(request: Statement, grant: Statement, lines: Sequence[Statement]) -> bool:
    return any(
        (request.at, request.id) < (said.at, said.id) < (grant.at, grant.id)
        for said in lines
        if said.state in REFUSALS
        and said.brand in ("", grant.brand)
        and said.topic in ("", grant.topic)
    )


def _is_answered(request: Statement, lines: Sequence[Statement]) -> bool:
    """Confirmed, which is told by the permission; a later refusal was told before."""
    return any(said.confirms == request.id and _counts(said, lines) for said in lines)


def _strictest(about: About, words: Sequence[Word]) -> Standing:
    found = [(STRICTNESS[state], said.at, said.id, said) for state, said in words if said]
    if not found:
        return Standing(about.channel, "unknown", about.purpose, about.topic, about.brand)
    found.sort(reverse=True)
    strictness, _, _, because = found[0]
    milder = tuple(said for other, _, _, said in found if _GRANTED <= other < strictness)
    state = _STATES[strictness]
    return Standing(about.channel, state, about.purpose, about.topic, about.brand, because, milder)


def by_channel(found: Iterable[Standing], purpose: str = "marketing") -> dict[str, Standing]:
    """The general standing of every known channel for a purpose, unknown where nobody spoke.

    Statements about one topic or brand say nothing about the channel as a whole.
    """
    general = {s.channel: s for s in found if s.purpose == purpose and not s.topic and not s.brand}
    channels = [*CHANNELS, *(c for c in general if c not in CHANNELS)]
    return {c: general.get(c) or Standing(c, "unknown", purpose) for c in channels}


def _is_plain(said: Statement) -> bool:
    """Said once and for all: neither waits for anything nor ends by itself."""
    return said.state in LETTERS and said.confirms is None and said.expires_at is None


def letters(statements: Sequence[Statement], at: int | None = None) -> str:
    """The states of `CHANNELS` for marketing at a moment, as letters: ``uuuu`` for silence."""
    general = [s for s in statements if s.purpose == "marketing" and not s.topic and not s.brand]
    if len(general) == 1 and _is_plain(general[0]):
        states = {general[0].channel: general[0].state}
    else:
        states = {s.channel: s.state for s in standings(general, at)}
    return "".join(LETTERS[states.get(channel, "unknown")] for channel in CHANNELS)
