"""Names of files that tell of somebody, and what erasing does with them."""

from __future__ import annotations

import pytest

from klantbeeld.core.models import Delivery
from klantbeeld.sources import stores
from klantbeeld.sources.file_names import names_them
from klantbeeld.timeline.models import Interaction
from tests.records import delivery, happened, record, source

FIEN = {
    "first_name": "Fien", "surname": "Zandloper", "email": "fien@example.com",
    "customer_number": "10017",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("klacht fien zandloper.pdf", True),
        ("Zandloper_Fien-2024.docx", True),
        ("post/fien@example.com.eml", True),
        ("dossier-10017.pdf", True),
        ("zandloper.csv", False),
        ("fien.csv", False),
        ("klanten.xlsx", False),
        ("zandlopers fien.csv", False),
        ("1001700.pdf", False),
    ],
)
def test_a_name_tells_who_it_is_about(name: str, tells: bool) -> None:
    assert names_them(name, [FIEN]) is tells


def test_who_says_nothing_is_in_no_name() -> None:
    assert not names_them("klanten.xlsx", [{}, {"surname": "", "first_name": ""}])


@pytest.mark.django_db
def test_erasing_takes_the_names_that_tell() -> None:
    crm = source("crm")
    fien, bas = record(FIEN), record({"surname": "Korenwolf"})
    letter = delivery(crm, name="map/klacht zandloper.pdf")
    both = delivery(crm, name="Fien Zandloper en anderen.csv")
    everybody = delivery(crm, name="zandloper.csv")
    other = delivery(crm, name="iets van fien zandloper.csv")
    brought = [(fien, letter), (bas, other)]
    brought += [(who, whole) for who in (fien, bas) for whole in (both, everybody)]
    for who, by in brought:
        Interaction.objects.filter(pk=happened(who, "letter")).update(delivery=by)
    told = {row["name"] for row in stores.export([fien])["delivered_in"]}
    assert {letter.name, both.name, everybody.name} <= told
    assert other.name not in told
    stores.erase([fien])
    names = dict(Delivery.objects.values_list("pk", "name"))
    assert names[letter.pk] == "–.pdf"
    assert names[both.pk] == "–.csv"
    assert names[everybody.pk] == "zandloper.csv"
    # What brought nothing of hers is not hers to name: two people may have one name.
    assert names[other.pk] == other.name
