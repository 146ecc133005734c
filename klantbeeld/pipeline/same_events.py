"""What was erased of a history is known again when another source tells it.

A row's own key holds within its source only. The same thing is what happened to the same person, at
the same moment, under the same number, or with the same amount or the person's own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Q

from klantbeeld.core import clock
from klantbeeld.core.models import Record, Source
from klantbeeld.privacy.tables import has_events, hint_mark, identifiers, marks_held, same_mark
from klantbeeld.timeline.models import Keyed
from klantbeeld.timeline.tables import KEYED_TABLES, Single, of_marks, single

Pair = tuple[str, str]
Row = Mapping[str, Any]
# The columns that say what a row is, by table.
TELLING = {
    "interaction": ("key", "at", "precision", "kind", "subject", "amount_minor", "details"),
    "document": ("key", "hash", "at", "sha256", "text"),
    "subscription": ("key", "name", "started_day"),
}
# By which of them a row is asked for first.
HINTS = {"interaction": ("at",), "document": ("key", "at"), "subscription": ("key",)}
# One source calls a complaint what another calls a question: by the name of the file.
CASES = frozenset({"complaint", "question", "service"})
# A key of so many characters (a hash, the number of a message) tells without the kind.
LONG_KEY = 12
# Own words of so many characters are nobody's second question of that day.
OWN_WORDS = 24
WORDS = ("body", "answer", "note", "text")
# What a letter is taken for hangs on the name of its file.
LETTERS = frozenset({"letter", "quote_letter", "cancellation"})
SALES = frozenset({"order", "quote"})
# A record's key that is an identifier, as `subjects.KEY_ROLES` writes it.
PREFIXES = {"email": "email", "login": "login", "card": "loyalty_number",
            "social": "social_handle", "phone": "mobile"}  # fmt: skip


def hints_of(table: str, row: Row) -> list[str]:
    """The texts that are asked first, of every row that comes in."""
    return [str(row[column]) for column in HINTS[table]]


def sayings(table: str, row: Row) -> list[str]:
    """By what a row of the timeline (see `TELLING`) is known again beside whom it is about.

    The first holds in every source; the others only where another source tells it: two orders of
    one second have two numbers in the same shop.
    """
    if table == "subscription":
        return ["\x1f".join(str(row[name]) for name in TELLING[table])]
    if table == "document":
        return list(_contents(row))
    kind = str(row["kind"])
    bare = kind.removesuffix("_closed")
    kind = f"case{kind.removeprefix(bare)}" if bare in CASES else kind
    key, at = str(row["key"]), row["at"]
    found = [f"{at}\x1f{key}\x1f{'' if len(key) >= LONG_KEY else _title(row, kind)}"]
    if kind in SALES and row["amount_minor"] is not None and _is_timed(row):
        found.append(f"{at}\x1f{kind}\x1famount\x1f{row['amount_minor']}")
    kind = "letter" if kind in LETTERS else kind
    found += [f"{at}\x1f{kind}\x1fsaid\x1f{words}" for words in _own_words(row["details"])]
    return found


def _contents(row: Row) -> Iterable[str]:
    """A document by its name and contents; and by its day and contents, whatever it is called."""
    yield f"{row['key']}\x1f{row['hash']}"
    if row["sha256"] or len(row["text"] or "") >= OWN_WORDS:
        yield f"{row['at']}\x1fcontents\x1f{row['hash']}"


def _title(row: Row, kind: str) -> str:
    """Kind and subject beside a short number; what a sale is called hangs on its lines."""
    return kind if kind in SALES else f"{kind}\x1f{' '.join(str(row['subject']).split())}"


def _is_timed(row: Row) -> bool:
    """Whether the moment is one, and not the beginning of a day."""
    at = int(row["at"] or 0)
    is_fine = row["precision"] not in ("year", "month", "day", "minute")
    return is_fine and at != clock.day_start_us(clock.local_day(at))


def _own_words(details: Any) -> Iterable[str]:
    told = json.loads(details) if isinstance(details, str) else details
    for name in WORDS:
        words = " ".join(str((told or {}).get(name) or "").split()).casefold()
        if len(words) >= OWN_WORDS:
            yield words


def known_by(records: Iterable[int]) -> list[Pair]:
    """Everything by which these people are told, in any source."""
    held = list(records)
    keys = Record.objects.filter(pk__in=held).values_list("source__key", "key")
    named = [pair for source, key in keys for pair in named_by(source, key)]
    return list(dict.fromkeys([*identifiers(held), *named]))


def named_by(source: str, key: str) -> list[Pair]:
    """Whom a record's key tells of: within its source, by its number alone, by an identifier."""
    bare = key.rpartition("/")[2]
    prefix, _, rest = bare.partition(":")
    told = [(PREFIXES[prefix], rest)] if prefix in PREFIXES and rest else []
    return [("key", f"{source}:{key}"), ("key", f":{bare}"), *told]


def marks_of(one: Single) -> list[Pair]:
    """The tombstones by which these rows of people are known again from any source."""
    who = known_by(one.records)
    found: dict[Pair, None] = {}
    for table, row in rows_of(one):
        found |= dict.fromkeys(hint_mark(table, text) for text in hints_of(table, row))
        said, *more = sayings(table, row)
        for text in (said, *more, *(_within(row["delivery__source__key"], t) for t in more)):
            found |= dict.fromkeys(same_mark(pair, table, text) for pair in who)
    return list(found)


def _within(source: str, said: str) -> str:
    """That this source told it itself: then its own numbers tell things apart."""
    return f"{said}\x1fin\x1f{source}"


def rows_of(one: Single) -> Iterable[tuple[str, Row]]:
    """Table and what its rows say, of those that go."""
    for table, ids in one.rows.items():
        held = KEYED_TABLES[table].objects.filter(pk__in=list(ids))  # type: ignore[attr-defined]
        yield from ((table, row) for row in held.values(*TELLING[table], "delivery__source__key"))


def with_twins(one: Single, records: Sequence[int]) -> Single:
    """The same, with what other sources told already of the same thing to these people."""
    marks = {table: set(hashes.values()) for table, hashes in one.rows.items()}
    said = {(table, text) for table, row in rows_of(one) for text in sayings(table, row)}
    for table, model in KEYED_TABLES.items():
        for twin in _likely(table, model, one, records):
            told = {name: getattr(twin, name) for name in TELLING[table]}
            if any((table, text) in said for text in sayings(table, told)):
                theirs = single(table, twin.pk)
                for name, hashes in (theirs.rows if theirs else {}).items():
                    marks[name] |= set(hashes.values())
    same = {table: set(hashes.values()) for table, hashes in one.rows.items()}
    return one if marks == same else of_marks({t: sorted(hashes) for t, hashes in marks.items()})


def _likely(table: str, model: type[Keyed], one: Single, records: Sequence[int]) -> Iterable[Keyed]:
    ids = list(one.rows[table])
    if not ids:
        return ()
    every = model.objects  # type: ignore[attr-defined]
    alike = Q()
    for column in HINTS[table]:
        wanted = list(every.filter(pk__in=ids).values_list(column, flat=True))
        alike |= Q(**{f"{column}__in": wanted})
    own = every.filter(pk__in=ids).values_list("delivery__source", flat=True)
    held = every.filter(alike, record__in=list(records))
    return list(held.exclude(pk__in=ids).exclude(delivery__source__in=list(own)))


@dataclass(frozen=True)
class Told:
    """Rows (`TELLING`) of a table as `source` tells them, of records that `space` numbers."""

    table: str
    frame: pl.DataFrame
    record_keys: pl.Series
    source: str
    space: str


def told_elsewhere(told: Told) -> pl.Series | None:
    """Which rows were erased when another source told them; None for none."""
    table, frame = told.table, told.frame
    if not len(frame) or not has_events():
        return None
    places: set[int] = set()
    for column in HINTS[table]:
        texts = frame[column].cast(pl.String)
        hints = {hint_mark(table, text): text for text in texts.drop_nulls().unique().to_list()}
        met = [hints[mark] for mark in marks_held(hints)]
        places |= set(texts.is_in(met).fill_null(False).arg_true().to_list())
    gone = [place for place in sorted(places) if _is_erased(told, place)]
    return pl.int_range(len(frame), eager=True).is_in(gone) if gone else None


def _is_erased(told: Told, place: int) -> bool:
    key = told.record_keys[place]
    if key is None:
        return False
    table, row = told.table, told.frame.row(place, named=True)
    source = Source.objects.filter(key=told.space).values_list("pk", flat=True).first()
    held = Record.objects.filter(source=source, key=key).values_list("pk", flat=True)
    who = dict.fromkeys([*named_by(told.space, key), *identifiers(list(held))])

    def is_held(text: str) -> bool:
        return bool(marks_held(same_mark(pair, table, text) for pair in who))

    said, *more = sayings(table, row)
    return is_held(said) or any(is_held(t) and not is_held(_within(told.source, t)) for t in more)
