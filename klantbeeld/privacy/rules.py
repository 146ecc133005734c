"""What a set of statements about contact amounts to: per channel one state, the strictest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

State = Literal["granted", "denied", "withdrawn", "unknown"]
CHANNELS = ("email", "phone", "post", "sms")
# Of the records of one customer the strictest statement counts; silence is no statement.
STRICTNESS: Mapping[str, int] = {"unknown": 0, "granted": 1, "denied": 2, "withdrawn": 3}
REFUSALS = frozenset({"denied", "withdrawn"})
# One letter a channel, in the order of CHANNELS, for columns that are filtered on.
LETTERS: Mapping[str, str] = {"unknown": "u", "granted": "g", "denied": "d", "withdrawn": "w"}


class Statement(NamedTuple):
    """One line of the ledger; `at` in microseconds UTC, `id` decides between equal moments."""

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


def standings(statements: Iterable[Statement]) -> list[Standing]:
    """One standing per channel, purpose, brand and topic that anything was said about.

    Each record's word is its latest statement; of the records the strictest word holds, of
    equally strict ones the latest. The order of `statements` does not matter.
    """
    words: dict[tuple[str, str, str, str], dict[int, Statement]] = defaultdict(dict)
    for said in statements:
        by_record = words[(said.channel, said.purpose, said.brand, said.topic)]
        known = by_record.get(said.record)
        if known is None or (said.at, said.id) > (known.at, known.id):
            by_record[said.record] = said
    return [
        _standing(*about, list(by_record.values())) for about, by_record in sorted(words.items())
    ]


def _standing(
    channel: str, purpose: str, brand: str, topic: str, words: list[Statement]
) -> Standing:
    words.sort(key=lambda s: (STRICTNESS[s.state], s.at, s.id), reverse=True)
    strictest = words[0]
    milder = tuple(s for s in words[1:] if STRICTNESS[s.state] < STRICTNESS[strictest.state])
    state = cast(State, strictest.state)
    return Standing(channel, state, purpose, topic, brand, strictest, milder)


def by_channel(found: Iterable[Standing], purpose: str = "marketing") -> dict[str, Standing]:
    """The general standing of every known channel for a purpose, unknown where nobody spoke.

    Statements about one topic or brand say nothing about the channel as a whole.
    """
    general = {s.channel: s for s in found if s.purpose == purpose and not s.topic and not s.brand}
    channels = [*CHANNELS, *(c for c in general if c not in CHANNELS)]
    return {c: general.get(c) or Standing(c, "unknown", purpose) for c in channels}


def letters(statements: Sequence[Statement]) -> str:
    """The states of `CHANNELS` for marketing as letters, ``uuuu`` when nothing was said."""
    general = [s for s in statements if s.purpose == "marketing" and not s.topic and not s.brand]
    if len(general) == 1:
        states = {general[0].channel: general[0].state}
    else:
        states = {s.channel: s.state for s in standings(general)}
    return "".join(LETTERS[states.get(channel, "unknown")] for channel in CHANNELS)
