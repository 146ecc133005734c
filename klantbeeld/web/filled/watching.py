"""Who looked at a customer, who follows them, the log, and whom a leak touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from klantbeeld.accounts import actions as accounts
from klantbeeld.accounts import reads as people
from klantbeeld.accounts.errors import UnknownPerson
from klantbeeld.accounts.models import BreakGlass
from klantbeeld.accounts.reads import Sought, may
from klantbeeld.core import anchors, clock, verifying
from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.core.looks import note
from klantbeeld.core.public_ids import from_public, key_in, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.profiles import reads as profiles
from klantbeeld.web import formats
from klantbeeld.web.filled import words
from klantbeeld.web.filled.employees import role_word
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.log_words import KINDS, folded, row
from klantbeeld.web.filled.tamper_words import finding
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes import Download
from klantbeeld.web.shapes.matching import Choice
from klantbeeld.web.shapes.people import (
    AlarmRow,
    FollowedView,
    LogView,
    LookedView,
)

PAGE = 100
CSV = "text/csv; charset=utf-8"
DEFAULT_DAYS = 30
# So many looks at one customer are gone through, and so many entries at most go in one file.
MOST_LOOKS = 1_000
MOST_EXPORTED = 100_000


@found
def looked(actor: Actor, public_id: str) -> LookedView:
    """See `people_pages.PeoplePages`."""
    records = profiles.records_of(actor, public_id)
    customer = profiles.customer_id_of(actor, public_id)
    rows = folded(row(one) for one in people.who_looked(actor, records, MOST_LOOKS))
    name = profiles.named(actor, [customer]).get(customer) or _("Customer without a name")
    return LookedView(to_public("customer", customer), name, rows)


@found
def followed(actor: Actor, public_id: str) -> FollowedView:
    """See `people_pages.PeoplePages`."""
    return followed_by(actor, profiles.records_of(actor, public_id))


def let_in(actor: Actor, records: Sequence[int]) -> tuple[str, ...]:
    """Who was let in to a customer out of their reach, in a sentence each."""
    return tuple(
        _("%(who)s was let in on %(at)s: %(reason)s")
        % {"who": one.user.name, "at": formats.moment(clock.local(one.begun_at)),
           "reason": one.reason}
        for one in people.broken_for(actor, records)
    )  # fmt: skip


def followed_by(actor: Actor, records: Sequence[int]) -> FollowedView:
    """Who follows the customer with these records."""
    held = people.followers(actor, records)
    may_choose = may(actor, "customers.follow")
    choices = people.possible_followers(actor) if may_choose else ()
    return FollowedView(
        tuple(one.name for one in held),
        held[0].key if len(held) == 1 else "",
        tuple(Choice(one.key, one.name, False) for one in choices),
        may_choose,
    )


@found
def follow(actor: Actor, public_id: str, key: str) -> None:
    """See `people_pages.PeoplePages`."""
    try:
        accounts.follow(actor, profiles.records_of(actor, public_id), key)
    except UnknownPerson as error:
        raise Invalid({"follower": _("There is nobody who could follow so.")}) from error


@found
def break_glass(actor: Actor, public_id: str, reason: str) -> None:
    """See `people_pages.PeoplePages`."""
    # Who asks does not reach the customer: the house looks up whose records these are.
    house = system_actor("job")
    customer = profiles.customer_id_of(house, public_id)
    try:
        accounts.break_glass(actor, identity.records_of(house, customer), customer, reason)
    except accounts.NoReason as error:
        raise Invalid({"reason": _("Say in a sentence why this cannot wait.")}) from error


@found
def log(actor: Actor, told: Mapping[str, str]) -> LogView:
    """See `people_pages.PeoplePages`."""
    sought = _sought(told)
    rows = people.lately(actor, sought, PAGE)
    latest = anchors.latest()
    is_first = sought == Sought()
    verified_at, findings = verifying.verified() if is_first else (0, [])
    today = clock.day_to_date(clock.today())
    return LogView(
        alarms=tuple(_alarm(actor, one) for one in people.alarms(actor)),
        findings=tuple(map(finding, findings)),
        verified_at=clock.local(verified_at) if verified_at else None,
        signed_at=clock.local(latest["at"]) if latest else None,
        rows=tuple(row(one) for one in rows),
        next=rows[-1].seq if len(rows) == PAGE else 0,
        accounts=tuple(Choice(w, name, w == sought.who) for w, name in people.accounts(actor)),
        kinds=tuple(Choice(k, words.said(KINDS, k), k == sought.kind) for k in KINDS),
        asked={name: told.get(name, "") for name in ("who", "kind", "from", "to")},
        since=(today - timedelta(days=DEFAULT_DAYS)).isoformat(),
        until=today.isoformat(),
    )


def _sought(told: Mapping[str, str]) -> Sought:
    before = told.get("before", "")
    kind = told.get("kind", "")
    return Sought(
        key_in(before), kind if kind in KINDS else "",
        told.get("who", ""), moment(told.get("from", ""), time.min) or 0,
        moment(told.get("to", ""), time.max) or 0,
    )  # fmt: skip


@found
def log_export(actor: Actor, told: Mapping[str, str]) -> Download:
    """See `people_pages.PeoplePages`."""
    rows = people.lately(actor, _sought(told), MOST_EXPORTED)
    note(actor, "export", "export_log", entries=len(rows))
    head = [_("When"), _("Who"), _("Role"), _("For"), _("What happened"), _("Customers")]
    return csv_file(_("log"), [head, *(
        [one.at.isoformat(" ", "seconds"), one.who, one.role, one.purpose, one.what, one.whom]
        for one in map(row, rows)
    )])  # fmt: skip


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> Download:
    """Rows as a file that every spreadsheet opens."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([_safe(str(cell)) for cell in cells] for cells in rows)
    return Download(f"{name}.csv", CSV, out.getvalue().encode("utf-8-sig"))


def _alarm(actor: Actor, held: BreakGlass) -> AlarmRow:
    owners = identity.customers_of(system_actor("job"), [held.record_id])
    customer = owners.get(held.record_id, 0)
    name = profiles.named(actor, [customer]).get(customer, "") if customer else ""
    return AlarmRow(
        to_public("alarm", held.pk), held.user.name, role_word(held.user.role), held.reason,
        clock.local(held.begun_at), clock.local(held.until),
        not held.ended_at and held.until > clock.now_us(),
        name or _("Customer without a name"), to_public("customer", customer) if customer else "",
    )  # fmt: skip


@found
def notice(actor: Actor, public_id: str, end: bool) -> None:
    """See `people_pages.PeoplePages`."""
    try:
        accounts.take_notice(actor, from_public("alarm", public_id), end=end)
    except UnknownPerson as error:
        raise NotFound(str(error)) from error
    except accounts.OwnAlarm as error:
        raise Invalid({"": _("Have a colleague look at it: it was you.")}) from error


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def moment(text: str, at: time) -> int | None:
    """A time of a day as typed (ISO 8601), in µs UTC; None for no day that there is."""
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        return None
    moment = datetime.combine(day, at, tzinfo=clock.company_zone())
    return int(moment.timestamp() * clock.SECOND)
