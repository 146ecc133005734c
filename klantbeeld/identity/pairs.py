"""Why two records are one customer, or are not: the model's sum, and what overruled it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from klantbeeld.accounts.reads import needs
from klantbeeld.core import bulk
from klantbeeld.core.actor import Actor
from klantbeeld.identity import core, matching
from klantbeeld.identity.models import Judgement

Verdict = Literal["same", "household", "different"]
# Of larger customers the records that came first stand for all.
MOST_COMPARED = 25


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the sum: a comparison or a rule, what it found, and its bits.

    `words` is a key such as ``surname.near`` or ``rule.names_alone``; `level` -1 where a value is
    missing, and 0 for a rule.
    """

    name: str
    words: str
    level: int
    bits: float


@dataclass(frozen=True)
class PairExplanation:
    """Two records: `start` + all steps = `weight`, the log2 odds of one person against two.

    bar: weight from which records are joined; review: from which people are asked. verdict: what
    they are now. because: keys of what decided beside the sum, such as ``judged`` or
    ``unique_source``. is_comparable is False for a person and an organisation. household: of
    organisations, how likely they are related ones, such as a branch.
    """

    left: int
    right: int
    start: float
    steps: tuple[Step, ...]
    rules: tuple[Step, ...]
    weight: float
    bar: float
    review: float
    same: float
    household: float
    unrelated: float
    verdict: Verdict
    because: tuple[str, ...] = ()
    is_comparable: bool = True
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """What is stored of a pair: its link, the customer and household of each, the last word."""

    weight: float | None
    levels: dict[str, int]
    same_customer: bool
    same_household: bool
    said: str


@needs("customers.read")
def explain_pair(actor: Actor, left: int, right: int) -> PairExplanation:
    """Why two records are one customer or not. Raises LookupError when one is not there."""
    deciding = matching.in_force()
    frame = matching.frame_of(sorted({left, right}), deciding.rules)
    if len(frame) < 2:
        raise LookupError("There is no such record.")
    held = _held(left, right)
    values = core.match_values(frame)
    verdict: Verdict = "household" if held.same_household else "different"
    verdict = "same" if held.same_customer else verdict
    place = {record: row for row, record in enumerate(frame["record"].to_list())}
    try:
        told = core.explain(values, place[left], place[right], deciding.model)
    except ValueError:
        return PairExplanation(
            left, right, 0, (), (), 0, 0, 0, 0, 0, 1, verdict, ("kinds",), is_comparable=False
        )
    bounds = deciding.model.kinds[values["kind"][0]].thresholds
    steps = tuple(Step(f.name, f.words, f.level, f.weight) for f in told.fields)
    rules = [Step("rule", words, 0, bits) for words, bits in told.rules]
    weight = told.weight
    if held.weight is not None and abs(held.weight - weight) > 0.05:
        is_attached = len(held.levels) == 1
        words = "rule.attached" if is_attached else "rule.shared"
        rules.append(Step("rule", words, 0, held.weight - weight))
        weight = held.weight
    same = float(1 / (1 + np.exp2(-weight)))
    rest = max(told.p_household + told.p_unrelated, 1e-300)
    because = _because(held, frame, deciding, is_over=weight >= bounds.same)
    return PairExplanation(
        left, right, told.start, steps, tuple(rules), weight, bounds.same, bounds.review, same,
        told.p_household / rest * (1 - same), told.p_unrelated / rest * (1 - same), verdict,
        because, is_organisation=values["kind"][0] == core.ORGANISATION,
    )  # fmt: skip


def _held(left: int, right: int) -> _Held:
    ends = sorted((left, right))
    found = bulk.rows_where(
        f"SELECT weight, {bulk.json_text('levels')} FROM identity_link WHERE right_id = %s AND",
        "left_id", ends[:1], params=ends[1:],
    )  # fmt: skip
    levels = json.loads(found[0][1]) if found else {}
    members = {
        row[0]: row[1:]
        for row in bulk.rows_where(
            "SELECT record_id, customer_id, household FROM identity_membership WHERE",
            "record_id", ends,
        )
    }  # fmt: skip
    one, other = (members.get(record, (None, 0)) for record in ends)
    said = Judgement.objects.filter(left=ends[0], right=ends[1], revoked_at=0)
    last = said.order_by("-at", "-pk").values_list("verdict", flat=True).first()
    return _Held(
        found[0][0] if found else None, {k: v for k, v in levels.items() if "#" not in k},
        one[0] is not None and one[0] == other[0], bool(one[1]) and one[1] == other[1], last or "",
    )  # fmt: skip


def _because(
    held: _Held, frame: pl.DataFrame, deciding: matching.InForce, *, is_over: bool
) -> tuple[str, ...]:
    """What decided beside the sum of the pair itself."""
    if held.said in (Judgement.SAME, Judgement.DIFFERENT):
        return (f"judged_{held.said}",)
    sources = frame["source"].to_list()
    if sources[0] == sources[1] and sources[0] in deciding.unique_sources():
        return ("unique_source",)
    if held.same_customer and not is_over:
        return ("through_others",)
    if not held.same_customer and is_over:
        return ("others_apart",)
    return ()


@needs("customers.read")
def closest(actor: Actor, one: Sequence[int], other: Sequence[int]) -> tuple[int, int]:
    """Of two customers' records the pair that is most alike: the one to look at first.

    Raises ValueError when one of them has no records.
    """
    if not one or not other:
        raise ValueError("A customer without records is like nobody.")
    linked = _linked(set(one), set(other))
    if linked:
        return linked
    left, right = sorted(one)[:MOST_COMPARED], sorted(other)[:MOST_COMPARED]
    deciding = matching.in_force()
    frame = matching.frame_of(sorted({*left, *right}), deciding.rules)
    values = core.match_values(frame)
    place = {record: row for row, record in enumerate(frame["record"].to_list())}
    kinds = values["kind"].to_list()
    best: tuple[float, int, int] | None = None
    for kind in matching.KINDS:
        ends = [
            (a, b) for a in left for b in right
            if a in place and b in place and kinds[place[a]] == kinds[place[b]] == kind
        ]  # fmt: skip
        if ends:
            scored = _scored(values, [(place[a], place[b]) for a, b in ends], deciding.model, kind)
            at = int(scored.argmax())
            if best is None or scored[at] > best[0]:
                best = (float(scored[at]), *ends[at])
    return best[1:] if best else (left[0], right[0])


def _scored(
    values: pl.DataFrame, rows: Sequence[tuple[int, int]], model: core.Model, kind: str
) -> np.ndarray:
    schema = {"left": pl.UInt32, "right": pl.UInt32}
    pairs = pl.DataFrame(list(rows), schema=schema, orient="row")
    levels = core.compare(values, pairs, kind, model.kinds[kind].frequencies)
    return core.score(levels, model.kinds[kind], kind)["weight"].to_numpy()


def _linked(one: set[int], other: set[int]) -> tuple[int, int] | None:
    rows = [
        row
        for side in ("left_id", "right_id")
        for row in bulk.rows_where(
            "SELECT left_id, right_id, weight FROM identity_link WHERE", side, sorted(one)
        )
    ]
    across = [
        (weight, -left, -right) for left, right, weight in rows
        if (left in one) != (right in one) and ({left, right} & other)
    ]  # fmt: skip
    if not across:
        return None
    _, left, right = max(across)
    return (-left, -right) if -left in one else (-right, -left)


@needs("customers.read")
def nearest_fellow(actor: Actor, record: int, fellows: Sequence[int]) -> int:
    """Of a customer's other records the one that this is most alike. Raises ValueError for none."""
    return closest(actor, [record], [fellow for fellow in fellows if fellow != record])[1]
