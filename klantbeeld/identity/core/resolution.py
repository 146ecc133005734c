"""The front door: a table in, customers and households out, with every reason at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .cluster import Constraints, Judgement
from .columns import in_roles
from .compare import COMPARISONS
from .components import components
from .explain import Explanation, explain
from .households import READ
from .identifiers import ranked
from .key_kinds import KEY_KINDS
from .limits import TYPES, blocked_in, crowded, held_by, without
from .link import Links, learn, link_weighed, prepare, ties, weigh
from .memory import hand_back
from .model import CLASSES, WORDS, Model
from .reading import read_table
from .relations import relations
from .review import review
from .tidying import tidied
from .twins import with_hashes, without_hashes
from .values import ORGANISATION, PERSON, match_values

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Resolution:
    """The customers and households found in a table.

    clusters: row, customer, household, one line per row; a label is the smallest row of its group,
    household null for who shares with nobody known. pairs: left, right, rules, weight (bits),
    p_same, p_household, p_unrelated and a level per comparison (-1 missing, null where the kind
    does not have it); between distinct rows: of rows that say the same one stands for all. In an
    order of their own.
    model: what decided; save it to match later rows alike. shared: per type how many values more
    people used than their limit allows (see `Constraints`).
    """

    clusters: pl.DataFrame
    pairs: pl.DataFrame
    model: Model
    values: pl.DataFrame = field(repr=False)
    overruled: tuple[Judgement, ...] = ()
    shared: Mapping[str, int] = field(default_factory=dict)

    def explain(self, a: int, b: int) -> Explanation:
        """Why rows a and b are one, or not.

        Raises IndexError for rows that do not exist, ValueError when what they say was not kept.
        """
        if "first" not in self.values.columns:
            raise ValueError("what the rows say was not kept")
        for row in (a, b):
            if not 0 <= row < len(self.values):
                raise IndexError(f"no row {row}; rows go from 0 to {len(self.values) - 1}")
        return explain(with_hashes(self.values[[a, b]]), 0, 1, self.model)

    def counts(self) -> dict[str, int]:
        """How many records, customers, households and candidate pairs there are."""
        row, *labels = self.clusters.get_columns()
        # A label is the smallest row of its group, so each group has one row with its own number.
        customers, households = (int((label == row).sum()) for label in labels)
        return {
            "records": len(self.clusters),
            "customers": customers,
            "households": households,
            "candidate_pairs": len(self.pairs),
        }

    def kinds(self) -> list[str]:
        """Which kinds of records there are, people first."""
        present = self.values["kind"].unique().to_list()
        return [kind for kind in (PERSON, ORGANISATION) if kind in present]

    def relations(self) -> pl.DataFrame:
        """Branches, parents, neighbours and contacts: see `relations.relations`.

        customer, other (labels as in `clusters`), relation, because.
        """
        firms = self.model.kinds[ORGANISATION]
        customers = self.clusters["customer"].to_numpy().astype(np.int64)
        bound = firms.thresholds.household
        words = firms.frequencies.get(WORDS)
        return relations(with_hashes(self.values), customers, self.pairs, bound, words)

    def review(self) -> pl.DataFrame:
        """Pairs worth a person's look: left, right, weight, reason (grey, bridge, conflict)."""
        customers = self.clusters["customer"].to_numpy().astype(np.int64)
        found = [
            review(part, customers, self.model.kinds[kind].thresholds)
            for kind, part in self._pairs_by_kind().items()
        ]
        return (
            pl.concat(found)
            if found
            else review(self.pairs, customers, self.model.kinds[PERSON].thresholds)
        )

    def report(self) -> dict[str, Any]:
        """Estimates, thresholds, blocking and sizes, as plain values.

        reach: the estimated share of the pairs that are one which the keys brought together, None
        where nothing tells. components_by_size: how many components of each size hang together
        over loose ties, before they are clustered into customers. for_review: grey pairs, bridges
        and conflicts.
        """
        sizes = self.clusters.group_by("customer").len()["len"].value_counts().sort("len")
        doubtful = self.review()["reason"].value_counts().sort("reason")
        return {
            "model": self.model.version,
            **self.counts(),
            "reach": self._reach(),
            "pairs_by_key": self._pairs_by_key(),
            "customers_by_size": dict(sizes.iter_rows()),
            "components_by_size": self._components_by_size(),
            "for_review": dict(doubtful.iter_rows()),
            "judgements_overruled": len(self.overruled),
            "over_their_limit": dict(self.shared),
            "kinds": {kind: self._estimates(kind) for kind in self.kinds()},
        }

    def _pairs_by_kind(self) -> dict[str, pl.DataFrame]:
        kind = self.values["kind"].gather(self.pairs["left"])
        return {name: self.pairs.filter(kind == name) for name in self.kinds()}

    def _pairs_by_key(self) -> dict[str, dict[str, int]]:
        """Per key kind the pairs it brought, and how many of them only it did."""
        rules = self.pairs["rules"].to_numpy()
        found: dict[str, dict[str, int]] = {}
        for place, kind in enumerate(KEY_KINDS):
            brought = int((rules >> place & 1).sum())
            if brought:
                found[kind.name] = {"pairs": brought, "alone": int((rules == 1 << place).sum())}
        return found

    def _reach(self) -> float | None:
        """By capture and recapture: each key kind catches pairs, and some are caught once only.

        Chao's lower bound of what none caught, from the pairs caught once and twice (Chao, 1987).
        """
        if not len(self.pairs):
            return None
        likely = self.pairs.filter((pl.col("p_same") >= 0.5) & (pl.col("rules") > 0))
        times = likely["rules"].bitwise_count_ones()
        once, twice = int((times == 1).sum()), int((times == 2).sum())
        missed = once * (once - 1) / (2 * (twice + 1))
        return round(len(likely) / (len(likely) + missed), 4) if len(likely) else None

    def _components_by_size(self) -> dict[int, int]:
        near = [
            ties(part, self.model.kinds[kind].thresholds)
            for kind, part in self._pairs_by_kind().items()
        ]
        rows, customers = (self.clusters[name].to_numpy() for name in ("row", "customer"))
        ends = [
            np.concatenate([same, *(part[name].to_numpy() for part in near)]).astype(np.int64)
            for same, name in ((rows, "left"), (customers, "right"))
        ]
        sizes = np.bincount(components(len(rows), *ends)) if len(rows) else np.zeros(0, np.int64)
        found, counts = np.unique(sizes[sizes > 0], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    def _estimates(self, kind: str) -> dict[str, Any]:
        parameters = self.model.kinds[kind]
        thresholds = parameters.thresholds
        why = (
            "learnt odds: even odds join" if parameters.is_fitted else "starting odds: four to one"
        )
        return {
            "learnt": parameters.is_fitted,
            "same_pairs": parameters.same_pairs,
            "household_pairs": parameters.household_pairs,
            "threshold_bits": thresholds.same,
            "threshold_why": why,
            "names_alone_bits": thresholds.same + thresholds.names,
            "loose_bits": thresholds.loose,
            "household_probability": thresholds.household,
            "estimates": {
                comparison.name: {
                    level: dict(zip(CLASSES, chances, strict=True))
                    for level, *chances in zip(
                        comparison.levels, *parameters.odds[comparison.name], strict=True
                    )
                }
                for comparison in COMPARISONS[kind]
            },
            "notes": list(parameters.notes),
        }


def resolve(
    frame_or_path: Any,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    model: Model | str | Path | None = None,
    constraints: Constraints | None = None,
    seed: int = 0,
) -> Resolution:
    """Which rows of a table are the same person or organisation.

    frame_or_path: Polars, pandas or Arrow table, or a path (see `reading.read_table`); columns are
    recognised by name (see `columns.SYNONYMS`), others through `columns` ({"theirs": "ours"}).
    kind: 'person' or 'organisation' for all rows; by default each row's own. model: a `Model` or a
    path to one; by default learnt from the table when it has a thousand rows, else the starting
    one. Deterministic for a seed, and independent of the order of rows. Raises UnreadableTable, and
    ValueError for unknown kinds, roles or columns.
    """
    if kind not in (None, PERSON, ORGANISATION):
        raise ValueError(f"unknown kind {kind!r}; use 'person', 'organisation' or None")
    return resolve_values(values_of([frame_or_path], kind, columns), model, constraints, seed)


def values_of(
    handed: list[Any], kind: str | None = None, columns: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """The comparable values of a table, for `resolve_values`.

    handed: the table alone, which is taken out of the list: what nobody else holds is let go as it
    is read, and that is half of the memory. The rest as for `resolve`.
    """
    given = in_roles(read_table(handed.pop()), columns)
    if kind:
        given = given.with_columns(pl.lit(kind).alias("kind"))
    if kind == ORGANISATION and "organisation_name" not in given.columns:
        given = given.rename({"full_name": "organisation_name"}, strict=False)
    handed = [tidied(given)]
    del given
    return match_values(handed.pop())


def resolve_values(
    values: pl.DataFrame,
    model: Model | str | Path | None = None,
    constraints: Constraints | None = None,
    seed: int = 0,
    explained: bool = True,
) -> Resolution:
    """As `resolve`, of comparable values (see `values.match_values`).

    explained: whether what records say is kept, for `Resolution.explain`; of people alone it can be
    let go, which is a fifth of the memory.
    """
    constraints = constraints or Constraints()
    values, shared = _without_barred(values, constraints)
    is_new = model is None
    model = Model.load(model) if isinstance(model, (str, Path)) else model or Model.default()
    model = _with_priority(model, constraints.priority)
    size = len(values)
    customers, homes = np.arange(size), np.full(size, -1, dtype=np.int64)
    pairs: list[pl.DataFrame] = []
    overruled: list[Judgement] = []
    parts = _by_kind(values)
    if not (constraints.blocked or constraints.limits):  # what these bar has no hash, yet a text
        values = without_hashes(values)
    if not explained and len(parts) == 1 and parts[0][0] == PERSON:
        values = values.select("kind")
    while parts:
        kind, rows, mine = parts.pop()
        bound = constraints.among(rows)
        prepared = prepare(mine, kind, bound, None if is_new else model)
        mine = mine.select(name for name in READ if name in mine.columns)
        model = learn(prepared, model, seed, bound) if is_new else model
        hand_back(size)
        weighed = [weigh(prepared, model.kinds[kind], bound)]
        if not (bound.unique_sources or bound.differing):
            prepared = prepared.weighed()  # it is as large as all that follows
            hand_back(size)
        links = link_weighed(mine, prepared, weighed, model.kinds[kind], bound)
        customers[rows] = rows[links.customers]
        homes[rows] = np.where(links.households >= 0, rows[links.households], -1)
        pairs.append(_renumbered(links, rows))
        overruled += [_in_table(judgement, rows) for judgement in links.overruled]
        del prepared, links  # their tables are as large as the pairs
    clusters = _clusters(customers, homes)
    return Resolution(clusters, _together(pairs), model, values, tuple(overruled), shared)


def _clusters(customers: Ints, homes: Ints) -> pl.DataFrame:
    columns = {"row": np.arange(len(customers)), "customer": customers, "household": homes}
    home = pl.col("household")
    return pl.DataFrame(columns).with_columns(pl.when(home >= 0).then(home).alias("household"))


def _by_kind(values: pl.DataFrame) -> list[tuple[str, Ints, pl.DataFrame]]:
    """The rows of each kind, persons last."""
    parts = []
    for kind in (ORGANISATION, PERSON):
        rows = np.flatnonzero((values["kind"] == kind).to_numpy())
        if len(rows):
            parts.append((kind, rows, values if len(rows) == len(values) else values[rows]))
    return parts


def _without_barred(
    values: pl.DataFrame, constraints: Constraints
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The values without what is blocked or used by too many, and how many those are by type."""
    if constraints.blocked:
        values = without(values, blocked_in(constraints.blocked))
    if not constraints.limits:
        return values, {}
    if unknown := sorted(set(constraints.limits) - set(TYPES)):
        raise ValueError(f"unknown identifiers {unknown}; use {', '.join(TYPES)}")
    held = held_by(values, constraints.limits)
    shared = crowded(held, lambda rows: values[rows], constraints.limits)
    by_type = shared["type"].value_counts().sort("type").rows()
    return without(values, shared), {TYPES[kind]: count for kind, count in by_type}


def _with_priority(model: Model, order: tuple[str, ...]) -> Model:
    if not order:
        return model
    person = replace(model.kinds[PERSON], priorities=ranked(order))
    return replace(model, kinds={**model.kinds, PERSON: person})


def _renumbered(links: Links, rows: Ints) -> pl.DataFrame:
    if rows[-1] == len(rows) - 1:  # as they are
        return links.pairs.select(pl.exclude("^.*#$"))
    return links.pairs.with_columns(
        pl.Series("left", rows.take(links.pairs["left"].to_numpy()), dtype=pl.UInt32),
        pl.Series("right", rows.take(links.pairs["right"].to_numpy()), dtype=pl.UInt32),
    ).select(pl.exclude("^.*#$"))


def _in_table(judgement: Judgement, rows: Ints) -> Judgement:
    return replace(judgement, left=int(rows[judgement.left]), right=int(rows[judgement.right]))


def _together(pairs: list[pl.DataFrame]) -> pl.DataFrame:
    empty = pl.DataFrame(
        schema={"left": pl.UInt32, "right": pl.UInt32, "rules": pl.UInt64, "weight": pl.Float32}
    )
    given = [part for part in pairs if len(part)] or pairs
    return pl.concat(given or [empty], how="diagonal")
