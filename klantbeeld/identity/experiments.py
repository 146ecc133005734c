"""A change of the rules or the model, tried on everything and in force only once it is applied."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from klantbeeld.core import bulk
from klantbeeld.core.clock import now_us
from klantbeeld.identity import core, learning, limiting, matching, reporting
from klantbeeld.identity.comparing import difference
from klantbeeld.identity.models import Experiment, Judgement, StoredModel
from klantbeeld.identity.rules import Rules, changed

Tell = Callable[[str], None]
# Of each word so many are needed before a bar is learnt from them.
FEWEST_JUDGEMENTS = 10
CLUSTERS = {"record": pl.Int64, "cluster": pl.Int64, "household": pl.Int64}


class TooFewJudgements(ValueError):
    """People said too little yet to learn from."""


def try_out(held: Experiment, tell: Tell) -> None:
    """Match everything as the experiment wants, and note what that would change."""
    tell("reading")
    rules = Rules.from_plain(held.rules)
    frame = limiting.whole_frame(rules)
    values = core.match_values(frame)
    learnt = matching.in_force().learnt
    if held.learn != Experiment.KEEP:
        tell("learning")
        said = learning.labels(frame) if held.learn == Experiment.JUDGEMENTS else ()
        learnt = learning.learnt(values, core.Model.default(), said)
    if held.learn == Experiment.JUDGEMENTS:
        bits = learnt_bar(frame, values, learnt)
        rules = changed(rules, join_bits=bits)
    tell("matching")
    deciding = matching.InForce(learnt, rules)
    matched = matching.match(frame, deciding, values)
    tell("comparing")
    found = difference(_present(), matched.clusters)
    held.rules = rules.plain()
    held.content = "" if held.learn == Experiment.KEEP else learnt.to_json()
    held.counts, held.examples = found.counts, found.examples
    held.report = reporting.report_of(deciding, matched)


def _present() -> pl.DataFrame:
    return bulk.frame(
        "SELECT record_id, customer_id, household FROM identity_membership", [], CLUSTERS
    )


def learnt_bar(frame: pl.DataFrame, values: pl.DataFrame, model: core.Model) -> float:
    """The join bar of persons that goes least against what people said, nearest to the model's.

    Raises `TooFewJudgements`. A bar between two weights is half-way, so that a new pair like one
    of them falls on the same side.
    """
    place = {record: row for row, record in enumerate(frame["record"].to_list())}
    is_person = (values["kind"] == core.PERSON).to_numpy()
    said = [
        (place[left], place[right], verdict == Judgement.SAME)
        for left, right, verdict, _at in matching.judgements_of(sorted(place))
        if verdict != Judgement.UNSURE and left in place and right in place
        and is_person[place[left]] and is_person[place[right]]
    ]  # fmt: skip
    same = np.array([is_same for *_, is_same in said], dtype=bool)
    if min(int(same.sum()), int((~same).sum())) < FEWEST_JUDGEMENTS:
        raise TooFewJudgements
    ends = {"left": [a for a, *_ in said], "right": [b for _, b, _ in said]}
    pairs = pl.DataFrame(ends, schema={"left": pl.UInt32, "right": pl.UInt32})
    levels = core.compare(values, pairs, core.PERSON)
    weight = core.score(levels, model.kinds[core.PERSON])["weight"].to_numpy().astype(np.float64)
    usual = model.kinds[core.PERSON].thresholds.same
    steps = np.unique(weight)
    bars = np.unique(np.r_[steps[:1] - 0.5, (steps[1:] + steps[:-1]) / 2, steps[-1:] + 0.5, usual])
    wrong = [int((same & (weight < b)).sum() + (~same & (weight >= b)).sum()) for b in bars]
    best = min(zip(wrong, np.abs(bars - usual), bars, strict=True))
    return float(np.clip(round(float(best[2]), 2), -3.0, 20.0))


def put_in_force(held: Experiment) -> None:
    """Let the experiment decide from now on; what stood before is noted, to be put back."""
    last = StoredModel.objects.order_by("-pk").first()
    learnt = core.Model.from_json(held.content) if held.content else matching.in_force().learnt
    records = last.records if last and not held.content else held.report.get("records", 0)
    deciding = matching.InForce(learnt, Rules.from_plain(held.rules))
    held.base = last.pk if last else 0
    # Learnt by itself it is only once there is enough to learn from.
    held.applied = matching.freeze(deciding, records if last or held.content else 0).pk


def put_back(held: Experiment) -> None:
    """Let decide again what did before the experiment was applied."""
    base = StoredModel.objects.filter(pk=held.base).first()
    if base is None:
        StoredModel.objects.filter(pk__gte=held.applied).delete()
        return
    StoredModel.objects.create(
        version=base.version, content=base.content, rules=base.rules, records=base.records,
        at=now_us(),
    )  # fmt: skip
