"""Which customers somebody may be who is not stored: matched as if they were, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from django.db.models import Max

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.core.models import Record
from klantbeeld.identity import core, few, limiting, matching, withheld
from klantbeeld.identity.pairs import Step
from klantbeeld.identity.touching import touched_by

Kind = Literal["same", "household", "unrelated"]
# More records under shared keys than these are not looked at one by one.
MOST_COMPARED = 2_000


@dataclass(frozen=True)
class Candidate:
    """A customer that somebody may be: by the record that is most alike.

    weight in bits; kind is what storing would make of it: the same customer, another one of the
    household, or somebody else who is still rather alike. is_doubtful: a person would be asked.
    steps: the reasons, the most telling first.
    """

    customer: int
    kind: Kind
    same: float
    household: float
    weight: float
    is_doubtful: bool
    steps: tuple[Step, ...]


@needs("customers.match")
def candidates(actor: Actor, told: pl.DataFrame, limit: int = 5) -> list[Candidate]:
    """The customers most like one record (`told`: kind, data as JSON), best first.

    Decides as storing would do, by the model, the rules and the judgements in force.
    """
    deciding = matching.in_force()
    fresh = int(Record.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
    row = told.select(
        pl.lit(fresh, pl.Int64).alias("record"), pl.lit("").alias("source"), "kind",
        pl.lit(None, pl.Int64).alias("updated_at"), "data",
    )  # fmt: skip
    coming = limiting.changed(matching.flat(row, deciding.rules), deciding.rules)
    near = sorted(touched_by(coming, deciding.model) - {fresh})[:MOST_COMPARED]
    if not near:
        return []
    frame = limiting.among_stored(coming, near, deciding.rules)
    values = core.match_values(frame)
    matched = few.matched(frame, deciding) or matching.match(frame, deciding, values, is_part=True)
    owners = withheld.shown(actor, _owners(near))
    scored = _scored(values, frame["record"].to_list(), deciding.model)
    best: dict[int, int] = {}
    for place in sorted(scored, key=lambda p: (-scored[p], p)):
        owner = owners.get(frame["record"][place])
        if owner is not None:
            best.setdefault(owner, place)
    joined, homes = _joined(matched.clusters, fresh, owners)
    found = [
        _candidate(values, (len(frame) - 1, place), deciding, customer, joined, homes)
        for customer, place in best.items()
    ]
    bounds = deciding.model.kinds[values["kind"][len(frame) - 1]].thresholds
    found = [c for c in found if c.kind != "unrelated" or c.weight >= bounds.loose]
    order = {"same": 0, "household": 1, "unrelated": 2}
    found.sort(key=lambda c: (order[c.kind], -c.weight, c.customer))
    return found[:limit]


def _owners(records: Sequence[int]) -> dict[int, int]:
    rows = bulk.rows_where(
        "SELECT record_id, customer_id FROM identity_membership WHERE", "record_id", records
    )
    return dict(rows)


def _scored(values: pl.DataFrame, records: Sequence[int], model: core.Model) -> dict[int, float]:
    """The weight of the last row with each other of its kind, by place."""
    last = len(records) - 1
    kind = values["kind"][last]
    others = [n for n in np.flatnonzero((values["kind"] == kind).to_numpy()).tolist() if n != last]
    if not others:
        return {}
    ends = {"left": [last] * len(others), "right": others}
    pairs = pl.DataFrame(ends, schema={"left": pl.UInt32, "right": pl.UInt32})
    levels = core.compare(values, pairs, kind, model.kinds[kind].frequencies)
    weight = core.score(levels, model.kinds[kind], kind)["weight"].to_list()
    return dict(zip(others, weight, strict=True))


def _joined(
    clusters: pl.DataFrame, fresh: int, owners: dict[int, int]
) -> tuple[set[int], set[int]]:
    """The customers whose records are with the new one, and those of its household."""
    mine = clusters.filter(pl.col("record") == fresh).row(0, named=True)
    fellows = clusters.filter(pl.col("cluster") == mine["cluster"])["record"].to_list()
    home = mine["household"]
    housed = clusters.filter((pl.col("household") == home) & (home != 0))["record"].to_list()
    return (
        {owners[r] for r in fellows if r in owners},
        {owners[r] for r in housed if r in owners},
    )


def _candidate(
    values: pl.DataFrame,
    ends: tuple[int, int],
    deciding: matching.InForce,
    customer: int,
    joined: set[int],
    homes: set[int],
) -> Candidate:
    told = core.explain(values, *ends, deciding.model)
    bounds = deciding.model.kinds[values["kind"][ends[0]]].thresholds
    kind: Kind = "unrelated"
    if customer in joined:
        kind = "same"
    elif customer in homes or told.p_household >= bounds.household:
        kind = "household"
    steps = [Step(f.name, f.words, f.level, f.weight) for f in told.fields if f.level >= 0]
    steps.sort(key=lambda step: (-abs(step.bits), step.name))
    steps += [Step("rule", words, 0, bits) for words, bits in told.rules]
    is_doubtful = kind != "same" and told.weight >= bounds.review
    return Candidate(
        customer, kind, told.p_same, told.p_household, told.weight, is_doubtful, tuple(steps)
    )
