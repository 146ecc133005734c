"""Comparing pairs field by field: a level per comparison, -1 where a value is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from .contacts import is_mobile
from .names import are_two, may_be_one
from .values import FEW, hashes

Rows = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.int8]
Hashes = npt.NDArray[np.int64]


class Sides:
    """The values of the left and right rows of pairs."""

    def __init__(self, values: pl.DataFrame, left: Rows, right: Rows) -> None:
        self._values, self._left, self._right = values, left, right
        self._taken: dict[str, tuple[Hashes, Hashes]] = {}

    def of(self, name: str) -> tuple[Hashes, Hashes]:
        """Hashes of a column, left and right; 0 is missing."""
        if name not in self._taken:
            column = hashes(self._values, name)
            self._taken[name] = (column[self._left], column[self._right])
        return self._taken[name]

    def both(self, name: str) -> Flags:
        """Where the column is known on both sides."""
        left, right = self.of(name)
        both: Flags = (left != 0) & (right != 0)
        return both

    def equal(self, name: str, other: str | None = None) -> Flags:
        """Where left's `name` is known and equals right's `other` (or `name`)."""
        left, right = self.of(name)[0], self.of(other or name)[1]
        equal: Flags = (left == right) & (left != 0)
        return equal

    def crosswise(self, name: str, other: str) -> Flags:
        """Where either side's `name` equals the other side's `other`."""
        return self.equal(name, other) | self.equal(other, name)

    def similar(
        self, name: str, where: Flags, metric: Metric, other: str | None = None
    ) -> npt.NDArray[np.float32]:
        """The metric on left's `name` and right's `other` (or `name`) where asked, 0 elsewhere.

        Computed once per distinct pair of texts.
        """
        result = np.zeros(len(where), dtype=np.float32)
        at = np.flatnonzero(where)
        if not len(at):
            return result
        other = other or name
        at_first, inverse = _distinct(self.of(name)[0][at], self.of(other)[1][at])
        chosen = at[at_first]
        left = self._texts(name, self._left[chosen])
        right = self._texts(other, self._right[chosen])
        result[at] = metric(left, right)[inverse]
        return result

    def _texts(self, name: str, rows: Rows) -> list[str]:
        texts = self._values[name]
        if len(texts) < FEW:
            known = texts.to_list()
            return [known[row] for row in rows.tolist()]
        return texts.gather(rows).to_list()

    def holds(self, name: str, where: Flags, test: Callable[[str], bool]) -> Flags:
        """Where asked and left's text passes the test."""
        result = np.zeros(len(where), dtype=bool)
        at = np.flatnonzero(where)
        if len(at):
            texts = self._texts(name, self._left[at])
            result[at] = [text is not None and test(text) for text in texts]
        return result


Metric = Callable[[list[str], list[str]], npt.NDArray[np.float32]]


def _distinct(left: Hashes, right: Hashes) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Positions of distinct value pairs, and for each pair its place among them."""
    code = left * np.int64(-7046029254386353131) + right
    _, at_first, inverse = np.unique(code, return_index=True, return_inverse=True)
    return at_first, inverse


def jaro_winkler(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarity, 0 to 1, text by text."""
    return process.cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)


def edits(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Nearness 1 / (1 + edits) by optimal string alignment: 0.5 is one edit, 0 three or more."""
    distance = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    return np.where(distance <= 2, 1 / (1 + distance), 0).astype(np.float32)


def begins(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where one text of at least three letters begins the other."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)) for a, b in pairs],
        dtype=np.float32,
    )


def _graded(missing: Flags, *graded: Flags) -> Levels:
    """Level k where the k-th test holds and no later one does; 0 where none; -1 where missing."""
    level = np.zeros(len(missing), dtype=np.int8)
    for grade, test in enumerate(graded, start=1):
        level[test] = grade
    level[missing] = -1
    return level


def first_name(sides: Sides) -> Levels:
    """Other / alike / initial agrees / near or nickname / equal or swapped with the surname."""
    both = sides.both("first")
    equal = sides.equal("first") | (sides.equal("first", "part") & sides.equal("part", "first"))
    unequal = both & ~equal
    likeness = sides.similar("first", unequal, jaro_winkler)
    near = unequal & (likeness >= 0.92)
    near |= unequal & (sides.similar("first", unequal & ~near, begins) > 0)
    # Of one surname and not of one day: relatives, where both are names that people have.
    at_home = sides.equal("postcode") & sides.equal("house")
    relatives = (near | (at_home & (likeness >= 0.80))) & sides.equal("part")
    two = sides.similar("first", relatives & ~sides.equal("birth"), _are_two) > 0
    near, likeness = near & ~two, np.where(two & at_home, 0, likeness)
    near |= unequal & (sides.similar("first", unequal & ~near, _may_be_one) > 0)
    near |= _nearly_swapped(sides, unequal & ~near)
    all_initials = sides.holds("initials", ~both & sides.equal("initials"), _is_several)
    by_initial = ~both & (sides.equal("initial") | sides.equal("initials"))
    other = by_initial & (
        sides.similar("initials", by_initial & sides.both("initials"), _go_on) < 0
    )
    missing = ~sides.both("initial")
    alike = (likeness >= 0.80) | other
    return _graded(missing, alike, by_initial & ~other, near | all_initials, equal)


def _is_several(initials: str) -> bool:
    return len(initials) > 1


def _are_two(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return np.array(list(map(are_two, left, right)), dtype=np.float32)


def _may_be_one(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return np.array(list(map(may_be_one, left, right)), dtype=np.float32)


def _go_on(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """-1 where initials begin alike and then differ: 'cw' and 'ce'."""
    pairs = zip(left, right, strict=True)
    differ = [a[:1] == b[:1] and not (a.startswith(b) or b.startswith(a)) for a, b in pairs]
    return -np.array(differ, dtype=np.float32)


def _nearly_swapped(sides: Sides, where: Flags) -> Flags:
    """First name and surname changed places, with a slip of the pen in one or both."""
    there = sides.similar("first", where & (sides.of("part")[1] != 0), jaro_winkler, "part") >= 0.88
    there &= sides.of("part")[0] != 0
    back = sides.similar("part", there & (sides.of("first")[1] != 0), jaro_winkler, "first")
    return there & (back >= 0.88)


def surname(sides: Sides) -> Levels:
    """Other / alike / near or sharing a part / equal or swapped with the first name."""
    both = sides.both("surname")
    swapped = sides.equal("first", "part") & sides.equal("part", "first")
    equal = sides.equal("surname") | swapped
    unequal = both & ~equal
    likeness = sides.similar("surname", unequal, jaro_winkler)
    shares = sides.equal("part") | sides.crosswise("part", "other_part") | sides.equal("other_part")
    near = unequal & ((likeness >= 0.93) | shares)
    near |= _nearly_swapped(sides, unequal & ~near)
    return _graded(~both, likeness >= 0.85, near, equal)


def birth_date(sides: Sides) -> Levels:
    """Other / same year / two of three parts / day and month swapped / one digit / equal."""
    left, right = sides.of("birth")
    both = sides.both("birth")
    same_year = left // 10000 == right // 10000
    month, day = left // 100 % 100, left % 100
    other_month, other_day = right // 100 % 100, right % 100
    parts = same_year.astype(np.int8) + (month == other_month) + (day == other_day)
    swapped = same_year & (month == other_day) & (day == other_month)
    digits = np.zeros(len(both), dtype=np.int8)
    for place in range(8):
        digits += left // 10**place % 10 != right // 10**place % 10
    return _graded(~both, same_year, parts == 2, swapped, digits == 1, left == right)


def address(sides: Sides) -> Levels:
    """Other / same place / postcode one edit / postcode or street equal / with number equal.

    Postcode and number only count where the streets, if both known, are alike (outside the
    Netherlands a postcode holds many streets) and where no two different suffixes are known.
    Without postcode and place on one side, an equal street and number are as good as a postcode.
    """
    postcode, house, street = sides.equal("postcode"), sides.equal("house"), sides.equal("street")
    city = sides.equal("city") | sides.equal("region")
    streets, postcodes = sides.both("street"), sides.both("postcode")
    placeless = ~postcodes & ~sides.both("city")
    unequal = streets & ~street & house & (postcode | city | placeless)
    written = street | (sides.similar("street", unequal, begins) > 0)  # in full or cut short
    alike = written | (sides.similar("street", unequal & ~written, jaro_winkler) >= 0.85)
    one_edit = sides.similar("postcode", postcodes & ~postcode, edits) == 0.5
    by_postcode = postcode & house & (alike | ~streets)
    by_street = house & ((written & city) | (alike & one_edit))
    full = (by_postcode | by_street) & ~(sides.both("suffix") & ~sides.equal("suffix"))
    part = postcode | (street & city) | (alike & house & placeless)
    return _graded(~(postcodes | sides.both("city") | streets), city, one_edit, part, full)


def email(sides: Sides) -> Levels:
    """Other / same local part elsewhere / one edit / equal.

    Mailboxes made of a name are alike where the names are, which says nothing more: missing. Only
    a slip of the pen in the host of the same mailbox still does.
    """
    both, equal = sides.both("email"), sides.equal("email")
    same_mailbox = both & ~equal & sides.equal("mailbox")
    one_edit = sides.similar("email", both & ~equal, edits) == 0.5
    long_mailbox = sides.holds("mailbox", same_mailbox & ~one_edit, _is_telling)
    doubtful = long_mailbox | (one_edit & ~same_mailbox)
    by_name = _is_made_of(sides, "part", doubtful) | _is_made_of(sides, "first", doubtful)
    return _graded(~both | by_name, long_mailbox, one_edit, equal)


def _is_made_of(sides: Sides, name: str, where: Flags) -> Flags:
    """Where a mailbox holds the other side's name."""
    left, right = (where & (known != 0) for known in sides.of(name))
    there = sides.similar("mailbox", right, _within, name)
    back = sides.similar(name, left, _within, "mailbox")
    made: Flags = (there > 0) | (back > 0)
    return made


def _within(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where one text holds the other, of three letters at least."""
    pairs = zip(left, right, strict=True)
    held = [min(len(a), len(b)) >= 3 and (a in b or b in a) for a, b in pairs]
    return np.array(held, dtype=np.float32)


# Mailboxes that many hosts have.
_COMMON_MAILBOXES = frozenset(
    ("info", "contact", "mail", "post", "sales", "verkoop", "administratie", "admin", "office")
)


def _is_telling(mailbox: str) -> bool:
    return len(mailbox) >= 6 and mailbox not in _COMMON_MAILBOXES


def phone(sides: Sides) -> Levels:
    """Other / one edit / equal, fixed line / equal, mobile; the best of all numbers known."""
    both = sides.both("phone")
    equal = sides.equal("phone")
    across = sides.crosswise("phone", "other_phone")
    other = sides.equal("other_phone")
    one_edit = sides.similar("phone", both & ~equal, edits) == 0.5
    mobile = sides.holds("phone", equal, is_mobile)
    return _graded(~both, one_edit, equal | across | other, mobile)


def _same(name: str) -> Callable[[Sides], Levels]:
    def same(sides: Sides) -> Levels:
        return _graded(~sides.both(name), sides.equal(name))

    same.__doc__ = f"Other / equal {name}."
    return same


def number(sides: Sides) -> Levels:
    """Other / equal customer number of the same namespace; other namespaces cannot be compared."""
    return _graded(~sides.equal("number"), sides.equal("number"))


def organisation(sides: Sides) -> Levels:
    """Other / alike, or half or all of one's words shared / near / equal, legal forms left out."""
    both, equal = sides.both("organisation"), sides.equal("organisation")
    unequal = both & ~equal
    likeness = sides.similar("organisation", unequal, jaro_winkler)
    shared = sides.similar("organisation", unequal, _shared_words)
    near = unequal & ((likeness >= 0.95) | (shared == 1))
    within = sides.similar("organisation", unequal & (shared < 0.5), _words_within)
    return _graded(~both, (likeness >= 0.88) | (shared >= 0.5) | (within > 0), near, equal)


def _shared_words(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """Share of common words in all words of two names (Jaccard)."""
    words = ((set(one.split()), set(other.split())) for one, other in zip(left, right, strict=True))
    return np.array([len(a & b) / len(a | b) for a, b in words], dtype=np.float32)


def _words_within(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    """1 where all words of one name, at least five letters, are in the other."""
    words = ((set(one.split()), set(other.split())) for one, other in zip(left, right, strict=True))
    return np.array(
        [(a <= b or b <= a) and min(sum(map(len, a)), sum(map(len, b))) >= 5 for a, b in words],
        dtype=np.float32,
    )


@dataclass(frozen=True)
class Comparison:
    """A comparison: its levels' names from 0 up, and the function that grades pairs."""

    name: str
    levels: tuple[str, ...]
    grade: Callable[[Sides], Levels]
    shown: tuple[str, ...]  # the values that an explanation shows
    frequency: str = ""  # column whose frequency weighs in where the level is the highest


_EQUAL = ("other", "equal")
_ADDRESS = ("other", "city", "postcode_near", "postcode", "equal")
_ADDRESS_SHOWN = ("street", "house", "suffix", "postcode", "city")
_FIRST = ("other", "alike", "initial", "near", "equal")
_BIRTH = ("other", "year", "two_parts", "swapped", "digit", "equal")


def _identifiers(*names: str) -> tuple[Comparison, ...]:
    return tuple(Comparison(name, _EQUAL, _same(name), (name,)) for name in names)


_SHARED = (
    Comparison("address", _ADDRESS, address, _ADDRESS_SHOWN),
    Comparison("email", ("other", "mailbox", "near", "equal"), email, ("email",)),
    Comparison("phone", ("other", "near", "fixed", "mobile"), phone, ("phone", "other_phone")),
    Comparison("number", _EQUAL, number, ("number",)),
)
PERSON_COMPARISONS = (
    Comparison("first_name", _FIRST, first_name, ("first", "initials"), "first"),
    Comparison("surname", ("other", "alike", "near", "equal"), surname, ("surname",), "surname"),
    Comparison("birth_date", _BIRTH, birth_date, ("birth",)),
    *_SHARED,
    *_identifiers("gender", "login", "loyalty", "iban"),
)
_NAME_LEVELS = ("other", "alike", "near", "equal")
ORGANISATION_COMPARISONS = (
    Comparison("organisation", _NAME_LEVELS, organisation, ("organisation",), "organisation"),
    *_SHARED,
    *_identifiers("kvk", "vat", "domain", "iban"),
)
COMPARISONS = {"person": PERSON_COMPARISONS, "organisation": ORGANISATION_COMPARISONS}

# Pairs compared at once: bounds the memory, the values of both sides lie side by side.
_CHUNK = 400_000


def compare(values: pl.DataFrame, pairs: pl.DataFrame, kind: str = "person") -> pl.DataFrame:
    """Levels of every comparison of one kind (Int8, -1 missing), one row per pair.

    `values` as from `match_values`; `pairs` has left and right as row numbers into it. Beside each
    comparison with a frequency stands `<comparison>#`: the hash of the value both sides share, 0
    where they do not.
    """
    chunks = [
        _compare_chunk(values, pairs[start : start + _CHUNK], kind)
        for start in range(0, max(len(pairs), 1), _CHUNK)
    ]
    return pl.concat(chunks)


def _compare_chunk(values: pl.DataFrame, pairs: pl.DataFrame, kind: str) -> pl.DataFrame:
    sides = Sides(values, pairs["left"].to_numpy(), pairs["right"].to_numpy())
    columns: dict[str, npt.NDArray[np.int8] | Hashes] = {}
    for comparison in COMPARISONS[kind]:
        columns[comparison.name] = comparison.grade(sides)
        if comparison.frequency:
            left = sides.of(comparison.frequency)[0]
            shared = sides.equal(comparison.frequency)
            columns[comparison.name + "#"] = np.where(shared, left, 0)
    return pl.DataFrame(columns)
