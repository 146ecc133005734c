"""Rules that hold whatever the odds: which identifiers join, and what they can never join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from .model import Parameters

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Levels = pl.DataFrame | Mapping[str, npt.NDArray[Any]]


class Rule(Protocol):
    """A correction of weights by levels; `words` is its key in explanations."""

    @property
    def words(self) -> str:
        """Key of the text that explains it."""
        ...

    @property
    def comparison(self) -> str:
        """Where no pair has this comparison it corrects nothing; '' for one that always may."""
        ...

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """The corrected weights."""
        ...


def _level(levels: Levels, name: str) -> npt.NDArray[np.int8]:
    return np.asarray(levels[name])


# The identifiers of persons that join by themselves, strongest first, and by how many bits.
JOINING: Mapping[str, float] = {"number": 8.0, "login": 6.0, "document": 4.0, "email": 2.0}


# More than what else is told of a record weighs for one person and not for another.
_RANK_BITS = 20.0


def ranked(order: Sequence[str]) -> dict[str, float]:
    """Bits that identifiers are given beyond what they say, strongest first.

    A record that has one person's number and another's mailbox goes with the stronger of the two,
    whatever else is alike. Raises ValueError for unknown identifiers.
    """
    if not set(order) <= set(JOINING) or len(set(order)) < len(order):
        known = ", ".join(JOINING)
        raise ValueError(f"the order of identifiers holds each of these once at most: {known}")
    return {name: _RANK_BITS * place for place, name in enumerate(reversed(order), start=1)}


def _joined(weight: Floats, holds: Flags, name: str, parameters: Parameters) -> Floats:
    """Over the bar where an identifier is equal, by as much as it is usually or people ranked it.

    Untouched where people do not let it join by itself.
    """
    if parameters.priorities and name not in parameters.priorities:
        return weight
    rank = parameters.priorities.get(name, 0.0)
    over = np.maximum(weight, parameters.thresholds.same + JOINING[name]) + rank
    return np.where(holds, over, weight)


@dataclass(frozen=True)
class Identifier:
    """An equal identifier joins, unless the names contradict: see `JOINING`."""

    comparison: str
    level: int

    @property
    def words(self) -> str:
        """Key of the text that explains it."""
        return f"identifier_{self.comparison}"

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Over the threshold where the identifier is equal."""
        holds = (_level(levels, self.comparison) >= self.level) & ~contradicts(levels)
        return _joined(weight, holds, self.comparison, parameters)


class Document:
    """An equal passport, licence or registration joins, unless nothing else about the two agrees.

    Names are spelt in many ways and a surname changes; a number of a document is copied.
    """

    words = "identifier_document"
    comparison = "document"

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Over the threshold where a number is shared and a name or the birth date agrees."""
        unlike = _level(levels, "first_name") == 0
        unlike &= (_level(levels, "surname") == 0) | (_level(levels, "birth_date") == 0)
        holds = (_level(levels, "document") == 2) & ~unlike
        return _joined(weight, holds, "document", parameters)


def contradicts(levels: Levels) -> Flags:
    """Where the names cannot be one person's, as far as names go.

    First names that are not even near (in one mailbox Mark and Mary are two people); or no equal
    first name to go by and clearly different surnames or genders; or a wholly different birth
    date (father and son).
    """
    first, surname = _level(levels, "first_name"), _level(levels, "surname")
    birth, gender = _level(levels, "birth_date"), _level(levels, "gender")
    unlike = ((first >= 0) & (first <= 1)) | ((birth >= 0) & (birth <= 1))
    result: Flags = unlike | ((first < 4) & ((surname == 0) | (gender == 0)))
    return result


class OtherMember:
    """Clearly different first names and nothing personal in common: not the same person.

    An address, a mailbox, a telephone and an account are shared in families; a birth date, a
    national number, a log-in and a customer number are not. In data that turned out to hold hardly
    any families the odds are left to themselves.
    """

    words = "other_member"
    comparison = "first_name"
    bits = -6.0

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """At most `bits` where it holds."""
        if not parameters.has_families:
            return weight
        is_personal = (_level(levels, "birth_date") >= 3) | (_level(levels, "login") == 1)
        is_personal |= _level(levels, "document") == 2
        is_personal |= (_level(levels, "number") == 1) | (_level(levels, "national_id") >= 2)
        holds = (_level(levels, "first_name") == 0) & ~is_personal
        return np.where(holds, np.minimum(weight, self.bits), weight)


class NamesAlone:
    """A name, even with a town, does not join on its own: namesakes. It may go to review.

    Only where the frequencies were learnt a name so rare does that the odds are `thresholds.names`
    bits over the bar (see `held_out`). What does not join is no evidence against either: it stays
    `under` the bar, hardly negative.
    """

    words = "names_alone"
    comparison = ""
    under = 0.1
    # What else may agree, from which level on.
    lowest: ClassVar[Mapping[str, int]] = {
        "birth_date": 3, "address": 2, "email": 1, "phone": 1, "number": 1, "login": 1,
        "loyalty": 1, "iban": 1, "national_id": 2, "document": 1,
    }  # fmt: skip

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Just under the threshold where nothing but names agrees."""
        bounds = parameters.thresholds
        agrees = self.is_more(levels)
        if parameters.is_fitted:
            agrees |= weight >= bounds.same + bounds.names
        return np.where(agrees, weight, np.minimum(weight, bounds.same - self.under))

    @classmethod
    def is_more(cls, levels: Levels) -> Flags:
        """Where something agrees that is neither a name nor a town."""
        agrees = np.zeros(len(_level(levels, "number")), dtype=bool)
        for name, level in cls.lowest.items():
            agrees |= _level(levels, name) >= level
        return agrees


@dataclass(frozen=True)
class Registered:
    """An organisation's registration: equal joins, differing keeps apart.

    One that stands at many places joins those of one place only.
    """

    comparison: str
    priority: float
    equal: int = 1
    keeps_apart: bool = True
    bits = -6.0

    @property
    def words(self) -> str:
        """Key of the text that explains it."""
        return f"registered_{self.comparison}"

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Bounded from below where equal, from above where different."""
        level = _level(levels, self.comparison)
        branch = _level(levels, "branch")
        joined = np.where(
            (level == self.equal) & (branch != 0) & (branch != 1),
            np.maximum(weight, parameters.thresholds.same + self.priority),
            weight,
        )
        if not self.keeps_apart:
            return joined
        return np.where(level == 0, np.minimum(joined, self.bits), joined)


class NameAndPlace:
    """Two organisations of one name in one place are one: branches stand elsewhere.

    At one address names that are alike are one: two firms in a building have names of their own.
    """

    words = "name_and_place"
    comparison = "organisation"
    priority = 2.0

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Over the threshold where the name is equal and the postcode too, or alike with both."""
        name, place = _level(levels, "organisation"), _level(levels, "address")
        holds = ((name == 4) & (place >= 3)) | ((name >= 2) & (place == 4))
        bar = parameters.thresholds.same + self.priority
        return np.where(holds, np.maximum(weight, bar), weight)


class Branch:
    """Organisations at different addresses under names that differ, or alike in the name alone.

    A branch with its parent's telephone, or a shop of a chain: related, and a record of its own. A
    mailbox, an account or a number of their own would tell otherwise.
    """

    words = "branch"
    comparison = "address"

    def apply(self, weight: Floats, levels: Levels, parameters: Parameters) -> Floats:
        """Just under the threshold where it holds."""
        place = _level(levels, "address")
        own = (_level(levels, "email") >= 2) | (_level(levels, "iban") == 1)
        own |= _level(levels, "number") == 1
        reached = (_level(levels, "organisation") == 4) & (_level(levels, "phone") >= 2)
        holds = (place >= 0) & (place <= 1) & ~own & ~reached
        return np.where(holds, np.minimum(weight, parameters.thresholds.same - 1), weight)


# In order: what comes later has the last word.
DETERMINISTIC: Mapping[str, tuple[Rule, ...]] = {
    "person": (
        NamesAlone(),
        Identifier("email", 3),
        Identifier("login", 1),
        Document(),
        Identifier("number", 1),
        OtherMember(),
    ),
    "organisation": (
        NameAndPlace(),
        Branch(),
        Registered("vat", 4.0),
        Registered("kvk", 6.0),
        Registered("document", 4.0, 2, keeps_apart=False),
    ),
}
