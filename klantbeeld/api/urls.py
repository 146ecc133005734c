"""Addresses for machines: `/api/v1/…`, described in `/api/v1/openapi.json`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema

import klantbeeld
from klantbeeld.accounts.models import ApiKey
from klantbeeld.api import schemas
from klantbeeld.api.entrance import Key
from klantbeeld.api.errors import Refusal, say_errors, sentence
from klantbeeld.core.public_ids import to_public
from klantbeeld.identity.reads import COMPARISON_WORDS, Candidate, Step, finding
from klantbeeld.pipeline import actions as pipeline
from klantbeeld.pipeline.actions import Bringing
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.profiles.reads import Judged, Question, UnknownCustomer

ERRORS: Any = dict.fromkeys((400, 401, 403, 404, 422, 429), schemas.ErrorOut)
api = NinjaAPI(
    title="Klantbeeld",
    version=klantbeeld.__version__,
    description="Bring orders and customers; ask who somebody is and who may be contacted.",
    docs_url=None,
    auth=Key(),
    urls_namespace="api",
)
say_errors(api)


def _key(request: HttpRequest) -> ApiKey:
    found: ApiKey = request.auth  # type: ignore[attr-defined]
    return found


def _source(key: ApiKey, told: str) -> str:
    """The source that is brought for: the key's own, or the one that is told."""
    if key.source and told and told != key.source:
        raise Refusal(403, "other_source", sentence("other_source"))
    if not (key.source or told.strip()):
        raise Refusal(422, "source_needed", sentence("source_needed"))
    return key.source or told


def _rows(told: list[Any]) -> list[dict[str, Any]]:
    return [row.model_dump(exclude_none=True) for row in told]


@api.post(
    "/orders", response={200: schemas.BroughtOut, **ERRORS}, summary="Bring orders",
    operation_id="bring_orders",
)  # fmt: skip
def orders(request: HttpRequest, told: schemas.OrdersIn) -> Any:
    """Each order joins its customer at once. The same order number again is the same order."""
    return _brought(request, told.source, "orders", _rows(told.orders))


@api.post(
    "/customers", response={200: schemas.BroughtOut, **ERRORS}, summary="Bring customers",
    operation_id="bring_customers",
)  # fmt: skip
def customers(request: HttpRequest, told: schemas.CustomersIn) -> Any:
    """Each customer is matched at once. The same customer number again is the same record."""
    return _brought(request, told.source, "customers", _rows(told.customers))


def _brought(request: HttpRequest, source: str, holds: str, rows: list[dict[str, Any]]) -> Any:
    key = _key(request)
    done = pipeline.bring(key.as_actor(), _source(key, source), holds, rows)
    return _told(done)


def _told(done: Bringing) -> dict[str, Any]:
    rows = [
        {"row": r.row, "outcome": r.outcome, "customer": r.customer or None, "reasons": r.reasons}
        for r in done.rows
    ]
    return {
        "delivery": done.delivery, "stored": done.stored, "unchanged": done.unchanged,
        "quarantined": done.quarantined, "suppressed": done.suppressed, "rows": rows,
    }  # fmt: skip


@api.post(
    "/match", response={200: schemas.MatchOut, **ERRORS}, summary="Ask who somebody is",
    operation_id="match", by_alias=True,
)  # fmt: skip
def match(request: HttpRequest, told: schemas.MatchIn) -> Any:
    """The customers who it may be, with the reasons in words. Nothing is stored."""
    customer: Schema = told.customer
    found = pipeline.match(
        _key(request).as_actor(), customer.model_dump(exclude_none=True), told.limit
    )
    return {"candidates": [_candidate(one) for one in found]}


@api.get(
    "/customers/{customer}/contact", response={200: schemas.ContactOut, **ERRORS},
    summary="Ask whether a customer may be contacted", operation_id="may_contact",
)  # fmt: skip
def contact(request: HttpRequest, customer: str, told: Query[schemas.ContactIn]) -> Any:
    """The verdict and its reason per channel, from the consent ledger and the law. Nothing is
    sent or stored; before every send it has to be asked anew."""
    actor = _key(request).as_actor()
    question = Question(
        purpose=told.purpose, day=told.day or Question().day, brand=told.brand, topic=told.topic,
        offered=told.offered, is_similar=told.is_similar,
    )  # fmt: skip
    asked = [told.channel] if told.channel else privacy.CHANNELS
    try:
        known = profiles.known_for_contact(actor, customer)
    except UnknownCustomer as error:
        raise Refusal(404, "no_customer", _("There is no such customer.")) from error
    found = profiles.may_contact(actor, known, [replace(question, channel=c) for c in asked])
    return {
        "customer": to_public("customer", known.profile.pk), "purpose": question.purpose,
        "day": question.day.isoformat(), "channels": [_channel(one) for one in found],
    }  # fmt: skip


def _channel(one: Judged) -> dict[str, Any]:
    verdict, said = one.verdict, privacy.told(one.verdict)
    return {
        "channel": one.question.channel, "answer": verdict.answer, "reason": verdict.reason,
        "words": said.reason, "changes": list(said.changes), "duties": list(said.duties),
        "rule": verdict.rule, "law": privacy.cited(verdict.source),
        "until": verdict.until.isoformat() if verdict.until else None,
    }  # fmt: skip


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "customer": to_public("customer", one.customer), "class": one.kind,
        "probability": round(one.same, 4), "household_probability": round(one.household, 4),
        "weight": round(one.weight, 2), "is_doubtful": one.is_doubtful,
        "reasons": [_reason(step) for step in one.steps],
    }  # fmt: skip


def _reason(step: Step) -> dict[str, Any]:
    found = finding(step.words)
    named = COMPARISON_WORDS.get(step.name)
    return {
        "comparison": step.name, "finding": step.words.partition(".")[2],
        "words": f"{named}: {found}" if named else found, "bits": round(step.bits, 2),
    }  # fmt: skip


urlpatterns = [path("", api.urls)]
