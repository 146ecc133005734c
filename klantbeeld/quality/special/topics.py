"""Special topics in texts: words of a lexicon, and what stands around them.

A word alone says little: 'kerk' is a street, 'gezondheid!' a wish. So QUIET patterns go first,
names and negations are passed over, and a weak word counts only in a sentence about somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import ModuleType

from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.special import lexicon_en, lexicon_families, lexicon_nl
from klantbeeld.quality.special.contexts import context_spans
from klantbeeld.quality.special.kinds import Certainty, Kind, Span
from klantbeeld.quality.special.lexicon_files import FILES, Lexicon
from klantbeeld.quality.special.people import OTHERS, ROLES
from klantbeeld.quality.special.tokens import (
    SOMEBODY,
    TITLES,
    Token,
    foreign_to,
    sentences_of,
    tokens_of,
)
from klantbeeld.quality.words import words

_PARTICLES = words("de van der den het ter ten la le el du")
_LEGAL = words("bv nv b.v n.v vof v.o.f gmbh ltd inc llc stichting co")
_ABOUT = words("mensen personen patiënten patienten people patients persons those")
_CAUSES = words("because due owing door vanwege wegens omdat want since after na")
_GENERIC = re.compile(
    r"(?i)\b(?:collecte|goede doel|goed doel|sponsor\w*|kwf|fonds|benefiet\w*|inzamel\w*|museum"
    r"|charity|charities|fundrais\w*|research into|awareness|donat\w*|tentoonstelling|documentaire"
    r"|boek over|book about|film over|nieuwsbericht|verordening|sportdag|gehandicaptensport\w*)\b"
)
LEXICONS: tuple[ModuleType | Lexicon, ...] = (lexicon_nl, lexicon_en, lexicon_families, *FILES)
_END = re.compile(r"[.!?;\n]\s")
_FAR = 200  # characters of a sentence that are looked at
_WAY = "way_of_saying"
_ACRONYM = 5
_LONGEST = 60  # letters of a word that may mean something
_PEOPLE = frozenset(f"{lexicon_nl.PEOPLE}|{lexicon_en.PEOPLE}".split("|"))
_GENERAL = (Kind.HEALTH, Kind.BELIEF)  # topics that charities and books are about
_FIRST_PERSON = words("ik mijn i my")
_COPULAS = words("is was ben bent am are zijn are were werd wordt became")
_JOINS = words("en and maar but of or dus so die who want because")
_ARTICLES = words("een a an")
# What people are called with a capital without telling anything the law guards.
_NEAR_BY = words(
    "nederlander nederlandse belg belgische vlaming duitser duitse fransman française engelsman"
    " brit schot ier europeaan amerikaan amerikaanse canadees australiër fries friezin brabander"
    " limburger groninger drent tukker zeeuw amsterdammer rotterdammer hagenaar hagenees utrechter"
    " arnhemmer nijmegenaar tilburger eindhovenaar haarlemmer leidenaar zwollenaar gooier wassenaar"
    " dutchman dutchwoman dutch belgian german frenchman french englishman englishwoman briton"
    " british scot scotsman irishman welshman european american canadian australian londoner"
    " parisian yorker vip ceo tesla gazelle batavus sparta shimano bosch trek giant cube bmw volvo"
)
_BIRTH = words("by born geboren afkomstig")
_NEAR = 3  # words before a word in which 'geen' or 'no' denies it
_NEXT = 2  # and 'niet' or 'not'


@dataclass
class _Terms:
    """Written forms of one lexicon by how they are looked up; values: kind, strength, words."""

    whole: dict[str, list[_Entry]] = field(default_factory=dict)
    beginnings: dict[str, list[_Entry]] = field(default_factory=dict)
    ends: dict[str, list[_Entry]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Entry:
    kind: Kind
    strength: str
    words: tuple[str, ...]
    capitals: bool
    language: str


def _entries(module: ModuleType | Lexicon) -> Iterator[_Entry]:
    language = module.language if isinstance(module, Lexicon) else module.__name__[-2:]
    for strength in ("STRONG", "WEAK", "TIED"):
        for kind, terms in _of_bodies(module, strength):
            for term in " ".join(terms.split()).replace(" |", "|").split("|"):
                if term := term.strip():
                    capitals = term.isupper()
                    yield _Entry(kind, strength, tuple(_parts(term.lower())), capitals, language)


def _of_bodies(module: ModuleType | Lexicon, strength: str) -> Iterator[tuple[Kind, str]]:
    """What a lexicon says, and what the families make of parts of the body: 'kniepijn'."""
    yield from getattr(module, strength).items()
    if module is lexicon_families and strength == "STRONG":
        yield Kind.HEALTH, lexicon_families.of_bodies()


def _parts(term: str) -> list[str]:
    return re.findall(r"\*?[^\W_]+(?:['’][^\W_]+)*\*?", term)


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    terms = _Terms()
    for module in LEXICONS:
        for entry in _entries(module):
            first = entry.words[0]
            if first.startswith("*"):
                terms.ends.setdefault(first[1:], []).append(entry)
            elif first.endswith("*"):
                terms.beginnings.setdefault(first[:-1], []).append(entry)
            else:
                terms.whole.setdefault(first, []).append(entry)
    return terms


@lru_cache(maxsize=1)
def _quiet() -> re.Pattern[str]:
    pattern = "(?i)" + "|".join((*lexicon_nl.QUIET, *lexicon_en.QUIET))
    # Bounded, so that a long run of spaces or of one word costs no more than its length.
    for endless, bounded in ((r"\s+", r"\s{1,3}"), (r"\s*", r"\s{0,3}"), (r"\w*", r"\w{0,30}")):
        pattern = pattern.replace(endless, bounded)
    return re.compile(pattern.replace(r"\w+", r"\w{1,30}").replace(r"[\w'-]*", r"[\w'-]{0,30}"))


def _wordset(*texts: str) -> frozenset[str]:
    return frozenset(w.strip() for text in texts for w in text.replace("\n", "").split("|") if w)


_PERSONS = _wordset(lexicon_nl.PERSONS, lexicon_en.PERSONS) | ROLES
_NEGATIONS = _wordset(lexicon_nl.NEGATIONS, lexicon_en.NEGATIONS)
_DIRECT = frozenset({"niet", "not", "isn't", "aren't", "wasn't", "free", "vrij"})


@lru_cache(maxsize=16)
def _cues(kind: Kind) -> tuple[frozenset[str], tuple[str, ...]]:
    both = _wordset(*(lexicon.CUES[kind] for lexicon in LEXICONS))
    return both, tuple(word[:-1] for word in both if word.endswith("*"))


def topic_spans(text: str, said_of: Kind | None = None) -> Iterator[Span]:
    """Words and ways of saying of special topics in one text, each place once.

    said_of: topic that a heading announces.
    """
    hushed = _quiet().sub(lambda m: " " * len(m.group()), text)
    words = list(_word_spans(text, hushed, said_of))
    ways = _ways(hushed, [span for span in words if span.certainty == Certainty.CERTAIN])
    yield from ways
    firm = [(span.start, span.kind) for span in (*ways, *words) if _is_firm(span)]
    for span in words:
        if not _is_apart(span, ways):
            continue
        if span.certainty < Certainty.LIKELY or _is_firm(span):
            yield span
        elif _is_explained(span, firm, hushed):
            yield replace(span, certainty=Certainty.POSSIBLE, reason="weak_word")
        else:
            yield span


def _ways(text: str, certain: list[Span]) -> list[Span]:
    """Ways of saying that hold more than a certain word of the same topic does; apart."""
    found: list[Span] = []
    for start, end, kind in context_spans(text):
        span = Span(start, end, kind, Certainty.LIKELY, _WAY)
        known = [c for c in certain if c.start < end and start < c.end]
        if not _is_apart(span, found) or any(c.kind == kind for c in known):
            continue
        if kind != Kind.HEALTH or not _is_of_another(_around(text, start, end)):
            found.append(span)
    return found


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """The words of the sentence in which a place stands."""
    before = [found.end() for found in _END.finditer(text, max(0, start - _FAR), start)]
    behind = _END.search(text, end, end + _FAR)
    first = before[-1] if before else max(0, start - _FAR)
    part = text[first : behind.start() if behind else end + _FAR]
    return frozenset(token.low for token in tokens_of(part))


def _is_apart(span: Span, others: list[Span]) -> bool:
    return all(span.end <= other.start or other.end <= span.start for other in others)


def _is_firm(span: Span) -> bool:
    """A word that tells the topic by itself, not only because somebody is spoken of."""
    return span.certainty == Certainty.CERTAIN or span.reason in ("topic_word", _WAY)


def _is_explained(span: Span, firm: list[tuple[int, Kind]], text: str) -> bool:
    """A word with many meanings beside something that tells another topic and not this one."""
    if any(kind == span.kind for _, kind in firm):
        return False
    return any(
        not _END.search(text[min(start, span.start) : max(start, span.start)]) for start, _ in firm
    )


def _word_spans(text: str, hushed: str, said_of: Kind | None) -> Iterator[Span]:
    tokens = tokens_of(hushed)
    sentences = sentences_of(tokens)
    foreign = foreign_to(tokens)
    end = 0
    for place, token in enumerate(tokens):
        if token.start < end or token.end - token.start > _LONGEST:
            continue
        best: Span | None = None
        for entry, last in _matches(tokens, place):
            if entry.language == foreign and entry.strength != "STRONG":
                continue  # 'roof', 'rug' and 'lever' are other things in the other language
            verdict = _judged(entry, tokens, place, last, sentences[token.sentence], text)
            if entry.kind == said_of:
                verdict = Certainty.CERTAIN, "heading"
            if verdict is None:
                continue
            span = Span(token.start, tokens[last].end, entry.kind, *verdict)
            if best is None or (span.certainty, span.end) > (best.certainty, best.end):
                best = span
        if best is None:
            best = _called(tokens, place, text)
        if best is not None:
            end = best.end
            yield best


def _called(tokens: list[Token], place: int, text: str) -> Span | None:
    """'She is a Kikuyu.': somebody is called by a name with a capital, which is that of a people,
    a creed or a movement, though no list has it; not of a town, nor a nationality nearby."""
    word = tokens[place]
    first = tokens[place - 1].low if place else ""
    if first not in _ARTICLES or not word.text[0].isupper() or word.text.isupper():
        return None
    last = place
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    if behind is not None and behind.text[0].isupper() and behind.sentence == word.sentence:
        last += 1
    lows = {token.low for token in tokens[place : last + 1]}
    if lows & _NEAR_BY or not _is_predicate(tokens, place, last, text):
        return None
    return Span(word.start, tokens[last].end, Kind.ETHNICITY, Certainty.LIKELY, "topic_of_person")


def _matches(tokens: list[Token], place: int) -> Iterator[tuple[_Entry, int]]:
    """Entries whose words stand from `place` on, with the place of their last word."""
    terms, low = _terms(), tokens[place].low
    candidates: list[_Entry] = [
        *terms.whole.get(low, ()),
        *(e for n in range(2, len(low) + 1) for e in terms.beginnings.get(low[:n], ())),
    ]
    if low not in lexicon_families.EXCEPT:
        candidates += [e for n in range(1, len(low) - 2) for e in terms.ends.get(low[n:], ())]
    for entry in candidates:
        last = place + len(entry.words) - 1
        if last >= len(tokens) or tokens[last].sentence != tokens[place].sentence:
            continue
        if entry.capitals and not tokens[place].text.isupper():
            continue
        rest = zip(entry.words[1:], tokens[place + 1 : last + 1], strict=True)
        if all(_fits(word, token.low) for word, token in rest):
            yield entry, last


def _fits(word: str, low: str) -> bool:
    return low.startswith(word[:-1]) if word.endswith("*") else low == word


def _judged(
    entry: _Entry,
    tokens: list[Token],
    place: int,
    last: int,
    sentence: frozenset[str],
    text: str,
) -> tuple[Certainty, str] | None:
    """Certainty and reason; null where it is a name, denied or said of nobody."""
    if _is_name(tokens, place, last, text) or _is_denied(entry, tokens, place):
        return None
    about = bool(sentence & _PERSONS) or SOMEBODY in sentence
    if entry.kind == Kind.HEALTH and _is_of_another(sentence):
        return None
    told = entry.kind in _GENERAL and not sentence & _FIRST_PERSON
    if told and _is_general(tokens, place, text):
        return None
    if entry.strength == "STRONG":
        return (Certainty.CERTAIN, "topic_of_person") if about else (Certainty.LIKELY, "topic_word")
    if entry.strength == "TIED":
        others = sentence - {token.low for token in tokens[place : last + 1]}
        words, beginnings = _cues(entry.kind)
        tied = bool(others & words) or any(w.startswith(beginnings) for w in others if beginnings)
        behind = {token.low for token in tokens[last + 1 : last + 2]}
        if entry.kind == Kind.ETHNICITY:
            tied = tied or bool(behind & (_PEOPLE | _PERSONS))
            tied = tied or _is_first(tokens, place, last, text)
        tied = tied or _is_predicate(tokens, place, last, text)
        return (Certainty.LIKELY, "topic_of_person") if tied else (Certainty.POSSIBLE, "weak_word")
    return (Certainty.LIKELY, "topic_of_person") if about else (Certainty.POSSIBLE, "weak_word")


def _is_name(tokens: list[Token], place: int, last: int, text: str) -> bool:
    """'Meneer Monnik', 'Fietsenmaker De Turk', 'Joodse-Bakker', 'Tempel B.V.'"""
    word, end = tokens[place], tokens[last].end
    is_acronym = word.text.isupper() and len(word.text) < _ACRONYM
    if not word.text[0].isupper() or is_acronym:
        return False
    behind = tokens[last + 1].low if last + 1 < len(tokens) else ""
    if behind in _LEGAL or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()):
        return True
    at = place - 1
    while at >= 0 and tokens[at].low in _PARTICLES and tokens[at].sentence == word.sentence:
        at -= 1
    if at < 0 or tokens[at].sentence != word.sentence:
        return False
    if tokens[at].low in GIVEN_NAMES and tokens[at].text[0].isupper() and at == place - 1:
        return True  # 'Emma Moordrecht'
    return tokens[at].low in TITLES or (at < place - 1 and tokens[at + 1].text[0].isupper())


def _is_of_another(sentence: frozenset[str]) -> bool:
    """A beast, a plant or a thing is ill, unless somebody is allergic to it or led by it."""
    if not sentence & OTHERS:
        return False
    return not any(word.startswith(("allerg", "blind", "guide", "assist")) for word in sentence)


def _is_first(tokens: list[Token], place: int, last: int, text: str) -> bool:
    """'Uyghur, keeps his name off the site', 'Palestinian by birth', 'als Antilliaanse'."""
    if place and tokens[place - 1].low == "als":
        return True
    if place and tokens[place - 1].sentence == tokens[place].sentence:
        return False
    behind = {token.low for token in tokens[last + 1 : last + 2]}
    return text[tokens[last].end : tokens[last].end + 1] == "," or bool(behind & _BIRTH)


def _is_predicate(tokens: list[Token], place: int, last: int, text: str) -> bool:
    """'Hij is Turk.', 'She is a Kenyan, …': somebody is called it, and the clause ends there."""
    before = [t for t in tokens[max(0, place - 5) : place] if t.sentence == tokens[place].sentence]
    lows = [token.low for token in before]
    if lows and lows[-1] in ("een", "a", "an"):
        lows.pop()
    if len(lows) < 2 or lows[-1] not in _COPULAS:
        return False
    names = any(t.low in GIVEN_NAMES and t.text[0].isupper() for t in before)
    if not names and not set(lows[:-1]) & _PERSONS:
        return False
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    ends = behind is None or behind.sentence != tokens[last].sentence or behind.low in _JOINS
    return ends or text[tokens[last].end : tokens[last].end + 1] == ","


def _is_denied(entry: _Entry, tokens: list[Token], place: int) -> bool:
    if entry.kind == Kind.BELIEF:
        return False  # who does not believe has told his belief
    sentence = tokens[place].sentence
    before = [t.low for t in tokens[max(0, place - _NEAR) : place] if t.sentence == sentence]
    for distance, word in enumerate(reversed(before), 1):
        if word in _CAUSES:
            return False
        if word in _NEGATIONS and (distance <= _NEXT or word not in _DIRECT):
            return True
    return False


def _is_general(tokens: list[Token], place: int, text: str) -> bool:
    """'Voor mensen met diabetes', a collection or a charity: said of nobody."""
    before = {t.low for t in tokens[max(0, place - _NEAR) : place]}
    return bool(before & _ABOUT) or bool(_GENERIC.search(text))
