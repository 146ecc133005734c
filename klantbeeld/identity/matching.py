"""From records in the database to links and clusters, with the functions of the core.

A first load matches everything at once; later arrivals match the loose components they touch.
Both call the same `link`, so the result is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from klantbeeld.core import bulk, indexes
from klantbeeld.core.clock import now_us
from klantbeeld.core.frames import json_objects
from klantbeeld.core.models import Record
from klantbeeld.identity import attaching, blocks, core, figures
from klantbeeld.identity.core.model import FORMAT
from klantbeeld.identity.core.plain import packed
from klantbeeld.identity.doubts import SCHEMA as DOUBTS
from klantbeeld.identity.doubts import doubts_in
from klantbeeld.identity.holdings import limited, shared_of
from klantbeeld.identity.models import Compared, Doubt, Judgement, Link, MatchKey, StoredModel
from klantbeeld.identity.rules import Rules, ruled, without_blocked
from klantbeeld.identity.sides import with_sides

UNSURE = Judgement.UNSURE
AS_LEARNT = Rules()

MATCHED_KINDS = (Record.PERSON, Record.ORGANISATION, Record.UNKNOWN)
# Data fields that the core compares; all are texts in `Record.data`.
FIELDS = (
    "full_name", "salutation", "initials", "first_name", "surname_prefix", "surname",
    "organisation_name", "birth_date", "gender", "email", "phone", "mobile", "street",
    "house_number", "house_suffix", "postcode", "city", "iban", "kvk", "vat", "website", "login",
    "loyalty_number", "customer_number", "number_of",
)  # fmt: skip
# A model is learnt once there is something to learn from, and frozen until it is told otherwise.
KINDS = (core.PERSON, core.ORGANISATION)
LEARN_FROM = 1_000
LEARN_AGAIN = 4
READABLE = f"{FORMAT}-"
Ints = npt.NDArray[np.int64]
LINKS = {
    "left_id": pl.Int64, "right_id": pl.Int64, "weight": pl.Float64, "same": pl.Float64,
    "household": pl.Float64, "levels": pl.String, "model_version": pl.String,
}  # fmt: skip
SCHEMA = {
    "record": pl.Int64, "source": pl.String, "kind": pl.String, "updated_at": pl.Int64,
    "data": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Matched:
    """What matching a closed set of records gave, by record.

    clusters: record, cluster, household (smallest record of the group; household 0 for none).
    links: left, right, weight, same, household, levels (JSON), model_version; left < right.
    keys: hash, record, kind. said: record, said (see `core.plain.packed`).
    doubts: see `doubts.SCHEMA`. figures: see `figures.of_pairs`, by kind.
    """

    records: tuple[int, ...]
    clusters: pl.DataFrame
    links: pl.DataFrame
    keys: pl.DataFrame
    doubts: pl.DataFrame
    said: pl.DataFrame
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class InForce:
    """What decides: the model as it was learnt, what people changed in it, and both together."""

    learnt: core.Model
    rules: Rules = AS_LEARNT

    @cached_property
    def model(self) -> core.Model:
        """The model with the bars that people chose."""
        return ruled(self.learnt, self.rules)

    def unique_sources(self) -> frozenset[str]:
        """The sources that hold everybody once, as people decided or as the sources say."""
        if self.rules.unique is not None:
            return frozenset(self.rules.unique)
        said = bulk.rows_of("SELECT key FROM core_source WHERE has_unique_ids", [])
        return frozenset(key for (key,) in said)


def in_force() -> InForce:
    """The frozen model (or the documented starting one) with the rules of the house."""
    rules = bulk.json_text("rules")
    select = f"SELECT id, version, {rules} FROM identity_storedmodel ORDER BY id DESC LIMIT 1"
    newest = bulk.rows_of(select, [])
    return _in_force(*newest[0]) if newest else InForce(core.Model.default())


@lru_cache(maxsize=2)
def _in_force(pk: int, version: str, rules: str) -> InForce:
    """Kept, for a model is made ready for live records only once."""
    return InForce(_learnt(pk, version), Rules.from_plain(json.loads(rules)))


@lru_cache(maxsize=2)
def _learnt(pk: int, version: str) -> core.Model:
    """A frozen model, read once; the version is a digest of what it holds.

    One of an earlier format is learnt again by the next match of all; until then the starting one
    decides.
    """
    if not version.startswith(READABLE):
        return core.Model.default()
    return core.Model.from_json(StoredModel.objects.values_list("content", flat=True).get(pk=pk))


def learnt_from() -> int:
    """How many records the model in force was learnt from; 0 where nothing was."""
    frozen = StoredModel.objects.order_by("-pk").values_list("version", "records").first()
    return frozen[1] if frozen and frozen[0].startswith(READABLE) else 0


def current_model() -> core.Model:
    """The model that decides now."""
    return in_force().model


# What records say, with a condition on them still to follow.
TOLD = (
    "SELECT r.id, s.key, r.kind, r.updated_at, {data} "
    "FROM core_record r JOIN core_source s ON s.id = r.source_id "
    "WHERE r.kind IN ('person', 'organisation', 'unknown')"
)


def frame_of(records: Sequence[int], rules: Rules | None = None) -> pl.DataFrame:
    """The records' comparable fields, by record.

    Without what `rules` block, by default those in force, and without stored values that are over
    their limit.
    """
    rules = in_force().rules if rules is None else rules
    raw, limits = raw_frame(records, rules), rules.by_type()
    return limited(raw, limits, shared_of(raw, limits)) if limits else raw


def raw_frame(records: Sequence[int] | None, rules: Rules | None = None) -> pl.DataFrame:
    """As `frame_of` (all matched records when None), limits left aside."""
    select = TOLD.format(data=bulk.json_text("r.data"))
    if records is None:
        rows = bulk.frame(select, [], SCHEMA)
    else:
        found = bulk.rows_where(select + " AND", "r.id", records)
        rows = pl.DataFrame(found, schema=SCHEMA, orient="row")
    return flat(rows, rules)


def flat(rows: pl.DataFrame, rules: Rules | None = None) -> pl.DataFrame:
    """Records (`SCHEMA`) with their comparable fields in columns, by record (see `raw_frame`)."""
    told = rows["data"].str.json_decode(pl.Struct(dict.fromkeys(FIELDS, pl.String)))
    fields = rows.drop("data").hstack(told.struct.unnest()).sort("record")
    space = pl.coalesce("number_of", "source")
    number = pl.concat_str(space, pl.lit(":"), pl.col("customer_number"))
    whole = fields.with_columns(number.alias("number")).drop("number_of", "customer_number")
    blocked = (in_force().rules if rules is None else rules).blocked
    return without_blocked(whole, blocked) if blocked else whole


def match(
    frame: pl.DataFrame,
    deciding: InForce,
    values: pl.DataFrame | None = None,
    *,
    is_part: bool = False,
) -> Matched:
    """Match a closed set of records (see `frame_of`); `values` are theirs where known already.

    Of a part of all records those outside count in how many share a key.
    """
    values = core.match_values(frame) if values is None else values
    model = deciding.model
    cut = blocks.overfull_of(values, frame["record"].to_list() if is_part else None, model)
    records = frame["record"].to_numpy()
    judgements = judgements_of(records.tolist())
    values = with_sides(values, frame, judgements)
    weak = attaching.sort_out(values, model, _judged(judgements, records))
    cluster = np.full(len(records), -1, dtype=np.int64)
    household = np.zeros(len(records), dtype=np.int64)
    links, doubts, figured = [], [pl.DataFrame(schema=DOUBTS)], {}
    for kind in KINDS:
        is_linked = (values["kind"] == kind).to_numpy()
        is_linked[weak.rows] = False
        rows = np.flatnonzero(is_linked)
        if not len(rows):
            continue
        own = records[rows]
        bound = _constraints(judgements, own, deciding)
        found = core.link(values[rows], model, bound, kind, cut)
        cluster[rows] = rows[found.customers]
        household[rows] = np.where(found.households < 0, 0, own[found.households])
        thresholds = model.kinds[kind].thresholds
        links.append(_links(found.pairs, own, model, thresholds))
        spoken = [(j.left, j.right) for j in bound.judgements]
        doubts.append(doubts_in(found, own, thresholds, spoken))
        figured[kind] = figures.of_pairs(found.pairs)
    links.append(_attach(weak, values, records, (cluster, household), deciding))
    clusters = pl.DataFrame({"record": records, "cluster": cluster, "household": household})
    return Matched(
        tuple(records.tolist()), clusters, pl.concat(links), keyed(values, records, model),
        pl.concat(doubts), compared(values, records), figured,
    )  # fmt: skip


def _attach(
    weak: attaching.Weak,
    values: pl.DataFrame,
    records: Ints,
    groups: tuple[Ints, Ints],
    deciding: InForce,
) -> pl.DataFrame:
    """Put the weak rows with their customers, in place; returns what holds them there as links."""
    cluster = groups[0]
    sources = values["source"].to_list()
    parts = (attaching.attach(rows, weak.keys, cluster) for rows in (weak.firms, weak.people))
    held = put(map(pl.DataFrame.iter_rows, parts), groups, sources, deciding.unique_sources())
    ends = [(int(records[a]), int(records[b]), order) for a, b, order in held]
    return pl.DataFrame(attachments(ends, deciding.model), schema=LINKS, orient="row")


def put(
    parts: Iterable[Iterable[tuple[Any, ...]]],
    groups: tuple[Any, Any],
    sources: Sequence[str],
    unique: frozenset[str],
) -> list[tuple[int, int, int]]:
    """Give weak rows (see `attaching.attach`) their groups, in place; returns those that went."""
    cluster, household = groups
    taken = {(int(c), s) for c, s in zip(cluster, sources, strict=True)} if unique else set()
    held = []
    for part in parts:  # those of organisations have gone before the people are asked
        for row, to, order in part:
            target = int(cluster[to]) if cluster[to] >= 0 else to
            if sources[row] in unique and (target, sources[row]) in taken:
                cluster[row] = row
                continue
            taken.add((target, sources[row]))
            cluster[row], household[row] = target, household[to]
            if row != to:
                held.append((row, to, order))
    return held


def attachments(
    held: Sequence[tuple[int, int, int]], model: core.Model
) -> list[tuple[int, int, float, float, float, str, str]]:
    """Links (`LINKS`) of attached records: (record, record it goes with, which identifier)."""
    bar = max(model.kinds[kind].thresholds.same for kind in KINDS) + attaching.OVER
    return [
        (min(a, b), max(a, b), bar, attaching.SURE, 0.0, _ATTACHED[order], model.version)
        for a, b, order in held
    ]


_ATTACHED = tuple(json.dumps({name: level}) for name, level, *_ in attaching.IDENTIFIERS)


def keyed(values: pl.DataFrame, records: Ints, model: core.Model) -> pl.DataFrame:
    """Under which keys records can be found again: hash, record, kind."""
    keys = [core.match_keys(values, model.key_kinds), attaching.weak_keys(values)]
    return pl.concat(
        pl.DataFrame(
            {
                "hash": k["hash"],
                "record": records[k["row"].to_numpy()],
                "kind": k["kind"].cast(pl.Int64),
            }
        )
        for k in keys
    ).unique(maintain_order=True)


def compared(values: pl.DataFrame, records: Ints) -> pl.DataFrame:
    """What is compared of records, packed: record, said."""
    said = pl.DataFrame({"record": records, "said": packed(values)})
    return said.filter(pl.col("said").is_not_null())


def _judged(judgements: Iterable[tuple[int, int, str, int]], records: Ints) -> list[int]:
    """The rows of which people said that they are one or two."""
    decided = ((left, right) for left, right, verdict, _ in judgements if verdict != UNSURE)
    spoken = {record for pair in decided for record in pair}
    return (
        [row for row, record in enumerate(records.tolist()) if record in spoken] if spoken else []
    )


def judgements_of(records: list[int]) -> list[tuple[int, int, str, int]]:
    """left, right, verdict and when of what people said with one of these records on the left."""
    if not Judgement.objects.filter(revoked_at=0).exists():
        return []
    rows = bulk.rows_where(
        "SELECT left_id, right_id, verdict, at FROM identity_judgement WHERE revoked_at = 0 AND",
        "left_id", records,
    )  # fmt: skip
    return [(left, right, verdict, at) for left, right, verdict, at in rows]


def _constraints(
    judgements: Iterable[tuple[int, int, str, int]], records: np.ndarray, deciding: InForce
) -> core.Constraints:
    place = {int(record): row for row, record in enumerate(records)}
    return core.Constraints(
        unique_sources=deciding.unique_sources(),
        differing=frozenset(deciding.rules.differing),
        judgements=tuple(
            core.Judgement(place[left], place[right], verdict, at)
            for left, right, verdict, at in judgements
            if left in place and right in place
        ),
    )


def _links(
    pairs: pl.DataFrame, records: np.ndarray, model: core.Model, thresholds: core.Thresholds
) -> pl.DataFrame:
    """The pairs worth keeping: those that hold a component together, or a household."""
    known = {"left", "right", "rules", "weight", "p_same", "p_household", "p_unrelated"}
    levels = [c for c in pairs.columns if c not in known and c[-1] != "#"]
    kept = core.ties(pairs, thresholds)
    left, right = (records[kept[side].to_numpy()] for side in ("left", "right"))
    graded = kept.select(
        [pl.when(pl.col(c) >= 0).then(pl.col(c).cast(pl.Int64)).alias(c) for c in levels]
    )
    return pl.DataFrame(
        {
            "left_id": np.minimum(left, right),
            "right_id": np.maximum(left, right),
            "weight": kept["weight"].cast(pl.Float64),
            "same": kept["p_same"].cast(pl.Float64),
            "household": kept["p_household"].cast(pl.Float64),
            "levels": json_objects(graded, levels),
        },
    ).with_columns(pl.lit(model.version).alias("model_version"))


def keep(matched: Matched, *, is_all: bool) -> None:
    """Replace keys and links of the matched records by the new ones, inside a transaction.

    `is_all` says that these are all records there are.
    """
    keys, said = (one.rename({"record": "record_id"}) for one in (matched.keys, matched.said))
    if is_all:
        with indexes.laid_anew(MatchKey, Link):
            for model, rows in ((MatchKey, keys), (Link, matched.links)):
                bulk.empty(model)
                _insert(model, rows)
        bulk.empty(Doubt)
        _insert(Doubt, matched.doubts)
        bulk.empty(Compared)
        bulk.insert_frame(Compared, said)
        return
    records = list(matched.records)
    bulk.delete(MatchKey, "record_id", records)
    _insert(MatchKey, keys)
    bulk.delete(Compared, "record_id", records)
    bulk.insert_frame(Compared, said)
    pairs: tuple[tuple[type[Link | Doubt], pl.DataFrame], ...] = (
        (Link, matched.links), (Doubt, matched.doubts)
    )  # fmt: skip
    for of_pairs, rows in pairs:
        bulk.delete(of_pairs, "left_id", records)
        bulk.delete(of_pairs, "right_id", records)
        _insert(of_pairs, rows)


def _insert(model: type[MatchKey | Link | Doubt], rows: pl.DataFrame) -> None:
    if len(rows):
        first = bulk.allocate(model, len(rows))
        numbered = rows.select(pl.int_range(first, first + len(rows)).alias("id"), pl.all())
        bulk.insert_frame(model, numbered)


def freeze(deciding: InForce, records: int) -> StoredModel:
    """Put a model and rules in force: learnt from so many records."""
    learnt = deciding.learnt
    return StoredModel.objects.create(
        version=learnt.version, content=learnt.to_json(), rules=deciding.rules.plain(),
        records=records, at=now_us(),
    )  # fmt: skip
