"""A model learnt from what all records say, and from what people said about them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from klantbeeld.identity import core
from klantbeeld.identity.matching import KINDS
from klantbeeld.identity.models import Judgement


def learnt(
    values: pl.DataFrame, model: core.Model, said: Iterable[core.Judgement] = ()
) -> core.Model:
    """The model with parameters learnt from the comparable values of all records.

    said: what people judged, by row, which moves what is learnt (see `core.labels`).
    """
    told = core.Constraints(judgements=tuple(said))
    for kind in KINDS:
        rows = np.flatnonzero((values["kind"] == kind).to_numpy())
        if len(rows) > 1:
            mine = values if len(rows) == len(values) else values[rows]
            model = core.learn(core.prepare(mine, kind), model, 0, told.among(rows))
    return model


def labels(frame: pl.DataFrame) -> list[core.Judgement]:
    """What people said about pairs of these records, by row; ties of own entries left out."""
    place = {record: row for row, record in enumerate(frame["record"].to_list())}
    held = Judgement.objects.filter(revoked_at=0).exclude(kind=Judgement.ENTRY)
    said = held.exclude(verdict=Judgement.UNSURE).order_by("at", "pk")
    return [
        core.Judgement(place[left], place[right], verdict, at)
        for left, right, verdict, at in said.values_list("left", "right", "verdict", "at")
        if left in place and right in place
    ]
