"""The identity of a customer line by line: each value with its source, rule, losers and past."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk, fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.profiles.building import Member
from klantbeeld.profiles.former import Former, Version, former
from klantbeeld.profiles.names import address_line, person_name, salutation
from klantbeeld.profiles.rules import ADDRESS, INVALID, NAME, NOT_GOLDEN, Golden, Said, golden

# Several fields shown as one line: key, the fields, how to say them, the field that names it.
UNITS: Mapping[str, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], str], str]] = {
    "name": (NAME, person_name, "full_name"),
    "address": (ADDRESS, address_line, "street"),
}
ORDER = (
    "name", "addressed_as", "organisation_name", "contact_name", "job_title", "email", "email_2",
    "mobile", "phone", "address", "birth_date", "age", "gender", "language", "profession",
    "customer_number", "loyalty_number", "login", "kvk", "vat", "iban", "website",
    "social_handle",
)  # fmt: skip
# Said in panels of their own.
# Each source gives its own: another source's value did not lose, it is another number.
OF_SOURCES = frozenset({"customer_number", "loyalty_number", "login", "social_handle"})
OWN = "own"
ELSEWHERE = frozenset({"interests", "tags", "note", "wish", "preferred_channel", "device_id"})


@dataclass(frozen=True, slots=True)
class LoserLine:
    """A value that was not chosen; `why` is the criterion on which it lost, ``invalid``, or
    ``own`` for the number another source has for the same customer.
    """

    value: str
    source: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class PastLine:
    """A former value and the time for which its source gave it."""

    value: str
    source: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class IdentityLine:
    """A chosen value with its lineage.

    `value` is as stored: text, number or ISO date (`type` says which, see the field register).
    `rule` is the survivorship criterion that decided (trust, recency, frequency, completeness,
    length, earliest), ``only``, ``agreed`` or ``together``. Without any usable value, `value` is ""
    and `problem` the reason code. Masked lines hold neither value nor losers.
    """

    key: str
    label: str
    type: str
    value: Any
    source: str = ""
    at: datetime | None = None
    rule: str = ""
    losers: tuple[LoserLine, ...] = ()
    past: tuple[PastLine, ...] = ()
    problem: str = ""
    is_masked: bool = False


@dataclass(frozen=True)
class Known:
    """All that is known of a customer: what each record says now, and every earlier version."""

    said: tuple[Said, ...]
    versions: tuple[Version, ...]
    source_names: Mapping[str, str]

    def source_of(self, record: int) -> str:
        """The name of a record's source."""
        key = next((s.source for s in self.said if s.record == record), "")
        return self.source_names.get(key, key)


def known_of(members: Sequence[Member], source_names: Mapping[str, str]) -> Known:
    """Members with the invalid values of their current version, and their versions."""
    rows = bulk.rows_where(
        "SELECT v.record_id, v.seq, r.seq, v.updated_at,"
        f" {bulk.json_text('v.data')}, {bulk.json_text('v.raw')}, {bulk.json_text('v.issues')}"
        " FROM core_recordversion v JOIN core_record r ON r.id = v.record_id WHERE",
        "v.record_id", [m.said.record for m in members],
    )  # fmt: skip
    versions = tuple(Version(row[0], row[1], row[3], json.loads(row[4])) for row in rows)
    invalid = {row[0]: _invalid(row[5], row[6]) for row in rows if row[1] == row[2]}
    said = tuple(
        Said(
            m.said.record, m.said.source, m.said.trust, m.said.at, m.said.data,
            {f: v for f, v in invalid.get(m.said.record, {}).items() if f not in m.said.data},
            m.said.kind, m.said.corrects,
        )
        for m in members
    )  # fmt: skip
    return Known(said, versions, source_names)


def _invalid(raw: str, issues: str) -> dict[str, tuple[Any, str]]:
    delivered = json.loads(raw)
    return {
        name: (delivered.get(name, ""), str(reason)) for name, reason in json.loads(issues).items()
    }


def lines(actor: Actor, known: Known) -> list[IdentityLine]:
    """The identity of a customer as this actor may see it, in the order of the card."""
    chosen = golden(known.said)
    register = fields.everything()
    keys = {k for s in known.said for k in (*s.data, *s.invalid)} - NOT_GOLDEN - ELSEWHERE
    allowed = set(visible(actor, dict.fromkeys(keys)))
    made = {
        key: _unit(key, known, chosen, allowed, register)
        for key, (parts, *_) in UNITS.items()
        if not keys.isdisjoint(parts)
    }
    in_units = {f for parts, *_ in UNITS.values() for f in parts}
    for key in keys - in_units:
        made[key] = _single(key, known, chosen.get(key), key in allowed, register)
    addressed = salutation({k: g.value for k, g in chosen.items() if k in allowed})
    if addressed:
        made["addressed_as"] = IdentityLine(
            "addressed_as", _label("salutation", register), "text", addressed
        )
    _remember(made, known, allowed)
    place = {key: n for n, key in enumerate(ORDER)}
    lines = [line for line in made.values() if line is not None]
    return sorted(lines, key=lambda line: (place.get(line.key, len(ORDER)), line.label))


def _label(key: str, register: Mapping[str, fields.Field]) -> str:
    field = register.get(key)
    return field.label(get_language() or "nl") if field else key.replace("_", " ").capitalize()


def _type(key: str, register: Mapping[str, fields.Field]) -> str:
    return register[key].type if key in register else "text"


def _single(
    key: str, known: Known, chosen: Golden | None, is_allowed: bool,
    register: Mapping[str, fields.Field],
) -> IdentityLine | None:  # fmt: skip
    label, kind = _label(key, register), _type(key, register)
    if not is_allowed:
        return IdentityLine(key, label, kind, "", is_masked=True)
    if chosen is None:
        return _without_value(key, label, kind, known)
    losers = tuple(
        LoserLine(
            str(x.value),
            known.source_names.get(x.source, x.source),
            local(x.at),
            OWN if key in OF_SOURCES and x.why != INVALID else x.why,
        )
        for x in chosen.losers
    )
    return IdentityLine(
        key, label, kind, chosen.value, known.source_of(chosen.record), local(chosen.at),
        chosen.rule, losers,
    )  # fmt: skip


def _without_value(key: str, label: str, kind: str, known: Known) -> IdentityLine | None:
    """A field of which nothing usable was said: what was delivered, and what is wrong with it."""
    bad = [(s, s.invalid[key]) for s in known.said if key in s.invalid]
    if not bad:
        return None
    losers = tuple(
        LoserLine(str(value), known.source_names.get(s.source, s.source), local(s.at), INVALID)
        for s, (value, _) in bad
        if value
    )
    return IdentityLine(key, label, kind, "", losers=losers, problem=bad[0][1][1])


def _unit(
    key: str, known: Known, chosen: Mapping[str, Golden], allowed: set[str],
    register: Mapping[str, fields.Field],
) -> IdentityLine | None:  # fmt: skip
    """Name and address: chosen as a whole, said as a whole."""
    parts, say, named = UNITS[key]
    label = _("Address") if key == "address" else _label(named, register)
    shown = {f: chosen[f] for f in parts if f in chosen and f in allowed}
    value = say({f: g.value for f, g in shown.items()})
    if not value:
        hidden = any(f in chosen for f in parts)
        if hidden:
            return IdentityLine(key, label, "text", "", is_masked=True)
        bad = next((f for f in (*parts, key) if any(f in s.invalid for s in known.said)), "")
        return _without_value(bad, label, "text", known) if bad in allowed else None
    first = next(iter(shown.values()))
    whys = {x.record: (x.why, x.at) for g in shown.values() for x in g.losers if x.why != INVALID}
    by_record = {s.record: s for s in known.said}
    losers: dict[str, LoserLine] = {}
    for record, (why, at) in whys.items():
        other = by_record[record]
        text = say({f: v for f, v in other.data.items() if f in parts and f in allowed})
        if text and text.casefold() != value.casefold():
            losers.setdefault(
                text.casefold(), LoserLine(text, known.source_of(record), local(at), why)
            )
    return IdentityLine(
        key, label, "text", value, known.source_of(first.record), local(first.at), first.rule,
        tuple(losers.values()),
    )  # fmt: skip


def _remember(made: dict[str, IdentityLine | None], known: Known, allowed: set[str]) -> None:
    """Put former values with the lines they belong to."""
    seen = [
        Version(v.record, v.seq, v.at, {k: x for k, x in v.data.items() if k in allowed})
        for v in known.versions
    ]
    current = {k: str(line.value) for k, line in made.items() if line is not None}
    past: dict[str, list[Former]] = {}
    for found in former(seen, current):
        past.setdefault(found.key, []).append(found)
    for key, values in past.items():
        line = made.get(key)
        if line is None or line.is_masked:
            continue
        told = tuple(
            PastLine(f.value, known.source_of(f.record), local(f.since), local(f.until))
            for f in values
        )
        made[key] = IdentityLine(
            line.key, line.label, line.type, line.value, line.source, line.at, line.rule,
            line.losers, told, line.problem,
        )  # fmt: skip
