"""The shapes that nearly all names of people have, read for a whole column at once.

What no shape fits, or what could be read in two ways, is left to the parser; where a shape does
fit it says what the parser says (held by a test).
"""

from __future__ import annotations

import polars as pl

from klantbeeld.quality.columns import filled, lookup, mapped, put
from klantbeeld.quality.name_words import (
    ENGLISH_SALUTATIONS,
    GENERATIONS,
    LATE_TITLES,
    OPENING_PREFIXES,
    PREFIX_WORDS,
    SALUTATIONS,
    TITLES,
)

_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,}"
_GIVEN = r"[A-Z]?[a-zß-öø-ÿ]+(?:-[A-ZÀ-Þ]?[a-zß-öø-ÿ]+)?"
_INITIALS = r"(?:[A-Za-z]\.)+"
_PREFIX = r"van|de|den|der|ten|ter|te|van (?:de|den|der)|von"

_WORDS = rf"{_WORD}(?:-(?:(?i:{_PREFIX}) )?{_WORD})?"  # 'Jansen-de Boer'

_PLAIN = rf"^(?:({_GIVEN})(?: ({_GIVEN}))??|({_INITIALS})) (?:({_PREFIX}) )?({_WORDS})$"
_SURNAME = rf"^(?:({_PREFIX}) )?({_WORDS})$"
_TURNED = rf"^({_WORDS}), ({_INITIALS}|{_WORDS})(?: ((?i:{_PREFIX})))?$"
_TURNED_WHOLE = rf"^((?i:{_PREFIX})) ({_WORDS}), ({_INITIALS}|{_WORDS})$"
_PREFIX_BEHIND_COMMA = rf", (?i:{_PREFIX})(?: |$)"  # 'Berg, van der'
_HYPHENED_PREFIX = rf"(?i)-(?:{'|'.join(sorted(w for w in PREFIX_WORDS if w.isalpha()))})(?: |$)"
_SHOUTED_INITIALS = r"(?:^| )(?:[^AEIOUYa-z ]{1,4}|[A-Z]) "

_SALUTED = "dhr|hr|de heer|heer|meneer|mevr|mevrouw|mw|mvr|mej|mrs|ms|miss|fam|familie|herr|frau"
_TITLED = "drs|dr|ir|ing|prof|ds|bc"

_NOT_FIRST = sorted(
    {*SALUTATIONS, *TITLES, *LATE_TITLES, *GENERATIONS, *OPENING_PREFIXES, *ENGLISH_SALUTATIONS}
    | {"tav", "attn", "aan"}
)
_NOT_SECOND = sorted({*_NOT_FIRST, *PREFIX_WORDS})
_NOT_LAST = sorted({*PREFIX_WORDS, *LATE_TITLES, *TITLES, *GENERATIONS, *SALUTATIONS})
_NOT_INITIALS = [*sorted(PREFIX_WORDS), "t.a.v."]


def common_shape(text: pl.Series, english: bool) -> pl.DataFrame:
    """Parts of the names of a common shape as written, null for the others.

    'Jan van der Berg', 'J.P. de Vries', 'Velde, M. van der', 'Mevr. drs. Bos', and each of them
    in capitals or small letters throughout.
    """
    frame = _plain(text)
    rest = frame["surname"].is_null().arg_true()
    if not len(rest):
        return frame
    dressed = _dressed(text.gather(rest), english)
    return frame.with_columns(put(frame[name], rest, dressed[name]) for name in frame.columns)


def _plain(text: pl.Series) -> pl.DataFrame:
    quiet = _quiet(text)
    first, second, initials, prefix, surname = _groups(quiet, _PLAIN, 5)
    doubt = (
        _is_in(first, _NOT_FIRST)
        | _is_in(_last_word(surname), _NOT_LAST)
        | _is_in(initials, _NOT_INITIALS)
    )
    doubt |= _is_in(second, _NOT_SECOND)
    given = pl.select(pl.concat_str(first, second, separator=" ", ignore_nulls=True)).to_series()
    given = given.set(first.is_null(), None)
    doubt |= ((first.str.len_chars() < 2) | (second.str.len_chars() < 2)).fill_null(False)
    doubt |= given.str.contains(_HYPHENED_PREFIX).fill_null(False)
    doubt |= _may_be_initials(surname)
    nothing = filled(None, text)
    parts = {
        "salutation": nothing,
        "title": nothing,
        "initials": initials.str.to_uppercase(),
        "first_name": given,
        "surname_prefix": prefix,
        "surname": surname,
        "suffix": nothing,
    }
    return pl.DataFrame({name: part.set(doubt, None) for name, part in parts.items()})


def _dressed(text: pl.Series, english: bool) -> pl.DataFrame:
    """Names with a salutation or titles in front, turned round, or of a surname only."""
    saluted, titled = (f"{_SALUTED}|mr|mister", _TITLED) if english else (_SALUTED, f"{_TITLED}|mr")
    title = rf"(?i:(?:(?:{titled})\.)*(?:{titled}))\.? "
    dress = rf"^(?:((?i:{saluted}))\.? )?((?:{title})*)(.+)$"
    salutation, titles, bare = _groups(text, dress, 3)
    turned = bare.str.replace(_TURNED, "$2 $3 $1").str.replace(_TURNED_WHOLE, "$3 $1 $2")
    turned = turned.str.replace("  ", " ", literal=True)
    bare = turned.set(bare.str.contains(_PREFIX_BEHIND_COMMA).fill_null(False), None)
    frame = _plain(bare)
    prefix, surname = _groups(_quiet(bare).set(frame["surname"].is_not_null(), None), _SURNAME, 2)
    doubt = _is_in(_last_word(surname), _NOT_LAST) | _may_be_initials(surname)
    alone = surname.is_not_null() & ~doubt
    read = frame["surname"].is_not_null() | alone
    known = SALUTATIONS | ENGLISH_SALUTATIONS
    titles = titles.set((titles.str.len_bytes() == 0).fill_null(True), None)
    return frame.with_columns(
        lookup(salutation.str.to_lowercase(), known).set(~read, None).alias("salutation"),
        mapped(titles, standard_titles).set(~read, None).alias("title"),
        prefix.zip_with(alone, frame["surname_prefix"]).alias("surname_prefix"),
        surname.zip_with(alone, frame["surname"]).alias("surname"),
    )


def standard_titles(text: str) -> str:
    """'Prof.dr. ' as 'prof. dr.'."""
    words = text.lower().replace(".", " ").split()
    return " ".join(TITLES[word] for word in words)


def _quiet(text: pl.Series) -> pl.Series:
    """Shouted names in small letters; null where their first word may be initials."""
    shouted = (~text.str.contains(r"[a-zß-öø-ÿ]")).fill_null(False)
    if not shouted.any():
        return text
    quiet = text.str.to_lowercase().zip_with(shouted, text)
    return quiet.set((shouted & text.str.contains(_SHOUTED_INITIALS)).fill_null(False), None)


def _groups(text: pl.Series, pattern: str, count: int) -> list[pl.Series]:
    found = pl.DataFrame({"t": text}).select(pl.col("t").str.extract_groups(pattern).alias("g"))
    wide = found.unnest("g")
    return [wide[str(group + 1)] for group in range(count)]


def _is_in(text: pl.Series, words: list[str]) -> pl.Series:
    return text.str.to_lowercase().is_in(words).fill_null(False)


def _last_word(surname: pl.Series) -> pl.Series:
    return surname.str.replace(r"^.* ", "")


def _may_be_initials(surname: pl.Series) -> pl.Series:
    """Short words in capitals: 'Jansen JP'."""
    return surname.str.contains(r"(?:^| )[A-Z]{2,4}$").fill_null(False)
