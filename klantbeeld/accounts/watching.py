"""Who looked at whom: at one customer, by one account or key, and lately."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.guarding import needs
from klantbeeld.accounts.models import ApiKey, User
from klantbeeld.core import bulk, ledger, registry
from klantbeeld.core.actor import Actor
from klantbeeld.core.clock import local
from klantbeeld.core.models import Customer
from klantbeeld.core.public_ids import key_in

_ENTRY = '"seq", "at", "kind", "action", "actor", "key", "role", "purpose", "interface", "of"'


@dataclass(frozen=True, slots=True)
class Look:
    """An entry of the log: `who` is a name, "" for somebody who is no more; `whom` how many.

    `about` is the name of an account that it is about, such as one that could not log in.
    """

    seq: int
    at: datetime
    kind: str
    action: str
    who: str
    role: str
    purpose: str
    interface: str
    of: str
    whom: int
    details: Mapping[str, Any]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries: older than number `before`, of a kind, by u: or k: with a number, in a period.

    Moments in microseconds, both in it; 0 and "" leave all.
    """

    before: int = 0
    kind: str = ""
    who: str = ""
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """A customer that an account or key was shown or changed: first, last, how often, how."""

    customer: int
    first: datetime
    last: datetime
    times: int
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Breach:
    """Whom an account or key touched in a period, in `entries` entries of the log.

    `rows` is how many rows in quarantine it was shown, `changes` what else it did.
    """

    name: str
    entries: int
    touched: tuple[Touched, ...]
    rows: int
    changes: tuple[Look, ...]


def _looks(rows: Iterable[Sequence[Any]]) -> list[Look]:
    held = [tuple(row) for row in rows]
    told = [json.loads(row[11]) for row in held]
    users = {row[4] for row in held} | {int(one.get("account") or 0) for one in told}
    people = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    keys = dict(ApiKey.objects.filter(pk__in={row[5] for row in held}).values_list("pk", "name"))
    return [
        Look(
            seq, local(at), kind, action,
            keys.get(key, "") if key else people.get(actor, "" if actor else "system"),
            role, purpose, interface, of, int(whom), details,
            people.get(int(details.get("account") or 0), ""),
        )
        for (seq, at, kind, action, actor, key, role, purpose, interface, of, whom, _), details
        in zip(held, told, strict=True)
    ]  # fmt: skip


def ids_of(records: Sequence[int]) -> list[int]:
    """The customers with these records, and those that they absorbed."""
    held = registry.partition()
    if held is None:
        return []
    rows = bulk.rows_where(
        f"SELECT DISTINCT {held.customer} FROM {held.db_table} WHERE", held.record, records
    )
    found = {int(row[0]) for row in rows}
    fresh = found
    while fresh:
        absorbed = Customer.objects.filter(absorbed_by__in=fresh).values_list("pk", flat=True)
        fresh = set(absorbed) - found
        found |= fresh
    return sorted(found)


def looked_at(customers: Sequence[int], limit: int = 1_000) -> list[Look]:
    """The entries about these customers, the latest first."""
    columns = ", ".join(f"e.{name}" for name in _ENTRY.split(", "))
    found: dict[int, Sequence[Any]] = {}
    for customer in customers:
        rows = ledger.book().ask(
            f'SELECT {columns}, 1, e."details" FROM {{p}}subject s JOIN {{p}}entry e'
            ' ON e."seq" = s."seq" WHERE s."whom" = %s AND e."of" = %s'
            ' ORDER BY s."seq" DESC LIMIT %s',
            [customer, "customer", limit],
        )
        found |= {row[0]: row for row in rows}
    return _looks(found[seq] for seq in sorted(found, reverse=True)[:limit])


@needs("looks.read")
def who_looked(actor: Actor, records: Sequence[int], limit: int = 200) -> list[Look]:
    """Who looked at the customer with these records, was given it or was let in."""
    return looked_at(ids_of(records), limit)


@needs("audit.read")
def lately(actor: Actor, sought: Sought = Sought(), limit: int = 100) -> list[Look]:
    """The entries of the log that are sought, the newest first."""
    conditions, params = _conditions(sought)
    rows = ledger.book().ask(
        f'SELECT {_ENTRY}, "subjects", "details" FROM {{p}}entry WHERE {" AND ".join(conditions)}'
        ' ORDER BY "seq" DESC LIMIT %s',
        [*params, limit],
    )
    return _looks(rows)


def _conditions(sought: Sought) -> tuple[list[str], list[Any]]:
    conditions: list[str] = ['"seq" < %s']
    params: list[Any] = [sought.before or 1 << 62]
    kind, _colon, number = sought.who.partition(":")
    for condition, value in (
        ('"kind" = %s', sought.kind), ('"at" >= %s', sought.since), ('"at" <= %s', sought.until),
        ('"actor" = %s AND "key" = 0' if kind == "u" else '"key" = %s',
         key_in(number) if kind in ("u", "k") else 0),
    ):  # fmt: skip
        if value:
            conditions.append(condition)
            params.append(value)
    return conditions, params


@needs("audit.read")
def breach(actor: Actor, who: str, since: int, until: int) -> Breach:
    """Whom `who` (u: or k: with the number of a user or key) touched from `since` to `until`.

    Moments in microseconds, both in it. Raises `UnknownPerson`.
    """
    kind, _colon, number = who.partition(":")
    model: Any = {"u": User, "k": ApiKey}.get(kind)
    held = model.objects.filter(pk=key_in(number)).first() if model else None
    if held is None:
        raise UnknownPerson("There is no such account or key.")
    column = '"actor"' if kind == "u" else '"key"'
    other = "" if kind == "k" else ' AND e."key" = 0'
    within = f'e.{column} = %s AND e."at" >= %s AND e."at" <= %s{other}'
    params = [held.pk, since, until]
    shown = ledger.book().ask(
        'SELECT s."whom", e."at", e."action", e."of" FROM {p}entry e JOIN {p}subject s'
        f' ON s."seq" = e."seq" WHERE {within} AND s."whom" IS NOT NULL ORDER BY e."seq"',
        params,
    )
    counted = ledger.book().ask(f"SELECT count(*) FROM {{p}}entry e WHERE {within}", params)
    columns = ", ".join(f"e.{name}" for name in _ENTRY.split(", "))
    changed = ledger.book().ask(
        f'SELECT {columns}, e."subjects", e."details" FROM {{p}}entry e WHERE {within}'
        """ AND e."kind" <> 'read' AND e."kind" <> 'search' ORDER BY e."seq" LIMIT 10000""",
        params,
    )
    rows = {whom for whom, _at, _action, of in shown if of == "row"}
    people = [row for row in shown if row[3] == "customer"]
    people += _changed_people(changed)
    return Breach(
        held.name, int(counted[0][0]), tuple(_touched(people)), len(rows), tuple(_looks(changed))
    )


def _changed_people(changed: Iterable[Sequence[Any]]) -> list[tuple[int, int, str, str]]:
    """The customers of changes: of what was done to a customer, and to one of its records."""
    held, found = registry.partition(), []
    for _seq, at, _kind, action, *_who, of, _count, details in changed:
        pk = int(json.loads(details).get("id") or 0)
        if not pk:
            # Not a change: whom it is about stands beside the entry.
            continue
        if of == "customer":
            found.append((pk, at, action, of))
        elif of == "record" and held is not None:
            sql = f"SELECT {held.customer} FROM {held.db_table} WHERE"
            rows = bulk.rows_where(sql, held.record, [pk])
            found += [(int(row[0]), at, action, of) for row in rows]
    return found


def _touched(shown: Iterable[Sequence[Any]]) -> list[Touched]:
    """By who goes on under each key: an absorbed customer is the one that absorbed it."""
    per: dict[int, list[tuple[int, str]]] = {}
    for whom, at, action, _of in shown:
        per.setdefault(int(whom), []).append((int(at), str(action)))
    merged: dict[int, list[tuple[int, str]]] = {}
    for customer, seen in per.items():
        merged.setdefault(_survivor(customer), []).extend(seen)
    return [
        Touched(
            customer, local(min(at for at, _ in seen)), local(max(at for at, _ in seen)),
            len(seen), tuple(dict.fromkeys(action for _, action in sorted(seen))),
        )
        for customer, seen in sorted(merged.items())
    ]  # fmt: skip


def _survivor(customer: int) -> int:
    seen: set[int] = set()
    while customer not in seen:
        seen.add(customer)
        found = Customer.objects.filter(pk=customer).values_list("absorbed_by", flat=True).first()
        customer = found or customer
    return customer
