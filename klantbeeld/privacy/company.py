"""Who the company is, as its notices, its record of processing and its answers must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from klantbeeld.accounts.reads import needs
from klantbeeld.core import audit, choices
from klantbeeld.core.actor import Actor

KEY = "company"
SOURCES = "informed.sources"
LINE, TEXT = 200, 2_000
ASKED = ("name", "address", "privacy_email", "recipients", "transfers", "interests", "decisions")
# How people of a source come to know: told when they gave it themselves (article 13), to be told
# afterwards (14), or known to be informed already or disproportionate (14(5)), with the reason.
DIRECT, LATER, EXEMPT = "direct", "later", "exempt"
WAYS = (DIRECT, LATER, EXEMPT)


@dataclass(frozen=True, slots=True)
class Company:
    """The controller and whom to turn to; every part may still be empty.

    `recipients` and `transfers` are lines: who receives data, and where outside the EU.
    `interests` names the legitimate interests, `decisions` what a machine decides or estimates
    about people, `supervisor` the authority to complain at, `ways` how Californians ask.
    `sells` is whether personal information is sold or shared in the sense of the CCPA.
    """

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    registration: str = ""
    privacy_contact: str = ""
    privacy_email: str = ""
    dpo: str = ""
    recipients: str = ""
    transfers: str = ""
    security: str = ""
    interests: str = ""
    decisions: str = ""
    supervisor: str = ""
    ways: str = ""
    sells: bool = False

    @property
    def recipient_lines(self) -> list[str]:
        """Who receives data, one each."""
        return [line.strip() for line in self.recipients.splitlines() if line.strip()]

    @property
    def missing(self) -> list[str]:
        """What articles 13 and 14 ask every company for, and is still empty."""
        return [key for key in ASKED if not getattr(self, key)]


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """How people of a source are informed: one of `WAYS`, and by what or why not."""

    way: str = ""
    text: str = ""


def held_company() -> Company:
    """What was filled in, for whoever writes for the company."""
    told: dict[str, Any] = choices.chosen(KEY, {})
    known = {f.name for f in fields(Company)}
    return Company(**{k: v for k, v in told.items() if k in known})


def held_notices() -> dict[str, SourceNotice]:
    """Source key to how its people are informed; sources of which nothing was said are left out."""
    told: Mapping[str, Mapping[str, str]] = choices.chosen(SOURCES, {})
    return {k: SourceNotice(v.get("way", ""), v.get("text", "")) for k, v in told.items()}


@needs("customers.read")
def company_details(actor: Actor) -> Company:
    """Who the company says it is."""
    return held_company()


@needs("sources.read")
def notices(actor: Actor) -> dict[str, SourceNotice]:
    """Source key to how its people are informed."""
    return held_notices()


@needs("privacy.manage")
@transaction.atomic
def choose_company(actor: Actor, told: Mapping[str, str]) -> Company:
    """Store who the company is; keys as in `Company`, unknown ones are ignored."""
    long = {
        "recipients", "transfers", "security", "address", "interests", "decisions", "supervisor",
        "ways",
    }  # fmt: skip
    values: dict[str, Any] = {
        f.name: str(told.get(f.name, "")).strip()[: TEXT if f.name in long else LINE]
        for f in fields(Company)
    }
    values["sells"] = told.get("sells") in ("yes", "on", True)
    choices.choose(KEY, values)
    audit.record(actor, "choose_company", ("house", 0), {"keys": sorted(values)})
    return held_company()


@needs("privacy.manage")
@transaction.atomic
def choose_notice(actor: Actor, source: str, way: str, text: str) -> None:
    """Store how the people of a source are informed; `way` is one of `WAYS`."""
    if way not in WAYS:
        raise ValueError(way)
    held = dict(choices.chosen(SOURCES, {}))
    held[source] = {"way": way, "text": text.strip()[:TEXT]}
    choices.choose(SOURCES, held)
    audit.record(actor, "choose_notice", ("source", 0), {"source": source, "way": way})
