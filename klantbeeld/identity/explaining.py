"""Why records are one customer: what holds them together, what agrees, who is kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.db.models import Q

from klantbeeld.accounts.reads import needs, reached, visible
from klantbeeld.core import bulk, looks
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.identity import withheld
from klantbeeld.identity.core import COMPARISONS
from klantbeeld.identity.matching import FIELDS
from klantbeeld.identity.models import Judgement
from klantbeeld.sources.reads import shown_keys

LinkedBy = Literal["", "score", "person", "alike"]
_MOST_APART = 20
_LEVELS = {c.name: c.levels for kind in COMPARISONS.values() for c in kind}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two records compare on one thing: its level (0 differs, higher is more alike).

    `words` is a key such as ``surname.near`` or ``email.equal``, to be said in any language.
    """

    comparison: str
    words: str
    level: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What holds two records together: a score, a person's word, or that they say the same.

    `same` is the probability that they are one customer, 1 when a person said so. Records that
    are ``alike`` in everything compared count as one for the model, and have no score.
    """

    left: int
    right: int
    same: float
    household: float
    by: LinkedBy
    levels: Mapping[str, int]
    model_version: str = ""
    actor: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One record of the customer: its source, key, what it says and what tied it in.

    `key` and `data` as far as the role may see them.
    """

    record: int
    source: str
    source_name: str
    key: str
    kind: str
    updated_at: datetime | None
    data: Mapping[str, Any]
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """A record of another customer that resembles this one, and why it is kept apart."""

    record: int
    customer: int
    same: float
    household: float
    by: LinkedBy


@dataclass(frozen=True)
class Explanation:
    """Why these records are one customer.

    `certainty` is that of the weakest of the ties that hold all records together, None when
    there is one record, or when some record is tied in by nothing on file.
    `agreements` are what the records agree and differ on, the most telling first.
    """

    records: tuple[MemberRecord, ...]
    ties: tuple[Tie, ...]
    agreements: tuple[Agreement, ...]
    certainty: float | None
    apart: tuple[Apart, ...]


@needs("customers.read")
def why(actor: Actor, records: Sequence[int]) -> Explanation:
    """The explanation of why these records are one customer."""
    inside, hidden = set(records), withheld.hidden_from(actor)
    ties = _links(records)
    told = _judgements(records)
    within = [t for t in ties if t.left in inside and t.right in inside]
    said = [t for t in told.values() if t.left in inside and t.right in inside and t.same == 1.0]
    alike = _alike(records)
    holding, certainty = _tree(sorted(inside), [*said, *alike, *within])
    tied = _tied_by(holding)
    agreements = [Agreement("record", "record.alike", 9, t.left, t.right) for t in alike]
    agreements += [
        Agreement(name, _words(name, level), level, t.left, t.right)
        for t in within
        for name, level in t.levels.items()
        if level >= 0
    ]
    return Explanation(
        records=tuple(_members(actor, records, tied)),
        ties=tuple(holding),
        agreements=tuple(_most_telling(agreements)),
        certainty=certainty,
        apart=tuple(
            one
            for one in _in_reach(actor, _apart(inside, ties, told))
            if one.customer not in hidden
        ),
    )


def _in_reach(actor: Actor, found: Iterable[Apart]) -> list[Apart]:
    held = list(found)
    allowed = reached(actor, (one.customer for one in held))
    return [one for one in held if one.customer in allowed]


@needs("customers.read")
def told_by(actor: Actor, records: Sequence[int]) -> tuple[MemberRecord, ...]:
    """What records say, as far as the role may see it, ascending."""
    looks.at_records(actor, "compare", records)
    return tuple(_members(actor, records, {}))


def _links(records: Sequence[int]) -> list[Tie]:
    """Links that touch any of these records."""
    columns = f"id, left_id, right_id, same, household, {bulk.json_text('levels')}, model_version"
    rows = {
        row[0]: row
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(f"SELECT {columns} FROM identity_link WHERE", side, records)
    }
    return [
        Tie(left, right, same, household, "score", _levels(levels), version)
        for _, left, right, same, household, levels, version in rows.values()
    ]


def _levels(text: str) -> dict[str, int]:
    """Comparison to level; frequencies (`surname#`) are no comparisons."""
    return {k: int(v) for k, v in json.loads(text).items() if v is not None and "#" not in k}


def _alike(records: Sequence[int]) -> list[Tie]:
    """Ties between records that say the same in everything the model compares."""
    rows = bulk.rows_where(
        f"SELECT id, {bulk.json_text('data')} FROM core_record WHERE", "id", records
    )
    first: dict[tuple[str, ...], int] = {}
    ties = []
    for record, data in sorted(rows):
        told = json.loads(data)
        said = tuple(str(told.get(f) or "").casefold() for f in FIELDS)
        if not any(said):
            continue
        if said in first:
            ties.append(Tie(first[said], record, 1.0, 0.0, "alike", {}))
        else:
            first[said] = record
    return ties


def _words(comparison: str, level: int) -> str:
    words = _LEVELS.get(comparison, ())
    return f"{comparison}.{words[level] if level < len(words) else level}"


def _judgements(records: Sequence[int]) -> dict[tuple[int, int], Tie]:
    """The latest valid judgement per pair that touches these records."""
    found = Judgement.objects.filter(revoked_at=0).order_by("at", "pk")
    told: dict[tuple[int, int], Tie] = {}
    for judgement in found.filter(Q(left__in=records) | Q(right__in=records)):
        pair = (judgement.left_id, judgement.right_id)
        known = told.get(pair)
        moment = local(judgement.at)
        if known is not None and known.at is not None and known.at > moment:
            continue
        same = {Judgement.SAME: 1.0, Judgement.DIFFERENT: 0.0}.get(judgement.verdict, 0.5)
        told[pair] = Tie(
            *pair, same, 0.0, "person", {}, "", judgement.actor, moment, judgement.note
        )
    return told


def _tree(records: Sequence[int], ties: Iterable[Tie]) -> tuple[list[Tie], float | None]:
    """The strongest ties that hold all records together (Kruskal), and the weakest of them."""
    parent = {record: record for record in records}

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    holding = []
    for tie in sorted(ties, key=lambda t: (-t.same, t.by != "person", t.left, t.right)):
        left, right = root(tie.left), root(tie.right)
        if left != right:
            parent[left] = right
            holding.append(tie)
    if len(records) < 2 or len(holding) < len(records) - 1:
        return holding, None
    return holding, min(t.same for t in holding)


class _Strength(NamedTuple):
    same: float
    tie: Tie


def _tied_by(holding: Iterable[Tie]) -> dict[int, Tie]:
    """Record to the strongest tie that holds it."""
    best: dict[int, _Strength] = {}
    for tie in holding:
        for record in (tie.left, tie.right):
            if record not in best or tie.same > best[record].same:
                best[record] = _Strength(tie.same, tie)
    return {record: strength.tie for record, strength in best.items()}


def _most_telling(agreements: list[Agreement]) -> list[Agreement]:
    """Per comparison the pair that agrees most and, where records differ, one that differs."""
    best: dict[tuple[str, bool], Agreement] = {}
    for found in sorted(agreements, key=lambda a: (-a.level, a.left, a.right)):
        best.setdefault((found.comparison, found.level > 0), found)
    return sorted(best.values(), key=lambda a: (-a.level, a.comparison))


def _members(actor: Actor, records: Sequence[int], tied: Mapping[int, Tie]) -> list[MemberRecord]:
    rows = bulk.rows_where(
        f"SELECT r.id, s.key, s.name, r.key, r.kind, r.updated_at, {bulk.json_text('r.data')}"
        " FROM core_record r JOIN core_source s ON s.id = r.source_id WHERE",
        "r.id", records,
    )  # fmt: skip
    rows.sort(key=lambda row: row[0])
    keys = shown_keys(actor, [row[3] for row in rows])
    return [
        MemberRecord(
            record, source, name, shown, kind, local(at) if at else None,
            visible(actor, json.loads(data)), tied.get(record),
        )
        for (record, source, name, _key, kind, at, data), shown in zip(rows, keys, strict=True)
    ]  # fmt: skip


def _apart(
    inside: set[int], ties: Sequence[Tie], told: Mapping[tuple[int, int], Tie]
) -> list[Apart]:
    """Records outside that were linked or judged with one inside, the most alike first."""
    outside: dict[int, Tie] = {}
    for tie in [*told.values(), *sorted(ties, key=lambda t: -(t.same + t.household))]:
        other = tie.right if tie.left in inside else tie.left
        if other not in inside:
            outside.setdefault(other, tie)
    owners = dict(
        bulk.rows_where(
            "SELECT record_id, customer_id FROM identity_membership WHERE",
            "record_id", list(outside),
        )
    )  # fmt: skip
    nearest: dict[int, Apart] = {}
    for record, tie in outside.items():
        owner = owners.get(record)
        if owner is not None and owner not in nearest:
            nearest[owner] = Apart(record, owner, tie.same, tie.household, tie.by)
    return list(nearest.values())[:_MOST_APART]
