"""What kinds of things happen, in which families people look for them, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Family -> kinds. A family is a chip above the history, with an icon of its own.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "purchase": ("order",),
    "subscription": ("subscription",),
    "quote": ("quote",),
    "mail": ("mail",),
    "call": ("call",),
    "chat": ("chat",),
    "letter": ("letter",),
    "visit": ("visit", "meeting", "remark"),
    "complaint": ("complaint", "complaint_closed"),
    "service": (
        "service", "service_closed", "return", "return_closed", "compliment", "compliment_closed",
    ),
    "question": ("question", "question_closed"),
    "newsletter": (
        "newsletter_sent", "newsletter_opened", "newsletter_clicked", "newsletter_bounced",
        "newsletter_unsubscribed", "newsletter_subscribed", "newsletter_spam",
    ),
    "web": (
        "page_view", "product_view", "search", "cart", "configuration", "download", "web_purchase",
    ),
    "request": ("request", "lead"),
    "portal": ("login", "logout"),
    "survey": ("survey",),
    "loyalty": ("points",),
    "social": (
        "social_like", "social_comment", "social_follow", "social_share", "social_mention",
    ),
    "note": ("note", "observation"),
    "task": ("task",),
    "appointment": ("appointment",),
}  # fmt: skip
OTHER_FAMILY = "event"
_FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
# Families in which people met: what "contact" means.
CONTACT_FAMILIES = ("mail", "call", "chat", "letter", "visit", "complaint", "service", "question")
CASE_KINDS = ("complaint", "service", "question", "return", "compliment")
# A complaint is repeated when it comes within so many days of the one before.
REPEATED_DAYS = 30
# A subscription runs out soon when its end is at most so many days away.
ENDING_DAYS = 45
ENDED_STATES = ("cancelled", "closed")


def family_of(kind: str) -> str:
    """The family of a kind; kinds of sources' own words are of the family ``event``."""
    return _FAMILY_OF.get(kind, OTHER_FAMILY)


def called(data: Mapping[str, Any]) -> str:
    """The name in a record's data, as far as it may be seen: '' when there is none."""
    surname = data.get("surname")
    if surname:
        first = data.get("first_name") or data.get("initials")
        return " ".join(str(p) for p in (first, data.get("surname_prefix"), surname) if p)
    keys = ("organisation_name", "full_name", "contact_name", "email", "customer_number")
    return next((str(data[k]) for k in keys if data.get(k)), "")


def is_running(started: int | None, ended: int | None, status: str, today: int) -> bool:
    """Whether a subscription runs on day `today`; without a known end its status decides."""
    if started is not None and started > today:
        return False
    return ended >= today if ended is not None else status not in ENDED_STATES


# A row without a number of its own is known by a hash of what it says: no number for people.
_HASH = re.compile(r"-?\d{16,20}")
_ADDED = re.compile(r"(#\d+)?(#closed)?$")


def number_in(key: str) -> str:
    """The number by which the source knows an order, quote or case, "" when it gave none.

    Marks that tell rows of one number apart ('200090#2') are not part of it.
    """
    bare = _ADDED.sub("", key, count=1)
    return "" if _HASH.fullmatch(bare) else bare


# Members of `details` that are a number of this or of something else.
_NUMBERS = (
    "order_number", "quote_number", "case_number", "subscription_number", "product_code",
    "session_id", "message_id", "event_id",
)  # fmt: skip
# By which member of its details something is known; cases are the others.
_NUMBER_OF = {"order": "order_number", "quote": "quote_number"}


def number_of(kind: str, key: str, details: Mapping[str, Any]) -> str:
    """The number by which people know an order, quote, case or subscription; "" when none is told.

    A source may know its rows by a number of something else, as complaints by that of the order.
    """
    role = f"{kind}_number" if kind == "subscription" else _NUMBER_OF.get(kind, "case_number")
    if details.get(role):
        return str(details[role])
    number = number_in(key)
    return "" if number in {str(details.get(n) or "") for n in _NUMBERS} else number
