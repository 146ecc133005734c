"""A table's mapping: candidates weighed against each other, one column for a role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import cast

import polars as pl

from klantbeeld.sources.mappings import (
    AMOUNT_ROLES,
    DATE_ROLES,
    NUMBER_ROLES,
    REPEATABLE,
    ROLES,
    ColumnMapping,
    TableMapping,
)
from klantbeeld.sources.readers.table import Table
from klantbeeld.sources.recognise.choices import meant
from klantbeeld.sources.recognise.columns import LEAST, Candidate, candidates
from klantbeeld.sources.recognise.headings import joined, said_by, words_of
from klantbeeld.sources.recognise.kinds import Verdict, kind_of, said_by_name
from klantbeeld.sources.recognise.profile import Profile, profiles
from klantbeeld.sources.recognise.rules import fit
from klantbeeld.sources.recognise.signs import SIGNS

SAMPLE_ROWS = 2_000
KEYS: dict[str, tuple[str, ...]] = {
    "customers": ("customer_number", "record_key"),
    "orders": ("order_number", "record_key"),
    "lines": ("record_key",),
    "subscriptions": ("subscription_number", "record_key"),
    "quotes": ("quote_number", "record_key"),
    "messages": ("message_id", "event_id", "record_key"),
    "events": ("event_id", "record_key"),
    "cases": ("case_number", "record_key"),
    "surveys": ("record_key",),
    "costs": ("record_key",),
    "documents": ("record_key", "file_name"),
    "loyalty": ("event_id", "record_key"),
}


def recognise(table: Table, sample: pl.DataFrame | None = None) -> TableMapping:
    """What a table holds and what its columns mean, with confidence, reason and samples.

    `sample` is a frame of some of the table's rows (`ROW` may be among its columns); without
    one the first 2,000 rows are taken. Columns without a role are in `not_mapped`; a table
    without any usable column holds 'unknown'.
    """
    # Mails and letters come in columns of one make: some tell as much as many.
    wanted = 200 if "holds" in table.details else SAMPLE_ROWS
    rows = table.sample(wanted) if sample is None else sample
    looks = profiles(rows, [name for name in table.columns if name in rows.columns])
    found = {name: candidates(look) for name, look in looks.items()}
    _follow_foreign_keys(found, table)
    verdict = _verdict(table, found, looks)
    chosen = _assigned(meant(found, verdict, looks), looks, _Taken({}, []))
    if verdict.holds == "unknown" and not {"product_code", "product_name"} <= chosen.roles.keys():
        chosen = _Taken({}, [])
    if not chosen.roles and verdict.holds != "customers":
        verdict = Verdict("unknown", 0.6, "no column has a meaning here")
    _own_number(chosen, verdict.holds, looks)
    columns = [_mapped(candidate, looks) for candidate in chosen.in_order(table.columns)]
    orders, notes = _date_orders(columns, looks, len(rows) < wanted)
    kept = {column.column for column in columns}
    others = tuple(name for name in table.columns if name not in kept)
    return TableMapping(
        table=table.name,
        holds=verdict.holds,
        columns=tuple(orders),
        key=_key(table, verdict.holds, chosen, looks),
        not_mapped=others,
        confidence=verdict.confidence,
        reason=verdict.reason,
        samples={name: looks[name].samples for name in others if name in looks},
        notes=(*chosen.notes, *notes, *_warnings(looks)),
    )


def _verdict(
    table: Table, found: Mapping[str, list[Candidate]], looks: Mapping[str, Profile]
) -> Verdict:
    given = table.details.get("holds")
    if isinstance(given, str) and given in SIGNS:
        return Verdict(given, 0.98, f"the file is {table.details.get('format')}")
    stem = PurePosixPath(table.path.replace("\\", "/").removesuffix(".gz")).stem
    return kind_of((table.name, stem), found, looks)


def _follow_foreign_keys(found: dict[str, list[Candidate]], table: Table) -> None:
    """A database says itself which of its columns points at the customers or the orders."""
    keys = table.details.get("foreign_keys")
    if not isinstance(keys, dict):
        return
    for column, (target, _) in keys.items():
        said = _pointing(str(target))
        if column in found and said is not None:
            reason = f"it points at the table '{target}'"
            found[column] = [Candidate(column, said, 0.95, reason), *found[column]]


def _pointing(target: str) -> str | None:
    said = said_by_name((target,))
    if "customers" in said:
        return "customer_number"
    if "orders" in said:
        return "order_number"
    if "subscriptions" in said:
        return "subscription_number"
    return "case_number" if "cases" in said else None


@dataclass
class _Taken:
    roles: dict[str, list[Candidate]]
    notes: list[str]

    def in_order(self, columns: Sequence[str]) -> list[Candidate]:
        place = {name: at for at, name in enumerate(columns)}
        every = [candidate for held in self.roles.values() for candidate in held]
        return sorted(every, key=lambda candidate: place[candidate.column])

    def take(self, candidate: Candidate) -> None:
        self.roles.setdefault(candidate.role, []).append(candidate)


def _assigned(weighed: list[Candidate], looks: Mapping[str, Profile], taken: _Taken) -> _Taken:
    """Roles to columns, the surest first; a column that loses a role tries its next one."""
    done: set[str] = set()
    beaten: dict[str, str] = {}
    for candidate in sorted(weighed, key=lambda c: (-c.confidence, -looks[c.column].filled)):
        if candidate.column in done or candidate.confidence < LEAST:
            continue
        if candidate.role in taken.roles and candidate.role not in REPEATABLE:
            beaten.setdefault(candidate.column, candidate.role)
            second = _second(candidate, taken, looks)
            if second is None:
                continue
            candidate = second
        taken.take(candidate)
        done.add(candidate.column)
    for column, role in beaten.items():
        if column not in done:
            first = taken.roles[role][0].column
            taken.notes.append(f"'{column}' looks like {role} too; '{first}' has that role")
    return taken


def _own_number(chosen: _Taken, holds: str, looks: Mapping[str, Profile]) -> None:
    """A number of the rows themselves, when no heading names it.

    Of customers the first column, in which no value comes back; of other things a column that is
    called a number or code of something, and whose values differ.
    """
    roles = KEYS.get(holds, ())
    if not roles or not looks or chosen.roles.keys() & set(roles):
        return
    taken = {candidate.column for held in chosen.roles.values() for candidate in held}
    for at, look in enumerate(looks.values()):
        words = words_of(look.name)
        is_named = bool(words) and bool(_NUMBERED.search(words[-1]))
        said = [said for said in said_by(look.name) if said.role == "-" or said.weight >= 0.65]
        is_free = look.name not in taken and not said and look.is_unique
        is_likely = at == 0 if holds == "customers" else is_named
        if is_free and is_likely and fit(roles[0], look).score == 1:
            reason = "the rows' own number: no value comes back"
            chosen.take(Candidate(look.name, roles[0], 0.55, reason))
            return


_NUMBERED = re.compile(r"(?:nr|nummer|number|no|id|code|num)$")


def _second(candidate: Candidate, taken: _Taken, looks: Mapping[str, Profile]) -> Candidate | None:
    """A second phone is the mobile or the landline, whichever is free; others are kept."""
    if candidate.role in ("phone", "mobile"):
        other = "mobile" if candidate.role == "phone" else "phone"
        if other not in taken.roles:
            return _second_phone(candidate, other, taken, looks)
    if candidate.role in ("email", "phone", "mobile") and candidate.confidence >= 0.7:
        reason = f"{candidate.reason}; a second {candidate.role}"
        return replace(candidate, role="keep", confidence=0.7, reason=reason)
    return None


def _second_phone(
    candidate: Candidate, other: str, taken: _Taken, looks: Mapping[str, Profile]
) -> Candidate:
    first = taken.roles[candidate.role][0]
    here, there = (looks[c.column].share("mobile") for c in (candidate, first))
    if (other == "mobile") != (here >= there):
        taken.roles[candidate.role] = [candidate]
        candidate = first
    confidence = min(candidate.confidence, 0.85)
    return replace(candidate, role=other, confidence=confidence)


def _mapped(candidate: Candidate, looks: Mapping[str, Profile]) -> ColumnMapping:
    look = looks[candidate.column]
    role = candidate.role
    decimal = None
    if role in AMOUNT_ROLES | NUMBER_ROLES and look.dtype == pl.String:
        decimal = _decimal(look)
    assert role in ROLES, role
    return ColumnMapping(
        candidate.column, role, candidate.confidence, candidate.reason, look.samples,
        decimal=decimal,
    )  # fmt: skip


def _decimal(look: Profile) -> str | None:
    """The decimal sign of text amounts: the last sign before one or two final digits."""
    commas = points = 0
    for value in look.values:
        bare = value.strip(" €$£-%").removesuffix("EUR").strip()
        tail = max(bare.rfind(","), bare.rfind("."))
        if tail < 0 or (
            not 1 <= len(bare) - tail - 1 <= 2
            and bare.count(bare[tail]) >= 1
            and (len(bare) - tail - 1 == 3)
        ):
            continue
        commas += bare[tail] == ","
        points += bare[tail] == "."
    if not commas and not points:
        return None
    return "," if commas > points else "."


def _date_orders(
    columns: Sequence[ColumnMapping], looks: Mapping[str, Profile], is_whole: bool
) -> tuple[list[ColumnMapping], list[str]]:
    """Dates with the order of day and month; what no value decides follows the other columns.

    An undecided column of a table of which only a sample was seen stays open: the load looks at
    all its values. Of a table seen whole it is read as day-month, with less confidence.
    """
    dated = {
        c.column: looks[c.column].dates
        for c in columns
        if c.role in DATE_ROLES
        and looks[c.column].dates.order
        and not looks[c.column].is_typed_date
    }
    decided = {r.order for r in dated.values() if r.is_decided and r.order != "ymd"}
    usual = decided.pop() if len(decided) == 1 else "dmy"
    result, notes = [], []
    for column in columns:
        reading = dated.get(column.column)
        if reading is None:
            result.append(column)
        elif reading.is_decided:
            result.append(replace(column, format=reading.order))
            if reading.conflicts:
                notes.append(f"'{column.column}' has dates in both orders; read as {reading.order}")
        else:
            said = f"no value tells day from month in '{column.column}'; "
            notes.append(said + (f"read as {usual}" if is_whole else "the load looks at them all"))
            confidence = min(column.confidence, 0.8)
            result.append(
                replace(column, format=usual if is_whole else None, confidence=confidence)
            )
    return result, notes


def _key(table: Table, holds: str, chosen: _Taken, looks: Mapping[str, Profile]) -> str | None:
    """The column whose values tell the rows apart, as far as the sample shows."""
    primary = table.details.get("primary_key")
    if isinstance(primary, tuple) and len(primary) == 1 and primary[0] in table.columns:
        return cast(str, primary[0])
    for role in KEYS.get(holds, ()):
        for candidate in chosen.roles.get(role, ()):
            look = looks[candidate.column]
            if look.distinct == look.filled and look.filled >= max(0.99 * look.rows, 1):
                return candidate.column
    return None


def _warnings(looks: Mapping[str, Profile]) -> list[str]:
    bsn = [name for name in looks if joined(name) in ("bsn", "burgerservicenummer", "sofinummer")]
    return [
        f"'{name}' looks like a citizen service number (BSN): leave it out, unless the law asks"
        for name in bsn
    ]
