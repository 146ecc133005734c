"""The comparisons of `compare` for one pair in plain Python: the same levels, without columns.

Setting up columns for a live record and the few that it meets takes longer than comparing them.
That both ways agree, pair by pair and level by level, is held by tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from . import names
from .compare import COMPARISONS, is_common_mailbox, is_telling
from .contacts import is_mobile
from .firm_levels import FEWEST_PLACES, SPREAD
from .firm_words import A_WORD, ALL, HALF, shared
from .metrics import LEAST_ALIKE
from .mixing import mixed_one
from .model import PLACES, WORDS, Frequencies
from .particulars import best_number
from .plain import Plain, hash_of

Grade = Callable[..., int]
Learnt = Mapping[str, Frequencies]
_NOTHING: Learnt = {}


def _alike(one: str, other: str) -> float:
    """Jaro-Winkler as the columns hold it: in single precision, 0 where it says nothing."""
    return float(np.float32(JaroWinkler.similarity(one, other, score_cutoff=LEAST_ALIKE)))


def _single(bound: float) -> float:
    """A bound as columns in single precision are held against it."""
    return float(np.float32(bound))


_80, _85, _88, _92, _93, _95 = map(_single, (0.80, 0.85, 0.88, 0.92, 0.93, 0.95))


def _is_slip(one: str, other: str) -> bool:
    return int(OSA.distance(one, other, score_cutoff=1)) <= 1


def _begins(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


def _equal(one: str, other: str) -> bool:
    return one == other != ""


def first_name(a: Plain, b: Plain) -> int:
    """See `compare.first_name`."""
    if a.generation and b.generation and a.generation != b.generation:
        return 0
    if not a.initial or not b.initial or _is_lone(a, b):
        return -1
    if a.first and b.first:
        if a.first == b.first or (a.first == b.part and a.part == b.first):
            return 4
        return _first_names(a, b)
    if len(a.initials) > 1 and a.initials == b.initials:
        return 3
    is_by = a.initial == b.initial or _equal(a.initials, b.initials)
    is_by = is_by or (a.first != "" and names.may_begin(a.first, b.initial))
    is_by = is_by or (b.first != "" and names.may_begin(b.first, a.initial))
    if not is_by:
        return 0
    one, other = a.initials, b.initials
    goes_on = not one or not other or one[0] != other[0]
    return 2 if goes_on or one.startswith(other) or other.startswith(one) else 1


def _first_names(a: Plain, b: Plain) -> int:
    """Of two different first names."""
    one, other = a.first, b.first
    likeness = _alike(one, other)
    is_near = likeness >= _92 or _begins(one, other) or names.spelling(one) == names.spelling(other)
    is_near = is_near or (min(len(one), len(other)) >= 6 and _is_slip(one, other))
    if is_near or likeness >= _80:
        at_home = _equal(a.postcode, b.postcode) and _equal(a.house, b.house)
        are_relatives = (is_near or at_home) and _equal(a.part, b.part)
        if are_relatives and not (a.birth and a.birth == b.birth) and names.are_two(one, other):
            is_near = False
            likeness = 0.0 if at_home else likeness
    if (
        is_near
        or names.may_be_one(one, other)
        or _is_nearly_swapped(a, b)
        or _is_among(one, other, a, b)
    ):
        return 3
    return 1 if likeness >= _80 else 0


def _is_nearly_swapped(a: Plain, b: Plain) -> bool:
    if not (a.first and a.part and b.first and b.part) or a.part == b.part:
        return False
    return _alike(a.first, b.part) >= _88 and _alike(a.part, b.first) >= _88


def _is_among(one: str, other: str, a: Plain, b: Plain) -> bool:
    """Whether a name is among the other side's further names."""
    if b.middle and one and one in b.middle.split():
        return True
    return a.middle != "" and other != "" and other in a.middle.split()


def _is_lone(a: Plain, b: Plain) -> bool:
    if not a.part and a.first and a.first == b.part:
        return True
    return not b.part and b.first != "" and b.first == a.part


def surname(a: Plain, b: Plain) -> int:
    """See `compare.surname`."""
    if _is_lone(a, b):
        return 3
    if not a.surname or not b.surname:
        return -1
    if a.surname == b.surname or (_equal(a.first, b.part) and a.part == b.first):
        return 3
    likeness = _alike(a.surname, b.surname)
    if (
        likeness >= _93
        or a.part == b.part
        or _equal(a.part, b.other_part)
        or _equal(a.other_part, b.part)
        or _equal(a.other_part, b.other_part)
        or _is_nearly_swapped(a, b)
        or _is_among(a.part, b.part, a, b)
    ):
        return 2
    return 1 if likeness >= _85 else 0


def birth_date(a: Plain, b: Plain) -> int:
    """See `compare.birth_date`."""
    one, other = a.birth, b.birth
    if not one or not other:
        return -1
    if one == other:
        return 5
    (year, rest), (other_year, other_rest) = divmod(one, 10000), divmod(other, 10000)
    (month, day), (other_month, other_day) = divmod(rest, 100), divmod(other_rest, 100)
    digits = zip(f"{one:08}", f"{other:08}", strict=True)
    if sum(x != y for x, y in digits) == 1:
        return 4
    if year == other_year and month == other_day and day == other_month:
        return 3
    if (year == other_year) + (month == other_month) + (day == other_day) == 2:
        return 2
    return int(year == other_year)


def address(a: Plain, b: Plain) -> int:
    """See `compare.address`."""
    has_postcodes = a.postcode != "" and b.postcode != ""
    has_streets = a.street != "" and b.street != ""
    has_cities = a.city != "" and b.city != ""
    if not (has_postcodes or has_cities or has_streets):
        return -1
    postcode = has_postcodes and a.postcode == b.postcode
    house = _equal(a.house, b.house)
    street = has_streets and a.street == b.street
    city = (has_cities and a.city == b.city) or _equal(a.region, b.region)
    placeless = not has_postcodes and not has_cities
    written = street or (has_streets and _begins(a.street, b.street))
    is_asked = has_streets and not street and house and (postcode or city or placeless)
    if not is_asked:
        written = street
    alike = written or (is_asked and _alike(a.street, b.street) >= _85)
    one_edit = has_postcodes and not postcode and _is_slip(a.postcode, b.postcode)
    by_postcode = postcode and house and (alike or not has_streets)
    by_street = house and ((written and city) or (alike and one_edit))
    if (by_postcode or by_street) and not (a.suffix and b.suffix and a.suffix != b.suffix):
        return 4
    elsewhere = postcode and not (a.region and b.region) and has_streets
    elsewhere = elsewhere and a.house != "" and b.house != ""
    elsewhere = elsewhere and not street and not (house and alike)
    if (postcode and not elsewhere) or (street and city) or (alike and house and placeless):
        return 3
    if one_edit and not elsewhere:
        return 2
    return int(city or elsewhere)


def email(a: Plain, b: Plain) -> int:
    """See `compare.email`."""
    if not a.email or not b.email:
        return -1
    if a.email == b.email:
        return 3
    same_mailbox = _equal(a.mailbox, b.mailbox)
    one_edit = _is_slip(a.email, b.email)
    long_mailbox = same_mailbox and not one_edit and is_telling(a.mailbox)
    is_doubtful = long_mailbox or (one_edit and not same_mailbox)
    if is_doubtful and _is_made_of_names(a, b):
        return -1
    return 2 if one_edit else int(long_mailbox)


def _is_made_of_names(a: Plain, b: Plain) -> bool:
    one, other = a.email.partition("@")[0], b.email.partition("@")[0]
    return any(
        min(len(box), len(name)) >= 3 and (box in name or name in box)
        for box, name in ((one, b.part), (other, a.part), (one, b.first), (other, a.first))
    )


def personal_email(a: Plain, b: Plain) -> int:
    """See `compare.personal_email`."""
    level = email(a, b)
    return 1 if level == 3 and is_common_mailbox(a.email.partition("@")[0]) else level


def phone(a: Plain, b: Plain) -> int:
    """See `compare.phone`."""
    one, other = a.phone, b.phone
    if not one or not other:
        return -1
    if one == other:
        return 3 if is_mobile(one) else 2
    if one == b.other_phone or a.other_phone == other or _equal(a.other_phone, b.other_phone):
        return 2
    if _is_slip(one, other):
        return 1
    is_long = min(len(one), len(other)) >= 7
    return int(is_long and (one.endswith(other) or other.endswith(one) or one[-9:] == other[-9:]))


def number(a: Plain, b: Plain) -> int:
    """See `compare.number`."""
    return 1 if _equal(a.number, b.number) else -1


def organisation(a: Plain, b: Plain, learnt: Learnt = _NOTHING) -> int:
    """See `firm_levels.organisation`."""
    one, other = a.organisation, b.organisation
    if not one or not other:
        return -1
    if one == other:
        return 4
    likeness, words = _alike(one, other), shared(one, other, learnt.get(WORDS))
    if likeness >= _95 or words == ALL:
        return 3
    return 2 if likeness >= _88 or words >= HALF else int(words >= A_WORD)


def branch(a: Plain, b: Plain, learnt: Learnt = _NOTHING) -> int:
    """See `firm_levels.branch`."""
    known = learnt.get(PLACES)
    if known is None:
        return -1
    both = ((at, getattr(a, name), getattr(b, name)) for at, name in enumerate(SPREAD, start=1))
    keys = [mixed_one(at, hash_of(one)) for at, one, other in both if _equal(one, other)]
    if not keys or known.of(np.array(keys)).max() < FEWEST_PLACES:
        return 3 if _equal(a.organisation, b.organisation) else -1
    is_in_house = _equal(a.house, b.house)
    in_postcode = _equal(a.postcode, b.postcode) and (is_in_house or not (a.house and b.house))
    if in_postcode or (_equal(a.street, b.street) and is_in_house):
        return 2
    is_told = a.postcode and b.postcode
    return 0 if is_told or (a.street and b.street and a.house and b.house) else 1


def document(a: Plain, b: Plain) -> int:
    """See `particulars.document`."""
    if not a.documents or not b.documents:
        return -1
    best = 3 if a.documents == b.documents else best_number(a.documents, b.documents)
    return best - 1


def middle(a: Plain, b: Plain) -> int:
    """See `particulars.middle`."""
    if not a.middle or not b.middle:
        return -1
    ours, theirs = a.middle.split(), b.middle.split()
    if not set(ours).isdisjoint(theirs):
        return 2
    return int(any(_is_slip(one, other) for one in ours for other in theirs))


def national(a: Plain, b: Plain) -> int:
    """See `particulars.national`."""
    if not a.national or not b.national:
        return -1
    return max(0, 3 - int(OSA.distance(a.national, b.national, score_cutoff=2)))


def _same(name: str) -> Grade:
    def same(a: Plain, b: Plain) -> int:
        one, other = getattr(a, name), getattr(b, name)
        return int(one == other) if one and other else -1

    return same


def _nearly(name: str) -> Grade:
    """See `particulars.alike`."""

    def grade(a: Plain, b: Plain) -> int:
        one, other = getattr(a, name), getattr(b, name)
        if not one or not other:
            return -1
        if one == other:
            return 2
        is_held = len(one) > 3 < len(other) and (one in other or other in one)
        return int(is_held or _alike(one, other) >= _92)

    return grade


_GRADES: dict[str, Grade] = {
    "first_name": first_name, "surname": surname, "birth_date": birth_date, "address": address,
    "email": email, "phone": phone, "number": number,
    "document": document, "middle_names": middle, "national_id": national,
    "birth_place": _nearly("birthplace"), "profession": _nearly("profession"),
    "locality": _nearly("locality"), "organisation": organisation, "branch": branch,
}  # fmt: skip
_OF_KIND: dict[str, dict[str, Grade]] = {"person": {"email": personal_email}, "organisation": {}}
GRADES: dict[str, tuple[Grade, ...]] = {
    kind: tuple(
        own.get(one.name) or _GRADES.get(one.name) or _same(one.name) for one in COMPARISONS[kind]
    )
    for kind, own in _OF_KIND.items()
}


def grades_of(kind: str, learnt: Learnt = _NOTHING) -> tuple[Callable[[Plain, Plain], int], ...]:
    """How each comparison of a kind grades a pair; `learnt` as `compare` takes it."""
    if kind != "organisation":
        return GRADES[kind]
    by_learnt = {organisation: partial(organisation, learnt=learnt),
                 branch: partial(branch, learnt=learnt)}  # fmt: skip
    return tuple(by_learnt.get(grade, grade) for grade in GRADES[kind])


def levels_of(one: Plain, other: Plain, learnt: Learnt = _NOTHING) -> tuple[int, ...]:
    """The level of every comparison of their kind, in the order of `COMPARISONS`."""
    return tuple([grade(one, other) for grade in grades_of(one.kind, learnt)])
