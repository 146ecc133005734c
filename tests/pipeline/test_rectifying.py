"""A correction holds over the sources until one of them says the same; and is taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.models import Record
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline.actions import (
    correct_customer,
    erase_customer,
    export_customer,
    import_paths,
    take_back_correction,
)
from klantbeeld.pipeline.errors import BadEntry
from klantbeeld.privacy.models import Correction
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.models import Profile

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system_actor()
HEAD = "Klantnummer;Voornaam;Achternaam;Straat;Huisnummer;Postcode;Plaats;E-mail\n"
Bring = Callable[[str, str], None]


@pytest.fixture
def bring(settings: Any, tmp_path: Path) -> Bring:
    """A function that brings Fien with this city and address in `klanten.csv`."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()

    def brought(city: str, email: str) -> None:
        path = tmp_path / "klanten.csv"
        path.write_text(f"{HEAD}K-1;Fien;Zandloper;Dijk;4;3511 AB;{city};{email}\n", "utf-8")
        import_paths(ACTOR, [path])

    return brought


def fien() -> int:
    """The customer."""
    record = Record.objects.get(source__key="klanten", key="K-1").pk
    return Membership.objects.get(record=record).customer_id


def held(key: str) -> Any:
    """What holds, on the profile and on the card alike."""
    golden = profiles.golden_of(ACTOR, fien()).get(key)
    assert Profile.objects.get(pk=fien()).data.get(key) == golden
    return golden


def test_it_holds_until_a_source_says_the_same(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    correct_customer(ACTOR, fien(), {"email": "fien.nieuw@example.com"}, "belde zelf")
    assert held("email") == "fien.nieuw@example.com"
    bring("Utrecht", "fien.derde@example.com")
    assert held("email") == "fien.nieuw@example.com"
    bring("Utrecht", "fien.nieuw@example.com")
    assert held("email") == "fien.nieuw@example.com"
    # From now on the source decides again.
    bring("Utrecht", "fien.later@example.com")
    assert held("email") == "fien.later@example.com"
    assert Record.objects.filter(key__startswith="fix:").count() == 1


def test_an_address_is_corrected_as_a_whole(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    typed = {"street": "Kade", "house_number": "9", "postcode": "3511AC", "city": "Utrecht"}
    correct_customer(ACTOR, fien(), typed, "verhuisd")
    assert [held(k) for k in ("street", "house_number", "postcode")] == ["Kade", "9", "3511 AC"]
    # Half a move ends nothing.
    bring("Amersfoort", "fien@example.com")
    assert held("city") == "Utrecht"


def test_the_card_says_who_corrected_what(bring: Bring) -> None:
    from klantbeeld.core.public_ids import to_public

    bring("Utrecht", "fien@example.com")
    correct_customer(ACTOR, fien(), {"email": "goed@example.com"}, "typefout")
    card = profiles.card_for(ACTOR, to_public("customer", fien()))
    line = next(line for line in card.identity if line.key == "email")
    assert (line.value, line.rule) == ("goed@example.com", "corrected")
    assert [x.value for x in line.losers] == ["fien@example.com"]


def test_it_is_taken_back_whole(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    done = correct_customer(ACTOR, fien(), {"email": "fout@example.com"}, "vergist")
    assert held("email") == "fout@example.com"
    take_back_correction(ACTOR, done.delivery)
    assert held("email") == "fien@example.com"
    assert not Record.objects.filter(key__startswith="fix:").exists()
    assert Correction.objects.get().undone_at


def test_what_cannot_be_used_is_refused(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    for values, reason, problem in (
        ({"email": "geen adres"}, "x", "email"), ({"email": "a@example.com"}, " ", "reason"),
        ({"email": "fien@example.com"}, "x", ""),
    ):  # fmt: skip
        with pytest.raises(BadEntry) as error:
            correct_customer(ACTOR, fien(), values, reason)
        assert set(error.value.problems) == {problem}
    with pytest.raises(PermissionError):
        correct_customer(
            Actor("m", "marketing", "marketing"), fien(), {"email": "b@example.com"}, "x"
        )


def test_it_is_exported_and_erased(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    customer = fien()
    correct_customer(ACTOR, customer, {"email": "goed@example.com"}, "kwaakreden")
    told = str(export_customer(ACTOR, customer))
    assert "kwaakreden" in told and "goed@example.com" in told
    erase_customer(ACTOR, customer, alone="Nobody else works here")
    assert not Correction.objects.exists()
    assert not Record.objects.filter(key__startswith="fix:").exists()


def test_a_value_is_corrected_to_nothing_and_stays_so(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    made = correct_customer(ACTOR, fien(), {"email": ""}, "is van iemand anders")
    assert held("email") is None and held("city") == "Utrecht"
    assert Correction.objects.get().fields == ["email"]
    bring("Zeist", "fien@example.com")
    assert (held("email"), held("city")) == (None, "Zeist")
    bring("Zeist", "fientje@example.com")
    assert held("email") is None, "what a source says later does not fill it again"
    take_back_correction(ACTOR, made.delivery)
    assert held("email") == "fientje@example.com"


def test_an_address_is_corrected_to_nothing_whole_or_in_part(bring: Bring) -> None:
    bring("Utrecht", "fien@example.com")
    fields = ("street", "house_number", "house_suffix", "postcode", "city", "country")
    correct_customer(ACTOR, fien(), dict.fromkeys(fields, ""), "adres onbekend")
    assert [held(f) for f in fields] == [None] * 6
    with pytest.raises(BadEntry):
        correct_customer(ACTOR, fien(), dict.fromkeys(fields, ""), "nog eens")
    correct_customer(ACTOR, fien(), {"city": "Zeist"}, "woont in Zeist")
    assert (held("city"), held("street")) == ("Zeist", None)
