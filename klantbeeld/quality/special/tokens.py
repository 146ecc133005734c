"""A text as words in sentences, and which language it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.words import words

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?;\n]+")
TITLES = words(
    "dhr mevr mevrouw meneer heer mw mr mrs ms miss familie fam dokter dr ds mevr. fietsenmaker"
    " bakker slager mijnheer sir madam firma bij"
)
SOMEBODY = "<name>"  # stands among the words of a sentence for any given name
# Words that only one of the languages has, to tell which one a text is in.
_DUTCH = words(
    "de het een en ik wij hij zij niet van voor met naar op dat die is mijn onze wil heeft"
)
_ENGLISH = words("the a an and i we he she not of for with to on that is my our wants has was by")


@dataclass(frozen=True)
class Token:
    """A word: as written, in small letters, where it stands, in which sentence."""

    text: str
    low: str
    start: int
    end: int
    sentence: int


def foreign_to(tokens: list[Token]) -> str:
    """The language that a text is not in, '' where its small words do not tell."""
    lows = [token.low for token in tokens]
    dutch, english = sum(w in _DUTCH for w in lows), sum(w in _ENGLISH for w in lows)
    return "" if dutch == english else ("en" if dutch > english else "nl")


def tokens_of(text: str) -> list[Token]:
    """The words, each with its place and the number of its sentence."""
    tokens: list[Token] = []
    sentence = 0
    for found in _TOKEN.finditer(text):
        word = found.group()
        if not word[0].isalnum():
            is_title = word == "." and tokens and tokens[-1].low in TITLES
            sentence += not is_title
            continue
        tokens.append(Token(word, word.lower().replace("’", "'"), *found.span(), sentence))
    return tokens


def sentences_of(tokens: list[Token]) -> dict[int, frozenset[str]]:
    """The words of every sentence; `SOMEBODY` among them where a first name stands."""
    words: dict[int, set[str]] = {}
    for token in tokens:
        told = words.setdefault(token.sentence, set())
        told.add(token.low)
        if token.low in GIVEN_NAMES and token.text[0].isupper():
            told.add(SOMEBODY)
    return {number: frozenset(found) for number, found in words.items()}
