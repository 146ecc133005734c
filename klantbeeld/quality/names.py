"""Columns of people's names in standard form."""

from __future__ import annotations

import polars as pl

from klantbeeld.quality import organisations
from klantbeeld.quality.casing import mended_names
from klantbeeld.quality.columns import filled, fold, lookup, mapped, put
from klantbeeld.quality.given_names import GIVEN_NAMES
from klantbeeld.quality.name_parser import (
    PARTS,
    is_initials,
    parse_name,
    split_surname,
    standard_initials,
    standard_prefix,
)
from klantbeeld.quality.name_shapes import common_shape
from klantbeeld.quality.name_words import (
    ENGLISH_SALUTATIONS,
    ENGLISH_SIGNS,
    LATE_TITLES,
    SALUTATION_GENDER,
    SALUTATIONS,
    TITLES,
)

LONGEST = 200
CUT_SHORT = r"( \p{L}\.?)$"

_DUTCH_SIGNS = r"(?i)^(?:dhr|mevr|mw|de heer|heer|mevrouw|fam)\b"
_SALUTATION_CODES = {
    "geachte heer": "Dhr.",
    "geachte mevrouw": "Mevr.",
    "man": "Dhr.",
    "vrouw": "Mevr.",
    "m": "Dhr.",
    "v": "Mevr.",
    "f": "Mevr.",
}


def standard_full_names(text: pl.Series, english: bool | None) -> pl.DataFrame:
    """value ('Jan van der Berg', or the organisation), issue, the parts of `Name`, gender (a hint
    from the salutation), organisation_name, legal_form and is_organisation.

    english None: the column decides whether 'Mr' is a salutation or the Dutch title.
    """
    english = is_english(text) if english is None else english
    company = _companies(text)
    people = text.set(company, None)
    parts = _people(people, english)
    value = compose(parts)
    # Of 'Petra K.' the letter is no surname, but shown it is.
    letter = people.str.extract(CUT_SHORT, 1).str.to_uppercase()
    value = (value + letter).zip_with(parts["surname"].is_null() & letter.is_not_null(), value)
    firms = organisations.standard_organisations(text.filter(company))
    place = company.arg_true()
    nothing = filled(None, text)
    issue = nothing.set(
        ~company & (parts["surname"].is_null() & parts["first_name"].is_null())
        | text.str.contains("@")
        | ~text.str.contains(r"\p{L}"),
        "not_a_name",
    )
    value = put(value, place, firms["value"]).set(issue.is_not_null(), None)
    bad = issue.is_not_null()
    return pl.DataFrame(
        {
            "value": value,
            "issue": issue,
            **{part: parts[part].set(bad, None) for part in PARTS},
            "gender": lookup(parts["salutation"], SALUTATION_GENDER),
            "organisation_name": value.set(~company, None),
            "legal_form": put(nothing, place, firms["legal_form"]).set(bad, None),
            "is_organisation": company & ~bad,
        }
    )


def is_english(text: pl.Series) -> bool:
    """Does a column of names or salutations use English ones (Mrs, Ms, Miss)?"""
    return bool(text.str.contains(ENGLISH_SIGNS).any())


def has_english_salutations(text: pl.Series) -> bool:
    """May 'Mr' in a column of salutations be one? Not where Dutch ones stand beside it."""
    return is_english(text) or not text.str.contains(_DUTCH_SIGNS).any()


def _companies(text: pl.Series) -> pl.Series:
    hinted = text.str.contains(organisations.HINT)
    if hinted.any():
        judged = [organisations.is_organisation(name) for name in text.filter(hinted).to_list()]
        hinted = put(hinted, hinted.arg_true(), pl.Series(judged, dtype=pl.Boolean))
    return hinted | text.str.contains(organisations.ATTENTION)


def _people(text: pl.Series, english: bool) -> pl.DataFrame:
    frame = common_shape(text, english)
    rest = (frame["surname"].is_null() & text.is_not_null()).arg_true()
    if len(rest):
        names = [parse_name(t, english) for t in text.gather(rest).to_list()]
        frame = frame.with_columns(
            put(frame[part], rest, pl.Series([getattr(n, part) for n in names], dtype=pl.String))
            for part in PARTS
        )
    frame = _single_first_names(frame)
    return frame.with_columns(mended_names(frame["first_name"]), mended_names(frame["surname"]))


def _single_first_names(frame: pl.DataFrame) -> pl.DataFrame:
    """A bare 'Petra' is a first name; 'Bakker', 'Mevr. Petra' and 'P. Petra' are surnames."""
    bare = pl.all_horizontal(pl.col(part).is_null() for part in PARTS if part != "surname")
    plain, known = fold(frame["surname"]), list(GIVEN_NAMES)
    is_given = plain.str.extract(r"^(\S+)").is_in(known) & plain.str.extract(r"(\S+)$").is_in(known)
    first = bare & is_given.fill_null(False)
    return frame.with_columns(
        pl.when(first).then("surname").otherwise("first_name").alias("first_name"),
        pl.when(~first).then("surname").alias("surname"),
    )


def compose(parts: pl.DataFrame) -> pl.Series:
    """'Jan van der Berg jr.': first name, else initials, with prefix, surname and suffix."""
    return (
        parts.select(
            pl.concat_str(
                pl.coalesce("first_name", "initials"),
                "surname_prefix",
                "surname",
                "suffix",
                separator=" ",
                ignore_nulls=True,
            ).alias("value")
        )
        .to_series()
        .replace("", None)
    )


def standard_first_names(text: pl.Series) -> pl.DataFrame:
    """value with capitals mended. What are initials goes to the part initials (initials_only)."""
    only = mapped(text, _only_initials)
    issue = filled(None, text).set(only.is_not_null(), "initials_only")
    issue = issue.set(~text.str.contains(r"\p{L}") | text.str.contains("@"), "not_a_name")
    value = mended_names(text.str.strip_chars(" ,;").set(issue.is_not_null(), None))
    return pl.DataFrame({"value": value, "issue": issue, "initials": only})


def _only_initials(text: str) -> str | None:
    """The initials where a text is nothing else: 'J.P.', 'J P' and 'JP', but not 'Jo' or 'ED'."""
    words = text.replace(". ", ".").split()
    if words and all(is_initials(word, has_small=False) for word in words):
        return standard_initials(words)
    return None


def standard_initials_column(text: pl.Series) -> pl.DataFrame:
    """'J.P.' from 'JP', 'j p' or 'J.P'."""
    value = mapped(text, lambda t: standard_initials(t.replace(",", " ").split()))
    letters = text.str.contains(r"^[\p{L}][\p{L}.\s,\-]*$") & (text.str.len_chars() <= 24)
    issue = filled(None, text).set(~letters | value.is_null(), "not_initials")
    return pl.DataFrame({"value": value.set(issue.is_not_null(), None), "issue": issue})


def standard_surnames(text: pl.Series) -> pl.DataFrame:
    """value: the surname without its tussenvoegsels; part surname_prefix.

    What is an organisation's name goes to the part organisation_name.
    """
    company = _companies(text).fill_null(False)
    firms = organisations.standard_organisations(text.set(~company, None).fill_null(""))["value"]
    text = text.set(company, None)
    composed = text.str.contains(r"[ ,]")
    pairs = [split_surname(t) for t in text.filter(composed).to_list()]
    place = composed.arg_true()
    surname = put(text, place, pl.Series([p[1] for p in pairs], dtype=pl.String))
    prefix = put(filled(None, text), place, pl.Series([p[0] for p in pairs], dtype=pl.String))
    issue = filled(None, text)
    issue = issue.set(~text.str.contains(r"\p{L}") | text.str.contains("@"), "not_a_name")
    bad = issue.is_not_null()
    value = mended_names(surname.str.replace_all(r"\s*[-–]\s*", "-").set(bad, None))
    parts = {"surname_prefix": prefix.set(bad, None), "organisation_name": firms}
    return pl.DataFrame({"value": value, "issue": issue, **parts})


def standard_prefixes(text: pl.Series) -> pl.DataFrame:
    """Tussenvoegsels in small letters ('van der', 'v.d.', "'t")."""
    value = mapped(text, lambda t: standard_prefix(t.strip(" ,").split()))
    return pl.DataFrame({"value": value, "issue": filled(None, text)})


def standard_salutations(text: pl.Series, english: bool | None) -> pl.DataFrame:
    """value as usually written ('Dhr.', 'Mevr.', 'Mrs'), part gender. Others stay as they are."""
    bare = text.str.to_lowercase().str.replace_all(".", "", literal=True).str.strip_chars(" :,")
    english = has_english_salutations(text) if english is None else english
    known = SALUTATIONS | _SALUTATION_CODES | (ENGLISH_SALUTATIONS if english else {})
    value = lookup(bare, known)
    value = text.zip_with(value.is_null(), value)
    return pl.DataFrame(
        {"value": value, "issue": filled(None, text), "gender": lookup(value, SALUTATION_GENDER)}
    )


def standard_titles(text: pl.Series) -> pl.DataFrame:
    """Academic and noble titles as usually written: 'drs.', 'prof. dr.', 'MSc'."""
    known = TITLES | LATE_TITLES

    def form(value: str) -> str:
        words = [w for word in value.replace(",", " ").split() for w in _divided(word)]
        return " ".join(known.get(w.lower().replace(".", ""), w) for w in words)

    value = mapped(text, form)
    return pl.DataFrame({"value": value, "issue": filled(None, text)})


def _divided(word: str) -> list[str]:
    parts = [p for p in word.split(".") if p]
    return parts if parts and all(p.lower() in TITLES for p in parts) else [word]
