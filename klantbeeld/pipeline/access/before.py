"""A customer as he was from one change to the next: rows that another house reads one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klantbeeld.core.actor import Actor
from klantbeeld.pipeline.access import rows
from klantbeeld.pipeline.access.gather import Gathered
from klantbeeld.privacy import reads as privacy
from klantbeeld.profiles import reads as profiles
from klantbeeld.sources.tables import ROLES

# Each is a delivery of its own where it is read back.
MOST = 100
SAYS = {"granted": "ja", "denied": "nee", "withdrawn": "nee"}
Row = dict[str, Any]


def customer_rows(actor: Actor, made: Gathered, role: str, number: str) -> list[Row]:
    """The customer by `role` (what names him, the same in all) at each change, the latest last.

    What was said about contact stands with the moment at which it changed.
    """
    held = profiles.course_of(actor, made.subject.customer)
    said = _changes(actor, made)
    values: Mapping[str, Any] = {}
    found: list[Row] = []
    for at in sorted({h.at for h in held} | set(said)):
        values = next((h.values for h in reversed(held) if h.at <= at), {})
        found.append(_row(made, values, role, number) | _at(at) | said.get(at, {}))
    golden = made.subject.known.golden()
    if golden != values or not found:
        found.append(_row(made, golden, role, number) | (_at(held[-1].at) if held else {}))
    return found[-MOST:]


def _at(at: int) -> Row:
    return {"updated_at": rows.moment(at)}


def _row(made: Gathered, values: Mapping[str, Any], role: str, number: str) -> Row:
    said = {
        key: value if key in ROLES and key not in ("note", "wish") else made.others.cleaned(value)
        for key, value in values.items()
        if (key != "age" or len(values) < 3) and key != "number_of"
    }
    return {role: number} | said | {role: number}


def _changes(actor: Actor, made: Gathered) -> dict[int, Row]:
    """Moment to what was said anew then about being contacted, by role."""
    records = made.subject.records
    found: dict[int, Row] = {}
    before: Row = {}
    for at in sorted({line.said.at for line in privacy.said_of(actor, records)}):
        now = {
            f"consent_{channel}": SAYS[consent.state]
            for channel, consent in privacy.consents(actor, records, at=at).items()
            if f"consent_{channel}" in ROLES and consent.state in SAYS
        }
        new = {key: value for key, value in now.items() if before.get(key) != value}
        if new:
            found[at] = new
        before = now
    return found
