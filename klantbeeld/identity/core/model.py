"""The matching model: what is known before and learnt from data, frozen under a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .key_kinds import worthwhile
from .plain import Stopped
from .values import ORGANISATION, PERSON

FORMAT = 3
SAME, HOUSEHOLD, UNRELATED = 0, 1, 2
CLASSES = ("same", "household", "unrelated")

# Under these names a model keeps what comparing organisations goes by: the share of names that hold
# each word, and at how many places the values stand that several places share.
WORDS, PLACES = "organisation_words", "organisation_places"

Odds = tuple[float, ...]
Table = Mapping[str, tuple[Odds, Odds, Odds]]

# Starting parameters: per comparison the probability of each level (as listed in `compare`), for
# the same person, for another member of the household, for two unrelated people. They describe
# a Dutch customer base of middling care: one in fifty first names written quite differently, one
# record in five with a former address, families that share surname, address and often a fixed
# line, and one household pair in ten that shares a mailbox. First name and birth date of another
# member are the population's, but for twins (one household pair in two hundred).
PERSON_START: Table = {
    "first_name": (
        (0.02, 0.02, 0.06, 0.06, 0.84),
        (0.93, 0.05, 0.005, 0.01, 0.005),
        (0.93, 0.05, 0.005, 0.01, 0.005),
    ),
    "surname": ((0.05, 0.03, 0.04, 0.88), (0.25, 0.01, 0.05, 0.69), (0.98, 0.015, 0.003, 0.002)),
    "birth_date": (
        (0.02, 0.005, 0.015, 0.01, 0.03, 0.92),
        (0.9745, 0.015, 0.0035, 0.0003, 0.0017, 0.005),
        (0.983, 0.013, 0.0034, 0.0001, 0.00046, 0.00004),
    ),
    "address": (
        (0.15, 0.06, 0.03, 0.04, 0.72),
        (0.06, 0.03, 0.01, 0.03, 0.87),
        (0.9303, 0.065, 0.002, 0.002, 0.0007),
    ),
    "email": (
        (0.35, 0.03, 0.02, 0.60),
        (0.895, 0.003, 0.002, 0.10),
        (0.99989, 0.00005, 0.00001, 0.00005),
    ),
    "phone": (
        (0.35, 0.02, 0.13, 0.50),
        (0.62, 0.01, 0.30, 0.07),
        (0.99985, 0.00005, 0.00006, 0.00004),
    ),
    "gender": ((0.03, 0.97), (0.55, 0.45), (0.5, 0.5)),
    "number": ((0.5, 0.5), (0.975, 0.025), (0.9999995, 0.0000005)),
    "login": ((0.3, 0.7), (0.97, 0.03), (0.999999, 0.000001)),
    "loyalty": ((0.2, 0.8), (0.6, 0.4), (0.999999, 0.000001)),
    "iban": ((0.3, 0.7), (0.4, 0.6), (0.999999, 0.000001)),
    "middle_names": ((0.3, 0.1, 0.6), (0.9, 0.02, 0.08), (0.97, 0.01, 0.02)),
    "document": ((0.05, 0.05, 0.90), (0.997, 0.002, 0.001), (0.99999, 0.000009, 0.000001)),
    "national_id": (
        (0.02, 0.01, 0.05, 0.92),
        (0.9969, 0.002, 0.001, 0.0001),
        (0.99889, 0.001, 0.0001, 0.00001),
    ),
    "birth_place": ((0.2, 0.05, 0.75), (0.55, 0.05, 0.40), (0.97, 0.01, 0.02)),
    "profession": ((0.4, 0.05, 0.55), (0.85, 0.02, 0.13), (0.95, 0.01, 0.04)),
    "locality": ((0.15, 0.1, 0.75), (0.15, 0.1, 0.75), (0.99, 0.003, 0.007)),
}

# For organisations the middle class is a related one: a branch, a sister company, a neighbour in
# the same building.
ORGANISATION_START: Table = {
    "organisation": (
        (0.04, 0.05, 0.06, 0.05, 0.80),
        (0.40, 0.08, 0.12, 0.05, 0.35),
        (0.975, 0.018, 0.002, 0.002, 0.003),
    ),
    "address": (
        (0.20, 0.05, 0.02, 0.03, 0.70),
        (0.50, 0.15, 0.01, 0.04, 0.30),
        (0.9303, 0.065, 0.002, 0.002, 0.0007),
    ),
    "email": (
        (0.50, 0.02, 0.01, 0.47),
        (0.93, 0.01, 0.005, 0.055),
        (0.9997, 0.0002, 0.00001, 0.00009),
    ),
    "phone": (
        (0.35, 0.02, 0.50, 0.13),
        (0.87, 0.02, 0.10, 0.01),
        (0.9998, 0.00005, 0.0001, 0.00005),
    ),
    "number": ((0.5, 0.5), (0.99, 0.01), (0.9999995, 0.0000005)),
    "kvk": ((0.05, 0.95), (0.70, 0.30), (0.99999, 0.00001)),
    "vat": ((0.06, 0.94), (0.70, 0.30), (0.99999, 0.00001)),
    "domain": ((0.15, 0.85), (0.70, 0.30), (0.9999, 0.0001)),
    "iban": ((0.15, 0.85), (0.85, 0.15), (0.99999, 0.00001)),
    "document": ((0.05, 0.05, 0.90), (0.98, 0.01, 0.01), (0.99999, 0.000009, 0.000001)),
    # Of two that share what stands at many places, or a name that stands at one or two.
    "branch": ((0.03, 0.07, 0.15, 0.75), (0.5, 0.25, 0.1, 0.15), (0.4, 0.2, 0.1, 0.3)),
}


# From so many values on it pays to lay the known ones out by their low bits.
_MANY = 4_000


@dataclass(frozen=True)
class Frequencies:
    """Shares of values in the population, by their hash; `rest` is the share of any other value."""

    hashes: tuple[int, ...]
    shares: tuple[float, ...]
    rest: float

    @cached_property
    def _arrays(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        return np.array(self.hashes, dtype=np.int64), np.array(self.shares)

    def bits_of(self, value: int) -> float:
        """log2 of the share of one hashed value, of at least 1e-12."""
        return self._bits.get(value, self._bits[0])

    @cached_property
    def _bits(self) -> Mapping[int, float]:
        shares = np.maximum(np.array([self.rest, *self.shares]), 1e-12)
        return dict(zip((0, *self.hashes), np.log2(shares).tolist(), strict=True))

    def of(self, values: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The share of each hashed value."""
        known = self._arrays[0]
        if not len(known):
            return np.full(len(values), self.rest)
        if len(values) < _MANY:
            return self._found(values)
        slots, held, share = self._slots
        at = values & (slots - 1)
        found = np.where(held[at] == values, share[at], self.rest)
        other = np.flatnonzero((held[at] != values) & (held[at] != 0))  # two values, one slot
        found[other] = self._found(values[other])
        return found

    def _found(self, values: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        known, shares = self._arrays
        at = np.minimum(np.searchsorted(known, values), len(known) - 1)
        return np.where(known[at] == values, shares[at], self.rest)

    @cached_property
    def _slots(self) -> tuple[int, npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """A value and its share per low bits of the hash: one look instead of a search."""
        known, shares = self._arrays
        slots = 1 << (4 * len(known)).bit_length()
        held, share = np.zeros(slots, dtype=np.int64), np.zeros(slots)
        held[known & (slots - 1)] = known
        share[known & (slots - 1)] = shares
        return slots, held, share


@dataclass(frozen=True)
class Thresholds:
    """Where decisions fall, in bits of log odds of 'same' unless said otherwise.

    Unfitted odds are rough, so joining needs two bits (four to one); learnt ones need even odds.
    """

    same: float = 2.0  # weight at which two records or two clusters join
    loose: float = -4.0  # weight from which records share a component at all
    review: float = -3.0  # pairs from here up, left apart, go to a person
    household: float = 0.8  # probability of the household class
    names: float = 99.0  # over `same`, from where names alone join, once learnt

    def learnt(self) -> Thresholds:
        """The same for learnt parameters."""
        return replace(self, same=0.0)


@dataclass(frozen=True)
class Parameters:
    """The model for one kind: persons or organisations.

    `odds` as in PERSON_START; `same_pairs` and `household_pairs` are the numbers of such pairs
    expected among all pairs of `records` records: together the prior.
    """

    odds: Table
    records: int = 10_000
    same_pairs: float = 5_000.0
    household_pairs: float = 7_000.0
    frequencies: Mapping[str, Frequencies] = field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    is_fitted: bool = False
    has_families: bool = True  # False only where addresses are known and show hardly any
    notes: tuple[str, ...] = ()
    # Bits by which identifiers that join by themselves go before others, where people ranked them.
    priorities: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def logs(self) -> Mapping[str, npt.NDArray[np.float64]]:
        """log2 likelihood per comparison: level (from -1 on, missing says nothing) by class."""
        return {
            name: np.vstack([np.zeros(3), np.log2(np.maximum(np.array(odds).T, 1e-12))])
            for name, odds in self.odds.items()
        }

    @cached_property
    def tables(self) -> Mapping[str, list[tuple[float, float, float]]]:
        """`logs` in plain numbers, to look one up; under '' the priors."""
        logs = {name: table.tolist() for name, table in self.logs.items()}
        return {"": [self.log_priors.tolist()], **logs}

    @cached_property
    def log_priors(self) -> npt.NDArray[np.float64]:
        """log2 prior of each class; a class without one is left out."""
        result: npt.NDArray[np.float64] = np.log2(np.maximum(self.priors(), 1e-300))
        return result

    def priors(self) -> npt.NDArray[np.float64]:
        """Probability of each class for a random pair."""
        pairs = max(1.0, self.records * (self.records - 1) / 2)
        same = min(0.4, self.same_pairs / pairs)
        household = min(0.4, self.household_pairs / pairs)
        return np.array([same, household, 1 - same - household])


@dataclass(frozen=True)
class Model:
    """Parameters per kind, the kinds of keys used and the keys that bring nobody together."""

    kinds: Mapping[str, Parameters]
    stop_keys: tuple[int, ...] = ()
    key_kinds: tuple[str, ...] = worthwhile(1)

    @classmethod
    def default(cls) -> Model:
        """The documented starting parameters, for a base of some ten thousand records."""
        firms = Parameters(ORGANISATION_START, household_pairs=2_500.0)
        return cls({PERSON: Parameters(PERSON_START), ORGANISATION: firms})

    @cached_property
    def stops(self) -> npt.NDArray[np.int64]:
        """The stop-keys in ascending order."""
        return np.array(sorted(self.stop_keys), dtype=np.int64)

    @cached_property
    def stopped_keys(self) -> frozenset[int]:
        """The stop-keys, to look one up."""
        return frozenset(self.stop_keys)

    @cached_property
    def stopped(self) -> Mapping[str, Stopped]:
        """The values that bring nobody together, by kind, for records one by one."""
        return {kind: Stopped(kind, self.stop_keys) for kind in self.kinds}

    @cached_property
    def version(self) -> str:
        """Digest of the content: equal models have equal versions."""
        return f"{FORMAT}-{hashlib.sha256(self.to_json().encode()).hexdigest()[:12]}"

    def with_thresholds(self, kind: str = PERSON, **bits: float) -> Model:
        """The same model with other thresholds for one kind."""
        parameters = self.kinds[kind]
        changed = replace(parameters, thresholds=replace(parameters.thresholds, **bits))
        return replace(self, kinds={**self.kinds, kind: changed})

    def to_json(self) -> str:
        """The model as JSON text, keys sorted."""
        kinds = {name: asdict(parameters) for name, parameters in self.kinds.items()}
        content = {
            "format": FORMAT,
            "kinds": kinds,
            "stop_keys": list(self.stop_keys),
            "key_kinds": list(self.key_kinds),
        }
        return json.dumps(content, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Model:
        """The model of `to_json`. Raises ValueError when the format is another one."""
        return _read(text)

    def save(self, path: str | Path) -> None:
        """Write the model to a JSON file."""
        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Model:
        """Read a model that `save` wrote."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)  # a frozen model is read for every record that comes in
def _read(text: str) -> Model:
    data = json.loads(text)
    if data.get("format") != FORMAT:
        raise ValueError(f"this model has format {data.get('format')!r}, wanted {FORMAT}")
    kinds = {name: _parameters(stored) for name, stored in data["kinds"].items()}
    return Model(kinds, tuple(data["stop_keys"]), tuple(data["key_kinds"]))


def _parameters(stored: dict[str, Any]) -> Parameters:
    odds = {
        name: (tuple(same), tuple(household), tuple(unrelated))
        for name, (same, household, unrelated) in stored.pop("odds").items()
    }
    frequencies = {
        name: Frequencies(tuple(f["hashes"]), tuple(f["shares"]), f["rest"])
        for name, f in stored.pop("frequencies").items()
    }
    thresholds = Thresholds(**stored.pop("thresholds"))
    notes = tuple(stored.pop("notes"))
    return Parameters(
        odds=odds, frequencies=frequencies, thresholds=thresholds, notes=notes, **stored
    )
