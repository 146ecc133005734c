"""What is read for whole columns is what the functions for one value give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from klantbeeld.identity.core import (
    coded,
    contacts,
    match_values,
    names,
    native,
    shapes,
    text,
)

from .people import same_values

WORDS = (
    "van", "de", "der", "vande", "vanden", "dhr.", "mr", "de heer", "fam", "e/v", "geb.", "nee", "-",
    " - ", "–", "/", "jansen", "IJsbrand", "bakker", "Wit", "K.", "k", "xx", "test", "n/a", "geen",
    "Ångström", "Корнева", "straat", "str.", "pln", "ln", " ", "  ", "\t", "\u212a", "İ", "ß",
    "1234", "AB", "0000", "0612345678", "+31", "0031", "(0)", "06-", "11111", "9", "٣", ".", "'t ",
    "@", "example.nl", "gmail.com", "jan", "info", "noreply", "+tag", "mailto:", "<", ">", "🙂",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=5).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.text(max_size=12),
    st.from_regex(r"[0-9 +()./-]{5,18}", fullmatch=True),
    st.from_regex(r"[a-z.]{1,8}@[a-z.-]{1,8}\.[a-z]{1,3}", fullmatch=True),
    st.from_regex(r"[0-9]{4} ?[A-Za-z]{2}", fullmatch=True),
    st.from_regex(r"([a-zA-Z]\.[ .]?){1,8}", fullmatch=True),
    st.from_regex(
        r"[a-z.]{1,4} ([a-z0-9]{1,3}-|van|de|'t|,)( ?[A-Z][a-z0-9-]{0,3}){0,4}", fullmatch=True
    ),
)
PARTS = TEXTS.map(lambda text: (names.surname_parts(text) or "koekkoek").split("|")[0])
LONG = ("x" * 500, " " * 299 + "jan@example.nl", "van " * 40 + "dam", "ab" * 200 + "@example.nl")

TWINS: tuple[tuple[Callable[..., pl.Series], Callable[[str], Any], Any], ...] = (
    (shapes.email, contacts.email, TEXTS),
    (shapes.phone, contacts.phone, TEXTS),
    (shapes.postcode, contacts.postcode, TEXTS),
    (shapes.region, contacts.region, TEXTS),
    (shapes.street, contacts.street, TEXTS),
    (shapes.street, lambda line: contacts.address_line(line)[0], TEXTS),
    (shapes.first_name, names.first_name, TEXTS),
    (shapes.initials_of, names.initials_of, TEXTS),
    (shapes.initials, names.initials, TEXTS),
    (shapes.surname_parts, names.surname_parts, TEXTS),
    (shapes.sounding, names.sounding, PARTS),
    (shapes.spelling, names.spelling, TEXTS),
    (shapes.code, text.code, TEXTS),
    (shapes.present, text.present, TEXTS),
    (shapes.nickname_root, names.nickname_root, PARTS),
    (lambda texts: shapes.split_full_name(texts)[0], lambda t: names.split_full_name(t)[0], TEXTS),
    (lambda texts: shapes.split_full_name(texts)[1], lambda t: names.split_full_name(t)[1], TEXTS),
)


ALONE = tuple((*twin, False) for twin in TWINS[:2])


@pytest.mark.parametrize(
    ("shape", "twin", "texts", "is_compiled"), [*((*twin, True) for twin in TWINS), *ALONE]
)
def test_shapes_give_what_the_functions_give(
    shape: Callable[[pl.Series], pl.Series],
    twin: Callable[[str], Any],
    texts: Any,
    is_compiled: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not is_compiled:
        monkeypatch.setattr(native, "library", lambda: None)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(texts, max_size=40))
    def holds(values: list[str]) -> None:
        column = pl.Series([*values, None], dtype=pl.String)
        for value, answer in zip(values, shape(column), strict=False):
            assert answer is None or answer == twin(value)

    holds()
    if texts is TEXTS:
        for value, answer in zip(LONG, shape(pl.Series(LONG)), strict=True):
            assert answer is None or answer == twin(value)


@pytest.mark.parametrize(
    ("shape", "value", "answer"),
    [
        (shapes.email, " Jan@Example.nl", "jan@example.nl"),
        (shapes.phone, "06-97 00 12 34", "31697001234"),
        (shapes.phone, "+31 20 000 1234", "31200001234"),
        (shapes.postcode, "1234 ab", "1234AB"),
        (shapes.region, "1234AB", "1234"),
        (shapes.street, "Oude Dijk", "oudedyk"),
        (shapes.first_name, "Jan", "jan"),
        (shapes.initials_of, "J.P.", "jp"),
        (shapes.initials, "J. P.", "jp"),
        (shapes.surname_parts, "van der Berg", "berg"),
        (shapes.surname_parts, "Van Dijk - de Vries", "dyk|vries"),
        (shapes.sounding, "bakker", "bkr"),
    ],
)
def test_common_shapes_are_read_for_whole_columns(
    shape: Callable[[pl.Series], pl.Series], value: str, answer: str
) -> None:
    assert shape(pl.Series([value])).to_list() == [answer]


ROLES = (
    "full_name", "first_name", "surname", "initials", "salutation", "birth_date", "email", "phone",
    "mobile", "address", "street", "house_number", "house_suffix", "postcode", "city", "website",
    "organisation_name", "kind", "customer_number", "source", "login",
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(ROLES, TEXTS)), min_size=1, max_size=12
    )
)
@example([{"mobile": "06-97001234", "phone": "06 97001234"}, {"phone": "020-0001234"}])
def test_large_tables_give_what_small_ones_give(rows: list[dict[str, str]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(ROLES, pl.String))
    few = match_values(frame)
    large = match_values(pl.concat([frame] * (coded.FEW // len(frame) + 1)))
    assert same_values(large[: len(frame)], few)
    again = pl.concat([frame] * 1000)
    assert match_values(again.lazy()).equals(match_values(again))


FULL_NAMES = {
    "Jan Jansen": ("Jan", "Jansen"),
    "J. de Vries": ("J.", "de Vries"),
    "Anne van der Berg": ("Anne", "van der Berg"),
    "anna smit-bos": ("anna", "smit-bos"),
    "A.B. smit-van der bos": ("A.B.", "smit-van der bos"),
    "ben van der Ve1d-van 't Bos": ("ben", "van der Ve1d-van 't Bos"),
}


@pytest.mark.parametrize("name", FULL_NAMES)
def test_common_full_names_are_read_for_whole_columns(name: str) -> None:
    first, surname = shapes.split_full_name(pl.Series([name]))
    assert (first[0], surname[0]) == FULL_NAMES[name] == names.split_full_name(name)


@pytest.mark.parametrize(
    "name",
    ["Dhr. Jan Jansen", "mr Jan Smit", "Fam. de Vries", "Vries, Jan de", "Jan Piet Smit", "Jansen"],
)
def test_other_full_names_are_asked_one_by_one(name: str) -> None:
    assert shapes.split_full_name(pl.Series([name]))[0][0] is None
