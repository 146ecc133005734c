"""Who is restricted appears nowhere: generated over every address, role and permission."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.clock import now_us
from klantbeeld.core.models import Delivery
from klantbeeld.core.public_ids import to_public
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.privacy import actions as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources import reads as sources
from klantbeeld.sources.models import Quarantined
from tests.journeys.company import KLAARTJE
from tests.rights.test_routes import SCREENS, World, converters

LogIn = Callable[[str], Client]
SYSTEM = system_actor()
TOLD = (
    KLAARTJE,
    "Klaartje",
    "NL02ABNA0123456789",
    "0300001234",
    "30 000 1234",
    "Accu niet bezorgd",
)
# What changes something, and is no reading; what is shown back as it was typed.
ASKING = frozenset({("search", "POST"), ("ask", "POST"), ("customers_export", "POST"),
                    ("checkup", "POST"), ("customer_export", "POST")})  # fmt: skip
ROLES = ("administrator", "privacy", "service", "marketing", "analyst", "readonly")
# Together they ask all that the others ask, by the same code: on one database that is enough.
EACH = [
    role if role in ("administrator", "privacy") else pytest.param(role, marks=pytest.mark.alike)
    for role in ROLES
]
# The privacy officer's own: who is restricted stands there, without a name.
OWN = frozenset({"privacy_limits", "limits", "erase"})


@pytest.fixture
def world(company: None, log_in: LogIn) -> World:
    """The company; of her a row waits in quarantine as well."""
    made = World(log_in)
    Quarantined.objects.create(
        delivery=Delivery.objects.latest("pk"), table="klachten", row=9, hash=9, at=now_us(),
        values={"E-mail": KLAARTJE, "Klacht": "Accu niet bezorgd"}, reasons={"opened_at": "missing"},
    )  # fmt: skip
    made.filled["row"] = to_public("quarantined", Quarantined.objects.latest("pk").pk)
    return made


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
    return str(content.decode("utf-8", "replace"))


def _asked(world: World, role: str, route: tuple[str, str], who: str) -> str:
    name, method = route
    path = world.path(name, converters(name), who)
    body = world.body(name, who) if method == "POST" else {}
    return _text(getattr(world.clients[role], method.lower())(path, body))


def questions(role: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Every route that somebody of a role may read, and about whom it is asked."""
    for route, verdict in SCREENS.items():
        if not verdict.may[role] or (route[1] == "POST" and route not in ASKING):
            continue
        takes = {"public_id", "left_id"} & set(converters(route[0]))
        for who in ("mine", "theirs") if takes else ("theirs",):
            yield route, who


def tells(world: World, role: str, route: tuple[str, str], who: str) -> bool:
    """Whether an answer tells of her."""
    public = to_public("customer", world.ids["mine"])
    text = _asked(world, role, route, who)
    # An address that was asked for stands on the page that there is nothing.
    asked = public not in world.path(route[0], converters(route[0]), who)
    return any(word in text for word in (*TOLD, *([public] if asked else ())))


# Each of these tells of her as long as she is not restricted, or nothing would be tested.
TELLING = {
    "administrator": {
        "card GET", "entry GET", "customers GET", "search POST", "mend GET",
        "customers_export POST", "customer_export POST", "erase_part GET", "contact GET",
        "compare GET",
    },
    "privacy": {"limits GET", "customer_requests GET"},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("role", EACH)
def test_nobody_reads_of_the_restricted(world: World, role: str) -> None:
    before = [one for one in questions(role) if tells(world, role, *one)]
    assert TELLING.get(role, {"card GET"}) <= {" ".join(route) for route, _who in before}
    pipeline.restrict_customer(SYSTEM, world.ids["mine"])
    after = [one for one in questions(role) if tells(world, role, *one)]
    assert [one for one in after if one[0][0] not in OWN] == []
    if role == "privacy":
        # Where it is lifted she has no name.
        for route in (("privacy_limits", "GET"), ("limits", "GET")):
            text = _asked(world, role, route, "mine")
            assert not any(word in text for word in TOLD), route
    pipeline.lift_restriction(SYSTEM, world.ids["mine"])
    assert all(tells(world, role, *one) for one in before)


def test_rows_in_quarantine_about_her(world: World) -> None:
    row = Quarantined.objects.latest("pk")
    others = Quarantined.objects.exclude(pk=row.pk).filter(state=Quarantined.OPEN).count()
    assert sources.rows_waiting(SYSTEM) == others + 1
    pipeline.restrict_customer(SYSTEM, world.ids["mine"])
    page = sources.quarantined(SYSTEM)
    assert page.open == sources.rows_waiting(SYSTEM) == others == len(page.rows)
    with pytest.raises(sources.UnknownRow):
        sources.quarantined_row(SYSTEM, row.pk)
    assert sources.next_row(SYSTEM, 0) != row.pk
    for route in (("mend", "POST"), ("discard", "POST")):
        path = world.path(route[0], converters(route[0]))
        assert world.clients["administrator"].post(path, {}).status_code == 404
    assert Quarantined.objects.get(pk=row.pk).state == Quarantined.OPEN
    pipeline.lift_restriction(SYSTEM, world.ids["mine"])
    assert sources.quarantined_row(SYSTEM, row.pk).values["E-mail"] == KLAARTJE


def test_programs_are_not_told_who(world: World) -> None:
    program = Actor("webshop", "administrator", interface="api")
    order = {"order_number": "N-1", "email": KLAARTJE, "ordered_at": "2026-11-20",
             "order_amount": "10.00"}  # fmt: skip
    told = pipeline.bring(program, "webshop", "orders", [order])
    assert told.rows[0].customer
    pipeline.restrict_customer(SYSTEM, world.ids["mine"])
    told = pipeline.bring(program, "webshop", "orders", [{**order, "order_number": "N-2"}])
    assert (told.stored, told.rows[0].customer) == (1, "")
    assert not profiles.find(SYSTEM, KLAARTJE).hits


def test_a_restriction_ends_on_its_day(world: World) -> None:
    hers = world.ids["mine"]
    pipeline.restrict_customer(SYSTEM, hers, until=now_us() + 1_000_000)
    assert profiles.hits_of(SYSTEM, [hers]) == []
    privacy.restrict(SYSTEM, [], "restricted")
    from klantbeeld.privacy.models import Restriction

    Restriction.objects.update(until=now_us() - 1)
    assert pipeline.end_restrictions(SYSTEM) == 1
    assert len(profiles.hits_of(SYSTEM, [hers])) == 1
    assert pipeline.end_restrictions(SYSTEM) == 0
