"""The common shapes of values, read for a whole column at once.

Each function here has a twin of the same name in `contacts` or `names`, which takes one value. It
gives what that twin gives wherever it gives anything; null means: ask the twin. Only plain ASCII
shapes are known here, of which Polars and Python cannot disagree.
"""

from __future__ import annotations

from string import ascii_lowercase

import polars as pl

from . import native
from .contacts import DOTLESS, NO_MAILBOX
from .names import NICKNAME_ROOT, PREFIXES, SOUNDS, SPELLINGS, TITLES
from .text import LONGEST, PLACEHOLDERS

_EMAIL = r"^[a-z0-9._-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$"
_NO_EMAIL = f"^(?:{'|'.join(sorted(NO_MAILBOX))})@"
_FILLING = f"(?:{'|'.join(digit * 4 for digit in '0123456789')}|12345678)$"
_POSTCODE = "^[0-9]{4} ?[A-Za-z]{2}$"
_WORD = "^[a-z]{2,60}$"
_PREFIXED = rf"(?:(?:{'|'.join(sorted(PREFIXES))}) )*([a-z]{{2,60}})"
_SURNAME = f"^{_PREFIXED}(?: ?- ?{_PREFIXED})?$"
# Words that part a surname or stand before it.
_SPECIAL = sorted({*TITLES, *PREFIXES, "ev", "geb", "geboren", "nee"})
# 'Jan Jansen', 'J. de Vries', 'J. Jansen-de Vries': one word, then another, or a prefix or a word
# with a dash and all that follows it.
_PART = "[a-z0-9'-]{1,30}"
_FULL_NAME = (
    rf"(?i)^([a-z0-9.]{{1,60}}) ((?:{'|'.join(sorted(PREFIXES))})(?: {_PART}){{1,5}}"
    rf"|{_PART}-(?:{_PART})?(?: {_PART}){{0,3}}|[a-z0-9'-]{{1,60}})$"
)
_LETTERS = r"^[a-z](?:[a-z. ]{0,58}[a-z.])?$"
_BARE_INITIALS = r"^(?:[a-z]\.){1,30}$"
_TITLED = rf"(?i)^(?:{'|'.join(sorted(TITLES))})[. ]"
# No others are left when `SOUNDS` are replaced.
_CONSONANTS = "bdfgklmnprst"
_DOUBLED = "|".join(letter * 2 for letter in _CONSONANTS)
_TWICE = "|".join(letter * 2 for letter in ascii_lowercase)


def _where(is_plain: pl.Series, answer: pl.Series) -> pl.Series:
    """The answer where the value is plain, else null."""
    return pl.select(pl.when(is_plain).then(answer)).to_series()


def _says(plain: pl.Series) -> pl.Series:
    """Not one of the words for 'unknown'."""
    return ~plain.is_in(sorted(PLACEHOLDERS))


def present(texts: pl.Series) -> pl.Series:
    """Texts of plain signs without space around them."""
    is_plain = texts.str.contains("^[!-~](?:[ -~]{0,300}[!-~])?$")
    return _where(is_plain & _says(texts.str.to_lowercase()), texts)


def email(texts: pl.Series) -> pl.Series:
    """Addresses of letters, digits, dots, dashes and underscores at a host whose dots matter."""
    if not native.library():
        return _any_email(texts)
    is_ready = native.addresses(texts, NO_MAILBOX, DOTLESS)
    rest = (~is_ready & texts.is_not_null()).arg_true()
    found = _where(is_ready, texts)
    return found.scatter(rest, _any_email(texts.gather(rest))) if len(rest) else found


def _any_email(texts: pl.Series) -> pl.Series:
    """As `email`, also of those that have to be written otherwise."""
    plain = texts.str.strip_chars(" ").str.to_lowercase()
    is_plain = plain.str.contains(_EMAIL) & ~plain.str.contains(_NO_EMAIL)
    for host_ in sorted(DOTLESS):
        is_plain &= ~plain.str.ends_with("@" + host_)
    is_plain &= (plain.str.len_bytes() <= 254) & (texts.str.len_bytes() <= 300)
    return _where(is_plain, plain)


def phone(texts: pl.Series) -> pl.Series:
    """Numbers of digits and the signs that people put between them."""
    if native.library():
        numbers = pl.Series(native.telephones(texts))
        return _where(numbers > 0, numbers.cast(pl.String))
    is_plain = texts.str.len_bytes().is_between(7, 30) & ~texts.str.contains("(0)", literal=True)
    digits = texts.str.replace_all("[ ()+./-]+", "")
    has_trunk = digits.str.starts_with("0")
    is_plain &= ~digits.str.starts_with("00")
    home = pl.select(pl.concat_str(pl.lit("31"), digits.str.slice(1))).to_series()
    number = pl.select(pl.when(has_trunk).then(home).otherwise(digits)).to_series()
    is_plain &= number.str.contains("^[0-9]{7,15}$") & ~number.str.contains(_FILLING)
    return _where(is_plain, number)


def code(texts: pl.Series) -> pl.Series:
    """Letters and digits, of which one at least is not as all others."""
    plain = texts.str.to_uppercase()
    is_plain = texts.str.contains("^[0-9A-Za-z]{1,60}$") & _says(texts.str.to_lowercase())
    return _where(is_plain & ~plain.str.contains("^(?:0+|9+|X+)$"), plain)


def postcode(texts: pl.Series) -> pl.Series:
    """Dutch postcodes."""
    plain = texts.str.to_uppercase().str.replace(" ", "", literal=True)
    return _where(texts.str.contains(_POSTCODE), plain)


def region(texts: pl.Series) -> pl.Series:
    """The digits of Dutch postcodes."""
    return _where(texts.str.contains(_POSTCODE), texts.str.slice(0, 4))


def street(texts: pl.Series) -> pl.Series:
    """Streets of plain words, none of them cut short."""
    plain = texts.str.to_lowercase()
    is_plain = plain.str.contains("^[a-z][a-z ]{0,58}[a-z]$") & _says(plain)
    is_plain &= ~plain.str.contains("(?:str|pln|ln)$")
    joined = plain.str.replace_all(" ", "", literal=True)
    return _where(is_plain, joined.str.replace_all("ij", "y", literal=True))


def first_name(texts: pl.Series) -> pl.Series:
    """One word of at least two letters."""
    plain = texts.str.to_lowercase()
    return _where(plain.str.contains(_WORD) & _says(plain), plain)


def initials_of(texts: pl.Series) -> pl.Series:
    """The first letter of one word, or letters that have a dot each."""
    plain = texts.str.to_lowercase()
    dotted = plain.str.contains(_BARE_INITIALS)
    bare = plain.str.replace_all(".", "", literal=True).str.slice(0, 6)
    first = _where(plain.str.contains(_WORD), plain.str.slice(0, 1))
    return _where(_says(plain), pl.select(pl.when(dotted).then(bare).otherwise(first)).to_series())


def initials(texts: pl.Series) -> pl.Series:
    """Letters with dots and spaces among them."""
    plain = texts.str.to_lowercase()
    bare = plain.str.replace_all("[. ]+", "").str.slice(0, 6)
    return _where(plain.str.contains(_LETTERS) & _says(plain), bare)


def first_letter(texts: pl.Series) -> pl.Series:
    """The first letter of every word."""
    return texts.str.slice(0, 1)


def nickname_root(texts: pl.Series) -> pl.Series:
    """The name that every name and its nicknames share."""
    return texts.replace(NICKNAME_ROOT)


def split_full_name(texts: pl.Series) -> list[pl.Series]:
    """First name and surname of two words, or of one before a surname of several, no title."""
    parts = texts.str.extract_groups(_FULL_NAME)
    is_plain = parts.struct[0].is_not_null() & ~texts.str.contains(_TITLED)
    return [_where(is_plain, parts.struct[at]) for at in range(2)]


def surname_parts(texts: pl.Series) -> pl.Series:
    """One word, or two with a dash between them, with or without prefixes before them."""
    plain = texts.str.to_lowercase()
    parts = plain.str.extract_groups(_SURNAME)
    own, other = parts.struct[0], parts.struct[1].fill_null("")
    is_plain = (plain.str.len_bytes() <= LONGEST) & _says(plain) & own.is_not_null()
    for part in (own, other):
        is_plain &= ~part.is_in(_SPECIAL) & ~part.str.starts_with("vande")
    both = pl.select(
        pl.when(other == "").then(own).otherwise(pl.concat_str(own, pl.lit("|"), other))
    )
    return _where(is_plain, both.to_series().str.replace_all("ij", "y", literal=True))


def without_bars(texts: pl.Series) -> pl.Series:
    """All texts in one word."""
    return texts.str.replace_all("|", "", literal=True)


def spelling(texts: pl.Series) -> pl.Series:
    """Words in the letters a to z of which none is doubled."""
    alike = texts
    for written, usual in SPELLINGS:
        alike = alike.str.replace_all(written, usual, literal=True)
    return _where(texts.str.contains("^[a-z]+$") & ~alike.str.contains(_TWICE), alike)


def sounding(texts: pl.Series) -> pl.Series:
    """Keys of names in the letters a to z."""
    alike = texts
    for written, sound in SOUNDS:
        alike = alike.str.replace_all(written, sound, literal=True)
    rest = alike.str.slice(1).str.replace_all("[aeiouyh]+", "")
    doubled = rest.str.contains(_DOUBLED).fill_null(False).arg_true()
    single = rest.gather(doubled)
    for letter in _CONSONANTS:
        single = single.str.replace_all(f"{letter}{letter}+", letter)
    rest = rest.scatter(doubled, single)
    key = pl.select(pl.concat_str(alike.str.slice(0, 1), rest)).to_series()
    return _where(texts.str.contains("^[a-z]+$"), key.str.slice(0, 8))
