"""Going through the log from its beginning to its end, a part at a time, for what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from klantbeeld.core import bulk, lasting, ledger, rotating
from klantbeeld.core.cutting import Cut
from klantbeeld.core.ledger import COLUMNS, Book

# So many entries are in memory at a time, with whom they are about.
PART = 1_000
_NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "hash"))
_SUBJECTS, _SOURCE, _COMMITMENT, _ACTION, _DETAILS = (
    COLUMNS.index(name) for name in ("subjects", "source", "commitment", "action", "details")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the log that does not fit: what, and at which entry or anchor."""

    code: str
    seq: int

    def __str__(self) -> str:
        return f"{self.code} at {self.seq}"


@dataclass
class Walk:
    """How far the log was gone through; `hashes` and `marks` are those of the entries `wanted`.

    `marks` are of the key that the log was written with from that entry on (see `rotating`).
    """

    held: Book
    seq: int
    hash: str
    source: int
    wanted: frozenset[int] = frozenset()
    hashes: dict[int, str] = field(default_factory=dict)
    # The key of each wanted entry's time, and of the one gone to now.
    marks: dict[int, str] = field(default_factory=dict)
    mark: str = ""

    @classmethod
    def after(cls, held: Book, cut: Cut, wanted: frozenset[int]) -> Walk:
        """From where the log begins."""
        return cls(held, cut.seq, cut.hash, cut.source, wanted)

    def findings(self) -> Iterator[Finding]:
        """What does not fit; at the end nobody writes for a moment."""
        first = self.seq
        yield from self._rest()
        with self.held.writing() as (seq, last, _mac):
            found = [*self._rest(), *self._at_the_end(first, seq, last)]
        yield from found

    def _rest(self) -> Iterator[Finding]:
        while rows := self.held.ask(
            f'SELECT {_NAMES} FROM {{p}}entry WHERE "seq" > %s ORDER BY "seq" LIMIT %s',
            [self.seq, PART],
        ):
            first, last = self.seq, int(rows[-1][0])
            yield from self._chain(rows)
            yield from self._people(rows, first, last)
            yield from self._changes(rows)

    def _chain(self, rows: Sequence[Sequence[Any]]) -> Iterator[Finding]:
        """Edited, inserted, deleted and reordered."""
        for *columns, hash_ in rows:
            seq = columns[0]
            if seq != self.seq + 1:
                yield Finding("entry missing", self.seq + 1)
            # Only the first may be under any key: from then on each names the next.
            self.mark = self.mark or self._first_mark(columns, hash_)
            if hash_ != ledger.chained(self.hash, columns, self.mark):
                yield Finding("entry does not follow", seq)
            elif columns[_ACTION] == rotating.ACTION and not columns[_SOURCE]:
                self.mark = rotating.named(columns[_DETAILS], self.mark)
            if seq in self.wanted:
                self.hashes[seq], self.marks[seq] = hash_, self.mark
            self.seq, self.hash = seq, hash_

    def _first_mark(self, columns: Sequence[Any], hash_: str) -> str:
        held = lasting.marks()
        fits = (mark for mark in held if ledger.chained(self.hash, columns, mark) == hash_)
        return next(fits, held[0])

    def _people(self, rows: Sequence[Sequence[Any]], first: int, last: int) -> Iterator[Finding]:
        """Whom the entries are about: as committed to, or taken out by erasing."""
        leaves: dict[int, list[bytes]] = {}
        for seq, place, whom, salt, kept in self.held.ask(
            'SELECT "seq", "place", "whom", "salt", "leaf" FROM {p}subject'
            ' WHERE "seq" > %s AND "seq" <= %s ORDER BY "seq", "place"',
            [first, last],
        ):
            told, before = _bytes(kept), leaves.setdefault(seq, [])
            is_next = place == len(before)
            before.append(told)
            if whom is None:
                marks = (ledger.forgotten(seq, place, told, mark) for mark in lasting.marks())
                fits = _bytes(salt) in marks
            else:
                fits = ledger.leaf(_bytes(salt), whom) == told
            if not (fits and is_next):
                yield Finding("person edited", seq)
        for row in rows:
            held, is_change = leaves.pop(row[0], []), row[_SOURCE] > 0
            fits = not held if is_change else ledger.commitment(held) == row[_COMMITMENT]
            if not fits or (not is_change and len(held) != row[_SUBJECTS]):
                yield Finding("people do not fit", row[0])
        yield from (Finding("people of no entry", seq) for seq in leaves)

    def _changes(self, rows: Sequence[Sequence[Any]]) -> Iterator[Finding]:
        """Every change that was carried over still stands in the database as it was, and all do."""
        carried = [(row[_SOURCE], row[_COMMITMENT]) for row in rows if row[_SOURCE] > 0]
        if not carried:
            return
        last = max(source for source, _ in carried)
        kept = dict(
            bulk.rows_of(
                "SELECT id, hash FROM core_auditentry WHERE id > %s AND id <= %s",
                [self.source, last],
            )
        )
        for source, committed in carried:
            if kept.pop(source, None) != committed:
                yield Finding("change missing or edited", source)
        yield from (Finding("change missing or edited", pk) for pk in sorted(kept))
        self.source = max(self.source, last)

    def _at_the_end(self, first: int, seq: int, last: str) -> Iterator[Finding]:
        """Cut off, and what stands where the log does not reach."""
        ask = self.held.ask
        if (seq, last) != (self.seq, self.hash):
            yield Finding("end cut off", self.seq)
        macs = ask('SELECT "mac" FROM {p}head')
        if macs and [row[0] for row in macs] != [ledger.head_mac(seq, last, self.mark)]:
            yield Finding("head forged", seq)
        for table in ("entry", "subject"):
            outside = ask(
                f'SELECT min("seq") FROM {{p}}{table} WHERE "seq" <= %s OR "seq" > %s',
                [first, self.seq],
            )
            if outside[0][0] is not None:
                yield Finding(f"{table} outside the log", outside[0][0])


def _bytes(value: Any) -> bytes:
    """What stands there, also where somebody put a text in its place."""
    return value.encode() if isinstance(value, str) else bytes(value or b"")
