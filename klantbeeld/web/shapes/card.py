"""The customer card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from klantbeeld.web.shapes.common import Fact, Flag, Group, Link, Percent, Tone, Value
from klantbeeld.web.shapes.people import FollowedView
from klantbeeld.web.shapes.timeline import TimelinePage

PanelState = Literal["ok", "empty", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do from the card.

    Either a link (`method` "get": page, mailto: or tel:) or a form (`method` "post"). `question`
    is asked before it happens, and says what happens.
    """

    key: str
    label: str
    icon: str
    href: str
    method: Literal["get", "post"] = "get"
    is_primary: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Loser:
    """A value that another source gave and that was not chosen, with the reason."""

    value: str
    source: str
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class IdentityValue:
    """A chosen value with its herkomst.

    `at` is when the source said it, `rule` the survivorship rule in words, `losers` the values
    that lost. `problem` says why a value is not valid; `href` makes it act (mailto:, tel:).
    `past` are former values with their period, newest first. `is_masked` when the actor's role may
    not see it.
    """

    key: str
    label: str
    value: Value
    source: str
    at: datetime | None
    rule: str
    losers: tuple[Loser, ...] = ()
    past: tuple[str, ...] = ()
    problem: str = ""
    href: str = ""
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Lamp:
    """May one channel be used: yes, no or unknown (ask first), why, and the proof.

    `reason` and `source` are the verdict's reason and the proof in the ledger; `changes` is what
    would change it or has to be recorded first, `duties` what comes with using it, `law` the
    citation.
    """

    channel: str
    label: str
    icon: str
    state: Literal["yes", "no", "unknown"]
    reason: str
    source: str = ""
    at: datetime | None = None
    brand: str = ""
    changes: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class ContactPanel:
    """What stands beside the lamps: where more is told, how he likes it, and what may be done."""

    href: str
    preference: str = ""
    withdraw_href: str = ""
    channels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """An interest or wish, with what it rests on."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line of a panel; `href` opens it, `is_entry` as an entry over the card.

    `why` leads to what the line rests on.
    """

    title: str
    detail: str = ""
    value: Value = None
    flag: Flag | None = None
    href: str = ""
    is_muted: bool = False
    is_entry: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A block on the card, registered by a room.

    `template` renders `data` (`web/panels/rows.html` for PanelRow's, `web/panels/tags.html` for
    Tag's, or a template of the room that registers it). `note` is a closing sentence; when the
    state is not "ok", `note` says what would be here and `enrich` how to get it.
    """

    key: str
    title: str
    data: tuple[object, ...] = ()
    template: str = "web/panels/rows.html"
    place: Literal["who", "rest"] = "rest"
    count: int | None = None
    link: Link | None = None
    note: str = ""
    state: PanelState = "ok"
    enrich: Link | None = None

    @property
    def term(self) -> str:
        """The term that explains the panel, "" when its title is plain language."""
        return self.key if self.key == "household" else ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason why records are one customer: what agrees (or differs), and where."""

    fact: str
    where: str
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A customer who resembles this one: the card, and where it is told why they are two."""

    text: str
    href: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record of the customer: what one source says, and what linked it."""

    source: str
    key: str
    name: str
    summary: str
    at: datetime | None
    linked_by: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why is this one customer? `certainty` None when there is one record and nothing to prove.

    `judgements` is how many times somebody said something about it.
    """

    summary: str
    certainty: Percent | None
    evidence: tuple[Evidence, ...]
    records: tuple[RecordRow, ...]
    kept_apart: tuple[KeptApart, ...] = ()
    judgements: int = 0


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything of the first response: header, flags, facts, who, consent, panels, history.

    When the id asked for was absorbed by a merge, `public_id` is the survivor's and the view
    redirects to it. `enrich` is what would fill a card of which only an address is known.
    """

    public_id: str
    name: str
    kind: Literal["person", "organisation"]
    group: Group
    since: date | None
    place: str
    meta: tuple[str | Link, ...]
    updated_at: datetime | None
    source_count: int
    flags: tuple[Flag, ...]
    actions: tuple[Action, ...]
    facts: tuple[Fact, ...]
    identity: tuple[IdentityValue, ...]
    lamps: tuple[Lamp, ...]
    panels: tuple[Panel, ...]
    timeline: TimelinePage
    why: Why
    enrich: tuple[Link, ...] = ()
    followed: FollowedView | None = None
    let_in: tuple[str, ...] = ()
    contact: ContactPanel | None = None
