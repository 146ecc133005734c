"""Why these records are one customer, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from klantbeeld.core.actor import Actor
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity import reads as identity
from klantbeeld.identity.reads import (
    COMPARISON_WORDS,
    LEVEL_WORDS,
    Agreement,
    Explanation,
    MemberRecord,
    Tie,
)
from klantbeeld.profiles import reads as profiles
from klantbeeld.web.filled import places, words
from klantbeeld.web.shapes import Evidence, Percent, RecordRow, Why
from klantbeeld.web.shapes.card import KeptApart

TOLD = 8
MOST_KEPT_APART = 4


def why(actor: Actor, card: profiles.Card) -> Why:
    """The explanation on the card."""
    held = card.why
    sources = {record.record: record.source_name for record in held.records}
    return Why(
        summary=_summary(held),
        certainty=None if held.certainty is None else Percent(percent(held.certainty)),
        evidence=tuple(_evidence(a, sources) for a in held.agreements[:TOLD]),
        records=tuple(record_row(record) for record in held.records),
        kept_apart=tuple(_kept_apart(actor, held, card.public_id)),
        judgements=len(identity.acts_about(actor, card.records)),
    )


def percent(certainty: float) -> float:
    """Never 100 %: one decimal, and nearly certain is 99.9."""
    return min(99.9, int(certainty * 1000) / 10) if certainty < 1 else 100.0


def _summary(held: Explanation) -> str:
    records, sources = len(held.records), len({r.source for r in held.records})
    if records == 1:
        return _("There is one record of this customer, so there was nothing to join.")
    if sources == 1:
        return _("%(records)d records of one source are this customer together.") % {
            "records": records
        }
    return _("%(records)d records of %(sources)d sources are this customer together.") % {
        "records": records,
        "sources": sources,
    }


def _evidence(found: Agreement, sources: Mapping[int, str]) -> Evidence:
    comparison, _dot, level = found.words.partition(".")
    names = list(dict.fromkeys(sources.get(record, "") for record in (found.left, found.right)))
    return Evidence(
        fact=f"{words.said(COMPARISON_WORDS, comparison)}: {LEVEL_WORDS.get(level, level)}",
        where=_(" and ").join(name for name in names if name),
        tone="good" if found.level > 0 else "grey",
    )


def record_row(record: MemberRecord) -> RecordRow:
    """One record: where it is from, what it says, what linked it."""
    told = record.data
    address = " ".join(
        str(told[k])
        for k in ("street", "house_number", "house_suffix", "postcode", "city")
        if told.get(k)
    )
    return RecordRow(
        source=record.source_name,
        key=record.key or "–",
        name=_name(told),
        summary=words.joined(address, told.get("email"), told.get("mobile") or told.get("phone")),
        at=record.updated_at,
        linked_by=_linked_by(record.tie),
    )


def _name(told: Mapping[str, object]) -> str:
    person = " ".join(
        str(part)
        for part in (told.get("first_name") or told.get("initials"), told.get("surname_prefix"),
                     told.get("surname"))
        if part
    )  # fmt: skip
    return words.joined(told.get("organisation_name"), person or told.get("full_name")) or "–"


def _linked_by(tie: Tie | None) -> str:
    if tie is None:
        return "–"
    if tie.by == "person":
        return _("%(person)s said so") % {"person": tie.actor}
    best = [name for name, level in tie.levels.items() if level > 0]
    return ", ".join(words.said(COMPARISON_WORDS, name).lower() for name in best[:3]) or "–"


def _kept_apart(actor: Actor, held: Explanation, own: str) -> list[KeptApart]:
    customers = [apart.customer for apart in held.apart[:MOST_KEPT_APART]]
    names = profiles.named(actor, customers)
    return [
        KeptApart(
            names.get(customer) or _("customer without a name"),
            places.card(to_public("customer", customer)),
            places.why_not(own, to_public("customer", customer)),
        )
        for customer in customers
    ]
