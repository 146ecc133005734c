"""Restriction, objection, legal holds and retention on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.accounts import reads as people
from klantbeeld.accounts.reads import may
from klantbeeld.core import clock
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline import reads as counted
from klantbeeld.pipeline.reads import HOLD, SOON_DAYS, Limit
from klantbeeld.privacy import actions as rights
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled import paper_parts, words
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, NotFound
from klantbeeld.web.shapes.limiting import (
    KeptRow,
    LimitRow,
    LimitsView,
    RetentionView,
    RunRow,
    TermRow,
    WouldRow,
)
from klantbeeld.web.shapes.matching import Choice

RESTRICTED, OBJECTED = "restricted", "objected"
KINDS: words.Words = {
    RESTRICTED: gettext_lazy("Restriction"), OBJECTED: gettext_lazy("Objection"),
    HOLD: gettext_lazy("Kept for a case"),
}  # fmt: skip
# Article 18(1): the four cases, and when the customer simply asks.
REASONS: words.Words = {
    "accuracy": gettext_lazy("says that the data are wrong, and we look into it"),
    "unlawful": gettext_lazy("it should not have been kept, but must not be erased"),
    "claim": gettext_lazy("needs the data for a legal claim"),
    "objection": gettext_lazy("objected, and we weigh whose interest goes first"),
    "request": gettext_lazy("asked for it"),
}
PURPOSES: words.Words = {
    "marketing": gettext_lazy("marketing"), "sales": gettext_lazy("sales"),
    "analysis": gettext_lazy("analysis and profiles"), "": gettext_lazy("everything"),
}  # fmt: skip
TERMS: Mapping[str, tuple[object, object]] = {
    "relation": (gettext_lazy("Customers"),
                 gettext_lazy("Days since the last contact, order, word of a source or running "
                              "subscription; then the whole customer is erased, with a receipt.")),
    "behaviour": (gettext_lazy("Visits, clicks and newsletters"),
                  gettext_lazy("Days since it happened; the customer stays.")),
    "fiscal": (gettext_lazy("Orders kept for the tax"),
               gettext_lazy("At the end of the seventh year, as the receipt of the erasure says. "
                            "This needs no choice.")),
}  # fmt: skip
# What the register keeps for a number of days, and nobody chooses.
KEPT: words.Words = {
    "log": gettext_lazy("Log of who looked and what was changed"),
    "log_ins": gettext_lazy("Log-ins"), "tries": gettext_lazy("Tries to log in"),
    "invitations": gettext_lazy("Invitations of colleagues"),
    "glass": gettext_lazy("Customers seen out of reach, with the reason"),
}  # fmt: skip
LONGEST_DAYS = 36_500


def _choices(held: words.Words, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, str(label), key == chosen) for key, label in held.items())


@found
def limits_of(actor: Actor, public_id: str) -> LimitsView:
    """See `limiting_pages.LimitPages`."""
    customer = profiles.kept_customer_id_of(actor, public_id)
    rows = [(one.kind, _row(one)) for one in counted.limits(actor, customer)]
    is_restricted = any(kind == RESTRICTED for kind, _ in rows)
    name = "" if is_restricted else profiles.named(actor, [customer]).get(customer, "")
    of = {kind: tuple(row for k, row in rows if k == kind) for kind in KINDS}
    return LimitsView(
        to_public("customer", customer), name or _unnamed(is_restricted), is_restricted,
        of[RESTRICTED], of[OBJECTED], of[HOLD], _choices(REASONS, "request"),
        _choices(PURPOSES, "marketing"), len(_requests(actor, customer, ("restriction",
        "objection"))), clock.day_to_date(clock.today()),
    )  # fmt: skip


def _unnamed(is_restricted: bool) -> str:
    return _("a restricted customer") if is_restricted else _("Customer without a name")


def _row(one: Limit) -> LimitRow:
    if one.kind == HOLD:
        label, detail = one.matter, ""
    elif one.kind == OBJECTED:
        label = _("to %(purpose)s") % {"purpose": words.said(PURPOSES, one.purpose)}
        detail = ""
    else:
        label, detail = words.headed(REASONS, one.reason), ""
    return LimitRow(
        words.said(KINDS, one.kind), label, detail, clock.local(one.since).date(), one.by,
        clock.local(one.until - 1).date() if one.until else None, f"lift_{one.kind}",
        one.matter if one.kind == HOLD else one.purpose, one.customer,
    )  # fmt: skip


def _requests(actor: Actor, customer: int, kinds: tuple[str, ...]) -> list[int]:
    records = identity.records_of(pipeline.MACHINE, customer)
    return [pk for kind in kinds for pk in privacy.open_requests(actor, kind, records)]


@found
def limits(actor: Actor) -> tuple[LimitRow, ...]:
    """See `limiting_pages.LimitPages`."""
    held = counted.limits(actor)
    hidden = {one.customer for one in held if one.kind == RESTRICTED}
    keys = {one.customer: from_public("customer", one.customer) for one in held}
    shown = [key for public, key in keys.items() if public not in hidden]
    names = profiles.named(actor, shown)
    return tuple(_named(_row(one), names.get(keys[one.customer], "")) for one in held)


def _named(row: LimitRow, name: str) -> LimitRow:
    return LimitRow(
        row.kind, row.label, row.detail, row.since, row.by, row.until, row.act, row.value,
        row.customer, name or _unnamed(True),
    )  # fmt: skip


@found
def limit(actor: Actor, public_id: str, told: Mapping[str, str]) -> str:
    """See `limiting_pages.LimitPages`."""
    if not may(actor, "restrictions.manage"):
        raise PermissionError("restrictions.manage")
    customer = profiles.kept_customer_id_of(actor, public_id)
    act = ACTS.get(told.get("act", ""))
    if act is None:
        raise NotFound("There is no such act.")
    if not counted.is_held(actor, customer):
        raise NotFound("Nothing is held of this customer any more.")
    return act(actor, customer, told)


def _restrict(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    reason = told.get("reason", "")
    if reason not in REASONS:
        raise Invalid({"reason": _("Choose why.")})
    pipeline.restrict_customer(actor, customer, reason, _until(told.get("until", "")))
    said = _("Restricted: kept, and nobody sees or uses it until it is lifted.")
    return _closed(actor, customer, "restriction", said)


def _until(text: str) -> int:
    """The end of a typed day in µs UTC, 0 for none. Raises `Invalid`."""
    if not text:
        return 0
    try:
        day = clock.date_to_day(date.fromisoformat(text))
    except ValueError as error:
        raise Invalid({"until": _("Type the day as in 2026-11-22.")}) from error
    if day < clock.today():
        raise Invalid({"until": _("That day is past.")})
    return clock.day_start_us(day + 1)


def _object(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    purpose = told.get("purpose", "")
    if purpose not in PURPOSES:
        raise Invalid({"purpose": _("Choose to what.")})
    pipeline.note_objection(actor, customer, purpose)
    said = _("Noted: nothing of this customer is used for %(purpose)s any more.") % {
        "purpose": words.said(PURPOSES, purpose)
    }
    return _closed(actor, customer, "objection", said)


def _closed(actor: Actor, customer: int, kind: str, said: str) -> str:
    """Close the requests that this answers; what was done, in words."""
    waiting = _requests(actor, customer, (kind,))
    closed = rights.close_with_act(actor, waiting, said)
    if closed:
        said += " " + _("The request is closed with it.")
    elif waiting:
        said += " " + _("The request stays open: first note how you made sure who asks.")
    return said


def _hold(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    if not told.get("matter", ""):
        raise Invalid({"matter": _("Give the number of the case for which this is kept.")})
    pipeline.hold_customer(actor, customer, told["matter"])
    return _("Kept: nothing of this customer is erased before this is lifted.")


def _lift(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    pipeline.lift_restriction(actor, customer)
    return _("Lifted: the customer is shown and used again.")


def _lift_objection(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    pipeline.lift_objection(actor, customer, told.get("purpose", ""))
    return _("The objection is lifted.")


def _lift_hold(actor: Actor, customer: int, told: Mapping[str, str]) -> str:
    pipeline.lift_hold(actor, customer, told.get("matter", ""))
    return _("Lifted: it is no longer kept for this case.")


ACTS: Mapping[str, Callable[[Actor, int, Mapping[str, str]], str]] = {
    "restrict": _restrict, "object": _object, "hold": _hold, "lift_restricted": _lift,
    "lift_objected": _lift_objection, "lift_hold": _lift_hold,
}  # fmt: skip


@found
def retention(actor: Actor, told: Mapping[str, str]) -> RetentionView:
    """See `limiting_pages.LimitPages`."""
    plans = counted.plan_terms(actor)
    rows = tuple(
        TermRow(
            plan.purpose, str(TERMS[plan.purpose][0]), str(TERMS[plan.purpose][1]), plan.days,
            paper_parts.period(plan.register_days), plan.due, plan.soon, plan.held,
            plan.purpose == "fiscal", told.get(plan.purpose, ""), plan.is_more,
        )
        for plan in plans
    )  # fmt: skip
    runs = tuple(
        RunRow(_what(one.purpose), one.count, clock.local(one.at).date(), one.by)
        for one in counted.term_runs(actor)
    )
    kept = tuple(
        KeptRow(words.said(KEPT, one.name), paper_parts.period(one.days), one.due)
        for one in people.over(actor)
    )
    return RetentionView(rows, runs, SOON_DAYS, any(plan.due for plan in plans), kept)


def _what(purpose: str) -> str:
    return str(TERMS[purpose][0]) if purpose in TERMS else words.said(KEPT, purpose)


@found
def terms_would(actor: Actor, told: Mapping[str, str]) -> tuple[WouldRow, ...]:
    """See `limiting_pages.LimitPages`."""
    days = {p: n for p, n in _days(told).items() if n != counted.chosen_terms(actor)[p]}
    return tuple(
        WouldRow(_what(one.purpose), one.days, one.due, one.is_more, one.tonight, one.held)
        for one in pipeline.try_terms(actor, days) if one.due or one.held
    )  # fmt: skip


@found
def choose_terms(actor: Actor, told: Mapping[str, str]) -> None:
    """See `limiting_pages.LimitPages`."""
    if not may(actor, "retention.manage"):
        raise PermissionError("retention.manage")
    for purpose, count in _days(told).items():
        pipeline.set_term(actor, purpose, count)


def _days(told: Mapping[str, str]) -> dict[str, int]:
    """Purpose to days as typed, 0 for ever. Raises `Invalid`."""
    days: dict[str, int] = {}
    problems: dict[str, str] = {}
    for purpose in TERMS:
        text = told.get(f"days-{purpose}", "").strip()
        if purpose == "fiscal" or f"days-{purpose}" not in told:
            continue
        if text and not (text.isascii() and text.isdigit() and int(text) <= LONGEST_DAYS):
            problems[purpose] = _("Type a number of days, or nothing to keep it for ever.")
        else:
            days[purpose] = int(text or 0)
    if problems:
        raise Invalid(problems)
    return days


def run_retention(actor: Actor) -> None:
    """See `limiting_pages.LimitPages`."""
    pipeline.run_terms(actor)
