"""The rows behind a figure of the data check-up: customers with what is the matter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from klantbeeld.accounts.reads import visible
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline.checkup import (
    CHECKED,
    FIELDS,
    OF_PEOPLE,
    PLACEHOLDER,
    is_filled,
    of_entries,
)
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources.reads import shown_keys

_MEMBER = " JOIN identity_membership m ON m.record_id = r.id"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A customer, what a source says, and with whom it may be one (for doubtful pairs).

    `values` are (field, as delivered, reason code) of what was refused; of an old address the
    postcode, of a double the number of records.
    """

    public_id: str
    name: str
    source: str = ""
    record_key: str = ""
    values: tuple[tuple[str, str, str], ...] = ()
    other_id: str = ""
    other_name: str = ""


def rows_of(actor: Actor, what: str, source: int, limit: int) -> list[CheckedRow]:
    """See `reads.checked_rows`."""
    kind, _dash, field = what.partition("-")
    if kind == "doubtful":
        return _doubtful(actor, limit)
    if kind in ("wrong", "empty") and field in FIELDS:
        return _refused(actor, field, source, limit, is_empty=kind == "empty")
    if kind == "missing" and field in FIELDS:
        lacking = f"{of_entries()} AND NOT ({is_filled('r.data', FIELDS[field])})"
        return _records(actor, lacking, source, limit)
    if kind == "old":
        return _old(actor, source, limit)
    if kind == "doubles":
        return _doubles(actor, source, limit)
    return _unreachable(actor, limit) if kind == "unreachable" else []


def _fetched(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _of_source(source: int) -> tuple[str, tuple[int, ...]]:
    return (" AND r.source_id = %s", (source,)) if source else ("", ())


def _rows(actor: Actor, told: Sequence[tuple[Any, ...]]) -> list[CheckedRow]:
    """(customer, source, key, values) as rows, values only as far as the role may see them."""
    names = profiles.named(actor, [row[0] for row in told])
    fields = {v[0] for row in told for v in row[3]}
    seen = visible(actor, dict.fromkeys(fields))
    keys = shown_keys(actor, [row[2] for row in told])
    return [
        CheckedRow(
            to_public("customer", customer), names.get(customer, ""), source, key,
            tuple(v for v in values if v[0] in seen or not v[0]),
        )
        for (customer, source, _key, values), key in zip(told, keys, strict=True)
    ]  # fmt: skip


_FROM = " FROM core_record r JOIN core_source s ON s.id = r.source_id" + _MEMBER


def _records(actor: Actor, condition: str, source: int, limit: int) -> list[CheckedRow]:
    among, params = _of_source(source)
    told = _fetched(
        f"SELECT m.customer_id, s.name, r.key{_FROM} WHERE {condition}{among}"
        " ORDER BY r.id LIMIT %s",
        (*params, limit),
    )
    return _rows(actor, [(*row, ()) for row in told])


def _refused(
    actor: Actor, field: str, source: int, limit: int, *, is_empty: bool
) -> list[CheckedRow]:
    among, params = _of_source(source)
    issues, raw = bulk.json_text("v.issues"), bulk.json_text("v.raw")
    held = [name for name, what in CHECKED.items() if what == field]
    sign = "=" if is_empty else "<>"
    any_of = " OR ".join(f"v.issues ->> '{name}' {sign} '{PLACEHOLDER}'" for name in held)
    told = _fetched(
        f"SELECT m.customer_id, s.name, r.key, {issues}, {raw}{_FROM}"
        " JOIN core_recordversion v ON v.record_id = r.id AND v.seq = r.seq"
        f" WHERE ({any_of}){among} ORDER BY r.id LIMIT %s",
        (*params, limit),
    )
    rows = []
    for customer, name, key, said, delivered in told:
        values: Mapping[str, Any] = json.loads(delivered)
        reasons = {
            f: code for f, code in json.loads(said).items()
            if f in held and (code == PLACEHOLDER) == is_empty
        }  # fmt: skip
        shown = tuple(
            (f, str(values.get(f, values.get("address", ""))), code) for f, code in reasons.items()
        )
        rows.append((customer, name, key, shown))
    return _rows(actor, rows)


def _old(actor: Actor, source: int, limit: int) -> list[CheckedRow]:
    among, params = _of_source(source)
    told = _fetched(
        "SELECT m.customer_id, s.name, r.key, r.data ->> 'postcode', p.data ->> 'postcode'"
        f"{_FROM} JOIN profiles_profile p ON p.customer_id = m.customer_id"
        f" WHERE {OF_PEOPLE} AND r.data ->> 'postcode' <> p.data ->> 'postcode'{among}"
        " ORDER BY r.id LIMIT %s",
        (*params, limit),
    )
    return _rows(
        actor,
        [(c, name, key, (("postcode", f"{before} → {now}", ""),))
         for c, name, key, before, now in told],
    )  # fmt: skip


def _doubles(actor: Actor, source: int, limit: int) -> list[CheckedRow]:
    among, params = _of_source(source)
    told = _fetched(
        f"SELECT m.customer_id, s.name, count(*){_FROM} WHERE {of_entries()}{among}"
        " GROUP BY m.customer_id, s.id, s.name HAVING count(*) > 1 ORDER BY 3 DESC, 1 LIMIT %s",
        (*params, limit),
    )
    return _rows(actor, [(c, name, "", (("", str(n), ""),)) for c, name, n in told])


def _unreachable(actor: Actor, limit: int) -> list[CheckedRow]:
    ways = " OR ".join(is_filled("p.data", FIELDS[k]) for k in ("address", "email", "phone"))
    told = _fetched(
        f"SELECT p.customer_id FROM profiles_profile p WHERE NOT ({ways})"
        " ORDER BY p.revenue_minor DESC, p.customer_id LIMIT %s",
        (limit,),
    )
    return _rows(actor, [(customer, "", "", ()) for (customer,) in told])


def _doubtful(actor: Actor, limit: int) -> list[CheckedRow]:
    pairs = identity.doubtful(actor, limit)[1]
    names = profiles.named(actor, sorted({c for pair in pairs for c in pair}))
    return [
        CheckedRow(
            to_public("customer", one), names.get(one, ""),
            other_id=to_public("customer", other), other_name=names.get(other, ""),
        )
        for one, other in pairs
    ]  # fmt: skip
