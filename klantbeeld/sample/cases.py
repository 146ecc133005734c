"""Service requests and complaints: what went wrong, through which channels it ran, how it ended."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from klantbeeld.sample import catalogue, story
from klantbeeld.sample.sales import Sales
from klantbeeld.sample.traits import Traits
from klantbeeld.sample.world import DAYS, World

COMPLAINT_CAUSES = {
    "levering te laat": 30, "artikel beschadigd": 18, "verkeerd artikel geleverd": 12,
    "reparatie duurt te lang": 14, "factuur klopt niet": 10, "onvriendelijk geholpen": 6,
    "defect kort na aankoop": 14,
}  # fmt: skip
SERVICE_CAUSES = {
    "afspraak onderhoud": 30, "vraag over levertijd": 18, "garantie accu": 10,
    "sleutel kwijt": 6, "retour aanmelden": 12, "vraag over factuur": 8,
    "storing e-bike": 14, "adreswijziging": 5, "onderdeel nabestellen": 9,
}  # fmt: skip
RESOLUTIONS = {
    "excuses en nalevering": 30, "kosteloos gerepareerd": 20, "geld terug": 18,
    "vervangen": 16, "tegoedbon gegeven": 10, "niet gegrond": 6,
}  # fmt: skip
SERVICE_RESOLUTIONS = {
    "afgehandeld": 45, "afspraak gemaakt": 30, "doorverwezen naar winkel": 12,
    "informatie gestuurd": 13,
}  # fmt: skip


@dataclass(slots=True)
class Case:
    """One matter of one party; which of the three systems it reached is told by the flags."""

    party: int
    complaint: bool
    cause: str
    opened: datetime
    closed: datetime | None
    order_number: str
    channel: str
    handler: str
    resolution: str = ""
    compensation_cents: int = 0
    satisfaction: int | None = None
    in_mail: bool = False
    in_desk: bool = False
    in_complaints: bool = False
    is_story: bool = False


def draw_cases(world: World, traits: Traits, sales: Sales) -> list[Case]:
    """All cases in order of opening."""
    draw = world.random("cases")
    columns = ("number", "party", "at", "late", "complained", "kind")
    cases = [_story_case(world, sales)]
    for number, party, at, late, unhappy, kind in sales.orders.select(columns).iter_rows():
        if party <= story.SON or kind != "order":
            continue
        if unhappy:
            cases.append(_complaint(world, draw, (number, party, at), late))
            if draw.random() < 0.12:
                again = at + timedelta(days=draw.randint(30, 90))
                cases.append(_complaint(world, draw, (number, party, again), late))
        elif draw.random() < 0.1:
            cases.append(_service(world, draw, (number, party, at)))
    buyers = [i for i in range(story.SON + 1, world.parties) if traits.known[i]]
    for _ in range(len(buyers) // 8):
        at = world.moment(draw.randrange(DAYS - 1), draw.randrange(30_000, 60_000))
        cases.append(_service(world, draw, ("", draw.choice(buyers), at)))
    last = world.moment(DAYS)
    cases = [case for case in cases if case.opened < last]
    cases.sort(key=lambda case: (case.opened, case.party))
    return cases


def _pick(draw: random.Random, table: dict[str, int]) -> str:
    return draw.choices(list(table), list(table.values()))[0]


def _route(world: World, draw: random.Random, case: Case) -> Case:
    """Decides through which systems the case runs; every case is in at least one."""
    has_mail = bool(world.speaker(case.party).email)
    case.in_mail = has_mail and draw.random() < (0.6 if case.complaint else 0.5)
    case.channel = "e-mail" if case.in_mail else draw.choice(("telefoon", "winkel", "webformulier"))
    case.in_desk = draw.random() < (0.7 if case.complaint else 0.72)
    case.in_complaints = case.complaint and draw.random() < 0.86
    if not (case.in_mail or case.in_desk or case.in_complaints):
        case.in_desk = True
    return case


def _finish(world: World, draw: random.Random, case: Case, days: float) -> None:
    """Closes the case after about `days`, when that is before the last day."""
    wait = timedelta(seconds=round((0.05 + draw.expovariate(1 / days)) * 86_400))
    closed = case.opened + wait
    if closed < world.moment(DAYS) and not (case.complaint and draw.random() < 0.015):
        case.closed = closed


def _complaint(
    world: World, draw: random.Random, order: tuple[str, int, datetime], late: bool
) -> Case:
    number, party, at = order
    case = Case(
        party=party,
        complaint=True,
        cause="levering te laat" if late else _pick(draw, COMPLAINT_CAUSES),
        opened=at + timedelta(days=draw.randint(3, 16), seconds=draw.randrange(40_000)),
        closed=None,
        order_number=number,
        channel="",
        handler=draw.choice(catalogue.EMPLOYEES),
    )
    _finish(world, draw, case, 9.0)
    if case.closed:
        case.resolution = _pick(draw, RESOLUTIONS)
        if case.resolution in ("tegoedbon gegeven", "geld terug") or draw.random() < 0.2:
            case.compensation_cents = draw.choice((1_000, 1_500, 2_500, 5_000, 10_000))
        case.satisfaction = draw.randint(3, 9)
    return _route(world, draw, case)


def _service(world: World, draw: random.Random, order: tuple[str, int, datetime]) -> Case:
    number, party, at = order
    case = Case(
        party=party,
        complaint=False,
        cause=_pick(draw, SERVICE_CAUSES),
        opened=at + timedelta(days=draw.randint(1, 40), seconds=draw.randrange(20_000)),
        closed=None,
        order_number=number,
        channel="",
        handler=draw.choice(catalogue.EMPLOYEES),
    )
    _finish(world, draw, case, 3.0)
    if case.closed:
        case.resolution = _pick(draw, SERVICE_RESOLUTIONS)
    return _route(world, draw, case)


def _story_case(world: World, sales: Sales) -> Case:
    number = sales.orders.row(by_predicate=pl.col("cause") == "story", named=True)["number"]
    moments = story.MOMENTS
    return Case(
        party=story.MARIJKE,
        complaint=True,
        cause="levering te laat",
        opened=world.moment(DAYS - moments.mailed, 9 * 3600 + 14 * 60),
        closed=world.moment(DAYS - moments.resolved, 15 * 3600 + 30 * 60),
        order_number=str(number),
        channel="e-mail",
        handler="Ilse Kuijer",
        resolution="excuses en nalevering",
        compensation_cents=story.COMPENSATION_CENTS,
        satisfaction=7,
        in_mail=True,
        in_desk=True,
        in_complaints=True,
        is_story=True,
    )
