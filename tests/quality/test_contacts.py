"""Phone numbers, e-mail addresses and IBANs: cases, and the fast shapes against the libraries."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from klantbeeld.quality import emails, phones
from klantbeeld.quality.tables import standardise
from tests.quality.cases import check, row, rows

MOBILE = "+3197010123456"  # machine to machine: given to no person


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("097010123456", MOBILE),
        ("+31 (0)97 010 123 456", MOBILE),
        ("0031-97010123456", MOBILE),
        ("31 97010123456", MOBILE),
        ("085-0123457", "+31850123457"),
        ("(020) 000 1234", "+31200001234"),
        ("020 000 11 11", "+31200001111"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+49 30 901820", "+4930901820"),
        ("0612345678", "!placeholder"),
        ("06-12345678", "!placeholder"),
        ("+31612345678", "!placeholder"),
        ("0600000000", "!placeholder"),
        ("0611111111", "!placeholder"),
        ("0000000000", "!placeholder"),
        ("geen", "!placeholder"),
        ("1234567890", "!placeholder"),
        ("0201234567", "!placeholder"),
        ("06 12", "!too_short"),
        ("abc", "!not_a_phone"),
        ("06-123456789012", "!invalid_phone"),
        ("0697012345", "!invalid_phone"),
        ("1" * 201, "!too_long"),
        ("tel. 020-0001111 tst 12", "+31200001111"),
    ],
)
def test_phone(text: str, expected: str) -> None:
    check("phone", text, expected)


def test_phone_tells_mobile_and_region() -> None:
    found = rows("mobile", ["097010123456", "020-0001111", "+32 470 12 34 56", None])
    assert [r["is_mobile"] for r in found] == [True, False, True, None]
    assert [r["region"] for r in found] == ["NL", "NL", "BE", None]


def test_numbers_that_a_spreadsheet_made_numbers() -> None:
    found = rows("phone", pl.Series([97010123456.0, 200001111.0, None]))
    assert [r["value"] for r in found] == [MOBILE, "+31200001111", None]


@pytest.mark.parametrize("between", [" / ", " ::: ", "; ", " ", "\n", " Jan ", " (werk) "])
def test_two_numbers_in_one_field(between: str) -> None:
    found = row("phone", f"020-0001111{between}085-0123457")
    assert (found["value"], found["also"]) == ("+31200001111", "+31850123457")


def test_groups_of_figures_are_no_numbers_of_their_own() -> None:
    found = row("phone", "020 00 01 111 020 62 01 010")
    assert (found["value"], found["also"]) == ("+31200001111", "+31206201010")


def test_phone_by_the_country_of_the_row() -> None:
    country = pl.Series(["België", "NL", None, "Duitsland", "nergens"])
    found = rows(
        "phone",
        ["0470 12 34 56", "020-0001111", "020-0001111", "030 901820", "020-0001111"],
        country=country,
    )
    assert [r["value"] for r in found] == [
        "+32470123456",
        "+31200001111",
        "+31200001111",
        "+4930901820",
        "+31200001111",
    ]


_REGIONS = ["NL", "BE", "DE", "FR", "GB", "LU", "US", "AU"]
_PHONES = st.one_of(
    st.text(st.sampled_from("0123456789"), min_size=5, max_size=13),
    st.builds(
        lambda front, digits: front + digits,
        st.sampled_from(
            [
                "06",
                "097",
                "085",
                "020",
                "0800",
                "0900",
                "+316",
                "+310",
                "+3185",
                "0031",
                "00316",
                "003106",
                "+32",
                "+324",
                "0470",
                "04",
                "+49",
                "030",
                "01",
                "+33",
                "140",
                "088",
                "+31(0)",
                "(0)",
            ]
        ),
        st.text(st.sampled_from("0123456789 -./()"), min_size=4, max_size=12),
    ),
)


@settings(max_examples=200, deadline=None)
@given(_PHONES, st.sampled_from(_REGIONS))
def test_the_fast_phone_shape_equals_the_library(text: str, region: str) -> None:
    value, mobile = phones.common_shape(pl.Series([text]), region)
    if value[0] is not None:
        assert phones.library_form(text, region) == (value[0], mobile[0], region)


def test_plain_numbers_of_neighbours_are_read_the_same_with_or_without_the_library() -> None:
    texts = ["+32 470 12 34 56", "+49 30 901820", "+33 1 40 00 00 19", "+31850123457", "+1 2"]
    for region in ("NL", "BE", "GB"):
        for found, text in zip(rows("phone", texts, country=region), texts, strict=True):
            form = phones.library_form(text, region)
            assert (found["value"], found["is_mobile"], found["region"]) == (
                form or (None, None, None)
            )


@pytest.mark.parametrize("region", ["NL", "BE", "DE", "FR"])
def test_the_fast_phone_shape_is_taken(region: str) -> None:
    import phonenumbers

    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        example = phonenumbers.example_number_for_type(region, kind)
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        value, _ = phones.common_shape(pl.Series([national]), region)
        assert value[0] == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan.Jansen@Example.NL", "jan.jansen@example.nl"),
        ("jan @example.nl", "jan@example.nl"),
        ("Jan <jan@example.nl>", "jan@example.nl"),
        ("mailto:jan@example.nl", "jan@example.nl"),
        ("jan@example.nl.", "jan@example.nl"),
        ("jan@münchen.example.com", "jan@münchen.example.com"),
        ("jan+nieuws@example.nl", "jan+nieuws@example.nl"),
        ("jan@bedrijf.test", "jan@bedrijf.test"),
        ("noemail@example.nl", "!placeholder"),
        ("geen@geen.nl", "!placeholder"),
        ("geen-email@example.nl", "!placeholder"),
        ("test@test.nl", "!placeholder"),
        ("x@x.nl", "!placeholder"),
        ("onbekend@example.com", "!placeholder"),
        ("noreply@example.com", "!placeholder"),
        ("geen", "!placeholder"),
        ("n.v.t.", "!placeholder"),
        ("jan", "!no_at_sign"),
        ("jan@", "!invalid_email"),
        ("jan@example", "!invalid_email"),
        ("jan..bos@example.nl", "!invalid_email"),
        ("@example.nl", "!invalid_email"),
        ("a@b", "!invalid_email"),
        ("x" * 65 + "@example.nl", "!invalid_email"),
        ("x" * 2001, "!too_long"),
        ("geenstijl@example.nl", "geenstijl@example.nl"),
        ("none.jan@example.nl", "none.jan@example.nl"),
    ],
)
def test_email(text: str, expected: str) -> None:
    check("email", text, expected)


def test_email_matching_form() -> None:
    found = rows("email", ["J.A.N+nieuws@gmail.com", "jan@googlemail.com", "j.an+x@example.nl"])
    assert [r["match"] for r in found] == ["jan@gmail.com", "jan@gmail.com", "j.an@example.nl"]


def test_several_addresses_in_one_field() -> None:
    found = row("email", "jan@example.nl; piet@example.nl, fout@, JAN@example.nl")
    assert (found["value"], found["also"]) == ("jan@example.nl", "piet@example.nl")


@pytest.mark.parametrize("between", [", ", ";", " / ", "/", "&", " ", "\n", " privé:", " en "])
def test_addresses_divided_by_whatever_people_type(between: str) -> None:
    found = row("email", f"jan@example.nl{between}piet@example.nl")
    assert (found["value"], found["also"]) == ("jan@example.nl", "piet@example.nl")


def test_names_beside_several_addresses() -> None:
    found = row("email", 'Jan <jan@example.nl>, "Bos, Piet" <piet@example.nl>')
    assert (found["value"], found["also"]) == ("jan@example.nl", "piet@example.nl")


_EMAILS = st.one_of(
    st.text(st.sampled_from("ab1.-_+@"), min_size=3, max_size=20),
    st.builds(
        "{}@{}.{}".format,
        st.text(st.sampled_from("abZ9.-_+'é"), min_size=1, max_size=8),
        st.text(st.sampled_from("abX9.-_é"), min_size=1, max_size=8),
        st.sampled_from(
            [
                "nl",
                "com",
                "test",
                "local",
                "invalid",
                "x",
                "c0m",
                "co.uk",
                "onion",
                "localhost",
                "arpa",
                "xn--p1ai",
            ]
        ),
    ),
    st.emails(),
)


@settings(max_examples=200, deadline=None)
@given(_EMAILS)
def test_the_fast_email_shape_equals_the_library(text: str) -> None:
    common = emails.common_shape(pl.Series([text.lower()]))[0]
    if common:
        assert emails.library_form(text) == text.lower()


def test_the_fast_email_shape_is_taken() -> None:
    column = pl.Series(["jan.de-vries_1@mail.example.co.uk", "a@example.nl"])
    assert emails.common_shape(column).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        ("nl91abna0417164300", "NL91ABNA0417164300"),
        ("IBAN: NL91ABNA0417164300", "NL91ABNA0417164300"),
        ("BE68 5390 0754 7034", "BE68539007547034"),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S"),
        ("NL91ABNA0417164301", "!invalid_check_digit"),
        ("NL91ABNA04171643", "!wrong_length"),
        ("ZZ91ABNA0417164300", "!unknown_country"),
        ("NL9112340417164300", "!not_an_iban"),
        ("12345", "!not_an_iban"),
        ("NL00TEST0000000000", "!placeholder"),
        ("geen", "!placeholder"),
    ],
)
def test_iban(text: str, expected: str) -> None:
    check("iban", text, expected)


_IBANS = st.one_of(
    st.integers(0, 10**6).map(
        lambda seed: str(IBAN.random(random=__import__("random").Random(seed)))
    ),
    st.builds(
        lambda country, check, rest: country + check + rest,
        st.sampled_from(["NL", "BE", "DE", "GB", "XX", "MU"]),
        st.text(st.sampled_from("0123456789"), min_size=2, max_size=2),
        st.text(st.sampled_from("0123456789ABNA"), min_size=8, max_size=30),
    ),
)


@settings(max_examples=80, deadline=None)
@given(_IBANS, st.integers(0, 33), st.sampled_from("0123456789AZ"))
def test_iban_check_equals_the_library(iban: str, place: int, changed: str) -> None:
    for text in (iban, iban[:place] + changed + iban[place + 1 :]):
        found = row("iban", text)
        try:
            valid = str(IBAN(text)) == text
        except SchwiftyException:
            valid = False
        if found["issue"] != "placeholder":
            assert (found["value"] == text) is valid, (text, found)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["phone", "email", "iban"]), st.lists(st.one_of(_PHONES, _EMAILS, _IBANS)))
def test_standard_values_are_their_own_standard(role: str, texts: list[str]) -> None:
    once = standardise(pl.Series(texts, dtype=pl.String), role).value
    again = standardise(once, role)
    assert again.value.to_list() == once.to_list()
    assert again.issue.null_count() == len(texts)
