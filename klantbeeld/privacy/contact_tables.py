"""May we contact these people? Verdicts of very many at once: a lazy frame in, a lazy frame out.

No second telling of the law. What the rules ask of a person has few answers: whether the last
purchase is less than three years ago, not on which day it was. So the facts of each person come
down to one number, the few different ones are judged by `contact.may_contact`, and each person
gets the verdict of his number. A test holds it equal to the single verdict for every case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import narwhals as nw

from klantbeeld.core.clock import date_to_day, day_to_date
from klantbeeld.privacy.contact import EUROPEAN, PROFILES, Verdict, may_contact
from klantbeeld.privacy.contact_law.facts import ContactFacts
from klantbeeld.privacy.contact_law.questions import CONSENT_AGE, months_later

Frame = nw.LazyFrame[Any]

VERDICT = ("answer", "reason", "rule")
# A value that no rule knows makes the whole number negative: nobody is judged by a guess.
_STRANGE = -1
_ELSEWHERE, _IN_EUROPE = "ZZ", "PL"
_NAMED = tuple(sorted({c for c in (*PROFILES, *CONSENT_AGE) if len(c) == 2} - {"EU"}))
_YES_NO = (None, True, False)
_SURE = (False, True)
_DEAL_MONTHS, _INQUIRY_MONTHS = (18, 36), (3,)


@dataclass(frozen=True, slots=True)
class Part:
    """One fact as a column: the values that rules tell apart, and where a value stands in them.

    `place` gives the expression of that place, None for a value looked up as it is.
    """

    values: tuple[Any, ...]
    place: Callable[[nw.Expr, ContactFacts], nw.Expr] | None = None
    of_place: Callable[[int, ContactFacts], Any] | None = None


def _country(column: nw.Expr, asked: ContactFacts) -> nw.Expr:
    known = _among(column, _NAMED, len(_NAMED) + 1)
    is_european = column.is_in([*EUROPEAN, "EU"]) & ~column.is_in(list(_NAMED))
    return nw.when(is_european).then(nw.lit(len(_NAMED))).otherwise(known)


def _region(column: nw.Expr, asked: ContactFacts) -> nw.Expr:
    return _among(column.fill_null(""), ("", "CA"), 2)


def _age(column: nw.Expr, asked: ContactFacts) -> nw.Expr:
    clipped = column.cast(nw.Int64).clip(_YOUNGEST, _ADULT) - (_YOUNGEST - 1)
    return clipped.fill_null(0)


def _since(column: nw.Expr, asked: ContactFacts) -> nw.Expr:
    today = date_to_day(asked.day)
    place = nw.when(column <= today).then(nw.lit(1)).otherwise(nw.lit(2))
    return nw.when(column.is_null()).then(nw.lit(0)).otherwise(place)


def _first_within(asked: ContactFacts, months: int) -> int:
    """The earliest day that is at most so many months before the day asked about."""
    day = date_to_day(asked.day) - months * 31 - 5
    while months_later(day_to_date(day), months) < asked.day:
        day += 1
    return day


def _ago(months: tuple[int, ...]) -> Callable[[nw.Expr, ContactFacts], nw.Expr]:
    """The shortest of these terms within which a day lies: 1 for the first, and so on."""

    def place(column: nw.Expr, asked: ContactFacts) -> nw.Expr:
        found = nw.lit(len(months) + 1)
        for n, term in reversed(list(enumerate(months, 1))):
            is_within = column >= _first_within(asked, term)
            found = nw.when(is_within).then(nw.lit(n)).otherwise(found)
        return nw.when(column.is_null()).then(nw.lit(0)).otherwise(found)

    return place


def _day_ago(months: tuple[int, ...]) -> Callable[[int, ContactFacts], date | None]:
    def day(place: int, asked: ContactFacts) -> date | None:
        if not place:
            return None
        if place <= len(months):
            return day_to_date(_first_within(asked, months[place - 1]))
        return day_to_date(_first_within(asked, months[-1]) - 1)

    return day


_YOUNGEST, _ADULT = min(CONSENT_AGE.values()) - 1, max(*CONSENT_AGE.values(), 16)
_AGES = (None, *range(_YOUNGEST, _ADULT + 1))
PARTS: Mapping[str, Part] = {
    "country": Part((*_NAMED, _IN_EUROPE, _ELSEWHERE), _country),
    "region": Part(("", "CA", "TX"), _region),
    "kind": Part(("unknown", "natural", "sole_trader", "partnership", "legal")),
    "age": Part(_AGES, _age),
    "is_deceased": Part(_SURE),
    "consent": Part(("unknown", "pending", "expired", "granted", "denied", "withdrawn")),
    "consent_how": Part((None, "opt_in", "double_opt_in", "written", "oral", "source",
                         "pre_ticked", "silence", "bundled", "reasoned")),
    "has_proof": Part(_YES_NO),
    "by_guardian": Part(_YES_NO),
    "has_objected": Part(_SURE),
    "is_restricted": Part(_SURE),
    "do_not_contact": Part(_SURE),
    "opted_out_of_sharing": Part(_SURE),
    "on_phone_register": Part(_YES_NO),
    "on_post_register": Part(_YES_NO),
    "is_customer": Part(_YES_NO),
    "is_current": Part(_YES_NO),
    "customer_since": Part((None, 0, 1), _since, lambda place, asked: (
        day_to_date(date_to_day(asked.day) + place - 1) if place else None)),
    "last_deal": Part((None, 1, 2, 3), _ago(_DEAL_MONTHS), _day_ago(_DEAL_MONTHS)),
    "last_inquiry": Part((None, 1, 2), _ago(_INQUIRY_MONTHS), _day_ago(_INQUIRY_MONTHS)),
    # Whether what is offered was bought before.
    "bought": Part(_SURE, None, lambda place, asked: frozenset((asked.offered,) * place)),
    "is_similar": Part(_YES_NO),
    "obtained_by_sender": Part(_YES_NO),
    "obtained_through": Part((None, "sale", "gift", "volunteering", "event", "enquiry",
                              "published", "third_party")),
    "opt_out_at_collection": Part(_YES_NO),
    "is_published": Part(_YES_NO),
    "is_generic": Part(_YES_NO),
    "concerns_business": Part(_YES_NO),
}  # fmt: skip


def verdicts(people: Frame, names: tuple[str, ...], asked: ContactFacts) -> Frame:
    """`people` with three columns more: answer, reason and rule of each verdict.

    `names` are the facts that `people` has as columns, each of `PARTS`; what is not a column is
    the same for all and stands in `asked`, as do channel, purpose, day and sender. Days are days
    since 1970-01-01 (nullable integers), `age` is in years, `bought` a boolean: whether what
    `asked.offered` names was bought before. Raises ValueError for a value that no rule knows.
    """
    coded = _coded(people, names, asked)
    held = coded.select("_code").unique().collect()["_code"].to_list()
    told = {code: _verdict(int(code), names, asked) for code in held}
    columns = {name: _told(told, name) for name in VERDICT}
    return coded.with_columns(**columns).drop("_code")


@lru_cache(maxsize=100_000)
def _verdict(code: int, names: tuple[str, ...], asked: ContactFacts) -> Verdict:
    return may_contact(_facts(code, names, asked))


def judged_apart() -> int:
    """How many different cases were judged so far: what measures of speed go with."""
    return _verdict.cache_info().currsize


def _told(told: Mapping[int, Verdict], name: str) -> nw.Expr:
    if not told:
        return nw.lit("")
    answers = {code: getattr(verdict, name) for code, verdict in told.items()}
    return nw.col("_code").replace_strict(answers, return_dtype=nw.String)


def _among(column: nw.Expr, values: tuple[Any, ...], other: int) -> nw.Expr:
    """Where a value stands among these; `other` for one that is not, null for null."""
    found = nw.lit(other)
    for place, value in enumerate(values):
        if value is not None:
            found = nw.when(column == value).then(nw.lit(place)).otherwise(found)
    return found


def _place(name: str, asked: ContactFacts) -> nw.Expr:
    part, column = PARTS[name], nw.col(name)
    if part.place is not None:
        return part.place(column, asked).cast(nw.Int64)
    empty = part.values.index(None) if None in part.values else _STRANGE
    known = _among(column, part.values, _STRANGE)
    return nw.when(column.is_null()).then(nw.lit(empty)).otherwise(known).cast(nw.Int64)


def _coded(people: Frame, names: tuple[str, ...], asked: ContactFacts) -> Frame:
    """`people` with all places in one number, the first name's weighing most."""
    places = {f"_{name}": _place(name, asked) for name in names}
    weight, weighed = 1, [nw.lit(0).cast(nw.Int64)]
    for name in reversed(names):
        weighed.append(nw.col(f"_{name}") * weight)
        weight *= len(PARTS[name].values)
    code = nw.sum_horizontal(*weighed)
    if names:
        is_known = nw.min_horizontal(*(nw.col(name) for name in places)) >= 0
        code = nw.when(is_known).then(code).otherwise(nw.lit(_STRANGE))
    # In two steps: an expression that holds another several times grows with each.
    return people.with_columns(**places).with_columns(_code=code).drop(*places)


def _facts(code: int, names: tuple[str, ...], asked: ContactFacts) -> ContactFacts:
    """Facts that get the same verdict as those of everybody with this number."""
    if code < 0:
        raise ValueError("There is a fact among these that no rule knows.")
    found: dict[str, Any] = {}
    for name in reversed(names):
        part = PARTS[name]
        code, place = divmod(code, len(part.values))
        of_place = part.of_place
        found[name] = part.values[place] if of_place is None else of_place(place, asked)
    return replace(asked, **found)
