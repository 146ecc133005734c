"""How good the data are: doubles, doubts, wrong, old and missing values, per source.

Counts only; they are kept in a file of the home beside the state of the change log that they
belong to, and counted again when something was written since.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django_tasks import task

from klantbeeld.core import bulk, changes, clock
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Source
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline.facets import no_facet
from klantbeeld.sources.models import Quarantined

FORMAT = 2
# What is checked in a source's customers, and the fields of a record of which one must be filled.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("surname", "full_name", "organisation_name"),
    "address": ("postcode",),
    "email": ("email",),
    "phone": ("mobile", "phone"),
    "birth_date": ("birth_date",),
}
# The field that is checked of which a value was refused. What stands in none is left as it is.
CHECKED: Mapping[str, str] = {
    **dict.fromkeys(
        ("postcode", "house_number", "house_suffix", "street", "city", "address", "country"),
        "address",
    ),
    **dict.fromkeys(("email", "email_2"), "email"),
    **dict.fromkeys(("phone", "mobile"), "phone"),
    "birth_date": "birth_date",
}
PLACEHOLDER = "placeholder"
OF_PEOPLE = "r.kind IN ('person', 'organisation', 'unknown') AND r.seq > 0"
# A guest's order and a turn at a device are records of their own, not entries of a customer.
_NO_GUEST = "replace(replace(r.key, 'order:', ''), 'device:', '') = r.key"


def of_entries() -> str:
    """SQL: the record `r` is a source's entry of a customer, which may be double or incomplete."""
    return f"{OF_PEOPLE} AND {_NO_GUEST} AND {no_facet()}"


@dataclass(frozen=True)
class SourceCheck:
    """One source: its records of customers, and what is the matter with them.

    `doubles` are records beyond the first of one customer; `old` those with another postcode
    than the customer's chosen one. `missing`, `wrong` and `empty_words` ("unknown", 0600000000)
    count records by what is checked (see `FIELDS`); what a source never fills is not missing.
    """

    key: int
    name: str
    records: int = 0
    doubles: int = 0
    old: int = 0
    quarantined: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)
    wrong: Mapping[str, int] = field(default_factory=dict)
    empty_words: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checkup:
    """All sources, and the customers as a whole; `at` is the moment (µs UTC) of counting.

    `doubtful` are pairs of customers that may be one. `unreachable` customers have no mail
    address, phone number or address; `without` counts customers by what they lack.
    """

    at: int
    customers: int
    doubtful: int
    unreachable: int
    without: Mapping[str, int]
    sources: tuple[SourceCheck, ...]

    @property
    def doubles(self) -> int:
        """Records that were there twice in their own source."""
        return sum(s.doubles for s in self.sources)

    @property
    def wrong(self) -> int:
        """Addresses, mail addresses and phone numbers that cannot be right."""
        return sum(s.wrong.get(k, 0) for s in self.sources for k in ("address", "email", "phone"))

    @property
    def old(self) -> int:
        """Records with an address that another source has overtaken."""
        return sum(s.old for s in self.sources)

    @property
    def quarantined(self) -> int:
        """Rows that wait to be mended."""
        return sum(s.quarantined for s in self.sources)


def _place() -> Path:
    return Path(settings.HOME) / "checkup.json"


def _state() -> list[int]:
    """What the counts belong to: rises with every write."""
    waiting = Quarantined.objects.filter(state=Quarantined.OPEN).count()
    return [FORMAT, changes.horizon(), waiting]


def kept() -> tuple[Checkup | None, bool]:
    """The last counts, and whether they still hold."""
    try:
        held = json.loads(_place().read_text("utf-8"))
        sources = tuple(SourceCheck(**source) for source in held["found"].pop("sources"))
        found = Checkup(**held["found"], sources=sources)
    except (OSError, ValueError, KeyError, TypeError):
        return None, False
    return found, held["state"] == _state()


def count(actor: Actor) -> Checkup:
    """Count everything anew, and keep it. Reads every record: seconds at a million customers."""
    state = _state()
    without = _without()
    found = Checkup(
        clock.now_us(), without.pop("customers"), identity.doubtful(actor)[0],
        without.pop("unreachable"), without, tuple(_sources()),
    )  # fmt: skip
    place = _place()
    fresh = place.with_suffix(".new")
    fresh.write_text(json.dumps({"state": state, "found": asdict(found)}), "utf-8")
    fresh.replace(place)
    return found


@task()
def count_later() -> None:
    """Count anew in the worker."""
    if not kept()[1]:
        count(system_actor("job"))


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def is_filled(column: str, fields: tuple[str, ...]) -> str:
    """SQL: whether any of these fields says something in a JSON column."""
    return " OR ".join(f"coalesce({column} ->> '{name}', '') <> ''" for name in fields)


def _sources() -> list[SourceCheck]:
    entries = of_entries()
    filled = ", ".join(
        f"sum(CASE WHEN {is_filled('r.data', fields)} THEN 1 ELSE 0 END)"
        for fields in FIELDS.values()
    )
    counted = {
        row[0]: row[1:]
        for row in _rows(
            f"SELECT r.source_id, count(*), {filled} FROM core_record r"
            f" WHERE {entries} GROUP BY r.source_id"
        )
    }
    doubles, old = _doubles(entries), _old()
    wrong, empty = _refused()
    waiting = dict(_rows(
        "SELECT d.source_id, count(*) FROM sources_quarantined q"
        " JOIN core_delivery d ON d.id = q.delivery_id WHERE q.state = 'open' GROUP BY d.source_id"
    ))  # fmt: skip
    found = []
    for source in Source.objects.order_by("name"):
        records, *have = counted.get(source.pk, (0, *[0] * len(FIELDS)))
        if not records and source.pk not in waiting:
            continue
        missing = {k: records - int(n) for k, n in zip(FIELDS, have, strict=True) if n}
        found.append(
            SourceCheck(
                source.pk, source.name, records, doubles.get(source.pk, 0), old.get(source.pk, 0),
                waiting.get(source.pk, 0), missing, wrong[source.pk], empty[source.pk],
            )
        )  # fmt: skip
    return found


def _doubles(entries: str) -> dict[int, int]:
    return dict(_rows(
        "SELECT r.source_id, count(*) - count(DISTINCT m.customer_id) FROM core_record r"
        " JOIN identity_membership m ON m.record_id = r.id"
        f" WHERE {entries} GROUP BY r.source_id"
    ))  # fmt: skip


def _old() -> dict[int, int]:
    return dict(_rows(
        "SELECT r.source_id, count(*) FROM core_record r"
        " JOIN identity_membership m ON m.record_id = r.id"
        " JOIN profiles_profile p ON p.customer_id = m.customer_id"
        f" WHERE {OF_PEOPLE} AND r.data ->> 'postcode' <> p.data ->> 'postcode'"
        " GROUP BY r.source_id"
    ))  # fmt: skip


def _refused() -> tuple[Mapping[int, dict[str, int]], Mapping[int, dict[str, int]]]:
    """Source to records with a wrong value, and with a word that says nothing, by what is."""
    issues = bulk.json_text("v.issues")
    rows = _rows(
        f"SELECT r.source_id, {issues}, count(*) FROM core_recordversion v"
        " JOIN core_record r ON r.id = v.record_id AND r.seq = v.seq"
        f" WHERE {issues} <> '{{}}' GROUP BY r.source_id, {issues}"
    )
    wrong: dict[int, Counter[str]] = defaultdict(Counter)
    empty: dict[int, Counter[str]] = defaultdict(Counter)
    for source, text, records in rows:
        for what, is_empty in refused_in(json.loads(text)):
            (empty if is_empty else wrong)[source][what] += records
    return (
        defaultdict(dict, {k: dict(v) for k, v in wrong.items()}),
        defaultdict(dict, {k: dict(v) for k, v in empty.items()}),
    )


def refused_in(issues: Mapping[str, str]) -> set[tuple[str, bool]]:
    """(what is checked, whether it was only a word that says nothing) of a record's issues."""
    return {(CHECKED[f], code == PLACEHOLDER) for f, code in issues.items() if f in CHECKED}


def _without() -> dict[str, int]:
    """Customers: how many there are, lack something, and cannot be reached at all."""
    ways = [FIELDS[k] for k in ("address", "email", "phone")]
    lacking = ", ".join(
        f"sum(CASE WHEN {is_filled('p.data', fields)} THEN 0 ELSE 1 END)"
        for fields in FIELDS.values()
    )
    anyhow = " OR ".join(is_filled("p.data", fields) for fields in ways)
    (row,) = _rows(
        f"SELECT count(*), sum(CASE WHEN {anyhow} THEN 0 ELSE 1 END), {lacking}"
        " FROM profiles_profile p"
    )
    names = ("customers", "unreachable", *FIELDS)
    return {name: int(n or 0) for name, n in zip(names, row, strict=True)}
