"""Names apart and together, their capitals, and the order they sort in."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.quality.casing import mended_name, mended_names
from klantbeeld.quality.name_parser import parse_name
from klantbeeld.quality.name_shapes import common_shape
from klantbeeld.quality.name_words import LATE_TITLES, PREFIX_WORDS, SALUTATIONS, TITLES
from klantbeeld.quality.tables import sort_key, standardise
from tests.quality.cases import check, row, rows

# value, salutation, title, initials, first name, prefix, surname, suffix
FULL_NAMES = {
    "Velde, M. van der": ("M. van der Velde", None, None, "M.", None, "van der", "Velde", None),
    "Dhr. J.P. de Vries": ("J.P. de Vries", "Dhr.", None, "J.P.", None, "de", "Vries", None),
    "Mevr. drs. A.B. Jansen-de Boer": (
        "A.B. Jansen-de Boer",
        "Mevr.",
        "drs.",
        "A.B.",
        None,
        None,
        "Jansen-de Boer",
        None,
    ),
    "van den Berg, Jan": ("Jan van den Berg", None, None, None, "Jan", "van den", "Berg", None),
    "JAN VAN DER BERG": ("Jan van der Berg", None, None, None, "Jan", "van der", "Berg", None),
    "jan van der berg": ("Jan van der Berg", None, None, None, "Jan", "van der", "Berg", None),
    "mr. dr. ir. P. Pietersen": (
        "P. Pietersen",
        None,
        "mr. dr. ir.",
        "P.",
        None,
        None,
        "Pietersen",
        None,
    ),
    "J. Jansen, MSc": ("J. Jansen", None, "MSc", "J.", None, None, "Jansen", None),
    "Anna Jansen MSc": ("Anna Jansen", None, "MSc", None, "Anna", None, "Jansen", None),
    "Prof.dr. J. Smit jr.": ("J. Smit jr.", None, "prof. dr.", "J.", None, None, "Smit", "jr."),
    "J.P. (Jan) de Vries": ("Jan de Vries", None, None, "J.P.", "Jan", "de", "Vries", None),
    "De heer en mevrouw Jansen": ("Jansen", "Dhr./Mevr.", None, None, None, None, "Jansen", None),
    "Fam. de Wit": ("de Wit", "Fam.", None, None, None, "de", "Wit", None),
    "JP de Vries": ("J.P. de Vries", None, None, "J.P.", None, "de", "Vries", None),
    "J P de Vries": ("J.P. de Vries", None, None, "J.P.", None, "de", "Vries", None),
    "e.j. van dijk": ("E.J. van Dijk", None, None, "E.J.", None, "van", "Dijk", None),
    "IJSBRAND O'NEILL": ("IJsbrand O'Neill", None, None, None, "IJsbrand", None, "O'Neill", None),
    "Ijsbrand Smit": ("IJsbrand Smit", None, None, None, "IJsbrand", None, "Smit", None),
    "Ronald McDonald": ("Ronald McDonald", None, None, None, "Ronald", None, "McDonald", None),
    "RONALD MCDONALD": ("Ronald McDonald", None, None, None, "Ronald", None, "McDonald", None),
    "Berg J. van der": ("J. van der Berg", None, None, "J.", None, "van der", "Berg", None),
    "Jansen J.P.": ("J.P. Jansen", None, None, "J.P.", None, None, "Jansen", None),
    "Vries, de, Jan": ("Jan de Vries", None, None, None, "Jan", "de", "Vries", None),
    "Jansen, dhr. P.": ("P. Jansen", "Dhr.", None, "P.", None, None, "Jansen", None),
    "Ben de Vries": ("Ben de Vries", None, None, None, "Ben", "de", "Vries", None),
    "van der Berg": ("van der Berg", None, None, None, None, "van der", "Berg", None),
    "Jan Peter de Vries": (
        "Jan Peter de Vries",
        None,
        None,
        None,
        "Jan Peter",
        "de",
        "Vries",
        None,
    ),
    "Jan": ("Jan", None, None, None, "Jan", None, None, None),
    "Bakker": ("Bakker", None, None, None, None, None, "Bakker", None),
    "Mevr. Petra": ("Petra", "Mevr.", None, None, None, None, "Petra", None),
    "Petra K.": ("Petra K.", None, None, None, "Petra", None, None, None),
    "Levi V.": ("Levi V.", None, None, None, "Levi", None, None, None),
    "Jansen P.": ("P. Jansen", None, None, "P.", None, None, "Jansen", None),
    "Jan van der Kerk": ("Jan van der Kerk", None, None, None, "Jan", "van der", "Kerk", None),
    "Nora Benali-El Amrani": (
        "Nora Benali-El Amrani",
        None,
        None,
        None,
        "Nora",
        None,
        "Benali-El Amrani",
        None,
    ),
    "T.a.v. mevrouw De Boer": ("de Boer", "Mevr.", None, None, None, "de", "Boer", None),
    "Mw. A van den Heuvel": (
        "A. van den Heuvel",
        "Mevr.",
        None,
        "A.",
        None,
        "van den",
        "Heuvel",
        None,
    ),
    "Anna-Maria van 't Hof": (
        "Anna-Maria van 't Hof",
        None,
        None,
        None,
        "Anna-Maria",
        "van 't",
        "Hof",
        None,
    ),
    "Jan v.d. Berg": ("Jan v.d. Berg", None, None, None, "Jan", "v.d.", "Berg", None),
    "Jan v/d Berg": ("Jan v.d. Berg", None, None, None, "Jan", "v.d.", "Berg", None),
    "Th.J. Bakker": ("Th.J. Bakker", None, None, "Th.J.", None, None, "Bakker", None),
    "Zoë Ünal": ("Zoë Ünal", None, None, None, "Zoë", None, "Ünal", None),
    "Jan Ma": ("Jan Ma", None, None, None, "Jan", None, "Ma", None),
    "Jansen - de Boer, A.": (
        "A. Jansen-de Boer",
        None,
        None,
        "A.",
        None,
        None,
        "Jansen-de Boer",
        None,
    ),
}
FULL_NAMES |= {
    "A. Jansen-van der Berg": (
        "A. Jansen-van der Berg",
        None,
        None,
        "A.",
        None,
        None,
        "Jansen-van der Berg",
        None,
    ),
    "A. de Boer-van der Berg": (
        "A. de Boer-van der Berg",
        None,
        None,
        "A.",
        None,
        "de",
        "Boer-van der Berg",
        None,
    ),
    "drs. mevr. E. Bos": ("E. Bos", "Mevr.", "drs.", "E.", None, None, "Bos", None),
    "Bo, É van de MSc": ("É. van de Bo", None, "MSc", "É.", None, "van de", "Bo", None),
}
PARTS = ("salutation", "title", "initials", "first_name", "surname_prefix", "surname", "suffix")


@pytest.mark.parametrize(
    ("text", "first", "surname"),
    [
        ("محمد العلي", "محمد", "العلي"),
        ("משה כהן", "משה", "כהן"),
        ("ИВАН ПЕТРОВ", "ИВАН", "ПЕТРОВ"),
        ('Jan "de Fiets" Jansen', "Jan", "Jansen"),
        ('J. "Jan" Jansen', "Jan", "Jansen"),
    ],
)
def test_no_name_is_taken_for_initials(text: str, first: str, surname: str) -> None:
    name = parse_name(text, english=False)
    assert (name.first_name, name.surname) == (first, surname)


@pytest.mark.parametrize("text", FULL_NAMES)
def test_full_name(text: str) -> None:
    found = row("full_name", text, english=False)
    assert (found["value"], *(found[part] for part in PARTS)) == FULL_NAMES[text]
    assert found["issue"] is None
    assert found["is_organisation"] is False


@pytest.mark.parametrize("text", FULL_NAMES)
def test_a_standard_name_stays(text: str) -> None:
    value = FULL_NAMES[text][0]
    assert row("full_name", value, english=False)["value"] == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("onbekend", "placeholder"),
        ("x", "placeholder"),
        ("N.v.t.", "placeholder"),
        ("jan@example.nl", "not_a_name"),
        ("12345", "not_a_name"),
        ("a " * 150, "too_long"),
        ("#REF!", "formula_error"),
        ("Voornaam Achternaam", "placeholder"),
    ],
)
def test_not_a_name(text: str, reason: str) -> None:
    check("full_name", text, f"!{reason}")


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("Jansen Fietsen BV", "Jansen Fietsen B.V.", "B.V."),
        ("JANSEN FIETSEN B.V.", "JANSEN FIETSEN B.V.", "B.V."),
        ("Stichting Het Wiel", "Stichting Het Wiel", "Stichting"),
        ("De Vries & Zn VOF", "De Vries & Zn V.O.F.", "V.O.F."),
        ("Radwerk GmbH", "Radwerk GmbH", "GmbH"),
        ("Cycle Parts Ltd", "Cycle Parts Ltd", "Ltd"),
        ("Bakker Transport", "Bakker Transport", None),
        ("De Wit Koeriers t.a.v. Jan de Wit", "De Wit Koeriers t.a.v. Jan de Wit", None),
    ],
)
def test_organisations_among_names(text: str, value: str, form: str | None) -> None:
    found = row("full_name", text)
    assert found["is_organisation"] is True
    assert (found["value"], found["organisation_name"], found["legal_form"]) == (value, value, form)
    assert found["surname"] is None


@pytest.mark.parametrize(
    ("text", "surname", "organisation"),
    [
        ("Bakker Advies B.v.", None, "Bakker Advies B.V."),
        ("Stichting Het Wiel", None, "Stichting Het Wiel"),
        ("van der Kerk", "Kerk", None),
        ("de Vries - Bank", "Vries-Bank", None),
        ("Jansen", "Jansen", None),
    ],
)
def test_organisations_among_surnames(
    text: str, surname: str | None, organisation: str | None
) -> None:
    found = row("surname", text)
    assert (found["value"], found["organisation_name"]) == (surname, organisation)


def test_people_whose_name_holds_a_legal_form_in_small_letters() -> None:
    assert [r["is_organisation"] for r in rows("full_name", ["Li Ag", "Cv Jansen", "Jan Kg"])] == [
        False,
        False,
        False,
    ]


def test_organisation_root_is_the_name_without_its_form() -> None:
    found = rows(
        "organisation_name",
        ["Jansen Fietsen BV", "Jansen-Fietsen b.v.", "Stichting Zon", "Holding", "Übung GmbH"],
    )
    assert [r["root"] for r in found] == [
        "jansen fietsen",
        "jansen fietsen",
        "zon",
        "holding",
        "ubung",
    ]


def test_mr_is_a_title_in_dutch_and_a_salutation_in_english() -> None:
    dutch = rows("full_name", ["mr. J. Smit", "Dhr. P. Bos"])[0]
    english = rows("full_name", ["Mr. John Smith", "Mrs Jane Doe"])[0]
    assert (dutch["title"], dutch["salutation"]) == ("mr.", None)
    assert (english["title"], english["salutation"], english["gender"]) == (None, "Mr", "male")


def test_salutation_hints_at_gender() -> None:
    found = rows("salutation", ["Dhr", "mevrouw", "de heer", "Fam.", "V", "Geachte mevrouw"])
    assert [r["value"] for r in found] == ["Dhr.", "Mevr.", "Dhr.", "Fam.", "Mevr.", "Mevr."]
    assert [r["gender"] for r in found] == ["male", "female", "male", None, "female", "female"]


@pytest.mark.parametrize(
    ("text", "prefix", "surname"),
    [
        ("van der Berg", "van der", "Berg"),
        ("Berg, van der", "van der", "Berg"),
        ("BERG", None, "Berg"),
        ("de boer-jansen", "de", "Boer-Jansen"),
        ("De", None, "De"),
        ("o'neill", None, "O'Neill"),
        ("'t Hooft", "'t", "Hooft"),
        ("DeVries", None, "DeVries"),
        ("van 't Hof", "van 't", "Hof"),
        ("jansen - smit", None, "Jansen-Smit"),
    ],
)
def test_surname(text: str, prefix: str | None, surname: str) -> None:
    found = row("surname", text)
    assert (found["value"], found["surname_prefix"], found["issue"]) == (surname, prefix, None)


def test_first_names_and_initials() -> None:
    found = rows("first_name", ["jan", "J.P.", "JAN-PETER", "Anne Marie", "X", "JP", "Jo"])
    assert [r["value"] for r in found] == ["Jan", None, "Jan-Peter", "Anne Marie", None, None, "Jo"]
    assert [r["issue"] for r in found] == [
        None,
        "initials_only",
        None,
        None,
        "placeholder",
        "initials_only",
        None,
    ]
    assert [r["initials"] for r in found] == [None, "J.P.", None, None, None, "J.P.", None]
    assert [r["value"] for r in rows("initials", ["JP", "j p", "J.P", "Th.J."])] == [
        "J.P.",
        "J.P.",
        "J.P.",
        "Th.J.",
    ]
    check("initials", "J4", "!not_initials")


def test_titles_and_prefixes() -> None:
    assert [r["value"] for r in rows("title", ["drs", "Prof.dr.", "msc", "Mr.drs."])] == [
        "drs.",
        "prof. dr.",
        "MSc",
        "mr. drs.",
    ]
    assert [r["value"] for r in rows("surname_prefix", ["Van Der", "v.d.", "V/D", "'T"])] == [
        "van der",
        "v.d.",
        "v.d.",
        "'t",
    ]


def test_sort_key_follows_the_root_word() -> None:
    people = [
        ("van der", "Berg", "Jan"),
        (None, "Bakker", "Zoë"),
        ("de", "Vries", "Ed"),
        (None, "Éclair", "Bo"),
        (None, "Berg", "Anna"),
        (None, "O'Neill", None),
    ]
    keys = sort_key(*(pl.Series([p[i] for p in people]) for i in range(3))).to_list()
    assert keys == [
        "berg jan van der",
        "bakker zoe",
        "vries ed de",
        "eclair bo",
        "berg anna",
        "oneill",
    ]
    assert sorted(keys) == [
        "bakker zoe",
        "berg anna",
        "berg jan van der",
        "eclair bo",
        "oneill",
        "vries ed de",
    ]


def test_sort_key_has_no_nul_and_no_null() -> None:
    key = sort_key(
        pl.Series([None], dtype=pl.String), pl.Series(["A\0b"]), pl.Series([None], dtype=pl.String)
    )
    assert key.to_list() == ["a b"]
    empty = pl.Series([None], dtype=pl.String)
    assert sort_key(empty, empty, empty).to_list() == [""]


_WORDS = st.one_of(
    st.sampled_from(
        [
            "Jan",
            "JAN",
            "jan",
            "Anna-Maria",
            "IJsbrand",
            "J.",
            "J.P.",
            "JP",
            "j.p.",
            "Berg",
            "BERG",
            "de",
            "van",
            "der",
            "Van",
            "VAN",
            "van der",
            "Jansen-Smit",
            "Ma",
            "MA",
            "MSc",
            "Dhr.",
            "mr.",
            "drs",
            "Jo",
            "Al",
            "Ben",
            "ter",
            "É",
            "Zoë",
            "B.V.",
            "jr.",
            "Bo",
            "in",
            "el",
            "v.d.",
            "Co",
            "la",
        ]
    ),
    st.sampled_from(sorted({*PREFIX_WORDS, *TITLES, *LATE_TITLES, *SALUTATIONS})),
    st.text(st.sampled_from("abeijJPVDnstéÉ.-'"), min_size=1, max_size=6),
)


_GIVEN = st.sampled_from(
    [
        "Jan",
        "JAN",
        "jan",
        "Anna-Maria",
        "J.",
        "J.P.",
        "JP",
        "Th.",
        "Zoë",
        "É",
        "Jan Peter",
        "Jan Ben",
        "JAN PETER",
        "Jan JP",
        "J P",
        "Ed",
        "Mo",
        "IJsbrand",
        "Jan P.",
    ]
)
_BETWEEN = st.sampled_from(["", "", "van ", "de ", "Van Der ", "v.d. ", "van 't ", "in 't ", "el "])
_SURNAMES = st.sampled_from(
    [
        "Berg",
        "BERG",
        "Jansen-Smit",
        "Ma",
        "O'Neill",
        "mcdonald",
        "IJzerman",
        "Jansen-van der Berg",
        "jansen-de boer",
        "Jansen-de",
        "van-de Berg",
        "Bakker - Smit",
        "Garcia Lopez",
        "DeVries",
    ]
)
_BEFORE = st.sampled_from(["", "", "Dhr. ", "drs. ", "de heer ", "prof.dr. ", "T.a.v. mw. "])
_AFTER = st.sampled_from(["", "", " MSc", " jr.", ", MBA"])


def _written(before: str, first: str, prefix: str, surname: str, after: str, turned: bool) -> str:
    name = f"{surname}, {first} {prefix}".strip() if turned else f"{first} {prefix}{surname}"
    return before + name + after


@pytest.mark.parametrize(
    "text",
    [
        "Jan van der Berg",
        "JAN VAN DER BERG",
        "J.P. de Vries",
        "Velde, M. van der",
        "Mevr. E. Bos",
        "van den Berg, Jan",
        "Dhr. drs. A. Smit",
        "Fam. de Wit",
        "prof.dr. Bakker",
        "Jan",
    ],
)
def test_the_fast_shape_is_taken(text: str) -> None:
    assert common_shape(pl.Series([text]), False)["surname"][0] is not None


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.lists(_WORDS, min_size=2, max_size=4).map(" ".join),
        st.builds(_written, _BEFORE, _GIVEN, _BETWEEN, _SURNAMES, _AFTER, st.booleans()),
    ),
    st.booleans(),
    st.booleans(),
)
def test_the_fast_shape_says_what_the_parser_says(text: str, shout: bool, english: bool) -> None:
    text = text.upper() if shout else text
    fast = common_shape(pl.Series([text]), english).row(0, named=True)
    if fast["surname"] is None:
        return
    slow = dict(vars(parse_name(text, english)))
    for parts in (fast, slow):  # shouted names are read in small letters and mended afterwards
        for part in ("first_name", "surname"):
            parts[part] = parts[part] and mended_name(parts[part])
    assert fast == slow


@settings(max_examples=100, deadline=None)
@given(_BEFORE, _GIVEN, _BETWEEN, _SURNAMES, _AFTER, st.booleans(), st.booleans())
def test_a_standard_name_is_its_own_standard(
    before: str, first: str, prefix: str, surname: str, after: str, turned: bool, shout: bool
) -> None:
    text = _written(before, first, prefix, surname, after, turned)
    once = row("full_name", text.upper() if shout else text, english=False)
    twice = row("full_name", once["value"], english=False)
    assert twice["value"] == once["value"]
    if surname != "Garcia Lopez":  # only the comma told that both words are the surname
        assert twice["surname"] == once["surname"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join), max_size=6))
def test_rows_do_not_depend_on_each_other(texts: list[str]) -> None:
    def values(some: list[str]) -> list[dict[str, object]]:
        column = pl.Series(some, dtype=pl.String)
        return standardise(column, "full_name", english=False).frame().to_dicts()

    assert values(texts) == [values([t])[0] for t in texts]
    assert values(texts * 3) == values(texts) * 3


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Jan", "JAN", "jan", "van", "de", "Van", "-", " ", "-", "Ij", "IJs", "Mc"]
        ),
        min_size=1,
        max_size=6,
    ).map("".join)
)
def test_names_that_are_not_looked_at_need_no_mending(text: str) -> None:
    assert mended_names(pl.Series([text]))[0] == mended_name(text)
