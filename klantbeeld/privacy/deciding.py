"""Before every send: the verdict, stored with the facts it was reached on. Nothing without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from django.db import transaction

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.privacy.contact import Verdict, may_contact
from klantbeeld.privacy.contact_law.facts import ContactFacts
from klantbeeld.privacy.errors import NotDecided
from klantbeeld.privacy.models import Decision

_DAYS = frozenset({"day", "customer_since", "last_deal", "last_inquiry"})


def stored_facts(facts: ContactFacts) -> dict[str, Any]:
    """Facts as JSON: days in ISO 8601, sets sorted, what is not known left out."""
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else sorted(value)
        if isinstance(value, frozenset)
        else value
        for key, value in asdict(facts).items()
        if value not in (None, "", frozenset())
    }


def facts_of(stored: Mapping[str, Any]) -> ContactFacts:
    """The facts that were stored, so that the question can be asked again."""
    known = {f.name for f in fields(ContactFacts)}
    found = {k: v for k, v in stored.items() if k in known}
    for key in _DAYS & found.keys():
        found[key] = date.fromisoformat(found[key])
    if "bought" in found:
        found["bought"] = frozenset(found["bought"])
    return ContactFacts(**found)


def decide(
    record: int, kind: str, said_by: str, facts: Callable[[], ContactFacts]
) -> tuple[Decision, Verdict]:
    """Reach the verdict on facts that are read now, and store both.

    Whatever goes wrong on the way, in reading, judging or storing, is `NotDecided`: the caller
    has nothing to send by.
    """
    try:
        with transaction.atomic():
            known = facts()
            verdict = may_contact(known)
            made = Decision.objects.create(
                id=bulk.allocate(Decision, 1), record_id=record, at=now_us(), kind=kind[:20],
                channel=known.channel, purpose=known.purpose, answer=verdict.answer,
                reason=verdict.reason, rule=verdict.rule, facts=stored_facts(known),
                said_by=said_by[:80],
            )  # fmt: skip
    except Exception as error:
        raise NotDecided("The verdict could not be reached; nothing is sent.") from error
    return made, verdict
