"""Texts with their truth, from our own sentences: numbers as spans, topics per text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from . import values
from .hard import hard_texts
from .number_sentences import NUMBER_FRAMES, OTHER_NUMBERS
from .sentences import (
    DECOYS,
    FRAMES,
    HELD_OUT_FRAMES,
    NEUTRAL,
    TERMS,
)

NUMBER_KINDS = ("bsn", "iban", "card", "identity_document", "driving_licence", "old_vat")


@dataclass(frozen=True)
class Note:
    """A text. spans: (start, end, kind) of guarded numbers. topics: what it tells of somebody.

    part: 'numbers', 'topics', 'hard' or 'held out'.
    """

    text: str
    language: str
    part: str
    spans: tuple[tuple[int, int, str], ...] = ()
    topics: frozenset[str] = frozenset()


def notes(seed: int, count: int) -> Iterator[Note]:
    """So many texts: three tenths with guarded numbers, two with other numbers, three tenths with
    topics, the rest with words that only look like them; and all hard ones."""
    rng = random.Random(seed)
    hard = hard_texts()
    for language, topic, text in hard:
        yield Note(text, language, "hard", (), frozenset({topic} if topic else ()))
    for place in range(count - len(hard)):
        language = rng.choice(("nl", "nl", "en"))
        share = place % 10
        if share < 3:
            yield _numbered(rng, language, rng.choice(NUMBER_KINDS[:3] * 3 + NUMBER_KINDS))
        elif share < 5:
            yield _numbered(rng, language, None)
        elif share < 8:
            kind = rng.choice(sorted(FRAMES[language]))
            frame, term = rng.choice(FRAMES[language][kind]), rng.choice(TERMS[language][kind])
            text = _among(rng, language, frame.format(term))
            yield Note(text, language, "topics", (), frozenset({kind}))
        else:
            text = _among(rng, language, rng.choice(DECOYS[language]))
            yield Note(text, language, "topics")


def held_out_notes(seed: int, words: list[tuple[str, str, str, str]], count: int) -> Iterator[Note]:
    """Texts with words of somebody else's lists: (kind, form, language, word)."""
    rng = random.Random(seed)
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, form, language, word in words:
        groups.setdefault((kind, language), []).append((form, word))
    for _ in range(count):
        kind, language = rng.choice(sorted(groups))
        form, word = rng.choice(groups[kind, language])
        frame = rng.choice(HELD_OUT_FRAMES[language][form])
        text = _among(rng, language, frame.format(word))
        yield Note(text, language, "held out", (), frozenset({kind}))


def _among(rng: random.Random, language: str, sentence: str) -> str:
    """A sentence with none, one or two others around it."""
    around = rng.sample(NEUTRAL[language], rng.choice((0, 0, 1, 1, 2)))
    place = rng.randrange(len(around) + 1)
    return " ".join((*around[:place], sentence, *around[place:]))


def _numbered(rng: random.Random, language: str, kind: str | None) -> Note:
    """A sentence with one number: a guarded one, or one that is something else (kind null)."""
    if kind is None:
        frame, make = rng.choice(OTHER_NUMBERS[language])
        return Note(_among(rng, language, frame.format(_other(rng, make))), language, "numbers")
    frame = rng.choice(NUMBER_FRAMES[language][kind])
    number = written(rng, kind)
    text = _among(rng, language, frame.format(number))
    start = text.index(number)
    return Note(text, language, "numbers", ((start, start + len(number), kind),))


def written(rng: random.Random, kind: str) -> str:
    """A guarded number as people write it."""
    if kind == "bsn":
        return values.written_bsn(rng, rng.choice(values.TEST_BSNS))
    if kind == "iban":
        return values.grouped_iban(rng, values.iban(rng))
    if kind == "card":
        return values.grouped_card(rng, values.card(rng))
    if kind == "identity_document":
        return values.document(rng)
    if kind == "driving_licence":
        return values.digits(rng, 10)
    return f"NL{rng.choice(values.TEST_BSNS)}B01"


def _other(rng: random.Random, make: str) -> str:
    """A number that is no BSN: one in eleven of nine digits passes the test all the same."""
    if make == "typo":
        number = rng.choice(values.TEST_BSNS)
        return number[:-1] + str((int(number[-1]) + rng.randrange(1, 10)) % 10)
    if make == "nine":
        return values.digits(rng, 9)
    if make == "passing":
        return values.rsin(rng)
    if make == "dotted":
        return ".".join((values.digits(rng, 3), values.digits(rng, 3), values.digits(rng, 3)))
    if make == "phone":
        return rng.choice(("0697 ", "06-97", "+31 697")) + values.digits(rng, 6)
    if make == "sixteen":
        return values.digits(rng, 16)
    return values.digits(rng, int(make))
