"""What the register of fields says as a whole: the record of processing, notices, the schedule.

Nothing here is typed by hand: it follows from the fields that the rooms and the company declare,
the sources that deliver, and who the company says it is. Articles 13, 14 and 30 GDPR; the
categories of the California Consumer Privacy Act (Civil Code 1798.140(v)(1)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klantbeeld.accounts.reads import needs
from klantbeeld.core import fields
from klantbeeld.core.actor import Actor
from klantbeeld.core.fields import Field
from klantbeeld.core.models import Source

OPEN_BASIS = "unknown"
# The longest key that a category begins with decides; letters of 1798.140(v)(1).
CCPA: Mapping[str, str] = {
    "user": "A", "user.name": "A", "user.contact": "A", "user.unique_id": "A",
    "user.account": "A", "user.social": "A", "user.government_id": "A", "user.financial": "B",
    "user.payment": "B", "user.demographic": "C", "user.behavior": "D", "user.biometric": "E",
    "user.device": "F", "user.behavior.browsing_history": "F", "user.location": "G",
    "user.content": "H", "user.workplace": "I", "user.job_title": "I",
    "user.demographic.profile": "K", "user.privacy_preferences": "A",
    "user.health_and_medical": "L", "user.criminal_history": "L",
}  # fmt: skip


@dataclass(frozen=True)
class Activity:
    """One processing: a purpose of one group of people, with all that is held for it."""

    purpose: str
    subject: str
    bases: tuple[str, ...]
    categories: tuple[str, ...]
    natures: tuple[str, ...]
    sensitivities: tuple[str, ...]
    fields: tuple[Field, ...]
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Fields that are kept equally long on the same basis."""

    retention_days: int
    basis: str
    subject: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as the register knows it."""

    key: str
    name: str
    basis: str


def register() -> list[Field]:
    """Every field: built in, of the company's own, and every personal column of a table."""
    return [*fields.everything().values(), *fields.columns().values()]


@needs("sources.read")
def activities(actor: Actor) -> list[Activity]:
    """The processings of the record of article 30, by purpose."""
    held = register()
    found = []
    for subject in sorted({f.subject for f in held}):
        own = [f for f in held if f.subject == subject]
        for purpose in sorted({p for f in own for p in f.purposes}):
            found.append(_activity(purpose, subject, [f for f in own if purpose in f.purposes]))
    return found


def _activity(purpose: str, subject: str, held: list[Field]) -> Activity:
    return Activity(
        purpose, subject, _distinct(f.basis for f in held), _distinct(f.category for f in held),
        _distinct(f.nature for f in held), _distinct(f.sensitivity for f in held),
        tuple(held), min(f.retention_days for f in held), max(f.retention_days for f in held),
    )  # fmt: skip


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


@needs("sources.read")
def schedule(actor: Actor) -> list[Kept]:
    """The retention schedule: what goes first stands first."""
    groups: dict[tuple[int, str, str], list[Field]] = {}
    for field in register():
        groups.setdefault((field.retention_days, field.basis, field.subject), []).append(field)
    return [Kept(*key, tuple(held)) for key, held in sorted(groups.items())]


@needs("sources.read")
def undecided(actor: Actor) -> list[Field]:
    """Fields of the company's own of which nobody said yet why they may be kept."""
    return [f for f in fields.everything().values() if f.basis == OPEN_BASIS]


@needs("sources.read")
def origins(actor: Actor) -> list[Origin]:
    """The sources that delivered, by name."""
    held = Source.objects.order_by("name", "pk")
    return [Origin(s.key, s.name, s.basis) for s in held]


def ccpa_category(category: str) -> str:
    """The letter of the Californian category that a fideslang category falls in."""
    parts = category.split(".")
    while parts:
        if (found := CCPA.get(".".join(parts))) is not None:
            return found
        parts.pop()
    return "A"


@needs("sources.read")
def ccpa(actor: Actor) -> dict[str, list[Field]]:
    """Letter of the Californian category to the customers' fields in it."""
    found: dict[str, list[Field]] = {}
    for field in register():
        if field.subject == "customer":
            found.setdefault(ccpa_category(field.category), []).append(field)
    return dict(sorted(found.items()))
