"""What the law asks about before somebody is contacted; None where nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Channel = Literal["email", "sms", "chat", "fax", "auto_call", "phone", "post"]
Purpose = Literal[
    "marketing", "fundraising", "survey", "service", "legal_duty", "requested", "sharing"
]
Kind = Literal["natural", "sole_trader", "partnership", "legal", "unknown"]
ConsentState = Literal["unknown", "pending", "expired", "granted", "denied", "withdrawn"]
How = Literal[
    "opt_in", "double_opt_in", "written", "oral", "source",
    "pre_ticked", "silence", "bundled", "reasoned",
]  # fmt: skip
Through = Literal["sale", "gift", "volunteering", "event", "enquiry", "published", "third_party"]
SenderKind = Literal["ordinary", "charity", "charity_lottery", "press", "covered_entity"]

CHANNELS: tuple[Channel, ...] = ("email", "sms", "chat", "fax", "auto_call", "phone", "post")
# Direct marketing in the sense of article 21(2) GDPR: wanted or not, it stops at an objection.
DIRECT: tuple[Purpose, ...] = ("marketing", "fundraising", "sharing")


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One question: may this sender, on this day, use this channel for this purpose?

    `country` is where the person is (ISO 3166, two letters), `region` a state of the USA.
    `consent` is what the ledger says of exactly this channel, purpose, brand and topic on that
    day; `has_proof` whether it can be shown. `last_deal` is the last purchase or the end of the
    contract. `charity_lottery` stands for every holder of a licence under articles 3, 9 or 27b
    of the Dutch Betting and Gaming Act, `covered_entity` for a provider of care or insurer under
    HIPAA. Nothing known of `age` means no sign of a child.
    """

    channel: Channel
    purpose: Purpose
    day: date
    country: str = "NL"
    region: str = ""
    brand: str = ""
    topic: str = ""
    # Who it is.
    kind: Kind = "unknown"
    age: int | None = None
    is_deceased: bool = False
    # What was agreed to, and how.
    consent: ConsentState = "unknown"
    consent_how: How | None = None
    has_proof: bool | None = None
    by_guardian: bool | None = None
    # What was refused.
    has_objected: bool = False
    is_restricted: bool = False
    do_not_contact: bool = False
    opted_out_of_sharing: bool = False
    on_phone_register: bool | None = None
    on_post_register: bool | None = None
    # What there is between sender and person.
    is_customer: bool | None = None
    is_current: bool | None = None
    customer_since: date | None = None
    last_deal: date | None = None
    last_inquiry: date | None = None
    bought: frozenset[str] = frozenset()
    offered: str = ""
    is_similar: bool | None = None
    obtained_by_sender: bool | None = None
    obtained_through: Through | None = None
    opt_out_at_collection: bool | None = None
    opt_out_in_messages: bool | None = None
    has_asked: bool | None = None
    # The address, the message and the sender.
    is_published: bool | None = None
    is_generic: bool | None = None
    concerns_business: bool | None = None
    has_promotion: bool | None = False
    uses_autodialer: bool | None = None
    interest_weighed: bool | None = None
    sender: SenderKind = "ordinary"
