"""Putting a statement of a customer into the ledger: on which of his records it has to stand.

A refusal is put on every record, so that it stays with each of them when the customer is split. A
permission is put on the record that holds the address, and on those whose refusal it takes back: of
the records the strictest holds, so a refusal elsewhere would stand for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klantbeeld.core.clock import DAY, now_us
from klantbeeld.core.free_text import screened
from klantbeeld.privacy import ledger
from klantbeeld.privacy.contact_choices import confirmation_days
from klantbeeld.privacy.errors import BadStatement
from klantbeeld.privacy.models import ConsentEntry
from klantbeeld.privacy.rules import (
    CHANNELS,
    REFUSALS,
    About,
    Statement,
    confirmed,
    standing_for,
)

PURPOSES = ("marketing", "fundraising", "survey", "sharing")
# How somebody said it, of what is entered on a screen.
METHODS = ("web_form", "paper", "telephone", "in_person", "email", "portal")
SPOKEN_CHANNELS = (*CHANNELS, "chat")
LONGEST, MOST_TEXT = 80, 5_000


@dataclass(frozen=True, slots=True)
class Whom:
    """A customer's records, and the one that holds the address that this is about."""

    records: tuple[int, ...]
    holder: int


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said. `state` is granted, denied, withdrawn or requested.

    `at` is when (µs UTC), None for now; `days` how long it holds (0: until it is withdrawn).
    `text` are the exact words that were agreed to, `evidence` what proves it.
    """

    about: About
    state: str
    method: str
    text: str = ""
    language: str = ""
    form: str = ""
    evidence: str = ""
    at: int | None = None
    days: int = 0
    said_by: str = ""


def check(said: Said) -> None:
    """Raise `BadStatement` for what cannot be said."""
    problems: dict[str, str] = {}
    if said.about.channel not in SPOKEN_CHANNELS:
        problems["channel"] = "unknown"
    if said.about.purpose not in PURPOSES:
        problems["purpose"] = "unknown"
    if said.state not in dict(ConsentEntry.STATES):
        problems["state"] = "unknown"
    if said.at is not None and said.at > now_us():
        problems["at"] = "future"
    if said.state == "granted" and not (said.evidence.strip() or said.text.strip()):
        problems["evidence"] = "no_proof"
    if len(said.about.brand) > LONGEST or len(said.about.topic) > LONGEST:
        problems["topic"] = "too_long"
    if len(said.evidence) > MOST_TEXT or len(said.text) > MOST_TEXT:
        problems["evidence"] = "too_long"
    if problems:
        raise BadStatement(problems)


def put(whom: Whom, said: Said) -> list[Statement]:
    """Append what was said; inside a transaction. Raises `BadStatement`."""
    check(said)
    return ledger.append(_lines(whom, said))


def _lines(whom: Whom, said: Said) -> list[Statement]:
    at = now_us() if said.at is None else said.at
    days = confirmation_days() if said.state == ConsentEntry.REQUESTED else said.days
    is_refusal = said.state in REFUSALS
    line = Statement(
        record=whom.holder, channel=said.about.channel, purpose=said.about.purpose,
        topic=said.about.topic, state=said.state, at=at, id=0, method=said.method,
        evidence=screened(said.evidence.strip(), "note"), brand=said.about.brand,
        language=said.language[:8],
        form=said.form[:20], said_by=said.said_by[:LONGEST],
        text_hash=ledger.keep_text(said.text, said.language, said.about.channel),
        expires_at=at + days * DAY if days and not is_refusal else None,
    )  # fmt: skip
    records = whom.records if is_refusal else (whom.holder, *_refusing(whom, said.about, at))
    return [line._replace(record=record) for record in dict.fromkeys(records)]


def _refusing(whom: Whom, about: About, at: int) -> list[int]:
    """The records whose word on this is a refusal at that moment."""
    held = ledger.statements(whom.records)
    return [
        record
        for record in whom.records
        if standing_for([s for s in held if s.record == record], about, at).state in REFUSALS
    ]


def not_withdrawn(whom: Whom, about: About) -> Whom | None:
    """Those of the records that have not withdrawn this yet, None when all have."""
    held, now = ledger.statements(whom.records), now_us()
    left = tuple(
        record
        for record in whom.records
        if standing_for([s for s in held if s.record == record], about, now).state != "withdrawn"
    )
    return Whom(left, whom.holder) if left else None


def put_withdrawals(whom: Whom, method: str, evidence: str, said_by: str) -> list[Statement]:
    """Withdraw everything: of every channel and purpose, without brand or topic."""
    held = ledger.statements(whom.records)
    channels = dict.fromkeys((*CHANNELS, *sorted({s.channel for s in held})))
    purposes = {"marketing"} | {s.purpose for s in held if s.purpose in PURPOSES}
    made = []
    for purpose in sorted(purposes):
        for channel in channels:
            said = Said(
                About(channel, purpose), ConsentEntry.WITHDRAWN, method, evidence=evidence,
                said_by=said_by,
            )  # fmt: skip
            made += _lines(whom, said)
    return ledger.append(made)


def confirm(request: Statement, records: Sequence[int], evidence: str) -> list[Statement]:
    """Append the permission that confirms a request; whether it counts, the ledger decides.

    `records` are those of the customer: on some of them the same request stands as well. Once
    confirmed it is not confirmed again.
    """
    held = ledger.statements(records)
    about = (request.at, request.channel, request.purpose, request.brand, request.topic)
    alike = [
        s
        for s in held
        if s.state == ConsentEntry.REQUESTED
        and (s.at, s.channel, s.purpose, s.brand, s.topic) == about
    ]
    done = {s.confirms for s in held}
    now = now_us()
    fresh = [confirmed(s, now, 0, evidence)._replace(said_by="") for s in alike if s.id not in done]
    return ledger.append(fresh)
