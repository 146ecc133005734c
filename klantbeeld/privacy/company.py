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
ASKED = (
    "name", "address", "privacy_email", "dpo", "joint", "recipients", "transfers", "interests",
    "duty", "decisions",
)  # fmt: skip
# How a company says that there is none: also that is its own to say.
NONE = frozenset(
    {"geen", "nee", "niet", "niemand", "nvt", "n.v.t.", "none", "no", "nobody", "n/a", "-"}
)
YES, NO = "yes", "no"
# How people of a source come to know: told when they gave it themselves (article 13), to be told
# afterwards (14), or known to be informed already or disproportionate (14(5)), with the reason.
DIRECT, LATER, EXEMPT = "direct", "later", "exempt"
WAYS = (DIRECT, LATER, EXEMPT)


@dataclass(frozen=True, slots=True)
class Company:
    """The controller and whom to turn to; every part may still be empty.

    `recipients` and `transfers` are lines: who receives data, and where outside the EEA with which
    safeguard. `joint` names who decides together with the company (article 26), `represented` its
    representative in the Union (27), `works_for` for whom it processes data (30(2)), a line each.
    `interests` names the legitimate interests, `duty` what people must give and what follows when
    they do not, `decisions` what a machine decides about people with its logic and consequences,
    `supervisor` the authority to complain at, `ways` how Californians ask. Yes, no or "" where
    nobody said: `sells` whether personal information is sold or shared in the sense of the CCPA,
    `only_needed` whether sensitive information serves only what 11 CCR 7027(m) lists.
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
    represented: str = ""
    joint: str = ""
    works_for: str = ""
    recipients: str = ""
    transfers: str = ""
    security: str = ""
    interests: str = ""
    duty: str = ""
    decisions: str = ""
    supervisor: str = ""
    ways: str = ""
    sells: str = ""
    only_needed: str = ""

    def lines(self, key: str) -> list[str]:
        """The lines of a part, one each; none where the company said that there is none."""
        text = str(getattr(self, key))
        return [] if says_none(text) else [x.strip() for x in text.splitlines() if x.strip()]

    @property
    def recipient_lines(self) -> list[str]:
        """Who receives data, one each."""
        return self.lines("recipients")

    @property
    def missing(self) -> list[str]:
        """What articles 13 and 14 ask every company for, and is still empty."""
        return [key for key in ASKED if not getattr(self, key)]


def says_none(text: str) -> bool:
    """Whether these words of the company say that there is nothing of the kind."""
    return text.strip().rstrip(".!").casefold() in {word.rstrip(".") for word in NONE}


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """How people of a source are informed: one of `WAYS`, and by what or why not.

    `public` is whether everybody can read the source (article 14(2)(f)): yes, no, "" for unsaid.
    """

    way: str = ""
    text: str = ""
    public: str = ""


def held_company() -> Company:
    """What was filled in, for whoever writes for the company."""
    told: dict[str, Any] = choices.chosen(KEY, {})
    known = {f.name for f in fields(Company)}
    held = {k: v for k, v in told.items() if k in known}
    # Before it could be left open a tick said yes, and no tick said nothing.
    if isinstance(held.get("sells"), bool):
        held["sells"] = YES if held["sells"] else ""
    return Company(**held)


def held_notices() -> dict[str, SourceNotice]:
    """Source key to how its people are informed; sources of which nothing was said are left out."""
    told: Mapping[str, Mapping[str, str]] = choices.chosen(SOURCES, {})
    return {
        k: SourceNotice(v.get("way", ""), v.get("text", ""), v.get("public", ""))
        for k, v in told.items()
    }


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
        "ways", "joint", "works_for", "duty", "represented",
    }  # fmt: skip
    values: dict[str, Any] = {
        f.name: str(told.get(f.name, "")).strip()[: TEXT if f.name in long else LINE]
        for f in fields(Company)
    }
    for key in ("sells", "only_needed"):
        values[key] = values[key] if values[key] in (YES, NO) else ""
    choices.choose(KEY, values)
    audit.record(actor, "choose_company", ("house", 0), {"keys": sorted(values)})
    return held_company()


@needs("privacy.manage")
@transaction.atomic
def choose_notice(actor: Actor, source: str, way: str, text: str, public: str = "") -> None:
    """Store how the people of a source are informed, as in `SourceNotice`."""
    if way not in WAYS or public not in ("", YES, NO):
        raise ValueError(f"{way} {public}")
    held = dict(choices.chosen(SOURCES, {}))
    held[source] = {"way": way, "text": text.strip()[:TEXT], "public": public}
    choices.choose(SOURCES, held)
    audit.record(actor, "choose_notice", ("source", 0), {"source": source, "way": way})
