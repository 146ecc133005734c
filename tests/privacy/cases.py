"""The cases of `tests/golden/contact` and how facts are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from klantbeeld.privacy.contact_law.facts import ContactFacts

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "contact"


@dataclass(frozen=True)
class Case:
    """One case: its story, its facts, and the verdict with the source of the law behind it."""

    country: str
    story: str
    facts: ContactFacts
    answer: str
    reason: str
    rule: str
    source: str


def facts_of(given: Mapping[str, Any]) -> ContactFacts:
    """The facts as a file says them; lists are sets there."""
    values = {**given}
    if "bought" in values:
        values["bought"] = frozenset(values["bought"])
    return ContactFacts(**values)


def cases_in(path: Path) -> Iterator[Case]:
    """The cases of one file, situations filled in; a source that is not listed is an error."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for case in told["cases"]:
        given: dict[str, Any] = {}
        for part in case["given"]:
            given |= told["situations"][part] if isinstance(part, str) else part
        source = told["sources"][case["source"]]
        yield Case(path.stem, case["story"], facts_of(given), *case["verdict"], source)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every country."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in cases_in(path))
