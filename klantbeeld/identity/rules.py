"""What people decided about matching: bars, what keeps apart, what brings nobody together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import polars as pl

from klantbeeld.core.hashing import hash64, hash_column
from klantbeeld.identity import core
from klantbeeld.identity.core.identifiers import JOINING, ranked
from klantbeeld.identity.core.limits import TYPES

# Roles whose single values can be blocked; both kinds of number are one.
BLOCKABLE = ("email", "phone", "iban", "login", "loyalty_number")
_COLUMNS = {"phone": ("phone", "mobile")}
# Compared values of which two different ones can be said to be two customers.
DIFFERING = ("birth", "number", "login", "loyalty", "iban", "kvk", "vat")
# Identifiers of which it can be said how many people may use one, and those that can be ranked.
LIMITABLE = TYPES
RANKED = tuple(JOINING)
JOIN_BITS = (-3.0, 20.0)
HOUSEHOLD = (0.5, 0.99)


@dataclass(frozen=True)
class Blocked:
    """A value that says nothing about who somebody is: its hash, and a hint for people."""

    role: str
    hash: int
    hint: str


@dataclass(frozen=True)
class Limited:
    """How many people may use one value of a type (`LIMITABLE`): ever, or within so many days."""

    type: str
    persons: int
    days: int | None = None


@dataclass(frozen=True)
class Rules:
    """How matching departs from what the model learnt; nothing given leaves it as it is.

    join_bits: weight at which records are one customer. household: probability from which
    two customers are a household. unique: sources that hold everybody once (None: as the sources
    themselves say). differing: see `DIFFERING`. blocked: see `Blocked`.
    limits: see `Limited`, a type at most once. priority: the identifiers that join by themselves,
    strongest first (see `core.identifiers.JOINING`); () as usual.
    """

    join_bits: float | None = None
    household: float | None = None
    unique: tuple[str, ...] | None = None
    differing: tuple[str, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    limits: tuple[Limited, ...] = ()
    priority: tuple[str, ...] = ()

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Rules:
        """The rules of `plain`; keys of a later version are left out."""
        known = {f.name for f in fields(cls)} & set(told)
        given = {name: told[name] for name in known}
        given["blocked"] = tuple(Blocked(**one) for one in given.get("blocked", ()))
        given["limits"] = tuple(Limited(**one) for one in given.get("limits", ()))
        given["priority"] = tuple(given.get("priority", ()))
        given["differing"] = tuple(given.get("differing", ()))
        if given.get("unique") is not None:
            given["unique"] = tuple(given["unique"])
        return cls(**given)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps them."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}

    def checked(self) -> Rules:
        """The same. Raises ValueError for a value that cannot be."""
        if self.join_bits is not None and not JOIN_BITS[0] <= self.join_bits <= JOIN_BITS[1]:
            raise ValueError("join_bits")
        if self.household is not None and not HOUSEHOLD[0] <= self.household <= HOUSEHOLD[1]:
            raise ValueError("household")
        if not set(self.differing) <= set(DIFFERING):
            raise ValueError("differing")
        if any(one.role not in BLOCKABLE for one in self.blocked):
            raise ValueError("blocked")
        if len({one.type for one in self.limits} & set(LIMITABLE)) < len(self.limits):
            raise ValueError("limits")
        self.by_type()
        ranked(self.priority)
        return self

    def by_type(self) -> dict[str, core.Limit]:
        """The limits as the core takes them. Raises ValueError for one that cannot be."""
        return {one.type: core.Limit(one.persons, one.days) for one in self.limits}


def ruled(model: core.Model, rules: Rules) -> core.Model:
    """The model with the bars and the ranks that people chose."""
    if rules.priority:
        person = replace(model.kinds[core.PERSON], priorities=ranked(rules.priority))
        model = replace(model, kinds={**model.kinds, core.PERSON: person})
    for kind in model.kinds:
        bounds = model.kinds[kind].thresholds
        same = bounds.same if rules.join_bits is None else rules.join_bits
        home = bounds.household if rules.household is None else rules.household
        if (same, home) != (bounds.same, bounds.household):
            # What is looked at by people stays as far under the bar as it was.
            review = min(bounds.review, same - (bounds.same - bounds.review))
            loose = min(bounds.loose, review - 1)
            model = model.with_thresholds(
                kind, same=same, household=home, review=review, loose=loose
            )
    return model


def block(role: str, value: str) -> Blocked:
    """A value to be blocked, in its standard form: kept as a hash, and shown by its ends."""
    return Blocked(role, hash64(value), hint(value))


def hint(value: str) -> str:
    """The ends of a value, enough to know it again and too little to reach anybody."""
    name, at, host = value.partition("@")
    return (name[:2] + "…" + name[-1:] if len(name) > 3 else name[:1] + "…") + at + host


def without_blocked(frame: pl.DataFrame, blocked: Collection[Blocked]) -> pl.DataFrame:
    """Records (see `matching.flat`) in which blocked values are not there."""
    for role in {one.role for one in blocked}:
        hashes = pl.Series([one.hash for one in blocked if one.role == role], dtype=pl.Int64)
        for name in _COLUMNS.get(role, (role,)):
            hit = hash_column(frame[name]).is_in(hashes.implode()) & frame[name].is_not_null()
            kept = pl.when(~hit).then(pl.col(name)).alias(name)
            frame = frame.with_columns(kept)
    return frame


def changed(rules: Rules, **new: Any) -> Rules:
    """The rules with some of them changed. Raises ValueError for what cannot be."""
    return replace(rules, **new).checked()
