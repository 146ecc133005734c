"""Headings that mean one thing in a table of orders and another in a table of complaints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from klantbeeld.sources.recognise.columns import NO_HEADING, Candidate
from klantbeeld.sources.recognise.kinds import ALLOWED
from klantbeeld.sources.recognise.profile import Profile
from klantbeeld.sources.recognise.rules import fit

_DATES = {
    "orders": "ordered_at",
    "lines": "ordered_at",
    "subscriptions": "started_at",
    "quotes": "quoted_at",
    "messages": "event_at",
    "events": "event_at",
    "cases": "opened_at",
    "surveys": "answered_at",
    "costs": "cost_at",
    "documents": "document_at",
    "loyalty": "event_at",
}
_GENERAL: dict[str, dict[str, str]] = {
    "@date": _DATES,
    "@amount": {
        "orders": "order_amount",
        "lines": "line_amount",
        "subscriptions": "subscription_amount",
        "quotes": "quote_amount",
        "costs": "cost_amount",
        "cases": "compensation",
        "loyalty": "order_amount",
    },
    "@status": {
        "orders": "order_status",
        "lines": "order_status",
        "subscriptions": "subscription_status",
        "quotes": "quote_status",
        "cases": "case_status",
        "customers": "relation_type",
        "events": "event_kind",
    },
    "@number": {
        "orders": "order_number",
        "subscriptions": "subscription_number",
        "quotes": "quote_number",
        "cases": "case_number",
        "customers": "customer_number",
        "loyalty": "loyalty_number",
        "lines": "order_number",
    },
    "@order": dict.fromkeys(ALLOWED, "order_number"),
    "@id": {
        "orders": "order_number",
        "lines": "record_key",
        "subscriptions": "subscription_number",
        "quotes": "quote_number",
        "messages": "message_id",
        "events": "event_id",
        "cases": "case_number",
        "surveys": "record_key",
        "costs": "record_key",
        "documents": "record_key",
        "loyalty": "event_id",
        "customers": "customer_number",
    },
    "@description": {
        "orders": "note",
        "lines": "product_name",
        "subscriptions": "subscription_name",
        "quotes": "subject",
        "messages": "body",
        "events": "subject",
        "cases": "body",
        "surveys": "answer",
        "costs": "note",
        "customers": "note",
        "documents": "subject",
        "loyalty": "note",
    },
    "@kind": {
        "customers": "relation_type",
        "cases": "case_kind",
        "events": "event_kind",
        "lines": "category",
        "subscriptions": "subscription_name",
        "loyalty": "event_kind",
        "messages": "channel",
        "quotes": "category",
        "costs": "channel",
    },
    "@url": {
        "messages": "url",
        "events": "url",
        "cases": "url",
        "customers": "website",
        "orders": "url",
    },
    "@text": {
        "messages": "body",
        "events": "body",
        "cases": "body",
        "surveys": "answer",
    },
    "@title": {
        "customers": "title",
        "messages": "subject",
        "events": "subject",
        "documents": "subject",
        "cases": "subject",
        "lines": "product_name",
        "quotes": "subject",
    },
}
# What people call so in a table of this kind.
_HERE: dict[str, dict[str, str]] = {
    "orders": {
        "created_at": "ordered_at",
        "event_at": "ordered_at",
        "line_amount": "order_amount",
        "cost_amount": "order_amount",
        "started_at": "ordered_at",
        "case_status": "order_status",
    },
    "lines": {
        "created_at": "ordered_at",
        "event_at": "ordered_at",
        "order_amount": "line_amount",
        "cost_amount": "line_amount",
        "subscription_name": "product_name",
    },
    "subscriptions": {
        "order_amount": "subscription_amount",
        "unit_price": "subscription_amount",
        "line_amount": "subscription_amount",
        "order_status": "subscription_status",
        "case_status": "subscription_status",
        "product_name": "subscription_name",
        "created_at": "started_at",
        "ordered_at": "started_at",
        "customer_since": "started_at",
        "valid_until": "ended_at",
        "closed_at": "ended_at",
    },
    "quotes": {
        "order_amount": "quote_amount",
        "line_amount": "quote_amount",
        "created_at": "quoted_at",
        "ordered_at": "quoted_at",
        "event_at": "quoted_at",
        "ended_at": "valid_until",
        "order_status": "quote_status",
        "case_status": "quote_status",
        "resolution": "quote_status",
        "handled_by": "employee",
    },
    "messages": {
        "created_at": "event_at",
        "opened_at": "event_at",
        "text": "body",
        "content": "body",
        "note": "body",
        "file_name": "attachments",
        "email": "sender",
    },
    "events": {
        "created_at": "event_at",
        "opened_at": "event_at",
        "answered_at": "event_at",
        "text": "body",
        "origin": "channel",
        "answer": "body",
        "message_id": "event_id",
        "website": "url",
        "case_kind": "event_kind",
        "shop": "channel",
    },
    "cases": {
        "created_at": "opened_at",
        "event_at": "opened_at",
        "ended_at": "closed_at",
        "started_at": "opened_at",
        "employee": "handled_by",
        "order_status": "case_status",
        "answer": "resolution",
        "event_kind": "case_kind",
        "text": "body",
        "category": "case_kind",
        "origin": "channel",
        "tags": "case_kind",
    },
    "surveys": {
        "created_at": "answered_at",
        "event_at": "answered_at",
        "closed_at": "answered_at",
        "ordered_at": "answered_at",
        "body": "answer",
        "note": "answer",
        "text": "answer",
        "cause": "answer",
        "campaign": "survey_name",
    },
    "costs": {
        "order_amount": "cost_amount",
        "line_amount": "cost_amount",
        "event_at": "cost_at",
        "created_at": "cost_at",
        "started_at": "cost_at",
        "period": "cost_at",
        "origin": "channel",
        "ordered_at": "cost_at",
    },
    "documents": {
        "body": "text",
        "created_at": "document_at",
        "event_at": "document_at",
    },
    "loyalty": {
        "points": "points_delta",
        "created_at": "event_at",
        "ordered_at": "event_at",
        "quantity": "points_delta",
        "cause": "event_kind",
        "product_name": "subject",
    },
    "customers": {
        "started_at": "customer_since",
        "ordered_at": "-",
        "shop": "-",
        "sender": "email",
        "session_id": "-",
        "channel": "preferred_channel",
    },
}


def meant(
    found: Mapping[str, list[Candidate]], holds: str, looks: Mapping[str, Profile]
) -> list[Candidate]:
    """The candidates in roles that a table of this kind may have."""
    has = {ranked[0].role for ranked in found.values() if ranked}
    told = {c.role for ranked in found.values() for c in ranked[:1] if c.is_told}
    meaning: list[Candidate] = []
    for column, ranked in found.items():
        for candidate in ranked:
            for role, share in _roles(candidate, holds, has, looks[column]):
                if role not in ALLOWED[holds]:
                    continue
                if candidate.is_told or _may_be_untold(role, holds, looks[column], told):
                    confidence = round(candidate.confidence * share, 2)
                    meaning.append(replace(candidate, role=role, confidence=confidence))
    return meaning


def _roles(
    candidate: Candidate, holds: str, has: set[str], look: Profile
) -> Iterator[tuple[str, float]]:
    """(role, share of the confidence) that a candidate stands for in a table of this kind."""
    role = candidate.role
    if role in ("@customer", "@product", "@name", "@status", "@title", "@kind", "@month"):
        yield from _by_content(role, holds, look)
    elif role[0] == "@":
        named = _GENERAL[role].get(holds)
        if named is not None:
            yield named, 0.9 if named in _surely(holds) else 0.85
    elif holds == "customers" and role in ("category", "case_kind", "subscription_name"):
        yield from _fitting(("relation_type",), look, None)
    elif role in _HERE.get(holds, {}):
        here = _HERE[holds][role]
        if here not in has and here != "-":
            yield here, 0.7 if here == "preferred_channel" else 0.93
        if role in ALLOWED[holds]:
            yield role, 0.9 if here not in has else 1.0
    else:
        yield role, 1.0


def _surely(holds: str) -> tuple[str, ...]:
    return (_DATES.get(holds, ""), _GENERAL["@amount"].get(holds, ""))


def _by_content(role: str, holds: str, look: Profile) -> Iterator[tuple[str, float]]:
    """Headings such as 'klant', 'artikel' and 'naam' are numbers here and names there."""
    if role == "@customer":
        choices = ("email", "relation_type", "organisation_name", "full_name")
        yield from _fitting(choices, look, ("customer_number", 0.92))
    elif role == "@product":
        is_code = fit("product_code", look).score >= 0.9 and look.words < 1.3
        yield ("product_code" if is_code else "product_name"), 0.97
    elif role == "@name":
        yield from _named(holds, look)
    elif role == "@status" and holds == "customers":
        yield from _fitting(("relation_type",), look, None)
    elif role == "@title" and holds in ("customers", "orders"):
        yield from _fitting(("salutation", "title"), look, ("job_title", 0.85))
    elif role == "@kind" and holds == "customers":
        yield from _fitting(("relation_type",), look, None)
    elif role == "@month":
        if holds == "costs" and fit("cost_at", look).score > 0:
            yield "cost_at", 0.95
        elif holds == "subscriptions" and fit("period", look).score > 0:
            yield "period", 0.9
    elif (named := _GENERAL[role].get(holds)) is not None:
        yield named, 0.9


def _named(holds: str, look: Profile) -> Iterator[tuple[str, float]]:
    if holds in ("orders", "lines") and look.share("code") > 0.8:
        yield "order_number", 0.9
    elif holds == "lines":
        yield "product_name", 0.9
    elif holds == "costs":
        yield "campaign", 0.95
    elif holds == "documents" and look.share("file") > 0.5:
        yield "file_name", 0.95
    elif holds == "subscriptions" and fit("full_name", look).score < 1:
        yield "subscription_name", 0.85
    else:
        yield from _named_person(look)


def _named_person(look: Profile) -> Iterator[tuple[str, float]]:
    """'Naam' holds whole names, surnames or organisations; a mixture is told with less surety."""
    people, organisations = look.share("full_name"), look.share("organisation")
    if organisations >= 0.3 and organisations > people:
        yield "organisation_name", 0.95 if people < 0.15 else 0.82
    elif people >= 0.35:
        yield "full_name", 0.97 if organisations < 0.15 else 0.82
    elif look.words < 2.4 and fit("surname", look).score == 1:
        yield "surname", 0.88
    else:
        yield "full_name", 0.85


def _fitting(
    roles: tuple[str, ...], look: Profile, otherwise: tuple[str, float] | None
) -> Iterator[tuple[str, float]]:
    for role in roles:
        if fit(role, look).score >= 1:
            yield role, 0.95
            return
    if otherwise is not None and fit(otherwise[0], look).score >= 0:
        yield otherwise


def _may_be_untold(role: str, holds: str, look: Profile, told: set[str]) -> bool:
    """Names that no heading announces may be a seller's, in a table of sales for one."""
    if role not in _PERSONAL or NO_HEADING.fullmatch(look.name.strip()):
        return True
    return holds == "customers" and not (role in _NAMES and told & _NAMES)


_PERSONAL = frozenset(
    [
        "full_name",
        "first_name",
        "surname",
        "surname_prefix",
        "organisation_name",
        "gender",
        "birth_date",
        "salutation",
        "country",
        "language",
        "address",
        "street",
        "city",
        "website",
    ]
)
_NAMES = frozenset(["full_name", "first_name", "surname", "organisation_name", "@name"])
