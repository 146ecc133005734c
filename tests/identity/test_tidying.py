"""What is written together is taken apart: addresses, dates, names of other scripts, documents."""

from __future__ import annotations

import polars as pl
import pytest

from klantbeeld.identity.core import in_roles, match_values, resolve
from klantbeeld.identity.core.addresses import parted
from klantbeeld.identity.core.tidying import tidied

from .people import JAN, table


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Dorpsstraat 12-B", None),
        ("1e Dorpsstraat 12", None),
        ("4 Septemberstraat 10", None),
        ("1400 W. Augusta Blvd.", ("west augusta boulevard", "1400", None, None, None)),
        ("221 E. 51st St. ", ("east 51st street", "221", None, None, None)),
        ("27 Main St, Oak Park IL 60302", ("main street", "27", None, "60302", "Oak Park")),
        ("705 Nutmeg Ave Suite 900", ("nutmeg avenue", "705", "900", None, None)),
        ("Skyline Flats, 705 Nutmeg Ave", ("nutmeg avenue", "705", None, None, None)),
        ("Molenweg 3, 1234 AB Ons Dorp", ("molenweg", "3", None, "1234 AB", "Ons Dorp")),
        ("Lindenstrasse 23, 56422 Aalen", ("lindenstrasse", "23", None, "56422", "Aalen")),
        ("rue du Four 12, 1000 Bruxelles", ("rue du four", "12", None, "1000", "Bruxelles")),
        ("12 rue du Four, 75002 Paris", ("rue du four", "12", None, "75002", "Paris")),
        ("PO Box 12987", ("pobox", "12987", None, None, None)),
        (", ,", None),
        ("", None),
    ],
)
def test_whole_addresses(line: str, parts: tuple[str | None, ...] | None) -> None:
    assert parted(line) == parts


def test_an_address_on_one_line_meets_the_same_in_columns() -> None:
    apart = JAN | {"street": "Nutmeg Avenue", "house_number": "705", "postcode": "60302"}
    lines = table([{"address": "705 Nutmeg Ave., Oak Park IL 60302"}, {"address": "Kade 3"}])
    given = match_values(tidied(in_roles(lines)))
    same = match_values(table([apart]))
    for name in ("street", "house", "postcode"):
        assert given[name][0] == same[name][0]
    assert given["house"].to_list() == ["705", "3"]


def test_dates_of_several_notations() -> None:
    texts = ["24-May-11", "5/24/11", "20/8/1991", "Mar 1 1970", "15 maart 1992", "9/14/93",
             "1-Okt-2001", "2001-10-01", "onzin", None]  # fmt: skip
    dates = match_values(tidied(pl.DataFrame({"birth_date": texts})))["birth"].to_list()
    assert dates == [20110524, 20110524, 19910820, 19700301, 19920315, 19930914, 20011001, 20011001,
                     None, None]  # fmt: skip


def test_names_of_other_scripts() -> None:
    rows = [
        {"full_name": "王秀英"},
        {"full_name": "Wang, Xiu Ying"},
        {"full_name": "Васильев, Пётр"},
    ]
    values = match_values(tidied(table(rows)))
    assert values["first"].cast(pl.String).to_list() == ["xiuying", "xiuying", "petr"]
    assert values["surname"].cast(pl.String).to_list() == ["wang", "wang", "vasilev"]


def test_father_and_son_are_two() -> None:
    rows = [JAN | {"surname": "Steenhof Sr"}, JAN | {"surname": "Steenhof Jr."}, JAN]
    assert tidied(table(rows))["generation"].to_list() == ["sr", "jr", None]
    found = resolve(table([without_birth(row) for row in rows[:2]]))
    assert found.clusters["customer"].n_unique() == 2


def without_birth(row: dict[str, str]) -> dict[str, str]:
    return {role: value for role, value in row.items() if role != "birth_date"}


def test_a_document_joins_whatever_the_spelling() -> None:
    rows = [
        {"first_name": "Lee", "surname": "Toulouse", "passport": "483290175"},
        {
            "first_name": "Lea",
            "surname": "Toulouse",
            "passport_no": "",
            "drivers_license": "A99812",
        },
        {"first_name": "Lea", "surname": "Tolouse", "passport": "48329-0175", "npi": "1234567893"},
    ]
    frame = pl.concat([table([row]) for row in rows], how="diagonal")
    found = resolve(frame)
    assert found.values["documents"].to_list() == [
        "passport:483290175", "driving_licence:A99812", "npi:1234567893 passport:483290175",
    ]  # fmt: skip
    assert found.clusters["customer"].to_list() == [0, 1, 0]
    words = [field.words for field in found.explain(0, 2).fields]
    assert "document.equal" in words
