"""Reading a sentence: which question it is, and which words stand in its slots.

No model and no guessing: a form fits when all its words are there (in any order, in any spelling
that differs by a letter or so), and every other word stands in a slot. Of several forms the one
that explains most words counts. Pure: texts in, readings out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import polars as pl
from rapidfuzz.distance import OSA

from klantbeeld.quality.tables import fold
from klantbeeld.segments.periods import period_in
from klantbeeld.segments.questions import QUESTIONS, Form, Question

LONGEST = 200
_TEMPLATE = re.compile(r"\{(\w+)\}|\(([^)]*)\)|(\S+)")
# What means the same in every form; the first word is the one that forms use.
_SYNONYMS = (
    "kocht kochten koopt kopen gekocht bestelde bestelden bestelt besteld aangeschaft",
    "bought buys buy purchased ordered", "buy bought order purchase", "wie welke", "who whom which",
    "niets niks", "laatst laatste", "last latest", "zonder geen", "meest meeste",
    "geeft gaf geven besteedt", "levert brengt", "beste top grootste", "best top biggest largest",
    "spends spend spent", "anything something", "opent opende openen geopend leest lezen gelezen",
    "opens opened reads open read", "nieuwsbrief nieuwsbrieven mailing mailings",
    "newsletter newsletters mailing mailings", "onderwerpen onderwerp themas thema",
    "topics topic themes subjects", "never not", "without no", "lezers lezer", "readers reader",
    "klikt klikte klikken geklikt", "clicks clicked click", "bellen opbellen belt bel",
    "call phone ring", "mailen mail emailen", "mail email write",
    "sprak spraken spreken gesproken belde gebeld", "spoke spoken speak talked talk",
    "agreed agree", "klaagde geklaagd klagen klacht klachten",
    "complain complained complaint complaints", "dubbele dubbelen dubbel",
    "duplicate duplicates double doubles", "foute verkeerde onjuiste", "wrong invalid bad",
    "dreigt dreigen dreig", "vertrekt vertrekken", "haakt haken", "gaat gaan",
    "leaving leaves quitting", "moet moeten", "zal zullen", "should shall", "heeft hebben heb",
    "klanten klant", "customers customer clients", "may can", "contact reach approach",
    "benaderen contacten", "worden zijn", "did does do", "loopt lopen loop", "weg vandoor",
    "mag kan mogen kunnen", "afgesproken afspraak afspraken",
    "aankoop aankopen bestelling bestellingen", "purchase order", "purchases orders", "over about",
    "i we", "ik we wij",
)  # fmt: skip


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say nothing by themselves; beside a name they are left off at the ends.
FILLERS = _set(
    "de het een en maar er nog ook eens dan toch al graag mij me ik heb hebben heeft is zijn was "
    "mijn onze wel ooit dat er klant klanten deze die in van we wij te met ze hun al eens "
    "the a an and but that please me my our is are was has have had do does did ever there any "
    "customer customers this that in of we i with to for they"
)
# Left out as easily as said, in forms as in sentences.
_ARTICLES = _set("de het een er mijn onze the a an my our")
# What is said around a question that has no room for a name: "laat de beste klanten zien".
_AROUND = _set(
    "wie wat welke hoeveel laat zien toon geef zie lijst overzicht staan staat worden wordt gelezen"
    " leest lezen laatste nieuwste who what which how many show list give see read last latest"
)
_AROUND_NAMES = _set(
    "klant meneer mevrouw dhr mevr mw mr mrs ms customer en and heeft hebben is zijn er nog iets"
    " niet als we wij ik een open met did does do has have had was is any there anything something"
    " a with i we to yet"
)
_BEHIND_NAMES = _AROUND_NAMES | _set("al eens ooit gegeven eerder before ever given")
# Nobody and nothing is called so: with one of these the words in a slot are another question.
_NO_NAMES = _set("wie wat wanneer welke hoeveel who what when which how whom")
_NO_THINGS = _set("niets niks niet nooit geen zonder no not never nothing without") | _NO_NAMES
_SAYS_NO = {True: _NO_NAMES, False: _NO_THINGS}
# Verbs and their "not" in one word, with or without the sign.
_NOT = re.compile(
    r"\b(has|have|had|did|do|does|is|are|was|were|ca|wo|should|could|would)n['’´`]?t\b", re.I
)
_POSSESSIVE = re.compile(r"(?<=\w)['’´`]s(?=\s|$)", re.I)
_E_MAIL = re.compile(r"\be-(?=mail)", re.I)
_THIS = frozenset(
    ("deze klant", "die klant", "deze", "hem", "haar", "hij", "zij", "hen", "ze", "this customer",
     "that customer", "him", "her", "he", "she", "them", "they", "this")
)  # fmt: skip
_BACK = _set("maar wel but though")
_SHORTEST_NEAR, _SHORTEST_FAR = 4, 7
# What a word in a slot costs (names have several), and what a reading must be worth at least.
_NAMED, _SAID, _LEAST = 0.05, 0.15, 0.6
# What a letter that is wrong costs, in a word of more and of at most so many: fiets is not niets.
_SHORT, _SLIP, _SLIP_IN_SHORT = 6, 0.9, 1.2
# What a word counts that is in a form as it is, and one that differs by a letter or two.
_NEAR = {True: 1.0, False: 0.6}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read: the question, slots filled by a key, and slots that hold words.

    `is_this`: the customer meant is the one on the screen ("deze klant", "him"). `missing` are
    needed slots for which there are no words.
    """

    question: Question
    form: Form
    filled: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    is_this: bool = False
    score: float = 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed slots without words."""
        return tuple(
            s.name
            for s in self.question.slots
            if s.is_needed
            and not self.words.get(s.name)
            and not (self.is_this and s.kind == "customer")
        )


@dataclass(frozen=True, slots=True)
class _Literal:
    words: frozenset[str]
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    literals: tuple[_Literal, ...]
    slots: tuple[str, ...]
    # The word in front of the last slot that holds words: what comes behind it belongs there.
    marker: int = -1


def folded(text: str) -> list[str]:
    """The words of a text in small letters without signs or accents."""
    text = _E_MAIL.sub("e", _POSSESSIVE.sub("", _NOT.sub(r"\1 not", text)))
    return (fold(pl.Series([text[:LONGEST]], dtype=pl.String))[0] or "").split()


@cache
def _same() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _SYNONYMS:
        words = frozenset(line.split())
        for word in words:
            found[word] = found.get(word, frozenset()) | words
    return found


def _meaning(word: str) -> frozenset[str]:
    """A word of a form with its synonyms, of the words that `a|b` names all of them."""
    return frozenset(s for w in word.split("|") for s in _same().get(w, {w}))


@cache
def _shape(text: str, words_in: frozenset[str]) -> _Shape:
    literals: list[_Literal] = []
    slots: list[str] = []
    marker = -1
    for slot, optional, word in _TEMPLATE.findall(text):
        if slot:
            slots.append(slot)
            if slot in words_in and sum(s in words_in for s in slots) == 2:
                marker = len(literals) - 1
        elif optional:
            literals += [_Literal(_meaning(w), True) for w in optional.split()]
        else:
            literals.append(_Literal(_meaning(word), word in _ARTICLES))
    return _Shape(tuple(literals), tuple(slots), marker)


def readings(text: str) -> list[Reading]:
    """All readings of a sentence, in either language, the best first; none when there is none."""
    tokens = folded(text)
    if not tokens:
        return []
    found = [r for q, form in _every_form() if (r := _read(q, form, tokens)) is not None]
    best: dict[str, Reading] = {}
    for reading in sorted(found, key=lambda r: (bool(r.missing), -r.score)):
        best.setdefault(reading.question.key, reading)
    return list(best.values())


def _every_form() -> Iterator[tuple[Question, Form]]:
    for question in QUESTIONS:
        for form in (*question.nl, *question.en):
            yield question, form


def _read(question: Question, form: Form, tokens: Sequence[str]) -> Reading | None:
    worded = frozenset(s.name for s in question.slots if s.kind not in ("period", "choice"))
    shape = _shape(form.text, worded)
    places, edits = _placed(shape.literals, tokens)
    said = list(zip(places, shape.literals, strict=True))
    if any(place is None and not literal.is_optional for place, literal in said):
        return None
    rest = [i for i in range(len(tokens)) if i not in places]
    filled = dict(form.fills)
    if "period" in shape.slots:
        period, used = period_in([tokens[i] for i in rest])
        if period:
            filled["period"] = period
            rest = [place for n, place in enumerate(rest) if n not in used]
    wanted = [s for s in shape.slots if s in worded]
    marker = places[shape.marker] if shape.marker >= 0 else None
    words, is_this = _words(question, wanted, _shared(tokens, rest, wanted, marker))
    if words is None:
        return None
    needed = sum(1 for lit in shape.literals if not lit.is_optional)
    extra = sum(place is not None and literal.is_optional for place, literal in said)
    score = needed + 0.9 * extra - edits + 0.5 * ("period" in filled)
    for name, text in words.items():
        each = _NAMED if question.slot(name).kind == "customer" else _SAID
        score -= each * len(text.split())
    if score < _LEAST:
        return None
    return Reading(question, form, filled, words, is_this, score)


def _placed(literals: Sequence[_Literal], tokens: Sequence[str]) -> tuple[list[int | None], float]:
    """Per word of the form the token that says it, whole words first; and what slips cost."""
    places: list[int | None] = [None] * len(literals)
    taken: set[int] = set()
    edits = 0.0
    for most in (0, 1, 2):
        for number, literal in enumerate(literals):
            if places[number] is not None or (most and literal.is_optional):
                continue
            found = next(
                (i for i, t in enumerate(tokens) if i not in taken and _is(t, literal, most)), None
            )
            if found is not None:
                places[number] = found
                taken.add(found)
                edits += most * (_SLIP if len(tokens[found]) > _SHORT else _SLIP_IN_SHORT)
    return places, edits


def _is(token: str, literal: _Literal, most: int) -> bool:
    if token in literal.words:
        return True
    if not most or len(token) < (_SHORTEST_NEAR if most == 1 else _SHORTEST_FAR):
        return False
    shortest = _SHORTEST_NEAR if most == 1 else _SHORTEST_FAR
    return any(
        len(word) >= shortest and OSA.distance(token, word, score_cutoff=most) <= most
        for word in literal.words
    )


def _shared(
    tokens: Sequence[str], rest: Sequence[int], wanted: Sequence[str], marker: int | None
) -> dict[str, list[str]]:
    """The words that are left over, given to the slots."""
    shared: dict[str, list[str]] = {name: [] for name in wanted}
    if not wanted:
        return {"": [tokens[i] for i in rest]}
    is_behind = False
    for i in range(len(tokens)):
        if marker is not None and i == marker:
            is_behind = True
        elif is_behind and tokens[i] in _BACK and len(wanted) == 2:
            is_behind = False
        elif i in rest:
            shared[wanted[-1] if is_behind else wanted[0]].append(tokens[i])
    return shared


def _words(
    question: Question, wanted: Sequence[str], shared: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str] | None, bool]:
    """The words of each slot; None when words are left that no slot can hold."""
    if not wanted:
        left = [w for w in shared[""] if w not in FILLERS | _AROUND and not w.isdecimal()]
        return (None, False) if left else ({}, False)
    words: dict[str, str] = {}
    is_this = False
    for name in wanted:
        is_customer = question.slot(name).kind == "customer"
        said = _name(shared[name]) if is_customer else _trimmed(shared[name], FILLERS, FILLERS)
        if not _SAYS_NO[is_customer].isdisjoint(said):
            return None, False
        if is_customer and " ".join(said) in _THIS:
            said, is_this = [], True
        words[name] = " ".join(said)
    return words, is_this


def _name(said: Sequence[str]) -> list[str]:
    """The words of a name, or of "this customer", without what is said around it."""
    whose = {"klant", "customer"}
    bare = _trimmed(said, _AROUND_NAMES - whose, _BEHIND_NAMES - whose)
    return bare if " ".join(bare) in _THIS else _trimmed(bare, _AROUND_NAMES, _BEHIND_NAMES)


def _trimmed(said: Sequence[str], front: frozenset[str], back: frozenset[str]) -> list[str]:
    words = list(said)
    while words and words[0] in front:
        words.pop(0)
    while words and words[-1] in back:
        words.pop()
    return words


def nearest(text: str, language: str, most: int = 3) -> list[Question]:
    """The questions whose forms have most in common with a sentence that is none of them."""
    tokens = set(folded(text)) - FILLERS

    def likeness(question: Question) -> float:
        best = 0.0
        for form in (*question.nl, *question.en):
            literals = _shape(form.text, frozenset()).literals
            hits = sum(
                max((_NEAR[_is(t, lit, 0)] for t in tokens if _is(t, lit, 2)), default=0.0)
                for lit in literals if not lit.is_optional
            )  # fmt: skip
            needed = sum(not lit.is_optional for lit in literals) or 1
            best = max(best, hits + hits / needed)
        return best

    ranked = sorted(QUESTIONS, key=lambda q: -likeness(q))
    return ranked[:most]
