"""What the panels of the card are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order. `method` is how it was paid, `lines` how many lines it has."""

    interaction: int
    number: str
    day: date
    subject: str
    status: str
    amount_minor: int | None
    currency: str
    method: str
    channel: str
    origin: str
    campaign: str
    code: str
    employee: str
    shop: str
    lines: int


@dataclass(frozen=True, slots=True)
class Share:
    """A sum by something: a category, a way of paying, a code."""

    name: str
    count: int
    amount_minor: int


@dataclass(frozen=True)
class Purchases:
    """`count` and `amount_minor` are of all orders not cancelled; `orders` the newest ones."""

    count: int
    amount_minor: int
    orders: tuple[OrderRow, ...]
    categories: tuple[Share, ...]
    methods: tuple[Share, ...]
    codes: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One agreement; `days_left` until its end when that is known and still to come."""

    subscription: int
    number: str
    name: str
    started: date | None
    ended: date | None
    period: str
    amount_minor: int | None
    currency: str
    status: str
    is_running: bool
    days_left: int | None


@dataclass(frozen=True)
class Subscriptions:
    """Agreements, running ones first, then the last ended."""

    rows: tuple[SubscriptionRow, ...]
    running: int


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One quote."""

    interaction: int
    number: str
    day: date
    subject: str
    status: str
    amount_minor: int | None
    currency: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint, service case or question; `closed` is the day it was dealt with."""

    interaction: int
    number: str
    kind: str
    opened: date
    closed: date | None
    is_open: bool
    subject: str
    cause: str
    resolution: str
    status: str
    handled_by: str
    compensation_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class CampaignResponse:
    """A campaign or newsletter, and how often the customer got, opened and clicked it.

    `orders` were placed with its name or code; `topics` are what was clicked on.
    """

    campaign: str
    last: date
    sent: int
    opened: int
    clicked: int
    bounced: int
    unsubscribed: int
    orders: int
    amount_minor: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document; its bytes lie in the file store under `sha256`.

    `unread` is why nobody could look into it for special data, "" when it was looked into.
    """

    document: int
    name: str
    media_type: str
    at: datetime
    size: int
    sha256: str
    interaction_key: int
    unread: str = ""


@dataclass(frozen=True, slots=True)
class LoyaltyStanding:
    """Points: the balance of everything earned (`points_delta`), and the last movements."""

    balance: int
    earned: int
    spent: int
    movements: int
    last: date


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One answer; `score` is the NPS (0 to 10) or None, `satisfaction` as it was asked."""

    interaction: int
    day: date
    survey: str
    score: int | None
    satisfaction: float | None
    answer: str


@dataclass(frozen=True, slots=True)
class PortalUse:
    """Log-ins on the portal and visits to the website, and what was searched for last."""

    logins: int
    last_login: date | None
    web_events: int
    last_web: date | None
    searches: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of a panel in words: what, more about it, and one value at the right.

    The value is an amount, a day or a number, whichever is filled. `flag` with `tone` (good,
    warn, bad, info, grey) marks the line; `interaction` is what it can unfold to.
    """

    title: str
    detail: str = ""
    amount_minor: int | None = None
    currency: str = "EUR"
    day: date | None = None
    number: int | None = None
    flag: str = ""
    tone: str = "grey"
    interaction: int = 0
    is_muted: bool = False
