"""Every value that holds of a customer with where it came from and what lost: for the customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klantbeeld.profiles.building import members_of
from klantbeeld.profiles.identity_lines import known_of
from klantbeeld.profiles.rules import Golden, Said, golden


@dataclass(frozen=True)
class Accounted:
    """What holds of one customer, field by field, and all that his records say.

    `names` maps a source's key to its name. `values` are as in `rules.golden`.
    """

    values: Mapping[str, Golden]
    said: tuple[Said, ...]
    names: Mapping[str, str]

    def golden(self) -> dict[str, Any]:
        """Field to the value that holds."""
        return {key: chosen.value for key, chosen in self.values.items()}


def accounted(customer: int, names: Mapping[str, str]) -> Accounted:
    """The values of a customer; empty for one without records."""
    members = members_of([customer]).get(customer, [])
    known = known_of(members, names)
    return Accounted(golden(known.said), known.said, names)
