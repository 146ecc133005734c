"""What holds for every role: nothing raises, rows are independent, columns stay what they were."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantbeeld.quality import phones
from klantbeeld.quality.tables import (
    READERS,
    REASONS,
    freshness,
    options_for,
    profile,
    standardise,
)
from tests.quality.cases import TODAY, check, row, rows

ROLES = sorted({*READERS, "profession", "some_custom_field"})
ONE_OF_EACH = sorted({READERS.get(role): role for role in ROLES}.values())  # one role per reader
FIXED = {"order": "dmy", "decimal": ",", "has_times": True, "english": False, "today": TODAY}
_SOME = st.sampled_from(
    [
        "",
        " ",
        "-",
        "0",
        "\0",
        "x",
        "12",
        "12,50",
        "1.234",
        "31-02-2024",
        "ja",
        "Dorpsstraat 12-B",
        "jan@example.nl",
        "0612345678",
        "NL91ABNA0417164300",
        "M. van der Velde",
        "Velde, M. van der",
        "é\u0301",
        "\u200b",
        "(",
        "[a-z",
        "€",
        "٣",
        "🚲",
        "a" * 300,
        "1e400",
        "-9" * 40,
        "99999999999999999999",
        "12:61",
        "NL123456789B01",
        "1234AB",
        ",",
        "'",
        "--",
        "van",
        "., .",
    ]
)
_TEXTS = st.lists(st.one_of(st.none(), _SOME, st.text(max_size=25)), max_size=6)


@pytest.mark.parametrize("role", ONE_OF_EACH)
@settings(max_examples=25, deadline=None)
@given(_TEXTS)
def test_no_text_raises_and_rows_are_independent(role: str, texts: list[str | None]) -> None:
    column = pl.Series("c", texts, dtype=pl.String)
    found = standardise(column, role, **FIXED).frame().rows()
    assert len(found) == len(texts)
    assert column.to_list() == texts, "the caller's column was changed"
    again = pl.Series(texts[::-1] * 2, dtype=pl.String)
    assert standardise(again, role, **FIXED).frame().rows() == found[::-1] * 2


@pytest.mark.parametrize("role", ONE_OF_EACH)
def test_every_type_of_column_is_taken(role: str) -> None:
    day = dt.date(2024, 1, 5)
    for column in (
        pl.Series([1, None]),
        pl.Series([1.5, float("nan"), float("inf"), -0.0, None]),
        pl.Series([True, None]),
        pl.Series([day, None]),
        pl.Series([dt.time(10, 5), None]),
        pl.Series([dt.datetime(2024, 1, 5, 10)]),
        pl.Series([b"jan\xff", None]),
        pl.Series([dt.timedelta(days=1)]),
        pl.Series([["a"], None]),
        pl.Series([{"a": 1}]),
        pl.Series(["a", "b"], dtype=pl.Categorical),
        pl.Series([None, None]),
        pl.Series([], dtype=pl.String),
        pl.Series([], dtype=pl.Int64),
        pl.Series(["1.50"]).cast(pl.Decimal(10, 2)),
        pl.Series([2**63], dtype=pl.UInt64),
        pl.Series([object()], dtype=pl.Object),
        pl.Series([2**100], dtype=pl.Int128),
    ):
        found = standardise(column, role, **FIXED).frame()
        assert found.height == len(column)


@pytest.mark.parametrize("role", ROLES)
def test_a_value_or_an_issue_but_never_both(role: str) -> None:
    texts = ["", "-", "x", "12", "jan@example.nl", "31-02-2024", "onbekend", "Dorpsstraat 1", "ja"]
    for found in rows(role, texts, **FIXED):
        assert found["value"] is None or found["issue"] is None


_DTYPES = {
    "birth_date": pl.String,
    "event_at": pl.Int64,
    "order_amount": pl.Int64,
    "quantity": pl.Float64,
    "age": pl.Int64,
    "consent_email": pl.Boolean,
    "full_name": pl.String,
}


@pytest.mark.parametrize("role", _DTYPES)
@pytest.mark.parametrize("texts", [[], [None], ["31-01-2024"], ["12", "ja"]])
def test_the_type_of_a_standard_column_is_always_the_same(
    role: str, texts: list[str | None]
) -> None:
    found = standardise(pl.Series(texts, dtype=pl.String), role)
    assert found.value.dtype == _DTYPES[role]
    assert found.issue.dtype == pl.String
    full = standardise(pl.Series(["x", "12"]), role)
    assert found.frame().schema == full.frame().schema


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Jan\t van  der\nBerg ", "Jan van der Berg"),
        ("Jan\0sen", "Jansen"),
        ("Zoe\u0308", "Zoë"),
        ("a\u200bb\u00ad", "ab"),
        ("a\u00a0b", "a b"),
        ("\u0007", None),
        ("fiets\ufeff", "fiets"),
    ],
)
def test_text_is_tidied(text: str, expected: str | None) -> None:
    check("profession", text, expected)


def test_notes_keep_their_lines() -> None:
    check("note", "een\r\ntwee \n\n\n\ndrie\0 ", "een\ntwee\n\ndrie")
    check("body", "👩‍👧 x", "👩‍👧 x")
    check("note", "-", "!placeholder")
    check("body", "-", "-")
    check("note", "a" * 1_000_001, "!too_long")


def test_an_option_that_does_not_exist_is_the_callers_fault() -> None:
    with pytest.raises(TypeError):
        standardise(pl.Series(["x"]), "email", oder="dmy")


@pytest.mark.parametrize(
    "role",
    [
        "birth_date",
        "event_at",
        "order_amount",
        "full_name",
        "salutation",
        "consent_email",
        "email",
        "age",
    ],
)
def test_chunks_read_with_the_options_of_the_whole_equal_the_whole(role: str) -> None:
    column = pl.Series(
        [
            "01/02/1850",
            "02/13/1850",
            "1/2/1850 0:00",
            "1/3/2024 10:00",
            "1,234",
            "12.50",
            "ja",
            "Mr. John Smith",
            "Mrs Jane Doe",
            "mr",
            "a@example.nl",
            *["3/1/1851", "4/1/1852"] * 12,
            None,
        ]
    )
    whole = standardise(column, role, today=TODAY).frame().rows()
    options = options_for(column, role)
    chunks = [
        standardise(column[i : i + 2], role, today=TODAY, **options).frame().rows()
        for i in range(0, len(column), 2)
    ]
    assert [row for chunk in chunks for row in chunk] == whole


def test_a_historical_column_keeps_its_birth_dates() -> None:
    old = ["01-02-1850", "03-04-1861", "05-06-1990"] * 20
    assert {r["issue"] for r in rows("birth_date", old)} == {None}
    assert [r["issue"] for r in rows("birth_date", old[:3])] == ["too_old", "too_old", None]
    assert [r["issue"] for r in rows("birth_date", old, oldest=120)][:2] == ["too_old", "too_old"]
    recent = ["07-08-1991"] * 60
    assert rows("birth_date", old + recent)[0]["issue"] == "too_old"


@pytest.mark.parametrize("role", ROLES)
def test_every_issue_is_explained(role: str) -> None:
    texts = ["x", "12", "31-02-2024", "abc", "0612345678", "NL12", "-", "1,2E5", "9" * 300, "#REF!"]
    assert {found["issue"] for found in rows(role, texts)} - {None} <= set(REASONS)


def test_profile() -> None:
    texts = ["jan@example.nl", "JAN@example.nl", "geen", None, "fout@", "", "foo"]
    found = profile(pl.Series(texts), "email", examples=1)
    assert (found.rows, found.filled, found.valid, found.distinct) == (7, 5, 2, 1)
    assert found.placeholders == 1
    assert found.invalid == {"invalid_email": 1, "no_at_sign": 1}
    assert found.examples["no_at_sign"] == ("foo",)
    assert found.freshness is None


def test_profile_of_moments_tells_how_fresh_they_are() -> None:
    now = row("event_at", "10-01-2024")["value"]
    found = profile(pl.Series(["09-01-2024", "31-12-2023", "12-01-2024"]), "event_at", now=now)
    assert found.freshness is not None
    assert (
        found.freshness.newest,
        found.freshness.median,
        found.freshness.oldest,
        found.freshness.ahead,
    ) == (0, 1, 10, 1)
    assert freshness(pl.Series([], dtype=pl.Int64), now) is None


def test_work_is_done_once_per_distinct_value(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(phones, "library_form", lambda text, region: asked.append(text))
    standardise(pl.Series(["+999 470 12 34 56", "abc", "foo 12"] * 1_000), "phone")
    assert sorted(asked) == sorted(set(asked)) != []
