"""What is done with special data, by kind: a declared table, dated, each line with its law.

Kinds are those of `quality.special`. Nothing here is decided by code: who needs another treatment
records the law that requires it (`SpecialGround`), by whom and until when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

# block: the value is dropped, nothing of it is kept. mask: it is taken out, the original lies
# sealed in quarantine for a while. apart: taken out, the original sealed for as long as the ground
# holds. allow: an ordinary value.
Treatment = Literal["block", "mask", "apart", "allow"]
CHECKED = "2026-11"  # when somebody last held this table against the law
QUARANTINE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: what is done by default, what with a recorded ground, and why.

    since: the day from which the law below holds (ISO). With a `ground` that equals the default
    there is no way to keep the value.
    """

    kind: str
    default: Treatment
    ground: Treatment
    law: str
    since: str


_UAVG_46 = "GDPR art. 87; UAVG art. 46"
_GDPR_9 = "GDPR art. 9; UAVG art. 22"
TREATMENTS: Mapping[str, Rule] = {
    rule.kind: rule
    for rule in (
        Rule("bsn", "block", "apart", _UAVG_46, "2018-05-25"),
        Rule("old_vat", "block", "apart", _UAVG_46, "2020-01-01"),
        Rule("national_number", "block", "apart", "GDPR art. 87", "2018-05-25"),
        Rule("card", "block", "block", "PCI DSS 4.0.1, 3.3 and 3.5", "2024-06-11"),
        Rule("identity_document", "mask", "apart", _UAVG_46, "2018-05-25"),
        Rule("driving_licence", "mask", "apart", _UAVG_46, "2018-05-25"),
        Rule("health_insurance", "mask", "apart", f"{_GDPR_9}, 30", "2018-05-25"),
        Rule("rsin", "allow", "allow", "", "2018-05-25"),
        Rule("iban", "allow", "allow", "GDPR art. 6", "2018-05-25"),
        Rule("health", "mask", "apart", f"{_GDPR_9}, 30", "2018-05-25"),
        Rule("union", "mask", "apart", f"{_GDPR_9}", "2018-05-25"),
        Rule("belief", "mask", "apart", f"{_GDPR_9}, 27", "2018-05-25"),
        Rule("politics", "mask", "apart", f"{_GDPR_9}, 26", "2018-05-25"),
        Rule("orientation", "mask", "apart", _GDPR_9, "2018-05-25"),
        Rule("ethnicity", "mask", "apart", f"{_GDPR_9}, 25", "2018-05-25"),
        Rule("criminal", "mask", "apart", "GDPR art. 10; UAVG art. 31-33", "2018-05-25"),
    )
}
KINDS = tuple(TREATMENTS)
# Numbers that fill a cell by themselves: of such a column the whole cell goes.
WHOLE_CELLS = frozenset(KINDS[:8])
# Numbers that stand in no name of a file or table and no heading: of a name nothing is kept apart.
NOT_IN_NAMES = frozenset(kind for kind in WHOLE_CELLS if TREATMENTS[kind].default != "allow")


class Ground(NamedTuple):
    """A recorded law: of one kind, of one source ("" for all); `until` an ISO day, "" for open."""

    kind: str
    source: str
    until: str = ""


WHOLE_SOURCE = ""  # in the place of a column: a topic is off for all that a source tells
# Topics may be off for a source; guarded numbers only for a column that holds something else.
TOPICS = frozenset(KINDS) - WHOLE_CELLS - {"iban"}


def treatment_of(kind: str, source: str, grounds: Iterable[Ground], today: str) -> Treatment:
    """What is done with a kind from a source on a day (ISO)."""
    rule = TREATMENTS[kind]
    holds = any(
        ground.kind == kind
        and ground.source in ("", source)
        and (not ground.until or today <= ground.until)
        for ground in grounds
    )
    return rule.ground if holds else rule.default


def treatments_for(source: str, grounds: Iterable[Ground], today: str) -> dict[str, Treatment]:
    """`treatment_of` for every kind."""
    held = list(grounds)
    return {kind: treatment_of(kind, source, held, today) for kind in KINDS}
