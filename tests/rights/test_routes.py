"""Every route for every role, one's own customers and others': as declared in verdicts.txt."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from klantbeeld.accounts import actions as accounts
from klantbeeld.accounts.models import ApiKey, Following, User
from klantbeeld.accounts.rules import PERMISSIONS
from klantbeeld.core import ledger
from klantbeeld.core.actor import system_actor
from klantbeeld.core.clock import day_to_date, now_us, today
from klantbeeld.core.models import Delivery
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.pipeline.models import Intake
from klantbeeld.privacy import actions as privacy
from klantbeeld.web.filled.rights import PERMISSIONS as PERMISSION_WORDS
from tests.journeys.company import KLAARTJE
from tests.rights.routes import (
    COLUMNS,
    KEYS,
    declared,
    last_look,
    looked_since,
    methods_of,
    patterns,
    reading_whole,
    snapshot,
)

LogIn = Callable[[str], Client]
SCREENS, API = declared()
# An id of something that there is not: whoever may not is refused before anything is looked up.
KINDS = {
    "experiment": "experiment", "experiment_go_on": "experiment", "key_revoke": "key",
    "team_remove": "team", "alarm": "alarm", "invitation_withdraw": "invitation",
    "log_in_end": "log_in", "request": "request", "request_bundle": "request",
    "erasure": "erasure", "erasure_approve": "erasure",
    "erasure_refuse": "erasure", "special_withdraw": "ground", "special_forget": "judged",
    "special_read": "original", "special_drop": "original",
}  # fmt: skip


def no_such(kind: str) -> str:
    """The id of a thing of a kind that there is not."""
    return to_public(kind, 999_999)


# Done by the journeys: undoing stands outside any transaction, and the sample company is refused
# in a house with customers, whoever asks.
NOT_TRIED = {
    route: {"administrator"}
    for route in (("delivery_undo", "POST"), ("sample", "POST"), ("sample_leave", "POST"))
}
NAMES = re.compile(rb"klaartje|heuvel|truus|testers|proefpersoon|voorbeeldstraat|nl02abna", re.I)


class World:
    """Addresses filled with what there is: the customer of `own`, and one whom others follow."""

    def __init__(self, log_in: LogIn) -> None:
        from klantbeeld.identity.models import Membership
        from klantbeeld.sources.models import Quarantined
        from klantbeeld.timeline.models import Document, Interaction

        self.clients = {role: reading_whole(log_in(role)) for role in COLUMNS}
        paper = Document.objects.get(name="bon.html")
        mail = Interaction.objects.get(key_hash=paper.interaction_key)
        mine = Membership.objects.get(record=paper.record_id).customer_id
        theirs = Membership.objects.exclude(customer=mine).latest("customer").customer_id
        self.ids = {"mine": mine, "theirs": theirs}
        self.records = {
            who: sorted(Membership.objects.filter(customer=pk).values_list("record", flat=True))
            for who, pk in self.ids.items()
        }
        self.filled = {
            "entry_id": to_public("interaction", mail.pk),
            "document_id": to_public("document", paper.pk),
            "delivery": to_public("delivery", Delivery.objects.latest("pk").pk),
            "row": to_public("quarantined", Quarantined.objects.latest("pk").pk),
        }
        # Route to what is open of it; without that nothing of its kind is.
        self.open: dict[str, dict[str, str]] = {}
        self.follow("mine")

    def open_request_and_intake(self) -> None:
        """The customer asked what is held of him, and files were loaded: both have a file."""
        asked = privacy.open_request(
            system_actor(), "access", self.records["mine"][0], day_to_date(today()), "mail", ""
        )
        brought = Intake.objects.create(
            token="x" * 20, state=Intake.LOADED, actor="x", created_at=now_us(),
            changed_at=now_us(),
            deliveries=list(Delivery.objects.filter(source__key="crm").values_list("pk", flat=True)),
        )  # fmt: skip
        self.open = {
            "request_bundle": {"public_id": to_public("request", asked.pk)},
            "intake_export": {"public_id": to_public("intake", brought.pk)},
        }

    def follow(self, who: str) -> None:
        """The role own follows this customer and no other."""
        own = User.objects.get(role="own")
        Following.objects.all().delete()
        accounts.follow(system_actor(), self.records[who], f"u:{own.pk}")

    def path(self, name: str, converters: dict[str, Any], who: str = "mine") -> str:
        """The address of a route with everything filled in."""
        other = "theirs" if who == "mine" else "mine"
        customer = to_public("customer", self.ids[who])
        told = {
            "public_id": customer, "other_id": to_public("customer", self.ids[other]),
            "left_id": to_public("record", self.records[who][0]),
            "right_id": to_public("record", self.records[who][-1]),
            "key": "customers", "correction_id": no_such("correction"), "token": "no-such-token", "text": "no-such-token~" + "x" * 24, "view_id": no_such("view"),
            "judgement_id": no_such("judgement"), **self.filled,
        }  # fmt: skip
        if name in ("delivery", "delivery_undo"):
            told["public_id"] = self.filled["delivery"]
        elif name in ("mend", "discard"):
            told["public_id"] = self.filled["row"]
        elif not name.startswith(CUSTOMER_ROUTES):
            kind = "user" if name.startswith("employee") else "intake"
            told["public_id"] = no_such(KINDS.get(name, kind))
        if name == "erase_part":
            told |= {"what": "entry", "key": self.filled["entry_id"]}
        told |= self.open.get(name, {})
        if name == "entry_undo":
            told["entry_id"] = no_such("delivery")
        query = {"checkup_rows": "?what=wrong-email"}.get(name, "")
        return reverse(f"web:{name}", kwargs={key: told[key] for key in converters}) + query

    def body(self, name: str, who: str = "mine") -> dict[str, str]:
        """What is posted: enough to get past the form where nothing is done with it."""
        customer = to_public("customer", self.ids[who])
        asked = {"search": {"q": "heuvel"}, "ask": {"q": "wie zijn mijn beste klanten"},
                 "enter_doubles": {"full_name": "Klaartje van den Heuvel"},
                 "tag": {"customer": customer, "tag": "vip"}}  # fmt: skip
        return asked.get(name, {})

    def ask(self, role: str, route: tuple[str, str], converters: Any, who: str = "mine") -> Any:
        """The answer to somebody of a role."""
        name, method = route
        path = self.path(name, converters, who)
        body = self.body(name, who) if method == "POST" else {}
        client = self.clients[role]
        return getattr(client, method.lower())(path, body)

    def client_of(self, route: tuple[str, str]) -> Client:
        """Somebody who may."""
        return self.clients[next(role for role in COLUMNS if SCREENS[route].may[role])]

    def sent(self, route: tuple[str, str]) -> tuple[str, str, str, str]:
        """What is asked of a route, for `Client.generic`: a file is asked for where there is one."""
        name, method = route
        own = User.objects.get(role="service")
        files = {"breach": {"who": f"u:{own.pk}", "since": "2000-01-01", "until": "2100-01-01"}}
        body = urlencode(files.get(name, self.body(name))) if method == "POST" else ""
        kind = "application/x-www-form-urlencoded"
        return method, self.path(name, converters(name)), body, kind


CUSTOMER_ROUTES = (
    "card", "timeline", "entry_document", "entry", "document", "erase", "split", "merge",
    "judgement", "customer_export", "contact", "note", "why_one", "why_not", "compare_search",
    "looked", "follow", "break_glass", "customer_requests", "correct", "limits",
)  # fmt: skip
ROUTES = {one.name: (route, one) for route, one in patterns()}


@pytest.fixture
def world(company: None, log_in: LogIn) -> World:
    """Somebody of every role in the company."""
    return World(log_in)


def converters(name: str) -> dict[str, Any]:
    """The parts of a route that are filled in."""
    return dict(ROUTES[name][1].pattern.converters)


def test_every_route_has_its_verdicts(world: World) -> None:
    admin = world.clients["administrator"]
    there = {
        (name, method)
        for name, (_route, one) in ROUTES.items()
        for method in methods_of(one.callback, admin, world.path(name, converters(name)))
    }
    assert {name for name in ROUTES if name is None} == set(), "a route has no name"
    assert there - SCREENS.keys() == set(), "routes without verdicts"
    assert SCREENS.keys() - there == set(), "verdicts of routes that there are not"


def test_every_permission_is_told_in_words() -> None:
    assert set(PERMISSION_WORDS) == set(PERMISSIONS)


def fits(status: int, may: bool) -> bool:
    """Whether a status is that of somebody who may, or may not."""
    return status in (200, 301, 302, 404, 422) if may else status == 403


# What a role may is decided before any database is asked: that an answer can be given on each
# of them is seen of who may all, and of who may it of some.
@pytest.mark.parametrize(
    "role",
    [
        role if role in ("administrator", "own") else pytest.param(role, marks=pytest.mark.alike)
        for role in COLUMNS
    ],
)
def test_who_may_what_on_every_route(world: World, role: str) -> None:
    """What may not is 403; and neither that nor any GET changes a thing."""
    wrong, before = [], snapshot()
    for route, verdict in SCREENS.items():
        if role in NOT_TRIED.get(route, ()):
            continue
        may = verdict.may[role]
        if may and route[1] == "POST":
            with transaction.atomic():
                status = world.ask(role, route, converters(route[0])).status_code
                transaction.set_rollback(True)
        else:
            status = world.ask(role, route, converters(route[0])).status_code
        if not fits(status, may):
            wrong.append(f"{role}: {' '.join(route)} gives {status}")
    assert not wrong, "\n".join(wrong)
    after = snapshot()
    assert [name for name in before if before[name] != after[name]] == []


def test_customers_of_others(world: World) -> None:
    """The role own on a customer whom others follow: refused, and nothing of them is told."""
    wrong, before = [], snapshot()
    for route, verdict in SCREENS.items():
        if verdict.theirs != "n":
            continue
        answer = world.ask("own", route, converters(route[0]), "theirs")
        if answer.status_code not in (403, 404) or b"Truus" in answer.content:
            wrong.append(f"{' '.join(route)} gives {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert snapshot() == before
    # The same customer, once followed, is seen: it was the following that decided.
    world.follow("theirs")
    assert world.ask("own", ("card", "GET"), converters("card"), "theirs").status_code == 200


def test_lists_counts_searches_and_questions_keep_to_ones_own(world: World) -> None:
    own = world.clients["own"]
    mine = to_public("customer", world.ids["mine"])
    for path, body in (
        ("/customers/", None), ("/search", {"q": "heuvel"}), ("/search", {"q": "truus"}),
        ("/search", {"q": "30001"}), ("/ask", {"q": "wie zijn mijn beste klanten"}),
        ("/enter/doubles", {"full_name": "Truus Testers", "email": "truus@example.nl"}), ("/", None),
    ):  # fmt: skip
        answer = own.post(path, body) if body is not None else own.get(path)
        assert answer.status_code == 200, path
        told = set(re.findall(r"/customers/([0-9a-z]{13})/", answer.content.decode()))
        assert told <= {mine}, path
        assert b"Truus Testers</" not in answer.content, path
    listed = own.get("/customers/").content.decode()
    assert f'href="/customers/{mine}/"' in listed
    assert '<p class="num">1</p>' in listed


@pytest.mark.parametrize("operation", API)
def test_every_operation_of_the_api_for_every_key(world: World, operation: str) -> None:
    paths = _operations()
    admin = system_actor()
    source = "webshop"
    secrets = {"none": ""}
    for name, rights, of in (
        ("write", ["write"], source), ("match", ["match"], ""), ("ask", ["contact"], ""),
        ("other", ["write"], "elders"),
    ):  # fmt: skip
        secrets[name] = accounts.create_key(admin, name, rights, of)[1]
    gone, secrets["gone"] = accounts.create_key(admin, "gone", ["write", "match"], source)
    accounts.revoke_key(admin, gone)
    over, secrets["over"] = accounts.create_key(admin, "over", ["write", "match"], source)
    ApiKey.objects.filter(pk=over.pk).update(until=now_us() - 1)
    bodies = {
        "match": {"customer": {"email": KLAARTJE}},
        "bring_customers": {"source": source, "customers": [{"customer_number": "Z-1",
                                                             "full_name": "Zus Nieuw"}]},
        "bring_orders": {"source": source, "orders": [{
            "order_number": "Z-2", "ordered_at": "2026-11-01T10:00:00", "email": KLAARTJE,
            "order_amount": "12.50"}]},
    }  # fmt: skip
    method, path = paths[operation]
    for name in KEYS:
        before = snapshot()
        client = Client(
            headers={"Authorization": f"Bearer {secrets[name]}"} if name != "none" else {}
        )
        customer = to_public("customer", world.ids["mine"])
        body = json.dumps(bodies[operation]) if operation in bodies else ""
        answer = client.generic(
            method.upper(), path.replace("{customer}", customer), body,
            content_type="application/json",
        )  # fmt: skip
        assert answer.status_code == API[operation][name], (operation, name, answer.content)
        assert not NAMES.search(answer.content), (operation, name)
        if answer.status_code != 200:
            assert {k for k, v in snapshot().items() if before[k] != v} <= {"accounts_apikey"}


def _operations() -> dict[str, tuple[str, str]]:
    from klantbeeld.api.urls import api

    return {
        told["operationId"]: (method, path)
        for path, held in api.get_openapi_schema()["paths"].items()
        for method, told in held.items()
    }


def test_every_operation_of_the_api_has_its_verdicts() -> None:
    assert set(_operations()) == set(API)


@pytest.mark.parametrize("role", ["administrator", "service", "analyst", "own"])
def test_the_log_holds_exactly_whom_an_answer_shows(world: World, role: str) -> None:
    """Customers in the answer = customers in the log, each once, over every route that reads."""
    wrong = []
    for route, verdict in SCREENS.items():
        name, method = route
        reads = method == "GET" or name in ("search", "ask", "enter_doubles", "compare_search")
        if not verdict.may[role] or not reads:
            continue
        before = last_look()
        path = world.path(name, converters(name))
        answer = getattr(world.clients[role], method.lower())(path, world.body(name))
        if answer.status_code not in (200, 301, 302):
            continue
        shown = set(re.findall(rb"/customers/([0-9a-z]{13})/", answer.content))
        shown |= set(re.findall(rb'value="([0-9a-z]{13})"', answer.content)) & _publics(world)
        if name in CUSTOMER_ROUTES or name.startswith("entry_document"):
            shown.add(to_public("customer", world.ids["mine"]).encode())
        if "other_id" in converters(name):
            shown.add(to_public("customer", world.ids["theirs"]).encode())
        logged = looked_since(before)
        told = {to_public("customer", pk).encode() for pk in logged}
        if len(logged) != len(set(logged)):
            wrong.append(f"{name}: somebody is written down twice in one answer")
        if not shown <= told:
            wrong.append(f"{name}: {len(shown - told)} shown that the log does not hold")
        if extra := told - shown - _named(world, answer.content, told - shown):
            wrong.append(f"{name}: {len(extra)} in the log that are not shown")
    assert not wrong, "\n".join(wrong)


def test_the_log_holds_exactly_who_is_handed_out(world: World) -> None:
    """Of every file that somebody takes along: the people in it, each once, and no others."""
    wrong, files = [], set()
    world.open_request_and_intake()
    for route in SCREENS:
        name = route[0]
        if name in ("template", *(r for r, _m in NOT_TRIED)):
            continue
        with transaction.atomic():
            before = last_look()
            answer = world.client_of(route).generic(*world.sent(route))
            if "attachment" in answer.get("Content-Disposition", "") and answer.status_code == 200:
                files.add(name)
                logged = looked_since(before)
                content = _unpacked(b"".join(answer))
                named = _named(world, content, _publics(world))
                told = {to_public("customer", pk).encode() for pk in logged}
                if len(logged) != len(set(logged)):
                    wrong.append(f"{name}: somebody is written down twice for one file")
                if name in OF_ONE:
                    named = {to_public("customer", world.ids["mine"]).encode()}
                if told != named:
                    wrong.append(f"{name}: {len(named)} in the file, {len(told)} in the log")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert files >= {
        "customers_export", "customer_export", "document", "entry_document", "log_export", "breach",
        "request_bundle", "intake_export",
    }  # fmt: skip


# What is handed out of one customer, whoever else is named in it.
OF_ONE = frozenset({"customer_export", "document", "entry_document", "request_bundle"})


def _unpacked(content: bytes) -> bytes:
    """A file as what can be read in it: a workbook or a bundle is a zip."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return b"\n".join(held.read(name) for name in held.namelist())


def test_the_log_holds_exactly_whom_a_program_is_told_of(world: World) -> None:
    secret = accounts.create_key(system_actor(), "balie", ["match"], "")[1]
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    for email in (KLAARTJE, "niemand@example.nl"):
        before = last_look()
        answer = program.post(
            "/api/v1/match", json.dumps({"customer": {"email": email}}), "application/json"
        )
        told = set(re.findall(rb'"([0-9a-z]{13})"', answer.content)) & _publics(world)
        logged = looked_since(before)
        assert {to_public("customer", pk).encode() for pk in logged} == told
        assert len(logged) == len(set(logged))
        assert bool(logged) == (email == KLAARTJE)


def _publics(world: World) -> set[bytes]:
    from klantbeeld.core.models import Customer

    return {
        to_public("customer", pk).encode() for pk in Customer.objects.values_list("pk", flat=True)
    }


def _named(world: World, content: bytes, asked: set[bytes]) -> set[bytes]:
    """Those of whom the name stands in the answer, though no link leads to them."""
    from klantbeeld.profiles.models import Profile

    found = set()
    for public in asked:
        held = Profile.objects.filter(pk=from_public("customer", public.decode())).first()
        parts = (held.name.split() if held else []) or ["\0"]
        if all(part.encode() in content for part in parts) or f"{parts[-1]}".encode() in content:
            found.add(public)
    return found


INJECTED = {
    "may": "klantbeeld.accounts.rules.may",
    "reach": "klantbeeld.accounts.rules.reach_of",
    "purpose": "klantbeeld.accounts.rules.purpose_of",
    "fields": "klantbeeld.accounts.guarding.hidden_categories",
    "log": "klantbeeld.core.ledger.write",
    "log-in": "klantbeeld.accounts.models.LogIn.continued",
}


# All but the log break before any database is asked.
@pytest.mark.parametrize(
    "point", [p if p == "log" else pytest.param(p, marks=pytest.mark.alike) for p in INJECTED]
)
def test_a_check_that_breaks_lets_nothing_through(
    world: World, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever check raises: 0 customers in any answer, 0 writes; on every route."""

    def broken(*_args: Any, **_named: Any) -> Any:
        raise RuntimeError("broken on purpose")

    world.clients["administrator"].raise_request_exception = False
    whole = world.ask("administrator", ("customers", "GET"), {})
    assert NAMES.search(whole.content), "the search for names finds them when they are there"
    before, wrong = snapshot(), []
    monkeypatch.setattr(INJECTED[point], broken)
    if point == "purpose":
        monkeypatch.setattr("klantbeeld.accounts.models.purpose_of", broken)
    for route in SCREENS:
        if route in NOT_TRIED:
            continue
        # The log fails after the act, and then nothing of it may have stayed: acts that write
        # are tried with the checks before them.
        if point in ("log", "fields") and route[1] == "POST" and route[0] not in READING:
            continue
        answer = world.ask("administrator", route, converters(route[0]))
        if NAMES.search(answer.content) and route[0] not in ("template",):
            wrong.append(f"{' '.join(route)} gives {answer.status_code} with names in it")
    assert not wrong, "\n".join(wrong)
    after = snapshot()
    assert [name for name in before if before[name] != after[name]] == []


READING = frozenset({"search", "ask", "enter_doubles", "compare_search", "merge_search"})


def test_a_refusal_is_written_down_with_where(world: World) -> None:
    before = last_look()
    world.ask("marketing", ("erase", "GET"), converters("erase"))
    world.ask("own", ("card", "GET"), converters("card"), "theirs")
    rows = ledger.book().ask(
        """SELECT "role", "details" FROM {p}entry WHERE "kind" = 'refused' AND "seq" > %s"""
        ' ORDER BY "seq"',
        [before],
    )
    assert [(role, json.loads(told)["route"]) for role, told in rows] == [
        ("marketing", "erase"), ("own", "card"),
    ]  # fmt: skip


def test_the_log_of_this_test_is_whole(world: World) -> None:
    from klantbeeld.core import anchors, verifying

    world.ask("administrator", ("customers", "GET"), {})
    anchors.settle()
    assert verifying.findings() == []
