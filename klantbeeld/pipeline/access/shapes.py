"""The bundle as data: what stands in `inzage.json`, from which its JSON schema is made."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

FORMAT = "klantbeeld-access"
VERSION = 1


class Part(BaseModel):
    """A part of the bundle; nothing stands in it that its schema does not name."""

    model_config = ConfigDict(extra="forbid")


class Told(Part):
    """A value as another source has it, or had it before, and why it does not hold."""

    value: str
    source: str
    at: str = ""
    why: str = ""


class Value(Part):
    """One value that holds, where it came from, and why it is kept."""

    key: str
    label: str
    value: str
    source: str = Field(description="Where the value came from.")
    at: str = Field("", description="When the source said so, ISO 8601.")
    chosen_by: str = Field("", description="The rule by which this value was chosen.")
    category: str = Field(description="Category of fideslang.")
    purposes: list[str]
    basis: str = Field(description="Legal basis (article 6 GDPR).")
    retention_days: int = Field(description="Kept so long after the end of the relation.")
    nature: str
    is_derived: bool
    others: list[Told] = Field(default_factory=list)


class SourceTold(Part):
    """A source of the data, and how and by when the customer is informed of it."""

    key: str
    name: str
    basis: str
    obtained: str
    inform_by: str
    informed_on: str = ""
    informed_how: str = ""


class ConsentSaid(Part):
    """What holds for one channel and purpose, since when and by which statement."""

    channel: str
    purpose: str
    state: str
    since: str = ""
    source: str = ""
    evidence: str = ""
    topic: str = ""
    brand: str = ""


class Logic(Part):
    """A group or a score that the customer was put in or given, with its logic."""

    key: str
    label: str
    value: str
    because: str = Field(description="Why this customer.")
    logic: str = Field(description="How it is decided for everybody.")


class Happening(Part):
    """One thing in the history."""

    at: str
    kind: str
    title: str
    channel: str = ""
    direction: str = ""
    status: str = ""
    amount: str = ""
    currency: str = ""
    with_whom: str = ""
    source: str = ""
    text: str = ""
    lines: list[dict[str, Any]] = Field(default_factory=list)
    details: dict[str, Any] = Field(default_factory=dict)


class Paper(Part):
    """A document. `file` is its place in the bundle, "" when it is not handed out."""

    name: str
    file: str = ""
    media_type: str = ""
    at: str = ""
    size: int = 0
    left_out: str = Field("", description="Why it is not handed out.")


class Looked(Part):
    """One time that somebody of the company, or a program, looked at or changed the data."""

    at: str
    action: str
    role: str
    purpose: str
    through: str


class Purpose(Part):
    """What data are used for."""

    key: str
    label: str


class Bundle(Part):
    """Everything that is held about one customer (articles 15 and 20 GDPR)."""

    format: str = FORMAT
    version: int = VERSION
    made_at: str
    language: str
    company: dict[str, Any]
    name: str
    kind: str
    received_on: str = ""
    values: list[Value]
    sources: list[SourceTold]
    recipients: list[str]
    purposes: list[Purpose]
    consents: list[ConsentSaid]
    groups: list[Logic]
    scores: list[Logic]
    tags: list[str]
    history: list[Happening]
    subscriptions: list[dict[str, Any]]
    documents: list[Paper]
    looked: list[Looked]
    held: dict[str, list[dict[str, Any]]] = Field(
        description="Every row of every room, as it is stored; dates in ISO 8601."
    )
    masked: int = Field(description="How many mentions of other people were made unreadable.")


def schema() -> dict[str, Any]:
    """The JSON schema of the bundle (draft 2020-12), as it is published with each one."""
    made = Bundle.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:{VERSION}",
        **made,
    }
