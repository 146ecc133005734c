"""Finding customers: by anything known of them, on both databases, and by nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from klantbeeld.profiles import actions, reads, search
from klantbeeld.profiles.asked import Term, asked
from klantbeeld.profiles.words import mail_words, number_words, phone_words
from tests.records import SYSTEM, actor, customer, happened, record

SERVICE = actor("service")
ALL = frozenset("@%+~#")
pytestmark = pytest.mark.django_db

MARIEKE = {
    "first_name": "Mariëke", "surname_prefix": "van der", "surname": "Zwaluw-Terpstra",
    "email": "marieke.terpstra@mail.example.nl", "mobile": "+31697000421", "postcode": "3815 KV",
    "house_number": "24", "house_suffix": "B", "city": "Amersfoort", "street": "Merelstraat",
    "customer_number": "K-004217", "loyalty_number": "2600004217008",
}  # fmt: skip
SPAAK = {
    "organisation_name": "Fietsenwinkel De Spaak B.V.", "kvk": "68750110", "phone": "+31205550100",
    "postcode": "1012 AB", "house_number": "5", "city": "Amsterdam",
}  # fmt: skip


@pytest.fixture
def marieke() -> int:
    first = record(MARIEKE)
    second = record({"full_name": "M. Terpstra", "customer_number": "991"}, of="webshop")
    made = customer(first, second)
    others = [customer(record(SPAAK, kind="organisation"))]
    others += [
        customer(record({"first_name": f, "surname": s, "email": f"{f}.{s}@example.com"}))
        for f, s in (("Jan", "Vries"), ("Jantje", "Smit"), ("Piet", "Jansen"), ("Vera", "Jong"))
    ]
    actions.refresh(SYSTEM, [made, *others])
    return made


def found(text: str, role: str = "service") -> list[str]:
    return [hit.name for hit in reads.find(actor(role), text, 10).hits]


NAME = "Mariëke van der Zwaluw-Terpstra"


@pytest.mark.parametrize(
    "text",
    [
        "marieke", "Mariëke", "terpstra", "zwaluw mar", "mar terp", "van der zwaluw", "zwal",
        "Terpstra, Mariëke", "MARIEKE AMERSFOORT", "m. terpstra",
        "marieke.terpstra@mail.example.nl", "marieke.terp", "MARIEKE.TERPSTRA@MAIL.EXAMPLE.NL",
        "mail.example.nl", "0697000421", "06-97 00 04 21", "+31 (0)6 97000421", "0031697000421",
        "000421", "97000421", "06 9700", "3815kv", "3815 KV", "3815 kv 24", "3815KV 24-b",
        "K-004217", "k004217", "4217", "991", "2600004217008",
        "terpstra 3815", "marieke 421", "merelstraat", "Merelstr", "merelstraat 24", "terpstra merel",
        "Merelstraat 24-B",
    ],
)  # fmt: skip
def test_marieke_is_found_by(marieke: int, text: str) -> None:
    assert NAME in found(text), search.documents([marieke])


@pytest.mark.parametrize("text", ["spaak", "de spaak", "fietsenw", "68750110", "020-5550100",
                                  "1012ab 5", "amsterdam"])  # fmt: skip
def test_an_organisation_is_found_by(marieke: int, text: str) -> None:
    assert "Fietsenwinkel De Spaak B.V." in found(text)


@pytest.mark.parametrize("text", ["", "   ", "'", '"', "jan OR", "*", "marieke jansen", "\x00", "(",
                                  "06970004", "%", "😀", "marieke NOT terpstraa"])  # fmt: skip
def test_nothing_odd_finds_marieke_or_breaks(marieke: int, text: str) -> None:
    names = found(text)
    if text == "06970004":
        assert names == [NAME]
    else:
        assert NAME not in names


def test_whole_words_come_before_beginnings(marieke: int) -> None:
    assert found("jan")[0] == "Jan Vries"
    assert set(found("jan")) == {"Jan Vries", "Jantje Smit", "Piet Jansen"}


def test_people_of_a_name_come_before_those_of_a_street(marieke: int) -> None:
    neighbour = customer(record({"surname": "Aalders", "street": "Jan Smitstraat",
                                 "house_number": "3", "postcode": "3815 KV"}))  # fmt: skip
    actions.refresh(SYSTEM, [neighbour])
    assert found("jan smit") == ["Jantje Smit", "Aalders"]
    assert found("smitstraat 3") == ["Aalders"] == found("jan smitstr 3")
    assert found("smitstraat 4") == []


def test_orders_are_found_by_their_number(marieke: int) -> None:
    mine = record({"surname": "Loos"})
    owner = customer(mine)
    happened(mine, "order", key="20418")
    actions.refresh(SYSTEM, [owner])
    for text in ("20418", "bestelling 20418", "#20418", "order 20418,"):
        hits = reads.find(SERVICE, text, 10).hits
        assert [(h.customer, h.matched) for h in hits] == [(owner, "order")]
    assert reads.find(SERVICE, "2041", 10).hits == ()


@pytest.mark.parametrize("text", ["marieke.terpstra@mail.example.nl", "0697000421", "3815kv 24b",
                                  "mail.example", "97000421", "merelstraat", "merelstraat 24"])  # fmt: skip
def test_who_may_not_see_it_cannot_find_by_it(marieke: int, text: str) -> None:
    assert NAME not in found(text, "analyst")
    assert NAME in found("terpstra", "analyst")
    assert NAME in found("3815kv", "analyst")


def test_hits_are_masked(marieke: int) -> None:
    seen = reads.find(SERVICE, "terpstra", 10).hits[0]
    hidden = reads.find(actor("analyst"), "terpstra", 10).hits[0]
    assert "Merelstraat 24-B" in seen.detail and "@" in seen.detail
    assert "Merelstraat" not in hidden.detail and "@" not in hidden.detail
    assert "Amersfoort" in hidden.detail


def test_a_stand_in_for_a_name_is_masked_too() -> None:
    nameless = customer(record({"email": "who@example.nl", "city": "Zeist"}, kind="unknown"))
    actions.refresh(SYSTEM, [nameless])
    assert found("zeist") == ["who@example.nl"]
    assert found("zeist", "analyst") == [""]


def test_what_is_erased_is_not_found_and_leaves_no_words(marieke: int) -> None:
    assert search.documents([marieke])
    search.remove([marieke])
    search.scrub()
    assert NAME not in found("terpstra")
    assert search.documents([marieke]) == {}


def test_a_customer_is_found_by_new_words_only(marieke: int) -> None:
    other = customer(record({"surname": "Oudenaam"}))
    actions.refresh(SYSTEM, [other])
    assert found("oudenaam") == ["Oudenaam"]
    from klantbeeld.core.models import Record

    Record.objects.filter(data__surname="Oudenaam").update(data={"surname": "Nieuwenaam"})
    actions.refresh(SYSTEM, [other])
    assert found("oudenaam") == []
    assert found("nieuwenaam") == ["Nieuwenaam"]


def test_words_of_numbers_and_addresses() -> None:
    assert number_words("K-004217") == ["k004217", "004217", "4217"]
    assert number_words("000123") == ["000123", "123"]
    assert mail_words("J.de.Vries7@Mail.example.nl") == [
        "@j.de.vries7@mail.example.nl", "%de", "%vries", "%mail.example.nl", "%mail", "%example",
    ]  # fmt: skip
    assert mail_words("jan@gmail.com") == ["@jan@gmail.com", "%jan"]
    assert phone_words("+31697000421") == ["+31697000421", "~12400079613"]


def test_no_word_of_an_address_is_open_to_everybody() -> None:
    for address in ("o'brien@x.example", "jan de boer@x.example", 'a"b@x.example', "@handle/x"):
        for word in mail_words(address):
            assert word[0] in "@%" and " " not in word and '"' not in word


def test_postcodes_are_told_from_names() -> None:
    assert asked("1234 ab", ALL).groups == ((Term("1234ab"),),)
    assert asked("1234 ab 12 b", ALL).groups == ((Term("#1234ab12b", True),),)
    assert asked("1234 de vries", ALL).matched == "number"
    assert asked("jan de vries", ALL).groups[1] == (Term("de"),)


@pytest.mark.sqlite
def test_the_index_holds_no_bytes_of_what_was_removed() -> None:
    name = "Xyzzyplugh"
    made = customer(record({"surname": name}))
    actions.refresh(SYSTEM, [made])

    def in_index() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM profiles_search_data")
            blocks = b"".join(bytes(row[0]) for row in cursor.fetchall())
            cursor.execute("SELECT count(*) FROM profiles_search_content WHERE c0 LIKE '%xyzzy%'")
            return b"yzzyplugh" in blocks or bool(cursor.fetchone()[0])

    assert in_index()
    search.remove([made])
    search.scrub()
    assert not in_index()
