"""The common shapes of values, read for a whole column at once.

Each function here has a twin of the same name in `contacts` or `names`, which takes one value. It
gives what that twin gives wherever it gives anything; null means: ask the twin. Only plain ASCII
shapes are known here, of which Polars and Python cannot disagree.
"""

from __future__ import annotations

import polars as pl

from .contacts import DOTLESS, NO_MAILBOX
from .names import PREFIXES, SOUNDS, TITLES
from .text import LONGEST, PLACEHOLDERS

_EMAIL = r"^[a-z0-9._-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$"
_FILLING = "|".join([*(digit * 4 for digit in "0123456789"), "12345678"])
_WORD = r"^[A-Za-z]{2,60}$"
_LEADING_PREFIXES = rf"^(?:(?:{'|'.join(sorted(PREFIXES))}) )+"
# Words that part a surname or stand before it, and glued prefixes.
_SPECIAL = (*TITLES, *PREFIXES, "ev", "geb", "geboren", "nee")


def _where(is_plain: pl.Expr, answer: pl.Expr, texts: pl.Series) -> pl.Series:
    """The answer where the value is plain, else null."""
    chosen = texts.alias("text").to_frame().select(pl.when(is_plain).then(answer))
    return chosen.to_series()


def _said(plain: pl.Expr) -> pl.Expr:
    """Not one of the words for 'unknown'."""
    return ~plain.is_in(sorted(PLACEHOLDERS))


def email(texts: pl.Series) -> pl.Series:
    """Addresses of letters, digits, dots, dashes and underscores at a host whose dots matter."""
    plain = pl.col("text").str.strip_chars(" ").str.to_lowercase()
    telling = "|".join(name.replace("-", r"\-") for name in sorted(NO_MAILBOX))
    special = rf"^(?:{telling})@|@(?:{'|'.join(host.replace('.', '[.]') for host in DOTLESS)})$"
    is_plain = plain.str.contains(_EMAIL) & ~plain.str.contains(special)
    is_plain &= (plain.str.len_bytes() <= 254) & (pl.col("text").str.len_bytes() <= 300)
    return _where(is_plain, plain, texts)


def mailbox(texts: pl.Series) -> pl.Series:
    """All local parts."""
    return texts.str.extract("^([^@]*)", 1)


def host(texts: pl.Series) -> pl.Series:
    """All hosts."""
    return texts.str.extract("([^@]*)$", 1)


def phone(texts: pl.Series) -> pl.Series:
    """Numbers of digits and the signs that people put between them."""
    digits = pl.col("text").str.replace_all("(0)", "", literal=True)
    digits = digits.str.replace_all("[ ()+./-]", "")
    home = pl.concat_str(pl.lit("31"), digits.str.slice(1))
    number = (
        pl.when(digits.str.starts_with("00"))
        .then(digits.str.slice(2))
        .when(digits.str.starts_with("0"))
        .then(home)
        .otherwise(digits)
    )
    is_plain = pl.col("text").str.len_bytes() <= 30
    is_plain &= number.str.contains("^[0-9]{7,15}$") & ~number.str.contains(f"(?:{_FILLING})$")
    return _where(is_plain, number, texts)


def postcode(texts: pl.Series) -> pl.Series:
    """Dutch postcodes."""
    plain = pl.col("text").str.to_uppercase().str.replace(" ", "", literal=True)
    return _where(pl.col("text").str.contains("^[0-9]{4} ?[A-Za-z]{2}$"), plain, texts)


def region(texts: pl.Series) -> pl.Series:
    """The digits of Dutch postcodes."""
    is_plain = pl.col("text").str.contains("^[0-9]{4} ?[A-Za-z]{2}$")
    return _where(is_plain, pl.col("text").str.slice(0, 4), texts)


def street(texts: pl.Series) -> pl.Series:
    """Streets of plain words, none of them cut short."""
    plain = pl.col("text").str.to_lowercase()
    is_plain = plain.str.contains("^[a-z][a-z ]{0,58}[a-z]$") & _said(plain)
    is_plain &= ~plain.str.contains("(?:str|pln|ln)$")
    joined = plain.str.replace_all(" ", "", literal=True)
    return _where(is_plain, joined.str.replace_all("ij", "y", literal=True), texts)


def surname_parts(texts: pl.Series) -> pl.Series:
    """One word with or without prefixes before it."""
    plain = pl.col("text").str.to_lowercase()
    bare = plain.str.replace(_LEADING_PREFIXES, "")
    is_plain = bare.str.contains(_WORD) & (plain.str.len_bytes() <= LONGEST) & _said(plain)
    is_plain &= ~bare.is_in(sorted(_SPECIAL)) & ~bare.str.starts_with("vande")
    return _where(is_plain, bare.str.replace_all("ij", "y", literal=True), texts)


def sounding(texts: pl.Series) -> pl.Series:
    """Keys of names in the letters a to z."""
    alike = pl.col("text")
    for written, sound in SOUNDS:
        alike = alike.str.replace_all(written, sound, literal=True)
    rest = alike.str.slice(1).str.replace_all("[aeiouyh]+", "")
    for letter in "bdfgklmnprst":  # no others are left
        rest = rest.str.replace_all(f"{letter}{letter}+", letter)
    key = pl.concat_str(alike.str.slice(0, 1), rest).str.slice(0, 8)
    return _where(pl.col("text").str.contains("^[a-z]+$"), key, texts)
