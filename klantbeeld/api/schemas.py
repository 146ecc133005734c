"""What is sent and answered: fields are the roles of columns, the same as in files."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from klantbeeld.sources.tables import ROLE_GROUPS

Scalar = str | int | float | bool | None
_PERSON = ("identifiers", "names", "address", "descriptive", "qualitative", "consent")
_KEPT = ("record_key", "updated_at", "created_at")


def _fields(*groups: str, more: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [role for group in groups for role in ROLE_GROUPS[group].split()]
    return dict.fromkeys(dict.fromkeys((*names, *more)), (Scalar, None))


class _Strict(Schema):
    """A field that there is not is refused, so that no typing error loses anything."""

    model_config = ConfigDict(extra="forbid")


CustomerIn = create_model(
    "CustomerIn", __base__=_Strict, __doc__="A customer, in roles.", **_fields(*_PERSON, more=_KEPT)
)
LineIn = create_model("LineIn", __base__=_Strict, __doc__="A line of an order.", **_fields("lines"))
OrderIn = create_model(
    "OrderIn",
    __base__=_Strict,
    __doc__="An order, in roles: who bought, when and what.",
    **{
        **_fields(*_PERSON, "orders", "lines"),
        "order_number": (str | int, Field(description="The same number again is the same order.")),
        "ordered_at": (str, Field(description="ISO 8601, such as 2026-11-21T14:02:00+01:00.")),
        "lines": (
            list[LineIn],  # type: ignore[valid-type]
            Field(default_factory=list, max_length=500),
        ),
    },
)  # fmt: skip
_SOURCE = Field(default="", max_length=80, description="Needed when the key is for any source.")


class OrdersIn(_Strict):
    """Orders to bring."""

    source: str = _SOURCE
    orders: list[OrderIn] = Field(min_length=1, max_length=500)  # type: ignore[valid-type]


class CustomersIn(_Strict):
    """Customers to bring."""

    source: str = _SOURCE
    customers: list[CustomerIn] = Field(min_length=1, max_length=500)  # type: ignore[valid-type]


class MatchIn(_Strict):
    """Somebody to be found: nothing of it is stored."""

    customer: CustomerIn  # type: ignore[valid-type]
    limit: int = Field(default=5, ge=1, le=20)


class ContactIn(_Strict):
    """For what somebody would be contacted, and when."""

    channel: Literal["email", "phone", "post", "sms", ""] = ""
    purpose: Literal["marketing", "fundraising", "survey", "service", "sharing"] = "marketing"
    day: date | None = Field(default=None, description="ISO 8601; today by default.")
    brand: str = Field(default="", max_length=80)
    topic: str = Field(default="", max_length=80)
    offered: str = Field(default="", max_length=120, description="Category of what is offered.")
    is_similar: bool | None = Field(
        default=None, description="Whether that resembles what the customer bought."
    )


class RowOut(Schema):
    """What became of one row: stored, quarantined or suppressed; and whose it is."""

    row: int
    outcome: str
    customer: str | None = Field(description="Opaque id of the customer; null for nobody.")
    reasons: dict[str, str] = Field(description="Field to reason code, of a quarantined row.")


class BroughtOut(Schema):
    """A delivery: how many rows were new, said nothing new, or wait in quarantine."""

    delivery: str
    stored: int
    unchanged: int
    quarantined: int
    suppressed: int
    rows: list[RowOut]


class ReasonOut(Schema):
    """One reason for or against: a comparison or a rule, in words and in bits of evidence."""

    comparison: str
    finding: str
    words: str
    bits: float


class CandidateOut(Schema):
    """A customer who it may be. class: same, household or unrelated."""

    customer: str
    kind: str = Field(alias="class", serialization_alias="class")
    probability: float
    household_probability: float
    weight: float = Field(description="log2 odds of being the same customer")
    is_doubtful: bool = Field(description="A person would be asked.")
    reasons: list[ReasonOut]

    model_config = ConfigDict(populate_by_name=True)


class MatchOut(Schema):
    """The customers who it may be, best first; the first has class same when storing joins it."""

    candidates: list[CandidateOut]


class ChannelOut(Schema):
    """The verdict for one channel. answer: allowed, not_allowed or unknown (grey: do not send)."""

    channel: str
    answer: str
    reason: str = Field(description="Stable code.")
    words: str = Field(description="The reason, in Dutch or English.")
    changes: list[str] = Field(description="What to record first, or what would change it.")
    duties: list[str] = Field(description="What comes with contacting.")
    rule: str
    law: str = Field(description="The citation of the rule.")
    until: str | None = Field(description="First day on which the rule no longer holds.")


class ContactOut(Schema):
    """May this customer be contacted for this purpose on this day."""

    customer: str
    purpose: str
    day: str
    channels: list[ChannelOut]


class MistakeOut(Schema):
    """What is wrong: a stable code, a sentence; and in which row and field."""

    code: str
    message: str
    row: int | None = None
    field: str | None = None


class ErrorOut(Schema):
    """An error."""

    error: MistakeOut
