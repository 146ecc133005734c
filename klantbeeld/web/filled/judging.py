"""Taking customers apart and merging them, with a preview of who keeps what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import UnknownPublicId, from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import Act, MemberRecord
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.errors import NotFollowed
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Supposed
from klantbeeld.web import formats
from klantbeeld.web.filled import consents, places, searching, why
from klantbeeld.web.filled.customer_card import kind
from klantbeeld.web.filled.finding import found
from klantbeeld.web.pages import Invalid, Refused
from klantbeeld.web.shapes import (
    Hit,
    Judged,
    JudgementRow,
    JudgementsView,
    Link,
    MergeSearch,
    MergeView,
    Money,
    Part,
    RecordChoice,
    SplitView,
    Value,
)

MOST_ALIKE = 6


@found
def split_view(actor: Actor, public_id: str, chosen: Sequence[str]) -> SplitView:
    """See `pages.Pages`."""
    _allowed(actor)
    customer = profiles.customer_id_of(actor, public_id)
    held = _members(actor, customer)
    going = set(_records(chosen)) & {record.record for record in held}
    view = SplitView(
        to_public("customer", customer),
        _name(profiles.named(actor, [customer]).get(customer, "")),
        tuple(_choice(record, record.record in going) for record in held),
    )
    if not going:
        return view
    if len(going) == len(held):
        problem = _("Leave at least one record with this customer.")
        return SplitView(view.public_id, view.name, view.records, problem=problem)
    staying = [record.record for record in held if record.record not in going]
    stays, goes = profiles.supposed(actor, [staying, sorted(going)])
    sources = {record.record: _told(record) for record in held}
    parts = (
        _part(_("Stays on this card"), stays, sources),
        _part(_("Gets a card of its own"), goes, sources),
    )
    return SplitView(view.public_id, view.name, view.records, parts)


@found
def split(actor: Actor, public_id: str, chosen: Sequence[str], note: str) -> Judged:
    """See `pages.Pages`."""
    customer = profiles.customer_id_of(actor, public_id)
    try:
        said = pipeline.split(actor, customer, _records(chosen), note)
    except NotFollowed as error:
        raise Invalid({"": _("These records cannot be taken apart.")}) from error
    except ValueError as error:
        raise Invalid({"": _("Choose some records, and leave at least one.")}) from error
    return Judged(public_id, to_public("judgement", said.pk))


@found
def merge_search(actor: Actor, public_id: str, text: str) -> MergeSearch:
    """See `pages.Pages`."""
    _allowed(actor)
    customer = profiles.customer_id_of(actor, public_id)
    own = to_public("customer", customer)
    view = searching.search(actor, text) if text else None
    hits = tuple(hit for hit in view.hits if hit.public_id != own) if view else ()
    return MergeSearch(
        own,
        _name(profiles.named(actor, [customer]).get(customer, "")),
        text,
        hits,
        view.total if view else 0,
        () if text else tuple(_alike(actor, customer)),
    )


def _alike(actor: Actor, customer: int) -> Iterator[Hit]:
    apart = identity.why(actor, identity.records_of(actor, customer)).apart
    for hit in profiles.hits_of(actor, [one.customer for one in apart[:MOST_ALIKE]]):
        yield searching.hit(hit)


@found
def merge_view(actor: Actor, public_id: str, other_id: str) -> MergeView:
    """See `pages.Pages`."""
    _allowed(actor)
    one = profiles.customer_id_of(actor, public_id)
    other = profiles.customer_id_of(actor, other_id)
    records = [identity.records_of(actor, customer) for customer in (one, other)]
    left, right, both = profiles.supposed(actor, [*records, [*records[0], *records[1]]])
    told = [
        _part(title, held, href=places.card(to_public("customer", customer)))
        for title, held, customer in (
            (_("This customer"), left, one), (_("The other"), right, other),
        )
    ]  # fmt: skip
    problem = ""
    if one == other:
        problem = _("This is one and the same customer already.")
    elif "organisation" in {left.kind, right.kind} and left.kind != right.kind:
        problem = _("A person and an organisation cannot be one customer.")
    return MergeView(
        to_public("customer", one),
        to_public("customer", other),
        _name(left.name),
        tuple(told),
        _part(_("Together, afterwards"), both),
        problem,
    )


@found
def merge(actor: Actor, public_id: str, other_id: str, note: str) -> Judged:
    """See `pages.Pages`."""
    customers = [profiles.customer_id_of(actor, key) for key in (public_id, other_id)]
    try:
        said = pipeline.merge(actor, customers, note)
    except NotFollowed as error:
        raise Invalid({"": _("A person and an organisation cannot be one customer.")}) from error
    except ValueError as error:
        raise Invalid({"": _("Choose two different customers.")}) from error
    left = profiles.customer_id_of(actor, public_id)
    return Judged(to_public("customer", left), to_public("judgement", said.pk))


@found
def judgements(actor: Actor, public_id: str) -> JudgementsView:
    """See `pages.Pages`."""
    customer = profiles.customer_id_of(actor, public_id)
    acts = identity.acts_about(actor, identity.records_of(actor, customer))
    owners = identity.customers_of(actor, [record for act in acts for record in act.records])
    names = profiles.named(actor, sorted(set(owners.values())))
    rows = []
    for act in acts:
        others = sorted({owners[r] for r in act.records if r in owners} - {customer})
        links = tuple(
            Link(_name(names.get(o, "")), places.card(to_public("customer", o))) for o in others
        )
        rows.append(
            JudgementRow(
                to_public("judgement", act.judgement), _said(act), act.actor, act.at, act.note,
                act.revoked_at is None, act.revoked_at, links,
            )
        )  # fmt: skip
    name = _name(names.get(customer) or profiles.named(actor, [customer]).get(customer, ""))
    return JudgementsView(
        to_public("customer", customer), name, tuple(rows), may(actor, "customers.judge")
    )


def _said(act: Act) -> str:
    n = len(act.records)
    if act.kind == "merge":
        return ngettext("Merged: %(n)d record", "Merged: %(n)d records together", n) % {"n": n}
    if act.kind == "split":
        return ngettext("Taken apart: %(n)d record", "Taken apart: %(n)d records", n) % {"n": n}
    return {
        "same": _("Two records are the same customer"),
        "different": _("Two records are different customers"),
    }.get(act.verdict, _("Not sure about two records"))


@found
def take_back_judgement(actor: Actor, public_id: str, judgement_id: str) -> str:
    """See `pages.Pages`."""
    held = identity.judgement_of(actor, from_public("judgement", judgement_id))
    pipeline.take_back_judgement(actor, held)
    return to_public("customer", profiles.customer_id_of(actor, public_id))


def _allowed(actor: Actor) -> None:
    if not may(actor, "customers.judge"):
        raise Refused(_("Your role may not say which records are one customer."))


def _name(name: str) -> str:
    return name or _("Customer without a name")


def _records(chosen: Sequence[str]) -> list[int]:
    records = []
    for public_id in chosen:
        try:
            records.append(from_public("record", public_id))
        except UnknownPublicId:
            continue
    return records


def _members(actor: Actor, customer: int) -> tuple[MemberRecord, ...]:
    return identity.why(actor, identity.records_of(actor, customer)).records


def _choice(record: MemberRecord, is_chosen: bool) -> RecordChoice:
    row = why.record_row(record)
    public = to_public("record", record.record)
    name, summary = (row.name, row.summary) if row.name != "–" else (row.summary or row.key, "")
    return RecordChoice(public, row.source, row.key, name, summary, row.at, is_chosen)


def _told(record: MemberRecord) -> str:
    row = why.record_row(record)
    return f"{row.source}: {row.name if row.name != '–' else row.summary or row.key}"


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return text


def _part(
    title: str, held: Supposed, sources: dict[int, str] | None = None, href: str = ""
) -> Part:
    number = str(held.golden.get("mobile") or held.golden.get("phone") or "")
    facts: list[tuple[str, Value]] = [
        (_("Address"), held.address or None),
        (_("E-mail"), str(held.golden.get("email") or "") or None),
        (_("Phone"), formats.phone(number) if number else None),
        (_("Born"), _day(str(held.golden.get("birth_date") or ""))),
        (_("Records"), len(held.records)),
        (_("Orders"), held.orders),
        (_("Revenue"), Money(held.revenue_minor)),
        (_("Complaints"), held.complaints),
        (_("Events in the history"), held.interactions),
    ]
    return Part(
        title,
        _name(held.name),
        kind(held.kind),
        tuple(fact for fact in facts if fact[1] is not None),
        consents.lamps(held.consents),
        tuple(sources[record] for record in held.records) if sources else (),
        href,
    )
