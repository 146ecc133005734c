"""Comparable values: names, dates, addresses, identifiers; and the keys made of them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from benchmarks.customers import simulate
from klantbeeld.identity.core import (
    KEY_KINDS,
    candidate_pairs,
    contacts,
    match_keys,
    match_values,
    names,
    organisations,
    oversized,
)
from klantbeeld.identity.core.keys import rule_names, without_stopped
from klantbeeld.identity.core.twins import with_hashes, without_hashes

from .people import JAN, MIEKE, only, same_values, table


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("van den Berg", "berg"),
        ("Vandenberg", "berg"),
        ("'t Hart", "hart"),
        ("Jansen - de Vries", "jansen|vries"),
        ("Jansen e/v De Vries", "jansen|vries"),
        ("Dijkstra", "dykstra"),
        ("Ångström", "angstrom"),
        ("van", "van"),
        ("Le", "le"),
        ("J. de Vries", "vries"),
        ("onbekend", None),
        ("Корнева", "korneva"),
    ],
)
def test_surnames(written: str, parts: str | None) -> None:
    assert names.surname_parts(written) == parts


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Jan van den Berg", "Jan", "van den Berg"),
        ("Berg, J. van den", "J.", "Berg"),
        ("Dhr. J.P. de Vries", "J.P.", "de Vries"),
        ("Fam. Jansen-de Vries", None, "Jansen-de Vries"),
        ("Mevr. A. Jansen - de Vries", "A. Jansen", "- de Vries"),
        ("Steenhof", None, "Steenhof"),
        ("", None, None),
    ],
)
def test_full_names(written: str, first: str | None, last: str | None) -> None:
    assert names.split_full_name(written) == (first, last)


def test_first_names_and_initials() -> None:
    assert names.first_name("Anne-Marie") == "annemarie"
    assert names.first_name("J.P.") is None
    assert names.initials_of("Jan Peter") == "jp"
    assert names.initials("J. P.") == "jp"
    assert names.nickname_root("henk") == names.nickname_root("hendrik")
    assert names.sounding("meijer") == names.sounding("meyer") == names.sounding("meier")
    assert names.sounding("schouten") == names.sounding("schoutten")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Jan.Steenhof+shop@Example.NL ", "jan.steenhof@example.nl"),
        ("j.an@gmail.com", "jan@gmail.com"),
        ("Jan <jan@example.nl>", "jan@example.nl"),
        ("noemail@example.nl", None),
        ("jan@example", None),
        ("jan steen@example.nl", None),
        ("x" * 300 + "@example.nl", None),
    ],
)
def test_emails(written: str, normal: str | None) -> None:
    assert contacts.email(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("0970-000 12 345", "3197000012345"),
        ("+31 (0)970 00012345", "3197000012345"),
        ("003197000012345", "3197000012345"),
        ("+49 151 2345678", "491512345678"),
        ("0612345678", None),
        ("0600000000", None),
        ("12345", None),
    ],
)
def test_phones(written: str, normal: str | None) -> None:
    assert contacts.phone(written) == normal


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Molenstraat 12", ("molenstraat", "12", None)),
        ("Molenstr. 12-B", ("molenstraat", "12", "B")),
        ("Plein 1940 3 hs", ("plein1940", "3", "HS")),
        ("12 Main Street", ("mainstreet", "12", None)),
        ("Molenstraat", ("molenstraat", None, None)),
        ("-", (None, None, None)),
    ],
)
def test_address_lines(line: str, parts: tuple[str | None, ...]) -> None:
    assert contacts.address_line(line) == parts


@pytest.mark.parametrize(
    ("column", "dates"),
    [
        (["1971-04-23", "19710423", None], [19710423, 19710423, None]),
        (["23-04-1971", "3.4.1971"], [19710423, 19710403]),
        (["03/04/1971", "04/23/1971"], [19710304, 19710423]),
        (["03/04/71", "03/04/04"], [19710403, 20040403]),
        (["1900-01-01", "1971-13-01", "31", ""], [None] * 4),
    ],
)
def test_birth_dates(column: list[str | None], dates: list[int | None]) -> None:
    assert contacts.birth_dates(pl.Series(column, dtype=pl.String)).to_list() == dates


def test_birth_dates_of_date_columns() -> None:
    days = [dt.date(1971, 4, 23), None]
    assert contacts.birth_dates(pl.Series(days)).to_list() == [19710423, None]
    moments = pl.Series([dt.datetime(1971, 4, 23, 12)])
    assert contacts.birth_dates(moments).to_list() == [19710423]


def test_organisations() -> None:
    assert organisations.organisation_name("Bakker B.V.") == "bakker"
    assert organisations.organisation_name("De Bakker & Zn. GmbH & Co. KG") == "bakker zn"
    assert organisations.organisation_name("De Holding B.V.") == "de holding bv"
    assert organisations.mail_domain("info@bakker.example") == "bakker.example"
    assert organisations.mail_domain("jan@hotmail.com") is None
    assert organisations.website_domain("https://www.bakker.example/over") == "bakker.example"


def test_values_do_not_depend_on_the_other_rows() -> None:
    rows = [JAN, MIEKE, only(JAN, "email")]
    whole = match_values(table(rows))
    for place, row in enumerate(rows):
        assert same_values(match_values(table([row])), whole[place : place + 1])


def test_a_key_is_the_same_on_every_machine() -> None:
    """Stored keys must be found again: a change here needs the stored keys rebuilt."""
    keys = match_keys(match_values(table([only(JAN, "email", "birth_date", "surname")])))
    found = {KEY_KINDS[kind].name: hash_ for kind, hash_ in keys.select("kind", "hash").iter_rows()}
    assert found == {
        "email": 6466335283860793197,
        "mailbox": 3909122185006736590,
        "surname_birth": -932848764119276324,
        "birth": -2111025472707757799,
        "rare_surname": -9050498616602642948,
    }


def test_hashes_are_made_again_of_the_texts() -> None:
    values = match_values(simulate(3_000, 7).frame)
    bare = without_hashes(values)
    assert not [name for name in bare.columns if name.endswith("#")]
    again = with_hashes(bare)
    hashed = [name for name in values.columns if name.endswith("#")]
    assert len(hashed) > 10
    for name in hashed:
        told = again.get_column(name, default=pl.Series([0] * len(values)))
        assert told.to_list() == values[name].to_list(), name
    assert with_hashes(values).equals(values)


def test_candidates_share_a_key_within_its_cap() -> None:
    people = [only(JAN, "email") | {"first_name": name} for name in ("Jan", "Teun", "Piet")]
    keys = match_keys(match_values(table([*people, only(MIEKE, "email")])))
    pairs = candidate_pairs(keys)
    assert pairs.select("left", "right").rows() == [(0, 1), (0, 2), (1, 2)]
    assert {name for rules in pairs["rules"] for name in rule_names(rules)} == {"email", "mailbox"}
    caps = {"email": 2, "mailbox": 2}
    assert len(candidate_pairs(keys, caps=caps)) == 0
    stops = oversized(keys, caps)
    assert len(stops) == 2
    assert len(candidate_pairs(keys, stops)) == 0


def test_what_a_stop_key_holds_is_missing() -> None:
    values = match_values(table([JAN, MIEKE | only(JAN, "email")]))
    stops = oversized(match_keys(values), {"email": 1})
    stopped = without_stopped(values, "person", stops)
    assert (stopped["email#"] == 0).all()
    assert (stopped["phone#"] == values["phone#"]).all()


def test_second_numbers_meet_first_ones() -> None:
    values = match_values(
        table([{"mobile": "097000012345", "phone": "0850123456"}, {"phone": "0850123456"}])
    )
    assert candidate_pairs(match_keys(values)).select("left", "right").rows() == [(0, 1)]


def test_blocks_that_cost_too_many_pairs_are_cut() -> None:
    """Two hundred thousand rows in blocks that their kind allows, and twenty million pairs."""
    rows = np.arange(200_000, dtype=np.uint32)
    name = [kind.name for kind in KEY_KINDS].index("name")
    columns = {"row": rows, "kind": np.full(len(rows), name, dtype=np.int16)}
    keys = pl.DataFrame(columns | {"hash": (rows // 200).astype(np.int64) * 2**40})
    few = pl.DataFrame(columns | {"hash": (rows // 3).astype(np.int64) * 2**40})
    assert len(candidate_pairs(keys)) == 0
    assert len(oversized(keys)) == 1000
    assert len(candidate_pairs(few)) == 199_998 + 1
    assert oversized(few) == []
