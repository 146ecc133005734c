"""Whatever check breaks, nothing is read and nothing is sent: over every check that is asked."""

from __future__ import annotations

from contextlib import suppress
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
from tests.rights.checks import CONSENT, PERMISSION, broken, checks, watched
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


def _reads() -> list[tuple[str, str]]:
    return [r for r in SCREENS if (r[1] == "GET" or r[0] in READING) and r not in NOT_TRIED]


def test_a_permission_check_that_breaks_gives_no_reads(world: World) -> None:
    """Each check that a route asks, on that route; and no check goes unasked everywhere.

    For the role that reaches its own customers only: the others ask less.
    """
    role = "own"
    held, client = checks(PERMISSION), world.clients[role]
    assert len(held) > 10
    client.raise_request_exception = False
    asked: dict[tuple[str, str], set[str]] = {}
    seen = set()
    for route in _reads():
        with watched(held) as here:
            answer = world.ask(role, route, converters(route[0]))
        seen |= here
        if NAMES.search(answer.content) and route[0] != "template":
            asked[route] = here
    assert len(asked) > 10, "the search for names finds them when they are there"
    wrong, before = [], snapshot()
    for route, names in asked.items():
        for name in sorted(names):
            with broken(held[name]):
                answer = world.ask(role, route, converters(route[0]))
            if NAMES.search(answer.content):
                wrong.append(f"{' '.join(route)}: {name} gives {answer.status_code} with names")
    assert not wrong, "\n".join(wrong)
    assert snapshot() == before
    reading = {n for n in held if n.startswith(("accounts.reach.", "accounts.guarding."))}
    assert reading - seen <= {"accounts.guarding.may_of_everybody"}


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
    held = checks(CONSENT + PERMISSION)
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
