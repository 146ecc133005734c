"""Survivorship: of everything that records say about one customer, which values hold, and why.

Pure functions: values in, values with their reasons out. The order of the records never
matters, and every golden value stands in exactly one record as that record says it (lists that
are joined excepted: each of their members stands in some record).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from klantbeeld.core.clock import DAY
from klantbeeld.core.record_fields import EMPTIED

Criterion = str
ONLY, AGREED, TOGETHER, ORDER, INVALID = "only", "agreed", "together", "order", "invalid"
BY_HAND = "corrected"
JOINER = " | "


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says. `at` is the source's own last change (µs UTC), `trust` 0 to 100.

    `invalid` maps a field to the value as delivered and the reason why it is not usable; such
    values stand here and not in `data`.
    """

    record: int
    source: str
    trust: int
    at: int
    data: Mapping[str, Any]
    invalid: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    kind: str = "unknown"
    # Corrected by hand: holds over every source (see `pipeline.rectifying`).
    corrects: bool = False


class Loser(NamedTuple):
    """A value that was not chosen: `why` is the criterion on which it lost, or ``invalid``."""

    value: Any
    record: int
    source: str
    at: int
    why: str


class Golden(NamedTuple):
    """A chosen value. `rule` is what decided: a criterion, ``only``, ``agreed`` or ``together``."""

    value: Any
    record: int
    source: str
    at: int
    rule: str
    losers: tuple[Loser, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Which fields are chosen together, from one record, by which criteria in which order.

    `complete` are the parts that count for completeness, twice what counts double. With
    `is_joined` a list field keeps what every record says.
    """

    fields: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    complete: tuple[str, ...] = ()
    is_joined: bool = False

    @cached_property
    def complete_places(self) -> tuple[int, ...]:
        """Where the parts of `complete` stand in `fields`."""
        return tuple(self.fields.index(f) for f in self.complete)


NAME = ("salutation", "title", "initials", "first_name", "surname_prefix", "surname", "full_name")
ADDRESS = ("street", "house_number", "house_suffix", "postcode", "city", "region", "country")
_TRUSTED = ("validity", "trust", "frequency", "recency", "length")
_RECENT = ("validity", "recency", "trust", "frequency", "length")

RULES: tuple[Rule, ...] = (
    # A name written out beats initials whoever says it; then the best source.
    Rule(
        NAME,
        ("validity", "completeness", "trust", "frequency", "recency", "length"),
        complete=("surname", "first_name", "first_name", "initials"),
    ),
    # People move: of usable addresses the newest, whoever says it.
    Rule(
        ADDRESS,
        ("validity", "completeness", "recency", "trust", "frequency", "length"),
        complete=("postcode", "house_number"),
    ),
    *(Rule((f,), _RECENT) for f in ("email", "email_2", "phone", "mobile", "note", "wish",
                                    "preferred_channel", "points", "tier", "job_title", "age")),
    *(Rule((f,), ("validity", "frequency", "trust", "recency", "length"))
      for f in ("birth_date", "gender", "language")),
    Rule(("organisation_name",), ("validity", "trust", "frequency", "length", "recency")),
    Rule(("customer_since",), ("validity", "earliest", "trust", "recency")),
    Rule(("interests",), _RECENT, is_joined=True),
    Rule(("tags",), _RECENT, is_joined=True),
)  # fmt: skip
# Statements about contact stand in the consent ledger, not on the profile.
NOT_GOLDEN = frozenset(
    {
        "consent_email", "consent_phone", "consent_post", "consent_sms", "unsubscribed",
        "do_not_call", "do_not_email", "number_of", EMPTIED,
    }
)  # fmt: skip


class _Candidate(NamedTuple):
    said: Said
    value: tuple[Any, ...]


def _ordinal(value: Any) -> int:
    if isinstance(value, int | float):
        return int(value)
    digits = "".join(c for c in str(value) if c.isdigit())
    return int(digits or 0)


def _filled(value: Any) -> bool:
    return value is not None and value != "" and value != []


def _identity(value: Any) -> str:
    return value.casefold() if isinstance(value, str) else repr(value)


def _identities(value: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(_identity(part) for part in value)


CRITERIA: Mapping[Criterion, Callable[[_Candidate, Rule, Counter[tuple[str, ...]]], Any]] = {
    "validity": lambda c, rule, _: -sum(f in c.said.invalid for f in rule.fields),
    "trust": lambda c, *_: c.said.trust,
    # Whole days: that one file was loaded a minute before another says nothing.
    "recency": lambda c, *_: c.said.at // DAY,
    "frequency": lambda c, _, counts: counts[_identities(c.value)],
    "completeness": lambda c, rule, _: sum(_filled(c.value[n]) for n in rule.complete_places),
    "length": lambda c, *_: sum(len(str(v)) for v in c.value if _filled(v)),
    "earliest": lambda c, *_: -_ordinal(c.value[0]),
}  # fmt: skip


def _key(candidate: _Candidate, rule: Rule, counts: Counter[tuple[str, ...]]) -> tuple[Any, ...]:
    """What candidates are compared by; its last two parts make every choice a firm one."""
    scores = [CRITERIA[name](candidate, rule, counts) for name in rule.criteria]
    return (*scores, _identities(candidate.value), -candidate.said.record)


def rules_for(records: Sequence[Said], rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules that have something to choose here: those given, and trust for other fields."""
    present = frozenset().union(*(s.data for s in records), *(s.invalid for s in records))
    return _usual_rules_for(present) if rules is RULES else _rules_for(present, rules)


@lru_cache(maxsize=4_096)
def _usual_rules_for(present: frozenset[str]) -> tuple[Rule, ...]:
    return _rules_for(present, RULES)


def _rules_for(present: frozenset[str], rules: Sequence[Rule]) -> tuple[Rule, ...]:
    wanted = present - NOT_GOLDEN
    chosen = [rule for rule in rules if not wanted.isdisjoint(rule.fields)]
    ruled = {f for rule in chosen for f in rule.fields}
    return (*chosen, *(Rule((f,), _TRUSTED) for f in sorted(wanted - ruled)))


def _candidates(records: Sequence[Said], rule: Rule) -> list[_Candidate]:
    found = []
    for said in records:
        value = tuple(map(said.data.get, rule.fields))
        for part in value:
            if part is not None and part != "" and part != []:
                found.append(_Candidate(said, value))
                break
        else:
            # Nothing, said by hand, is an answer too.
            if said.corrects and not set(said.data.get(EMPTIED, ())).isdisjoint(rule.fields):
                found.append(_Candidate(said, value))
    return found


def _corrected(candidates: list[_Candidate]) -> list[_Candidate]:
    """The latest correction when there is one, else all candidates."""
    corrections = [c for c in candidates if c.said.corrects]
    if not corrections:
        return candidates
    return [max(corrections, key=lambda c: (c.said.at, c.said.record))]


def _is_unanimous(candidates: Sequence[_Candidate]) -> bool:
    first = candidates[0].value
    return all(c.value == first for c in candidates)


def _counts(candidates: Sequence[_Candidate], rule: Rule) -> Counter[tuple[str, ...]]:
    if "frequency" not in rule.criteria:
        return Counter()
    if _is_unanimous(candidates):
        # The same for everybody decides nothing, and most often everybody agrees.
        return Counter()
    return Counter(_identities(c.value) for c in candidates)


def choose(records: Sequence[Said], rule: Rule) -> _Candidate | None:
    """The candidate that wins under one rule, None when no record says anything usable.

    The same value as that of the greatest `_key`, without computing what decides nothing.
    """
    left = _corrected(_candidates(records, rule))
    if len(left) < 2 or _is_unanimous(left):
        return left[0] if left else None
    counts = _counts(left, rule)
    for name in rule.criteria:
        scores = [CRITERIA[name](c, rule, counts) for c in left]
        best = max(scores)
        left = [c for c, score in zip(left, scores, strict=True) if score == best]
        if len(left) == 1:
            return left[0]
    return max(left, key=lambda c: (_identities(c.value), -c.said.record))


def values(records: Sequence[Said], rules: Sequence[Rule] = RULES) -> dict[str, Any]:
    """Field to chosen value: what `golden` gives, without the reasons."""
    if len(records) == 1:
        data = records[0].data
        return {f: data[f] for f in sorted(data) if f not in NOT_GOLDEN and _filled(data[f])}
    chosen: dict[str, Any] = {}
    has_corrections = any(said.corrects for said in records)
    for rule in rules_for(records, rules):
        if rule.is_joined:
            joined = _joined(records, rule)
            if joined:
                chosen[rule.fields[0]] = joined.value
        elif (
            len(rule.fields) > 1
            or has_corrections
            or not _is_agreed(records, rule.fields[0], chosen)
        ):
            winner = choose(records, rule)
            for name, value in zip(rule.fields, winner.value if winner else (), strict=False):
                if _filled(value):
                    chosen[name] = value
    return dict(sorted(chosen.items()))


def _is_agreed(records: Sequence[Said], name: str, chosen: dict[str, Any]) -> bool:
    """Whether every record that says anything of the field says the same: then that is it."""
    found = None
    for said in records:
        value = said.data.get(name)
        if value is None or value == "" or value == [] or value == found:
            continue
        if found is not None:
            return False
        found = value
    if found is not None:
        chosen[name] = found
    return True


def golden(records: Iterable[Said], rules: Sequence[Rule] = RULES) -> dict[str, Golden]:
    """Field to the value that holds, with its record, source, time, deciding rule and losers."""
    said = sorted(records, key=lambda s: s.record)
    chosen: dict[str, Golden] = {}
    for rule in rules_for(said, rules):
        if rule.is_joined:
            joined = _joined(said, rule)
            if joined:
                chosen[rule.fields[0]] = joined
        else:
            chosen |= _explained(said, rule)
    return dict(sorted(chosen.items()))


def _explained(records: Sequence[Said], rule: Rule) -> dict[str, Golden]:
    candidates = _candidates(records, rule)
    if not candidates:
        return {}
    counts = _counts(candidates, rule)
    keyed = sorted(
        ((_key(c, rule, counts), c) for c in candidates), key=lambda kc: kc[0], reverse=True
    )
    chosen = _corrected(candidates)
    if len(chosen) < len(candidates):
        keyed.sort(key=lambda kc: kc[1] is not chosen[0])
    (best, winner), others = keyed[0], keyed[1:]
    decided = BY_HAND if winner.said.corrects else _deciding(best, winner, others, rule)
    return {
        f: Golden(
            value, winner.said.record, winner.said.source, winner.said.at, decided,
            (*_losers(f, place, winner, best, others, rule), *_invalid(f, records)),
        )
        for place, (f, value) in enumerate(zip(rule.fields, winner.value, strict=True))
        if _filled(value)
    }  # fmt: skip


def _deciding(
    best: tuple[Any, ...], winner: _Candidate, others: list[tuple[tuple[Any, ...], _Candidate]],
    rule: Rule,
) -> str:  # fmt: skip
    """The first criterion on which the winner beats the best candidate that says otherwise."""
    if not others:
        return ONLY
    for key, other in others:
        if _identities(other.value) != _identities(winner.value):
            return _difference(best, key, rule)
    return AGREED


def _difference(best: tuple[Any, ...], key: tuple[Any, ...], rule: Rule) -> str:
    for name, mine, theirs in zip(rule.criteria, best, key, strict=False):
        if mine != theirs:
            return name
    return ORDER


def _losers(
    name: str, place: int, winner: _Candidate, best: tuple[Any, ...],
    others: list[tuple[tuple[Any, ...], _Candidate]], rule: Rule,
) -> list[Loser]:  # fmt: skip
    return [
        Loser(
            other.value[place], other.said.record, other.said.source, other.said.at,
            BY_HAND if winner.said.corrects else _difference(best, key, rule),
        )
        for key, other in others
        if _filled(other.value[place])
        and _identity(other.value[place]) != _identity(winner.value[place])
    ]  # fmt: skip


def _invalid(name: str, records: Sequence[Said]) -> list[Loser]:
    return [
        Loser(said.invalid[name][0], said.record, said.source, said.at, INVALID)
        for said in records
        if name in said.invalid and _filled(said.invalid[name][0])
    ]


def _joined(records: Sequence[Said], rule: Rule) -> Golden | None:
    """Every member that any record names, the best record's first; None without any."""
    candidates = _candidates(records, rule)
    if not candidates:
        return None
    ordered = candidates
    if len(candidates) > 1:
        counts = _counts(candidates, rule)
        ordered = sorted(candidates, key=lambda c: _key(c, rule, counts), reverse=True)
    members: dict[str, str] = {}
    for candidate in ordered:
        for member in listed(candidate.value[0]):
            members.setdefault(member.casefold(), member)
    first = ordered[0].said
    how = ONLY if len(ordered) == 1 else TOGETHER
    whole = ordered[0].value[0] if len(ordered) == 1 else JOINER.join(members.values())
    return Golden(whole, first.record, first.source, first.at, how)


_BETWEEN = re.compile(r"[|;,]|:::")
_QUOTED = re.compile(r'^"(.*)"$')
# Google's address book marks groups of its own making, such as "* myContacts", with a star.
_OF_THE_PROGRAM = "* "


def listed(value: Any) -> list[str]:
    """The members of a list field: a list, or text with bars, semicolons or commas between."""
    parts = value if isinstance(value, list) else _BETWEEN.split(str(value))
    members = (_QUOTED.sub(r"\1", str(part).strip()).strip() for part in parts)
    return [text for text in members if text and not text.startswith(_OF_THE_PROGRAM)]


def kind_of(records: Iterable[Said]) -> str:
    """`organisation` or `person`, by trust and then by the number of records; else `unknown`."""
    votes: dict[str, tuple[int, int]] = {}
    for said in records:
        trust, count = votes.get(said.kind, (0, 0))
        votes[said.kind] = (max(trust, said.trust), count + 1)
    known = {k: v for k, v in votes.items() if k in ("organisation", "person")}
    return max(known, key=lambda k: (known[k], k)) if known else "unknown"
