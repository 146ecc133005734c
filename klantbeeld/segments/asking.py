"""From a reading to what is asked: the words in its slots found in the company's own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Hit
from klantbeeld.segments.periods import is_period
from klantbeeld.segments.questions import Question, Slot
from klantbeeld.segments.sentences import Reading, folded
from klantbeeld.segments.things import Thing, thing, things_called

SHOWN, MOST = 50, 500
CANDIDATES = 12
_ALIKE = 78
_SHORTEST = 4


@dataclass(frozen=True)
class Asked:
    """A question with its slots filled, as far as the words in them mean something here.

    `things` are what a slot of things holds; `keys` the key of a period, choice or topic.
    `customer` is the public id of the one meant, "" when it is not known: `candidates` are then
    those who may be meant (`found` in all) by `name`. `unknown` maps a slot to words that mean
    nothing here. `size` is how many rows are wanted.
    """

    question: Question
    keys: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)
    customer: str = ""
    name: str = ""
    candidates: tuple[Hit, ...] = ()
    found: int = 0
    unknown: Mapping[str, str] = field(default_factory=dict)
    size: int = SHOWN

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed slots that nothing fills."""
        return tuple(s.name for s in self.question.slots if s.is_needed and not self._holds(s))

    def _holds(self, slot: Slot) -> bool:
        return bool(self.customer if slot.kind == "customer" else self.things.get(slot.name))


def from_reading(actor: Actor, reading: Reading, customer: str = "") -> Asked:
    """What a sentence asks. `customer` is the public id of the one on the screen, if any."""
    keys = {s.name: s.default for s in reading.question.slots if s.kind in ("period", "choice")}
    keys |= reading.filled
    things: dict[str, tuple[Thing, ...]] = {}
    unknown: dict[str, str] = {}
    whom = _Whom()
    for slot in reading.question.slots:
        words = reading.words.get(slot.name, "")
        if slot.kind == "customer":
            whom = _Whom(customer) if not words else find_customer(actor, words)
            if words and not whom.public_id and not whom.hits:
                unknown[slot.name] = words
        elif slot.kind == "things" and words:
            things[slot.name] = tuple(things_called(words))
            if not things[slot.name]:
                unknown[slot.name] = words
        elif slot.kind == "topic":
            keys[slot.name] = words
    return Asked(
        reading.question, keys, things, whom.public_id, whom.name, whom.hits, whom.found, unknown
    )


def from_choices(
    actor: Actor, question: Question, chosen: Mapping[str, Sequence[str]], size: int = SHOWN
) -> Asked:
    """What was clicked together: slot name to keys; for a customer a public id, or a name."""
    keys: dict[str, str] = {}
    things: dict[str, tuple[Thing, ...]] = {}
    unknown: dict[str, str] = {}
    whom = _Whom()
    for slot in question.slots:
        picked = [key for key in chosen.get(slot.name, ()) if key]
        first = picked[0] if picked else ""
        if slot.kind == "things":
            things[slot.name] = tuple(t for key in picked if (t := thing(key)) is not None)
        elif slot.kind == "customer":
            name = " ".join(" ".join(chosen.get("name", ())).split())
            whom = _Whom(first) if first else find_customer(actor, name) if name else whom
            if name and not whom.public_id and not whom.hits:
                unknown[slot.name] = name
        else:
            keys[slot.name] = _key(slot, first)
    return Asked(
        question, keys, things, whom.public_id, whom.name, whom.hits, whom.found, unknown,
        max(1, min(size, MOST)),
    )  # fmt: skip


def _key(slot: Slot, picked: str) -> str:
    if slot.kind == "period":
        return picked if is_period(picked) else slot.default
    if slot.kind == "choice":
        return picked if picked in slot.options else slot.default
    return picked


@dataclass(frozen=True)
class _Whom:
    public_id: str = ""
    name: str = ""
    hits: tuple[Hit, ...] = ()
    found: int = 0


def find_customer(actor: Actor, words: str) -> _Whom:
    """The customer called so: the only one found, or the only one with exactly this name."""
    found = profiles.find(actor, words, CANDIDATES)
    hits, total = found.hits, found.total
    if not hits:
        hits = _nearly(actor, words)
        total = len(hits)
    exact = [h for h in hits if folded(h.name) == folded(words)]
    sole = [h for h in hits if len(hits) == 1 and _is_meant(h, words)]
    if len(exact) == 1 or sole:
        one = [*exact, *sole][0]
        return _Whom(to_public("customer", one.customer), one.name)
    return _Whom("", words, hits, total)


def _is_meant(hit: Hit, words: str) -> bool:
    """Whether the only hit may be taken at once: found by a number, or its name begins like it."""
    name = folded(hit.name)
    return hit.matched != "name" or all(
        any(part.startswith(w) for part in name) for w in folded(words)
    )


def _nearly(actor: Actor, words: str) -> tuple[Hit, ...]:
    """Customers whose name differs from these words in a letter or so, the most alike first."""
    parts = folded(words)
    near: dict[int, tuple[float, Hit]] = {}
    for n, word in enumerate(parts):
        if len(word) < _SHORTEST:
            continue
        begun = " ".join([*parts[:n], word[: len(word) // 2 + 1], *parts[n + 1 :]])
        rest = " ".join([*parts[:n], *parts[n + 1 :]])
        for hit in (*profiles.find(actor, begun, 50).hits, *profiles.find(actor, rest, 50).hits):
            name = folded(hit.name)
            likeness = min(max((fuzz.ratio(w, part) for part in name), default=0) for w in parts)
            if likeness >= _ALIKE:
                near[hit.customer] = (likeness, hit)
    best = sorted(near.values(), key=lambda pair: (-pair[0], pair[1].name, pair[1].customer))
    return tuple(hit for _likeness, hit in best[:CANDIDATES])
