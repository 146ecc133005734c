"""Rows in quarantine that nobody reads, as they are about somebody who is restricted or erased.

Every read asks this, so what was found is remembered until people or rows change: both are told by
counts and hashes that an index holds. All rows are searched at once, only likely ones are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import QuerySet

from klantbeeld.core import bulk
from klantbeeld.privacy.tables import hidden_records
from klantbeeld.sources.marks import SIGNS, Marks, bare
from klantbeeld.sources.models import Quarantined
from klantbeeld.sources.quarantine_parts import roles_of

ROWS = 20_000
# Hashes are summed modulo this, so that no sum overflows.
PRIME = 1_000_003
Stamp = tuple[Any, ...]


@dataclass(frozen=True)
class _Found:
    """The hidden rows among those up to a key, when people and rows were like this."""

    people: Stamp
    rows: Stamp
    hidden: frozenset[int]


_NOTHING = _Found((), (0, 0, 0), frozenset())
_found = _NOTHING


def hidden_rows() -> set[int]:
    """The rows in quarantine about people whom nobody reads: restricted, or being erased."""
    global _found
    records = hidden_records()
    if not records:
        return set()
    people, before = _people(records), _found
    last = before.rows[1]
    if before.people != people or _lying(last) != before.rows:
        before, last = _NOTHING, 0
    rows = _lying()
    each = Marks.of_each(records) if rows != before.rows or _has_mended() else []
    hidden = before.hidden | _about(each, last, "") if rows != before.rows else before.hidden
    _found = _Found(people, rows, frozenset(hidden))
    # What people typed changes under the same key.
    return {*hidden, *_about(each, 0, "mended")}


def _people(records: Sequence[int]) -> Stamp:
    """What these records say, in short."""
    said = bulk.rows_where("SELECT id, hash, seq, updated_at FROM core_record WHERE", "id", records)
    versions = bulk.rows_where("SELECT id FROM core_recordversion WHERE", "record_id", records)
    database = connection.settings_dict["NAME"]
    return (str(database), tuple(sorted(said)), hash(tuple(sorted(versions))))


def _lying(upto: int = 0) -> Stamp:
    """How many rows lie here (up to a key), the last, and a sum of what they say."""
    where = f" WHERE id <= {int(upto)}" if upto else ""
    count, last, total = bulk.rows_of(
        f"SELECT count(*), max(id), sum(hash %% {PRIME}) FROM sources_quarantined{where}", []
    )[0]  # fmt: skip
    return (count, last or 0, int(total or 0))


def _has_mended() -> bool:
    return Quarantined.objects.exclude(mended={}).exists()


def _about(each: Sequence[Marks], after: int, column: str) -> set[int]:
    """The rows after a key that tell of one of these people; with `column` by that alone."""
    seeded = [(one, one.seeds()) for one in each]
    seeds = sorted({seed for _, own in seeded for seed in own})
    if not seeds:
        return set()
    likely = [row for keys in _likely(seeds, after, column) for row in keys]
    found: set[int] = set()
    for start in range(0, len(likely), 500):
        held = Quarantined.objects.filter(pk__in=likely[start : start + 500])
        for row in held.select_related("delivery"):
            roles = roles_of(row.delivery.mapping, row.table)
            if any(_tells(seeded, said, roles) for said in (row.values, row.mended)):
                found.add(row.pk)
    return found


def _likely(seeds: Sequence[str], after: int, column: str) -> Iterator[list[int]]:
    """The keys of rows in which one of these stands, signs and capitals aside."""
    told = bulk.json_text(f'"{column or "values"}"')
    where = f"AND {bulk.json_text('mended')} <> '{{}}'" if column else ""
    sql = (
        f"SELECT id, {told} FROM sources_quarantined WHERE id > %s {where} ORDER BY id LIMIT {ROWS}"
    )
    while rows := bulk.rows_of(sql, [after]):
        after = rows[-1][0]
        text = pl.Series([row[1] for row in rows], dtype=pl.String)
        bare = text.str.to_lowercase().str.replace_all(SIGNS, "")
        # Letters that JSON spells by number are read with the row itself.
        met = bare.str.contains_any(list(seeds)) | text.str.contains("\\u", literal=True)
        yield [row[0] for row, is_met in zip(rows, met.to_list(), strict=True) if is_met]


def _tells(seeded: Sequence[tuple[Marks, set[str]]], row: Any, roles: Mapping[str, str]) -> bool:
    if not isinstance(row, dict) or not row:
        return False
    plain = bare(" ".join(map(str, row.values())).lower())
    likely = (one for one, seeds in seeded if any(seed in plain for seed in seeds))
    return any(one.fits(row) or one.may_be(row, roles) for one in likely)


def waiting_rows() -> QuerySet[Quarantined]:
    """The open rows that may be read."""
    held = Quarantined.objects.filter(state=Quarantined.OPEN)
    hidden = hidden_rows()
    return held.exclude(pk__in=hidden) if hidden else held
