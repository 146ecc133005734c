"""Why two records are one customer, or are not; of two customers the records most alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from klantbeeld.accounts.reads import may
from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import from_public, to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import MemberRecord, PairExplanation
from klantbeeld.profiles import reads as profiles
from klantbeeld.web import formats
from klantbeeld.web.filled import beside, searching
from klantbeeld.web.filled.finding import found
from klantbeeld.web.filled.why import percent, record_row
from klantbeeld.web.pages import NotFound
from klantbeeld.web.shapes import MergeSearch, Percent
from klantbeeld.web.shapes.common import Tone
from klantbeeld.web.shapes.comparing import CompareView, RecordOption, Side

MOST_OPTIONS = 60
MOST_ALIKE = 6


@found
def compare(actor: Actor, left_id: str, right_id: str) -> CompareView:
    """See `pages.MatchPages`."""
    left, right = (from_public("record", key) for key in (left_id, right_id))
    return compared(actor, left, right)


def compared(actor: Actor, left: int, right: int) -> CompareView:
    """Two records, as the screens of comparing and of doubtful pairs show them."""
    told = {record.record: record for record in identity.told_by(actor, [left, right])}
    owners = identity.customers_of(actor, [left, right])
    if left not in told or right not in told or len(owners) < len({left, right}):
        raise NotFound("One of these records is gone.")
    pair = identity.explain_pair(actor, left, right)
    members = {c: identity.records_of(actor, c) for c in set(owners.values())}
    hits = {h.customer: searching.hit(h) for h in profiles.hits_of(actor, sorted(members))}
    sides = []
    for record in (left, right):
        customer, hit = owners[record], hits.get(owners[record])
        row = record_row(told[record])
        sides.append(
            Side(
                to_public("record", record), to_public("customer", customer),
                hit.name if hit else row.name, hit.kind if hit else "person", row.source, row.key,
                row.at, len(members[customer]),
                ((_("Known as"), hit.detail),) if hit and hit.detail else (),
            )
        )  # fmt: skip
    options = [
        _options(actor, members[owners[record]], record, other)
        for record, other in ((left, right), (right, left))
    ]
    title, verdict, tone = _verdict(pair)
    return CompareView(
        sides[0], sides[1], title, verdict, tone, tuple(_because(pair)),
        tuple(beside.rows(pair, told[left], told[right])), beside.waterfall(pair),
        _chances(pair), options[0], options[1], may(actor, "customers.judge"),
    )  # fmt: skip


def _options(
    actor: Actor, members: Sequence[int], chosen: int, other: int
) -> tuple[RecordOption, ...]:
    records = [m for m in members if m != other][:MOST_OPTIONS]
    return tuple(
        RecordOption(to_public("record", r.record), _option(r), r.record == chosen)
        for r in identity.told_by(actor, sorted({*records, chosen}))
    )


def _option(record: MemberRecord) -> str:
    row = record_row(record)
    return f"{row.source}: {row.name if row.name != '–' else row.summary or row.key}"


def _verdict(pair: PairExplanation) -> tuple[str, str, Tone]:
    """The question, what is so now, and its colour."""
    if pair.verdict == "same":
        return _("Why is this one customer?"), _("These are one customer."), "good"
    if pair.verdict == "household":
        told = (
            _("These are two related organisations.") if pair.is_organisation
            else _("These are two customers of one household.")
        )  # fmt: skip
        return _("Why is this not one customer?"), told, "info"
    return _("Why is this not one customer?"), _("These are two customers."), "grey"


def _because(pair: PairExplanation) -> list[str]:
    """What decided, in a sentence or two."""
    if not pair.is_comparable:
        return [_("A person and an organisation are never one customer.")]
    weight, bar = formats.number(pair.weight, 1), formats.number(pair.bar, 1)
    figures = {"weight": weight, "bar": bar}
    if pair.weight >= pair.bar:
        told = [_("Everything together comes to %(weight)s, over the bar of %(bar)s.") % figures]
    else:
        told = [_("Everything together comes to %(weight)s, under the bar of %(bar)s.") % figures]
    sentences = {
        "judged_same": _("Somebody said that these are the same; that goes before the sum."),
        "judged_different": _("Somebody said that these are different; that goes before the sum."),
        "unique_source": _(
            "Both are of one source in which everybody stands once, so they are two."
        ),
        "through_others": _(
            "Other records of this customer resemble both, and hold them together."
        ),
        "others_apart": _(
            "With all records of both customers weighed together it is not enough to join them."
        ),
    }
    return told + [sentences[key] for key in pair.because if key in sentences]


def _chances(pair: PairExplanation) -> tuple[tuple[str, Percent, Tone], ...]:
    if not pair.is_comparable:
        return ()
    related = (
        _("A related organisation, such as a branch") if pair.is_organisation
        else _("Another one of the same household")
    )  # fmt: skip
    return (
        (_("The same customer"), Percent(percent(pair.same)), "good"),
        (related, Percent(percent(pair.household)), "info"),
        (_("Strangers"), Percent(percent(pair.unrelated)), "grey"),
    )


@found
def compare_customers(actor: Actor, public_id: str, other_id: str) -> tuple[str, str]:
    """See `pages.MatchPages`."""
    one, other = (profiles.customer_id_of(actor, key) for key in (public_id, other_id))
    if one == other:
        return why_one(actor, public_id)
    records = [identity.records_of(actor, customer) for customer in (one, other)]
    left, right = identity.closest(actor, *records)
    return to_public("record", left), to_public("record", right)


@found
def why_one(actor: Actor, public_id: str) -> tuple[str, str]:
    """See `pages.MatchPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    records = identity.records_of(actor, customer)
    if len(records) < 2:
        raise NotFound("There is one record of this customer.")
    held = identity.why(actor, records)
    if held.ties:
        weakest = min(held.ties, key=lambda tie: (tie.same, tie.left, tie.right))
        return to_public("record", weakest.left), to_public("record", weakest.right)
    fellow = identity.nearest_fellow(actor, records[0], records)
    return to_public("record", records[0]), to_public("record", fellow)


@found
def compare_search(actor: Actor, public_id: str, text: str) -> MergeSearch:
    """See `pages.MatchPages`."""
    customer = profiles.customer_id_of(actor, public_id)
    own = to_public("customer", customer)
    view = searching.search(actor, text) if text else None
    hits = tuple(hit for hit in view.hits if hit.public_id != own) if view else ()
    apart = [] if text else identity.why(actor, identity.records_of(actor, customer)).apart
    alike = profiles.hits_of(actor, [one.customer for one in apart[:MOST_ALIKE]])
    name = profiles.named(actor, [customer]).get(customer) or _("Customer without a name")
    return MergeSearch(
        own, name, text, hits, view.total if view else 0, tuple(map(searching.hit, alike))
    )
