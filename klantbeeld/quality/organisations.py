"""Organisations: told from people by their legal form, and named without it."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from klantbeeld.quality.columns import filled, fold
from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.name_words import (
    CAPITAL_FORMS,
    LEGAL_FORMS,
    ORGANISATION_WORDS,
    PREFIX_WORDS,
    SURNAMES_TOO,
)

_WORDS = sorted({*LEGAL_FORMS, *ORGANISATION_WORDS}, key=len, reverse=True)
# A cheap first look; what it lets through is judged word by word.
_ANY_WORD = "|".join(re.escape(word) for word in _WORDS)
HINT = rf"(?i)(?:^|[\s,(&])(?:{_ANY_WORD})(?:$|[\s,).])"
# Behind an organisation's name whom it is for: 'Bakker t.a.v. Jan de Vries'.
ATTENTION = r"(?i)\S\s+(?:t\.?\s?a\.?\s?v\.?|ter attentie van|attn\.?)\s+\S"


@lru_cache(maxsize=65_536)
def is_organisation(name: str) -> bool:
    """Does a name have a legal form or a word that only organisations have?"""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return False
    # 'S.A. Bos' and 'B.V. Bakker' have initials; 'Holding Bakker' has a form.
    if any(_legal_form(word) for word in (words if "." not in words[0] else words[1:])):
        return True
    plain = [word.lower().strip(".,()") for word in words]
    if plain[-1] in SURNAMES_TOO and _is_before_surname(plain):
        plain.pop()
    return any(word in ORGANISATION_WORDS for word in plain)


def _is_before_surname(words: list[str]) -> bool:
    """'Jan', 'J.P.' and 'van der' before the last word, which then is somebody's surname."""
    letters = words[0].replace(".", "")
    is_person = words[0] in GIVEN_NAMES or len(letters) == 1 or "." in words[0]
    return is_person or words[-2] in PREFIX_WORDS or words[-2] in ("-", "–")


def _legal_form(word: str) -> str | None:
    bare = word.strip(",()")
    form = LEGAL_FORMS.get(bare.lower())
    if form and bare.lower().strip(".") in CAPITAL_FORMS and bare != bare.upper():
        return None
    return form


@lru_cache(maxsize=65_536)
def legal_form(name: str) -> str | None:
    """The legal form as usually written (B.V., GmbH), null where the name has none."""
    for word in reversed(name.split()[-3:] + name.split()[:1]):
        form = _legal_form(word)
        if form and form not in ("Groep", "Group", "Holding", "Co."):
            return form
    return None


def standard_organisations(text: pl.Series) -> pl.DataFrame:
    """value (name with its legal form as usually written), legal_form, root (folded, without it).

    Capitals stay as they are: many companies mean them.
    """
    names = text.to_list()
    rows = [_read(name) for name in names]
    value = pl.Series([row[0] for row in rows], dtype=pl.String)
    form = pl.Series([row[1] for row in rows], dtype=pl.String)
    root = fold(pl.Series([row[2] for row in rows], dtype=pl.String))
    root = fold(value).zip_with((root.str.len_bytes() == 0).fill_null(True), root)
    bare = ~value.str.contains(r"[\p{L}\p{N}]")
    issue = filled(None, text).set(bare, "not_a_name")
    return pl.DataFrame(
        {
            "value": value.set(bare, None),
            "issue": issue,
            "legal_form": form,
            "root": root.set(bare, None),
        }
    )


@lru_cache(maxsize=65_536)
def _read(name: str) -> tuple[str, str | None, str]:
    words = name.strip(" ,;").split()
    shown, root, found = [], [], None
    for place, word in enumerate(words):
        form = _legal_form(word)
        if form is None or len(words) == 1:
            shown.append(word)
            root.append(word)
            continue
        at_edge = place == 0 or place >= len(words) - 3
        if form not in ("Groep", "Group", "Holding"):
            found = form if at_edge else found
        shown.append(form if place > 0 and form not in ("Groep", "Group") else word)
        if form in ("Groep", "Group", "Holding"):
            root.append(word)
    return " ".join(shown), found, " ".join(root)
