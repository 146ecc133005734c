"""Lists page like a plain sort and filter would; cards hold what the rooms know."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from django.db import connection

from klantbeeld.accounts.errors import NotAllowed
from klantbeeld.core import looks, registry
from klantbeeld.core.clock import DAY
from klantbeeld.core.models import AuditEntry, Customer
from klantbeeld.core.public_ids import to_public
from klantbeeld.core.registry import Panel
from klantbeeld.identity.reads import UnknownCustomer
from klantbeeld.profiles import actions, contacting, lists, queries, reads, search
from klantbeeld.profiles.contacting import Question
from klantbeeld.profiles.models import Profile
from klantbeeld.profiles.queries import CustomerQuery, InvalidQuery
from tests.records import (
    NOW,
    SYSTEM,
    TODAY,
    actor,
    as_json,
    customer,
    happened,
    record,
    said_of_contact,
    source,
    subscribed,
)

pytestmark = pytest.mark.django_db
SALES = actor("sales")
GROUPS = ("active", "inactive", "potential", "possibly_interested", "other")


@pytest.fixture
def many() -> list[dict[str, Any]]:
    """Sixty customers with ties in everything, as dicts of what lists can ask about them."""
    lists._counted.kept.clear()
    draw = random.Random(4)
    made = []
    for _ in range(60):
        kind = draw.choice(["person", "organisation"])
        city = draw.choice(["Utrecht", "Den Haag", "Zeist", ""])
        of = draw.choice(["crm", "webshop"])
        surname = draw.choice(["Jansen", "Bakker", "de Vries", "Smit"])
        data = {"surname": surname, **({"city": city} if city else {})}
        if kind == "organisation":
            data = {"organisation_name": surname, **({"city": city} if city else {})}
        held = record(data, of=of, kind=kind)
        consent = draw.choice(["granted", "denied", "unknown"])
        if consent != "unknown":
            said_of_contact(held, "email", consent)
        key = customer(held)
        made.append({"customer": key, "city": city.lower().replace(" ", "_"), "kind": kind,
                     "source": source(of).pk, "consent": consent, "surname": surname,
                     "group": draw.choice(GROUPS)})  # fmt: skip
    keys = [m["customer"] for m in made]
    actions.refresh(SYSTEM, keys)
    for one in made:
        one["revenue"] = draw.choice([0, 1_000, 2_000, 50_000])
        one["contact"] = draw.choice([0, NOW, NOW - 5 * DAY])
        one["ordered"] = draw.choice([None, TODAY - 3, TODAY - 100])
        one["complaints"] = draw.choice([0, 0, 2])
        Profile.objects.filter(pk=one["customer"]).update(
            revenue_minor=one["revenue"], last_contact_at=one["contact"],
            last_order_day=one["ordered"], open_complaints=one["complaints"],
        )  # fmt: skip
        one["sort_key"] = Profile.objects.get(pk=one["customer"]).sort_key
    frame = pl.DataFrame({"customer": keys, "group": [m["group"] for m in made], "reason": ""})
    actions.set_groups(SYSTEM, frame)
    return made


FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({}, lambda m: True),
    ({"group": "active"}, lambda m: m["group"] == "active"),
    ({"kind": "organisation"}, lambda m: m["kind"] == "organisation"),
    ({"city": "den_haag"}, lambda m: m["city"] == "den_haag"),
    ({"city": "den_haag", "group": "other"},
     lambda m: m["city"] == "den_haag" and m["group"] == "other"),
    ({"consent": ("email", "granted")}, lambda m: m["consent"] == "granted"),
    ({"consent": ("email", "unknown")}, lambda m: m["consent"] == "unknown"),
    ({"revenue_from": 1_000, "revenue_to": 2_000}, lambda m: 1_000 <= m["revenue"] <= 2_000),
    ({"ordered_from": TODAY - 10}, lambda m: m["ordered"] == TODAY - 3),
    ({"ordered_to": TODAY - 10}, lambda m: m["ordered"] == TODAY - 100),
    ({"has_open_complaint": True}, lambda m: m["complaints"] > 0),
    ({"has_open_complaint": True, "group": "active", "kind": "person"},
     lambda m: m["complaints"] > 0 and m["group"] == "active" and m["kind"] == "person"),
    ({"text": "vries", "has_open_complaint": True},
     lambda m: "Vries" in m["surname"] and m["complaints"] > 0),
    ({"text": "vries"}, lambda m: "Vries" in m["surname"]),
    ({"text": "vries", "city": "zeist"}, lambda m: "Vries" in m["surname"] and m["city"] == "zeist"),
    ({"text": "nobody at all"}, lambda m: False),
]  # fmt: skip
ORDER = {
    "name": lambda m: (m["sort_key"], m["customer"]),
    "-revenue": lambda m: (-m["revenue"], m["customer"]),
    "-last_contact": lambda m: (-m["contact"], m["customer"]),
    "city": lambda m: (m["city"], m["sort_key"], m["customer"]),
}


def expected(many: list[dict[str, Any]], sort: str, wanted: Any) -> list[int]:
    turned = sort not in ORDER
    natural = sort if not turned else (sort[1:] if sort.startswith("-") else f"-{sort}")
    return [
        m["customer"]
        for m in sorted(filter(wanted, many), key=ORDER[natural], reverse=turned)
    ]  # fmt: skip


SORTS = ("name", "-name", "revenue", "-revenue", "last_contact", "-last_contact", "city", "-city")


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_are_a_plain_sort_and_filter(
    many: list[dict[str, Any]], sort: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    monkeypatch.setattr(queries, "FEW_AT_THE_POOR_END", few)
    for filters, wanted in FILTERS:
        query = CustomerQuery(sort=sort, size=7, **filters)
        right = expected(many, sort, wanted)
        seen: list[int] = []
        page = reads.customers(SALES, query)
        counted = {g: n for g in GROUPS
                   if (n := sum(1 for m in many if m["group"] == g
                                and (wanted(m) if not filters.get("group") else True)))}  # fmt: skip
        assert page.matching == len(right)
        if not filters.get("group"):
            assert {g: n for g, n in page.counts.items() if n} == counted
        assert page.total == len(many)
        assert not page.has_previous
        while True:
            seen += [row.customer for row in page.rows]
            if not page.has_next:
                break
            page = reads.customers(SALES, query.after_row(seen[-1]))
            assert page.has_previous
        assert seen == right, (filters, sort)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_go_back_the_way_they_came(many: list[dict[str, Any]], sort: str) -> None:
    query = CustomerQuery(sort=sort, size=25)
    first = reads.customers(SALES, query)
    second = reads.customers(SALES, query.after_row(first.rows[-1].customer))
    back = reads.customers(SALES, replace(query, before=second.rows[0].customer))
    assert back.rows == first.rows
    assert back.has_next
    assert not back.has_previous


def test_a_text_finds_everybody_however_many() -> None:
    """Six thousand Smiths: counted, sorted and exported whole, not only the first so many."""
    lists._counted.kept.clear()
    held = [record({"surname": "Smit"}) for _ in range(3)]
    actions.refresh(SYSTEM, [customer(one) for one in held])
    model = Profile.objects.values().first() or {}
    start = max(Profile.objects.values_list("pk", flat=True)) + 1
    keys = range(start, start + 6_000)
    Profile.objects.bulk_create(
        Profile(**{**model, "customer_id": key, "revenue_minor": key}) for key in keys
    )
    search.put([(key, "smit") for key in keys], is_new=True)
    shown = lists.page(SALES, CustomerQuery(text="smit", sort="-revenue", size=5))
    assert shown.matching == 6_003
    assert [row.customer for row in shown.rows] == sorted(keys, reverse=True)[:5]


def test_a_customer_that_goes_does_not_start_the_export_again(
    many: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 10)
    query = CustomerQuery(sort="-revenue")
    rows = lists.in_pieces(SALES, lists.selected(SALES, query), ())
    seen = [next(rows).customer for _ in range(10)]
    Profile.objects.filter(pk=seen[-1]).delete()
    seen += [row.customer for row in rows]
    assert len(seen) == len(set(seen)) == len(many)


def test_sources_filter(many: list[dict[str, Any]]) -> None:
    for of in ("crm", "webshop"):
        key = source(of).pk
        page = reads.customers(SALES, CustomerQuery(source=key, size=100))
        assert {r.customer for r in page.rows} == {
            m["customer"] for m in many if m["source"] == key
        }


def test_counts_are_not_taken_again_for_each_page(
    many: list[dict[str, Any]], django_assert_num_queries: Any
) -> None:
    query = CustomerQuery(kind="person", size=5)
    service = actor("service")
    first = reads.customers(service, query)
    # The counts that are kept, the place of the last row, the rows.
    # Whom it showed is written down at the end of a request.
    with looks.gathering(), django_assert_num_queries(3):
        reads.customers(service, query.after_row(first.rows[-1].customer))


def test_a_change_is_counted(many: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FRESH_SECONDS", 0)
    query = CustomerQuery(kind="person")
    before = reads.customers(SALES, query).matching
    actions.refresh(SYSTEM, [customer(record({"surname": "Nieuw"}))])
    assert reads.customers(SALES, query).matching == before + 1
    assert reads.customers(SALES, CustomerQuery()).total == len(many) + 1


def test_columns_are_masked(many: list[dict[str, Any]]) -> None:
    made = customer(record({"surname": "Aaa", "email": "a@example.nl", "iban": "NL00TEST01"}))
    actions.refresh(SYSTEM, [made])
    query = CustomerQuery(columns=("email", "iban", "surname"), size=1)
    assert reads.customers(actor("service"), query).rows[0].values["email"] == "a@example.nl"
    sales = reads.customers(SALES, query).rows[0].values
    assert "iban" not in sales and sales["email"] == "a@example.nl"
    analyst = reads.customers(actor("analyst"), query).rows[0]
    assert "email" not in analyst.values and analyst.values["surname"] == "Aaa"


def test_odd_questions_are_refused(many: list[dict[str, Any]]) -> None:
    for query in (CustomerQuery(sort="data"), CustomerQuery(consent=("fax", "granted"))):
        with pytest.raises(InvalidQuery):
            reads.customers(SALES, query)
    with pytest.raises(NotAllowed):
        reads.customers(actor("nobody"), CustomerQuery())


def test_the_export_is_everything_and_is_written_down(many: list[dict[str, Any]]) -> None:
    rows = list(reads.export_rows(actor("marketing"), CustomerQuery(sort="-revenue")))
    assert [r.customer for r in rows] == expected(many, "-revenue", lambda m: True)
    assert AuditEntry.objects.filter(action="export_customers").count() == 1
    with pytest.raises(NotAllowed):
        reads.export_rows(SALES, CustomerQuery())


def test_cities_with_their_counts(many: list[dict[str, Any]]) -> None:
    found = {c.key: c.customers for c in reads.cities(SALES)}
    assert found == {
        city: sum(m["city"] == city for m in many) for city in ("den_haag", "utrecht", "zeist")
    }


# --- the card ---


@pytest.fixture
def marijke() -> int:
    crm = record(
        {"first_name": "Marijke", "surname": "Terpstra", "gender": "female", "street": "Laan",
         "house_number": "24", "postcode": "3815 KV", "city": "Amersfoort", "iban": "NL00TEST01",
         "email": "m@example.nl", "interests": "e-bikes; onderhoud", "own_field": "x",
         "customer_number": "004217", "wish": "bellen, niet mailen"},
        of="crm", trust=60,
        versions=[{"first_name": "Marijke", "surname": "Terpstra", "street": "Kerkstraat",
                   "house_number": "7", "postcode": "3581 RC", "city": "Utrecht"}],
        invalid={"mobile": ("0612345678", "placeholder")},
    )  # fmt: skip
    shop = record({"initials": "M.", "surname": "van der Zwaluw", "email": "mz@example.nl",
                   "customer_number": "620"},
                  of="webshop", at=NOW - 30 * DAY)  # fmt: skip
    happened(shop, "order", key="20418", days_ago=20, amount_minor=12_900, subject="accu",
             details={"payment_method": "ideal"})  # fmt: skip
    happened(crm, "complaint", key="c1", days_ago=2, status="open")
    happened(crm, "complaint", key="c2", days_ago=20, status="closed")
    happened(
        crm, "newsletter_clicked", days_ago=21, campaign="HERFST", details={"topic": "e-bikes"}
    )
    said_of_contact(shop, "phone", "denied")
    subscribed(crm, "Onderhoud", started_day=TODAY - 300, ended_day=TODAY + 10)
    made = customer(crm, shop, household=crm)
    partner = customer(record({"first_name": "Ruben", "surname": "Zwaluw"}), household=crm)
    actions.refresh(SYSTEM, [made, partner])
    return made


def card(key: int, role: str = "service") -> reads.Card:
    return reads.card_for(actor(role), to_public("customer", key))


def test_the_card_holds_it_all(marijke: int) -> None:
    shown = card(marijke)
    assert (shown.name, shown.kind, shown.city) == ("Marijke Terpstra", "person", "Amersfoort")
    assert shown.sources == ("CRM", "WEBSHOP")
    assert [f.key for f in shown.flags] == [
        "repeated_complaint", "subscription_ends", "do_not_phone",
    ]  # fmt: skip
    figures = {f.key: f for f in shown.figures}
    assert figures["revenue_12m"].amount_minor == 12_900
    assert sum(figures["revenue_12m"].spark) == 12_900
    assert figures["complaints"].number == 1
    assert all(f.definition and f.as_of and f.source for f in shown.figures)
    assert [r.name for r in shown.household] == ["Ruben Zwaluw"]
    assert shown.consents["phone"].state == "denied"
    assert shown.consents["email"].state == "unknown"
    assert len(shown.history.entries) == 4
    assert len(shown.why.records) == 2
    states = {p.key: p.state for p in shown.panels}
    assert states["purchases"] == states["interests"] == states["cases"] == "ok"
    assert states["quotes"] == "empty"
    tags = next(p for p in shown.panels if p.key == "interests").context["tags"]
    assert [t.text for t in tags] == ["e-bikes", "onderhoud", "bellen, niet mailen"]
    assert "1 klik" in tags[0].detail


def test_every_value_on_the_card_has_its_lineage(marijke: int) -> None:
    lines = {line.key: line for line in card(marijke).identity}
    assert lines["name"].value == "Marijke Terpstra"
    assert (lines["name"].source, lines["name"].rule) == ("CRM", "completeness")
    assert [(x.value, x.source, x.why) for x in lines["name"].losers] == [
        ("M. van der Zwaluw", "WEBSHOP", "completeness")
    ]
    assert lines["address"].value == "Laan 24, 3815 KV Amersfoort"
    assert [p.value for p in lines["address"].past] == ["Kerkstraat 7, 3581 RC Utrecht"]
    assert lines["email"].rule == "recency"
    assert lines["mobile"].problem == "placeholder"
    assert (lines["mobile"].value, lines["mobile"].losers[0].value) == ("", "0612345678")
    assert lines["own_field"].value == "x"
    assert {x.why for x in lines["customer_number"].losers} == {"own"}
    assert "consent_email" not in lines and "interests" not in lines


def test_the_card_is_masked(marijke: int) -> None:
    lines = {line.key: line for line in card(marijke, "analyst").identity}
    assert lines["email"].is_masked and lines["iban"].is_masked and lines["mobile"].is_masked
    assert lines["address"].value == "3815 KV Amersfoort"
    text = as_json(card(marijke, "analyst"))
    for hidden in ("m@example.nl", "mz@example.nl", "NL00TEST01", "Laan", "Kerkstraat"):
        assert hidden not in text
        assert hidden in as_json(card(marijke)), "the probe finds what is there"


def test_an_absorbed_id_leads_to_the_survivor(marijke: int) -> None:
    old = customer()
    older = customer()
    Customer.objects.filter(pk=old).update(absorbed_by=marijke)
    Customer.objects.filter(pk=older).update(absorbed_by=old)
    assert card(older).public_id == to_public("customer", marijke)


@pytest.mark.parametrize(
    # The last has a name of its own: every run has another key, and thus another id.
    "text",
    ["", "x", "0" * 13, pytest.param(to_public("customer", 10**9), id="nobody's")],
)
def test_an_unknown_id_is_said_so(text: str) -> None:
    with pytest.raises(UnknownCustomer):
        reads.card_for(SALES, text)


def test_a_panel_that_fails_leaves_the_card_whole(
    marijke: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("marijke@example.nl")

    def denied(*_: object) -> None:
        raise NotAllowed("sales", "x")

    more = {
        "broken": Panel("broken", "Broken", "right", 1, "x.html", broken),
        "denied": Panel("denied", "Denied", "right", 2, "x.html", denied),
    }
    monkeypatch.setattr(registry, "_PANELS", {**registry._PANELS, **more})
    states = {p.key: p.state for p in card(marijke).panels}
    assert (states["broken"], states["denied"], states["purchases"]) == ("failed", "denied", "ok")


def questions_of(act: Callable[[], object]) -> list[str]:
    """The statements that something sends to the database, on SQLite those past Django too."""
    asked: list[str] = []

    def noting(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with looks.gathering(), connection.execute_wrapper(noting):
        act()
    return asked


def test_a_card_takes_few_questions(marijke: int) -> None:
    assert len(questions_of(lambda: card(marijke))) <= 60


def test_verdicts_ask_the_same_however_many_they_are(marijke: int) -> None:
    known = contacting.known_of(marijke)
    assert known
    every = [Question(c, p) for c in contacting.CHANNELS for p in contacting.PURPOSES]
    asked = questions_of(lambda: reads.may_contact(SYSTEM, known, every))
    for table in ("consententry", "restriction", "contactnote", "core_source"):
        assert sum(table in sql for sql in asked) <= 1, table
    assert len(asked) <= 8
