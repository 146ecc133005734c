"""Rows in quarantine of whom nobody reads: found quickly, forgotten when it ends, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.core.hashing import hash64
from klantbeeld.core.models import Record
from klantbeeld.privacy import actions as privacy
from klantbeeld.sources import actions, reads
from klantbeeld.sources.hidden_rows import hidden_rows
from klantbeeld.sources.models import Quarantined
from tests.records import NOW, SYSTEM, delivery, record, source

pytestmark = pytest.mark.django_db
KLAARTJE = {
    "first_name": "Klaartje", "surname_prefix": "van den", "surname": "Heuvel",
    "email": "klaartje@example.nl", "postcode": "3512AB", "city": "Utrecht",
}  # fmt: skip
MAPPING = """source: klachten
tables:
  - table: klachten
    holds: cases
    columns:
      Voornaam: {role: first_name}
      Achternaam: {role: surname}
      Naam: {role: full_name}
      Klacht: {role: body}
"""


@pytest.fixture
def brought() -> Any:
    return delivery(source("klachten"), mapping=MAPPING)


def lies(brought: Any, mended: dict[str, str] | None = None, **values: str) -> Quarantined:
    """A row in quarantine."""
    return Quarantined.objects.create(
        delivery=brought, table="klachten", row=1, hash=hash64(str(values)), values=values,
        reasons={"Datum": "no_date"}, mended=mended or {}, at=NOW,
    )  # fmt: skip


HERS = [
    {"E-mail": "klaartje@example.nl", "Klacht": "te laat"},
    {"Naam": "van den Heuvel", "Postcode": "3512 AB", "Klacht": "de bel doet het niet"},
    {"Naam": "Mevr. K. van den Heuvel", "Postcode": "3512 AB", "Klacht": "te laat"},
    {"Naam": "Klaartje van den Heuvel", "Klacht": "nog niets gehoord"},
    {"Voornaam": "Klaartje", "Achternaam": "Heuvel", "Klacht": "kapot"},
    {"Naam": "Klaartje van den Heuvel", "Woonplaats": "Utrecht", "Klacht": "“é” kapot"},
]
OTHERS = [
    {"Naam": "Bas van den Heuvel", "Postcode": "3512 AB", "Klacht": "de bel doet het niet"},
    {"Voornaam": "Bas", "Achternaam": "Heuvel", "Postcode": "3512 AB", "Klacht": "te laat"},
    {"Naam": "Klaartje van den Heuvel", "Postcode": "9711 AA", "Klacht": "te laat"},
    {"Naam": "Klaartje van den Heuvel", "E-mail": "k.heuvel@example.org", "Klacht": "x"},
    {"Naam": "van den Heuvel", "Klacht": "te laat"},
    {"Klacht": "te laat"},
]


def test_what_may_be_hers_is_out_of_sight_and_what_is_others_is_not(brought: Any) -> None:
    hers = {lies(brought, **row).pk for row in HERS}
    others = {lies(brought, **row).pk for row in OTHERS}
    assert hidden_rows() == set()
    privacy.restrict(SYSTEM, [record(KLAARTJE)], "restricted")
    assert hidden_rows() == hers
    page = reads.quarantined(SYSTEM, "no_date")
    assert {row.row for row in page.rows} == others
    assert page.open == len(others) == page.reasons["no_date"]


def test_it_follows_rows_and_people(brought: Any) -> None:
    first, typed = lies(brought, **HERS[0]), lies(brought, Klacht="te laat")
    held = record(KLAARTJE)
    privacy.restrict(SYSTEM, [held], "restricted")
    assert hidden_rows() == {first.pk}
    second = lies(brought, **HERS[1])
    assert hidden_rows() == {first.pk, second.pk}
    actions.mend_row(SYSTEM, typed, {"E-mail": "klaartje@example.nl"})
    assert hidden_rows() == {first.pk, second.pk, typed.pk}
    first.delete()
    assert hidden_rows() == {second.pk, typed.pk}
    said = {**KLAARTJE, "email": "anders@example.nl", "surname": "Ænes"}
    Record.objects.filter(pk=held).update(data=said, hash=77)
    third = lies(brought, **{"E-mail": "anders@example.nl"})
    assert third.pk in hidden_rows()
    privacy.lift(SYSTEM, [held], "restricted")
    assert hidden_rows() == set()


def test_a_page_looks_through_the_rows_once(brought: Any) -> None:
    privacy.restrict(SYSTEM, [record(KLAARTJE)], "restricted")
    for row in (*HERS, *OTHERS):
        lies(brought, **row)
    reads.quarantined(SYSTEM)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reads.quarantined(SYSTEM)
    assert not [q for q in asked.captured_queries if "id > " in q["sql"]], "nothing is read anew"
    assert len(asked) < 12
