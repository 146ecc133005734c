"""Other programs bring orders and ask who somebody is: by key, in roles, the same as by import."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from klantbeeld.accounts.actions import create_key, revoke_key
from klantbeeld.api.entrance import CALLS, FAILURES, WRONG
from klantbeeld.api.pace import FILE, Pace
from klantbeeld.core.actor import system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import AuditEntry, Delivery, Record, Source
from klantbeeld.core.public_ids import from_public
from klantbeeld.identity.models import Membership, Pending
from klantbeeld.pipeline import bringing
from klantbeeld.pipeline.actions import (
    Part,
    ask_part,
    bring,
    erase_alone,
    import_paths,
    undo_delivery,
)
from klantbeeld.profiles.models import Profile
from klantbeeld.sources.reads import deliveries, delivery
from klantbeeld.timeline.models import Interaction
from tests.pipeline import dump

pytestmark = pytest.mark.django_db
ACTOR = system_actor("test")
CRM = """klantnummer;voornaam;achternaam;geboortedatum;email;postcode;huisnummer;plaats;telefoon
1;Wendelmoet;Quintijnsdochter;03-04-1971;wendelmoet@example.nl;3511AA;4;Utrecht;0850201234
2;Radboud;Quintijnsdochter;12-11-1968;radboud@example.nl;3511AA;4;Utrecht;0850204321
3;Aleid;van Kerspelhuizen;21-09-1990;aleid@example.org;1012AB;9;Amsterdam;
"""
ORDER = {
    "order_number": "20418", "ordered_at": "2026-11-21T14:02:00", "order_amount": 129.95,
    "first_name": "Wendelmoet", "surname": "Quintijnsdochter", "email": "w.q@example.com",
    "phone": "0850201234", "postcode": "3511AA", "house_number": "4",
}  # fmt: skip
AS_FILE = """bestelnummer;besteldatum;orderbedrag;voornaam;achternaam;e-mail;telefoon;postcode;huisnummer
20418;2026-11-21T14:02:00;129.95;Wendelmoet;Quintijnsdochter;w.q@example.com;0850201234;3511AA;4
"""
Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def house(settings: Any, tmp_path: Path) -> None:
    """A home, three customers, and nobody who came in before."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (tmp_path / "crm.csv").write_text(CRM, encoding="utf-8")
    import_paths(ACTOR, [tmp_path / "crm.csv"])
    CALLS.forget()
    FAILURES.forget()


@pytest.fixture
def key() -> str:
    """The secret of a key that may do everything, for any source."""
    return create_key(ACTOR, "Webwinkel", ["write", "match"])[1]


@pytest.fixture
def post(client: Client, key: str) -> Post:
    """A function that posts JSON: address, body, and another secret."""

    def posted(address: str, body: Any, secret: str = "") -> Any:
        text = body if isinstance(body, str) else json.dumps(body)
        headers = {"Authorization": f"Bearer {secret or key}"}
        return client.post(
            f"/api/v1/{address}", text, content_type="application/json", headers=headers
        )

    return posted


def owner(number: str) -> int:
    """The customer of a record of the CRM."""
    return Membership.objects.get(record__source__key="crm", record__key=number).customer_id


def test_a_new_order_under_another_address_joins_the_right_customer_at_once(post: Post) -> None:
    answer = post("orders", {"source": "webwinkel", "orders": [ORDER]})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["stored"], told["unchanged"], told["quarantined"]) == (1, 0, 0)
    (row,) = told["rows"]
    assert row["outcome"] == "stored"
    assert from_public("customer", row["customer"]) == owner("1")
    profile = Profile.objects.get(pk=owner("1"))
    assert (profile.orders, profile.revenue_minor) == (1, 12995)
    assert Pending.objects.count() == 0
    # The same once more is the same order.
    again = post("orders", {"source": "webwinkel", "orders": [ORDER]}).json()
    assert (again["stored"], again["unchanged"]) == (0, 1)
    assert again["rows"][0]["customer"] == row["customer"]
    assert Profile.objects.get(pk=owner("1")).orders == 1
    # And with another amount it is that order, changed.
    changed = {**ORDER, "order_amount": 99.5}
    assert post("orders", {"source": "webwinkel", "orders": [changed]}).json()["stored"] == 1
    profile = Profile.objects.get(pk=owner("1"))
    assert (profile.orders, profile.revenue_minor) == (1, 9950)


def test_by_import_and_by_api_it_is_the_same_customer(post: Post, tmp_path: Path) -> None:
    (tmp_path / "webwinkel.csv").write_text(AS_FILE, encoding="utf-8")
    import_paths(ACTOR, [tmp_path / "webwinkel.csv"])
    assert Profile.objects.get(pk=owner("1")).orders == 1
    customers = Profile.objects.count()
    post("orders", {"source": "webwinkel", "orders": [{**ORDER, "order_number": "20419"}]})
    assert Profile.objects.get(pk=owner("1")).orders == 2
    assert Profile.objects.count() == customers
    # What was imported and what was brought are one order.
    told = post("orders", {"source": "webwinkel", "orders": [ORDER]}).json()
    assert Interaction.objects.filter(delivery__source__key="webwinkel").count() == 2, told


def test_an_order_with_lines_and_taken_back_as_any_delivery(post: Post) -> None:
    before = dump.content()
    lines = [
        {"product_code": "A-1", "product_name": "Accu", "quantity": 1, "line_amount": 100.0},
        {"product_code": "A-2", "product_name": "Montage", "quantity": 2, "line_amount": 29.95},
    ]
    told = post("orders", {"source": "webwinkel", "orders": [{**ORDER, "lines": lines}]}).json()
    assert told["rows"][0]["outcome"] == "stored", told
    made = Interaction.objects.get(delivery__source__key="webwinkel")
    assert made.amount_minor == 12995
    assert dump.rows("SELECT count(*) FROM timeline_orderline")[0][0] == 2
    delivery = Delivery.objects.get(pk=from_public("delivery", told["delivery"]))
    assert delivery.state == Delivery.LOADED
    assert delivery.rows_read == delivery.rows_accounted
    undo_delivery(ACTOR, delivery)
    dump.assert_same(dump.content(), before)


def test_customers_and_a_row_that_cannot_be_used(post: Post) -> None:
    told = post(
        "customers",
        {"source": "kassa", "customers": [
            {"customer_number": "K9", "full_name": "Aleid van Kerspelhuizen",
             "email": "aleid@example.org", "birth_date": "1990-09-21"},
            {"customer_number": "K10", "email": "geen adres"},
        ]},
    ).json()  # fmt: skip
    first, second = told["rows"]
    assert from_public("customer", first["customer"]) == owner("3")
    assert second["outcome"] in {"stored", "quarantined"}


def test_who_somebody_is_without_storing(post: Post) -> None:
    before = (dump.content(), Record.objects.count(), Source.objects.count())
    asked = {k: v for k, v in ORDER.items() if not k.startswith("order")}
    told = post("match", {"customer": asked}).json()["candidates"]
    best, *others = told
    assert from_public("customer", best["customer"]) == owner("1")
    assert best["class"] == "same" and best["probability"] > 0.9 and not best["is_doubtful"]
    said = {reason["comparison"]: reason for reason in best["reasons"]}
    assert said["phone"]["finding"] == "fixed" and said["first_name"]["bits"] > 0
    assert "E-mail" in said["email"]["words"]
    other = next(o for o in others if from_public("customer", o["customer"]) == owner("2"))
    assert other["class"] == "household"
    assert (dump.content(), Record.objects.count(), Source.objects.count()) == before
    # Nothing of what is known of a customer is in the answer.
    assert "Radboud" not in json.dumps(told) and "example.nl" not in json.dumps(told)
    nobody = post("match", {"customer": {"full_name": "Ødger Nergensthuis"}})
    assert nobody.json() == {"candidates": []}


def test_what_would_happen_is_what_happens(post: Post) -> None:
    for number, asked in enumerate(
        (
            {"email": "radboud@example.nl"},
            {"first_name": "Aleid", "surname": "van Kerspelhuizen", "birth_date": "1990-09-21",
             "postcode": "9711AA", "house_number": "1"},
            {"first_name": "Wendela", "surname": "Quintijnsdochter", "postcode": "3511AA",
             "house_number": "4"},
        ), 1
    ):  # fmt: skip
        told = post("match", {"customer": asked}).json()["candidates"]
        same = [one["customer"] for one in told if one["class"] == "same"]
        row = {**asked, "customer_number": f"T{number}"}
        done = post("customers", {"source": f"proef-{number}", "customers": [row]}).json()
        joined = done["rows"][0]["customer"]
        known = Membership.objects.filter(customer=from_public("customer", joined)).count() > 1
        assert same == ([joined] if known else []), asked
        undo_delivery(ACTOR, Delivery.objects.get(pk=from_public("delivery", done["delivery"])))


def test_errors_say_what_and_where_and_never_a_value(
    post: Post, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret_word = "geheim.persoon@example.nl"
    cases = [
        ("orders", {"source": "x", "orders": [{**ORDER, "shoe": secret_word}]}, 422, "unknown_field"),
        ("orders", {"source": "x", "orders": [{"email": secret_word}]}, 422, "missing_field"),
        ("orders", {"source": "x", "orders": []}, 422, "no_rows"),
        ("orders", {"orders": [ORDER]}, 422, "source_needed"),
        ("customers", {"source": "x", "customers": [{"email": [secret_word]}]}, 422, "not_a_value"),
        ("customers", '{"customers": [{"email": "' + secret_word, 400, "not_json"),
        ("match", {"customer": {}}, 422, "nobody"),
    ]  # fmt: skip
    for address, body, status, code in cases:
        answer = post(address, body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), (
            answer.content
        )
        assert answer.json()["error"]["message"]
        assert secret_word not in answer.content.decode()
    wrong = post("orders", {"source": "x", "orders": [ORDER, {**ORDER, "shoe": 1}]}).json()["error"]
    assert (wrong["row"], wrong["field"]) == (2, "shoe")
    assert secret_word not in caplog.text
    assert client.get("/api/v1/nothing").status_code == 404
    assert Source.objects.filter(key="x").count() == 0


def test_a_key_opens_only_what_it_is_for(post: Post, client: Client) -> None:
    made, only_match = create_key(ACTOR, "Belsysteem", ["match"])
    _, only_shop = create_key(ACTOR, "Kassa", ["write"], "kassa")
    row = {"full_name": "Aleid van Kerspelhuizen"}
    assert post("customers", {"source": "x", "customers": [row]}, only_match).status_code == 403
    assert post("match", {"customer": row}, only_shop).status_code == 403
    other = post("customers", {"source": "x", "customers": [row]}, only_shop)
    assert (other.status_code, other.json()["error"]["code"]) == (403, "other_source")
    assert post("customers", {"customers": [row]}, only_shop).status_code == 200
    assert post("match", {"customer": row}, only_match).status_code == 200
    revoke_key(ACTOR, made)
    refused = post("match", {"customer": row}, only_match)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "no_key")
    assert client.post("/api/v1/match", "{}", content_type="application/json").status_code == 401
    assert {"create_key", "revoke_key"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_secret_is_kept_nowhere(key: str) -> None:
    held = dump.rows("SELECT name, prefix, digest, role FROM accounts_apikey")
    assert key not in repr(held) and held[0][1] == key[:11]


def test_pace(post: Post, settings: Any) -> None:
    settings.API_RATE = 2
    row = {"customer": {"full_name": "Aleid van Kerspelhuizen"}}
    statuses = [post("match", row).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    CALLS.forget()
    for _ in range(WRONG):
        assert post("match", row, "kb_wrong").status_code == 401
    slow = post("match", row)
    assert (slow.status_code, slow.headers["Retry-After"]) == (429, "60")


def test_pace_is_counted_over_all_processes(settings: Any) -> None:
    """Each process has counters of its own; what they count is one."""
    one, other, wrong = Pace("calls"), Pace("calls"), Pace("failures")
    assert [one.count("a"), other.count("a"), one.count("a"), other.count("b")] == [1, 2, 3, 1]
    assert (other.seen("a"), wrong.seen("a")) == (3, 0)
    settings.HOME = settings.HOME / "other"
    (settings.HOME / FILE).parent.mkdir(parents=True)
    (settings.HOME / FILE).write_bytes(b"x" * 5_000)
    assert one.count("a") == 0, "nobody is held up by a broken file"
    assert one.count("a") == 1


def test_calls_of_a_day_are_one_line_and_are_taken_back_one_by_one(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = [
        post("orders", {"source": "webshop", "orders": [{**ORDER, "order_number": str(n)}]}).json()
        for n in range(3)
    ]
    keys = [from_public("delivery", told["delivery"]) for told in brought]
    (line,) = [line for line in deliveries(ACTOR) if line.name == Delivery.CALL]
    assert (line.delivery, line.calls, line.counts["rows_stored"]) == (keys[0], 3, 3)
    undo_delivery(ACTOR, Delivery.objects.get(pk=keys[0]))
    (line,) = [line for line in deliveries(ACTOR) if line.name == Delivery.CALL]
    assert (line.calls, line.state) == (3, Delivery.LOADED)
    detail = delivery(ACTOR, keys[1])
    assert ([f.delivery for f in detail.files], detail.together) == (keys, 2)
    monkeypatch.setattr(bringing.sources, "now_us", lambda: now_us() + 86_400_000_000)
    post("orders", {"source": "webshop", "orders": [{**ORDER, "order_number": "9"}]})
    assert len([line for line in deliveries(ACTOR) if line.name == Delivery.CALL]) == 2


def test_the_description_names_every_door(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/v1/orders", "/api/v1/customers", "/api/v1/match",
        "/api/v1/customers/{customer}/contact",
    }  # fmt: skip
    assert "order_number" in told["components"]["schemas"]["OrderIn"]["properties"]


def test_roles_without_the_right_may_not() -> None:
    from tests.records import actor

    with pytest.raises(PermissionError):
        bring(actor("marketing"), "x", "customers", [{"email": "a@example.nl"}])


def test_whether_somebody_may_be_contacted_by_a_key_that_may_ask(
    client: Client, post: Post
) -> None:
    from klantbeeld.core.public_ids import to_public

    secret = create_key(ACTOR, "Belsysteem", ["contact"])[1]
    who = to_public("customer", owner("1"))

    def ask(path: str, key: str = secret, language: str = "nl") -> Any:
        headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
        return client.get(f"/api/v1/customers/{path}", headers=headers)

    told = ask(f"{who}/contact").json()
    assert (told["customer"], told["purpose"]) == (who, "marketing")
    assert [c["channel"] for c in told["channels"]] == ["email", "phone", "post", "sms"]
    phone = next(c for c in told["channels"] if c["channel"] == "phone")
    assert (phone["answer"], phone["reason"]) == ("not_allowed", "no_consent")
    assert phone["words"] == "Er is geen toestemming vastgelegd"
    assert "art. 11.7" in phone["law"]
    assert "van kracht sinds" in phone["law"]
    english = ask(f"{who}/contact?channel=phone", language="en").json()["channels"][0]
    assert "in force" in english["law"]
    text = ask(f"{who}/contact?channel=phone&day=2026-06-30").content.decode()
    for value in ("Wendelmoet", "Quintijnsdochter", "wendelmoet@example.nl", "0850201234"):
        assert value not in text
    for path, status in (
        (f"{who}/contact?channel=pigeon", 422), (f"{who}/contact?day=gisteren", 422),
        (f"{who}/contact?purpose=spying", 422), (f"{'0' * 13}/contact", 404), ("x/contact", 404),
    ):  # fmt: skip
        assert ask(path).status_code == status, path
    other = create_key(ACTOR, "Webwinkel", ["write", "match"])[1]
    assert ask(f"{who}/contact", other).status_code == 403
    assert post("match", {"customer": {"email": "x@example.nl"}}, secret).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_an_order_that_was_erased_by_itself_is_told_as_suppressed(post: Post) -> None:
    others = [{**ORDER, "order_number": str(number)} for number in (20419, 20420)]
    post("orders", {"source": "webwinkel", "orders": [ORDER, others[0]]})
    part = Part("entry", Interaction.objects.get(key="20418").pk)
    erase_alone(ACTOR, ask_part(ACTOR, owner("1"), part), "Nobody else works here")
    told = post("orders", {"source": "webwinkel", "orders": [ORDER, *others]}).json()
    outcomes = [row["outcome"] for row in told["rows"]]
    assert outcomes == ["suppressed", "stored", "stored"]
    assert (told["stored"], told["unchanged"], told["suppressed"]) == (1, 1, 1)
    assert not Interaction.objects.filter(key="20418").exists()
