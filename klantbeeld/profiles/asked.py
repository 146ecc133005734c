"""What somebody typed into the search box, taken apart into what the index is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from klantbeeld.profiles.words import (
    ADDRESS,
    ENDING,
    MAIL,
    PART,
    PHONE,
    address_word,
    number_words,
)
from klantbeeld.quality.tables import fold

LONGEST = 200
MOST_WORDS = 8
# Words between first name and surname: so many people have them that they only count exactly.
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "des",
        "het",
        "t",
        "ten",
        "ter",
        "te",
        "op",
        "in",
        "aan",
        "bij",
        "la",
        "le",
        "du",
        "d",
        "s",
        "di",
        "da",
        "el",
    ]
)
COUNTRY_CODE = "31"
_POSTCODE = re.compile(
    r"(?<![\w@])([1-9]\d{3})(\s?)([a-z]{2})(?![\w@])"
    r"(?:\s*(\d{1,5})(?:\s?[-/]?\s?([a-z0-9]{1,4}))?(?!\w))?"
)
_PHONE = re.compile(r"(?<![\w@.+-])\+?\(?\d[\d\s().\-/]{5,}\d(?![\w@])")
_FEWEST_LAST_DIGITS = 4
_FEWEST_DIGITS = 3
_FEWEST_LETTERS = 3


class Term(NamedTuple):
    """One word of the index, whole or as a beginning."""

    word: str
    is_beginning: bool = False


Group = tuple[Term, ...]
"""Terms of which one must be there."""


@dataclass(frozen=True)
class Asked:
    """`groups` must all be met; `exact` likewise, but only by whole words; `wider` by streets too.

    `names` are the folded words that may be names, `number` what may be the number of an
    order, `matched` says what kind of thing was typed: name, email, phone, address, number.
    """

    text: str
    groups: tuple[Group, ...] = ()
    exact: tuple[Group, ...] = ()
    wider: tuple[Group, ...] = ()
    names: tuple[str, ...] = ()
    number: str = ""
    matched: str = "name"


def asked(text: str, marks: frozenset[str]) -> Asked:
    """Take `text` apart for a role that may be shown words behind these `marks`."""
    rest = " ".join(text.lower().split())[:LONGEST]
    groups: list[Group] = []
    exact: list[Group] = []
    matched = ""
    number = text.strip()[:LONGEST]
    for kind, take in (("email", _mails), ("address", _postcodes), ("phone", _phones)):
        found, whole, rest = take(rest, marks)
        groups += found
        exact += whole
        matched = matched or (kind if found else "")
    rest = _codes(rest, groups, exact, marks)
    words = _words(rest)
    for word in words:
        groups.append(_beginnings(word, words, marks))
        exact.append((Term(word), Term(PART + word)) if PART in marks else (Term(word),))
    if not matched:
        matched = "number" if groups and len(groups) > len(words) else "name"
    kept = tuple(groups[:MOST_WORDS])
    wider = tuple(_or_of_a_street(group) for group in kept) if ADDRESS in marks else kept
    return Asked(text, kept, tuple(exact[:MOST_WORDS]), wider, tuple(words), number, matched)


def _or_of_a_street(group: Group) -> Group:
    """The same words also as those of a street, and whole ones as the number of a house."""
    plain = [term for term in group if term.word[:1].isalnum()]
    return group + tuple(
        Term(ADDRESS + term.word, term.is_beginning and term.word[0].isalpha()) for term in plain
    )


Taken = tuple[list[Group], list[Group], str]


def _mails(text: str, marks: frozenset[str]) -> Taken:
    """Addresses, and words with a dot inside that may be the beginning of one."""
    groups: list[Group] = []
    exact: list[Group] = []
    rest = []
    for word in text.split():
        cleaned = address_word(word)
        is_dotted = "." in word.strip(".,") and any(c.isalpha() for c in word)
        if not cleaned or not ("@" in word or is_dotted):
            rest.append(word)
            continue
        forms = [MAIL + cleaned, PART + cleaned] if MAIL in marks else []
        if "@" not in word:
            forms += [w for w in [_folded(word)] if w and " " not in w]
        groups.append(tuple(Term(form, True) for form in forms))
        exact.append(tuple(Term(form) for form in forms))
    return groups, exact, " ".join(rest)


def _postcodes(text: str, marks: frozenset[str]) -> Taken:
    found = _POSTCODE.search(text)
    if not found or (found[2] and found[3] in PARTICLES):
        return [], [], text
    postcode = found[1] + found[3]
    rest = text[: found.start()] + " " + text[found.end() :]
    if not found[4]:
        return [(Term(postcode),)], [(Term(postcode),)], rest
    if ADDRESS not in marks:
        return [()], [], rest
    word = f"{ADDRESS}{postcode}{found[4]}{found[5] or ''}"
    return [(Term(word, True),)], [(Term(word),)], rest


def _phones(text: str, marks: frozenset[str]) -> Taken:
    found = _PHONE.search(text)
    if not found:
        return [], [], text
    digits = "".join(c for c in found[0] if c.isdigit())
    rest = text[: found.start()] + " " + text[found.end() :]
    plain = tuple(Term(w, True) for w in number_words(digits))
    return [plain + _phone_terms(digits, found[0], marks)], [plain], rest


def _phone_terms(digits: str, written: str, marks: frozenset[str]) -> Group:
    """A number in any notation, from its beginning or from its end."""
    if PHONE not in marks:
        return ()
    if digits.startswith("00"):
        whole, national = digits[2:], digits[2:]
    elif digits.startswith("0"):
        whole, national = COUNTRY_CODE + digits[1:], digits[1:]
    else:
        whole = national = digits
    if "(0)" in written:
        whole = whole.replace(COUNTRY_CODE + "0", COUNTRY_CODE, 1)
        national = whole
    terms = [Term(PHONE + whole, True)]
    if len(national) >= _FEWEST_LAST_DIGITS:
        terms.append(Term(ENDING + national[::-1], True))
    return tuple(terms)


def _codes(text: str, groups: list[Group], exact: list[Group], marks: frozenset[str]) -> str:
    """Words with digits, as numbers in any notation; returns the words that remain."""
    rest = []
    for word in text.split():
        forms = number_words(word) if any(c.isdigit() for c in word) else []
        if not forms:
            rest.append(word)
            continue
        # Beside other words a digit or two is a number of its own, not the beginning of one.
        is_short = len(word) < _FEWEST_DIGITS and len(text) > len(word)
        terms = tuple(Term(form, not is_short) for form in forms)
        if word.isdigit() and len(word) >= _FEWEST_LAST_DIGITS:
            terms += _phone_terms(word, word, marks)
        groups.append(terms)
        exact.append((Term(forms[0]),))
    return " ".join(rest)


def _folded(text: str) -> str:
    return fold(pl.Series([text], dtype=pl.String))[0] or ""


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_folded(text).split()))


def _beginnings(word: str, words: Sequence[str], marks: frozenset[str]) -> Group:
    if word in PARTICLES and any(w not in PARTICLES for w in words):
        return (Term(word),)
    beginning = Term(word, True)
    if PART not in marks or len(word) < _FEWEST_LETTERS:
        return (beginning,)
    return (beginning, Term(PART + word, True))
