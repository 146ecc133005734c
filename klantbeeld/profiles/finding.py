"""Finding customers by anything that is known of them, exact things first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from klantbeeld.accounts.reads import visible, within
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.profiles import search
from klantbeeld.profiles.asked import PARTICLES, Asked, asked
from klantbeeld.profiles.names import STAND_INS, address_line
from klantbeeld.profiles.queries import Condition
from klantbeeld.profiles.words import ADDRESS, ENDING, MAIL, PART, PHONE
from klantbeeld.timeline import reads as timeline

# Fields that a role must see before words behind these marks are asked for.
_MARKED: Mapping[str, tuple[str, ...]] = {
    "email": (MAIL, PART), "phone": (PHONE, ENDING), "street": (ADDRESS,),
}  # fmt: skip
CANDIDATES = 200
_NUMBER_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer found. `matched` says on what: name, email, phone, address, number, or what a
    number is the number of (order, quote, case …); `matched_text` is what was typed.
    """

    customer: int
    public_id: str
    name: str
    kind: str
    group: str
    city: str
    detail: str = ""
    matched: str = "name"
    matched_text: str = ""


@dataclass(frozen=True)
class Found:
    """Hits, best first. `total` is counted up to `CANDIDATES`; with `is_capped` there are more."""

    text: str
    hits: tuple[Hit, ...]
    total: int
    is_capped: bool = False


def marks_of(actor: Actor) -> frozenset[str]:
    """The marks of words that this actor may search by."""
    seen = visible(actor, dict.fromkeys(_MARKED))
    return frozenset(mark for name in seen for mark in _MARKED[name])


def shown_name(name: str, data: Mapping[str, Any], allowed: Collection[str]) -> str:
    """The name, unless it is a stand-in (an e-mail address …) that the role may not see."""
    hidden = (data[f] for f in STAND_INS if f in data and f not in allowed)
    return "" if any(str(value) == name for value in hidden) else name


def customers_with(actor: Actor, text: str) -> Condition:
    """The condition of being a customer who meets every word."""
    question = asked(text, marks_of(actor))
    numbered = [customer for customer, _ in _numbered(actor, question)]
    meeting, words = search.meeting(question.wider)
    return Condition(
        f"customer_id IN ({meeting} UNION ALL {bulk.members('bigint')})",
        (*words, bulk.packed(numbered)),
    )


def in_reach(actor: Actor) -> Condition | None:
    """The condition of being a customer whom the actor reaches; None when that is everybody."""
    allowed = within(actor)
    if allowed is None:
        return None
    return Condition(f"customer_id IN ({allowed.sql})", allowed.params, is_passing=True)


def find(actor: Actor, text: str, limit: int) -> Found:
    """The best hits for what was typed."""
    question = asked(text, marks_of(actor))
    if not question.groups:
        return Found(text, (), 0)
    numbered = dict(_numbered(actor, question))
    among = within(actor)
    whole = search.matching(question.exact, CANDIDATES, among)
    named = _by_sort_key(question, in_reach(actor) or Condition("1 = 1"))
    # Enough whole words make beginnings superfluous, which of common words are slow to gather.
    enough = len(whole) >= CANDIDATES
    begun = [] if enough else search.matching(question.groups, CANDIDATES, among)
    candidates = list(dict.fromkeys([*numbered, *whole, *named, *begun]))
    best = _best(question, candidates, numbered, set(whole))[:limit]
    # Streets are many and often called after people: they come last, where there is room.
    living = search.matching(question.wider, CANDIDATES, among) if len(best) < limit else []
    there = set(candidates)
    candidates += [customer for customer in living if customer not in there]
    best += _best(question, candidates[len(there) :], {}, set())[: limit - len(best)]
    is_capped = enough or CANDIDATES in (len(begun), len(living))
    total = CANDIDATES if is_capped else len(candidates)
    return Found(text, tuple(_hits(actor, question, best, numbered)), total, is_capped)


def hits_of(actor: Actor, customers: Sequence[int]) -> list[Hit]:
    """These customers as hits, in this order."""
    return _hits(actor, asked("", marks_of(actor)), customers, {})


def _numbered(actor: Actor, question: Asked) -> list[tuple[int, str]]:
    """Customers of orders, quotes, cases … with this number, and what it is the number of."""
    number = question.number
    if len(number) < _NUMBER_LENGTH or not any(c.isdigit() for c in number):
        return []
    found = timeline.by_number(actor, number)
    owners = identity.customers_of(actor, [record for record, _ in found])
    return [(owners[record], kind) for record, kind in found if record in owners]


def _by_sort_key(question: Asked, allowed: Condition) -> list[int]:
    """Customers whose surname begins with what was typed, in the order of the alphabet."""
    words = [w for w in question.names if w not in PARTICLES]
    if len(words) != 1 or len(question.groups) != len(question.names):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id FROM profiles_profile WHERE sort_key >= %s AND sort_key < %s"
            f" AND {allowed.sql} ORDER BY sort_key, customer_id LIMIT %s",
            [words[0], words[0] + "\U0010ffff", *allowed.params, CANDIDATES // 4],
        )
        found = [row[0] for row in cursor.fetchall()]
    if len(question.names) == 1:
        return found
    meeting = search.documents(found)
    particles = set(question.names) - set(words)
    return [c for c in found if particles <= set(meeting.get(c, "").split())]


_SLIM = (
    'SELECT customer_id, sort_key, "group", revenue_minor, last_contact_at FROM profiles_profile'
    " WHERE"
)


def _best(
    question: Asked, candidates: Sequence[int], numbered: Mapping[int, str], whole: set[int]
) -> list[int]:
    """Candidates in order: numbers first, then whole words, then surnames, then active ones."""
    start = next((w for w in question.names if w not in PARTICLES), "\0")
    ranked = [
        (
            customer not in numbered, customer not in whole, not key.startswith(start),
            group != "active", -revenue, -contact, key, customer,
        )
        for customer, key, group, revenue, contact in bulk.rows_where(
            _SLIM, "customer_id", candidates
        )
    ]  # fmt: skip
    return [row[-1] for row in sorted(ranked)]


_BY_MARK = {MAIL: "email", PART: "email", PHONE: "phone", ENDING: "phone", ADDRESS: "address"}


def _matched(question: Asked, words: str) -> str:
    """On what kind of word a customer was found; of several kinds the most telling one."""
    held = words.split()
    found = set()
    for group in question.groups:
        for term in group:
            if any(w == term.word or (term.is_beginning and w.startswith(term.word)) for w in held):
                plain = "number" if any(c.isdigit() for c in term.word) else "name"
                found.add(_BY_MARK.get(term.word[0], plain))
                break
    if question.matched == "name" and "name" in found:
        return "name"
    order = ("email", "phone", "address", "number", "name")
    return next((kind for kind in order if kind in found), question.matched)


def _hits(
    actor: Actor, question: Asked, best: Sequence[int], numbered: Mapping[int, str]
) -> list[Hit]:
    rows = bulk.rows_where(
        f'SELECT customer_id, name, kind, "group", city, {bulk.json_text("data")}'
        " FROM profiles_profile WHERE",
        "customer_id", best,
    )  # fmt: skip
    golden = {row[0]: json.loads(row[-1]) for row in rows}
    words = search.documents(best)
    keys = {key for data in golden.values() for key in data}
    allowed = set(visible(actor, dict.fromkeys(keys)))
    hits = {}
    for customer, name, kind, group, city, _ in rows:
        seen = {k: v for k, v in golden[customer].items() if k in allowed}
        detail = " · ".join(p for p in (address_line(seen), str(seen.get("email") or "")) if p)
        hits[customer] = Hit(
            customer, to_public("customer", customer),
            shown_name(name, golden[customer], allowed), kind, group, city, detail,
            numbered.get(customer) or _matched(question, words.get(customer, "")),
            question.text.strip(),
        )  # fmt: skip
    return [hits[customer] for customer in best if customer in hits]
