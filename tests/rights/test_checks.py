"""Whatever check breaks, nothing is read and nothing is sent: over every check that is asked."""

from __future__ import annotations

import re
from contextlib import suppress
from types import ModuleType
from typing import Any

import pytest
from django.core import mail

from klantbeeld.accounts import guarding
from klantbeeld.accounts.rules import PERMISSIONS
from klantbeeld.pipeline import actions
from klantbeeld.privacy.models import Outgoing
from klantbeeld.privacy.rules import About
from klantbeeld.privacy.saying import Said
from klantbeeld.profiles.actions import refresh
from tests.records import SYSTEM, actor, customer, record
from tests.rights.checks import broken, checks, watched
from tests.rights.routes import snapshot
from tests.rights.test_routes import (
    NAMES,
    NOT_TRIED,
    READING,
    SCREENS,
    World,
    converters,
    world,
)

__all__ = ["world"]


LAMPS = re.compile(rb'class="lamp (\w+)"')


def _reads() -> list[tuple[str, str]]:
    return [r for r in SCREENS if (r[1] == "GET" or r[0] in READING) and r not in NOT_TRIED]


@pytest.mark.alike
def test_a_permission_check_that_breaks_gives_no_reads(world: World) -> None:
    """Each check that a route asks, on that route; and no check goes unasked everywhere.

    For the role that reaches its own customers only: the others ask less.
    """
    role = "own"
    held, client = checks(), world.clients[role]
    assert len(held) > 100
    client.raise_request_exception = False
    asked: dict[tuple[str, str], set[str]] = {}
    lamps: dict[tuple[str, str], set[bytes]] = {}
    seen = set()
    for route in _reads():
        with watched(held) as here:
            answer = world.ask(role, route, converters(route[0]))
        seen |= here
        if NAMES.search(answer.content) and route[0] != "template":
            asked[route] = here
            lamps[route] = set(LAMPS.findall(answer.content)) - {b"grey"}
    assert len(asked) > 10, "the search for names finds them when they are there"
    wrong: list[tuple[str, str]] = []
    without: list[tuple[str, str]] = []
    of_contact: set[str] = set()
    before = snapshot()
    for route, names in asked.items():
        for name in sorted(names):
            with broken(held[name]):
                answer = world.ask(role, route, converters(route[0]))
            if NAMES.search(answer.content):
                # What only decides about contact takes away its own answer: every lamp is grey.
                if lamps[route] and set(LAMPS.findall(answer.content)) == {b"grey"}:
                    of_contact.add(name)
                told = f"{' '.join(route)}: {name} gives {answer.status_code} with names"
                (wrong if lamps[route] and name not in of_contact else without).append((name, told))
    assert any(lamps.values()), "some lamp is red or green while nothing breaks"
    # Where no lamp stands, such a check decides nothing that is shown.
    wrong += [line for line in without if line[0] not in of_contact]
    assert not wrong, "\n".join(told for _, told in wrong)
    assert snapshot() == before
    reading = {n for n in held if n.startswith(("accounts.reach.", "accounts.guarding."))}
    # The one is asked of everybody only, the other when the house is loaded.
    assert reading - seen <= {"accounts.guarding.may_of_everybody", "accounts.guarding.needs"}


@pytest.mark.alike
def test_every_permission_that_breaks_gives_no_reads(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of contact, restriction, special data and requests as well: each by itself."""
    client, whole = world.clients["administrator"], guarding.may
    client.raise_request_exception = False
    tried, wrong = set(), []
    for permission in sorted(PERMISSIONS):

        def may(who: Any, asked: str, of: str = permission) -> bool:
            if asked == of:
                tried.add(of)
                raise RuntimeError("broken on purpose")
            return whole(who, asked)

        monkeypatch.setattr(guarding, "may", may)
        for route in FIRST.get(permission, (("customers", "GET"), ("card", "GET"))):
            answer = world.ask("administrator", route, converters(route[0]))
            if NAMES.search(answer.content):
                wrong.append(f"{permission}: {' '.join(route)} gives names")
    assert not wrong, "\n".join(wrong)
    assert tried == PERMISSIONS


# Where a permission is asked by something else than the bar, which asks for all of them.
FIRST = {
    "customers.list": (("customers_export", "POST"),),
    "customers.export": (("customer_export", "POST"),),
    "looks.read": (("looked", "GET"),),
    "customers.erase": (("erase", "GET"),),
    "rights.handle": (("customer_requests", "GET"), ("requests", "GET")),
    "contact.ask": (("contact", "GET"), ("card", "GET")),
    "audit.read": (("log", "GET"),),
    "special.rule": (("special", "GET"),),
}


@pytest.fixture
def waiting(db: None, settings: Any, tmp_path: Any) -> int:
    """A house that sends mail, and somebody whose consent waits to be confirmed."""
    settings.HOME = tmp_path
    settings.MAIL_SERVER, settings.MAIL_FROM = "smtp://mail", "winkel@example.nl"
    settings.PUBLIC_ADDRESS = "https://klant.example.nl"
    who = customer(record({"email": "klaartje@example.nl", "surname": "Heuvel"}))
    refresh(SYSTEM, [who])
    said = Said(About("email"), "requested", "web_form", text="Ja.")
    actions.request_consent(actor("service"), who, said)
    return who


def test_a_check_that_breaks_sends_nothing(waiting: int) -> None:
    """Every check of permission, consent, restriction and objection that sending asks."""
    held = checks()
    with watched(held) as asked:
        actions.send_waiting(SYSTEM)
    assert len(mail.outbox) == 1, "it is sent when nothing breaks"
    for needed in ("refused.has_objected", "refused.is_restricted", "contact.may_contact"):
        assert any(name.endswith(needed) for name in asked), needed
    for name in sorted(asked):
        mail.outbox.clear()
        Outgoing.objects.update(state=Outgoing.WAITING)
        with broken(held[name]), suppress(RuntimeError):
            actions.send_waiting(SYSTEM)
        assert mail.outbox == [], name
        assert not Outgoing.objects.filter(state=Outgoing.SENT).exists(), name


PLANTED = """
from klantbeeld.privacy import refused
from klantbeeld.accounts.errors import OutOfReach

def lets_it_go(records: list[int], at: int) -> bool:
    return not refused.is_restricted(refused.refusals(records), at)

def insists(role: str) -> None:
    if role == "own":
        raise OutOfReach(role, "customers.read")

def from_the_table(record: int) -> list[int]:
    return rows("SELECT record FROM privacy_restriction WHERE record = %s", record)

def twice_removed(records: list[int]) -> list[int]:
    return [r for r in records if lets_it_go([r], 0)]

def adds(one: int, other: int) -> int:
    return one + other
"""


def test_a_new_check_in_a_new_module_is_found() -> None:
    """Whatever it is called and wherever it stands; what decides nothing is not."""
    planted = ModuleType("klantbeeld.campaigns.sending")
    exec(compile(PLANTED, "sending.py", "exec"), vars(planted))
    found = {name for name in checks(planted) if name.startswith("campaigns.")}
    named = ("lets_it_go", "insists", "from_the_table", "twice_removed")
    assert found == {f"campaigns.sending.{name}" for name in named}


def test_the_checks_that_everybody_knows_are_found() -> None:
    """So that the search itself cannot go blind unseen."""
    assert set(checks()) >= {
        "accounts.guarding.may", "accounts.guarding.visible", "accounts.reach.require",
        "accounts.reach.within", "accounts.reach.reached", "accounts.rules.may",
        "privacy.contact.may_contact", "privacy.refused.has_objected",
        "privacy.refused.is_restricted", "privacy.restriction.hidden_records",
        "privacy.rules.standing_for", "privacy.tombstones.suppressed",
        "privacy.part_tombstones.may_be_erased", "privacy.erasing_rules.may_decide",
        "profiles.contacting.facts_for", "profiles.contacting.judged",
        "profiles.colleagues.may_work_for", "sources.hidden_rows.hidden_rows",
    }  # fmt: skip
