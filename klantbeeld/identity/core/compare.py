"""Comparing pairs field by field: a level per comparison, -1 where a value is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from . import shapes
from .coded import FEW, hash_text, mapped
from .contacts import are_mobile
from .firm_levels import SPREAD, branch, organisation
from .metrics import (
    Metric,
    Signatures,
    begins,
    ends,
    holds,
    jaro_winkler,
    long_slip,
    parts,
    slip,
)
from .names import IN_SETS, are_two, initials_by_set, may_be_one, may_begin, spelling
from .particulars import alike, document, is_among, is_lone, middle, national, other_generation
from .sides import Flags, Hashes, Levels, Sides, Texts, graded

if TYPE_CHECKING:
    from .model import Frequencies


def first_name(sides: Sides) -> Levels:
    """Other / alike / initial agrees / near or nickname / equal or swapped with the surname."""
    both = sides.both("first")
    equal = sides.equal("first") | (sides.equal("first", "part") & sides.equal("part", "first"))
    unequal = both & ~equal
    likeness = sides.similar("first", unequal, jaro_winkler(0.80))
    near = unequal & (likeness >= 0.92)
    for metric in (begins, long_slip, _one_spelling):
        near |= unequal & (sides.similar("first", unequal & ~near, metric) > 0)
    # Of one surname and not of one day: relatives, where both are names that people have.
    at_home = sides.equal("postcode") & sides.equal("house")
    relatives = (near | (at_home & (likeness >= 0.80))) & sides.equal("part")
    two = sides.similar("first", relatives & ~sides.equal("birth"), _are_two) > 0
    near, likeness = near & ~two, np.where(two & at_home, 0, likeness)
    near |= unequal & (sides.similar("first", unequal & ~near, _may_be_one) > 0)
    near |= _nearly_swapped(sides, unequal & ~near)
    near |= is_among(sides, "first", unequal & ~near)
    all_initials = sides.holds("initials", ~both & sides.equal("initials"), _are_several)
    by_initial = ~both & (sides.equal("initial") | sides.equal("initials"))
    by_initial |= _of_a_nickname(sides, ~both & ~by_initial & sides.both("initial"))
    other = by_initial & (sides.similar("initials", by_initial & sides.both("initials"), parts) < 0)
    missing = ~sides.both("initial") | is_lone(sides)
    similar = (likeness >= 0.80) | other
    levels = graded(missing, similar, by_initial & ~other, near | all_initials, equal)
    return np.where(other_generation(sides), np.int8(0), levels)


def _of_a_nickname(sides: Sides, where: Flags) -> Flags:
    """Where an initial may be that of the name which the other side's first name is short for."""
    left, right = (where & (first != 0) for first in sides.of("first"))
    found: Flags = sides.similar("first", left, _may_begin, "initial") > 0
    found |= sides.similar("initial", right, _may_begin_back, "first") > 0
    return found


def _begin(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return np.array(list(map(may_begin, left, right)), dtype=np.float32)


def _begin_back(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return _begin(right, left)


def _initials(texts: pl.Series) -> Signatures:
    """The initials that names may have by their nicknames, and initials themselves: a bit each."""
    initials = (initials_by_set(text) if text else "" for text in texts.to_list())
    return np.array([sum({1 << ord(one) % 64 for one in own}) for own in initials], dtype=np.uint64)


def _are_several(initials: pl.Series) -> pl.Series:
    return initials.str.len_bytes() > 1


def _are_two(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return np.array(list(map(are_two, left, right)), dtype=np.float32)


def _nicknames(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    return np.array(list(map(may_be_one, left, right)), dtype=np.float32)


def _nickname_sets(texts: pl.Series) -> Signatures:
    """The sets of nicknames that names are in, a bit for each (sets may share one)."""
    sets = (IN_SETS.get(text, ()) for text in texts.to_list())
    return np.array([sum({1 << at % 64 for at in own}) for own in sets], dtype=np.uint64)


def _share_a_set(left: Signatures, right: Signatures) -> Flags:
    shared: Flags = (left & right) != 0
    return shared


def _spelt_alike(left: list[str], right: list[str]) -> npt.NDArray[np.float32]:
    pairs = zip(left, right, strict=True)
    return np.array([spelling(a) == spelling(b) for a, b in pairs], dtype=np.float32)


def _spellings(texts: pl.Series) -> Signatures:
    """A signature of how names sound: 'candace' and 'kandace' have one."""
    return hash_text(mapped(texts, spelling, shapes.spelling)).view(np.uint64)


_one_spelling = Metric(_spelt_alike, _spellings, np.equal)
_may_be_one = Metric(_nicknames, _nickname_sets, _share_a_set)
_may_begin = Metric(_begin, _initials, _share_a_set)
_may_begin_back = Metric(_begin_back, _initials, _share_a_set)


def _nearly_swapped(sides: Sides, where: Flags) -> Flags:
    """First name and surname changed places, with a slip of the pen in one or both."""
    # Of one surname nothing was swapped.
    where = where & sides.both("first") & sides.both("part") & ~sides.equal("part")
    alike = jaro_winkler(0.88)
    there = sides.similar("first", where, alike, "part") >= 0.88
    back = sides.similar("part", there, alike, "first")
    return there & (back >= 0.88)


def surname(sides: Sides) -> Levels:
    """Other / alike / near or sharing a part / equal or swapped with the first name."""
    both = sides.both("surname")
    swapped = sides.equal("first", "part") & sides.equal("part", "first")
    lone = is_lone(sides)
    equal = sides.equal("surname") | swapped | lone
    unequal = both & ~equal
    likeness = sides.similar("surname", unequal, jaro_winkler(0.85))
    shares = sides.equal("part") | sides.crosswise("part", "other_part") | sides.equal("other_part")
    near = unequal & ((likeness >= 0.93) | shares)
    near |= _nearly_swapped(sides, unequal & ~near)
    near |= is_among(sides, "part", unequal & ~near)
    return graded(~(both | lone), likeness >= 0.85, near, equal)


def birth_date(sides: Sides) -> Levels:
    """Other / same year / two of three parts / day and month swapped / one digit / equal."""
    both, equal = sides.both("birth"), sides.equal("birth")
    unequal = np.flatnonzero(both & ~equal)
    left, right = (side[unequal].astype(np.int32) for side in sides.of("birth"))
    same_year = left // 10000 == right // 10000
    month, day = left // 100 % 100, left % 100
    other_month, other_day = right // 100 % 100, right % 100
    parts = same_year.astype(np.int8) + (month == other_month) + (day == other_day)
    swapped = same_year & (month == other_day) & (day == other_month)
    digits = np.zeros(len(unequal), dtype=np.int8)
    for place in range(8):
        digits += left // 10**place % 10 != right // 10**place % 10
    level = graded(~both, equal, equal, equal, equal, equal)
    level[unequal] = graded(digits == 0, same_year, parts == 2, swapped, digits == 1)
    return level


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
    written_alike = written | (
        sides.similar("street", unequal & ~written, jaro_winkler(0.85)) >= 0.85
    )
    one_edit = sides.similar("postcode", postcodes & ~postcode, slip) > 0
    by_postcode = postcode & house & (written_alike | ~streets)
    by_street = house & ((written & city) | (written_alike & one_edit))
    full = (by_postcode | by_street) & ~(sides.both("suffix") & ~sides.equal("suffix"))
    # A postcode of a whole town (no region is known in it) does not make two streets one place.
    elsewhere = postcode & ~sides.both("region") & streets & sides.both("house")
    elsewhere &= ~street & ~(house & written_alike)
    part = (postcode & ~elsewhere) | (street & city) | (written_alike & house & placeless)
    near = one_edit & ~elsewhere
    return graded(~(postcodes | sides.both("city") | streets), city | elsewhere, near, part, full)


def email(sides: Sides) -> Levels:
    """Other / same local part elsewhere / one edit / equal.

    Mailboxes made of a name are alike where the names are, which says nothing more: missing. Only
    a slip of the pen in the host of the same mailbox still does.
    """
    both, equal = sides.both("email"), sides.equal("email")
    same_mailbox = both & ~equal & sides.equal("mailbox")
    one_edit = sides.similar("email", both & ~equal, slip) > 0
    long_mailbox = sides.holds("mailbox", same_mailbox & ~one_edit, _are_telling)
    doubtful = long_mailbox | (one_edit & ~same_mailbox)
    by_name = _is_made_of(sides, "part", doubtful) | _is_made_of(sides, "first", doubtful)
    return graded(~both | by_name, long_mailbox, one_edit, equal)


def personal_email(sides: Sides) -> Levels:
    """As `email`, for persons: a mailbox of a function ('info@') names nobody in particular."""
    levels = email(sides)
    by_function = sides.holds("mailbox", levels == 3, _are_common)
    return np.where(by_function, np.int8(1), levels)


def is_common_mailbox(mailbox: str) -> bool:
    """Whether a mailbox names nobody in particular."""
    return mailbox in _COMMON_MAILBOXES


def _are_common(mailboxes: pl.Series) -> pl.Series:
    return mailboxes.is_in(_COMMON_MAILBOXES)


def _is_made_of(sides: Sides, name: str, where: Flags) -> Flags:
    """Where a mailbox holds the other side's name."""
    left, right = (where & (known != 0) for known in sides.of(name))
    there = sides.similar("mailbox", right, holds, name)
    back = sides.similar(name, left, holds, "mailbox")
    made: Flags = (there > 0) | (back > 0)
    return made


# Mailboxes that many hosts have.
_COMMON_MAILBOXES = (
    "info", "contact", "mail", "post", "sales", "verkoop", "administratie", "admin", "office",
)  # fmt: skip


def is_telling(mailbox: str) -> bool:
    """Whether a mailbox says something of its own, whatever its host."""
    return len(mailbox) >= 6 and not is_common_mailbox(mailbox)


def _are_telling(mailboxes: pl.Series) -> pl.Series:
    return (mailboxes.str.len_chars() >= 6) & ~_are_common(mailboxes)


def phone(sides: Sides) -> Levels:
    """Other / one edit / equal, fixed line / equal, mobile; the best of all numbers known.

    Without its area or country code a number is as good as with a slip of the pen.
    """
    both = sides.both("phone")
    equal = sides.equal("phone")
    across = sides.crosswise("phone", "other_phone")
    other = sides.equal("other_phone")
    one_edit = sides.similar("phone", both & ~equal, slip) > 0
    one_edit |= sides.similar("phone", both & ~equal & ~one_edit, ends) > 0
    mobile = sides.holds("phone", equal, are_mobile)
    return graded(~both, one_edit, equal | across | other, mobile)


def _same(name: str) -> Callable[[Sides], Levels]:
    def same(sides: Sides) -> Levels:
        return graded(~sides.both(name), sides.equal(name))

    same.__doc__ = f"Other / equal {name}."
    return same


def number(sides: Sides) -> Levels:
    """Other / equal customer number of the same namespace; other namespaces cannot be compared."""
    return graded(~sides.equal("number"), sides.equal("number"))


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
# Compared where a table knows them, in the order in which an explanation shows them.
_TEXT = ("other", "near", "equal")
_DOCUMENT = Comparison("document", _TEXT, document, ("documents",))
PARTICULARS = (
    _DOCUMENT,
    Comparison("middle_names", _TEXT, middle, ("middle",)),
    Comparison("national_id", ("other", "alike", "near", "equal"), national, ("national",)),
    *(
        Comparison(name, _TEXT, alike(column), (column,), column)
        for name, column in (
            ("birth_place", "birthplace"),
            ("profession", "profession"),
            ("locality", "locality"),
        )
    ),
)
PERSON_COMPARISONS = (
    Comparison("first_name", _FIRST, first_name, ("first", "initials"), "first"),
    Comparison("surname", ("other", "alike", "near", "equal"), surname, ("surname",), "surname"),
    Comparison("birth_date", _BIRTH, birth_date, ("birth",)),
    *(replace(one, grade=personal_email) if one.name == "email" else one for one in _SHARED),
    *_identifiers("gender", "login", "loyalty", "iban"),
    *PARTICULARS,
)
_NAME_LEVELS = ("other", "word", "alike", "near", "equal")
ORGANISATION_COMPARISONS = (
    Comparison("organisation", _NAME_LEVELS, organisation, ("organisation",), "organisation"),
    *_SHARED,
    *_identifiers("kvk", "vat", "domain", "iban"),
    _DOCUMENT,
    Comparison("branch", ("elsewhere", "anywhere", "here", "own"), branch, _ADDRESS_SHOWN),
)
COMPARISONS = {"person": PERSON_COMPARISONS, "organisation": ORGANISATION_COMPARISONS}

# Pairs compared at once: bounds the memory, the values of both sides lie side by side.
_CHUNK = 100_000


def compare(
    values: pl.DataFrame,
    pairs: pl.DataFrame,
    kind: str = "person",
    learnt: Mapping[str, Frequencies] | None = None,
) -> pl.DataFrame:
    """Levels of every comparison of one kind (Int8, -1 missing), one row per pair.

    `values` as from `match_values`; `pairs` has left and right as row numbers into it; `learnt` is
    what a model knows of values beforehand (`Parameters.frequencies`). Beside each
    comparison with a frequency stands `<comparison>#`: the hash of the value both sides share, 0
    where they do not; it is left out where the table lacks the value.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    # What is made for every row pays where the pairs are many as well.
    pays = len(pairs) > max(FEW, len(values) // 2)
    shared = Texts(values) if pays else None
    columns = _nothing(values, len(pairs), kind)
    sides = None
    for start in range(0, len(pairs), _CHUNK):
        part = slice(start, start + _CHUNK)
        sides = Sides(values, left[part], right[part], shared, learnt)
        for comparison in COMPARISONS[kind]:
            if not _is_told(values, comparison):
                continue
            columns[comparison.name][part] = comparison.grade(sides)
            if comparison.name + "#" in columns:
                equal = sides.equal(comparison.frequency)
                columns[comparison.name + "#"][part] = sides.of(comparison.frequency)[0] * equal
    del shared, sides
    return pl.DataFrame([pl.Series(name, columns.pop(name)) for name in list(columns)])


def _nothing(values: pl.DataFrame, size: int, kind: str) -> dict[str, Levels | Hashes]:
    """The columns of `compare` in which nothing could be compared."""
    columns: dict[str, Levels | Hashes] = {}
    for comparison in COMPARISONS[kind]:
        columns[comparison.name] = np.full(size, -1, dtype=np.int8)
        if comparison.frequency and comparison.frequency + "#" in values.columns:
            columns[comparison.name + "#"] = np.zeros(size, dtype=np.int64)
    return columns


def _is_told(values: pl.DataFrame, comparison: Comparison) -> bool:
    """Whether the table has anything to compare; of other generations names are never equal."""
    asked = SPREAD if comparison.name == "branch" else (*comparison.shown, "generation")
    return any(name + "#" in values.columns for name in asked)
